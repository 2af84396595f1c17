"""How a page or a list is cited: in words, and in the formats of programs that keep references.

Everything is made of one item in the terms of the Citation Style Language. That of a source is the source itself; that
of a record is an entry of this register, with its version and the day of its last change; that of a country, relation
or actor, whose page shows what is published about it, has the day on which it was read, as has that of a list, whose
title and address say what was asked for. What shows many records says that some may have the licence of their source.
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

# The columns of a source that the Citation Style Language has under another name, or under the same.
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
# What tags call that of which an item is a part, where this tells its type.
CONTAINERS = {
    SourceType.ARTICLE: "journal_title",
    SourceType.JOURNAL: "journal_title",
    SourceType.CHAPTER: "inbook_title",
}


@dataclass(frozen=True)
class Reference:
    """How the page of a record or thing at a permanent address is cited."""

    thing: Any
    url: str

    @cached_property
    def item(self) -> Item:
        """The page, or the source, in the terms of the Citation Style Language."""
        item = of_source(self.thing, self.url) if isinstance(self.thing, Source) else of_entry(self.thing, self.url)
        return {name: value for name, value in item.items() if value}

    @property
    def title(self) -> str:
        """What the page is called."""
        return heading(self.thing)

    @property
    def abstract(self) -> str:
        """What the page tells, where a text of its own says that in short."""
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
        """The formats, each with the path of its file."""
        return [(form, f"{self.thing.get_absolute_url()}cite.{form.ending}") for form in FORMATS]

    @property
    def data(self) -> str:
        """The path of what is cited itself, as data."""
        return f"{self.thing.get_absolute_url().removesuffix('/')}.json"

    @property
    def tags(self) -> list[tuple[str, str]]:
        """The names and values of the tags by which reference managers know a page."""
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
    """How a list is cited as it was asked for; `thing` is what it is called."""

    narrowed: str = ""  # by which filters, in words
    path: str = ""  # the address of the list without its parameters and without a slash at its end
    asked: str = ""  # these parameters, with the sign before them

    @cached_property
    def item(self) -> Item:
        register = settings.REGISTER
        return {
            "id": slugify(f"{register.title} {self.thing}"),
            "type": SourceType.DATASET.value,
            "title": self.title,
            "author": contributors(),
            "container-title": register.title,
            "accessed": on(timezone.localdate()),
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
        return [(form, f"{self.path}.cite.{form.ending}{self.asked}") for form in FORMATS]

    @property
    def data(self) -> str:
        return ""  # the list offers its files itself


def contributors() -> list[dict[str, str]]:
    """Those who made the register, as one author."""
    return [{"literal": f"The {settings.REGISTER.title} contributors"}]


def of_entry(thing: Any, url: str) -> Item:
    """A record as an entry of this register, or what is published about a country, relation or actor."""
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
        "issued": on(thing.changed_at.date()) if is_record else {},
        "accessed": {} if is_record else on(timezone.localdate()),
        "URL": url,
        "language": "en",
        "note": "; ".join(filter(None, [register.licence if is_record else register.licence_of_many, *of_others])),
    }


def of_source(source: Source, url: str) -> Item:
    """A source as it is described; the address is that of its page here where it is nowhere else on the web."""
    return {
        "id": source.key,
        "type": source.csl_type,
        "author": [author(line) for line in map(str.strip, source.authors.splitlines()) if line],
        **{csl: getattr(source, column) for column, csl in COLUMNS.items()},
        "issued": when(source.issued_on),
        "accessed": when(source.accessed_on) if source.url else {},
        "URL": source.url or url,
        "note": source.licence,
    }


def author(line: str) -> dict[str, str]:
    """An author: a person by family and given name, or a body as it is called."""
    family, _, given = map(str.strip, line.partition(","))
    return {"family": family, "given": given} if given else {"literal": family}


def on(day: date) -> Item:
    """A day as the Citation Style Language has it."""
    return {"date-parts": [[day.year, day.month, day.day]]}


def when(day: FuzzyDate | str | None) -> Item:
    """A date as exact as it is: in numbers where it is a day, a month or a year, else in words."""
    if not day:
        return {}
    date = FuzzyDate(day)
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", date) and date.precision != "season":
        return {"date-parts": [[int(number) for number in date.split("-")]]}
    return {"literal": date.spoken}
