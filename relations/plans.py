"""Statements that PostgreSQL plans once per connection and executes again and again with other values.

For a look-up by key, planning takes PostgreSQL as long as executing, or longer. psycopg prepares such statements by
their text and the types of their values; `plan_cache_mode` in the settings makes PostgreSQL use one generic plan.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import NotSupportedError
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from psycopg.adapt import PyFormat
from psycopg.types.array import BaseListDumper, ListDumper
from psycopg.types.numeric import Int8Dumper

MAX_PLANS = 200  # that a connection keeps, least recently used out; pages and the desk need some 100


class Listed(list[Any]):
    """A list parameter of a planned query; PostgreSQL infers its type from the SQL."""


class ListedDumper(ListDumper):
    """Sends a list without a type, because an empty list would have another type than a filled one."""

    def upgrade(self, obj: list[Any], format: PyFormat) -> BaseListDumper:  # noqa: A002 - as psycopg calls it
        dumper = super().upgrade(obj, format)
        dumper.oid = 0
        return dumper


@receiver(connection_created)
def with_few_types(connection: Any, **_: Any) -> None:
    """Sends equal kinds of values with one type each, because each combination of types has a plan of its own.

    By default psycopg chooses the type of an integer by its size, and that of a list by its elements.
    """
    connection.connection.adapters.register_dumper(int, Int8Dumper)
    connection.connection.adapters.register_dumper(Listed, ListedDumper)
    connection.connection.prepared_max = MAX_PLANS


class PlanningCursor(psycopg.Cursor[Any]):
    """A cursor that binds values on the server; Django's cursors write them into the SQL on the client."""

    def _send_query_prepared(self, name: bytes, pgq: Any, **options: Any) -> None:
        self._query = pgq  # Django's query log reads it
        super()._send_query_prepared(name, pgq, **options)


def rows_by_plan(connection: Any, sql: str, values: Sequence[Any]) -> list[Any]:
    """The rows of a statement, executed as a prepared one.

    If a migration has changed its result type while the site is running, PostgreSQL refuses the old plan; then the
    connection is reopened and the statement run again, unless a transaction is open.
    """
    try:
        return rows_by(connection, sql, values)
    except NotSupportedError:
        if connection.in_atomic_block:
            raise
        connection.close()
        return rows_by(connection, sql, values)


def rows_by(connection: Any, sql: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.cursor = PlanningCursor(connection.connection)
        cursor.execute(sql, [Listed(value) if isinstance(value, list) else value for value in values])
        rows: list[Any] = cursor.fetchall()
        return rows
