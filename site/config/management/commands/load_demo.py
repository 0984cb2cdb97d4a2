"""Loads the demonstration province into an empty site, once."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from registry.demo import is_demo, marker
from registry.models import Record, Register

PACKS = ["common", "yunnan-2023"]


def holdings() -> list[str]:
    """What the site holds besides what a fresh database has, in words."""
    counts = {
        "个用户": get_user_model().objects.count(),
        "个登记册": Register.objects.count(),
        "条记录": Record.objects.count(),
        "个页面": Page.objects.filter(depth__gt=2).count(),
    }
    return [f"{count}{name}" for name, count in counts.items() if count]


class Command(BaseCommand):
    help = "把演示数据装入空站：登记册、公文、批次、申报，以及每种角色一个账号。已有数据的站点不会装入。"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--if-empty", action="store_true", help="站点已有数据时不报错，什么也不做")

    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        """Exit status 1 when the site holds data that is not the demonstration's."""
        held = holdings()
        if held and is_demo():
            self.stdout.write("演示数据早已装入，未作改动。")
            return
        if held:
            said = f"本站已有{'、'.join(held)}，不是空站，不装入演示数据。"
            if not if_empty:
                raise CommandError(said)
            self.stdout.write(said)
            return
        self.load()

    def load(self) -> None:
        """All or nothing: without the last step there is neither data nor mark."""
        from config.demo import accounts, committee, filings
        from home import demo as public_pages
        from registry.packs.applying import apply

        # The mark comes first: a process that is killed half-way leaves an empty site with a mark, which
        # loads again, never a site with demonstration data and no mark.
        marker().touch()
        try:
            with disable_reference_index_auto_update(), transaction.atomic():
                for pack in PACKS:
                    self.stdout.write(f"  方案 {pack}")
                    apply(pack)
                self.stdout.write("  公文与政策")
                public_pages.load()
                self.stdout.write("  账号、批次与申报")
                passwords = accounts.create()
                user = get_user_model().objects.get_by_natural_key
                filings.load(office=user("office"), clerk=user("clerk"), now=timezone.now())
                committee.load(office=user("office"))
                accounts.write(passwords)
        except BaseException:
            marker().unlink(missing_ok=True)
            raise
        # Wagtail's index of who refers to what: once for all, not one background job per saved row.
        call_command("rebuild_references_index", verbosity=0)
        self.stdout.write("演示数据已装入。")
