"""Suggestions for words that match nothing: names and terms with a similar spelling."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache, reduce
from operator import or_
from typing import Any

from django.db import connections
from django.db.models import OuterRef, Q, QuerySet

from config.databases import current
from relations.expressions import LexemeQuery, has_any
from relations.models import RECORD_TYPES, Entry, Passage, Source
from relations.models.tracks import TRACK_VALUES
from relations.names import public_names
from relations.prepared import prepared
from relations.search.sought import MOST_WORDS, lexemes

RANKED = 200  # the most results that are ranked
OTHER_STEMS = """
    SELECT word FROM unnest(%s::text[], %s::text[]) AS pairs (word, near)
    WHERE public.sought(word)::text <> public.sought(near)::text
"""


@cache
def labels() -> frozenset[str]:
    """The words of the labels of all terms, in lower case, of four letters or more."""
    columns = (model._meta.get_field(column) for model in RECORD_TYPES for column in model.terms.values())
    choices = [label for column in columns for _, label in (getattr(column, "choices", None) or ())]
    terms = [term.label for values in TRACK_VALUES.values() for term in values]
    return frozenset(word for label in [*choices, *terms] for word in re.findall(r"\w{4,}", str(label).lower()))


def nearest(query: str, words: Iterable[str]) -> str:
    """The query with these words replaced by similar words of names or terms; empty if none is similar.

    A word with the same stem is not suggested.
    """
    named: dict[str, str] = {word.lower(): word for name in public_names() for word in re.findall(r"\w{3,}", name)}
    known = labels() | named.keys()
    found = {word: get_close_matches(word, known, n=1, cutoff=0.76) for word in words if word not in known}
    near = {word: named.get(names[0], names[0]) for word, names in found.items() if names}
    with connections[current.database].cursor() as cursor:
        cursor.execute(OTHER_STEMS, [list(near), list(near.values())])
        others = [word for (word,) in cursor.fetchall()]
    meant = query
    for word in others:
        meant = re.sub(rf"(?i)(?<!\w){re.escape(word)}(?!\w)", near[word], meant)
    return "" if meant == query else meant


def found_nowhere(words: str) -> list[str]:
    """The words that occur in no published record and in no sentence of a public source; numbers are ignored."""
    # Python lowercases İ to i and a combining dot, which would split the word.
    plain = words.lower().replace("i\u0307", "i")
    each = list(dict.fromkeys(re.findall(r"[^\W\d]{3,}", plain)[:MOST_WORDS]))
    return [
        word
        for word, sought in zip(each, lexemes(*each), strict=True)
        if sought and not entries_with(sought) and not is_in_sentences(sought)
    ]


@prepared
def entries_with(sought: Any) -> QuerySet:
    """The key of one record that matches a tsquery, if any does."""
    of_types = (Q(collection=model.collection.value, leads=True, words=LexemeQuery(sought)) for model in RECORD_TYPES)
    return Entry.objects.filter(reduce(or_, of_types)).order_by().values_list("record_id", flat=True)[:1]


@prepared
def with_digests(sought: Any) -> QuerySet:
    """The keys of at most RANKED sentences whose digests match a tsquery."""
    found = Passage.objects.alias(words=Passage.described).filter(words=LexemeQuery(sought))
    return found.order_by().values_list("pk", flat=True)[:RANKED]


def of_public_documents(keys: Any) -> QuerySet:
    """The sentences with these keys whose source is public."""
    return Passage.objects.filter(has_any(Source.objects.public().filter(pk=OuterRef("source"))), pk__among=keys)


def is_in_sentences(sought: str) -> bool:
    """Whether the digest of any sentence of a public source matches a tsquery."""
    keys = with_digests(sought)
    return bool(keys) and of_public_documents(keys).exists()
