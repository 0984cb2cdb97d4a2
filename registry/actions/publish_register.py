"""Publish: a register's draft becomes an immutable version, its slots are filled, then it is in force."""

import re
from typing import Any

from django.db import transaction

from registry import fields, log, rules, slots
from registry.actions.rebuild_slots import rebuild_slots
from registry.definition import RESERVED_KEYS, Definition
from registry.errors import NotAllowed, Refused
from registry.models import Register, RegisterVersion
from registry.permissions import can_publish_register

KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")


def publish_register(register: Register, actor: Any, note: str = "") -> RegisterVersion:
    """Publishes `register.draft` and returns the version; an unchanged draft returns the one in force.

    Runs no DDL. `actor` None is the system (packs, first load). Raises NotAllowed, or Refused with every
    problem found in the draft.
    """
    if actor is not None:
        allowed, reason = can_publish_register(actor)
        if not allowed:
            raise NotAllowed(reason)
    with transaction.atomic():
        register = Register.objects.select_for_update().get(pk=register.pk)
        definition = check_draft(register)
        if register.current and register.current.digest == definition.digest:
            return register.current
        before = (register.slots, register.uniques)
        register.slots, register.uniques = slots.allocate(definition, register.slots, register.uniques)
        last = register.versions.order_by("-number").values_list("number", flat=True).first() or 0
        version = RegisterVersion.objects.create(
            register=register,
            number=last + 1,
            definition=definition.to_dict(),
            digest=definition.digest,
            note=note,
            published_by=actor,
        )
        register.name, register.kind, register.public = definition.name, definition.kind, definition.public
        register.current = version
        register.save()
        if last and before != (register.slots, register.uniques):
            rebuild_slots(register)
        log.record_act(
            actor, "publish_register", register, {"version": version.number, "digest": version.digest}, note
        )
    return version


def check_draft(register: Register) -> Definition:
    """The draft as a Definition. Raises Refused with all its problems, in words."""
    try:
        definition = Definition.from_dict(register.draft)
    except (TypeError, KeyError) as problem:
        raise Refused(f"登记册“{register.name}”的定义格式有误：{problem}") from problem
    problems = [*_field_problems(definition), *_frozen_problems(register, definition)]
    if not problems:
        problems = _rule_problems(definition)
    if problems:
        raise Refused(
            f"登记册“{definition.name}”的定义有{len(problems)}处问题：{'；'.join(problems)}", {"": problems}
        )
    return definition


def _field_problems(definition: Definition) -> list[str]:
    problems = []
    if not definition.fields:
        problems.append("至少需要一个字段")
    if len(definition.fields) > 200:
        problems.append(f"字段共{len(definition.fields)}个，上限为200个")
    seen = set(definition.tombstones)
    for spec in definition.fields:
        if not KEY.fullmatch(spec.key):
            problems.append(f"字段键“{spec.key[:60]}”须以小写字母开头，只含小写字母、数字和下划线")
        if spec.key in seen:
            problems.append(f"字段键“{spec.key}”重复或已被删除的字段占用")
        if spec.key in RESERVED_KEYS and not (
            spec.key == "title" and definition.title.get("field") == "title"
        ):
            problems.append(f"字段键“{spec.key}”为系统保留")
        if spec.type not in fields.TYPES:
            problems.append(f"字段“{spec.label}”的类型“{spec.type}”不存在")
        if spec.unique not in ("", "register", "round", "organisation"):
            problems.append(f"字段“{spec.label}”的唯一范围“{spec.unique}”不存在")
        if spec.sensitive and (spec.public or spec.listed or spec.searchable):
            problems.append(f"敏感字段“{spec.label}”不能公开、列出或检索")
        seen.add(spec.key)
    known = {spec.key for spec in definition.fields} | {
        "number",
        "title",
        "stage",
        "standing",
        "owner",
        "region",
    }
    for key in [*definition.columns, *(key.lstrip("-") for key in definition.listing.get("sort", []))]:
        if key not in known:
            problems.append(f"列表中的“{key}”不是字段")
    return problems


def _frozen_problems(register: Register, definition: Definition) -> list[str]:
    if register.current is None:
        return []
    old = register.current.parsed
    problems = []
    for spec in definition.fields:
        before = old.by_key.get(spec.key)
        if before and register.records.exists():
            if before.type != spec.type:
                problems.append(
                    f"字段“{spec.label}”已有数据，类型不能由{before.type}改为{spec.type}；请新建字段"
                )
            elif before.options.get("places") != spec.options.get("places"):
                problems.append(f"字段“{spec.label}”已有数据，小数位数不能更改")
            elif before.sensitive != spec.sensitive:
                problems.append(f"字段“{spec.label}”已有数据，是否敏感不能更改")
    return problems


def _rule_problems(definition: Definition) -> list[str]:
    schema = rules.schema_of(definition)
    return [
        f"规则“{rule.label}”：{problem}"
        for rule in definition.rules
        for problem in rules.check(rule.condition, schema)
    ]
