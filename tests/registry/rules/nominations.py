"""A sound nomination to change for each case, judged by the rules and the round of the pack yunnan-2023."""

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from registry.definition import RuleSpec
from registry.rules import Context, Verdict, judge

PACKS = Path(__file__).resolve().parents[3] / "registry" / "packs"
PACK = yaml.safe_load((PACKS / "yunnan-2023.yaml").read_text(encoding="utf-8"))
(REGISTER,) = (item for item in PACK["registers"] if item["key"] == "expert-nominations")
(ROUND,) = (item for item in PACK["rounds"] if item["key"] == "yunnan-2023-experts")
RULES = {item["key"]: RuleSpec.from_dict(item) for item in REGISTER["rules"]}
LABELS = {item["key"]: item["label"] for item in REGISTER["fields"]} | {
    "document:yunnan-2023": "云南2023通知"
}


def read_titles() -> list[dict]:
    """Rows of the titles register as its fields decode them."""
    with (PACKS / "common" / "titles.csv").open(encoding="utf-8") as file:
        return [
            {**row, "fugaoji_and_above": row["fugaoji_and_above"] == "yes"} for row in csv.DictReader(file)
        ]


TITLES = read_titles()
BY_NAME = {(row["series"], row["title"]): row for row in TITLES}


def tables(register: str, match: dict[str, Any]) -> dict | None:
    """The titles register alone."""
    assert register == "titles"
    return BY_NAME.get((match["series"], match["title"]))


def id_number(birth: dt.date) -> str:
    """A number with that date of birth and a right check character, of a region that does not exist."""
    body = f"000000{birth:%Y%m%d}002"
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


SOUND = {
    "name": "示例专家甲",
    "work_unit": {"id": 7, "number": "4100000000", "title": "示例职业学院"},
    "birth_date": dt.date(1968, 5, 6),
    "id_number": id_number(dt.date(1968, 5, 6)),
    "title_series": "高等学校教师",
    "professional_title": "副教授",
    "projects": [{"name": "示例课题", "level": "省级"}],
    "results": [{"name": "示例成果"}],
    "declaration": True,
    "willing": True,
    "healthy": True,
    "unit_support": True,
    "scan": {"id": 1, "name": "专家推荐+示例职业学院+示例专家甲.pdf"},
}


def verdict_of(
    rule: str, reasons: dict | None = None, reference: dt.date = ROUND["reference_date"], **changes: Any
) -> Verdict:
    """The verdict of one of the pack's rules on the sound nomination with these fields changed."""
    context = Context(
        values={**SOUND, **changes},
        parameters=ROUND["parameters"],
        reference_date=reference,
        today=dt.date(2026, 1, 1),
        reasons=reasons or {},
        tables=tables,
        labels=LABELS,
    )
    return judge(RULES[rule], context)
