"""One file per engine. Outside search, nobody imports these: `search.query.search` picks one."""

from functools import cache

from django.conf import settings
from django.db import connections, router
from django.utils.module_loading import import_string

ENGINES = {
    "sqlite-fts5": "search.engines.sqlite_fts5.SqliteFts5Engine",
    "orm": "search.engines.orm.OrmEngine",
}


def active_engine():
    """The engine of the setting SEARCH_ENGINE, else the best one for the database."""
    name = getattr(settings, "SEARCH_ENGINE", "")
    if not name:
        from search.models import SearchEntry

        vendor = connections[router.db_for_read(SearchEntry)].vendor
        name = "sqlite-fts5" if vendor == "sqlite" else "orm"
    return engine(name)


@cache
def engine(name: str):
    """The engine called `name`; KeyError for one that there is not."""
    return import_string(ENGINES[name])()
