"""What PostgreSQL plans once for a connection, and is asked again and again with other values.

To plan a statement takes it as long as to answer it, or longer, where some rows are looked up by their keys. psycopg
keeps the plans, by the text of a statement and the types of its values; settings say that there is one for whatever
they are.
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

MOST = 200  # plans that a connection keeps, the last that were used: pages and the desk need some 100 of them


class Listed(list[Any]):
    """A list that is given to a plan; the type of its values is that of the place where it is put."""


class ListedDumper(ListDumper):
    """Leaves the type of a list to the SQL that it is put in, because an empty list has none."""

    def upgrade(self, obj: list[Any], format: PyFormat) -> BaseListDumper:  # noqa: A002 - as psycopg calls it
        dumper = super().upgrade(obj, format)
        dumper.oid = 0
        return dumper


@receiver(connection_created)
def with_few_plans(connection: Any, **_: Any) -> None:
    """Values of the same kind have the same type, whatever they are: else there were a plan for each type.

    A whole number has eight bytes; a list has the type of its place, also if it is empty.
    """
    connection.connection.adapters.register_dumper(int, Int8Dumper)
    connection.connection.adapters.register_dumper(Listed, ListedDumper)
    connection.connection.prepared_max = MOST


class PlanningCursor(psycopg.Cursor[Any]):
    """Leaves values to PostgreSQL, which Django's cursors put into the text of a statement."""

    def _send_query_prepared(self, name: bytes, pgq: Any, **options: Any) -> None:
        self._query = pgq  # which Django's log of queries reads
        super()._send_query_prepared(name, pgq, **options)


def rows_by_plan(connection: Any, sql: str, values: Sequence[Any]) -> list[Any]:
    """The rows that answer, by the plan that a connection keeps.

    A migration may change what a plan gives while the site is served: then the connection begins anew, unless it is
    amid a transaction.
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
