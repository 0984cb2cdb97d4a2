"""搜索: the app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    """Keeps the engines' own tables in place after every migrate."""

    name = "search"
    label = "search"
    verbose_name = "搜索"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search.engines.fts5_table import ensure_after_migrate

        post_migrate.connect(ensure_after_migrate, sender=self, dispatch_uid="search.ensure_fts5")
