"""Obligations: who owes how many filings in a round, and what is still short (YN23-24, YN23-15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from registry import values
from registry.definition import ClauseRef, clause_from
from registry.models import Record, Register, Round, Stage
from registry.models.register import parsed
from registry.rules import Context, evaluate
from registry.rules.evaluate import value_of

HANDED_IN = [Stage.SUBMITTED, Stage.IN_REVIEW, Stage.APPROVED, Stage.REFUSED]


@dataclass(frozen=True)
class Owed:
    """应报 of one organisation under one obligation of a round; numbers count filings."""

    key: str
    label: str
    organisation: int
    number: str
    title: str
    minimum: int
    filed: int
    clause: ClauseRef | None = None

    @property
    def short(self) -> int:
        """How many are still missing; never negative."""
        return max(0, self.minimum - self.filed)

    @property
    def short_words(self) -> str:
        return f"还差{self.short}份"


def owed(round: Round, organisations: Iterable[int] | None = None) -> list[Owed]:
    """What each organisation (ids; default all of the obligation's register) owes in the round and has handed in.

    Organisations that an obligation's `filter` leaves out, or that owe nothing, are not listed. A draft, a
    returned or a withdrawn filing does not count.
    """
    if not round.obligations:
        return []
    counts = filed_counts(round, organisations)
    found = []
    for obligation in round.obligations:
        clause = clause_from(obligation.get("clause"))
        for pk, number, title, seen in _candidates(obligation["register"], organisations):
            context = _context(seen, round)
            if "filter" in obligation and evaluate(obligation["filter"], context) is not True:
                continue
            minimum = minimum_for(obligation, context)
            if minimum > 0:
                label = obligation.get("label", round.name)
                filed = counts.get(pk, 0)
                found.append(Owed(obligation["key"], label, pk, number, title, minimum, filed, clause))
    return found


def shortfall(round: Round) -> list[Owed]:
    """缺报名单: everybody who owes more than was handed in, the largest gap first."""
    return still_short(owed(round))


def still_short(owing: Iterable[Owed]) -> list[Owed]:
    """Those of `owing` that are not met, the largest gap first, then by number."""
    return sorted((item for item in owing if item.short), key=lambda item: (-item.short, item.number))


def filed_counts(round: Round, organisations: Iterable[int] | None = None) -> dict[int, int]:
    """Organisation id → filings handed in (YN23-24 counts by the owner, whoever typed them)."""
    rows = Record.objects.filter(register_id=round.register_id, round=round, stage__in=HANDED_IN)
    if organisations is not None:
        rows = rows.filter(owner__in=list(organisations))
    return dict(rows.order_by().values_list("owner").annotate(Count("pk")))


def minimum_for(obligation: dict, context: Context) -> int:
    """The greatest minimum whose condition holds; `minimum` may be a number or an expression on parameters."""
    wanted = [obligation.get("minimum", 1)]
    wanted += [
        case["minimum"]
        for case in obligation.get("minimum_when", [])
        if evaluate(case["when"], context) is True
    ]
    return max(int(value_of(item, context) or 0) if isinstance(item, dict) else int(item) for item in wanted)


def _candidates(
    register_key: str, organisations: Iterable[int] | None
) -> Iterable[tuple[int, str, str, dict[str, Any]]]:
    """(id, number, title, values) of the records that stand in the register now."""
    register = Register.objects.filter(key=register_key, current__isnull=False).first()
    if register is None:
        return
    rows = Record.objects.filter(register=register, stage=Stage.APPROVED, withheld=False).order_by(
        "order", "pk"
    )
    if organisations is not None:
        rows = rows.filter(pk__in=list(organisations))
    columns = ("id", "uid", "number", "title", "data", "version_id", "register_id")
    for row in rows.only(*columns):
        seen = values.decode(row, parsed(row.version_id))
        yield row.pk, row.number, row.title, {**seen, "number": row.number, "title": row.title}


def _context(seen: dict[str, Any], round: Round) -> Context:
    return Context(values=seen, parameters=dict(round.parameters), reference_date=round.reference_date)
