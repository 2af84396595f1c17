"""Names of countries in other languages: Nordkorea, Corée du Nord, 북한, مصر.

They are two files beside the states, and no aliases: what a country is called abroad is read where somebody asks for
it, and is nobody's way to write it here.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from relations.names import folded
from relations.text import runs

REFERENCE = settings.BASE_DIR / "fixtures" / "reference"
FILES = (REFERENCE / "foreign_names.csv", REFERENCE / "more_foreign_names.csv")
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


def apart(spelling: str) -> str:
    """A folded text without the Arabic “and” that is written as one with the name behind it: ومصر is and Egypt."""
    return re.sub(r"\bو(\w+)", lambda word: word[word[1] in first_words()], spelling)


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
