"""What a page is in the terms of schema.org, as JSON-LD: data for those who collect it, and no script that runs."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from relations.dates import FuzzyDate
from relations.exchange import codebook
from relations.exchange.exports import TYPES
from relations.models import Event

CONTEXT = "https://schema.org"
# What could end the element or begin another one.
ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


def element(described: dict[str, Any]) -> SafeString:
    """A description as the element of a page; none of what is empty."""
    told = {name: value for name, value in {"@context": CONTEXT, **described}.items() if value}
    written = json.dumps(told, ensure_ascii=False).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308 - escaped above


def dataset(site: str) -> dict[str, Any]:
    """The register as a data set at the address of the site, with its files."""
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
    """Something that happened, with those of its dates that a calendar can have."""
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
    """The beginning and the end of a date as ISO 8601 writes them; empty where it is not known to be one of these."""
    first, _, last = str(day or "").partition("/")
    return plain(first), plain(last)


def plain(day: str) -> str:
    """A day, month or year that is neither doubted nor about; a season is none of these."""
    is_plain = day.replace("-", "").isdigit() and FuzzyDate(day).precision != "season"
    return day if is_plain else ""
