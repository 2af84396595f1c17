"""The names in somebody's table of which nobody can tell who is meant, and who it may be."""

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

Spec = dict[str, Any]  # a recipe of several parts, as a profile writes it
NEAR = 0.75  # as get_close_matches measures it
MOST_NEAR = 8  # countries that a name may mean
COMMON = 8  # countries: a word that more of them have in their names brings none to mind


@dataclass
class Unclear:
    """A name with which lines cannot be read, and what it may mean.

    `pairs` are of two countries, of which one followed the other: the one that existed is meant. Where a name stands in
    a column of countries alone, `is_country`.
    """

    name: str
    lines: set[int] = field(default_factory=set)
    is_country: bool = False
    countries: list[str] = field(default_factory=list)
    actors: list[str] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)


def unclear_names(table: ForeignTable, profile: Profile, parties: Parties) -> list[Unclear]:
    """The names that a profile cannot read, those of the most rows first."""
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
            except CellError:  # which is refused for what it is
                continue
    by_word = countries_by_word(parties) if found else {}
    for each in found.values():
        each.countries = [*dict.fromkeys(each.countries or near(each.name, parties, by_word))]
        each.actors = [*dict.fromkeys(each.actors)]
        each.pairs = pairs_among(each.countries, parties)
    return sorted(found.values(), key=lambda each: (-len(each.lines), each.name))


def pairs_among(countries: list[str], parties: Parties) -> list[tuple[str, str]]:
    """The pairs of which one followed the other; of Russia and the Soviet Union, which did both, there is one."""
    pairs = [(a, b) for b in countries for a in parties.predecessors[b] if a in countries]
    return [*{frozenset(pair): pair for pair in pairs}.values()]


def parties_in(spec: Any, splits: Spec | None = None) -> Iterator[tuple[Spec, Spec | None]]:
    """The recipes for countries and parties, wherever they stand in a profile, with what splits the cells for each."""
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
    """The countries that have a word in any of their names."""
    found: dict[str, set[str]] = defaultdict(set)
    for spelling, codes in parties.spelt.items():
        for word in words_of_name(spelling):
            found[word] |= {*codes}
    return found


def near(name: str, parties: Parties, by_word: dict[str, set[str]]) -> list[str]:
    """The countries whose names are near to a name in letters, or share a word with it that few others have."""
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
    """The words of a folded name that are longer than “of” and “the”."""
    return {*re.findall(r"\w{4,}", spelling)}
