"""The rows that cells name by their keys."""

from typing import Any

from django.db import models
from django.db.models import F

from relations.exchange.columns import RELATION_PATH
from relations.exchange.slips import CellError, did_you_mean, quoted
from relations.models import Actor, ArmsTransfer, Country, Event, Passage, Record, Relation, Source


class Known:
    """The rows that cells name by their keys: records one by one, of which there may be a million, things at once."""

    NAMES: dict[type[models.Model], tuple[Any, str]] = {
        Country: (F("code"), "country code"),
        Actor: (F("slug"), "actor"),
        Source: (F("key"), "source"),
        Relation: (RELATION_PATH, "relation, such as EGY-PRK"),
        Event: (F("slug"), "event"),
        ArmsTransfer: (F("slug"), "arms transfer"),
    }

    def __init__(self) -> None:
        self.tables: dict[Any, dict[str, Any]] = {}

    def pk(self, model: type[models.Model], key: str) -> Any:
        """The primary key of the row with that key."""
        name, what = self.NAMES[model]
        wanted = {"slug": key} if issubclass(model, Record) else {}
        table = (model, *wanted.values())
        if table not in self.tables:
            self.tables[table] = dict(model._default_manager.filter(**wanted).values_list(name, "pk"))
        return self.find(self.tables[table], key, what)

    def passage(self, source: str, ref: str) -> Any:
        """The primary key of a passage of a source."""
        if source not in self.tables:
            self.tables[source] = dict(Passage.objects.filter(source__key=source).values_list("ref", "pk"))
        return self.find(self.tables[source], ref, f"passage of {source}")

    @staticmethod
    def find(table: dict[str, Any], key: str, what: str) -> Any:
        if key not in table:
            raise CellError(f"{quoted(key)} is not a known {what}{did_you_mean(key, table)}")
        return table[key]
