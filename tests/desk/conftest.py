"""An open round of the real nomination register, with two schools, some titles and one form's worth of answers."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from registry.actions.publish_register import publish_register
from registry.actions.save_record import create_record
from registry.actions.submit import submit
from registry.models import Record, Register, Round
from registry.packs import files
from tests import actors, factories

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
BIRTH = date(1970, 5, 6)
TITLES = [
    ("高等学校教师", "教授", "正高级", True),
    ("高等学校教师", "讲师", "中级", False),
]


def pdf(name: str, content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


@dataclass
class Desk:
    """`clients` by name in the cast, signed in; `answers()` fills the form; `draft()` saves one through the site."""

    cast: Any
    round: Round
    nominations: Register
    count: int = 0
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, name: str) -> Client:
        if name not in self.clients:
            client = Client()
            client.force_login(getattr(self.cast, name), backend="django.contrib.auth.backends.ModelBackend")
            self.clients[name] = client
        return self.clients[name]

    def answers(self, **changed: Any) -> dict[str, Any]:
        """A complete form as a browser posts it; None takes an answer out."""
        self.count += 1
        given = {
            "name": "示例专家甲",
            "gender": "女",
            "birth_date": BIRTH.isoformat(),
            "id_number": factories.id_number(BIRTH, sequence=f"{self.count:03d}"),
            "title_series": "高等学校教师",
            "professional_title": "教授",
            "major_category": "电子与信息大类",
            "category": "证书领域院校专家",
            "phone": "13800000000",
            "email": "example@example.org",
            "experience": "参与试点工作的实施。",
            "projects-0-name": "示例课题",
            "projects-0-level": "省级",
            "results-0-name": "示例成果",
            "willing": "是",
            "healthy": "是",
            "unit_support": "是",
            "declaration": "是",
            "_save": "draft",
        } | changed
        return {key: value for key, value in given.items() if value is not None}

    def url(self, room: str, record: Record | None = None) -> str:
        """`desk.url("check", record)`, `desk.url("new")`."""
        from django.urls import reverse

        return reverse(f"desk-{room}", args=[record.uid if record else self.round.key])

    def draft(self, who: str = "clerk", **changed: Any) -> Record:
        """A draft saved through the form."""
        response = self.client(who).post(self.url("new"), self.answers(**changed))
        assert response.status_code == 302, errors(response)
        return Record.objects.filter(register=self.nominations).latest("pk")

    def submitted(self, who: str = "clerk", **changed: Any) -> Record:
        record = self.draft(who, **changed)
        response = self.client(who).post(self.url("check", record))
        assert response.status_code == 302, errors(response)
        record.refresh_from_db()
        return record

    def many(self, number: int, owner: Record, *, hand_in: bool = True) -> list[Record]:
        """Nominations made by acts, for lists."""
        made = []
        major = Record.objects.get(register__key="major-categories")
        for _ in range(number):
            self.count += 1
            values = {
                "name": f"示例专家{self.count}",
                "birth_date": BIRTH,
                "id_number": factories.id_number(BIRTH, sequence=f"{self.count:03d}"),
                "work_unit": owner.pk,
                "major_category": major.pk,
                "category": "证书领域院校专家",
                "phone": "13800000000",
            }
            record = create_record(
                self.nominations, values, actor=self.cast.office, owner=owner, round=self.round
            )
            if hand_in:
                submit(record, actor=self.cast.office, as_it_is=True)
            made.append(record)
        return made


def errors(response: Any) -> str:
    """What a refused form said, for a failing test's reader."""
    context = response.context or {}
    form = context.get("form")
    return str(form.errors) if form is not None else response.content.decode()[:2000]


def publish(pack: str, *keys: str) -> None:
    for item in files.load(pack)["registers"]:
        if item["key"] in keys:
            register = Register.objects.create(key=item["key"], name=item["name"], draft=item)
            publish_register(register, actor=None, note="测试")


@pytest.fixture
def desk(db, settings, tmp_path) -> Desk:
    """A round that opened yesterday, closes in ten days and asks for what Yunnan 2023 asked for."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    publish("common", "institutions", "titles", "major-categories")
    publish("yunnan-2023", "expert-nominations", "lead-applications")
    registers = {register.key: register for register in Register.objects.all()}
    city = factories.region(actors.CITY, "530100", factories.region("云南省", "530000"))
    for name, code, shuanggao in [
        (actors.SCHOOL, "4153011393", "双高学校C档"),
        (actors.OTHER_SCHOOL, "4153011551", None),
        ("示例职业学院", "4153099999", None),
    ]:
        given = {
            "province": "云南省",
            "name": name,
            "school_code": code,
            "kind": "高职专科",
            "shuanggao": shuanggao,
        }
        factories.record(registers["institutions"], given, region=city)
    factories.record(
        registers["institutions"],
        {
            "province": "湖南省",
            "name": "示例外省学院",
            "school_code": "4143099999",
            "shuanggao": "双高学校A档",
        },
    )
    for series, title, level, senior in TITLES:
        given = {"series": series, "title": title, "level": level, "fugaoji_and_above": senior}
        factories.record(registers["titles"], given, title=title)
    factories.record(registers["major-categories"], {"name": "电子与信息大类", "seq": 1})
    packed = next(r for r in files.load("yunnan-2023")["rounds"] if r["key"] == "yunnan-2023-experts")
    now = timezone.now()
    round = factories.open_round(
        registers["expert-nominations"],
        "yunnan-experts",
        name="示例选聘",
        closes_at=now + timedelta(days=10),
        reference_date=date(2023, 3, 22),
        parameters=packed["parameters"],
        obligations=packed["obligations"],
        file_name=packed["file_name"],
    )
    return Desk(actors.make_cast(), round, registers["expert-nominations"])
