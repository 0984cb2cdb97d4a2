"""Recusal outside the panel's own pages: registers, their sheets, the site's search, the desk."""

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.clause("YN23-17"), pytest.mark.django_db(transaction=True)]

LIST = "/registers/expert-nominations/"


def test_no_page_of_the_site_names_a_recused_nomination(case, client):
    """One walk over every address that lists, counts, exports or finds records; the chair's walk finds both."""
    hidden = case.nominate("示例回避甲", case.cast.school)
    shown = case.nominate("示例评审乙", case.cast.other_school)
    lists = [
        LIST,
        f"{LIST}?q=示例",
        f"{LIST}?work_unit={case.cast.school.pk}",
        "/registers/expert-nominations.csv",
        "/registers/expert-nominations.json",
        "/search/?q=示例",
        "/search/?q=示例&format=json",
        "/search/?q=回避甲&format=json",
        reverse("desk"),
        reverse("desk-round", args=[case.round.key]),
        reverse("desk-roster", args=[case.round.key]),
        reverse("desk-shortfall", args=[case.round.key]),
        reverse("desk-shortfall-csv", args=[case.round.key]),
        reverse("panel-list"),
        reverse("panel", args=[case.round.key]),
        reverse("panel-decisions", args=[case.round.key]),
        reverse("panel-export", args=[case.round.key, "csv"]),
    ]

    def walk(user):
        client.force_login(user)
        found = set()
        for address in lists:
            response = client.get(address)
            body = b"".join(response) if response.streaming else response.content
            for record in (hidden, shown):
                if record.title in body.decode() or record.number in body.decode():
                    found.add((address, record.title))
        return found

    member = walk(case.cast.member)
    assert not [address for address, title in member if title == hidden.title]
    chair = walk(case.cast.chair)
    for address in (
        LIST,
        "/registers/expert-nominations.csv",
        "/registers/expert-nominations.json",
        "/search/?q=示例",
    ):
        assert (address, hidden.title) in chair and (address, shown.title) in member, address
    client.force_login(case.cast.member)
    for address in (
        hidden.get_absolute_url(),
        reverse("desk-filing", args=[hidden.uid]),
        reverse("desk-print", args=[hidden.uid]),
        reverse("panel-nomination", args=[case.round.key, hidden.number]),
    ):
        assert client.get(address).status_code in (403, 404), address
    count = client.get("/search/?q=示例&format=json").json()["count"]
    titles = [hit["title"] for hit in client.get("/search/?q=示例&format=json").json()["results"]]
    assert hidden.title not in titles and count == len(titles)
