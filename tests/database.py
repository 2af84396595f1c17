"""What tests ask PostgreSQL without Django's models."""

from typing import Any

from django.db import connection

from relations.models.owners import WRITTEN


def value_of(sql: str, *parameters: object) -> Any:
    """The first column of the first row."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0]


def history_sizes() -> dict[str, int]:
    """How many rows the history of every model has."""
    return {model.__name__: model.pgh_event_model.objects.count() for model in WRITTEN}
