"""The countries and actors that a query names: by their names, in other languages, and by adjectives."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from relations.foreign_names import apart, foreign_names_in, words_of
from relations.models import Actor, Country
from relations.names import folded, named_in, names_of
from relations.prepared import prepared
from relations.search.adjectives import adjectives_in, known_states
from relations.search.days import Days
from relations.search.earlier import of_years, standing_before
from relations.search.sought import looked_for

NAMED = "\0"  # where a name stood in a query
CODE = 3  # letters of the code of a country
COUNTRY, ACTOR = "countries", "actors"
ABSENT = "absent"  # a country that no published record names
Thing = tuple[str, str]  # whether it is a country or an actor, and its key


@dataclass
class Named:
    """What a query names, and its words without these names, each of which leaves a mark."""

    words: str
    things: dict[Thing, str] = field(default_factory=dict)  # each with what it is called
    without: dict[str, str] = field(default_factory=dict)  # the keys of those that are excluded, and their names
    alike: dict[str, list[str]] = field(default_factory=dict)  # names and adjectives of several, and their keys
    foreign: dict[str, str] = field(default_factory=dict)  # names in other languages, and how they were read
    absent: dict[str, list[str]] = field(default_factory=dict)  # states that no record names, and those before them

    def of_kind(self, kind: str) -> dict[str, str]:
        """The countries or the actors, by key."""
        return {key: name for (of, key), name in self.things.items() if of == kind}

    def has(self, name: str) -> bool:
        """Whether a name, or an adjective, stands among the words."""
        return without_name(self.words, name)[1] > 0

    def take(self, name: str, of: dict[Thing, str]) -> None:
        """Takes a name, or an adjective, of some things out of the words; of several it stands for any of them."""
        self.words, _ = without_name(self.words, name)
        if not self.things.keys() & of.keys():
            self.things |= of
            if len(of) > 1:
                self.alike[name] = [key for _, key in of]

    def exclude(self, name: str, of: dict[Thing, str]) -> None:
        """Takes a name after a minus sign out of the words."""
        self.words, excluded = without_name(self.words, name, sign="-")
        if excluded:
            self.without |= {key: called for (_, key), called in of.items()}


def read_names(query: str, days: Days | None, *, actors: bool) -> Named:
    """Reads the names of public countries (and actors) out of a query, the longest first; quoted words stay words.

    A name in another language is one where nothing here has it for its own. What is said of several stands for any of
    them. A state that no record names stands for the public ones before it, in the days of the query if it has any.
    A name that is a common word as well, as the codes ARE and CAN are, is read as one only in capitals.
    """
    (spelling,) = folded([query])
    adjectives, foreign = adjectives_in(query), foreign_names_in(query, apart(spelling))
    spoken_of = {code for codes in (*adjectives.values(), *(name.codes for name in foreign.values())) for code in codes}
    rows = sorted(row for row in names_meant(query, [*spoken_of], actors=actors) if is_told(*row[1:3]))
    called = {(kind, key): thing for _, kind, key, thing in rows}
    stands_for = standing_for(called, query, days)
    known: dict[str, dict[Thing, str]] = {}
    for name, kind, key, _ in rows:
        if of := stands_for[kind, key]:
            known.setdefault(name, {}).update(of)
    own = {words_of(name) for name in known}
    for words, name in foreign.items():
        if words not in own and (of := of_codes(name.codes, stands_for)):
            known[words] = of
    named = Named(apart(spelling, known.keys() - foreign.keys()) if known else query)
    for name in sorted(known, key=lambda name: (-len(name), name)):
        named.exclude(name, known[name])
        if named.has(name) and not is_common(name, query):
            named.take(name, known[name])
            if words_of(name) not in own:
                named.foreign[foreign[name].as_in(query)] = " or ".join(known[name].values())
    for adjective, codes in adjectives.items():
        if named.has(adjective) and (of := of_codes(codes, stands_for)):
            named.take(adjective, of)
    named.absent = {
        called[thing]: [*of.values()]
        for thing, of in stands_for.items()
        if thing not in of and of and of.items() <= named.things.items()
    }
    named.without = {
        key: name for key, name in named.without.items() if key not in {taken for _, taken in named.things}
    }
    return named


@prepared
def names_meant(query: Any, codes: Any, *, actors: bool) -> QuerySet:
    """A row per name of the countries (and public actors) that a query may name, and of countries of some codes."""
    rows, *others = (
        names_of(named_in(countries, query, codes), kind, "code", "code", "name", "official_name")
        for kind, countries in ((COUNTRY, Country.objects.public()), (ABSENT, Country.objects.absent()))
    )
    if actors:
        others.append(names_of(named_in(Actor.objects.public(), query), ACTOR, "slug", "slug", "name"))
    return rows.union(*others, all=True)


def is_told(kind: str, key: str) -> bool:
    """Whether anybody may know of it: a country that only drafts name, or nothing, is told if everybody knows it."""
    return kind != ABSENT or key in known_states()


def standing_for(called: dict[Thing, str], query: str, days: Days | None) -> dict[Thing, dict[Thing, str]]:
    """What each of some things stands for in a query, by name: itself; an absent country for the states before it."""
    first, last = (days.first, days.last) if days else of_years(re.findall(r"\d+", query))
    before = standing_before([key for kind, key in called if kind == ABSENT], first, last)
    return {
        (kind, key): {(COUNTRY, code): state for code, state in before.get(key, {}).items()}
        if kind == ABSENT
        else {(kind, key): name}
        for (kind, key), name in called.items()
    }


def of_codes(codes: tuple[str, ...], stands_for: dict[Thing, dict[Thing, str]]) -> dict[Thing, str]:
    """What some countries stand for, by name: of those that records name, if they name any."""
    for kind in (COUNTRY, ABSENT):
        if found := [stands_for[kind, code] for code in codes if (kind, code) in stands_for]:
            return {thing: name for of in found for thing, name in of.items()}
    return {}


def is_common(code: str, query: str) -> bool:
    """Whether a code stands in a query as the common word that it is as well, and not in capitals."""
    return len(code) == CODE and code.upper() not in query.split() and not looked_for(code)[0]


def without_name(words: str, name: str, sign: str = "") -> tuple[str, int]:
    """The words without that name, and how often it stood there: whole, not in quotes, after a sign or else after none.

    Its own words may be joined by a hyphen or a space, here and there: Guinea-Bissau is Guinea Bissau.
    """
    parts = re.findall(r"\w+", name)
    if not parts or parts[0] not in words:
        return words, 0
    joined = rf"(?:-|[^-\w{NAMED}]+)".join(parts)
    before = rf"(?<!\S){sign}" if sign else r"(?<![\w-])"
    pattern, mark = re.compile(rf"{before}{joined}(?![\w-])"), " " if sign else f" {NAMED} "
    pieces = [
        pattern.subn(mark, piece) if place % 2 == 0 else (piece, 0) for place, piece in enumerate(words.split('"'))
    ]
    return '"'.join(piece for piece, _ in pieces), sum(hits for _, hits in pieces)
