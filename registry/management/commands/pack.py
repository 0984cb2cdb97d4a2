"""manage.py pack apply|diff|export|test: packs of registers, rules, rounds and data."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry.errors import Refused
from registry.packs import applying, comparing, files, testing


class Command(BaseCommand):
    help = "方案（登记册、规则、批次和数据，YAML）：应用、比较、导出、自测。成功返回 0，否则返回 1。"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="apply|diff|export|test")
        for verb, told in (
            ("apply", "应用方案：只写入有变化的部分，全部成功才保存"),
            ("diff", "显示应用后会有哪些变化，不写入"),
            ("export", "把现行内容写成规范 YAML"),
            ("test", "运行方案自带的例子"),
        ):
            sub = verbs.add_parser(verb, help=told, description=told)
            sub.add_argument("names", nargs="*", metavar="NAME", help="方案名称；不写则为全部")
            if verb == "export":
                sub.add_argument("--output", metavar="DIR", help="写入该文件夹，每个方案一个文件；不写则打印")

    def handle(self, *args, **options) -> None:
        verb = options["verb"]
        try:
            names = options["names"] or files.names()
            getattr(self, verb)(names, options)
        except Refused as problem:
            raise CommandError(problem.message, returncode=1) from problem

    def apply(self, names: list[str], options: dict) -> None:
        for name in names:
            told = applying.apply(name)
            for line in told:
                self.stdout.write(line)
            self.stdout.write(f"方案 {name}：{'已应用' if told else '没有变化'}。")

    def diff(self, names: list[str], options: dict) -> None:
        for name in names:
            told = comparing.diff(name)
            for line in told:
                self.stdout.write(line)
            if not told:
                self.stdout.write(f"方案 {name}：没有变化。")

    def export(self, names: list[str], options: dict) -> None:
        for name in names:
            text = applying.export(name)
            if options["output"]:
                path = Path(options["output"]) / f"{name}.yaml"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
                self.stderr.write(f"方案 {name}：已写入 {path.name}。")
            else:
                self.stdout.write(text, ending="")

    def test(self, names: list[str], options: dict) -> None:
        failed = 0
        for name in names:
            cases = testing.run(name)
            for case, wrong in cases:
                failed += bool(wrong)
                for line in wrong:
                    self.stdout.write(f"方案 {name}，{case}：{line}。")
            passed = sum(not wrong for _, wrong in cases)
            self.stdout.write(f"方案 {name}：{len(cases)}例，通过{passed}例。")
        if failed:
            self.stderr.write(f"共有{failed}例与预期不符。")
            sys.exit(1)
