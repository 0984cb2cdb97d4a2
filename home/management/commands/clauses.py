"""Lists the clauses that the site keeps, as packs cite them."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from home.models import Clause


class Command(BaseCommand):
    """条款清单: document key, path, anchor and id of every stored clause."""

    help = "列出已存公文的条款：文档代号、条款路径、锚点、编号。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--document", default="", help="只列此文档代号的条款")
        parser.add_argument("--json", action="store_true", dest="as_json", help="每条输出一行 JSON")

    def handle(self, *args: Any, document: str, as_json: bool, **options: Any) -> None:
        rows = Clause.objects.select_related("page").order_by("page__document_key", "page_id", "sort_order")
        if document:
            rows = rows.filter(page__document_key=document)
        for clause in rows.iterator(chunk_size=500):
            key = clause.page.document_key or clause.page.number or f"#{clause.page_id}"
            if as_json:
                line = {
                    "document": key,
                    "path": clause.path,
                    "anchor": clause.anchor,
                    "id": clause.pk,
                    "live": clause.page.live,
                }
                self.stdout.write(json.dumps(line, ensure_ascii=False))
            else:
                self.stdout.write(f"{key}\t{clause.path}\t{clause.anchor}\t{clause.pk}")
