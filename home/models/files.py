"""文件与图片: the site's own document and image models, so that fields can be added later without a swap."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class OfficeDocument(AbstractDocument):
    """文件: an attachment of a notice or policy, served through Wagtail's permission check."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "文件"
        verbose_name_plural = "文件"
        permissions = [("choose_document", _("Can choose document"))]


class OfficeImage(AbstractImage):
    """图片: a picture with the words that stand for it where it cannot be seen."""

    alternative = models.CharField(
        "替代文字", max_length=200, blank=True, help_text="供看不到图片的读者使用。"
    )

    admin_form_fields = (*Image.admin_form_fields, "alternative")

    class Meta(AbstractImage.Meta):
        verbose_name = "图片"
        verbose_name_plural = "图片"
        permissions = [("choose_image", _("Can choose image"))]


class OfficeRendition(AbstractRendition):
    """图片尺寸: one size of an image, made when first asked for."""

    image = models.ForeignKey(OfficeImage, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
