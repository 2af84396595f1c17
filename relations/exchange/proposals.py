"""Proposes what the columns of a table without a profile become.

A column is matched by its name, to our names and to those that are common in the field; else by its values: dates, or
countries of the register. The user corrects the proposals.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from relations.exchange.cell_errors import CellError
from relations.exchange.column import Column
from relations.exchange.columns import COLUMNS, key_of
from relations.exchange.date_columns import A_PART, BEGINNING, END, READ_AS, end_of, sets_of_parts
from relations.exchange.parties import Parties, UnclearError
from relations.exchange.partings import MARKS, PARTINGS, pieces_at
from relations.exchange.profiles import MODELS, PARTIES
from relations.exchange.readings import (
    A_COUNTRY,
    A_PARTY,
    AS_IT_IS_NEEDED,
    AS_IT_STANDS,
    MOST,
    NOTHING,
    SCHEMES,
    TRIED,
    YEAR_LAST,
    date_of,
    is_in_words,
)
from relations.exchange.rows import Model
from relations.exchange.seen import Seen, SeenColumn
from relations.exchange.written_figures import FIGURES, style_of
from relations.models import Country, Event, RelationPeriod
from relations.models.figure import figures_of
from relations.models.tracks import TRACK_VALUES
from relations.models.vocabularies import CodeScheme, Role

FIRST_SIDE, SECOND_SIDE = SIDES = ("relation: first side", "relation: second side")
ESTIMATED = ": whether it is estimated"  # after a figure
PARTICIPANTS = "participants: "  # before a role
ONE, OTHER = ("participants: actor", "participants: recipient")
# Common names in other data sets for our columns, in lower case and without punctuation.
CALLED = {
    "happened_on": ("date", "day", "when", "year", "event date"),
    "began_on": ("start", "begin", "from", "since", "start date", "year", "date"),
    "ended_on": ("end", "until", "to", "end date"),
    "ordered_on": ("order date", "year of order", "ordered"),
    "delivered_on": ("delivery", "year of delivery", "delivered"),
    "opened_on": ("start", "opened", "from"),
    "closed_on": ("end", "closed", "until"),
    "title": ("headline", "name of event", "event name"),
    "summary": ("description", "text", "details"),
    "kind": ("type", "kind of event", "event type"),
    "note": ("remark", "remarks", "comment", "comments", "notes"),
    "place": ("location", "city"),
    "designation": ("weapon", "weapon designation", "model", "system"),
    "description": ("weapon description",),
    "supplier": ("seller", "exporter"),
    "recipient": ("buyer", "importer"),
    "sending": ("sender", "sending state"),
    "accredited_to": ("receiver", "receiving state"),
    "url": ("link", "web"),
    ONE: ("guest", "visitor", "initiator", "source", "actor", "actor 1", "country 1", "state 1", "side a"),
    OTHER: ("target", "partner", "actor 2", "country 2", "state 2", "side b", "recipient"),
    "participants: host": ("host", "host country"),
    FIRST_SIDE: ("country 1", "state 1", "country a", "state a", "side a", "ccode1"),
    SECOND_SIDE: ("country 2", "state 2", "country b", "state b", "side b", "ccode2"),
}
EXACTLY, NEAR = 1.0, 0.75  # similarity, as get_close_matches measures it
ABBREVIATIONS = re.compile("abb")  # abbreviations of COW are not our codes: AUS is Austria, and SLV is Slovenia


def targets(model: Model) -> dict[str, Column | None]:
    """The possible targets of a column by name, with our column; None for targets that fill several of our columns."""
    several = (*figures_of(model), *(PARTIES if "supplier" in {each.name for each in COLUMNS[model]} else ()))
    found: dict[str, Column | None] = dict.fromkeys(several)
    found |= dict.fromkeys(f"{name}{ESTIMATED}" for name in figures_of(model))
    for column in COLUMNS[model]:
        name = column.name
        is_part_of_one = any(name == each or name.startswith(f"{each}_") for each in several)
        is_given = name in ("citations", "state", "participants")
        if column.writes and column.only_for != "public" and not is_part_of_one and not is_given:
            found[name] = column
    if model is RelationPeriod:
        del found["relation"]
        found |= dict.fromkeys(SIDES)
    if model is Event:
        found |= {f"{PARTICIPANTS}{role}": None for role in Role.values}
    return found


def needed(model: Model) -> list[str]:
    """The targets that every row needs besides its key, from a column or as one value for all rows."""
    keys = {column.name for column in key_of(model)}
    found = []
    for name in targets(model):
        field = field_of(model, name)
        if field and name not in keys and not (field.blank or field.null or field.has_default()):
            found.append(name)
    return [*found, *(SIDES if model is RelationPeriod else ())]


def needed_to_publish(model: Model) -> list[str]:
    """The targets that may be empty in drafts, but not in published records."""
    rules = {each.name for each in model._meta.constraints}
    return [name for name in targets(model) if f"{model._meta.model_name}_{name}_when_published" in rules]


def field_of(model: Model, name: str) -> Any:
    """The model field of a target, or None."""
    return next((field for field in model._meta.concrete_fields if field.name == name), None)


def terms(model: Model, target: str, track: str = "") -> list[tuple[str, str]]:
    """The terms and labels of a target's closed list; an empty list if it has none.

    The values of periods are those of the track, or of all tracks if it is not given.
    """
    if model is RelationPeriod and target == "value":
        tracks = [each for each in TRACK_VALUES if not track or each == track]
        return [*{term.value: term.label for each in tracks for term in TRACK_VALUES[each]}.items()]
    column, field = targets(model).get(target), field_of(model, target)
    return [(value, str(label)) for value, label in (column and field and field.choices) or () if value]


def nearest_term(value: str, known: list[tuple[str, str]]) -> str:
    """The term that is most similar to a value of the table; empty if none is similar."""
    by_words = {words(label): term for term, label in known} | {words(term): term for term, _ in known}
    near = get_close_matches(words(value), by_words, 1, NEAR)
    inside = [term for name, term in by_words.items() if name in words(value).split()]
    return by_words[near[0]] if near else next(iter(inside), "")


def propose(seen: Seen, model: Model) -> None:
    """Sets the proposed target and reading of each column."""
    parties, free = Parties(), dict(targets(model))
    propose_dates_in_parts(seen, model, free)
    columns = [each for each in seen.columns if not ABBREVIATIONS.search(words(each.name))]
    for nearness in (EXACTLY, NEAR):  # exact names first, so that they are not taken by similar ones
        for column in columns:
            if not column.target:
                column.target = target_by_name(column.name, free, nearness)
                free.pop(column.target, None)
    for column in columns:
        if not column.target:
            column.target = target_by_values(column, model, free, parties)
            free.pop(column.target, None)
    for column in seen.columns:
        if column.reading not in A_PART:
            column.reading = reading_of(model, column) if column.target else AS_IT_IS_NEEDED
        column.parted = separator_of(column, parties)


def propose_dates_in_parts(seen: Seen, model: Model, free: dict[str, Any]) -> None:
    """Gives columns of years, months and days the date that they form together, or one end of it."""
    dates = [name for name in free if is_date(model, name)]
    sets = sets_of_parts((words(each.name), each) for each in seen.columns)
    if not dates:
        return
    by_end = {end_of(before): parts for before, parts in sets.items()}
    is_span = {BEGINNING, END} <= by_end.keys() and len(dates) == 1
    for end, parts in by_end.items():
        target = dates[1] if end == END and len(dates) == 2 else dates[0]
        if target in free or is_span:
            free.pop(target, None)
            for part, column in parts.items():
                column.target, column.reading = target, READ_AS[end if is_span else "", part]


def separator_of(column: SeenColumn, parties: Parties) -> str:
    """The separator of several countries in the cells of a column of participants; empty if each cell has one."""
    if not column.target.startswith(PARTICIPANTS):
        return ""
    values = [value for value in column.values if not is_country(value, parties)][:TRIED]
    for mark in PARTINGS:
        parted = [value for value in values if any(each in value for each in MARKS[mark])]
        pieces = [piece for value in parted for piece in pieces_at(mark, value)]
        if pieces and sum(is_country(piece, parties) for piece in pieces) >= MOST * len(pieces):
            return mark
    return ""


def target_by_name(name: str, free: Iterable[str], nearness: float) -> str:
    """The target whose name is most similar to that of a column; empty if none is."""
    by_words: dict[str, str] = {}
    for target in free:
        for each in (words(target), *CALLED.get(target, ())):
            by_words.setdefault(each, target)
    near = get_close_matches(words(name), by_words, 1, nearness)
    return by_words[near[0]] if near else ""


def target_by_values(column: SeenColumn, model: Model, free: Iterable[str], parties: Parties) -> str:
    """The target that fits the values of a column, a date or a party, among those that are free; else empty."""
    values = [value for value in column.values if value.casefold() not in NOTHING][:TRIED]
    has_marks = [value for value in values if YEAR_LAST.fullmatch(value) or re.match(r"[0-9]{4}-[0-9]", value)]
    has_marks = has_marks or [value for value in values if re.search("[0-9]{4}", value) and is_in_words(value)]
    if has_marks and len(has_marks) >= MOST * len(values):
        return next((name for name in free if is_date(model, name)), "")
    if values and sum(are_countries(value, parties) for value in values) >= MOST * len(values):
        kinds = (ONE, OTHER, *PARTIES, *SIDES, "sending", "accredited_to", "from_country", "to_country", "country")
        return next((name for name in kinds if name in free), "")
    return ""


def words(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", name.casefold()).strip()


def is_date(model: Model, target: str) -> bool:
    column = targets(model).get(target)
    return bool(column and column.kind == "fuzzy date")


def is_country(value: str, parties: Parties) -> bool:
    """Whether a value is a code or name of one or more countries; numbers are not, as many schemes use them."""
    try:
        return not value.isdigit() and bool(parties.country(value, "", ""))
    except UnclearError as error:
        return bool(error.countries)
    except CellError:
        return False


def are_countries(value: str, parties: Parties) -> bool:
    """Whether a cell names one country, or several with any of the known separators."""
    return is_country(value, parties) or any(
        len(pieces := pieces_at(mark, value)) > 1 and all(is_country(piece, parties) for piece in pieces)
        for mark in PARTINGS
    )


def reading_of(model: Model, column: SeenColumn) -> str:
    """The reading that a column needs for its target; a COW code if the values are numbers and the name says so."""
    target = column.target
    of = targets(model).get(target)
    is_country = target in SIDES or bool(of and of.kind == "key" and field_of(model, target).related_model is Country)
    is_party = target in PARTIES or target.startswith(PARTICIPANTS)
    if (is_country or is_party) and column.is_of_numbers and re.match("cow|ccode", words(column.name)):
        return next(reading for reading, scheme in SCHEMES.items() if scheme == CodeScheme.COW)
    if is_party:
        return A_PARTY
    if is_country:
        return A_COUNTRY
    if target in figures_of(model):
        style = style_of(column.values)
        return next((reading for reading, each in FIGURES.items() if each == style), AS_IT_STANDS)
    return date_of(column.values) if is_date(model, target) else AS_IT_STANDS


def identifying(seen: Seen, model: Model) -> list[str]:
    """The columns proposed as the key of a row: the first if its values are unique, else the parties and the date."""
    first = seen.columns[0]
    if first.is_unique and first.filled == seen.rows:
        return [first.name]
    who = [each.name for each in seen.columns if each.reading in (A_COUNTRY, A_PARTY)]
    when = [each.name for each in seen.columns if each.target and is_date(model, each.target)]
    return [*who, *when[:1]] or [first.name]


def missing(seen: Seen) -> list[str]:
    """The values proposed as missing; not NA among codes of two letters, where it is Namibia."""
    found: dict[str, None] = {}
    for column in seen.columns:
        marks = [value for value in column.values if value.casefold() in NOTHING]
        others = [value for value in column.values if value not in marks]
        is_of_codes = bool(others) and all(re.fullmatch("[A-Z]{2}", value) for value in others)
        found |= dict.fromkeys(value for value in marks if not (value == "NA" and is_of_codes))
    return list(found)


def skipped(seen: Seen) -> list[tuple[str, str]]:
    """The rows proposed to be skipped, which are totals: pairs of a column and its value in them."""
    return [(column.name, value) for column in seen.columns for value in column.totals]


def types() -> Iterable[tuple[str, Any]]:
    """The types that a table can be imported as: names in addresses, and labels."""
    excluded = ("passages", "countries", "relations")  # there are better ways to enter these
    return [(of, model._meta.verbose_name_plural) for of, model in MODELS.items() if of not in excluded]
