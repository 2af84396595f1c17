"""What PostgreSQL looks for by the words of a query: which of them it takes for common ones, and their lexemes."""

import re
from collections.abc import Iterable

from django.db import connections

from config.databases import current

OPERATORS = re.compile(r'"|(?<!\S)-|(?<!\S)or(?!\S)')
MOST_WORDS = 8  # of a query, of which some are enough where nothing has all
LOOKED_FOR = """
    SELECT numnode(public.sought(%(words)s)), public.words(%(words)s), ARRAY(
        SELECT word FROM unnest(string_to_array(%(words)s, ' ')) WITH ORDINALITY AS each (word, place)
        WHERE numnode(public.sought(word)) > 0 ORDER BY place
    )
"""
LEXEMES = """
    SELECT public.sought(query)::text FROM unnest(%s::text[]) WITH ORDINALITY AS each (query, place) ORDER BY place
"""


def looked_for(words: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The words if PostgreSQL looks for any of them, else none; each that it looks for; those that it leaves out."""
    if not words:
        return "", (), ()
    with connections[current.database].cursor() as cursor:
        cursor.execute(LOOKED_FOR, {"words": words})
        nodes, common, telling = cursor.fetchone()
    if not nodes:
        return "", (), tuple(dict.fromkeys(common.split()))
    is_plain = not OPERATORS.search(words) and len(telling) <= MOST_WORDS
    return words, tuple(dict.fromkeys(telling)) if is_plain else (), ()


def lexemes(*queries: str) -> list[str]:
    """What PostgreSQL looks for by each of some queries, as `LexemeQuery` takes it; nothing for common words alone."""
    with connections[current.database].cursor() as cursor:
        cursor.execute(LEXEMES, [list(queries)])
        return [sought for (sought,) in cursor.fetchall()]


def all_of(sought: Iterable[str]) -> str:
    """All that is sought together."""
    return " & ".join(f"({each})" for each in sought if each)


def is_plain(words: str) -> bool:
    """Whether a query has words, and says no more than these."""
    return bool(words.split()) and not OPERATORS.search(words)
