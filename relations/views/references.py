"""How a page is cited: in words, and in the formats of programs that keep references.

Everything is made of one item in the terms of the Citation Style Language. That of a source is the source itself; that
of a record is an entry of this register, with its version and the day of its last change; that of a country, relation
or actor, whose page shows what is published about it, has the day on which it was read.
"""

import json
import re
from collections.abc import Callable, Iterator
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
from relations.wording import heading

Item = dict[str, Any]

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
ENTRY = "entry"  # the type of what stands in a register
# The types of BibTeX and of RIS; those that are not named here are of no type of their own.
BIBTEX_TYPES = {
    SourceType.ARTICLE: "article",
    SourceType.JOURNAL: "article",
    SourceType.NEWSPAPER: "article",
    SourceType.BOOK: "book",
    SourceType.CHAPTER: "incollection",
    SourceType.REPORT: "techreport",
}
RIS_TYPES = {
    ENTRY: "ELEC",
    SourceType.ARTICLE: "JOUR",
    SourceType.JOURNAL: "JOUR",
    SourceType.NEWSPAPER: "NEWS",
    SourceType.BOOK: "BOOK",
    SourceType.CHAPTER: "CHAP",
    SourceType.DATASET: "DATA",
    SourceType.REPORT: "RPRT",
    SourceType.STANDARD: "STAND",
    SourceType.WEBPAGE: "ELEC",
}
# What tags call that of which an item is a part, where this tells its type.
CONTAINERS = {
    SourceType.ARTICLE: "journal_title",
    SourceType.JOURNAL: "journal_title",
    SourceType.CHAPTER: "inbook_title",
}
# What TeX takes for something else than a letter.
SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    # An escaped brace would still be counted by BibTeX.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    **{sign: f"\\{sign}" for sign in "$&#%_"},
}


@dataclass(frozen=True)
class Format:
    """A format of references: what it and its files are called, its media type, and how an item is written in it."""

    name: str
    ending: str
    media_type: str
    write: Callable[[Item], str]

    @property
    def content_type(self) -> str:
        """The type with how its letters are written."""
        return f"{self.media_type}; charset=utf-8"


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
            *(("citation_author", name(author)) for author in item.get("author", ())),
            *([("citation_publication_date", slashed(item["issued"]))] if slashed(item.get("issued", {})) else []),
            *((f"citation_{names[column]}", item[column]) for column in names if column in item),
            ("citation_public_url", self.url),
        ]


