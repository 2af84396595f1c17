"""Full text: the words of a record in a column that PostgreSQL keeps."""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Concat


class Fold(models.Func):
    """Text without accents and case, by the SQL function `fold`."""

    function = "public.fold"
    output_field = models.TextField()


class Words(models.Func):
    """The English lexemes of a text."""

    template = "to_tsvector('pg_catalog.english'::regconfig, %(expressions)s)"
    output_field = SearchVectorField()


class SearchColumn(models.GeneratedField):
    """The words of some text columns of the same row, without accents; never serialized."""

    def __init__(self, *columns: str, **kwargs: Any):
        self.columns = columns
        parts = [part for column in columns for part in (column, models.Value(" "))][:-1]
        text = Concat(*parts, output_field=models.TextField()) if len(parts) > 1 else models.F(*columns)
        kwargs |= {
            "expression": Words(Fold(text)),
            "output_field": SearchVectorField(),
            "db_persist": True,
            "serialize": False,
            "editable": False,
            "help_text": "The words that a search finds this row by.",
        }
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, _, kwargs = super().deconstruct()
        for derived in ("expression", "output_field", "db_persist", "serialize", "editable", "help_text"):
            kwargs.pop(derived, None)
        return name, path, self.columns, kwargs
