"""The packs applied once per test file, in a transaction that is taken back when the file is done."""

import pytest


@pytest.fixture(scope="module")
def applied(django_db_setup, django_db_blocker):
    """Applies the national facts and Yunnan's registers; each test then runs in a savepoint of its own."""
    from django.db import transaction

    from registry.models.register import parsed
    from registry.packs.applying import apply

    with django_db_blocker.unblock():
        parsed.cache_clear()
        outer = transaction.atomic()
        outer.__enter__()
        try:
            told = {name: apply(name) for name in ("common", "yunnan-2023")}
            yield told
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
            parsed.cache_clear()


@pytest.fixture
def packs(applied, db):
    """What applying the packs said, by pack."""
    return applied
