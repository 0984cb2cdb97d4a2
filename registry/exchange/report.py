"""What an import did, row by row, in the words of the sheet."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from registry.definition import ClauseRef

STATUSES = ("new", "changed", "unchanged", "refused")
WORDS = {"new": "新增", "changed": "更新", "unchanged": "未变", "refused": "拒绝"}
VERDICTS = {"pass": "通过", "excused": "例外（有理由）", "needs_reason": "须写理由", "fail": "不符合"}


@dataclass(frozen=True)
class Problem:
    """Why a cell or a row is refused. `value` is masked where the field is sensitive."""

    column: str
    value: str
    message: str
    clause: ClauseRef | None = None

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "clause": asdict(self.clause) if self.clause else None}


@dataclass
class RowReport:
    """One row: `row` is the sheet's own number, the header being 1."""

    row: int | None
    number: str | None
    status: str
    errors: list[Problem] = field(default_factory=list)
    rules: list[Any] = field(default_factory=list)  # registry.rules.Verdict

    def to_dict(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "number": self.number,
            "status": self.status,
            "errors": [problem.to_dict() for problem in self.errors],
            "rules": [
                {
                    "rule": verdict.rule,
                    "verdict": verdict.outcome,
                    "found": verdict.found,
                    "demanded": verdict.demanded,
                    "clause": asdict(verdict.clause) if verdict.clause else None,
                }
                for verdict in self.rules
            ],
        }


@dataclass
class Report:
    """The whole file. `stored` says whether anything was written."""

    rows: list[RowReport] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    stored: bool = False

    def count(self, status: str) -> int:
        return sum(row.status == status for row in self.rows)

    @property
    def refused(self) -> int:
        return self.count("refused")

    def to_dict(self) -> dict[str, Any]:
        return {
            **{status: self.count(status) for status in STATUSES},
            "rows": [row.to_dict() for row in self.rows],
        }

    def lines(self) -> list[str]:
        """The report in Chinese, for a terminal."""
        told = []
        for row in self.rows:
            told += [
                f"第{row.row}行 {problem.column}“{problem.value}”：{problem.message}"
                for problem in row.errors
            ]
            told += [
                f"第{row.row}行 {verdict.label}：{VERDICTS[verdict.outcome]}，{verdict.message}"
                for verdict in row.rules
                if verdict.outcome in ("needs_reason", "fail") and row.status != "refused"
            ]
        if self.unknown:
            told.append(f"未使用的列：{'、'.join(self.unknown)}。")
        told += self.notes
        counts = "，".join(f"{WORDS[status]}{self.count(status)}条" for status in STATUSES)
        ending = (
            "已保存。"
            if self.stored
            else "有行被拒绝，未保存任何内容。"
            if self.refused
            else "未写入任何内容。"
        )
        return [*told, f"{counts}。{ending}"]
