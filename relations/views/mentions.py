"""Replaces slugs of records in notes by their titles or by links."""

import re
from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from relations.addresses import RECORDS, records_at
from relations.models import Record
from relations.wording import heading

SLUG = re.compile(r"(?<![\w/-])[a-z0-9]+(?:-[a-z0-9]+){2,}(?![\w-])")


def named_in(texts: Iterable[str]) -> dict[str, Record]:
    """The public records whose slugs occur in texts, by slug."""
    slugs = {match[0] for text in texts for match in SLUG.finditer(text)}
    found = records_at((collection, slug) for collection in RECORDS for slug in slugs)
    return {slug: record for (_, slug), record in found.items()}


def with_titles(text: str, by_slug: dict[str, Record]) -> str:
    """A text with slugs of records replaced by their titles."""
    return SLUG.sub(lambda match: heading(by_slug[match[0]]) if match[0] in by_slug else match[0], text)


def with_links(note: str) -> SafeString:
    """The note as HTML: escaped, with line breaks, and with slugs of public records replaced by links."""
    by_slug = named_in([note])
    pieces, end = [], 0
    for match in SLUG.finditer(note):
        if record := by_slug.get(match[0]):
            link = format_html('<a href="{}">{}</a>', record.get_absolute_url(), heading(record))
            pieces += [conditional_escape(note[end : match.start()]), link]
            end = match.end()
    text = "".join([*pieces, conditional_escape(note[end:])])
    return mark_safe(text.replace("\n", "<br>"))  # noqa: S308 - each piece is escaped
