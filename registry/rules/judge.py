"""What a rule says of a record: pass, excused, needs a reason, fails, or does not apply."""

from __future__ import annotations

from .display import ABSENT, show
from .errors import RuleError
from .evaluate import evaluate, value_of
from .parse import literal_value
from .template import fill
from .types import ClauseLike, Context, RuleLike, Verdict


def judge(rule: RuleLike, context: Context) -> Verdict:
    """Verdict of one rule on one record. Never raises for what a record or a rule holds.

    Undecided (an absent value): fails where the rule asks for evidence, else it does not apply. A rule that
    cannot be computed never passes, and says why. Soft (原则上、一般): exceeded, it is excused by a written
    reason.
    """
    fault = ""
    try:
        truth = evaluate(rule.condition, context)
    except RuleError as error:
        truth, fault = False, error.message
    if truth is True:
        outcome = "pass"
    elif truth is None and not rule.evidence:
        outcome = "not_applicable"
    elif rule.severity == "soft":
        outcome = "excused" if reason_for(rule, context) else "needs_reason"
    else:
        outcome = "fail"
    found = found_of(rule, context)
    demanded = fill(rule.demanded, _names(context))
    silent = outcome in ("pass", "not_applicable")
    return Verdict(
        rule=rule.key,
        label=rule.label,
        outcome=outcome,
        found=found,
        demanded=demanded,
        clause=rule.clause,
        message="" if silent else _message(rule, context, found, demanded, fault),
        severity=rule.severity,
    )


def reason_for(rule: RuleLike, context: Context) -> str:
    """The written reason (理由) for exceeding a soft rule: its own, else the one for all; blank is none."""
    for key in (rule.key, "*"):
        reason = (context.reasons.get(key) or "").strip()
        if reason:
            return reason
    return ""


def found_of(rule: RuleLike, context: Context) -> str:
    """The value found, in words: the rule's `found`, else the values of the fields it speaks of."""
    try:
        if rule.found is not None:
            return show(value_of(rule.found, context))
        return "、".join(show(context.values.get(key)) for key in rule.fields)
    except RuleError:
        return ABSENT


def clause_text(clause: ClauseLike | None, context: Context) -> str:
    """The clause in words: short name of the document if the context has one, and the path."""
    if clause is None:
        return ""
    document = context.labels.get(f"document:{clause.document}", "")
    return f"{document} {clause.path}".strip()


def _names(context: Context) -> dict[str, str]:
    """What a template may ask for: labels of fields by key, and the round's parameters, which come first."""
    shown = {}
    for key, value in context.parameters.items():
        try:
            shown[key] = show(literal_value(value))
        except RuleError:
            shown[key] = str(value)
    return {**context.labels, **shown}


def _message(rule: RuleLike, context: Context, found: str, demanded: str, fault: str) -> str:
    """The rule's own message, else one built from label, found, demanded and clause."""
    clause = clause_text(rule.clause, context)
    if fault:
        return f"规则「{rule.label}」无法判定：{fault}{f'（{clause}）' if clause else ''}"
    if rule.message:
        own = {"label": rule.label, "found": found, "demanded": demanded, "clause": clause}
        return fill(rule.message, {**_names(context), **own})
    demand = f"，要求{demanded}" if demanded else "，不符合要求"
    state = found if found == ABSENT else f"为{found}"
    return f"「{rule.label}」{state}{demand}{f'（{clause}）' if clause else ''}。"
