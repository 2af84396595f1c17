"""How a query is read: names become filters, and the rest is looked for in the words of the records."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models.functions import Cast

from relations.fields import Fold
from relations.models import Actor, Country


@dataclass(frozen=True)
class Reading:
    """How a query was understood: the countries and actors that it names, and the words that are left."""

    countries: dict[str, str] = field(default_factory=dict)
    actors: dict[str, str] = field(default_factory=dict)
    words: str = ""

    def matching(self) -> SearchQuery:
        """The words, as PostgreSQL looks for them: quotes, `or` and a minus sign have their usual meaning."""
        return SearchQuery(Fold(models.Value(self.words)), config="english", search_type="websearch")


def folded_names(things: models.QuerySet, *columns: str) -> models.QuerySet:
    """Adds `alias`, one row per name that a thing has, as it is searched."""
    names: Any = Cast("aliases", ArrayField(models.TextField()))
    for column in columns:
        names = models.Func(names, Cast(column, models.TextField()), function="array_append")
    return things.annotate(alias=Fold(models.Func(names, function="unnest")))


def read_query(query: str, *, actors: bool = True) -> Reading:
    """Reads the names of public countries (and actors) out of a query, the longest first; quoted words stay words."""
    # Every row also brings the query as PostgreSQL folds it, so that both are compared in one spelling.
    asked = Fold(models.Value(query))
    names = [("countries", folded_names(Country.objects.public(), "name", "official_name"), "code")]
    if actors:
        names.append(("actors", folded_names(Actor.objects.public(), "name"), "slug"))
    known = [
        (alias, kind, key, name, folded)
        for kind, things, column in names
        for key, name, alias, folded in things.order_by(column)
        .annotate(asked=asked)
        .values_list(column, "name", "alias", "asked")
        if alias
    ]
    found: dict[str, dict[str, str]] = {"countries": {}, "actors": {}}
    words = known[0][-1] if known else query
    for alias, kind, key, name, _ in sorted(known, key=lambda row: (-len(row[0]), row)):
        words, hits = without_name(words, alias)
        if hits:
            found[kind][key] = name
    return Reading(words=" ".join(words.split()), **found)


def without_name(words: str, name: str) -> tuple[str, int]:
    """The words without that name, and how often it stood there: whole, not in quotes and not after a minus sign."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    parts = [pattern.subn(" ", part) if place % 2 == 0 else (part, 0) for place, part in enumerate(words.split('"'))]
    return '"'.join(part for part, _ in parts), sum(hits for _, hits in parts)
