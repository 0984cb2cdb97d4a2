"""What runs by itself: guards after every migrate, the database's promises at every connection."""

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from registry import guards


@receiver(post_migrate, dispatch_uid="registry.guards")
def put_guards_back(sender, using: str, **kwargs) -> None:
    guards.ensure(using)


@receiver(connection_created, dispatch_uid="registry.sqlite_promises")
def assert_sqlite_promises(sender, connection, **kwargs) -> None:
    """WAL, synchronous=FULL and foreign keys, or no site: an acknowledged write must survive a kill."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return
    with connection.connection as raw:
        found = {
            name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
        }
    if found != {"journal_mode": "wal", "synchronous": 2}:
        raise ImproperlyConfigured(f"SQLite 须以 WAL 与 synchronous=FULL 运行，现为 {found}。")
