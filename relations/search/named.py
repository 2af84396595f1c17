"""Finds the countries and actors that a query names, by their names, in other languages, and by adjectives."""

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
from relations.search.earlier import range_of_years, standing_before
from relations.search.sought import split_words

NAMED = "\0"  # replaces a name in the words of a query
CODE = 3  # letters in the code of a country
COUNTRY, ACTOR = "countries", "actors"
ABSENT = "absent"  # a country that no published record names
Thing = tuple[str, str]  # COUNTRY, ACTOR or ABSENT, and the key


@dataclass
class Named:
    """The things that a query names, and its words with each name replaced by NAMED."""

    words: str
    things: dict[Thing, str] = field(default_factory=dict)  # with their names
    excluded: dict[str, str] = field(default_factory=dict)  # names by key of the things after a minus sign
    ambiguous: dict[str, list[str]] = field(default_factory=dict)  # names and adjectives of several things: their keys
    foreign: dict[str, str] = field(default_factory=dict)  # names in other languages, and how they were read
    absent: dict[str, list[str]] = field(default_factory=dict)  # states that no record names, and their predecessors

    def of_kind(self, kind: str) -> dict[str, str]:
        """The names of the countries or of the actors, by key."""
        return {key: name for (of, key), name in self.things.items() if of == kind}

    def has(self, name: str) -> bool:
        """Whether a name or adjective occurs in the words."""
        return remove_name(self.words, name)[1] > 0

    def take(self, name: str, of: dict[Thing, str]) -> None:
        """Takes a name or adjective out of the words and adds its things; if there are several, it is ambiguous."""
        self.words, _ = remove_name(self.words, name)
        if not self.things.keys() & of.keys():
            self.things |= of
            if len(of) > 1:
                self.ambiguous[name] = [key for _, key in of]

    def exclude(self, name: str, of: dict[Thing, str]) -> None:
        """Takes a name after a minus sign out of the words and adds its things to `excluded`."""
        self.words, excluded = remove_name(self.words, name, sign="-")
        if excluded:
            self.excluded |= {key: called for (_, key), called in of.items()}


def read_names(query: str, days: Days | None, *, actors: bool) -> Named:
    """Finds the names of public countries (and actors) in a query, longest first; quoted words stay words.

    A name in another language counts only if it is not the name of something else in the register. A name of several
    things stands for any of them. A state that no public record names stands for its public predecessors, in the days
    of the query if it has any. A code that is also a stop word, such as ARE or CAN, counts only in capitals.
    """
    (spelling,) = folded([query])
    adjectives, foreign = adjectives_in(query), foreign_names_in(query, apart(spelling))
    codes_meant = {
        code for codes in (*adjectives.values(), *(each.codes for each in foreign.values())) for code in codes
    }
    rows = sorted(row for row in names_meant(query, [*codes_meant], actors=actors) if may_be_shown(*row[1:3]))
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
        if named.has(name) and not is_stop_word(name, query):
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
    named.excluded = {
        key: name for key, name in named.excluded.items() if key not in {taken for _, taken in named.things}
    }
    return named


@prepared
def names_meant(query: Any, codes: Any, *, actors: bool) -> QuerySet:
    """A row of name, kind, key and title for each name that the query may contain, and of the countries with codes."""
    rows, *others = (
        names_of(named_in(countries, query, codes), kind, "code", "code", "name", "official_name")
        for kind, countries in ((COUNTRY, Country.objects.public()), (ABSENT, Country.objects.absent()))
    )
    if actors:
        others.append(names_of(named_in(Actor.objects.public(), query), ACTOR, "slug", "slug", "name"))
    return rows.union(*others, all=True)


def may_be_shown(kind: str, key: str) -> bool:
    """Whether a visitor may learn that it exists: a country without public records only if it is commonly known."""
    return kind != ABSENT or key in known_states()


def standing_for(called: dict[Thing, str], query: str, days: Days | None) -> dict[Thing, dict[Thing, str]]:
    """What each thing stands for, with names: itself, or for an absent country its public predecessors."""
    first, last = (days.first, days.last) if days else range_of_years(re.findall(r"\d+", query))
    before = standing_before([key for kind, key in called if kind == ABSENT], first, last)
    return {
        (kind, key): {(COUNTRY, code): state for code, state in before.get(key, {}).items()}
        if kind == ABSENT
        else {(kind, key): name}
        for (kind, key), name in called.items()
    }


def of_codes(codes: tuple[str, ...], stands_for: dict[Thing, dict[Thing, str]]) -> dict[Thing, str]:
    """What the countries with these codes stand for; absent ones count only if none of them is public."""
    for kind in (COUNTRY, ABSENT):
        if found := [stands_for[kind, code] for code in codes if (kind, code) in stands_for]:
            return {thing: name for of in found for thing, name in of.items()}
    return {}


def is_stop_word(code: str, query: str) -> bool:
    """Whether a code is also a stop word and is not in capitals in the query."""
    return len(code) == CODE and code.upper() not in query.split() and not split_words(code)[0]


def remove_name(words: str, name: str, sign: str = "") -> tuple[str, int]:
    """The words without a name, and how often it occurred: whole, not in quotes, after `sign` if given, else without.

    A hyphen in a name may be a space in the query and the other way round: Guinea-Bissau is Guinea Bissau.
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
