"""Files that come with a filing: looked at before they are kept, and kept out of public reach."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from registry.definition import FieldSpec
from registry.fields.base import plain
from registry.models import Attachment, Record

# What the first bytes of a file say it is, by ending: (signature, content type)
SIGNATURES = {
    "pdf": (b"%PDF-", "application/pdf"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    "docx": (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "zip": (b"PK\x03\x04", "application/zip"),
    "doc": (b"\xd0\xcf\x11\xe0", "application/msword"),
    "xls": (b"\xd0\xcf\x11\xe0", "application/vnd.ms-excel"),
}
DEFAULT_KINDS = ["pdf"]
DEFAULT_MEGABYTES = 20


class UploadField(forms.FileField):
    """A file of the allowed kinds (by name and by content) and size. Cleans to an UploadedFile or None."""

    def __init__(self, spec: FieldSpec, **kwargs: Any) -> None:
        self.spec = spec
        self.kinds = spec.options.get("kinds") or DEFAULT_KINDS
        self.megabytes = spec.options.get("max_mb", DEFAULT_MEGABYTES)
        accept = ",".join(f".{kind}" for kind in self.kinds)
        super().__init__(
            required=False,
            label=spec.label,
            help_text=spec.help,
            widget=forms.FileInput(attrs={"accept": accept}),
            **kwargs,
        )

    def clean(self, data: UploadedFile | None, initial: Any = None) -> UploadedFile | None:
        """Raises ValidationError with what was found and what is demanded."""
        if not data:
            return None
        name = plain(data.name)
        ending = name.rpartition(".")[2].lower() if "." in name else ""
        wanted = "、".join(kind.upper() for kind in self.kinds)
        if ending not in self.kinds:
            raise ValidationError(f"“{name}”不是{wanted}文件，请上传{wanted}文件。")
        if data.size > self.megabytes * 1024 * 1024:
            raise ValidationError(f"“{name}”为{data.size / 1024 / 1024:.1f}MB，不得超过{self.megabytes}MB。")
        if not data.size:
            raise ValidationError(f"“{name}”是空文件，请重新选择。")
        signature, _ = SIGNATURES.get(ending, (b"", ""))
        data.seek(0)
        head = data.read(1024)
        data.seek(0)
        # a PDF may have a few stray bytes before its mark; everything else starts with it
        found = signature in head if ending == "pdf" else head.startswith(signature)
        if not found:
            raise ValidationError(f"“{name}”的内容不是{ending.upper()}文件，请导出为{wanted}后重新上传。")
        return data


def keep(record: Record, spec: FieldSpec, upload: UploadedFile, actor: Any) -> Attachment:
    """Stores the file with the record, in the caller's transaction; the same file again is the same attachment."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    name = plain(upload.name).replace("\\", "/").rpartition("/")[2][-200:]
    ending = name.rpartition(".")[2].lower()
    known = Attachment.objects.filter(
        record=record, field=spec.key, sha256=digest.hexdigest(), name=name
    ).first()
    if known:
        return known
    attachment = Attachment(
        record=record,
        field=spec.key,
        name=name,
        content_type=SIGNATURES.get(ending, (b"", "application/octet-stream"))[1],
        size=upload.size,
        sha256=digest.hexdigest(),
        uploaded_by=actor,
    )
    attachment.file.save(name, upload, save=False)
    attachment.save()
    return attachment
