"""Filling of {name} in an editor's text: plain replacement, no attributes, no indexes, no format codes."""

from __future__ import annotations

import re
from collections.abc import Mapping

NAME = re.compile(r"\{([A-Za-z_][A-Za-z0-9_-]*)\}", re.ASCII)


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with each {name} that is known replaced once; what is replaced is not read again.

    >>> fill("不超过{max_age}岁，{unknown}，{max_age.real}", {"max_age": "65"})
    '不超过65岁，{unknown}，{max_age.real}'
    """
    return NAME.sub(lambda match: values.get(match[1], match[0]), template)


def names(template: str) -> set[str]:
    """Names a template asks for."""
    return set(NAME.findall(template))
