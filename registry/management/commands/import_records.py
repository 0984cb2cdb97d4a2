"""manage.py import_records: a sheet into a register, all of it or nothing."""

import json
import sys
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandParser

from registry.errors import Refused
from registry.exchange import Report, import_file, organisation
from registry.models import Register, Round


class Command(BaseCommand):
    help = "把表格（xlsx 或 csv）导入登记册；任何一行被拒绝则全部不保存。成功返回 0，有拒绝或错误返回 1。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("register", metavar="REGISTER", help="登记册标识，如 expert-nominations")
        parser.add_argument("file", metavar="FILE", help="表格文件：.xlsx，或 UTF-8、GB18030 编码的 .csv")
        parser.add_argument("--round", metavar="R", help="批次标识；申报类登记册只有一个批次时可省略")
        parser.add_argument(
            "--as", metavar="USER", dest="user", help="以该用户名的身份导入；不写则视同省级办公室"
        )
        parser.add_argument("--owner", metavar="ORG", help="所属单位的编号或名称；不写则取表中的所属单位字段")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不保存")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出结果")

    def handle(self, *args, **options) -> None:
        try:
            report = self.run(options)
        except Refused as problem:
            if options["json"]:
                told = {**Report().to_dict(), "error": problem.message}
                self.stdout.write(json.dumps(told, ensure_ascii=False))
            self.stderr.write(problem.message)
            sys.exit(1)
        if options["json"]:
            self.stdout.write(json.dumps(report.to_dict(), ensure_ascii=False))
        else:
            for line in report.lines():
                self.stdout.write(line)
        if report.refused:
            sys.exit(1)

    def run(self, options: dict) -> Report:
        register = Register.objects.filter(key=options["register"]).select_related("current").first()
        if register is None or register.current is None:
            known = "、".join(Register.objects.filter(current__isnull=False).values_list("key", flat=True))
            raise Refused(f"没有已发布的登记册“{options['register']}”；现有：{known or '无'}。")
        path = Path(options["file"])
        if not path.is_file():
            raise Refused(f"文件“{path}”不存在。")
        return import_file(
            register,
            path.name,
            path.read_bytes(),
            round=self.round(options["round"], register),
            actor=self.user(options["user"]),
            owner=organisation(register, options["owner"]) if options["owner"] else None,
            dry_run=options["dry_run"],
        )

    def round(self, key: str | None, register: Register) -> Round | None:
        if not key:
            return None
        found = Round.objects.filter(key=key, register=register).select_related("version", "register").first()
        if found is None:
            known = "、".join(register.rounds.values_list("key", flat=True)) or "无"
            raise Refused(f"登记册“{register.name}”没有批次“{key}”；现有：{known}。")
        return found

    def user(self, username: str | None):
        if not username:
            return None
        user = get_user_model().objects.filter(username=username, is_active=True).first()
        if user is None:
            raise Refused(f"没有名为“{username}”的可用用户。")
        return user
