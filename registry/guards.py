"""Database triggers that keep append-only tables append-only.

A migration that remakes a table on SQLite drops its triggers silently, so they are put back after every migrate.
"""

from django.db import connections

APPEND_ONLY = ["registry_logentry", "registry_edition", "registry_registerversion"]


def ensure(using: str = "default") -> None:
    """Creates the triggers that are missing. Tables that do not exist yet are left out."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in APPEND_ONLY:
            if table not in tables:
                continue
            for act in ("UPDATE", "DELETE"):
                cursor.execute(_trigger(connection.vendor, table, act))


def drop(using: str = "default") -> None:
    """Takes the triggers away: for emptying a test database, nothing else."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in APPEND_ONLY:
            for act in ("UPDATE", "DELETE"):
                name = _name(table, act)
                cursor.execute(
                    f"DROP TRIGGER IF EXISTS {name}"
                    if connection.vendor == "sqlite"
                    else f"DROP TRIGGER IF EXISTS {name} ON {table}"
                )


def present(using: str = "default") -> set[str]:
    """Names of the guards that stand."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()} & demanded()


def demanded() -> set[str]:
    return {_name(table, act) for table in APPEND_ONLY for act in ("UPDATE", "DELETE")}


def _name(table: str, act: str) -> str:
    return f"{table}_no_{act.lower()}"


def _trigger(vendor: str, table: str, act: str) -> str:
    message = f"{table} is append-only"
    if vendor == "sqlite":
        return (
            f"CREATE TRIGGER IF NOT EXISTS {_name(table, act)} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
    function = f"{_name(table, act)}_fn"
    return (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}'; END $$ LANGUAGE plpgsql; "
        f"CREATE OR REPLACE TRIGGER {_name(table, act)} BEFORE {act} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()"
    )
