"""Parses the cells of an import strictly; raises CellError with the reason if a text is invalid."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import models

from relations.exchange.cell_errors import CellError, check_is_something, none_of, quoted
from relations.exchange.closed_lists import list_of, list_of_fields, list_of_terms
from relations.exchange.column import Column
from relations.exchange.parts import NUMBERED, ONE_SIDED, OPTIONS
from relations.exchange.readers import READERS, absent, boolean, code, fuzzy_date, number, numbering, whole_number
from relations.exchange.rows import Key, Model
from relations.fields import TidyText
from relations.models import (
    Actor,
    Citation,
    Country,
    CountryCode,
    DealParty,
    EventFigure,
    Lifespan,
    Participation,
    Relation,
    Source,
    Succession,
)
from relations.models.keyed import Part
from relations.models.vocabularies import CodeScheme, DealRole, Measure, Missing, Qualifier, Role, Stance, Vocabulary
from relations.text import line

PIECE = r"(?:\\.|[^\\])"  # a character, or an escaped one with its backslash
IN_ITS_PLACE = f"write why in its place: {', '.join(Missing.values)}"
# By separator: matches it, or an escaped character.
SEPARATORS = {mark: re.compile(rf"\\.|({re.escape(mark)})", re.DOTALL) for mark in ";|#@:=/"}
MISSING, QUALIFIERS = frozenset(Missing.values), frozenset(Qualifier.values)
TRIMMED = re.compile(rf"[ \t\r\n]*({PIECE}*?)[ \t\r\n]*", re.DOTALL)


def read_cell(model: Model, column: Column, text: str) -> Any:
    """The value of a cell for the field, or the parts, that its column writes; a foreign key is a natural key."""
    if column.writes in PART_READERS:
        return read_parts(model, column.writes, text)
    field: Any = model._meta.get_field(column.writes)
    if isinstance(field, ArrayField):
        return [unescaped(piece) for piece in pieces_of(text, ";")]
    if column.kind == "key":
        return key_in_cell(field.related_model, text) if text else None
    if column.kind == "term":
        return list_of(field).read(text)
    if column.kind == "number":
        read = whole_number if isinstance(field, models.IntegerField) else partial(number, absent=absent(column))
        return read(text) if text else None
    if isinstance(field, TidyText):
        text = type(field).tidy(text)
    check_is_something(text)
    return READERS[column.kind](text)


def key_in_cell(model: Model, text: str) -> Key:
    """The natural key in a cell. Whether the row exists is checked later, for a whole file at once."""
    return tuple(text.partition("-")[::2]) if model is Relation else (text,)


# Parts in one cell; parts.py describes the syntax


def without_margins(text: str) -> str:
    """The text without white space at its ends, except where it is escaped."""
    match = TRIMMED.fullmatch(text)
    if match is None:
        raise CellError("ends with a backslash that frees nothing")
    return match[1]


def pieces_of(text: str, separator: str, at_most: int = 0) -> list[str]:
    """The pieces between separators that are not escaped, trimmed; an empty list for an empty text."""
    separators = SEPARATORS[separator]
    places = [match.span() for match in separators.finditer(text) if match[1]]
    if at_most:
        places = places[:at_most]
    bounds = [0, *(edge for place in places for edge in place), len(text)]
    found = [without_margins(text[first:last]) for first, last in zip(bounds[::2], bounds[1::2], strict=True)]
    return found if any(found) else []


def unescaped(text: str) -> str:
    """The text without backslashes before escaped characters, on one line."""
    return line(re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL))


def split_once(text: str, separator: str, syntax: str) -> tuple[str, str]:
    """The two sides of the first separator; raises CellError if there is none. `syntax` is for the message."""
    sides = pieces_of(text, separator, at_most=1)
    if len(sides) != 2:
        raise CellError(f"{quoted(text)} is not of the form {syntax}")
    return sides[0], sides[1]


def term_of(text: str, vocabulary: type[Vocabulary], what: str) -> str:
    """A term of a closed list, which may not be empty."""
    if not text:
        raise CellError(f"a {what} is missing")
    return list_of_terms(vocabulary).read(text)


def participant(text: str, _: Any) -> dict[str, Any]:
    """A party of an event and its role: PRK:actor, actor/orascom:host or "16 other Arab states":addressee."""
    party, role = split_once(text, ":", "party:role")
    if not party:
        raise CellError("a party is missing")
    values: dict[str, Any] = {"country": None, "actor": None, "named_as": "", "count": None}
    if unnamed := re.fullmatch(rf'"(?:({NUMBERED}) )?({PIECE}*)"', party, re.DOTALL):
        count, words = unnamed.groups()
        values |= {"named_as": unescaped(words), "count": count_of(count) if count else None}
    elif party.startswith("actor/"):
        values["actor"] = key_in_cell(Actor, party.removeprefix("actor/"))
    else:
        values["country"] = key_in_cell(Country, party)
    return {"role": term_of(role, Role, "role"), **values}


def deal_party(text: str, _: Any) -> dict[str, Any]:
    """A party of a deal and its role: actor/anwar-sadat:approved."""
    party, role = split_once(text, ":", "actor/slug:role")
    if not party.startswith("actor/"):
        raise CellError(f"{quoted(party)} is not of the form actor/slug; who supplies and receives has its own columns")
    return {"role": term_of(role, DealRole, "role"), "actor": key_in_cell(Actor, party.removeprefix("actor/"))}


def count_of(text: str) -> int:
    """How many unnamed parties there were."""
    try:
        return whole_number(text)
    except CellError as error:
        raise CellError(f"{error}; a backslash before it makes it a part of the name") from None


def event_figure(text: str, _: Any) -> dict[str, Any]:
    """persons=20 of pilots, money=about 26000000 USD, items=uncounted rockets."""
    measure, rest = split_once(text, "=", "measure=number")
    found: Any = re.fullmatch(rf"({PIECE}*?)(?: of ({PIECE}*))?", rest, re.DOTALL)
    amount, of = found.groups(default="")
    words = amount.split(" ", 1)
    values: dict[str, Any] = {"figure_low": None, "figure_high": None, "figure_qualifier": "", "figure_missing": ""}
    if words[0] in MISSING:
        values["figure_missing"] = words[0]
    else:
        qualifier = Qualifier.EXACT.value
        if words[0] in QUALIFIERS:
            qualifier, words = words[0], words[1].split(" ", 1) if len(words) > 1 else [""]
        low, dots, high = words[0].partition("..")
        one_side = ONE_SIDED.get(Qualifier(qualifier))
        if one_side and dots:
            raise CellError(f"{quoted(text)}: {qualifier} takes one number")
        values["figure_low"] = number(low, IN_ITS_PLACE) if one_side != "high" else None
        values["figure_high"] = number(high if dots else low, IN_ITS_PLACE) if one_side != "low" else None
        values["figure_qualifier"] = qualifier
        if len(words) > 1 and re.match("[0-9]", words[1]):
            raise CellError(
                f"{quoted(text)}: a unit does not begin with a digit; write thousands without a space,"
                " or a backslash before the unit"
            )
    unit = unescaped(without_margins(words[1])) if len(words) > 1 else ""
    return {"measure": term_of(measure, Measure, "measure"), "of": unescaped(of), "figure_unit": unit, **values}


def citation(text: str, model: Model) -> dict[str, Any]:
    """source#passage or source@locator, then what it says of the record: |field= |stance= |value= …"""
    place, *options = pieces_of(text, "|") or [""]
    values: dict[str, Any] = {"passage": None, "locator": "", "stance": Stance.SUPPORTS.value}
    values |= {column: "" for key, column in OPTIONS.items() if key != "stance"}
    if len(pieces_of(place, "#")) == 2:
        source, ref = pieces_of(place, "#")
        values |= {"source": key_in_cell(Source, source), "passage": (source, ref)}
    else:
        source, locator = split_once(place, "@", "source#passage or source@locator")
        check_is_something(unescaped(locator))
        values |= {"source": key_in_cell(Source, source), "locator": code(unescaped(locator))}
    seen = set()
    for option in options:
        key, value = split_once(option, "=", "key=value")
        if key not in OPTIONS:
            raise CellError(none_of(key, OPTIONS))
        if key in seen:
            raise CellError(f"{quoted(key)} stands twice in one citation")
        seen.add(key)
        values[OPTIONS[key]] = unescaped(value)
    list_of(Citation._meta.get_field("stance")).read(values["stance"])
    list_of(Citation._meta.get_field("modality")).read(values["modality"])
    list_of_fields(model).read(values["field"])
    values["attributed_on"] = fuzzy_date(values["attributed_on"])
    values["is_announcement"] = boolean(values["is_announcement"] or "false")
    return values


