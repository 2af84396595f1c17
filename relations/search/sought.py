"""How PostgreSQL's text search reads the words of a query: which are stop words, and the lexemes of the others."""

import re
from collections.abc import Iterable

from django.db import connections

from config.databases import current

OPERATORS = re.compile(r'"|(?<!\S)-|(?<!\S)or(?!\S)')
MOST_WORDS = 8  # in longer queries all words are required; in shorter ones some may be lacking if nothing has all
SPLIT_WORDS = """
    SELECT numnode(public.sought(%(words)s)), public.words(%(words)s), ARRAY(
        SELECT word FROM unnest(string_to_array(%(words)s, ' ')) WITH ORDINALITY AS each (word, place)
        WHERE numnode(public.sought(word)) > 0 ORDER BY place
    )
"""
LEXEMES = """
    SELECT public.sought(query)::text FROM unnest(%s::text[]) WITH ORDINALITY AS each (query, place) ORDER BY place
"""


def split_words(words: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Splits the words of a query into what PostgreSQL searches for and what it ignores.

    Returns the words, empty if all are stop words; the keywords of a plain query of at most MOST_WORDS, one by one;
    and the stop words if the words are empty.
    """
    if not words:
        return "", (), ()
    with connections[current.database].cursor() as cursor:
        cursor.execute(SPLIT_WORDS, {"words": words})
        nodes, common, keywords = cursor.fetchone()
    if not nodes:
        return "", (), tuple(dict.fromkeys(common.split()))
    is_plain = not OPERATORS.search(words) and len(keywords) <= MOST_WORDS
    return words, tuple(dict.fromkeys(keywords)) if is_plain else (), ()


def lexemes(*queries: str) -> list[str]:
    """The tsquery of each query as text, for `LexemeQuery`; empty if it has only stop words."""
    with connections[current.database].cursor() as cursor:
        cursor.execute(LEXEMES, [list(queries)])
        return [sought for (sought,) in cursor.fetchall()]


def all_of(sought: Iterable[str]) -> str:
    """A tsquery that requires all of these; empty ones are left out."""
    return " & ".join(f"({each})" for each in sought if each)


def is_plain(words: str) -> bool:
    """Whether a query has words and no operators (quotation marks, a minus sign, or)."""
    return bool(words.split()) and not OPERATORS.search(words)
