"""`manage.py publish_due`: results whose time has come become public, also those whose worker was away."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from registry.models import Round
from registry.tasks import publish_results


class Command(BaseCommand):
    help = "公布已到公布时间的批次结果（后台进程平时自动办理，此命令用于补办）。"

    def handle(self, *args, **options) -> None:
        total = sum(
            publish_results.call(pk)
            for pk in Round.objects.filter(results_at__lte=timezone.now()).values_list("pk", flat=True)
        )
        self.stdout.write(f"新公开 {total} 项。")
