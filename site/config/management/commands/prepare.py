"""What a start of the demonstration does before serving, in one process: Django is loaded once, not four times."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

STEPS: dict[str, tuple[str, list[Any], dict[str, Any]]] = {
    "migrate": ("准备数据库", ["migrate"], {"interactive": False, "verbosity": 0}),
    "collectstatic": ("收集静态文件", ["collectstatic"], {"interactive": False, "verbosity": 0}),
    "load_demo": ("装入演示数据", ["load_demo"], {"if_empty": True}),
    "first_jobs": ("完成首批后台任务", ["db_worker"], {"batch": True, "startup_delay": False}),
}


class Command(BaseCommand):
    help = "启动前的准备，按所列步骤依次进行：" + "、".join(
        f"{key}（{said}）" for key, (said, _, _) in STEPS.items()
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("steps", nargs="+", choices=list(STEPS))

    def handle(self, *args: Any, steps: list[str], **options: Any) -> None:
        """Stops at the first step that fails, with its error and exit status 1."""
        for step in steps:
            said, command, settings = STEPS[step]
            self.stdout.write(f"{said}…")
            self.stdout.flush()
            call_command(*command, **settings)
