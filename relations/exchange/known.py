"""The rows that cells name by their keys, and what is meant by a key that none has."""

import re
from collections import defaultdict
from typing import Any

from django.db import connection, models
from django.db.models import F

from relations.exchange.columns import RELATION_PATH
from relations.exchange.slips import LEAVE_EMPTY, NOTHING, CellError, did_you_mean, quoted
from relations.models import Actor, ArmsTransfer, Country, CountryCode, Event, Passage, Record, Relation, Source
from relations.search import names_of

ADD_COUNTRY = "; add the country first, or see the list of countries"


class Known:
    """The rows that cells name by their keys: records one by one, of which there may be a million, things at once."""

    NAMES: dict[type[models.Model], tuple[Any, str]] = {
        Country: (F("code"), "country code"),
        Actor: (F("slug"), "actor"),
        Source: (F("key"), "source"),
        Relation: (RELATION_PATH, "relation"),
        Event: (F("slug"), "event"),
        ArmsTransfer: (F("slug"), "arms transfer"),
    }

    def __init__(self) -> None:
        self.tables: dict[Any, dict[str, Any]] = {}

    def pk(self, model: type[models.Model], key: str) -> Any:
        """The primary key of the row with that key."""
        table = self.table(model, key)
        if key not in table:
            raise CellError(self.why_unknown(model, key))
        return table[key]

    def table(self, model: type[models.Model], key: str) -> dict[str, Any]:
        """The primary keys of the rows that may have that key."""
        wanted = {"slug": key} if issubclass(model, Record) else {}
        name = (model, *wanted.values())
        if name not in self.tables:
            rows = model._default_manager.filter(**wanted).values_list(self.NAMES[model][0], "pk")
            self.tables[name] = dict(rows)
        return self.tables[name]

    def why_unknown(self, model: type[models.Model], key: str) -> str:
        """That no row has this key, and what was perhaps meant; codes are never guessed by their letters."""
        hints: dict[Any, Any] = {Country: self.country_meant, Relation: self.relation_meant}
        hint = hints[model](key) if model in hints else did_you_mean(key, self.table(model, key))
        return f"{quoted(key)} is not a known {self.NAMES[model][1]}{hint}"

    def passage(self, source: str, ref: str) -> Any:
        """The primary key of a passage of a source."""
        if source not in self.tables:
            self.tables[source] = dict(Passage.objects.filter(source__key=source).values_list("ref", "pk"))
        refs = self.tables[source]
        if ref not in refs:
            section, sections = ref.partition(".")[0], {ref.partition(".")[0] for ref in refs}
            meant = "" if section in sections else did_you_mean(section, sections)
            raise CellError(f"{quoted(ref)} is not a known passage of {source}{meant}")
        return refs[ref]

    def relation_meant(self, key: str) -> str:
        """How the pair is written, or which of its sides is no country."""
        sides = re.split(r"[^\w]+", key)
        if len(sides) != 2:
            return "; a relation is written as EGY-PRK"
        if unknown := next((side for side in sides if side not in self.table(Country, side)), ""):
            return f"; {self.why_unknown(Country, unknown)}"
        pair = "-".join(sorted(sides))
        return f"; it is written {pair}" if pair in self.table(Relation, pair) else "; add the relation first"

    def country_meant(self, key: str) -> str:
        """The countries that have it for a name, or for a code in another scheme."""
        if key.upper() in self.table(Country, key):
            return f"; codes are in capital letters: use {key.upper()}"
        if "names" not in self.tables:
            self.tables |= {"names": country_names(), "codes": country_codes()}
        with connection.cursor() as cursor:
            cursor.execute("SELECT public.fold(%s)", [key])
            (folded,) = cursor.fetchone()
        meant: dict[str, list[str]] = defaultdict(list)
        for table, spelling in (("names", folded), ("codes", key.casefold())):
            for code, words in self.tables[table].get(spelling, {}).items():
                meant[code].append(words)
        if not meant:
            return f"; it {LEAVE_EMPTY}" if key in NOTHING else ADD_COUNTRY
        words = " and ".join(words for code in sorted(meant) for words in meant[code])
        return f"; it is {words}: use {' or '.join(sorted(meant))}"


def country_names() -> dict[str, dict[str, str]]:
    """What is said of every spelling, without accents and case, of the names of countries."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for spelling, _, code, name, _ in names_of(Country.objects.all(), "", "", "code", "name", "official_name"):
        if spelling:
            found[spelling][code] = f"a name of {name}"
    return found


def country_codes() -> dict[str, dict[str, str]]:
    """What is said of every code of other schemes: "a code of Egypt (cow 1855–1882, cow 1937–)"."""
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
