"""Splits a plain text into sections, paragraphs and sentences, each with its offsets in the text."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

# Words after which a full stop never ends a sentence.
TITLES = re.compile(
    r"adm|approx|art|brig|ca|capt|cf|cmdr|col|dr|e\.g|fig|gen|gov|hon|i\.e|lt|maj|mr|mrs|ms|mt|nos?|pp?|pres|prof|rep|"
    r"rev|sen|sgt|st|viz|vol|vs"
)
# Words, including initials such as "U.S", after which it ends a sentence only if the next word is an OPENER.
ABBREVIATIONS = re.compile(
    r"(?:[a-z]\.)*[a-z]|al|bros|co|corp|est|etc|inc|jr|ltd|sr|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
OPENER = re.compile(
    r"(?:A|After|Also|Although|An|And|As|At|Because|Before|Both|But|By|Despite|During|For|Following|From|Furthermore|He|"
    r"Her|His|However|If|In|Instead|It|Its|Later|Meanwhile|Moreover|Nevertheless|No|On|Once|One|Only|Other|She|Since|So|"
    r"Some|Such|That|The|Their|Then|There|These|They|This|Those|Though|Through|Thus|To|Under|Until|Upon|We|What|When|"
    r"Where|Whereas|Which|While|With|Yet)[\s,’']"
)

# Repetitions are bounded, so that no text makes the search slow.
MARK = "[.!?…]{1,9}"
CLOSING = "[’”\"'»)\\]]{0,9}"
NOTES = r"(?:\s?\[\w{1,3}\]){0,9}"
STOP = re.compile(
    # A mark with closing quotes, brackets and note marks such as [8], before a space or the end; or, if the space was
    # lost ("relations.On"), between a lower-case letter and a capital.
    rf"{MARK}{CLOSING}{NOTES}(?=\s|$|(?<=[a-z][.!?])[A-Z][a-z\s])"
)
STOP_AT_END = re.compile(rf"{MARK}{CLOSING}{NOTES}$")
WORD_AT_END = re.compile(r"[\w.]+$")
OPENING = "“‘\"'«(["
NO_HEADING = re.compile(rf"[.!?…:;,]{CLOSING}{NOTES}$")
HEADING_AT_MOST = 80  # characters; a longer line is a paragraph, even if its last sentence has no full stop
NEAR = 40  # characters before and after a mark that are examined


@dataclass(frozen=True)
class Sentence:
    """A sentence of a document; `start` and `end` are its offsets in characters, `position` counts from 1."""

    ref: str
    section: str
    position: int
    start: int
    end: int
    text: str

    @property
    def sha256(self) -> str:
        return sha256_of(self.text)


def sha256_of(sentence: str) -> str:
    """SHA-256 of a sentence in UTF-8, with every run of white space (also no-break spaces) replaced by one space."""
    return hashlib.sha256(" ".join(sentence.split()).encode()).hexdigest()


@dataclass(frozen=True)
class Section:
    """A section of a document: `slug` is the first part of the refs of its sentences."""

    slug: str
    name: str


INTRODUCTION = Section("intro", "Introduction")


def split_document(text: str, section_of: Callable[[str], Section | None]) -> list[Sentence]:
    """All sentences of a text; `section_of` maps a heading to the section it begins, or to None for a subheading."""
    sentences: list[Sentence] = []
    section = INTRODUCTION
    paragraphs: Counter[str] = Counter()
    for start, end, is_heading in blocks(text):
        if is_heading:
            section = section_of(text[start:end]) or section
            continue
        paragraphs[section.slug] += 1
        for number, (first, last) in enumerate(split_paragraph(text, start, end), start=1):
            ref = f"{section.slug}.{paragraphs[section.slug]}.{number}"
            sentences.append(Sentence(ref, section.name, len(sentences) + 1, first, last, text[first:last]))
    return sentences


def blocks(text: str) -> Iterator[tuple[int, int, bool]]:
    """The headings and paragraphs of a text: start, end, and whether it is a heading.

    A heading is a short line between empty lines, without a punctuation mark at its end, that is not the last line. A
    paragraph ends at an empty line, or at the end of a line that is the end of a sentence.
    """
    lines = [trimmed(text, *match.span()) for match in re.finditer(r"[^\n]+", text) if match.group().strip()]
    begin, is_alone = 0, True
    for (start, end), (following, its_end) in pairwise([*lines, (len(text), len(text))]):
        more_follows = following < len(text)
        is_last = not more_follows or text.count("\n", end, following) > 1
        stop = STOP_AT_END.search(text, max(start, end - NEAR), end)
        if is_last or (stop and ends_sentence(text, start, stop, its_end)):
            line = text[begin:end]
            is_short = "\n" not in line and len(line) <= HEADING_AT_MOST
            is_by_itself = is_alone and is_last and more_follows
            yield begin, end, is_by_itself and is_short and not NO_HEADING.search(line)
            begin, is_alone = following, is_last


def split_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span of each sentence of a paragraph, without surrounding white space."""
    for match in STOP.finditer(text, start, end):
        if ends_sentence(text, start, match, end):
            yield trimmed(text, start, match.end())
            start = match.end()
    if text[start:end].strip():
        yield trimmed(text, start, end)


def ends_sentence(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Whether a punctuation mark ends a sentence, judged by the words before and after it."""
    after = text[stop.end() : min(end, stop.end() + NEAR)].lstrip().lstrip(OPENING)
    if not after:
        return True
    if stop.group().startswith("."):
        before = WORD_AT_END.search(text, max(start, stop.start() - NEAR), stop.start())
        word = before.group().lower() if before else ""
        if TITLES.fullmatch(word):
            return False
        if ABBREVIATIONS.fullmatch(word):
            return bool(OPENER.match(after))
    return after[0].isalnum() and not after[0].islower()


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without surrounding white space."""
    sentence = text[start:end]
    return start + len(sentence) - len(sentence.lstrip()), end - len(sentence) + len(sentence.rstrip())
