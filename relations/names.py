"""Finding countries and actors by name; names are compared folded, in one spelling."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connections, models
from django.db.models import Q
from django.db.models.functions import Cast

from config.databases import current
from relations.expressions import Fold
from relations.models import Actor, Country

MOST_NAMES = 5000  # that are looked through for one that may have been meant


def names_of(things: models.QuerySet, kind: str, key: str, *columns: str) -> models.QuerySet:
    """A row per name of a thing: the name as it is searched, kind, key and what it is called."""
    called = calling(*columns)
    return things.order_by().values_list(called, models.Value(kind), Cast(key, models.TextField()), "name")


def named(things: models.QuerySet) -> models.QuerySet:
    """A row per name of a thing, which is `called` so, as it is searched."""
    return things.annotate(called=calling("name"))


def calling(*columns: str) -> Fold:
    """All aliases of a thing, and what it has in some columns, as they are searched."""
    names: Any = Cast("aliases", ArrayField(models.TextField()))
    for column in columns:
        names = models.Func(names, Cast(column, models.TextField()), function="array_append")
    return Fold(models.Func(names, function="unnest"))


def meant(things: models.QuerySet, query: Any, keys: Any = None) -> models.QuerySet:
    """The things that an expression may name, which an index finds, and those of these keys."""
    in_query: Any = models.Func(query, function="public.names_in", output_field=ArrayField(models.TextField()))
    by_name = Q(search_names__overlap=in_query)
    named = things.alias(search_names=things.model.names)
    return named.filter(by_name if keys is None else by_name | Q(pk__among=keys))


def with_words(things: models.QuerySet, words: Any) -> models.QuerySet:
    """The things that have all words of an expression in their names."""
    folded = models.Func(words, function="public.words")
    typed: Any = models.Func(folded, models.Value(" "), function="string_to_array")
    typed.output_field = ArrayField(models.TextField())
    named = things.alias(search_names=things.model.names, typed=typed).exclude(typed=[])
    return named.filter(search_names__contains=models.F("typed"))


def names_to_mean() -> Iterator[str]:
    """The names of what is public, of very many the first."""
    for things in (Country.objects.public(), Actor.objects.public()):
        for name, aliases in things.order_by("pk").values_list("name", "aliases")[:MOST_NAMES]:
            yield from (name, *aliases)


def folded(texts: Iterable[str]) -> list[str]:
    """Texts in the one spelling in which names are compared."""
    with connections[current.database].cursor() as cursor:
        cursor.execute(
            "SELECT public.fold(word) FROM unnest(%s::text[]) WITH ORDINALITY AS words (word, place) ORDER BY place",
            [list(texts)],
        )
        return [word or "" for (word,) in cursor.fetchall()]
