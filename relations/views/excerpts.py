"""Excerpts of search results: titles and lines of text with the matching words marked."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import connections
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from config.databases import current
from relations.models import Passage, Record
from relations.search.queries import EXCLUDED
from relations.views.mentions import named_in, with_titles
from relations.wording import title

WORD = re.compile(r"[\w'’ʿʾ]+(?:-\w+)*")
AROUND = 70  # letters before the first marked word
LONGEST = 220  # letters in a line
MARKED = """
    SELECT word FROM unnest(%s::text[]) AS word
    WHERE to_tsvector('pg_catalog.english', public.words(word)) @@ (
        SELECT coalesce(string_agg(nullif(public.sought('"' || each || '"')::text, ''), ' | '), '')::tsquery
        FROM unnest(%s::text[]) AS each
    )
"""


class Excerpts:
    """The marked titles and lines of search results, with one query for all of them.

    Slugs of records in the texts are replaced by titles, with one more query for each type of record that is named.
    """

    def __init__(self, query: str, records: Iterable[Record], passages: Iterable[Passage]) -> None:
        found: dict[Any, tuple[str, str]] = {
            **{record: (title(record), in_a_line(other_texts(record))) for record in records},
            **{passage: ("", in_a_line(passage.digest)) for passage in passages},
        }
        named = named_in(line for _, line in found.values())
        self.texts = {each: (title, with_titles(line, named)) for each, (title, line) in found.items()}
        sought = words_of(query)
        words = {word for texts in self.texts.values() for text in texts for word in WORD.findall(text)}
        with connections[current.database].cursor() as cursor:
            cursor.execute(MARKED, [sorted(words), sought])
            self.marked = {word for (word,) in cursor.fetchall()}

    def title(self, record: Record) -> SafeString:
        """The title of a record with the matching words marked, without its hedge."""
        return self._marked(self.texts[record][0])

    def line(self, found: Any) -> SafeString:
        """A line around the first matching word; without one, the beginning of a sentence, and nothing for a record."""
        text = self.texts[found][1]
        first = next((match.start() for match in WORD.finditer(text) if match[0] in self.marked), None)
        if first is None:
            return mark_safe("") if isinstance(found, Record) else self._marked(cut(text, 0))
        return self._marked(cut(text, first))

    def _marked(self, text: str) -> SafeString:
        pieces, end = [], 0
        for match in WORD.finditer(text):
            if match[0] in self.marked:
                pieces += [conditional_escape(text[end : match.start()]), format_html("<mark>{}</mark>", match[0])]
                end = match.end()
        return mark_safe("".join([*pieces, conditional_escape(text[end:])]))  # noqa: S308 - each piece is escaped


def words_of(query: str) -> list[str]:
    """The words of a query, without excluded ones."""
    return WORD.findall(EXCLUDED.sub(" ", query))


def other_texts(record: Any) -> str:
    """The searchable texts of a record that are not in its title."""
    columns = record._meta.get_field("search").columns
    said = title(record)
    return " … ".join(text for text in (getattr(record, column) for column in columns) if text and text not in said)


def in_a_line(text: str) -> str:
    """A text with all white space collapsed to single spaces."""
    return " ".join(text.split())


def cut(text: str, place: int) -> str:
    """A line of a text around an index, cut at spaces."""
    start = text.rfind(" ", 0, max(place - AROUND, 0)) + 1 if place > AROUND else 0
    end = text.rfind(" ", start, start + LONGEST) if len(text) > start + LONGEST else len(text)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"
