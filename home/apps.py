"""The home app: public pages, official documents and their importer."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """首页与公文."""

    name = "home"
    label = "home"
    verbose_name = "首页与公文"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registers the search source and the clause resolver, and listens to publishing."""
        from home import searching, signals
        from home.citing import resolve
        from registry import clauses

        clauses.register_resolver(resolve)
        searching.register()
        signals.connect()
