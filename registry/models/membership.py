"""Membership: what a user is, and for whom."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce


class Role(models.TextChoices):
    """角色: a closed list; what each may do is said once, in `registry.permissions`."""

    CLERK = "clerk", "学校经办人"
    ORGANISATION = "organisation", "评价组织经办人"
    BUREAU = "bureau", "市州审核人"
    OFFICE = "office", "省级办公室"
    EDITOR = "editor", "编辑"
    MEMBER = "member", "评审委员"
    CHAIR = "chair", "评审组长"
    AUDITOR = "auditor", "审计"
    ADMINISTRATOR = "administrator", "管理员"


class Membership(models.Model):
    """任职: a user holds a role for an organisation, a region or an office."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name="用户"
    )
    role = models.CharField("角色", max_length=20, choices=Role)
    organisation = models.ForeignKey(
        "registry.Record",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="单位",
    )
    region = models.ForeignKey("registry.Region", models.PROTECT, null=True, blank=True, verbose_name="辖区")
    office = models.ForeignKey("registry.Office", models.PROTECT, null=True, blank=True, verbose_name="机关")

    class Meta:
        verbose_name = "任职"
        verbose_name_plural = "任职"
        ordering = ["user_id", "role"]
        constraints = [
            models.UniqueConstraint(  # SQLite knows no NULLS NOT DISTINCT
                "user",
                "role",
                Coalesce("organisation", 0),
                Coalesce("region", 0),
                Coalesce("office", 0),
                name="membership_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
