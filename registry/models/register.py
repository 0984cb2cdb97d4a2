"""Register, its immutable versions, and the series that numbers are drawn from."""

import secrets
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from registry.definition import Definition


class Kind(models.TextChoices):
    """A reference register's records are in force once entered; a filing's run through submit and review."""

    REFERENCE = "reference", "名录"
    FILING = "filing", "申报"


class Register(models.Model):
    """登记册: a kind of record, shaped by an editor. `draft` is what is being edited, `current` is in force.

    `slots` maps field key → slot column and `uniques` field key → unique column, the same through all
    versions: a mapping is added when a version is published and never changes.
    """

    key = models.SlugField("标识", max_length=60, unique=True)
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类型", max_length=10, choices=Kind, default=Kind.REFERENCE)
    public = models.BooleanField("向社会公开", default=False)
    office = models.ForeignKey(
        "registry.Office", models.PROTECT, null=True, blank=True, verbose_name="主管机关"
    )
    draft = models.JSONField("定义草稿", default=dict, blank=True)
    current = models.ForeignKey(
        "registry.RegisterVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="现行版本",
    )
    slots = models.JSONField("槽位", default=dict, editable=False)
    uniques = models.JSONField("唯一键", default=dict, editable=False)
    position = models.PositiveSmallIntegerField("排序", default=100)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "登记册"
        verbose_name_plural = "登记册"
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name

    @property
    def definition(self) -> Definition:
        """The definition in force. Raises ValidationError where nothing has been published yet."""
        if self.current_id is None:
            raise ValidationError(f"登记册“{self.name}”尚未发布任何版本，请先在后台发布。")
        return parsed(self.current_id)


def random_id() -> int:
    """A version's id, 62 random bits: one that was rolled back is never given again, so caches by id stay right."""
    return secrets.randbits(62)


class RegisterVersion(models.Model):
    """登记册版本: a published definition. Append-only: a database trigger refuses changes."""

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)
    register = models.ForeignKey(Register, models.PROTECT, related_name="versions", verbose_name="登记册")
    number = models.PositiveIntegerField("版本号")
    definition = models.JSONField("定义")
    digest = models.CharField("摘要", max_length=64)
    note = models.TextField("说明", blank=True)
    published_at = models.DateTimeField("发布时间", auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="发布人",
    )

    class Meta:
        verbose_name = "登记册版本"
        verbose_name_plural = "登记册版本"
        ordering = ["register_id", "-number"]
        constraints = [models.UniqueConstraint("register", "number", name="version_number_in_register")]

    def __str__(self) -> str:
        return f"{self.register}（第{self.number}版）"

    @property
    def parsed(self) -> Definition:
        return parsed(self.pk)


@lru_cache(maxsize=512)
def parsed(version_id: int) -> Definition:
    """The parsed definition of a version. Versions never change, so an entry is never stale."""
    return Definition.from_dict(
        RegisterVersion.objects.values_list("definition", flat=True).get(pk=version_id)
    )


class Series(models.Model):
    """编号序列: the next number of a prefix. Its row is locked while numbers are drawn; none is used twice."""

    prefix = models.CharField("前缀", max_length=60, primary_key=True)
    next = models.PositiveBigIntegerField("下一个", default=1)

    class Meta:
        verbose_name = "编号序列"
        verbose_name_plural = "编号序列"

    def __str__(self) -> str:
        return f"{self.prefix}{self.next}"
