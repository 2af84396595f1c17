"""The one rule for text, whatever it comes from: form, cell, fixture, program. PostgreSQL keeps it too (`is_prose`).

Text is in Unicode's composed form (NFC), has no white space at its ends, and breaks its lines with a line feed. What
is harmless is mended without a word; a character that is not seen and changes what is read is refused by its name.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

# Line and page breaks of word processors, slides and older systems.
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Hyphens that show only at the end of a line, marks of no width, those that choose the picture of a letter, and byte
# order marks.
DROPPED = re.compile("[\u00ad\u034f\u200b\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
# Control characters, marks that turn the direction of text, letters and tags that nobody sees (the fillers of Korean,
# the empty pattern of Braille), and code points that are no characters.
REFUSED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2061-\u206f\ufdd0-\ufdef\ufff0-\ufffb"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "\ud800-\udfff]"
)
# Cyrillic and Greek letters that look as letters of the Latin alphabet do.
LIKE_LATIN = frozenset("АВЕЅІЈКМНОРСТУХаеіјорсѕухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο")


class TextError(ValueError):
    """Why a text is refused, in words for its author."""


def prose(text: str) -> str:
    """The text as the register keeps it, in lines and paragraphs; TextError names a character that it refuses."""
    mended = DROPPED.sub("", BREAKS.sub("\n", text))
    if refused := REFUSED.search(mended):
        raise TextError(f"holds the unseen character {name_of(refused[0])}; take it out")
    return unicodedata.normalize("NFC", mended).strip()


def line(text: str) -> str:
    """The text in one line, in which a line break, a tab and several spaces are one space."""
    return " ".join(prose(text).split())


def look_alikes(text: str) -> str:
    """The letters of other scripts that a reader takes for Latin ones, by name, in words that else are of these."""
    found = [
        letter
        for word in re.findall(r"\w+", text)
        if all(letter.isascii() or letter in LIKE_LATIN for letter in word)
        for letter in word
        if not letter.isascii()
    ]
    return ", ".join(f"{letter} is {name_of(letter)}" for letter in dict.fromkeys(found))


def quoted(value: str) -> str:
    """A value in quotes, no longer than one needs to recognise it, and what in it is not what it looks like."""
    printable = "".join(letter if letter.isprintable() else "�" for letter in value[:61])
    shown = f"“{printable[:60]}…”" if len(value) > 60 else f"“{printable}”"
    return f"{shown} ({strange})" if (strange := look_alikes(value[:60])) else shown


def runs(words: Sequence[str], longest: int) -> Iterator[Sequence[str]]:
    """All words that follow one another in a text, at most so many together."""
    for place in range(len(words)):
        for last in range(place + 1, min(place + longest, len(words)) + 1):
            yield words[place:last]


def name_of(character: str) -> str:
    """A character by its number and its name in Unicode: U+202E RIGHT-TO-LEFT OVERRIDE."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'control character')}"


def alphabetical(name: Any) -> str:
    """What names are sorted by: their letters without case and accents, so that Åland stands with A."""
    letters = unicodedata.normalize("NFKD", str(name).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
