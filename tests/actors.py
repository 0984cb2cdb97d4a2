"""The fixed cast. Every permission test walks the same people, so that the tests read alike.

Two schools: `clerk` files for the first; `outsider` does the same work for the second and must never see the
first one's filings. `office`, `editor`, `auditor`, `administrator` serve the province; `member` and `chair`
sit on the committee (the member works at the first school, hence is in conflict there); `bureau` reviews for
the city in which the first school lies. `nobody` signs in without any role.
"""

from dataclasses import dataclass
from typing import Any

from registry.models import Membership, Office, Record, Region
from registry.models.membership import Role
from tests import factories

SCHOOL = "昆明冶金高等专科学校"
OTHER_SCHOOL = "云南交通职业技术学院"
CITY = "昆明市"


@dataclass(frozen=True)
class Cast:
    """Users by role, and where they belong."""

    clerk: Any
    outsider: Any
    office: Any
    editor: Any
    member: Any
    chair: Any
    auditor: Any
    administrator: Any
    bureau: Any
    nobody: Any
    school: Record
    other_school: Record
    province: Region
    city: Region
    authority: Office

    @property
    def everybody(self) -> dict[str, Any]:
        """Name in the cast → user, for tests that walk through all."""
        names = [*(role.value for role in Role if role is not Role.ORGANISATION), "outsider", "nobody"]
        return {name: getattr(self, name) for name in names}


def institutions():
    """The register of institutions: the packs' own where applied, else a small one with the same keys."""
    from registry.models import Register

    return Register.objects.filter(key="institutions").first() or factories.register(
        "institutions",
        {
            "key": "name",
            "type": "text",
            "label": "院校名称",
            "required": True,
            "unique": "register",
            "public": True,
        }
        | {"listed": True, "sortable": True, "searchable": True},
        {"key": "school_code", "type": "text", "label": "学校标识码", "unique": "register", "public": True},
        name="院校",
        public=True,
        title={"field": "name"},
    )


def school(name: str, region: Region) -> Record:
    """The institution of that name, made where it is not there."""
    register = institutions()
    found = Record.objects.filter(register=register, title=name).first()
    return found or factories.record(register, {"name": name}, region=region)


def make_cast() -> Cast:
    """Makes everybody, each through one Membership."""
    province = Region.objects.filter(code="530000").first() or factories.region("云南省", "530000")
    city = Region.objects.filter(code="530100").first() or factories.region(CITY, "530100", province)
    authority = factories.office("province", "云南省教育厅", province)
    first, second = school(SCHOOL, city), school(OTHER_SCHOOL, city)

    def actor(username: str, role: Role, **belongs: Any):
        person = factories.user(
            username, display_name=f"示例{role.label}", is_superuser=role is Role.ADMINISTRATOR
        )
        Membership.objects.create(user=person, role=role, **belongs)
        return person

    return Cast(
        clerk=actor("clerk", Role.CLERK, organisation=first),
        outsider=actor("outsider", Role.CLERK, organisation=second),
        office=actor("office", Role.OFFICE, office=authority),
        editor=actor("editor", Role.EDITOR, office=authority),
        member=actor("member", Role.MEMBER, organisation=first),
        chair=actor("chair", Role.CHAIR, office=authority),
        auditor=actor("auditor", Role.AUDITOR, office=authority),
        administrator=actor("administrator", Role.ADMINISTRATOR, office=authority),
        bureau=actor("bureau", Role.BUREAU, region=city),
        nobody=factories.user("nobody", display_name="示例无角色用户"),
        school=first,
        other_school=second,
        province=province,
        city=city,
        authority=authority,
    )
