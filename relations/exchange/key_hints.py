"""Suggests what was meant by a key that no row has."""

import re
from collections import defaultdict
from typing import Any

from django.db.models import F

from relations import names
from relations.exchange.cell_errors import LEAVE_EMPTY, NOTHING, did_you_mean, quoted
from relations.exchange.columns import RELATION_PATH
from relations.exchange.rows import Key, Model, in_words
from relations.foreign_names import countries_spelt
from relations.models import (
    Actor,
    ArmsTransfer,
    Country,
    CountryCode,
    Event,
    Mission,
    Passage,
    Record,
    Relation,
    Source,
)

ADD_COUNTRY = "; add the country first, or see the list of countries"


class KeyHints:
    """Suggestions for unknown keys. For records there are none, because there may be millions of them."""

    NAMES: dict[Model, tuple[Any, str]] = {
        Country: (F("code"), "country code"),
        Actor: (F("slug"), "actor"),
        Source: (F("key"), "source"),
        Relation: (RELATION_PATH, "relation"),
        Event: (F("slug"), "event"),
        ArmsTransfer: (F("slug"), "arms transfer"),
        Mission: (F("slug"), "mission"),
    }

    def __init__(self) -> None:
        self.tables: dict[Any, Any] = {}

    def why_unknown(self, model: Model, key: Key) -> str:
        """The message that no row has this natural key, with a suggestion; codes are not compared letter by letter."""
        if model is Passage:
            source, ref = key
            return f"{quoted(ref)} is not a known passage of {source}{self.passage_meant(source, ref)}"
        if model not in self.NAMES:
            return f"there is no {in_words(model, key)}"
        text = "-".join(filter(None, key))
        hints: dict[Any, Any] = {Country: self.country_meant, Relation: self.relation_meant}
        hint = hints[model](text) if model in hints else did_you_mean(text, self.table(model))
        return f"{quoted(text)} is not a known {self.NAMES[model][1]}{hint}"

    def table(self, model: Model) -> set[str]:
        """The keys of all rows of a thing, as they are written in cells; an empty set for records."""
        if model not in self.tables:
            rows = (
                () if issubclass(model, Record) else model._default_manager.values_list(self.NAMES[model][0], flat=True)
            )
            self.tables[model] = set(rows)
        return self.tables[model]

    def passage_meant(self, source: str, ref: str) -> str:
        """A similar section, if the source has no passage in the section of this ref."""
        if source not in self.tables:
            refs = Passage.objects.filter(source__key=source).values_list("ref", flat=True)
            self.tables[source] = {ref.partition(".")[0] for ref in refs}
        section = ref.partition(".")[0]
        return "" if section in self.tables[source] else did_you_mean(section, self.tables[source])

    def relation_meant(self, key: str) -> str:
        """The correct spelling of a dyad, or which of its sides is not a country."""
        sides = re.split(r"[^\w]+", key)
        if len(sides) != 2:
            return "; a relation is written as EGY-PRK"
        if unknown := next((side for side in sides if side not in self.table(Country)), ""):
            return f"; {self.why_unknown(Country, (unknown,))}"
        pair = "-".join(sorted(sides))
        return f"; it is written {pair}" if pair in self.table(Relation) else "; add the relation first"

    def country_meant(self, key: str) -> str:
        """The countries that have the key as a name, in any language, or as a code of another scheme."""
        if key.upper() in self.table(Country):
            return f"; codes are in capital letters: use {key.upper()}"
        if "names" not in self.tables:
            self.tables |= {"names": country_names(), "codes": country_codes()}
        (folded,) = names.folded([key])
        meant: dict[str, list[str]] = defaultdict(list)
        for table, spelling in (("names", folded), ("codes", key.casefold())):
            for code, words in self.tables[table].get(spelling, {}).items():
                meant[code].append(words)
        abroad = [] if meant else Country.objects.filter(code__in=countries_spelt(folded)).values_list("code", "name")
        for code, name in abroad:
            meant[code].append(f"a name of {name} in another language")
        if not meant:
            return f"; it {LEAVE_EMPTY}" if key in NOTHING else ADD_COUNTRY
        words = " and ".join(words for code in sorted(meant) for words in meant[code])
        return f"; it is {words}: use {' or '.join(sorted(meant))}"


def country_names() -> dict[str, dict[str, str]]:
    """For each folded spelling of a country's names: its code, and the words for it in a message."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for spelling, _, code, name in names.names_of(Country.objects.all(), "", "code", "name", "official_name"):
        if spelling:
            found[spelling][code] = f"a name of {name}"
    return found


def country_codes() -> dict[str, dict[str, str]]:
    """For each code of other schemes: our code, and a message such as "a code of Egypt (cow 1855–1882, cow 1937–)"."""
    listed: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    codes = CountryCode.objects.order_by("scheme", F("valid_from").asc(nulls_first=True))
    for code, name, value, scheme, first, last in codes.values_list(
        "country", "country__name", "value", "scheme", "valid_from", "valid_until"
    ):
        years = f"{first or ''}–{last or ''}" if first or last else ""
        listed[value.casefold(), code, name].append(f"{scheme} {years}".strip())
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for (value, code, name), schemes in listed.items():
        found[value][code] = f"a code of {name} ({', '.join(schemes)})"
    return found
