"""What the committee's list shows of a round's nominations: filters, sorts, verdicts, reviews; constant queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from expertpool.models import Decision, Opinion, Panel, Review
from expertpool.permissions import OPEN_STAGES, visible_nominations
from registry import judging, values
from registry.models import Link, Record, Stage
from registry.permissions import Viewer
from registry.rules import Verdict
from registry.rules.age import completed_years

SEVERITY = ["fail", "needs_reason", "excused", "pass"]
WORST = {
    "fail": "有硬性要求不符合",
    "needs_reason": "有超出而未写理由的",
    "excused": "有超出而已写理由的",
    "pass": "各项均符合",
}
SORTS = {
    "name": "姓名",
    "institution": "单位",
    "-age": "年龄，由大到小",
    "age": "年龄，由小到大",
    "outcome": "规则结论，不符合的在前",
    "stage": "办理阶段",
}
STAGES = [Stage.SUBMITTED, Stage.IN_REVIEW, Stage.APPROVED, Stage.REFUSED]
BIRTH, MAJOR, CATEGORY = "birth_date", "major_category", "category"


@dataclass
class Row:
    """One nomination as the list shows it; `age` in completed years at the round's reference date."""

    record: Record
    major: str
    category: str
    age: int | None
    verdicts: list[Verdict]
    mine: Review | None
    done: int
    decision: Decision | None

    @property
    def worst(self) -> str:
        return worst(self.verdicts)


def worst(verdicts: list[Verdict]) -> str:
    """The gravest outcome among the verdicts."""
    outcomes = {verdict.outcome for verdict in verdicts}
    return next((outcome for outcome in SEVERITY if outcome in outcomes), "pass")


def nomination_of(panel: Panel, who: Viewer, number: str) -> Record | None:
    """The nomination of that number, if this person sees it."""
    records = visible_nominations(who, panel).select_related(
        "owner", "round", "version", "register", "region"
    )
    return records.filter(number=number).first()


def selected(who: Viewer, panel: Panel, asked: dict[str, Any]) -> QuerySet[Record]:
    """The visible nominations that satisfy `asked` (cleaned filters), sorted; all but the verdict's outcome."""
    records = visible_nominations(who, panel)
    if asked.get("q"):
        records = records.filter(Q(title__icontains=asked["q"]) | Q(number__iexact=asked["q"]))
    if asked.get("major"):
        records = records.filter(
            pk__in=Link.objects.filter(field=MAJOR, target=asked["major"]).values("source")
        )
    if asked.get("institution"):
        records = records.filter(owner=asked["institution"])
    if asked.get("stage"):
        records = records.filter(stage=asked["stage"])
    if asked.get("missing"):
        done = Review.objects.filter(reviewer=who.user).values("record")
        records = records.filter(stage__in=OPEN_STAGES).exclude(pk__in=done)
    return records.order_by(*ordering(panel, asked.get("sort") or "name"))


def ordering(panel: Panel, sort: str) -> list[str]:
    """Columns to sort by. Who is older was born earlier."""
    birth = panel.round.register.slots.get(BIRTH)
    if sort == "institution":
        return ["owner__order", "order", "pk"]
    if sort == "stage":
        return ["stage", "order", "pk"]
    if sort.endswith("age") and birth:
        return [birth if sort == "-age" else f"-{birth}", "order", "pk"]
    return ["order", "pk"]


def narrowed(rows: list[Row], asked: dict[str, Any]) -> list[Row]:
    """What only the verdicts can tell: those of one outcome, the gravest first."""
    if asked.get("outcome"):
        rows = [row for row in rows if row.worst == asked["outcome"]]
    if asked.get("sort") == "outcome":
        rows = sorted(rows, key=lambda row: SEVERITY.index(row.worst))
    return rows


def needs_verdicts(asked: dict[str, Any]) -> bool:
    """Whether the list must be judged as a whole before it can be cut into pages."""
    return bool(asked.get("outcome")) or asked.get("sort") == "outcome"


def rows(who: Viewer, panel: Panel, records: QuerySet[Record] | list[Record]) -> list[Row]:
    """The records as rows: verdicts, own review, number of reviews, decision."""
    if isinstance(records, QuerySet):
        records = list(records.select_related("owner", "round", "version", "register"))
    verdicts = judging.judge_records(records)
    names = values.names_of(records, [record.version.parsed for record in records])
    ids = [record.pk for record in records]
    mine = {review.record_id: review for review in Review.objects.filter(record__in=ids, reviewer=who.user)}
    counted = Review.objects.filter(record__in=ids).values("record").annotate(n=Count("pk"))
    done = dict(counted.values_list("record", "n"))
    decisions = {made.record_id: made for made in Decision.objects.filter(record__in=ids)}
    made = []
    for record in records:
        data = values.decode(record, record.version.parsed)
        made.append(
            Row(
                record=record,
                major=names.get(data.get(MAJOR), ""),
                category=data.get(CATEGORY) or "",
                age=age(data.get(BIRTH), panel.round.reference_date),
                verdicts=verdicts[record.pk],
                mine=mine.get(record.pk),
                done=done.get(record.pk, 0),
                decision=decisions.get(record.pk),
            )
        )
    return made


def age(birth: date | None, on: date) -> int | None:
    return completed_years(birth, on) if birth else None


def counts(who: Viewer, panel: Panel) -> dict[str, int]:
    """How many this person sees, by state, and how many wait for the own review; one query."""
    mine = Review.objects.filter(reviewer=who.user).values("record")
    return visible_nominations(who, panel).aggregate(
        total=Count("pk"),
        open=Count("pk", filter=Q(stage__in=OPEN_STAGES)),
        approved=Count("pk", filter=Q(stage=Stage.APPROVED)),
        refused=Count("pk", filter=Q(stage=Stage.REFUSED)),
        reviewed=Count("pk", filter=Q(pk__in=mine)),
        missing=Count("pk", filter=Q(stage__in=OPEN_STAGES) & ~Q(pk__in=mine)),
    )


def tally(reviews: list[Review]) -> list[tuple[str, int]]:
    """(opinion, how many), in the opinions' order, those that occur."""
    return [
        (label, count)
        for value, label in Opinion.choices
        if (count := sum(review.verdict == value for review in reviews))
    ]
