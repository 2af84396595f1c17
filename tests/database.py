"""Plain SQL queries of the tests."""

from typing import Any

from django.db import connection

from relations.models.owners import WRITTEN


def value_of(sql: str, *parameters: object) -> Any:
    """The first column of the first row of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0]


def history_sizes() -> dict[str, int]:
    """The number of rows in the history of every model."""
    return {model.__name__: model.pgh_event_model.objects.count() for model in WRITTEN}
