"""Assertions that PostgreSQL refuses a write, and by which rule."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction


@contextmanager
def refused(rule: str) -> Iterator[None]:
    """Asserts that the constraint with this name refuses a statement; the surrounding transaction continues."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        yield
    assert refusal.value.__cause__.diag.constraint_name == rule


@contextmanager
def forbidden(trigger: str) -> Iterator[None]:
    """Asserts that the trigger with this name, which its message contains, refuses a statement."""
    with pytest.raises(DatabaseError, match=trigger), transaction.atomic():
        yield


@contextmanager
def without_triggers() -> Iterator[None]:
    """Disables all triggers, to write invalid rows. Only a superuser, such as the role of the tests, can do this."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def commit() -> None:
    """Runs the checks that are deferred to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
