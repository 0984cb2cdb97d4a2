"""The name that a round demands of a filing's scan (YN23-25, YN23-16)."""

from typing import Any

from registry import judging
from registry.definition import Definition
from registry.models import Record, Round


def demanded_name(
    round: Round | None, data: dict[str, Any], definition: Definition, owner: Record | None
) -> str:
    """The name without extension; nothing while the round asks for none or a part of it is still unknown."""
    if round is None or not round.file_name:
        return ""
    parts = [spec.key for spec in definition.fields if f"{{{spec.key}}}" in round.file_name]
    if any(data.get(key) in (None, "") for key in parts) or ("{owner}" in round.file_name and owner is None):
        return ""
    return judging.file_name(round, data, definition, owner)
