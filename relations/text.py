"""Tidy text: one rule for forms, cells, fixtures and programs, which CHECK constraints enforce too (`is_prose`).

Tidy text is composed Unicode (NFC), has no white space at its ends, and ends lines with LF. Harmless differences are
corrected silently. An invisible character that can change the meaning of a text is an error that names it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

# Line and page breaks of word processors, slides and older systems.
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Removed: soft hyphens, zero-width marks, variation selectors and byte order marks.
DROPPED = re.compile("[\u00ad\u034f\u200b\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
# Refused: control characters, marks that change the direction of text, invisible letters and tags (Korean fillers, the
# blank Braille pattern), and code points that are not characters.
REFUSED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2061-\u206f\ufdd0-\ufdef\ufff0-\ufffb"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "\ud800-\udfff]"
)
# Cyrillic and Greek letters that look like Latin ones.
LIKE_LATIN = frozenset("АВЕЅІЈКМНОРСТУХаеіјорсѕухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο")


class TextError(ValueError):
    """A text with a refused character; the message is for its author."""


def prose(text: str) -> str:
    """The tidy form of a text with lines and paragraphs; TextError if it has a refused character."""
    mended = DROPPED.sub("", BREAKS.sub("\n", text))
    if refused := REFUSED.search(mended):
        raise TextError(f"holds the unseen character {name_of(refused[0])}; take it out")
    return unicodedata.normalize("NFC", mended).strip()


def line(text: str) -> str:
    """The tidy form of a text in one line: any white space in it is one space; TextError as `prose`."""
    return " ".join(prose(text).split())


def look_alikes(text: str) -> str:
    """The letters of other scripts in words that look Latin, with their Unicode names; empty if there are none."""
    found = [
        letter
        for word in re.findall(r"\w+", text)
        if all(letter.isascii() or letter in LIKE_LATIN for letter in word)
        for letter in word
        if not letter.isascii()
    ]
    return ", ".join(f"{letter} is {name_of(letter)}" for letter in dict.fromkeys(found))


def quoted(value: str) -> str:
    """A value in quotation marks, cut to 60 characters, with the letters in it that only look Latin."""
    printable = "".join(letter if letter.isprintable() else "�" for letter in value[:61])
    shown = f"“{printable[:60]}…”" if len(value) > 60 else f"“{printable}”"
    return f"{shown} ({strange})" if (strange := look_alikes(value[:60])) else shown


def runs(words: Sequence[str], longest: int) -> Iterator[Sequence[str]]:
    """Yields all sequences of adjacent words, each of at most `longest` words."""
    for place in range(len(words)):
        for last in range(place + 1, min(place + longest, len(words)) + 1):
            yield words[place:last]


def name_of(character: str) -> str:
    """The code point and Unicode name of a character: U+202E RIGHT-TO-LEFT OVERRIDE."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'control character')}"


def alphabetical(name: Any) -> str:
    """A sort key for names: their letters without case and accents, so that Åland is sorted under A."""
    letters = unicodedata.normalize("NFKD", str(name).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
