"""The engine's tables, one file per concept."""

from registry.models.attachment import Attachment
from registry.models.datakey import DataKey
from registry.models.edition import Edition
from registry.models.job import Job
from registry.models.link import Link
from registry.models.log import ChainHead, LogEntry
from registry.models.membership import Membership, Role
from registry.models.office import Office
from registry.models.pack import Pack
from registry.models.place import Region
from registry.models.record import Record, Stage, Standing
from registry.models.register import Kind, Register, RegisterVersion, Series
from registry.models.remark import Remark
from registry.models.round import Round
from registry.models.specialday import SpecialDay
from registry.models.submission import Submission

__all__ = [
    "Attachment",
    "ChainHead",
    "DataKey",
    "Edition",
    "Job",
    "Kind",
    "Link",
    "LogEntry",
    "Membership",
    "Office",
    "Pack",
    "Record",
    "Region",
    "Register",
    "RegisterVersion",
    "Remark",
    "Role",
    "Round",
    "Series",
    "SpecialDay",
    "Stage",
    "Standing",
    "Submission",
]
