from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = "登记"

    def ready(self) -> None:
        from registry import searching, signals  # noqa: F401  (signals connects what runs after each migrate)

        searching.connect()
