"""Every kind of page there is, for the browser tests and the pictures alike.

A kind is a fixed address, or the first link on a page that matches a pattern (so that no test depends on the
slug of a demonstration text). Links are followed in order: a kind may start at another kind's page.
"""

import re
from dataclasses import dataclass

NUMBER = "[A-Za-z0-9-]+"


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
    Kind("notice", "/notices/", (r"^/notices/[^/?#]+/$",)),
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

DESK = [
    Kind("desk-clerk", "/desk/", user="clerk"),
    Kind("password", "/accounts/password/", user="clerk"),
    Kind("desk-office", "/desk/", user="office"),
    Kind("desk-member", "/desk/", user="member"),
    Kind("desk-chair", "/desk/", user="chair"),
    Kind("desk-auditor", "/desk/", user="auditor"),
]

ADMIN = [
    Kind("admin-editor", "/admin/", user="editor"),
    Kind("admin-administrator", "/admin/", user="administrator"),
]

ALL = PUBLIC + DESK + ADMIN


def reach(page, kind: Kind):
    """Goes to a page of the kind; returns the last response. The page's user must be signed in already.

    Raises LookupError when a page on the way has no link of the pattern.
    """
    response = page.goto(kind.start)
    for pattern in kind.follow:
        paths = page.eval_on_selector_all("#main a[href]", "all => all.map(a => a.pathname + a.search)")
        address = next((path for path in paths if re.match(pattern, path)), None)
        if address is None:
            raise LookupError(f"{page.url} has no link like {pattern} among its {len(paths)} links")
        response = page.goto(address)
    return response
