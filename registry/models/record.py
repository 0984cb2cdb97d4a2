"""Record: an entry of a register, with its typed slot columns."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from registry.models.columns import CodePointField

TEXT_SLOTS = [f"s{n}" for n in range(1, 11)]
NUMBER_SLOTS = [f"n{n}" for n in range(1, 5)]
DATE_SLOTS = [f"d{n}" for n in range(1, 5)]
UNIQUE_SLOTS = [f"u{n}" for n in range(1, 4)]
SLOTS = TEXT_SLOTS + NUMBER_SLOTS + DATE_SLOTS


class Stage(models.TextChoices):
    """办理阶段: where a record stands in its handling."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"
    IN_REVIEW = "in_review", "审核中"
    RETURNED = "returned", "退回补正"
    APPROVED = "approved", "已通过"
    REFUSED = "refused", "未通过"
    WITHDRAWN = "withdrawn", "已撤回"


class Standing(models.TextChoices):
    """效力: whether what was approved is in force."""

    NONE = "none", "无"
    VALID = "valid", "有效"
    SUSPENDED = "suspended", "暂停"
    ENDED = "ended", "终止"


def slot_indexes() -> list[models.Index]:
    """The fixed set of indexes, shared by all registers: one per slot for offices, one per slot for the public."""
    made = []
    for slot in SLOTS:
        columns = ["register", slot, "order", "id"]
        used = Q(**{f"{slot}__isnull": False})
        made.append(models.Index(fields=columns, condition=used, name=f"record_{slot}"))
        made.append(
            models.Index(fields=columns, condition=used & Q(public=True), name=f"record_public_{slot}")
        )
    return made


class Record(models.Model):
    """登记项: `data` (JSON, keyed by field key) is the truth; slots are written from it by `registry.saving` alone.

    `public` says that anybody may see the record now; it changes only by acts. Records are never deleted.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    register = models.ForeignKey(
        "registry.Register", models.PROTECT, related_name="records", verbose_name="登记册"
    )
    version = models.ForeignKey(
        "registry.RegisterVersion", models.PROTECT, related_name="+", verbose_name="版本"
    )
    number = CodePointField("编号", max_length=60)
    title = models.CharField("名称", max_length=200)
    data = models.JSONField("数据", default=dict)
    stage = models.CharField("办理阶段", max_length=10, choices=Stage, default=Stage.DRAFT)
    standing = models.CharField("效力", max_length=10, choices=Standing, default=Standing.NONE)
    standing_on = models.DateField("效力日期", null=True, blank=True)
    standing_ground = models.TextField("效力依据", blank=True)
    public = models.BooleanField("公开", default=False)
    withheld = models.BooleanField("暂不公开", default=False)
    withheld_reason = models.TextField("暂不公开的理由", blank=True)
    owner = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="owned", verbose_name="所属单位"
    )
    region = models.ForeignKey("registry.Region", models.PROTECT, null=True, blank=True, verbose_name="区域")
    round = models.ForeignKey(
        "registry.Round", models.PROTECT, null=True, blank=True, related_name="records", verbose_name="批次"
    )
    reasons = models.JSONField("理由", default=dict, blank=True)
    lock_version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="录入人",
    )
    created_at = models.DateTimeField("录入时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间")
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)

    order = CodePointField(max_length=200, default="", editable=False)
    for _slot in TEXT_SLOTS:
        locals()[_slot] = CodePointField(max_length=200, null=True, editable=False)
    for _slot in NUMBER_SLOTS:
        locals()[_slot] = models.BigIntegerField(null=True, editable=False)
    for _slot in DATE_SLOTS:
        locals()[_slot] = models.DateField(null=True, editable=False)
    for _slot in UNIQUE_SLOTS:
        locals()[_slot] = CodePointField(max_length=200, null=True, editable=False)
    del _slot

    class Meta:
        verbose_name = "登记项"
        verbose_name_plural = "登记项"
        indexes = [
            *slot_indexes(),
            models.Index(fields=["register", "order", "id"], name="record_order"),
            models.Index(
                fields=["register", "order", "id"], condition=Q(public=True), name="record_public_order"
            ),
            models.Index(fields=["register", "owner", "order", "id"], name="record_owner"),
            models.Index(fields=["register", "region", "order", "id"], name="record_region"),
            models.Index(fields=["register", "round", "order", "id"], name="record_round"),
            models.Index(fields=["register", "stage", "order", "id"], name="record_stage"),
        ]
        constraints = [
            models.UniqueConstraint("register", "number", name="record_number"),
            *(
                models.UniqueConstraint(
                    fields=["register", slot],
                    condition=Q(**{f"{slot}__isnull": False}),
                    name=f"record_{slot}",
                )
                for slot in ("u1", "u2", "u3")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("record", args=[self.register.key, self.number])

    @property
    def editable(self) -> bool:
        """Whether its owner may still change it (draft or returned)."""
        return self.stage in (Stage.DRAFT, Stage.RETURNED)
