"""The office seats a panel in the browser."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from expertpool.models import Capacity, Conflict, Panel, PanelMember
from registry.log import verify_chain
from registry.models import LogEntry


@pytest.fixture
def admin(client):
    """Signs somebody in who may enter /admin/, as every person of the office may."""

    def enter(user):
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(user)
        return client

    return enter


def sent(case, *seats, conflicts=(), **more):
    """What the form sends: seats as (user, capacity), conflicts as (user, institution, record, ground)."""
    data = {"round": case.round.pk, "name": "新评审组", "closes_at": "", "members-INITIAL_FORMS": 0}
    data |= {"members-TOTAL_FORMS": len(seats), "members-MIN_NUM_FORMS": 1, "members-MAX_NUM_FORMS": 1000}
    data |= {"conflicts-TOTAL_FORMS": len(conflicts), "conflicts-INITIAL_FORMS": 0}
    data |= {"conflicts-MIN_NUM_FORMS": 0, "conflicts-MAX_NUM_FORMS": 1000}
    for index, (user, capacity) in enumerate(seats):
        data |= {
            f"members-{index}-user": user.pk,
            f"members-{index}-capacity": capacity,
            f"members-{index}-id": "",
        }
    for index, (user, institution, record, ground) in enumerate(conflicts):
        prefix = f"conflicts-{index}"
        data |= {f"{prefix}-user": user.pk, f"{prefix}-institution": institution, f"{prefix}-record": record}
        data |= {f"{prefix}-ground": ground, f"{prefix}-id": ""}
    return data | more


@pytest.fixture
def empty(case):
    """The round without its panel."""
    PanelMember.objects.all().delete()
    Panel.objects.all().delete()
    return case


ADD = "expertpool_panels:add"


@pytest.mark.clause("YN23-17")
def test_the_office_sets_up_a_panel_with_members_and_conflicts(empty, admin):
    case = empty
    nomination = case.nominate("示例专家甲", case.cast.other_school)
    client = admin(case.cast.office)
    page = client.get(reverse(ADD)).content.decode()
    assert "成员" in page and "另行登记的回避" in page
    data = sent(
        case,
        (case.cast.chair, Capacity.CHAIR),
        (case.deputy, Capacity.DEPUTY),
        (case.cast.member, Capacity.MEMBER),
        conflicts=[
            (case.deputy, case.cast.other_school.title, "", "曾在该校任职"),
            (case.cast.chair, "", nomination.number, "师生"),
        ],
    )
    response = client.post(reverse(ADD), data)
    assert response.status_code == 302, response.context["form"].errors
    panel = Panel.objects.get()
    assert panel.chair == case.cast.chair and panel.deputy == case.deputy and len(panel.seats) == 3
    assert Conflict.objects.get(user=case.deputy).institution == case.cast.other_school
    assert Conflict.objects.get(user=case.cast.chair).record == nomination
    line = LogEntry.objects.get(verb="create_panel")
    assert line.actor == case.cast.office and len(line.changes["seats"]) == 3 and verify_chain() is None
    edit = client.get(reverse("expertpool_panels:edit", args=[panel.pk])).content.decode()
    assert f"{case.cast.other_school.number} {case.cast.other_school.title}" in edit


@pytest.mark.parametrize(
    ("seats", "message"),
    [
        (["member"], "须有且只有一名组长，现有0名"),
        (["chair", "chair"], "须有且只有一名组长，现有2名"),
        (["chair", "deputy", "deputy"], "副组长至多一名，现有2名"),
    ],
)
def test_seats_that_cannot_be_are_refused_in_words(empty, admin, seats, message):
    people = [empty.cast.chair, empty.deputy, empty.cast.member]
    response = admin(empty.cast.office).post(reverse(ADD), sent(empty, *zip(people, seats, strict=False)))
    assert response.status_code == 200 and message in response.content.decode()
    assert not Panel.objects.exists()


def test_an_institution_nobody_knows_is_refused(empty, admin):
    data = sent(
        empty, (empty.cast.chair, "chair"), conflicts=[(empty.cast.chair, "没有这所学校", "", "不明")]
    )
    assert admin(empty.cast.office).post(reverse(ADD), data).status_code == 200
    assert not Panel.objects.exists()


@pytest.mark.parametrize("name", ["editor", "auditor", "member", "clerk"])
def test_others_seat_no_panel(empty, admin, name):
    client = admin(getattr(empty.cast, name))
    data = sent(empty, (empty.cast.chair, "chair"))
    assert client.post(reverse(ADD), data).status_code == 302
    assert client.get(reverse("expertpool_panels:list"), follow=False).status_code == 302
    assert not Panel.objects.exists()
