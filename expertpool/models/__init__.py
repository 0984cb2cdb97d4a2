"""One file per concept."""

from expertpool.models.appointment import Appointment
from expertpool.models.assignment import Assignment
from expertpool.models.conflict import Conflict
from expertpool.models.decision import Decision, Outcome
from expertpool.models.panel import Panel
from expertpool.models.panelmember import Capacity, PanelMember
from expertpool.models.review import Opinion, Review

__all__ = [
    "Appointment",
    "Assignment",
    "Capacity",
    "Conflict",
    "Decision",
    "Opinion",
    "Outcome",
    "Panel",
    "PanelMember",
    "Review",
]
