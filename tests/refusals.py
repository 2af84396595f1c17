"""What PostgreSQL refuses, and in the name of which rule."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction


@contextmanager
def refused(rule: str) -> Iterator[None]:
    """The statement is refused by the constraint of that name; the transaction around it goes on."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        yield
    assert refusal.value.__cause__.diag.constraint_name == rule


@contextmanager
def forbidden(trigger: str) -> Iterator[None]:
    """The statement is refused by a trigger whose message names itself."""
    with pytest.raises(DatabaseError, match=trigger), transaction.atomic():
        yield


@contextmanager
def without_triggers() -> Iterator[None]:
    """Rows as no writer could leave them: only a superuser can do without triggers, as the role of the tests is one."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def commit() -> None:
    """What waits for the end of the transaction is checked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
