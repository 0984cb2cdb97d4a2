"""遮盖: hides private ways to reach people in any text that leaves the site. Pure, no database."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from home.importer.contacts import EMAIL, LANDLINE, MOBILE, QQ, phone

_BETWEEN = r"[\s\-－—–―()（）]*"


def masked(kind: str, value: str) -> str:
    """What stands for a private `value`: 137****5778, z***@126.com, 杨**, （地址未公开）."""
    if kind == "phone":
        digits = re.sub(r"\D", "", value)
        if digits.startswith("0"):
            area = 3 if digits[1] in "12" else 4
            return f"{digits[:area]}-****{digits[-2:]}"
        return f"{digits[:3]}****{digits[-4:]}" if len(digits) == 11 else f"****{digits[-2:]}"
    if kind == "email":
        name, _, domain = value.partition("@")
        return f"{name[:1]}***@{domain}"
    if kind == "qq":
        return f"{value[:2]}****{value[-2:]}"
    if kind == "person":
        return f"{value[:1]}**"
    return "（地址未公开）"


def _pattern(kind: str, value: str) -> str:
    """A regular expression for `value` however it is spaced and hyphened."""
    if kind in ("phone", "qq"):
        digits = re.sub(r"\D", "", value)
        return rf"(?<!\d)[（(]?{_BETWEEN.join(digits)}(?!\d)"
    return r"\s*".join(re.escape(char) for char in re.sub(r"\s", "", value))


class Mask:
    """Masks the given private values, and every mobile, landline, e-mail and QQ number not released.

    The second half is for safety: a number that the importer missed, or whose row an editor removed, is not
    shown because nobody listed it.
    """

    def __init__(self, private: Iterable[tuple[str, str]] = (), released: Iterable[str] = ()) -> None:
        private = sorted(
            {(kind, value) for kind, value in private if value.strip()}, key=lambda kv: -len(kv[1])
        )
        self.released = {self._plain(value) for value in released}
        self.known = [
            (kind, re.compile(_pattern(kind, value)), masked(kind, value))
            for kind, value in private
            if kind not in ("phone", "qq") or re.search(r"\d{5}", re.sub(r"\D", "", value))
        ]

    @classmethod
    def of_contacts(cls, contacts: Iterable[Any]) -> Mask:
        """From objects with kind, value and private."""
        contacts = list(contacts)
        return cls(
            [(c.kind, c.value) for c in contacts if c.private], [c.value for c in contacts if not c.private]
        )

    @staticmethod
    def _plain(value: str) -> str:
        return re.sub(r"[\s\-－—–―()（）]", "", value).lower()

    def __call__(self, text: str) -> str:
        """`text` with private values masked."""
        if not text:
            return text
        for _, pattern, shown in self.known:
            text = pattern.sub(shown, text)
        for kind, pattern, group in (
            ("email", EMAIL, 0),
            ("phone", MOBILE, 0),
            ("phone", LANDLINE, 0),
            ("qq", QQ, 1),
        ):
            text = pattern.sub(lambda m, k=kind, g=group: self._hide(m, k, g), text)
        return text

    def _hide(self, found: re.Match, kind: str, group: int) -> str:
        value = found.group(group)
        if self._plain(value) in self.released:
            return found.group()
        plain = phone(value) if kind == "phone" else re.sub(r"\s", "", value)
        return found.group().replace(value, masked(kind, plain))
