"""A panel's list as a sheet: what the page shows, with each rule's outcome in a column. Sensitive fields never."""

import tablib
from django.http import HttpResponse
from django.utils import timezone

from expertpool.models import Panel
from expertpool.nominations import Row
from registry import fields, values
from registry.exchange.sheets import guard

WORDS = {
    "pass": "符合",
    "excused": "已说明理由",
    "needs_reason": "须说明理由",
    "fail": "不符合",
    "not_applicable": "不适用",
}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def sheet(panel: Panel, rows: list[Row]) -> tablib.Dataset:
    """One row per nomination. Fields are the round's version's plain ones; files show their names."""
    definition = panel.round.version.parsed
    specs = [spec for spec in definition.fields if not spec.sensitive]
    rules = definition.rules
    made = tablib.Dataset(
        headers=[
            "编号",
            "单位",
            "办理阶段",
            *(spec.label for spec in specs),
            "基准日年龄",
            *(f"规则：{rule.label}" for rule in rules),
            *(f"理由：{rule.label}" for rule in rules if rule.severity == "soft"),
            "已有意见数",
            "本人意见",
            "本人理由",
            "遴选结果",
            "遴选理由",
        ]
    )
    names = values.names_of([row.record for row in rows], [row.record.version.parsed for row in rows])
    for row in rows:
        data = values.decode(row.record)
        outcomes = {verdict.rule: WORDS.get(verdict.outcome, verdict.outcome) for verdict in row.verdicts}
        reasons = row.record.reasons
        made.append(
            [
                guard(cell)
                for cell in [
                    row.record.number,
                    row.record.owner.title if row.record.owner else "",
                    row.record.get_stage_display(),
                    *(fields.get(spec.type).cell(data.get(spec.key), spec, names) for spec in specs),
                    row.age if row.age is not None else "",
                    *(outcomes.get(rule.key, "") for rule in rules),
                    *(reasons.get(r.key) or reasons.get("*", "") for r in rules if r.severity == "soft"),
                    row.done,
                    row.mine.get_verdict_display() if row.mine else "",
                    row.mine.reasons if row.mine else "",
                    row.decision.get_outcome_display() if row.decision else "",
                    row.decision.reason if row.decision else "",
                ]
            ]
        )
    return made


def response(panel: Panel, rows: list[Row], format: str) -> HttpResponse:
    """`format`: csv (with a byte order mark, as spreadsheets want it) or xlsx."""
    made = sheet(panel, rows)
    body = ("\ufeff" + made.export("csv")).encode() if format == "csv" else made.export("xlsx")
    answer = HttpResponse(body, content_type=TYPES[format])
    name = f"{panel.round.key}-{timezone.localdate():%Y%m%d}.{format}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
