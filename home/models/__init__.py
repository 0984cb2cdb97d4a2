"""Public pages and the official documents they show."""

from home.models.files import OfficeDocument, OfficeImage, OfficeRendition
from home.models.official import Kind, OfficialPage, Validity
from home.models.pages import HomePage, NoticeIndexPage, NoticePage, PolicyIndexPage, PolicyPage
from home.models.parts import Audience, Clause, Contact, ContactKind, KeyDate, NoticeAttachment, NoticeTable

__all__ = [
    "Audience",
    "Clause",
    "Contact",
    "ContactKind",
    "HomePage",
    "KeyDate",
    "Kind",
    "NoticeAttachment",
    "NoticeIndexPage",
    "NoticePage",
    "NoticeTable",
    "OfficeDocument",
    "OfficeImage",
    "OfficeRendition",
    "OfficialPage",
    "PolicyIndexPage",
    "PolicyPage",
    "Validity",
]
