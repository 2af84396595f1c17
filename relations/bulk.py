"""Writes many rows in one statement, into the table of their model or one like it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import sql

AT_ONCE = 1000  # rows in one statement


def sets_of(rows: list[Any]) -> Iterator[list[Any]]:
    """As many rows at a time as one statement writes."""
    yield from (rows[first : first + AT_ONCE] for first in range(0, len(rows), AT_ONCE))


@lru_cache
def columns_filled(model: type[Model]) -> dict[str, Any]:
    """The columns of a model that somebody fills, by their names."""
    return {each.name: each for each in model._meta.concrete_fields if not each.generated}


def copy_rows(model: type[Model], rows: list[Any], table: str = "") -> None:
    """Adds rows to the table of a model, or to another with its columns, as COPY takes them; triggers are as ever."""
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
    """Deletes rows by their keys, and nothing that names them: PostgreSQL says in the end whether that can be."""
    statement = sql.SQL("DELETE FROM {} WHERE {} = ANY (%s)").format(
        sql.Identifier(table or model._meta.db_table), sql.Identifier(str(model._meta.pk.column))
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(), [pks])


def update_rows(model: type[Model], names: list[str], rows: list[Any], table: str = "") -> None:
    """Writes some columns of rows in one statement, in the table of their model or in another with its columns.

    `bulk_update()` compares every row with every other, and cuts a text to the length of its column without a word.
    """
    fields: list[Any] = [model._meta.pk, *(model._meta.get_field(name) for name in names)]
    # Without length and precision: what does not fit into its column is refused, not made to fit.
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
