"""Descriptions of pages in the vocabulary of schema.org, as JSON-LD for search engines."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from relations.dates import FuzzyDate
from relations.exchange import codebook
from relations.exchange.exports import TYPES
from relations.models import Event

CONTEXT = "https://schema.org"
# Characters that could end the script element or begin another.
ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


def element(described: dict[str, Any]) -> SafeString:
    """A description as a script element, without empty values."""
    stated = {name: value for name, value in {"@context": CONTEXT, **described}.items() if value}
    written = json.dumps(stated, ensure_ascii=False).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308 - escaped above


def dataset(site: str) -> dict[str, Any]:
    """The register as a Dataset at this base URL, with its files."""
    register = settings.REGISTER
    return {
        "@type": "Dataset",
        "name": register.title,
        "description": register.description,
        "url": site,
        "license": register.licence_url,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": f"The {register.title} contributors"},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": TYPES[file_format].partition(";")[0],
                "contentUrl": f"{site}{table.collection}.{file_format}",
            }
            for table in codebook.tables().values()
            for file_format in table.formats
        ],
    }


def event(record: Event, name: str, url: str) -> dict[str, Any]:
    """An event as an Event, with those of its dates that ISO 8601 can express."""
    first, last = ends(record.happened_on)
    return {
        "@type": "Event",
        "name": name,
        "description": record.summary,
        "startDate": first,
        "endDate": last,
        "location": {"@type": "Place", "name": record.place} if record.place else None,
        "url": url,
    }


def ends(day: FuzzyDate | str | None) -> tuple[str, str]:
    """The beginning and end of a date in ISO 8601; each empty if it is not a plain day, month or year."""
    first, _, last = str(day or "").partition("/")
    return plain(first), plain(last)


def plain(day: str) -> str:
    """The date if it is a plain day, month or year; empty if it is uncertain, approximate or a season."""
    is_plain = day.replace("-", "").isdigit() and FuzzyDate(day).precision != "season"
    return day if is_plain else ""
