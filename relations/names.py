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

MOST_NAMES = 5000  # of each kind, among which suggestions for a misspelt name are looked for


def names_of(things: models.QuerySet, kind: str, key: str, *columns: str) -> models.QuerySet:
    """A row for each name of each thing: the folded name, `kind`, its key, and the name that it is called by."""
    called = folded_names(*columns)
    return things.order_by().values_list(called, models.Value(kind), Cast(key, models.TextField()), "name")


def with_names(things: models.QuerySet) -> models.QuerySet:
    """A row for each name of each thing, annotated with the folded name as `called`."""
    return things.annotate(called=folded_names("name"))


def folded_names(*columns: str) -> Fold:
    """An expression that gives a row for each alias of a thing and for each of these columns, folded."""
    names: Any = Cast("aliases", ArrayField(models.TextField()))
    for column in columns:
        names = models.Func(names, Cast(column, models.TextField()), function="array_append")
    return Fold(models.Func(names, function="unnest"))


def named_in(things: models.QuerySet, query: Any, keys: Any = None) -> models.QuerySet:
    """Things with a name in the text of an expression, found with an index, and those with these keys."""
    in_query: Any = models.Func(query, function="public.names_in", output_field=ArrayField(models.TextField()))
    by_name = Q(search_names__overlap=in_query)
    named = things.alias(search_names=things.model.names)
    return named.filter(by_name if keys is None else by_name | Q(pk__among=keys))


def with_words(things: models.QuerySet, words: Any) -> models.QuerySet:
    """Things whose names have all words of the text of an expression; none if it has no words."""
    folded = models.Func(words, function="public.words")
    typed: Any = models.Func(folded, models.Value(" "), function="string_to_array")
    typed.output_field = ArrayField(models.TextField())
    named = things.alias(search_names=things.model.names, typed=typed).exclude(typed=[])
    return named.filter(search_names__contains=models.F("typed"))


def public_names() -> Iterator[str]:
    """The names and aliases of public countries and actors; of each kind at most `MOST_NAMES` are read."""
    for things in (Country.objects.public(), Actor.objects.public()):
        for name, aliases in things.order_by("pk").values_list("name", "aliases")[:MOST_NAMES]:
            yield from (name, *aliases)


def folded(texts: Iterable[str]) -> list[str]:
    """Folded texts, in the spelling in which names are compared."""
    with connections[current.database].cursor() as cursor:
        cursor.execute(
            "SELECT public.fold(word) FROM unnest(%s::text[]) WITH ORDINALITY AS words (word, place) ORDER BY place",
            [list(texts)],
        )
        return [word or "" for (word,) in cursor.fetchall()]
