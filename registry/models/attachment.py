"""Attachment: a file of a record, served only through a permission check."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models


def private_storage() -> FileSystemStorage:
    """Files under PRIVATE_ROOT have no public address."""
    return FileSystemStorage(location=settings.PRIVATE_ROOT, file_permissions_mode=0o600)


def place(attachment: "Attachment", filename: str) -> str:
    """A path that says nothing of the file's name: `ab/abcdef…` from its digest and record."""
    return f"{attachment.sha256[:2]}/{attachment.record.uid}-{attachment.sha256}"


class Attachment(models.Model):
    """附件: `name` is what the person called it, `sha256` what it holds, `size` in bytes."""

    record = models.ForeignKey(
        "registry.Record", models.PROTECT, related_name="attachments", verbose_name="登记项"
    )
    field = models.CharField("字段", max_length=60)
    file = models.FileField("文件", storage=private_storage, upload_to=place, max_length=200)
    name = models.CharField("文件名", max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
