"""A note in which records are named by their slugs, as a page shows it: each named record is a link by its title."""

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from relations.addresses import RECORDS, records_at
from relations.wording import heading

SLUG = re.compile(r"(?<![\w/-])[a-z0-9]+(?:-[a-z0-9]+){2,}(?![\w-])")


def with_links(note: str) -> SafeString:
    """The note, escaped, with its lines and with links to the public records that it names."""
    slugs = {match[0] for match in SLUG.finditer(note)}
    found = records_at((collection, slug) for collection in RECORDS for slug in slugs)
    by_slug = {slug: record for (_, slug), record in found.items()}
    pieces, end = [], 0
    for match in SLUG.finditer(note):
        if record := by_slug.get(match[0]):
            link = format_html('<a href="{}">{}</a>', record.get_absolute_url(), heading(record))
            pieces += [conditional_escape(note[end : match.start()]), link]
            end = match.end()
    text = "".join([*pieces, conditional_escape(note[end:])])
    return mark_safe(text.replace("\n", "<br>"))  # noqa: S308 - each piece is escaped
