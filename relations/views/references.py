"""References for citing a page or a list, in words and in the formats of reference managers.

All formats are written from one item of the Citation Style Language (CSL). For a source, the item is the source itself.
For a record, it is an entry of this register with its version and the day of its last change. For a country, relation,
actor or list, it has the day of access, because the page shows many records; the title and URL of a list include its
filters, and the note says that some records may have the licence of their source.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from relations.dates import FuzzyDate
from relations.models import Actor, Event, Record, Relation, Source
from relations.models.vocabularies import SourceType
from relations.views.evidence import Evidence
from relations.views.formats import ENTRY, FORMATS, Format, Item, author_name, bibtex, in_words, slashed
from relations.wording import heading

# Columns of a source and the CSL variables for them.
COLUMNS = {
    "title": "title",
    "container_title": "container-title",
    "publisher": "publisher",
    "publisher_place": "publisher-place",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "edition": "edition",
    "language": "language",
    "doi": "DOI",
    "isbn": "ISBN",
}
# The meta tags for the container of an item, by source type.
CONTAINERS = {
    SourceType.ARTICLE: "journal_title",
    SourceType.JOURNAL: "journal_title",
    SourceType.CHAPTER: "inbook_title",
}


@dataclass(frozen=True)
class Reference:
    """The reference for the page of a record or thing at a permanent URL."""

    thing: Any
    url: str

    @cached_property
    def item(self) -> Item:
        """The CSL item of the page or source, without empty values."""
        item = of_source(self.thing, self.url) if isinstance(self.thing, Source) else of_entry(self.thing, self.url)
        return {name: value for name, value in item.items() if value}

    @property
    def title(self) -> str:
        """The title of the page."""
        return heading(self.thing)

    @property
    def abstract(self) -> str:
        """The summary of the record or thing; empty for types without one."""
        summaries = {Event: "summary", Relation: "summary", Actor: "description"}
        return getattr(self.thing, summaries[type(self.thing)]) if type(self.thing) in summaries else ""

    @property
    def words(self) -> str:
        """The reference in words."""
        return in_words(self.item)

    @property
    def bibtex(self) -> str:
        """The reference in BibTeX, to be copied."""
        return bibtex(self.item)

    @property
    def files(self) -> list[tuple[Format, str]]:
        """The formats with the paths of their files."""
        return [(form, f"{self.thing.get_absolute_url()}cite.{form.ending}") for form in FORMATS]

    @property
    def data(self) -> str:
        """The path of the record or thing as JSON."""
        return f"{self.thing.get_absolute_url().removesuffix('/')}.json"

    @property
    def tags(self) -> list[tuple[str, str]]:
        """The names and contents of the meta tags that reference managers read."""
        item = self.item
        names = {"volume": "volume", "issue": "issue", "page": "firstpage", "publisher": "publisher"}
        names |= {"DOI": "doi", "ISBN": "isbn", "language": "language"}
        if container := CONTAINERS.get(item["type"]):
            names["container-title"] = container
        return [
            ("citation_title", item["title"]),
            *(("citation_author", author_name(author)) for author in item.get("author", ())),
            *([("citation_publication_date", slashed(item["issued"]))] if slashed(item.get("issued", {})) else []),
            *((f"citation_{names[column]}", item[column]) for column in names if column in item),
            ("citation_public_url", self.url),
        ]


@dataclass(frozen=True)
class ListReference(Reference):
    """The reference for a list with its filters; `thing` is the title of the list."""

    narrowed: str = ""  # the filters in words
    path: str = ""  # the path of the list without the slash at its end
    query: str = ""  # the query string of the list, with its question mark

    @cached_property
    def item(self) -> Item:
        register = settings.REGISTER
        return {
            "id": slugify(f"{register.title} {self.thing}"),
            "type": SourceType.DATASET.value,
            "title": self.title,
            "author": contributors(),
            "container-title": register.title,
            "accessed": csl_day(timezone.localdate()),
            "URL": self.url,
            "language": "en",
            "note": register.licence_of_many,
        }

    @property
    def title(self) -> str:
        return f"{self.thing} ({self.narrowed})" if self.narrowed else str(self.thing)

    @property
    def abstract(self) -> str:
        return ""

    @property
    def files(self) -> list[tuple[Format, str]]:
        return [(form, f"{self.path}.cite.{form.ending}{self.query}") for form in FORMATS]

    @property
    def data(self) -> str:
        return ""  # the page of a list has links to its files


def contributors() -> list[dict[str, str]]:
    """The contributors of the register as a single CSL author."""
    return [{"literal": f"The {settings.REGISTER.title} contributors"}]


def of_entry(thing: Any, url: str) -> Item:
    """The CSL item of a record, country, relation or actor as an entry of this register."""
    register, key = settings.REGISTER, getattr(thing, "slug", "") or thing.code
    of_others = [f"what is made of {source.title}: {source.licence}" for source in Evidence(thing).licensed()]
    is_record = isinstance(thing, Record)
    return {
        "id": slugify(f"{register.title} {thing._meta.model_name} {key}"),
        "type": ENTRY,
        "title": heading(thing),
        "author": contributors(),
        "container-title": register.title,
        "version": str(thing.version) if is_record else "",
        "issued": csl_day(thing.changed_at.date()) if is_record else {},
        "accessed": {} if is_record else csl_day(timezone.localdate()),
        "URL": url,
        "language": "en",
        "note": "; ".join(filter(None, [register.licence if is_record else register.licence_of_many, *of_others])),
    }


def of_source(source: Source, url: str) -> Item:
    """The CSL item of a source; `url`, its page here, is used only if the source has no URL of its own."""
    return {
        "id": source.key,
        "type": source.csl_type,
        "author": [author(line) for line in map(str.strip, source.authors.splitlines()) if line],
        **{csl: getattr(source, column) for column, csl in COLUMNS.items()},
        "issued": csl_date(source.issued_on),
        "accessed": csl_date(source.accessed_on) if source.url else {},
        "URL": source.url or url,
        "note": source.licence,
    }


def author(line: str) -> dict[str, str]:
    """Parses an author: “Family, Given” for a person, else the name of an organisation."""
    family, _, given = map(str.strip, line.partition(","))
    return {"family": family, "given": given} if given else {"literal": family}


def csl_day(day: date) -> Item:
    """A day as a CSL date."""
    return {"date-parts": [[day.year, day.month, day.day]]}


def csl_date(day: FuzzyDate | str | None) -> Item:
    """A fuzzy date as a CSL date: in numbers for a plain day, month or year, else in words; {} for none."""
    if not day:
        return {}
    date = FuzzyDate(day)
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", date) and date.precision != "season":
        return {"date-parts": [[int(number) for number in date.split("-")]]}
    return {"literal": date.spoken}
