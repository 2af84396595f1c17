"""Reads documents from text files, and attaches their text to the passages of a source or creates a new source."""

import codecs
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from relations.coding.sentences import Section, Sentence, blocks, sha256_of, split_document
from relations.models import Country, Passage, PassageText, Source
from relations.models.constraints import LONGEST_SLUG, SLUG
from relations.text import name_of

MAX_DOCUMENT_BYTES = 10_000_000
TOO_LARGE = f"{{}} is larger than {MAX_DOCUMENT_BYTES // 1_000_000} MB: load its parts as documents."
TITLE_AT_MOST = 200  # characters of a file name
# Control characters except tabs, line ends and page breaks: a file with any of them is not a text.
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
OTHER_FORMATS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a DOCX, ODT or other ZIP",
    b"{\\rtf": "an RTF",
    b"\xd0\xcf\x11\xe0": "a DOC",
}
SECTION_AT_MOST = 24  # characters of a section in a ref, which has at most 40


class DocumentError(Exception):
    """A file cannot be read as a document, or a source cannot be created from it."""


@dataclass(frozen=True)
class Document:
    """The text of a file, and the SHA-256 of its bytes."""

    text: str
    sha256: str


def read_document(path: Path) -> Document:
    """Reads a UTF-8 text file, with or without a byte order mark; DocumentError for anything else."""
    if not path.exists():
        raise DocumentError(f"There is no file {path}.")
    if not path.is_file():
        raise DocumentError(f"{path} is not a file.")
    if path.stat().st_size > MAX_DOCUMENT_BYTES:
        raise DocumentError(TOO_LARGE.format(path.name))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}.") from error
    return document_of(content, path.name)


def document_of(content: bytes, name: str) -> Document:
    """Decodes the content of a file, with line ends as \\n; DocumentError if it is not plain text in UTF-8."""
    if len(content) > MAX_DOCUMENT_BYTES:
        raise DocumentError(TOO_LARGE.format(name))
    found = next((kind for magic, kind in OTHER_FORMATS.items() if content.startswith(magic)), None)
    if found or not name.lower().endswith(".txt"):
        raise DocumentError(f"{name} is {found or 'not a .txt'} file: save it as plain text, in UTF-8.")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DocumentError(f"{name} is in UTF-16: save it as UTF-8.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            f"{name} is not in UTF-8 (line {line} has the byte {content[error.start]:#04x}): save it as UTF-8."
        ) from error
    if control := CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise DocumentError(f"{name} is no text: line {line} has the character {name_of(control[0])}.")
    if not text.strip():
        raise DocumentError(f"{name} is empty.")
    return Document(text.replace("\r\n", "\n").replace("\r", "\n"), hashlib.sha256(content).hexdigest())


@dataclass
class Attachment:
    """Which passages were matched with a sentence of a document, and how."""

    in_place: list[Passage] = field(default_factory=list)
    by_splitting: list[Passage] = field(default_factory=list)
    unmatched: list[Passage] = field(default_factory=list)
    is_same_file: bool = True


def attach(document: Document, source: Source) -> Attachment:
    """Stores the text of every passage of a source; writes nothing if any passage is unmatched.

    A sentence matches if it has the SHA-256 of the passage. It is looked up at the recorded offsets, and otherwise
    among all sentences that the splitter finds.
    """
    attachment = Attachment(is_same_file=source.sha256 in {"", document.sha256})
    elsewhere: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in split_document(document.text, lambda heading: None):
        elsewhere[sentence.sha256].append(sentence)
    texts = []
    for passage in source.passages.order_by("position"):
        text = document.text[passage.char_start : passage.char_end]
        if sha256_of(text) == passage.sha256:
            attachment.in_place.append(passage)
        elif sentences := elsewhere[passage.sha256]:
            text = sentences[0].text
            attachment.by_splitting.append(passage)
        else:
            attachment.unmatched.append(passage)
            continue
        texts.append(PassageText(passage=passage, text=text))
    if not attachment.unmatched:
        PassageText.objects.bulk_create(
            texts, update_conflicts=True, unique_fields=["passage"], update_fields=["text"], batch_size=1000
        )
    return attachment


def sentences_of(document: Document) -> list[Sentence]:
    """The sentences that a new source of this document would have as its passages."""
    return split_document(document.text, sections_of(document.text))


def title_of(document: Document, name: str) -> str:
    """The heading at the start of the text or, if there is none, the file name in brackets."""
    start, end, is_heading = next(blocks(document.text))
    return " ".join(document.text[start:end].split()) if is_heading else f"[{Path(name).stem[:TITLE_AT_MOST]}]"


def check_key(key: str) -> None:
    """Raises DocumentError if this cannot be the key of a new source."""
    if not re.fullmatch(SLUG, key) or len(key) > LONGEST_SLUG:
        raise DocumentError(
            f"“{key}” is no key: lower-case letters a–z and digits, joined by single hyphens, at most {LONGEST_SLUG}."
        )
    if Source.objects.filter(key=key).exists():
        raise DocumentError(
            f"There is a source {key} already; load_document --source {key} attaches a text to its passages."
        )


def create_source(document: Document, key: str, title: str) -> Source:
    """Creates a source with a passage, and its text, for every sentence of the document; none of them is coded."""
    check_key(key)
    sentences = sentences_of(document)
    with transaction.atomic():
        source = Source.objects.create(key=key, csl_type="document", title=title, sha256=document.sha256)
        passages = Passage.objects.bulk_create(
            [
                Passage(
                    source=source,
                    ref=sentence.ref,
                    position=sentence.position,
                    section=sentence.section,
                    char_start=sentence.start,
                    char_end=sentence.end,
                    sha256=sentence.sha256,
                )
                for sentence in sentences
            ],
            batch_size=1000,
        )
        PassageText.objects.bulk_create(
            [
                PassageText(passage=passage, text=sentence.text)
                for passage, sentence in zip(passages, sentences, strict=True)
            ],
            batch_size=1000,
        )
    return source


def sections_of(text: str) -> Callable[[str], Section | None]:
    """The function that maps a heading to the section that it begins.

    If any heading of the text names a country, sections are countries; otherwise every heading begins its own section.
    """
    headings = [text[start:end] for start, end, is_heading in blocks(text) if is_heading]
    countries = countries_in_headings()
    return countries if any(map(countries, headings)) else section_of_its_own


def section_of_its_own(heading: str) -> Section:
    """A section named after its heading."""
    name = " ".join(heading.split())
    return Section(slugify(name)[:SECTION_AT_MOST].strip("-") or "section", name)


def countries_in_headings() -> Callable[[str], Section | None]:
    """The function that maps a heading to the section of the countries it names, or to None.

    The studied state is ignored, because any heading may name it.
    """
    named: dict[str, Section] = {}
    studied: set[str] = set()
    for country in Country.objects.all():
        names = [country.name, *country.aliases]
        initials = "".join(word[0] for word in country.name.split())
        short = initials if initials in country.aliases else country.name
        named |= dict.fromkeys(names, Section(slugify(short), country.name))
        if country.code == settings.REGISTER.studied_state:
            studied = set(names)
    longest_first = sorted(named, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b" if named else r"(?!)")

    def section_of(heading: str) -> Section | None:
        found = [named[name] for name in dict.fromkeys(pattern.findall(heading)) if name not in studied]
        if not found:
            return None
        slug = "-".join(dict.fromkeys(section.slug for section in found))[:SECTION_AT_MOST].strip("-")
        return Section(slug, " and ".join(dict.fromkeys(section.name for section in found))[:80])

    return section_of