def lifespan(text: str, _: Any) -> dict[str, Any]:
    """1902-05-20/1906-09-25, 1909-01-23/.. for a living state, /1990 where the beginning is unknown."""
    first, last = split_once(text, "/", "first day/last day")
    return {"existed_from": fuzzy_date(first), "existed_until": fuzzy_date("" if last == ".." else last)}


def country_code(text: str, _: Any) -> dict[str, Any]:
    """A code of a scheme and its years: iso2=EG, cow=651@1937.., gw=680@1967..1990."""
    scheme, rest = split_once(text, "=", "scheme=code@first..last")
    value, *years = pieces_of(rest, "@")
    first, dots, last = (years or [".."])[0].partition("..")
    if len(years) > 1 or not dots:
        raise CellError(f"{quoted(text)} is not of the form scheme=code@first..last")
    return {
        "scheme": term_of(scheme, CodeScheme, "scheme"),
        "value": numbering(unescaped(value)),
        "valid_from": whole_number(first) if first else None,
        "valid_until": whole_number(last) if last else None,
    }


def successor(text: str, _: Any) -> dict[str, Any]:
    """The code of a country."""
    return {"successor": key_in_cell(Country, text)}


class PartReader(NamedTuple):
    """The model of a part, and the function that parses it from a piece of a cell."""

    model: type[Part]
    read: Callable[[str, Model], dict[str, Any]]

    @property
    def identity(self) -> tuple[str, ...]:
        """The fields that identify a part among those of its owner."""
        return tuple(name for name in self.model.natural_key_fields if name not in self.model.owner_fields)


# By `Column.writes`.
PART_READERS = {
    "participations": PartReader(Participation, participant),
    "deal_parties": PartReader(DealParty, deal_party),
    "figures": PartReader(EventFigure, event_figure),
    "citations": PartReader(Citation, citation),
    "lifespans": PartReader(Lifespan, lifespan),
    "codes": PartReader(CountryCode, country_code),
    "successors": PartReader(Succession, successor),
}


def read_parts(model: Model, name: str, text: str) -> list[dict[str, Any]]:
    """The parts in a cell, in any order."""
    reader = PART_READERS[name]
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for piece in pieces_of(text, ";"):
        if not piece:
            raise CellError("two separators with nothing between them")
        part = reader.read(piece, model)
        identity = tuple(part[column] for column in reader.identity)
        if identity in found:
            raise CellError(f"{quoted(piece)} stands there twice")
        found[identity] = part
    return list(found.values())
