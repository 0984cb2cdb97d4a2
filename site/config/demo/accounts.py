"""One account per role, with a password that exists nowhere before the first load."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from registry.models import Membership, Office, Record, Region, Role

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else
EDITOR_GROUPS = ["Editors", "Moderators"]  # Wagtail's own: write pages; publish them
OFFICE_KEY = "yunnan-office"
SCHOOL = "昆明冶金高等专科学校"
MEMBER_SCHOOL = "云南交通职业技术学院"


@dataclass(frozen=True)
class Account:
    """`school` names the institution it belongs to; `admin` gives access to /admin/."""

    username: str
    role: str
    task: str
    school: str = ""
    admin: bool = False


ACCOUNTS = [
    Account("clerk", Role.CLERK, "工作台：填报、提交推荐", SCHOOL),
    Account("clerk2", Role.CLERK, "工作台：另一所学校，看不到前者的申报", "云南农业职业技术学院"),
    Account("office", Role.OFFICE, "工作台与后台：批次、审核、评审组", admin=True),
    Account("editor", Role.EDITOR, "后台：公文、登记册及其定义", admin=True),
    Account("member", Role.MEMBER, "工作台：评审，须回避本校", MEMBER_SCHOOL),
    Account("member2", Role.MEMBER, "工作台：评审，兼副组长", "云南国土资源职业学院"),
    Account("chair", Role.CHAIR, "工作台：评审组长，作出决定", SCHOOL),
    Account("auditor", Role.AUDITOR, "工作台：只读，日志"),
    Account("administrator", Role.ADMINISTRATOR, "后台：全部", admin=True),
]


def path() -> Path:
    """Where the accounts are kept, readable for the site's owner alone."""
    return settings.VAR / "demo-accounts.txt"


def password() -> str:
    """Sixteen characters in four groups: about 79 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def institution(name: str) -> Record:
    """The institution of that name. Raises Record.DoesNotExist when the packs lack it."""
    return Record.objects.get(register__key="institutions", title=name)


def create() -> dict[str, str]:
    """Makes the users, each with one Membership; returns user name → password."""
    province = Region.objects.filter(code="530000").first()
    office, _ = Office.objects.get_or_create(
        key=OFFICE_KEY, defaults={"name": "云南省职业教育试点工作办公室（演示）", "region": province}
    )
    passwords = {}
    for account in ACCOUNTS:
        passwords[account.username] = password()
        user = get_user_model().objects.create_user(
            account.username,
            password=passwords[account.username],
            display_name=f"示例{Role(account.role).label}",
            is_superuser=account.role == Role.ADMINISTRATOR,
            is_staff=account.admin,
        )
        if account.admin:
            user.groups.set(Group.objects.filter(name__in=EDITOR_GROUPS))
        school = institution(account.school) if account.school else None
        Membership.objects.create(
            user=user, role=account.role, organisation=school, office=None if school else office
        )
    return passwords


def write(passwords: dict[str, str]) -> None:
    """Keeps the accounts in a file of mode 0600: user name, password, role, what it is for."""
    lines = [
        f"{account.username:<14} {passwords[account.username]}  {Role(account.role).label}：{account.task}"
        for account in ACCOUNTS
    ]
    handle = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as target:
        target.write("\n".join(lines) + "\n")
