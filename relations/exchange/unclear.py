"""The names in a foreign table that are unknown or ambiguous, with the countries and actors that may be meant."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from relations.exchange.cell_errors import CellError
from relations.exchange.foreign import ForeignTable
from relations.exchange.mapping import Mapping
from relations.exchange.parties import Parties, UnclearError
from relations.exchange.profiles import OF_WORDS, Profile
from relations.exchange.readers import fuzzy_date
from relations.exchange.recipes import PIECE
from relations.exchange.verbs import pieces

Spec = dict[str, Any]  # a table of a profile that specifies a recipe
NEAR = 0.75  # as get_close_matches measures it
MOST_NEAR = 8  # countries that a name may mean
COMMON = 8  # a word in the names of more countries than this suggests none of them


@dataclass
class Unclear:
    """An unknown or ambiguous name, the lines that have it, and what it may mean.

    `pairs` are countries of which the second followed the first: the one that existed on the day may be meant.
    `is_country` is true if the name stands in a column of countries.
    """

    name: str
    lines: set[int] = field(default_factory=set)
    is_country: bool = False
    countries: list[str] = field(default_factory=list)
    actors: list[str] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)


def unclear_names(table: ForeignTable, profile: Profile, parties: Parties) -> list[Unclear]:
    """The names that a profile cannot resolve, sorted by the number of their lines, the most frequent first."""
    found: dict[str, Unclear] = {}
    mapping = Mapping(table, profile, parties)
    rows, builder = mapping.rows(), mapping.builder
    cells = [cell for each in profile.records for cell in each.cells.values()]
    for spec, splits in parties_in([*profile.values.values(), *cells]):
        verb = "country" if "country" in spec else "party"
        with builder.with_name(PIECE):
            name, day = (builder.recipe(spec.get(part, ""), "") for part in (verb, "on"))
        known = {*spec.get("names", {}), *spec.get("unnamed", {})}
        read = parties.country if verb == "country" else parties.party
        cut = pieces(builder, splits, "") if splits else list
        for row in (piece for whole in rows for piece in cut([whole])):
            try:
                text, on = name.apply([row]), str(fuzzy_date(day.apply([row])))
                if text and text not in known and not text.endswith(tuple(spec.get("marks", ""))):
                    read(text, str(spec.get("scheme", "")), on)
            except UnclearError as error:
                unclear = found.setdefault(text, Unclear(text))
                unclear.lines.add(row.line)
                unclear.is_country |= verb == "country"
                unclear.countries += error.countries
                unclear.actors += error.actors
            except CellError:  # reported as a refusal by the import
                continue
    by_word = countries_by_word(parties) if found else {}
    for each in found.values():
        each.countries = [*dict.fromkeys(each.countries or near(each.name, parties, by_word))]
        each.actors = [*dict.fromkeys(each.actors)]
        each.pairs = pairs_among(each.countries, parties)
    return sorted(found.values(), key=lambda each: (-len(each.lines), each.name))


def pairs_among(countries: list[str], parties: Parties) -> list[tuple[str, str]]:
    """Pairs of a predecessor and its successor; only one of two pairs of the same countries (Russia and the USSR)."""
    pairs = [(a, b) for b in countries for a in parties.predecessors[b] if a in countries]
    return [*{frozenset(pair): pair for pair in pairs}.values()]


def parties_in(spec: Any, splits: Spec | None = None) -> Iterator[tuple[Spec, Spec | None]]:
    """All specs of countries and parties in a profile, each with the `split` that it stands in, if any."""
    if isinstance(spec, dict):
        splits = spec if "split" in spec else splits
        if "country" in spec or "party" in spec:
            yield spec, splits
        else:
            yield from parties_in([part for name, part in spec.items() if name not in OF_WORDS], splits)
    elif isinstance(spec, list):
        for each in spec:
            yield from parties_in(each, splits)


def countries_by_word(parties: Parties) -> dict[str, set[str]]:
    """The countries by each word of their names."""
    found: dict[str, set[str]] = defaultdict(set)
    for spelling, codes in parties.spelt.items():
        for word in words_of_name(spelling):
            found[word] |= {*codes}
    return found


def near(name: str, parties: Parties, by_word: dict[str, set[str]]) -> list[str]:
    """The countries whose names are similar to a name, or share an uncommon word with it."""
    folded = parties.fold(name)
    shared = Counter[str]()
    for word in words_of_name(folded):
        if len(having := by_word.get(word, set())) <= COMMON:
            shared.update(having)
    by_letters = get_close_matches(folded, parties.spelt, 3, NEAR)
    close = [code for spelling in by_letters for code in parties.spelt[spelling]]
    by_words = sorted(shared, key=lambda code: (-shared[code], code))
    return [*dict.fromkeys([*close, *by_words])][:MOST_NEAR]


def words_of_name(spelling: str) -> set[str]:
    """The words of a folded name that have at least four letters."""
    return {*re.findall(r"\w{4,}", spelling)}
