"""Finds countries by any code, name or alias as of a day, and actors by their names, for foreign tables."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F

from relations.dates import FuzzyDate
from relations.exchange.cell_errors import CellError, none_of, quoted
from relations.foreign_names import countries_spelt
from relations.models import Actor, Country, CountryCode, Lifespan
from relations.models.country import may_have_existed, predecessors
from relations.models.vocabularies import CodeScheme
from relations.names import folded, names_of

NAMES = "(names)"  # refers to the option of a recipe in which a profile says who is meant
WHO_IS_MEANT = f"say in the profile who is meant {NAMES}"
WHOSE_CODE = "say whose code it is (scheme), as in “a country, by its code of cow”"
ADD_IT = f"add it first, or {WHO_IS_MEANT}"
SPECIAL = re.compile(r'[\\;|#@:"]')
OWN = "register"  # the scheme of our own country codes


class UnclearError(CellError):
    """A name that matches nothing, or several things; `countries` and `actors` are the candidates."""

    def __init__(self, reason: str, countries: Iterable[str] = (), actors: Iterable[str] = ()) -> None:
        super().__init__(reason)
        self.countries, self.actors = [*dict.fromkeys(countries)], [*actors]


Years = tuple[int | None, int | None]


def escaped(text: str) -> str:
    """A text escaped for a cell of parts."""
    return SPECIAL.sub(r"\\\g<0>", text)


class Parties:
    """All countries and actors of the register with their names and codes, loaded once."""

    def __init__(self) -> None:
        self.names: dict[str, str] = dict(Country.objects.values_list("code", "name"))
        self.codes: dict[tuple[str, str], list[tuple[str, Years]]] = defaultdict(list)
        for code in self.names:
            self.codes[OWN, code].append((code, (None, None)))
        rows = CountryCode.objects.values_list("scheme", "value", "country", "valid_from", "valid_until")
        for scheme, value, code, first, last in rows.order_by("country", F("valid_from").asc(nulls_first=True)):
            self.codes[scheme, value].append((code, (first, last)))
        self.lifespans = Lifespan.objects.spans()
        self.predecessors = predecessors()
        self.spelt = spellings(Country.objects.all(), "code", "name", "official_name")
        self.actors = spellings(Actor.objects.all(), "slug", "name")
        self.folded: dict[str, str] = {}
        self.cache: dict[tuple[Any, ...], str] = {}

    def check_scheme(self, scheme: str, where: str) -> None:
        """Raises ValueError if the coding scheme is unknown. `where` is its place in the profile."""
        if scheme and scheme not in (OWN, *CodeScheme.values):
            raise ValueError(f"{where}: {none_of(scheme, [OWN, *CodeScheme.values])}.")

    def country(self, text: str, scheme: str, on: str, alone: bool = False) -> str:
        """The code of the country that a text means on a day: its code in the scheme or, without one, any code or name.

        Of several matches, the one that existed on that day is taken. With `alone`, a code that several countries have
        had gives an empty string. Raises UnclearError if no country, or more than one, is meant.
        """
        key = (text, scheme, on, alone)
        if key not in self.cache:
            self.cache[key] = self.find_country(text, scheme, on, alone)
        return self.cache[key]

    def find_country(self, text: str, scheme: str, on: str, alone: bool) -> str:
        if text.isdigit() and not scheme:
            raise CellError(f"{quoted(text)} is a number, which is a code of other countries elsewhere; {WHOSE_CODE}")
        found = self.by_code(text, scheme)
        valid = [code for code, years in found if overlap(years, on)]
        if found and not valid:
            spans: dict[str, list[str]] = defaultdict(list)
            for code, years in found:
                spans[code].append(years_in_words(years))
            meant = "; ".join(f"{self.names[code]}, {', '.join(each)}" for code, each in spans.items())
            raise UnclearError(f"{quoted(text)} is nobody's code in {on}: it is of {meant}", spans)
        codes = list(dict.fromkeys(valid))
        if not scheme and not codes:
            codes = self.spelt.get(self.fold(text), [])
        if alone and len({code for code, _ in found}) > 1:
            return ""
        if len(codes) > 1:
            codes = [code for code in codes if self.existed(code, on)] or codes
        if len(codes) == 1:
            if not valid and (why := self.why_not(codes[0], on)):
                reason = f"{quoted(text)} is {self.names_and_codes(codes)}, which {why}; {WHO_IS_MEANT}"
                raise UnclearError(reason, [*codes, *self.related(codes[0], on)])
            return codes[0]
        if codes:
            raise UnclearError(
                f"{quoted(text)} may mean {self.names_and_codes(codes)}; say in the profile which {NAMES}", codes
            )
        known = f" of the scheme {scheme}" if scheme else ", name or alias of a country"
        abroad = [code for code in countries_spelt(self.fold(text)) if code in self.names and not scheme]
        meant = f"; in another language it is {self.names_and_codes(abroad)}" if abroad else ""
        raise UnclearError(f"{quoted(text)} is no code{known}{meant}; {ADD_IT}", abroad)

    def is_own(self, code: str) -> bool:
        """Whether it is the code of a country in the register."""
        return (OWN, code) in self.codes

    def related(self, code: str, on: str) -> list[str]:
        """The direct predecessors and successors of a state that existed on a day."""
        after = [each for each, before in self.predecessors.items() if code in before]
        return [each for each in (*self.predecessors[code], *after) if self.existed(each, on)]

    def one_of(self, codes: list[str], text: str, on: str) -> str:
        """The one of several countries that existed on a day; raises CellError if there is not exactly one."""
        found = [self.country(code, OWN, on) for code in codes]
        then = [code for code in found if self.existed(code, on)]
        if len(then) != 1:
            who = f"{self.names_and_codes(then)} did" if then else "none of them did"
            raise CellError(
                f"{quoted(text)} is to be who existed in {on or 'no year'} of {self.names_and_codes(found)}; {who}"
            )
        return then[0]

    def by_code(self, text: str, scheme: str) -> list[tuple[str, Years]]:
        """The countries with that code in a scheme; without one, in the first scheme that has it, ours first."""
        if scheme:
            return self.codes.get((scheme, text), [])
        schemes = (OWN, *CodeScheme.values)
        return next((found for name in schemes if (found := self.codes.get((name, text)))), [])

    def party(self, text: str, scheme: str, on: str) -> str:
        """A country or an actor, in the syntax of cells of parts."""
        try:
            return self.country(text, scheme, on)
        except CellError:
            if actor := self.actor(text):
                return f"actor/{actor}"
            raise

    def actor_named(self, slug: str) -> str:
        """An actor by its slug, in the syntax of cells of parts; raises CellError if there is none."""
        if all(slug not in slugs for slugs in self.actors.values()):
            raise CellError(f"{quoted(slug)} is the slug of no actor")
        return f"actor/{slug}"

    def actor_or_unnamed(self, text: str) -> str:
        """An actor of that name or, if the register has none, the name as an unnamed party."""
        actor = self.actor(text)
        return f"actor/{actor}" if actor else self.unnamed(text)

    def actor(self, text: str) -> str:
        """The slug of the actor of that name, with or without a suffix in brackets; empty if there is none.

        Raises UnclearError if there are several.
        """
        for name in dict.fromkeys((text, re.sub(r"\s*\([^()]*\)$", "", text))):
            slugs = self.actors.get(self.fold(name), [])
            if len(slugs) > 1:
                reason = f"{quoted(text)} may mean the actors {', '.join(slugs)}; say in the profile which {NAMES}"
                raise UnclearError(reason, actors=slugs)
            if slugs:
                return slugs[0]
        return ""

    def unnamed(self, words: str) -> str:
        """An unnamed party, in the syntax of cells of parts; a leading number is escaped, so that it is not a count."""
        return f'"{re.sub("^(?=[0-9])", chr(92) * 2, escaped(words))}"'

    def existed(self, code: str, on: str) -> bool:
        """Whether a country may have existed on a day: true without lifespans, else false if no day is given."""
        day = FuzzyDate(on) if on else None
        spans = self.lifespans.get(code, [])
        if day is None or not spans:
            return not spans
        return may_have_existed(spans, day.earliest, day.latest)

    def why_not(self, code: str, on: str) -> str:
        """Why a country cannot be meant on a day: it had ended, or its predecessors existed. Empty if it can."""
        if not on or self.existed(code, on):
            return ""
        day = FuzzyDate(on).earliest
        if day and all(ended and ended < day for _, ended in self.lifespans[code]):
            return f"had ended before {on}"
        before = [each for each in self.predecessors[code] if self.lifespans.get(each) and self.existed(each, on)]
        return f"did not exist in {on}, when {self.names_and_codes(before)} did" if before else ""

    def names_and_codes(self, codes: Iterable[str]) -> str:
        """Countries for messages: “Egypt (EGY) and Iran (IRN)”."""
        return " and ".join(f"{self.names[code]} ({code})" for code in dict.fromkeys(codes))

    def fold(self, text: str) -> str:
        """A name folded for comparison; cached."""
        if text not in self.folded:
            (self.folded[text],) = folded([text])
        return self.folded[text]


def spellings(things: Any, key: str, *columns: str) -> dict[str, list[str]]:
    """The keys of rows by every folded spelling of their names."""
    found: dict[str, list[str]] = defaultdict(list)
    for spelling, _, of, _ in names_of(things, "", key, *columns):
        if spelling and of not in found[spelling]:
            found[spelling].append(of)
    return found


def overlap(years: Years, on: str) -> bool:
    """Whether a day may lie in the years of a code; true without a day."""
    if not on:
        return True
    day, (first, last) = FuzzyDate(on), years
    begun = first is None or day.latest is None or day.latest.year >= first
    return begun and (last is None or day.earliest is None or day.earliest.year <= last)


def years_in_words(years: Years) -> str:
    """The years of a code as text: 1955–1990, or always."""
    first, last = years
    return f"{first or ''}–{last or ''}" if first or last else "always"
