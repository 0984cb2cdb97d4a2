from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = "登记"

    def ready(self) -> None:
        from registry import searching, signals  # noqa: F401  (signals connects what runs after each migrate)

        searching.connect()
        # No page or image is named by these tables: Wagtail need not look for references in them at every save.
        for model in self.get_models():
            model.wagtail_reference_index_ignore = True
