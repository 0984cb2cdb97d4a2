"""What a register's list shows, as CSV, XLSX or JSON: the same filters, sort, fields and sight as the page."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from registry.exchange.exporting import export as write
from registry.models import Record
from registry.public.listing import Listing
from registry.public.sight import Target

BATCH = 500
PER_JSON_PAGE = 500
NEEDED = ("id", "number", "title", "data", "register", "version")


def export(request: HttpRequest, listing: Listing, format: str) -> HttpResponse | StreamingHttpResponse:
    """`format`: csv, xlsx or json. JSON comes in pages of 500 with the address of the next; sheets are whole."""
    sight, count = listing.sight, listing.ids.count()
    first, last, following = 0, count, None
    if format == "json":
        asked = request.GET.get("page", "1")
        page = max(1, int(asked)) if asked.isdecimal() and len(asked) < 10 else 1
        first, last = (page - 1) * PER_JSON_PAGE, min(page * PER_JSON_PAGE, count)
        if last < count:
            query = listing.query()
            following = request.build_absolute_uri(
                f"{request.path}?{query + '&' if query else ''}page={page + 1}"
            )
    made = write(
        sight.register,
        records(listing, first, last),
        [spec.key for spec in sight.specs],
        format,
        public=not sight.whole,
        count=count,
        next=following,
        absolute=request.build_absolute_uri,
        names=lambda batch, definitions: names(listing, batch),
    )
    if format == "xlsx":
        response: HttpResponse | StreamingHttpResponse = HttpResponse(
            made.body, content_type=made.content_type
        )
    else:
        response = StreamingHttpResponse(made.content, content_type=made.content_type)
    if format != "json":
        response["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    return response


def records(listing: Listing, first: int, last: int) -> Iterator[Record]:
    """The listed records from `first` to `last`, in the list's order, 500 at a time."""
    for start in range(first, last, BATCH):
        ids = listing.ids[start : min(start + BATCH, last)]
        by_id = Record.objects.only(*NEEDED).in_bulk(ids)
        for pk in ids:
            if record := by_id.get(pk):
                record.register = listing.sight.register
                yield record


def names(listing: Listing, batch: list[Record]) -> dict[int, str]:
    """Titles of what the visible fields refer to; one the viewer may not know of is （未公开）."""
    targets: dict[int, Target] = listing.sight.targets(listing.sight.values(record.data) for record in batch)
    return {pk: target.title for pk, target in targets.items()}