def of_entry(thing: Any, url: str) -> Item:
    """A record as an entry of this register, or what is published about a country, relation or actor."""
    register, key = settings.REGISTER, getattr(thing, "slug", "") or thing.code
    of_others = [f"what is made of {source.title}: {source.licence}" for source in Evidence(thing).licensed()]
    is_record = isinstance(thing, Record)
    return {
        "id": slugify(f"{register.title} {thing._meta.model_name} {key}"),
        "type": ENTRY,
        "title": heading(thing),
        "author": [{"literal": f"The {register.title} contributors"}],
        "container-title": register.title,
        "version": str(thing.version) if is_record else "",
        "issued": on(thing.changed_at.date()) if is_record else {},
        "accessed": {} if is_record else on(timezone.localdate()),
        "URL": url,
        "language": "en",
        "note": "; ".join(filter(None, [register.licence, *of_others])),
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


def name(author: dict[str, str]) -> str:
    """The family name first, or the name of a body."""
    return author["literal"] if "literal" in author else f"{author['family']}, {author['given']}"


def on(day: date) -> Item:
    """A day."""
    return {"date-parts": [[day.year, day.month, day.day]]}


def when(day: FuzzyDate | str | None) -> Item:
    """A date as exact as it is: in numbers where it is a day, a month or a year, else in words."""
    if not day:
        return {}
    date = FuzzyDate(day)
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", date) and date.precision != "season":
        return {"date-parts": [[int(number) for number in date.split("-")]]}
    return {"literal": date.spoken}


def numbers(date: Item) -> list[int]:
    """The year, month and day of a date, as far as it has them."""
    return date["date-parts"][0] if "date-parts" in date else []


def spoken(date: Item) -> str:
    """A date in words."""
    if not numbers(date):
        return date.get("literal", "")
    year, *others = numbers(date)
    return FuzzyDate("-".join([f"{year:04}", *(f"{number:02}" for number in others)])).spoken


def slashed(date: Item) -> str:
    """A date as 2026/11/27, as far as it is in numbers."""
    return "/".join(f"{number:02}" for number in numbers(date))


def in_words(item: Item) -> str:
    """The reference in words: who, what, where, when, at which address, under which terms."""
    version = item.get("version")
    container = item.get("container-title", "")
    where = [
        f"{container}, version {version}" if version else container,
        " ".join(filter(None, [item.get("volume", ""), f"({item['issue']})" if "issue" in item else ""])),
        item.get("page", ""),
        item.get("edition", ""),
    ]
    parts = [
        "; ".join(map(name, item.get("author", ()))),
        f"“{item['title']}”",
        ", ".join(filter(None, where)),
        ": ".join(filter(None, [item.get("publisher-place", ""), item.get("publisher", "")])),
        spoken(item.get("issued", {})),
        f"DOI {item['DOI']}" if "DOI" in item else "",
        f"ISBN {item['ISBN']}" if "ISBN" in item else "",
        f"{item['URL']}, read on {read}" if (read := spoken(item.get("accessed", {}))) else item["URL"],
        item.get("note", ""),
    ]
    return " ".join(f"{part.removesuffix('.')}." for part in parts if part)


def bibtex(item: Item) -> str:
    """The reference in BibTeX, of which an address is verbatim and all else is escaped."""
    kind = BIBTEX_TYPES.get(item["type"], "misc")
    container = {"article": "journal", "incollection": "booktitle"}.get(kind, "howpublished")
    year, month, *_ = [*numbers(item.get("issued", {})), "", ""]
    written = {
        "author": " and ".join(names_in_tex(item)),
        "title": f"{{{in_tex(item['title'])}}}",  # whose capitals no style changes
        container: in_tex(item.get("container-title", "")),
        "institution" if kind == "techreport" else "publisher": in_tex(item.get("publisher", "")),
        "address": in_tex(item.get("publisher-place", "")),
        "volume": in_tex(item.get("volume", "")),
        "number": in_tex(item.get("issue", "")),
        "pages": in_tex(item.get("page", "")),
        "edition": in_tex(item.get("edition", "")),
        "version": item.get("version", ""),
        "year": str(year) or in_tex(item.get("issued", {}).get("literal", "")),
        "month": str(month),
        "doi": in_tex(item.get("DOI", "")),
        "isbn": in_tex(item.get("ISBN", "")),
        "language": in_tex(item.get("language", "")),
        "url": re.sub(r"[{}\\]", lambda sign: f"%{ord(sign[0]):02X}", item["URL"]),
        "urldate": "-".join(f"{number:02}" for number in numbers(item.get("accessed", {}))),
        "note": in_tex(item.get("note", "")),
    }
    lines = [f"  {field} = {{{value}}}" for field, value in written.items() if value]
    return f"@{kind}{{{item['id']},\n" + ",\n".join(lines) + "\n}\n"


def names_in_tex(item: Item) -> Iterator[str]:
    """The authors, each name in braces, so that no comma and no “and” in it is taken for a sign between names."""
    for each in item.get("author", ()):
        yield ", ".join(f"{{{in_tex(each[part])}}}" for part in ("literal", "family", "given") if part in each)


def in_tex(text: str) -> str:
    """A text of which TeX takes every letter as it is."""
    return "".join(SPECIAL.get(letter, letter) for letter in text)


def ris(item: Item) -> str:
    """The reference in RIS: a tag and a value each line."""
    kind = RIS_TYPES.get(item["type"], "GEN")
    written = [
        ("TY", kind),
        ("ID", item["id"]),
        *(("AU", name(author)) for author in item.get("author", ())),
        ("TI", item["title"]),
        ("T2", item.get("container-title", "")),
        ("PB", item.get("publisher", "")),
        ("CY", item.get("publisher-place", "")),
        ("VL", item.get("volume", "")),
        ("IS", item.get("issue", "")),
        ("SP", item.get("page", "")),
        ("ET", item.get("edition", "") or item.get("version", "")),
        ("PY", f"{year:04}" if (year := next(iter(numbers(item.get("issued", {}))), 0)) else ""),
        ("DA", slashed(item.get("issued", {})) or item.get("issued", {}).get("literal", "")),
        ("DO", item.get("DOI", "")),
        ("SN", item.get("ISBN", "")),
        ("LA", item.get("language", "")),
        ("UR", item["URL"]),
        ("Y2", slashed(item.get("accessed", {}))),
        ("N1", item.get("note", "")),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in written if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl_json(item: Item) -> str:
    """The reference in the JSON of the Citation Style Language: a list of one item."""
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


FORMATS = (
    Format("BibTeX", "bib", "application/x-bibtex", bibtex),
    Format("RIS", "ris", "application/x-research-info-systems", ris),
    Format("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_json),
)
