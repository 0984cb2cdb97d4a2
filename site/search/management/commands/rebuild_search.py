"""manage.py rebuild_search: the whole index anew, while the old one goes on answering."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections, router

from search import index, registry
from search.engines import active_engine, fts5_table
from search.models import SearchEntry

STEP = 10 * index.BATCH
"""Entries between two lines of progress."""


class Command(BaseCommand):
    """Exit status 0 when all sources were read to the end, 1 otherwise."""

    help = "重建全站搜索索引：重新读取全部来源，更新条目，清除已不存在的条目。重建期间搜索照常可用。"

    def handle(self, *args: object, **options: object) -> None:
        """Prints a line of progress per source."""
        start = time.monotonic()
        if not registry.sources():
            self.stderr.write("没有任何应用登记搜索来源，索引将为空。")
        try:
            fts5_table.ensure(connections[router.db_for_write(SearchEntry)])
            done, dropped = index.rebuild(self._progress)
        except DatabaseError as error:
            raise CommandError(f"重建搜索索引失败：{error}。请先运行 manage.py migrate，再重试。") from error
        except Exception as error:  # a source may fail in any way; the old entries stay and go on answering
            raise CommandError(
                f"重建搜索索引失败，原有条目保持不变：{type(error).__name__}：{error}"
            ) from error
        seconds = time.monotonic() - start
        self.stdout.write(
            f"搜索索引已重建：{done} 个条目，清除 {dropped} 个过期条目，"
            f"引擎 {active_engine().name}，用时 {seconds:.1f} 秒。"
        )

    def _progress(self, source: str, done: int, finished: bool) -> None:
        if finished or done % STEP == 0:
            self.stdout.write(f"  {source}：已处理 {done} 个条目")
