"""Names of countries in other languages: Nordkorea, Corée du Nord, 북한, مصر.

They are two files beside the states, and no aliases: what a country is called abroad is read where somebody asks for
it, and is nobody's way to write it here.
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
# Letters of scripts that have no spaces between words, and of Korean, which writes what follows a name as one with it.
UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
HANGUL = re.compile("[\uac00-\ud7a3]")
SUFFIXED = re.compile("([\uac00-\ud7a3]+?)(?:의|과|와|은|는|이|가|을|를|에|에서|로|으로|도)")
JOINING = "とのはがにをで和与與的"  # and, of, in: what joins names in Chinese and Japanese
LED = re.compile(r"\b[وفبكل]\w+")  # an Arabic word that may begin with a particle
SHORT = 3  # Latin letters of a name that is a name only as it is written: VAE, Çin


@dataclass(frozen=True)
class ForeignName:
    """A name in other languages, as each writes it, and the codes of the countries that any of them calls so."""

    written: tuple[str, ...]
    codes: tuple[str, ...]

    def as_in(self, query: str) -> str:
        """The name as a query has it, but for its capitals, else as one of the languages writes it."""
        return next((each for each in self.written if each.casefold() in query.casefold()), self.written[0])


@cache
def by_words() -> dict[str, ForeignName]:
    """All there are, by their words in the one spelling in which names are compared."""
    rows = [row for file in FILES for row in read(file)]
    writings: dict[str, dict[str, None]] = defaultdict(dict)  # of which the order is kept, and each stands once
    codes: dict[str, dict[str, None]] = defaultdict(dict)
    for (name, code), words in zip(rows, map(words_of, folded(name for name, _ in rows)), strict=True):
        writings[words][name] = codes[words][code] = None
    return {words: ForeignName(tuple(writings[words]), tuple(codes[words])) for words in writings}


@cache
def most_words() -> int:
    """How many words the longest name has."""
    return max(name.count(" ") for name in by_words()) + 1


def read(file: Path) -> Iterator[tuple[str, str]]:
    """The names of a file, each with the code of its country."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield row["name"], row["country"]


def words_of(spelling: str) -> str:
    """The words of a folded text, with single spaces between them."""
    return " ".join(re.findall(r"\w+", spelling))


def countries_called(text: str) -> tuple[str, ...]:
    """The codes of the countries that a text is a name of in another language, in whatever spelling."""
    return countries_spelt(*folded([text]))


def countries_spelt(spelling: str) -> tuple[str, ...]:
    """The same of a text that is folded already."""
    name = by_words().get(words_of(spelling))
    return name.codes if name else ()


@cache
def first_words() -> frozenset[str]:
    """With which words names begin."""
    return frozenset(name.partition(" ")[0] for name in by_words())


def apart(spelling: str, own: Collection[str] = ()) -> str:
    """A folded text with the names in it that are written as one with what stands around them as words of their own.

    Arabic writes “and”, “to” and “in” so (ومصر is and Egypt), Korean what a name is in its sentence, and Chinese and
    Japanese write all words so. A word that is a name here, `own`, is left whole.
    """
    spelling = LED.sub(lambda word: without_particles(word[0]), spelling)
    return re.sub(rf"[{UNSPACED}]+", lambda run: run[0] if run[0] in own else cut_out(run[0]), spelling)


def without_particles(word: str) -> str:
    """The name that an Arabic word leads with “and” or “so”, with “to”, “in” or “as”, or with both; else the word.

    “To” before the article is written as one with it: للأردن is to الأردن.
    """
    rests = (word, re.sub("^[وف]", "", word), re.sub("^[وف]?[بكل]", "", word), re.sub("^[وف]?لل", "ال", word))
    return next((rest for rest in rests if rest in first_words()), word)


def cut_out(run: str) -> str:
    """A run of letters between which there are no spaces, with spaces around the names in it, the longest first."""
    if SUFFIXED.fullmatch(run) and (name := SUFFIXED.sub(r"\1", run)) in by_words():
        return name
    pieces = unspaced_names().split(run)
    if len(pieces) == 1:
        return run
    return f" {' '.join(filter(None, (piece.strip(JOINING) for piece in pieces)))} "


@cache
def unspaced_names() -> re.Pattern[str]:
    """Finds the Chinese and Japanese names in a run of letters."""
    names = (name for name in by_words() if re.fullmatch(f"[{UNSPACED}]{{2,}}", name) and not HANGUL.search(name))
    return re.compile(f"({'|'.join(sorted(names, key=lambda name: (-len(name), name)))})")


def foreign_names_in(query: str, spelling: str) -> dict[str, ForeignName]:
    """The names that a query may have, by their words; `spelling` is the query, folded."""
    known = by_words()
    pieces = {" ".join(run) for run in runs(words_of(spelling).split(" "), most_words())}
    typed = set(re.findall(r"\w+", query))
    found = {piece: known[piece] for piece in sorted(pieces & known.keys())}
    return {piece: name for piece, name in found.items() if not is_short(piece) or typed & {*name.written}}


def is_short(name: str) -> bool:
    """Whether a name is so short in Latin letters that it may be a word of another language."""
    return name.isascii() and len(name) <= SHORT
