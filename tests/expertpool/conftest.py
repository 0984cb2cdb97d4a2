"""A small province with a panel: two schools' nominations in a closed round, and everybody's seats."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import timezone

from expertpool.models import Capacity, Panel, PanelMember
from registry.actions.publish_register import publish_register
from registry.actions.submit import submit
from registry.models import Membership, Record, Register, Role, Round
from tests import factories

PACKS = Path(__file__).resolve().parents[2] / "registry" / "packs"
REFERENCE_DATE = date(2023, 3, 22)


def publish_from_pack(pack: str, *keys: str) -> None:
    """Registers of a pack as the pack says, published; what is there already stays."""
    by_key = {item["key"]: item for item in yaml.safe_load((PACKS / f"{pack}.yaml").read_text())["registers"]}
    for key in keys:
        if not Register.objects.filter(key=key).exists():
            register = Register.objects.create(key=key, name=by_key[key]["name"], draft=by_key[key])
            publish_register(register, actor=None, note="")


@dataclass
class Case:
    """The panel, its round and people; `nominate(name, owner)` hands in a nomination."""

    panel: Panel
    round: Round
    nominations: Register
    experts: Register
    major: Record
    cast: Any
    deputy: Any
    other_member: Any
    count: int = 0

    def nominate(
        self, name: str, owner: Record, *, submitted: bool = True, reasons=None, **values: Any
    ) -> Record:
        """A complete nomination of `owner`; `values` say otherwise. Handed in by the office, as it is."""
        from registry.actions.save_record import create_record

        self.count += 1
        birth = values.pop("birth_date", date(1970, 5, 6))
        data = {
            "name": name,
            "birth_date": birth,
            "id_number": factories.id_number(birth, sequence=f"{self.count:03d}"),
            "work_unit": owner.pk,
            "title_series": "高等学校教师",
            "professional_title": "教授",
            "major_category": self.major.pk,
            "category": "证书领域院校专家",
            "phone": "13800000000",
            "experience": "参与试点工作的实施。",
            "projects": [{"name": "示例课题", "level": "省级", "role": "主持", "year": "2021"}],
            "results": [{"name": "示例成果", "kind": "论文", "year": "2022"}],
            "willing": True,
            "healthy": True,
            "unit_support": True,
            "declaration": True,
        } | values
        made = create_record(
            self.nominations,
            data,
            actor=self.cast.office,
            owner=owner,
            round=self.round,
            reasons=reasons or {},
        )
        if submitted:
            submit(made, actor=self.cast.office, as_it_is=True)
            made.refresh_from_db()
        return made


@pytest.fixture
def case(cast) -> Case:
    """A closed round of the real register, nobody nominated yet.

    The chair is free of conflicts; the deputy too; `cast.member` works at the first school, `other_member`
    at the second.
    """
    publish_from_pack("common", "major-categories", "titles", "institutions")
    publish_from_pack("yunnan-2023", "expert-nominations", "experts")
    nominations = Register.objects.get(key="expert-nominations")
    titles = Register.objects.get(key="titles")
    for title, level, high in (("教授", "正高级", True), ("讲师", "中级", False)):
        values = {"title": title, "series": "高等学校教师", "level": level, "fugaoji_and_above": high}
        factories.record(titles, values)
    major = factories.record(
        Register.objects.get(key="major-categories"), {"name": "电子与信息大类", "seq": 1}
    )
    now = timezone.now()
    round = factories.open_round(
        nominations,
        "yunnan-2023-experts",
        name="示例省工作组专家选聘",
        opens_at=now - timedelta(days=20),
        closes_at=now - timedelta(days=5),
        reference_date=REFERENCE_DATE,
        parameters={"max_age": 65, "min_projects": 1, "min_results": 1, "term_years": 3},
        file_name="专家推荐+{owner}+{name}",
    )
    panel = Panel.objects.create(round=round, name="工作组专家评审组")
    deputy = factories.user("deputy", display_name="示例副组长")
    other_member = factories.user("member2", display_name="示例委员乙")
    Membership.objects.create(user=deputy, role=Role.MEMBER, office=cast.authority)
    Membership.objects.create(user=other_member, role=Role.MEMBER, organisation=cast.other_school)
    for user, capacity in (
        (cast.chair, Capacity.CHAIR),
        (deputy, Capacity.DEPUTY),
        (cast.member, Capacity.MEMBER),
        (other_member, Capacity.MEMBER),
    ):
        PanelMember.objects.create(panel=panel, user=user, capacity=capacity)
    return Case(
        panel=panel,
        round=round,
        nominations=nominations,
        experts=Register.objects.get(key="experts"),
        major=major,
        cast=cast,
        deputy=deputy,
        other_member=other_member,
    )
