"""Demonstration filings: nominations of the closed round under review, and a round that is open now.

They go through the same acts as anybody's: created, then submitted. The office enters those of the closed
round, as it may do with paper, so the committee has every kind of verdict before it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from config.demo.accounts import SCHOOL, institution
from config.demo.persons import id_number, phone
from registry.actions.save_record import create_record
from registry.actions.submit import submit
from registry.models import Record, Register, Round

REGISTER = "expert-nominations"
REVIEWED = "yunnan-2023-experts"
OPEN = "yunnan-demo-experts"
OPEN_FOR = 21  # days from the first load; the demonstration notice says the same
CLOSES = time(17)
REVIEW = timedelta(days=21)
TEACHER = "高等学校教师"
FIELD, RESEARCH = "证书领域院校专家", "学分银行与1+X研究实践专家"


@dataclass(frozen=True)
class Nomination:
    """One nomination. `shows` says which verdict it is there for."""

    name: str
    school: str
    born: date
    series: str
    title: str
    major: str
    shows: str
    category: str = FIELD
    results: int = 1
    reasons: dict[str, str] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)


KUNMING, TRAFFIC, MECHANICAL = SCHOOL, "云南交通职业技术学院", "云南机电职业技术学院"
FARMING, LAND = "云南农业职业技术学院", "云南国土资源职业学院"

UNDER_REVIEW = [
    Nomination("示例专家甲", KUNMING, date(1968, 5, 6), TEACHER, "教授", "装备制造大类", "全部符合"),
    Nomination(
        "示例专家乙", KUNMING, date(1975, 11, 2), TEACHER, "副教授", "电子与信息大类", "全部符合", RESEARCH, 2
    ),
    Nomination(
        *("示例专家丙", KUNMING, date(1956, 1, 15), TEACHER, "教授", "资源环境与安全大类", "超龄，已写理由"),
        reasons={"age": "长期主持有色冶金类证书的标准转化，身体健康，仍在一线指导实训，学校同意推荐。"},
    ),
    Nomination("示例专家丁", TRAFFIC, date(1970, 2, 28), TEACHER, "副教授", "交通运输大类", "全部符合"),
    Nomination(
        *("示例专家戊", TRAFFIC, date(1986, 7, 19), TEACHER, "讲师", "交通运输大类", "职称不够，已写理由"),
        reasons={"title-level": "连续三年担任该证书考核站点负责人，省级教学能力比赛一等奖第一完成人。"},
    ),
    Nomination(
        "示例专家己", TRAFFIC, date(1979, 9, 9), TEACHER, "讲师", "财经商贸大类", "职称不够，未写理由"
    ),
    Nomination(
        "示例专家庚", MECHANICAL, date(1964, 12, 31), "工程技术人员", "高级工程师", "装备制造大类", "全部符合"
    ),
    Nomination(
        "示例专家辛", MECHANICAL, date(1972, 4, 4), TEACHER, "教授", "装备制造大类", "没有成果", RESEARCH, 0
    ),
    Nomination(
        *("示例专家壬", FARMING, date(1980, 8, 8), TEACHER, "副教授", "农林牧渔大类", "单位未表示支持"),
        more={"unit_support": False},
    ),
    Nomination(
        "示例专家癸", LAND, date(1971, 6, 30), TEACHER, "教授", "资源环境与安全大类", "全部符合", RESEARCH, 2
    ),
]
OPEN_DRAFT = Nomination(
    "示例专家子", KUNMING, date(1982, 3, 3), TEACHER, "讲师", "装备制造大类", "草稿", results=0
)
OPEN_SUBMITTED = Nomination(
    "示例专家丑", KUNMING, date(1977, 10, 10), TEACHER, "教授", "电子与信息大类", "已提交"
)

LEADS = [("资源环境与安全大类", KUNMING), ("交通运输大类", TRAFFIC), ("农林牧渔大类", FARMING)]


def values(nomination: Nomination, serial: int) -> dict[str, Any]:
    """The nomination's values by field key."""
    major = Record.objects.get(register__key="major-categories", title=nomination.major)
    return {
        "name": nomination.name,
        "gender": "女" if serial % 2 else "男",
        "birth_date": nomination.born,
        "ethnicity": "汉族",
        "political_status": "群众",
        "id_number": id_number(nomination.born),
        "education": "研究生，硕士",
        "work_unit": institution(nomination.school).pk,
        "position": "专业带头人",
        "title_series": nomination.series,
        "professional_title": nomination.title,
        "title_date": date(nomination.born.year + 38, 9, 1),
        "major_category": major.pk,
        "category": nomination.category,
        "phone": phone(serial),
        "email": f"expert{serial}@example.com",
        "experience": "负责本校一个证书的试点方案、师资培训和考核组织，参与省内同类院校交流。",
        "projects": [
            {
                "name": f"示例课题：{nomination.major}课证融通研究",
                "level": "省级",
                "role": "主持",
                "year": "2021",
            }
        ],
        "results": [
            {"name": f"示例成果之{number}", "kind": "论文", "year": "2022"}
            for number in range(1, nomination.results + 1)
        ],
        "willing": True,
        "healthy": True,
        "unit_support": True,
        "declaration": True,
        **nomination.more,
    }


def file(nomination: Nomination, serial: int, round: Round, actor: Any) -> Record:
    """Creates the nomination's draft in the round, owned by its school."""
    return create_record(
        round.register,
        values(nomination, serial),
        actor=actor,
        owner=institution(nomination.school),
        round=round,
        reasons=nomination.reasons,
        reason="演示数据",
    )


def open_round(now: datetime) -> Round:
    """A round that opened the day before `now` and stays open for OPEN_FOR days, with 2023's parameters."""
    model = Round.objects.get(key=REVIEWED)
    today = timezone.localdate(now)

    def at(day: date, clock: time) -> datetime:
        return timezone.make_aware(datetime.combine(day, clock))

    last = today + timedelta(days=OPEN_FOR)
    return Round.objects.create(
        key=OPEN,
        register=model.register,
        version=Register.objects.get(pk=model.register_id).current,
        name=f"{today.year}年工作组专家增补推荐（演示批次）",
        opens_at=at(today - timedelta(days=1), time.min),
        closes_at=at(last, CLOSES),
        review_closes_at=at(last + REVIEW, CLOSES),
        reference_date=last,
        parameters=model.parameters,
        obligations=model.obligations,
        file_name=model.file_name,
        notes="演示批次：日期从首次装入之日起算。",
    )


def enter_leads(office: Any) -> None:
    """The institutions that lead in a category of majors, so that their public list is not empty."""
    register = Register.objects.get(key="lead-institutions")
    for major, school in LEADS:
        category = Record.objects.get(register__key="major-categories", title=major)
        data = {"category": category.pk, "institution": institution(school).pk, "year": 2023}
        create_record(register, data, actor=office, owner=institution(school), reason="演示数据")


def load(*, office: Any, clerk: Any, now: datetime) -> None:
    """Files everything: `office` enters the closed round's nominations, `clerk` works in the open one."""
    enter_leads(office)
    reviewed = Round.objects.select_related("register", "version").get(key=REVIEWED)
    for serial, nomination in enumerate(UNDER_REVIEW, start=1):
        submit(file(nomination, serial, reviewed, office), actor=office, as_it_is=True, reason="演示数据")
    current = open_round(now)
    submit(file(OPEN_SUBMITTED, 11, current, clerk), actor=clerk)
    file(OPEN_DRAFT, 12, current, clerk)
