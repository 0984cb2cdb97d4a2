"""RSS of the latest notices."""

from __future__ import annotations

from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.db.models import F
from django.utils import timezone

from home.masking import Mask
from home.models import Contact, NoticePage

ITEMS = 30


class NoticeFeed(Feed):
    """RSS 2.0 of the notices under an index page; private contacts are masked."""

    def __init__(self, index) -> None:
        self.index = index

    def title(self) -> str:
        return f"{self.index.get_site().site_name or self.index.get_parent().title}：{self.index.title}"

    def link(self) -> str:
        return self.index.get_url() or "/"

    def feed_url(self) -> str:
        return self.link() + "feed/"

    def description(self) -> str:
        return self.index.introduction or "最新公文"

    def items(self) -> list[NoticePage]:
        rows = list(
            NoticePage.objects.live()
            .public()
            .descendant_of(self.index)
            .order_by(F("issued_on").desc(nulls_last=True), "-pk")[:ITEMS]
        )
        contacts: dict[int, list[Contact]] = {row.pk: [] for row in rows}
        for contact in Contact.objects.filter(page_id__in=contacts):
            contacts[contact.page_id].append(contact)
        self.masks = {pk: Mask.of_contacts(found) for pk, found in contacts.items()}
        return rows

    def item_title(self, item: NoticePage) -> str:
        return self.masks[item.pk](item.title)

    def item_description(self, item: NoticePage) -> str:
        head = "　".join(filter(None, [item.issuer, item.number]))
        return self.masks[item.pk]("\n".join(filter(None, [head, item.summary or item.preamble])))

    def item_link(self, item: NoticePage) -> str:
        return item.get_url() or "/"

    def item_guid(self, item: NoticePage) -> str:
        return f"notice:{item.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: NoticePage) -> datetime | None:
        if item.issued_on is None:
            return item.first_published_at
        return timezone.make_aware(datetime.combine(item.issued_on, time(9)))
