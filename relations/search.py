"""How a query is read: names become filters, and the rest is looked for in the words of the records."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connections, models
from django.db.models.functions import Cast

from config.databases import reading
from relations.expressions import Fold, Sought, SoughtExactly
from relations.models import RECORD_TYPES, Actor, Country
from relations.models.tracks import TRACK_VALUES

# What a question is made of, which PostgreSQL does not take for common words; beside names it asks for nothing.
ASKING = frozenset(
    [
        "relation",
        "relations",
        "relationship",
        "relationships",
        "ties",
        "since",
        "many",
        "much",
        "exist",
        "existed",
        "still",
        "today",
    ]
)
NAMED = "\0"  # where a name stood in a query
EITHER = re.compile(rf"(?<={NAMED})\s+or\s+(?={NAMED})")
OPERATORS = re.compile(r'"|(?<!\S)-|(?<!\S)or(?!\S)')
MOST_NAMES = 5000  # that are looked through for one that may have been meant


@dataclass(frozen=True)
class Reading:
    """How a query was understood: the countries and actors that it names, and the words that are left to look for."""

    countries: dict[str, str] = field(default_factory=dict)
    actors: dict[str, str] = field(default_factory=dict)
    without: dict[str, str] = field(default_factory=dict)  # the names that are excluded
    words: str = ""
    too_common: tuple[str, ...] = ()  # the words of a query that leaves nothing to look for
    asking: tuple[str, ...] = ()  # the words of a question, which are left out
    is_either: bool = False  # whether one of the names is enough
    was_both: bool = False  # whether all of the names were asked for, and nothing has them together
    missing: str = ""  # the words that nothing has beside the names, and which are left out

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.countries or self.actors or self.words)

    @property
    def names(self) -> list[str]:
        """What is listed under the names."""
        return [*self.countries, *self.actors]

    @property
    def choices(self) -> list[list[str]]:
        """The names as choices, of each of which a record has one."""
        return [self.names] if self.is_either else [[name] for name in self.names]

    def matching(self) -> Sought:
        """The words, as PostgreSQL looks for them."""
        return Sought(self.words)

    def written(self) -> SoughtExactly:
        """The words as they are written, not by their stems."""
        return SoughtExactly(self.words)

    def weaker(self) -> Iterator["Reading"]:
        """What is asked for where nothing answers: the names without the words, then any of the names."""
        if self.names and self.words:
            yield replace(self, words="", missing=self.words)
        if len(self.names) > 1 and not self.is_either:
            yield replace(self, is_either=True, was_both=True)
            if self.words:
                yield replace(self, is_either=True, was_both=True, words="", missing=self.words)

    def settled(self, answers: Callable[["Reading"], bool]) -> "Reading":
        """This reading, or the first weaker one that anything answers to."""
        weaker = list(self.weaker())
        if not weaker or answers(self):
            return self
        return next((reading for reading in weaker if answers(reading)), self)


def names_of(things: models.QuerySet, query: str, kind: str, key: str, *columns: str) -> models.QuerySet:
    """A row per name of a thing: the name as it is searched, kind, key and what it is called.

    Each also brings the query as PostgreSQL folds it, so that both are compared in one spelling.
    """
    names: Any = Cast("aliases", ArrayField(models.TextField()))
    for column in columns:
        names = models.Func(names, Cast(column, models.TextField()), function="array_append")
    alias = Fold(models.Func(names, function="unnest"))
    return things.order_by().values_list(
        alias, models.Value(kind), Cast(key, models.TextField()), "name", Fold(models.Value(query))
    )


def meant(things: models.QuerySet, query: str) -> models.QuerySet:
    """The things that a query may name, which an index finds."""
    in_query: Any = models.Func(
        models.Value(query), function="public.names_in", output_field=ArrayField(models.TextField())
    )
    return things.alias(search_names=things.model.names).filter(search_names__overlap=in_query)


def read_query(query: str, *, actors: bool = True) -> Reading:
    """Reads the names of public countries (and actors) out of a query, the longest first; quoted words stay words."""
    names = names_of(
        meant(Country.objects.public(), query), query, "countries", "code", "code", "name", "official_name"
    )
    if actors:
        names = names.union(
            names_of(meant(Actor.objects.public(), query), query, "actors", "slug", "slug", "name"), all=True
        )
    known = sorted(names, key=lambda row: (-len(row[0]), row))
    words = known[0][-1] if known else query
    found: dict[str, dict[str, str]] = {"countries": {}, "actors": {}}
    without: dict[str, str] = {}
    for alias, kind, key, name, _ in known:
        words, excluded = without_name(words, alias, sign="-")
        if excluded:
            without[key] = name
        words, hits = without_name(words, alias)
        if hits:
            found[kind][key] = name
    is_either = bool(EITHER.search(words))
    left = EITHER.sub(" ", words).replace(NAMED, " ").split()
    asking = tuple(word for word in left if word.strip("?!.,;:") in ASKING) if any(found.values()) else ()
    words, too_common = looked_for(" ".join(word for word in left if word.strip("?!.,;:") not in asking))
    return Reading(
        countries=found["countries"],
        actors=found["actors"],
        words=words,
        too_common=() if any(found.values()) else too_common,
        without={key: name for key, name in without.items() if key not in (*found["countries"], *found["actors"])},
        asking=asking,
        is_either=is_either,
    )


def without_name(words: str, name: str, sign: str = "") -> tuple[str, int]:
    """The words without that name, and how often it stood there: whole, not in quotes, after a sign or else after none.

    Its own words may be joined by a hyphen or a space, here and there: Guinea-Bissau is Guinea Bissau.
    """
    parts = re.findall(r"\w+", name)
    if not parts or parts[0] not in words:
        return words, 0
    joined = rf"(?:-|[^-\w{NAMED}]+)".join(parts)
    before = rf"(?<!\S){sign}" if sign else r"(?<![\w-])"
    pattern, mark = re.compile(rf"{before}{joined}(?![\w-])"), " " if sign else f" {NAMED} "
    pieces = [
        pattern.subn(mark, piece) if place % 2 == 0 else (piece, 0) for place, piece in enumerate(words.split('"'))
    ]
    return '"'.join(piece for piece, _ in pieces), sum(hits for _, hits in pieces)


def looked_for(words: str) -> tuple[str, tuple[str, ...]]:
    """The words if PostgreSQL looks for any of them, else none, and those that it leaves out as too common."""
    if not words:
        return "", ()
    with connections[reading.database].cursor() as cursor:
        cursor.execute("SELECT numnode(public.sought(%(words)s)), public.words(%(words)s)", {"words": words})
        nodes, common = cursor.fetchone()
    return (words, ()) if nodes else ("", tuple(dict.fromkeys(common.split())))


def with_words(things: models.QuerySet, words: str) -> models.QuerySet:
    """The things that have all of these words in their names; none where the query says more than words."""
    if not words.split() or OPERATORS.search(words):
        return things.none()
    folded = models.Func(models.Value(words), function="public.words")
    typed: Any = models.Func(folded, models.Value(" "), function="string_to_array")
    typed.output_field = ArrayField(models.TextField())
    named = things.alias(search_names=things.model.names, typed=typed).exclude(typed=[])
    return named.filter(search_names__contains=models.F("typed"))


@cache
def labels() -> frozenset[str]:
    """The words that terms of closed lists are called by."""
    columns = (model._meta.get_field(column) for model in RECORD_TYPES for column in model.terms.values())
    choices = [label for column in columns for _, label in (getattr(column, "choices", None) or ())]
    terms = [term.label for values in TRACK_VALUES.values() for term in values]
    return frozenset(word for label in [*choices, *terms] for word in re.findall(r"\w{4,}", str(label).lower()))


def nearest(query: str, words: str) -> str:
    """The query with those of its words replaced that are nearly one of a name, or of a term; empty where none is."""
    known = labels() | {word for name in names_to_mean() for word in re.findall(r"\w{3,}", name.lower())}
    meant = query
    for word in dict.fromkeys(re.findall(r"[^\W\d]{4,}", words.lower())):
        if word not in known and (near := get_close_matches(word, known, n=1, cutoff=0.75)):
            meant = re.sub(rf"(?i)(?<!\w){re.escape(word)}(?!\w)", near[0], meant)
    return "" if meant == query else meant


def names_to_mean() -> Iterator[str]:
    """The names of what is public, of very many the first."""
    for things in (Country.objects.public(), Actor.objects.public()):
        for name, aliases in things.order_by("pk").values_list("name", "aliases")[:MOST_NAMES]:
            yield from (name, *aliases)
