"""Every kind of page there is, for the browser tests and the pictures alike.

A kind is a fixed address, or the first link on a page that matches a pattern (so that no test depends on the
slug of a demonstration text). Links are followed in order: a kind may start at another kind's page.
"""

import re
from dataclasses import dataclass

TRIED = 5  # links per page, before giving up
NUMBER = "[A-Za-z0-9-]+"
NOTICE = r"^/notices/(?!feed/)[^/?#]+/$"


@dataclass(frozen=True)
class Kind:
    """`start` is opened as `user` ("" is the public); then each pattern's first link is followed."""

    name: str
    start: str
    follow: tuple[str, ...] = ()
    user: str = ""


PUBLIC = [
    Kind("home", "/"),
    Kind("notices", "/notices/"),
    Kind("notice", "/notices/", (NOTICE,)),
    Kind("policies", "/policies/"),
    Kind("policy", "/policies/", (r"^/policies/[^/?#]+/$",)),
    Kind("registers", "/registers/"),
    Kind("certificates", "/registers/certificates/"),
    Kind("certificate", "/registers/certificates/", (rf"^/registers/certificates/{NUMBER}/$",)),
    Kind("institutions", "/registers/institutions/"),
    Kind("institution", "/registers/institutions/", (rf"^/registers/institutions/{NUMBER}/$",)),
    Kind("evaluation-organisations", "/registers/evaluation-organisations/"),
    Kind("lead-institutions", "/registers/lead-institutions/"),
    Kind("experts", "/registers/experts/"),
    Kind("search", "/search/?q=证书"),
    Kind("search-rubbish", '/search/?q="1%2BX%20（"%20AND%20*'),
    Kind("search-nothing", "/search/?q=zzzzqqqq"),
    Kind("sign-in", "/accounts/login/"),
]

OPEN_ROUND, REVIEWED_ROUND = "/desk/rounds/yunnan-demo-experts/", "/desk/rounds/yunnan-2023-experts/"
FILING = r"^/desk/filings/[0-9a-f-]{36}/$"
EDIT = r"^/desk/filings/[0-9a-f-]{36}/edit/$"
CHECK = r"^/desk/filings/[0-9a-f-]{36}/check/$"
PRINT = r"^/desk/filings/[0-9a-f-]{36}/print/$"
WITHDRAW = r"^/desk/filings/[0-9a-f-]{36}/withdraw/$"
RETURN = r"^/desk/filings/[0-9a-f-]{36}/return/$"
PANEL = r"^/desk/panels/yunnan-2023-experts/$"
NOMINATION = rf"^/desk/panels/yunnan-2023-experts/nominations/{NUMBER}/$"
DECIDE = rf"^/desk/panels/yunnan-2023-experts/nominations/{NUMBER}/decide/$"
CONFLICT = rf"^/desk/panels/yunnan-2023-experts/nominations/{NUMBER}/conflict/$"

DESK = [
    Kind("desk-clerk", "/desk/", user="clerk"),
    Kind("round", OPEN_ROUND, user="clerk"),
    Kind("nomination-new", f"{OPEN_ROUND}new/", user="clerk"),
    Kind("filing", "/desk/", (FILING,), user="clerk"),
    Kind("filing-edit", "/desk/", (FILING, EDIT), user="clerk"),
    Kind("filing-check", "/desk/", (FILING, CHECK), user="clerk"),
    Kind("filing-print", "/desk/", (FILING, PRINT), user="clerk"),
    Kind("filing-withdraw", "/desk/", (FILING, WITHDRAW), user="clerk"),
    Kind("password", "/accounts/password/", user="clerk"),
    Kind("desk-office", "/desk/", user="office"),
    Kind("roster", f"{REVIEWED_ROUND}roster/", user="office"),
    Kind("shortfall", f"{REVIEWED_ROUND}shortfall/", user="office"),
    Kind("filing-office", REVIEWED_ROUND, (FILING,), user="office"),
    Kind("filing-return", REVIEWED_ROUND, (FILING, RETURN), user="office"),
    Kind("desk-auditor", "/desk/", user="auditor"),
]

COMMITTEE = [
    Kind("desk-member", "/desk/", user="member"),
    Kind("panels", "/desk/panels/", user="member"),
    Kind("panel", "/desk/panels/", (PANEL,), user="member"),
    Kind("nomination", "/desk/panels/", (PANEL, NOMINATION), user="member"),
    Kind("conflict", "/desk/panels/", (PANEL, NOMINATION, CONFLICT), user="member"),
    Kind("panel-chair", "/desk/panels/", (PANEL,), user="chair"),
    Kind("nomination-chair", "/desk/panels/", (PANEL, NOMINATION), user="chair"),
    Kind("decisions", "/desk/panels/yunnan-2023-experts/decisions/", user="chair"),
    Kind("panel-office", "/desk/panels/", (PANEL,), user="office"),
]

ADMIN = [
    Kind("admin-editor", "/admin/", user="editor"),
    Kind("admin-import", "/admin/import-notice/", user="editor"),
    Kind("admin-registers", "/admin/registers/", user="editor"),
    Kind("admin-records", "/admin/registers/certificates/", user="editor"),
    Kind(
        "admin-record",
        "/admin/registers/certificates/",
        (rf"^/admin/registers/certificates/{NUMBER}/$",),
        "editor",
    ),
    Kind("admin-definition", "/admin/registers/expert-nominations/definition/", user="editor"),
    Kind("admin-publish", "/admin/registers/expert-nominations/publish/", user="editor"),
    Kind("admin-rounds", "/admin/rounds/", user="administrator"),
    Kind("admin-round", "/admin/rounds/", (r"^/admin/rounds/edit/\d+/$",), user="administrator"),
    Kind("admin-log", "/admin/log/", user="administrator"),
    Kind("admin-regions", "/admin/registry/region/", user="administrator"),
    Kind("admin-administrator", "/admin/", user="administrator"),
]

ALL = PUBLIC + DESK + COMMITTEE + ADMIN


def reach(page, kind: Kind):
    """Goes to a page of the kind; returns the last response. The page's user must be signed in already.

    Where the first links do not lead on, the next ones are tried. Raises LookupError when none does.
    """
    return follow(page, page.goto(kind.start), kind.follow)


def follow(page, response, patterns: tuple[str, ...]):
    """From the open page along a link of each pattern in turn; returns the last response."""
    if not patterns:
        return response
    paths = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.pathname + a.search)")
    found = list(dict.fromkeys(path for path in paths if re.match(patterns[0], path)))
    for path in found[:TRIED]:
        try:
            return follow(page, page.goto(path), patterns[1:])
        except LookupError:
            continue
    raise LookupError(f"{page.url} has no link like {patterns[0]} that leads on")
