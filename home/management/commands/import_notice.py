"""Reads official documents into drafts, published pages, or JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from home.importer import Unreadable, read_document


class Command(BaseCommand):
    """导入公文: all files are read first; if one cannot be, nothing is stored."""

    help = "导入公文（.txt、.docx）：默认存为草稿；--publish 直接发布；--json 输出识别结果，每个文件一行，不加 --publish 时不保存。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="要导入的文件，可多个")
        parser.add_argument("--publish", action="store_true", help="导入后直接发布")
        parser.add_argument("--json", action="store_true", dest="as_json", help="每个文件输出一行 JSON")
        parser.add_argument("--policy", action="store_true", help="作为政策文件（章/条）存入“政策”目录")
        parser.add_argument("--key", default="", help="文档代号，如 yunnan-2023；只能与一个文件同用")
        parser.add_argument("--as", dest="username", default="", metavar="USER", help="以哪个账号的名义导入")

    def handle(
        self,
        *args: Any,
        files: list[str],
        publish: bool,
        as_json: bool,
        policy: bool,
        key: str,
        username: str,
        **options: Any,
    ) -> None:
        """Exit status 1 when a file cannot be read or the user is unknown."""
        if key and len(files) > 1:
            raise CommandError("--key 只能与一个文件同用。")
        user = self._user(username)
        trees, unreadable = [], []
        for name in files:
            try:
                trees.append((name, read_document(name)))
            except Unreadable as error:
                unreadable.append(str(error))
        if unreadable:
            raise CommandError("\n".join([*unreadable, "未保存任何文件。"]))
        pages = []
        if publish or not as_json:
            from home.storing import store

            with transaction.atomic():
                for name, tree in trees:
                    page = store(
                        tree, user=user, publish=publish, key=key, policy=policy, source=Path(name).name
                    )
                    pages.append(page)
        for place, (name, tree) in enumerate(trees):
            if as_json:
                self.stdout.write(json.dumps(tree.as_json(), ensure_ascii=False))
                continue
            page = pages[place]
            said = "已发布" if publish else "已存为草稿"
            self.stdout.write(
                f"{Path(name).name}：《{page.title}》{said}，条款 {len(tree.clauses)} 条，日期 {len(tree.dates)} 个。"
            )
            for problem in tree.problems:
                self.stdout.write(f"  待核对：{problem}")

    @staticmethod
    def _user(username: str) -> Any:
        if not username:
            return None
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"没有名为“{username}”的账号。")
        return user
