"""Writes a reference, an item of the Citation Style Language (CSL), in words, BibTeX, RIS and CSL-JSON."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from relations.dates import FuzzyDate
from relations.models.vocabularies import SourceType

Item = dict[str, Any]
ENTRY = "entry"  # the CSL type of an entry in a database
# The types of BibTeX and RIS; other source types have no equivalent there.
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
# Characters with a special meaning in TeX.
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
    """A format of references: its name, file extension and media type, and the function that writes an item."""

    name: str
    ending: str
    media_type: str
    write: Callable[[Item], str]

    @property
    def content_type(self) -> str:
        """The media type with the charset."""
        return f"{self.media_type}; charset=utf-8"


def author_name(author: dict[str, str]) -> str:
    """The name of a person, family name first, or of an organisation."""
    return author["literal"] if "literal" in author else f"{author['family']}, {author['given']}"


def numbers(date: Item) -> list[int]:
    """The year, month and day of a date, as far as known; an empty list for a date in words."""
    return date["date-parts"][0] if "date-parts" in date else []


def spoken(date: Item) -> str:
    """A date in words."""
    if not numbers(date):
        return date.get("literal", "")
    year, *others = numbers(date)
    return FuzzyDate("-".join([f"{year:04}", *(f"{number:02}" for number in others)])).spoken


def slashed(date: Item) -> str:
    """A date as 2026/11/27, as far as known; empty for a date in words."""
    return "/".join(f"{number:02}" for number in numbers(date))


def in_words(item: Item) -> str:
    """The reference in words: author, title, container, publisher, date, identifiers, URL, licence."""
    version = item.get("version")
    container = item.get("container-title", "")
    where = [
        f"{container}, version {version}" if version else container,
        " ".join(filter(None, [item.get("volume", ""), f"({item['issue']})" if "issue" in item else ""])),
        item.get("page", ""),
        item.get("edition", ""),
    ]
    parts = [
        "; ".join(map(author_name, item.get("author", ()))),
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
    """The reference in BibTeX; all values are escaped for TeX, except the URL."""
    kind = BIBTEX_TYPES.get(item["type"], "misc")
    container = {"article": "journal", "incollection": "booktitle"}.get(kind, "howpublished")
    year, month, *_ = [*numbers(item.get("issued", {})), "", ""]
    written = {
        "author": " and ".join(names_in_tex(item)),
        "title": f"{{{in_tex(item['title'])}}}",  # in double braces, so that styles keep its capitals
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
    """Yields the authors, each name in braces, so that BibTeX does not split it at a comma or “and”."""
    for each in item.get("author", ()):
        yield ", ".join(f"{{{in_tex(each[part])}}}" for part in ("literal", "family", "given") if part in each)


def in_tex(text: str) -> str:
    """A text escaped for TeX."""
    return "".join(SPECIAL.get(letter, letter) for letter in text)


def ris(item: Item) -> str:
    """The reference in RIS: a line with tag and value for each field."""
    kind = RIS_TYPES.get(item["type"], "GEN")
    written = [
        ("TY", kind),
        ("ID", item["id"]),
        *(("AU", author_name(author)) for author in item.get("author", ())),
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
