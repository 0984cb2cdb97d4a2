"""What every act on a filing begins with: the filing's row, locked, and the edition it stands at."""

from registry.errors import Stale
from registry.models import Edition, Record


def locked(record: Record, seen_lock: int | None = None) -> tuple[Record, Edition]:
    """The record with its row locked, and its latest edition. Call inside a transaction.

    `seen_lock` is the lock version the person read: raises Stale when the filing was saved since.
    """
    fresh = (
        Record.objects.select_for_update(of=("self",))
        .select_related("register", "version", "round", "owner")
        .get(pk=record.pk)
    )
    if seen_lock is not None and seen_lock != fresh.lock_version:
        raise Stale(
            f"“{fresh.title}”的推荐材料在您打开之后已有变动（现为第{fresh.lock_version}版，您看到的是第{seen_lock}版）。"
            "请重新查看材料后再办理。",
            fresh,
        )
    return fresh, Edition.objects.filter(record=fresh).order_by("-sequence").first()
