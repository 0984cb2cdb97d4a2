"""What a person wrote for a referenced record → its id: by number, title, code or earlier name."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from registry.models import Record, Register, Stage
from registry.places import find_region


class Resolver:
    """Looks references up, remembering answers: one object serves one form or one import.

    `__call__(register key, text)` → record id. Raises ValidationError with near names where nothing fits.
    """

    def __init__(self) -> None:
        self._tables: dict[str, tuple[dict[str, list[int]], dict[str, int]]] = {}

    def __call__(self, register_key: str, written: Any) -> int:
        if register_key == "divisions":
            return find_region(str(written)).pk
        text = re.sub(r"\s", "", str(written))
        by_number, by_name = self._table(register_key)
        if text in by_number:
            return by_number[text]
        found = by_name.get(text, [])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(f"“{written}”在登记册中有{len(found)}条同名，请改填编号。")
        near = [name for name in by_name if name and (text in name or name in text)][:3]
        hint = f"，是否指：{'、'.join(near)}" if near else ""
        raise ValidationError(f"“{written}”不在登记册“{self._name(register_key)}”中{hint}。")

    def _name(self, register_key: str) -> str:
        return (
            Register.objects.filter(key=register_key).values_list("name", flat=True).first() or register_key
        )

    def _table(self, register_key: str) -> tuple[dict[str, int], dict[str, list[int]]]:
        if register_key not in self._tables:
            by_number: dict[str, int] = {}
            by_name: dict[str, list[int]] = {}
            rows = Record.objects.filter(register__key=register_key, stage=Stage.APPROVED, withheld=False)
            for pk, number, title, data in rows.values_list("pk", "number", "title", "data").iterator():
                by_number[number] = pk
                later = data.get("later_name")
                for name in {title, later, data.get("former_name"), data.get("short_name")}:
                    if isinstance(name, str) and name:
                        by_name.setdefault(re.sub(r"\s", "", name), []).append(pk)
            self._tables[register_key] = (by_number, by_name)
        return self._tables[register_key]

    def forget(self, register_key: str) -> None:
        self._tables.pop(register_key, None)
