"""How a query is read: names become filters, and the rest is looked for in the words of the records."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models.functions import Cast

from relations.fields import Fold, Sought
from relations.models import Actor, Country


@dataclass(frozen=True)
class Reading:
    """How a query was understood: the countries and actors that it names, and the words that are left to look for."""

    countries: dict[str, str] = field(default_factory=dict)
    actors: dict[str, str] = field(default_factory=dict)
    words: str = ""
    too_common: tuple[str, ...] = ()  # the words of a query that leaves nothing to look for

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.countries or self.actors or self.words)

    def matching(self) -> Sought:
        """The words, as PostgreSQL looks for them."""
        return Sought(self.words)


def names_of(things: models.QuerySet, query: str, kind: str, key: str, *columns: str) -> models.QuerySet:
    """A row per name of a thing: the name as it is searched, the kind of thing, its key and what it is called.

    Each also brings the query as PostgreSQL folds it, so that both are compared in one spelling.
    """
    names: Any = Cast("aliases", ArrayField(models.TextField()))
    for column in columns:
        names = models.Func(names, Cast(column, models.TextField()), function="array_append")
    alias = Fold(models.Func(names, function="unnest"))
    return things.order_by().values_list(
        alias, models.Value(kind), Cast(key, models.TextField()), "name", Fold(models.Value(query))
    )


def read_query(query: str, *, actors: bool = True) -> Reading:
    """Reads the names of public countries (and actors) out of a query, the longest first; quoted words stay words."""
    names = names_of(Country.objects.public(), query, "countries", "code", "name", "official_name")
    if actors:
        names = names.union(names_of(Actor.objects.public(), query, "actors", "slug", "name"), all=True)
    known = sorted(names, key=lambda row: (-len(row[0]), row))
    words = known[0][-1] if known else query
    found: dict[str, dict[str, str]] = {"countries": {}, "actors": {}}
    for alias, kind, key, name, _ in known:
        words, hits = without_name(words, alias)
        if hits:
            found[kind][key] = name
    words, too_common = looked_for(" ".join(words.split()))
    return Reading(words=words, too_common=() if any(found.values()) else too_common, **found)


def without_name(words: str, name: str) -> tuple[str, int]:
    """The words without that name, and how often it stood there: whole, not in quotes and not after a minus sign.

    Its own words may be joined by a hyphen or a space, here and there: Guinea-Bissau is Guinea Bissau.
    """
    parts = re.findall(r"\w+", name)
    if not parts or parts[0] not in words:
        return words, 0
    joined = r"(?:-|[^-\w]+)".join(parts)
    pattern = re.compile(rf"(?<![\w-]){joined}(?![\w-])")
    pieces = [
        pattern.subn(" ", piece) if place % 2 == 0 else (piece, 0) for place, piece in enumerate(words.split('"'))
    ]
    return '"'.join(piece for piece, _ in pieces), sum(hits for _, hits in pieces)


def looked_for(words: str) -> tuple[str, tuple[str, ...]]:
    """The words if PostgreSQL looks for any of them, else none, and those that it leaves out as too common."""
    if not words:
        return "", ()
    with connection.cursor() as cursor:
        cursor.execute("SELECT numnode(public.sought(%(words)s)), public.words(%(words)s)", {"words": words})
        nodes, common = cursor.fetchone()
    return (words, ()) if nodes else ("", tuple(dict.fromkeys(common.split())))
