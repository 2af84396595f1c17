"""Writes a profile in TOML from what the user chose in menus."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from relations.exchange.columns import collection_of, key_of
from relations.exchange.date_columns import A_PART, date_recipe
from relations.exchange.partings import MARKS
from relations.exchange.proposals import ESTIMATED, PARTICIPANTS, SIDES, is_date, reading_of
from relations.exchange.readings import (
    A_COUNTRY,
    A_PARTY,
    AS_IT_IS_NEEDED,
    AS_IT_STANDS,
    DATES,
    SCHEMES,
    date_of,
)
from relations.exchange.recipes import PIECE
from relations.exchange.rows import Model
from relations.exchange.seen import Seen, SeenColumn
from relations.exchange.toml import inline, listed, text
from relations.exchange.written_figures import FIGURES
from relations.models import Record
from relations.models.figure import figures_of

CODES = re.compile("[A-Z]{3}(?: [A-Z]{3})*")
NUMBERED, TOGETHER = "number", "together"  # what is done with rows that have the same key
AS_WORDS = "as words"  # the meaning of a name that is imported as an unnamed party


@dataclass
class Choices:
    """What the user chose for a table: the target and reading of each column, and everything else in a profile.

    `identify`: the columns whose values form the key of a record.
    `same`: values that are the same in every row, by target.
    `figures`: for each figure, its unit and the reason why it is missing if the cell is empty.
    `terms`: for each column, what its values become; `otherwise`: what any other value of the column becomes.
    `missing`: values that mean a missing one, in all columns.
    `names`: meanings of unknown or ambiguous names: a country, several countries of which one existed on the day, an
    actor, or the words themselves.
    `repeated`: whether rows with the same key are refused (empty), numbered, or one record together.
    `skipped`: pairs of a column and its value in rows that are skipped.
    """

    model: Model
    columns: list[SeenColumn]
    identify: list[str]
    same: dict[str, str]
    source: dict[str, str]
    title: str = ""
    figures: dict[str, tuple[str, str]] = field(default_factory=dict)
    terms: dict[str, dict[str, str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    otherwise: dict[str, str] = field(default_factory=dict)
    repeated: str = ""
    seen_in: str = ""
    skipped: list[tuple[str, str]] = field(default_factory=list)
    locator: str = ""


def profile_text(seen: Seen, chosen: Choices) -> str:
    """The text of the profile for the choices."""
    values, cells, sides, parties = [], dict[str, str](), [], []
    dates = dates_of(seen, chosen)
    for date in dates:
        values.append(f"{date.name} = {date_recipe(date.columns, orders(chosen, date.columns))}")
        cells[date.target] = text("{" + date.name + "}")
    day = f", on = {text('{' + dates[0].name + '}')}" if dates else ""
    others = (each for each in chosen.columns if each.target and not is_date(chosen.model, each.target))
    for number, each in enumerate(others, 1):
        role = each.target.removeprefix(PARTICIPANTS) if each.target.startswith(PARTICIPANTS) else ""
        if role and each.parted:
            parties.append(of_each_row(split(each, role, recipe_of(each, chosen, day, PIECE)), chosen))
            continue
        if each.target.endswith(ESTIMATED):
            continue
        made = recipe_of(each, chosen, day)
        if is_named(each.target):
            name = unused(f"party_{number}", seen)
            values.append(f"{name} = {made}")
            if each.target in SIDES:
                sides.append(text("{" + name + "}"))
            else:
                parties.append(of_each_row(f'{{ if = "{{{name}}}", then = "{{{name}}}:{role}" }}', chosen))
        else:
            cells[each.target] = made
    cells |= {name: text(value) for name, value in chosen.same.items() if name not in SIDES}
    cells[key_of(chosen.model)[0].name] = key_recipe(chosen, dates)
    same = [text(chosen.same[name]) for name in SIDES if name in chosen.same]
    sides += [f"{{ country = {name}{day}{names_option(chosen, A_COUNTRY)} }}" for name in same]
    if sides:
        cells["relation"] = f"{{ dyad = [{', '.join(sides)}] }}"
    spells = ""
    if chosen.seen_in:
        spells = f"spells = {spells_of(chosen, sides, dates[0], cells)}"
        cells |= {"value": text("{value}"), "began_on": text("{began}"), "ended_on": text("{ended}")}
    if parties:
        cells["participants"] = f"[{', '.join(parties)}]"
    return "\n".join(lines_of(seen, chosen, values, cells, spells)) + "\n"


def spells_of(chosen: Choices, sides: list[str], date: "DateColumns", cells: dict[str, str]) -> str:
    """The spec of `spells`: whom yearly observations are about, the date, and the value."""
    whose = [*sides, *(cells[name] for name in ("held_by", "subject") if name in cells)]
    of, value = f"[{', '.join(whose)}]", cells.get("value", text(""))
    return f"{{ of = {of}, on = {text('{' + date.name + '}')}, value = {value}, seen = {text(chosen.seen_in)} }}"


class DateColumns(NamedTuple):
    """A date: its target, its name among the values of the profile, and the columns it is made from."""

    target: str
    name: str
    columns: list[SeenColumn]


def dates_of(seen: Seen, chosen: Choices) -> list[DateColumns]:
    """The dates that are made from columns."""
    found: dict[str, list[SeenColumn]] = defaultdict(list)
    for each in chosen.columns:
        if each.target and is_date(chosen.model, each.target):
            found[each.target].append(each)
    names = ("on", *(f"on_{number}" for number in range(2, len(found) + 1)))
    return [DateColumns(target, unused(name, seen), found[target]) for name, target in zip(names, found, strict=False)]


def orders(chosen: Choices, columns: list[SeenColumn]) -> dict[str, str]:
    """The order of year, month and day in each column that has a whole date; empty for the others."""
    readings = {each.name: each.reading for each in columns}
    for each in columns:
        if each.reading == AS_IT_IS_NEEDED:
            readings[each.name] = reading_of(chosen.model, each)
        elif each.reading in A_PART:
            readings[each.name] = date_of(each.values)
    return {name: DATES.get(reading, "") for name, reading in readings.items()}


def of_each_row(made: str, chosen: Choices) -> str:
    """A recipe that is applied to each row, if several rows are one record together."""
    return f"{{ each = {made} }}" if chosen.repeated == TOGETHER else made


def split(column: SeenColumn, role: str, made: str) -> str:
    """The recipe for several parties in one cell, each with its role."""
    at = listed(MARKS[column.parted])
    return f"{{ split = {text('{' + column.name + '}')}, at = {at}, into = {made}, role = {text(role)} }}"


def key_recipe(chosen: Choices, dates: list[DateColumns]) -> str:
    """The template of the key of a record; if it has only numbers, the key of the source is put before it.

    If all columns of a date are chosen, the parsed date is used instead of the cells.
    """
    read = {
        column.name: each.name
        for each in dates
        for column in each.columns
        if {column.name for column in each.columns} <= {*chosen.identify}
    }
    names = [*dict.fromkeys("{" + read.get(name, name) + "}" for name in chosen.identify)]
    if chosen.seen_in:
        names = [name for name in names if name != "{" + dates[0].name + "}"] + ["{first}"]
    has_words = any(not each.is_of_numbers for each in chosen.columns if each.name in chosen.identify)
    if chosen.source["key"] and not has_words:
        names = [chosen.source["key"].replace("-", " "), *names]
    return text(" ".join(names))


def unused(name: str, seen: Seen) -> str:
    """The name, with underscores appended until no column of the table has it."""
    while name in {each.name for each in seen.columns}:
        name += "_"
    return name


def recipe_of(column: SeenColumn, chosen: Choices, on: str, name: str = "") -> str:
    """The recipe for a column, or for the named value `name` instead of it. `on` is the option with the date."""
    cell, reading = text("{" + (name or column.name) + "}"), column.reading
    if reading == AS_IT_IS_NEEDED or (reading == AS_IT_STANDS and is_named(column.target)):
        reading = reading_of(chosen.model, column)
    if reading in SCHEMES:
        return f"{{ country = {cell}, scheme = {text(SCHEMES[reading])}{on}{names_option(chosen, A_COUNTRY)} }}"
    if reading in (A_COUNTRY, A_PARTY):
        return f"{{ {'country' if reading == A_COUNTRY else 'party'} = {cell}{on}{names_option(chosen, reading)} }}"
    if column.target in figures_of(chosen.model):
        unit, missing = chosen.figures[column.target]
        style = f", written = {text(FIGURES[reading])}" if reading in FIGURES else ""
        doubt = next((each.name for each in chosen.columns if each.target == column.target + ESTIMATED), "")
        estimated = f", estimated = {text('{' + doubt + '}')}" if doubt else ""
        why = f", missing = {text(missing)}" if missing else ""
        return f"{{ figure = {cell}{style}{estimated}, unit = {text(unit)}{why} }}"
    if terms := chosen.terms.get(column.name):
        other = chosen.otherwise.get(column.name, "")
        terms = {"": ""} | terms if other else terms
        otherwise = f", else = {text(other)}" if other else ""
        return f"{{ of = {cell}, terms = {inline({value: text(term) for value, term in terms.items()})}{otherwise} }}"
    return cell


def names_option(chosen: Choices, reading: str) -> str:
    """The options of a recipe with the meanings of names; only countries for a column of countries."""
    countries = {name: who.split() for name, who in chosen.names.items() if CODES.fullmatch(who)}
    meant = {name: text(codes[0]) if len(codes) == 1 else json.dumps(codes) for name, codes in countries.items()}
    others = {name: who for name, who in chosen.names.items() if name not in countries and reading == A_PARTY}
    meant |= {name: text(who) for name, who in others.items() if who != AS_WORDS}
    unnamed = {name: text(name) for name, who in others.items() if who == AS_WORDS}
    options = {"names": meant, "unnamed": unnamed}
    return "".join(f", {part} = {inline(table)}" for part, table in options.items() if table)


def is_named(target: str) -> bool:
    """Whether a target is combined with others in one cell, so that its recipe needs a name."""
    return target in SIDES or target.startswith(PARTICIPANTS)


def lines_of(seen: Seen, chosen: Choices, values: list[str], cells: dict[str, str], spells: str) -> Iterator[str]:
    """The lines of a profile."""
    yield f"title = {text(chosen.title)}"
    yield from ("", "[file]", f"encoding = {text(seen.encoding)}", f"delimiter = {text(seen.delimiter)}")
    if seen.sheet:
        yield f"sheet = {text(seen.sheet)}"
    if chosen.missing:
        yield f"missing = {json.dumps(chosen.missing, ensure_ascii=False)}"
    yield f"columns = {json.dumps([each.name for each in seen.columns], ensure_ascii=False)}"
    if issubclass(chosen.model, Record):
        yield from ("", "[source]", *(f"{name} = {text(value)}" for name, value in chosen.source.items()))
    for column, value in chosen.skipped:
        why = f"{column} is {value}" if value else f"{column} is empty"
        yield from ("", "[[skip]]", f"column = {text(column)}", f"values = {listed([value])}", f"why = {text(why)}")
    if values:
        yield from ("", "[values]", *values)
    yield from ("", "[[records]]", f"of = {text(collection_of(chosen.model))}")
    if spells:
        yield spells
    if chosen.locator:
        yield f"locator = {text(chosen.locator)}"
    if chosen.repeated == TOGETHER:
        yield f"group = {cells[key_of(chosen.model)[0].name]}"
    elif chosen.repeated:
        yield f"repeated = {text(chosen.repeated)}"
    yield from ("", "[records.cells]")
    yield from (f"{name} = {made}" for name, made in cells.items())
