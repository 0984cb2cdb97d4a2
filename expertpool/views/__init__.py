"""Thin views: permission functions decide, acts change, templates show."""
