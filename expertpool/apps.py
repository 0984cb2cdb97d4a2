from django.apps import AppConfig


class ExpertpoolConfig(AppConfig):
    name = "expertpool"
    verbose_name = "专家评审"

    def ready(self) -> None:
        from expertpool import recusal
        from registry.permissions import register_sight

        register_sight(recusal.sight, recusal.denial, recusal.tokens)
