"""Writing many rows in one statement, into the table of their model or another one with the same columns."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import sql

AT_ONCE = 1000  # rows in one statement


def sets_of(rows: list[Any]) -> Iterator[list[Any]]:
    """The rows in lists of at most `AT_ONCE`."""
    yield from (rows[first : first + AT_ONCE] for first in range(0, len(rows), AT_ONCE))


@lru_cache
def columns_filled(model: type[Model]) -> dict[str, Any]:
    """The columns of a model except generated ones, by name."""
    return {each.name: each for each in model._meta.concrete_fields if not each.generated}


def copy_rows(model: type[Model], rows: list[Any], table: str = "") -> None:
    """Inserts rows with COPY; triggers run as for INSERT. The first row decides whether primary keys are written."""
    fields = [each for each in columns_filled(model).values() if not each.primary_key or rows[0].pk is not None]
    names = [each.attname for each in fields]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table or model._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(each.column) for each in fields),
    )
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([getattr(row, name) for name in names])


def delete_rows(model: type[Model], pks: list[Any], table: str = "") -> None:
    """Deletes rows by primary key, without cascading: a foreign key that still refers to one fails at the commit."""
    statement = sql.SQL("DELETE FROM {} WHERE {} = ANY (%s)").format(
        sql.Identifier(table or model._meta.db_table), sql.Identifier(str(model._meta.pk.column))
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(), [pks])


def update_rows(model: type[Model], names: list[str], rows: list[Any], table: str = "") -> None:
    """Updates these columns of the rows in one statement.

    Not `bulk_update()`, whose CASE for each row makes the time grow with the square of the number of rows, and whose
    casts silently cut a text to the length of its column.
    """
    fields: list[Any] = [model._meta.pk, *(model._meta.get_field(name) for name in names)]
    # Casts without length and precision: a value that does not fit its column is refused, not cut.
    types = [sql.SQL(re.sub(r"\(.*?\)", "", field.db_type(connection))) for field in fields]
    new = sql.SQL("({})").format(sql.SQL(", ").join(sql.SQL("%s::{}").format(each) for each in types))
    statement = sql.SQL("UPDATE {} AS old SET {} FROM (VALUES {}) AS new ({}) WHERE old.{} = new.{}").format(
        sql.Identifier(table or model._meta.db_table),
        sql.SQL(", ").join(sql.SQL("{0} = new.{0}").format(sql.Identifier(each.column)) for each in fields[1:]),
        sql.SQL(", ").join([new] * len(rows)),
        sql.SQL(", ").join(sql.Identifier(each.column) for each in fields),
        *[sql.Identifier(fields[0].column)] * 2,
    )
    values = [each.get_db_prep_save(getattr(row, each.attname), connection) for row in rows for each in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(), values)
