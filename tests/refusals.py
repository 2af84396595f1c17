"""Context managers for statements that PostgreSQL must refuse, and for writing without triggers."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction


@contextmanager
def refused(rule: str) -> Iterator[None]:
    """Asserts that the block violates the constraint of this name; the outer transaction continues."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        yield
    assert refusal.value.__cause__.diag.constraint_name == rule


@contextmanager
def forbidden(trigger: str) -> Iterator[None]:
    """Asserts that the block is refused by the trigger of this name, which its message contains."""
    with pytest.raises(DatabaseError, match=trigger), transaction.atomic():
        yield


@contextmanager
def without_triggers() -> Iterator[None]:
    """Disables triggers in the block, to write rows that break rules. The role of the tests must be a superuser."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def commit() -> None:
    """Checks deferred constraints and triggers now, as a commit would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
