"""User: somebody who signs in. What a user may see and do is said by memberships, in `registry`."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """用户: Django's user with the name that pages show."""

    display_name = models.CharField("显示名称", max_length=60, blank=True)

    class Meta(AbstractUser.Meta):
        verbose_name = "用户"
        verbose_name_plural = "用户"

    def __str__(self) -> str:
        return self.display_name or self.username
