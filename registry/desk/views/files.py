"""Attachments, served only to those who may see the whole filing."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest

from registry.desk.access import at_desk, find_filing
from registry.desk.answers import attachment_of
from registry.permissions import Viewer


@at_desk
def file(request: HttpRequest, who: Viewer, uid: UUID, pk: int) -> FileResponse:
    """The file as a download, never shown as a page of ours. Raises Http404 for a file of another record."""
    attachment = attachment_of(find_filing(who, uid), pk)
    if attachment is None:
        raise Http404("没有这个文件")
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
