"""Names of countries in other languages: Nordkorea, Corée du Nord, 북한, مصر.

They are in two files of the reference data, and are not aliases: they are understood in queries and imports, but are
not names that this register uses.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from relations.names import folded
from relations.text import runs

REFERENCE = settings.BASE_DIR / "fixtures" / "reference"
FILES = (REFERENCE / "foreign_names.csv", REFERENCE / "more_foreign_names.csv")
# Letters of scripts without spaces between words, and of Korean, which attaches particles to a name.
UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
HANGUL = re.compile("[\uac00-\ud7a3]")
SUFFIXED = re.compile("([\uac00-\ud7a3]+?)(?:의|과|와|은|는|이|가|을|를|에|에서|로|으로|도)")
JOINING = "とのはがにをで和与與的"  # and, of, in: particles between names in Chinese and Japanese
LED = re.compile(r"\b[وفبكل]\w+")  # an Arabic word that may begin with a particle
SHORT = 3  # Latin letters; a name with no more counts only if its capitals are right too: VAE, Çin


@dataclass(frozen=True)
class ForeignName:
    """A name with all its spellings, and the codes of the countries that have it in some language."""

    written: tuple[str, ...]
    codes: tuple[str, ...]

    def as_in(self, query: str) -> str:
        """The first spelling that the query contains, compared without case; else the first spelling."""
        return next((each for each in self.written if each.casefold() in query.casefold()), self.written[0])


@cache
def by_words() -> dict[str, ForeignName]:
    """All foreign names, by their folded words."""
    rows = [row for file in FILES for row in read(file)]
    writings: dict[str, dict[str, None]] = defaultdict(dict)  # dicts as ordered sets
    codes: dict[str, dict[str, None]] = defaultdict(dict)
    for (name, code), words in zip(rows, map(words_of, folded(name for name, _ in rows)), strict=True):
        writings[words][name] = codes[words][code] = None
    return {words: ForeignName(tuple(writings[words]), tuple(codes[words])) for words in writings}


@cache
def most_words() -> int:
    """The number of words of the longest name."""
    return max(name.count(" ") for name in by_words()) + 1


def read(file: Path) -> Iterator[tuple[str, str]]:
    """Yields the names of a file, each with the code of its country."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield row["name"], row["country"]


def words_of(spelling: str) -> str:
    """The words of a folded text, with single spaces between them."""
    return " ".join(re.findall(r"\w+", spelling))


def countries_called(text: str) -> tuple[str, ...]:
    """The codes of the countries that have this name in another language, in any spelling; empty if none has."""
    return countries_spelt(*folded([text]))


def countries_spelt(spelling: str) -> tuple[str, ...]:
    """The same for a text that is folded already."""
    name = by_words().get(words_of(spelling))
    return name.codes if name else ()


@cache
def first_words() -> frozenset[str]:
    """The first words of all names."""
    return frozenset(name.partition(" ")[0] for name in by_words())


def apart(spelling: str, own: Collection[str] = ()) -> str:
    """Separates names in a folded text from letters that are attached to them, so that each is a word of its own.

    Arabic attaches “and”, “to” and “in” (ومصر is “and Egypt”), and Korean attaches particles. Chinese and Japanese
    write all words without spaces. A word in `own`, the names of this register, is left as it is.
    """
    spelling = LED.sub(lambda word: without_particles(word[0]), spelling)
    return re.sub(rf"[{UNSPACED}]+", lambda run: run[0] if run[0] in own else cut_out(run[0]), spelling)


def without_particles(word: str) -> str:
    """An Arabic word without an attached “and” or “so”, “to”, “in” or “as”, if a name begins with the rest.

    “To” merges with the article: للأردن is “to الأردن”.
    """
    rests = (word, re.sub("^[وف]", "", word), re.sub("^[وف]?[بكل]", "", word), re.sub("^[وف]?لل", "ال", word))
    return next((rest for rest in rests if rest in first_words()), word)


def cut_out(run: str) -> str:
    """Letters without spaces, with spaces put around the names among them; longer names are found first."""
    if SUFFIXED.fullmatch(run) and (name := SUFFIXED.sub(r"\1", run)) in by_words():
        return name
    pieces = unspaced_names().split(run)
    if len(pieces) == 1:
        return run
    return f" {' '.join(filter(None, (piece.strip(JOINING) for piece in pieces)))} "


@cache
def unspaced_names() -> re.Pattern[str]:
    """A pattern for all Chinese and Japanese names, longer ones first."""
    names = (name for name in by_words() if re.fullmatch(f"[{UNSPACED}]{{2,}}", name) and not HANGUL.search(name))
    return re.compile(f"({'|'.join(sorted(names, key=lambda name: (-len(name), name)))})")


def foreign_names_in(query: str, spelling: str) -> dict[str, ForeignName]:
    """The foreign names in a query, by their folded words; `spelling` is the query, folded."""
    known = by_words()
    pieces = {" ".join(run) for run in runs(words_of(spelling).split(" "), most_words())}
    typed = set(re.findall(r"\w+", query))
    found = {piece: known[piece] for piece in sorted(pieces & known.keys())}
    return {piece: name for piece, name in found.items() if not is_short(piece) or typed & {*name.written}}


def is_short(name: str) -> bool:
    """Whether a name is so short in Latin letters that it may be a word of another language."""
    return name.isascii() and len(name) <= SHORT
