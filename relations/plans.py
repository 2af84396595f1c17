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
from psycopg.types.numeric import Int8Dumper


@receiver(connection_created)
def with_wide_numbers(connection: Any, **_: Any) -> None:
    """A whole number has eight bytes, whatever it is: else there were a plan for each width."""
    connection.connection.adapters.register_dumper(int, Int8Dumper)


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
        cursor.execute(sql, values)
        rows: list[Any] = cursor.fetchall()
        return rows
