"""A profile proposed for a table that nobody has described: what stands in its columns, and what they may become."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from typing import Any

from relations.exchange.columns import COLUMNS, Column, collection_of, key_of
from relations.exchange.foreign import csv_rows, named, xlsx_rows
from relations.exchange.profiles import MODELS, PARTIES
from relations.exchange.rows import Model
from relations.exchange.sheets import ZIP
from relations.exchange.tables import SEPARATORS, SheetError, is_blank
from relations.models import Country, Event, Record, RelationPeriod
from relations.models.figure import figures_of
from relations.models.vocabularies import Role

LOOKED_AT = 40  # lines among which a header stands
VALUES_SHOWN = 5
AS_IT_STANDS, A_COUNTRY, A_PARTY, A_DATE = READINGS = ("as it stands", "a country", "a country or an actor", "a date")
FIRST_SIDE, SECOND_SIDE = "relation: first side", "relation: second side"


@dataclass
class SeenColumn:
    """A column of somebody's table: its name, the first of its values, and in how many rows anything stands."""

    name: str
    filled: int = 0
    values: dict[str, None] = field(default_factory=dict)
    target: str = ""
    reading: str = AS_IT_STANDS


@dataclass
class Seen:
    """A table as far as it can be seen without a profile."""

    encoding: str
    delimiter: str
    rows: int
    columns: list[SeenColumn]


def look_at(data: bytes) -> Seen:
    """What stands in a table: its header is the first line that is as wide as most."""
    encoding, delimiter = "utf-8", ","
    if not data.startswith(ZIP):
        encoding = encoding_of(data)
        delimiter = delimiter_of(data.decode(encoding))
    rows = xlsx_rows(data, "") if data.startswith(ZIP) else csv_rows(data, encoding, delimiter)
    above = list(islice(rows, LOOKED_AT))
    widths = [sum(not is_blank(cell) for cell in cells) for _, cells in above]
    if not widths or max(widths) < 2:
        raise SheetError("No line of the file looks like the header of a table.")
    place = next(place for place, width in enumerate(widths) if width >= 0.8 * max(widths))
    names = named(above[place][1])
    columns = {name: SeenColumn(name) for name in names if name}
    number = 0
    for cells in (*(cells for _, cells in above[place + 1 :]), *(cells for _, cells in rows)):
        number += not all(map(is_blank, cells))
        for name, cell in zip(names, cells, strict=False):
            if name and not is_blank(cell):
                columns[name].filled += 1
                if len(columns[name].values) < VALUES_SHOWN:
                    columns[name].values[cell.strip()[:60]] = None
    return Seen(encoding, delimiter, number, list(columns.values()))


def encoding_of(data: bytes) -> str:
    """UTF-8 where it is that, and else what spreadsheets of the West write."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252" if not re.search(rb"[\x81\x8d\x8f\x90\x9d]", data) else "latin-1"
    return "utf-8"


def delimiter_of(text: str) -> str:
    """The separator that cuts the first lines into the most cells."""
    lines = text.splitlines()[:LOOKED_AT]
    return max((",", *SEPARATORS), key=lambda mark: sum(len(row) for row in csv.reader(lines, delimiter=mark)))


def targets(model: Model) -> dict[str, Column | None]:
    """What a column may become, by name; of figures, and of parties, one for what are several columns of ours."""
    several = (*figures_of(model), *(PARTIES if "supplier" in {each.name for each in COLUMNS[model]} else ()))
    found: dict[str, Column | None] = dict.fromkeys(several)
    for column in COLUMNS[model]:
        name = column.name
        is_part_of_one = any(name == each or name.startswith(f"{each}_") for each in several)
        is_given = name in ("citations", "state", "participants")
        if column.writes and column.only_for != "public" and not is_part_of_one and not is_given:
            found[name] = column
    if model is RelationPeriod:
        del found["relation"]
        found |= {FIRST_SIDE: None, SECOND_SIDE: None}
    if model is Event:
        found |= {f"participants: {role}": None for role in Role.values}
    return found


def propose(seen: Seen, model: Model) -> None:
    """Gives each column what its name is nearest to, and how that is read."""
    known = targets(model)
    by_words = {words(name): name for name in known}
    for column in seen.columns:
        near = get_close_matches(words(column.name), by_words, 1, 0.75)
        column.target = by_words.pop(near[0]) if near else ""
        column.reading = reading_of(model, column.target)


def words(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", name.casefold()).strip()


def reading_of(model: Model, target: str) -> str:
    """How a column is read that becomes this."""
    column = targets(model).get(target)
    if target in PARTIES or target.startswith("participants: "):
        return A_PARTY
    if target in (FIRST_SIDE, SECOND_SIDE) or (column and column.kind == "key" and refers_to_country(model, target)):
        return A_COUNTRY
    return A_DATE if column and column.kind == "fuzzy date" else AS_IT_STANDS


def refers_to_country(model: Model, target: str) -> bool:
    return model._meta.get_field(target).related_model is Country


@dataclass
class Choices:
    """What somebody chose for a table: of each column what it becomes and how it is read, and all else of a profile."""

    model: Model
    columns: list[SeenColumn]
    identify: list[str]
    fixed: dict[str, str]
    source: dict[str, str]
    title: str = ""


def written(seen: Seen, chosen: Choices) -> str:
    """A profile in TOML, of what somebody chose."""
    on = next((each.name for each in chosen.columns if each.reading == A_DATE), "")
    values, cells, sides, parties = [], dict[str, str](), [], []
    for number, each in enumerate((each for each in chosen.columns if each.target), 1):
        made = text("{" + each.name + "}")
        day = f", on = {text('{' + on + '}')}" if on else ""
        if each.reading == A_DATE:
            made = f"{{ date = {made} }}"
        elif each.reading in (A_COUNTRY, A_PARTY):
            verb = "country" if each.reading == A_COUNTRY else "party"
            made = f"{{ {verb} = {made}{day} }}"
        if each.target in figures_of(chosen.model):
            made = f'{{ figure = {text("{" + each.name + "}")}, unit = "pieces" }}'
        if each.target in (FIRST_SIDE, SECOND_SIDE) or each.target.startswith("participants: "):
            values.append(f"party_{number} = {made}")
            if each.target.startswith("participants: "):
                parties.append(f'{{ if = "{{party_{number}}}", then = "{{party_{number}}}:{each.target[14:]}" }}')
            else:
                sides.append(f'"{{party_{number}}}"')
        else:
            cells[each.target] = made
    cells |= {name: text(value) for name, value in chosen.fixed.items()}
    if chosen.identify:
        cells[key_of(chosen.model)[0].name] = text(" ".join("{" + name + "}" for name in chosen.identify))
    if sides:
        cells["relation"] = f"{{ dyad = [{', '.join(sides)}] }}"
    if parties:
        cells["participants"] = f"[{', '.join(parties)}]"
    return "\n".join(lines_of(seen, chosen, values, cells)) + "\n"


def lines_of(seen: Seen, chosen: Choices, values: list[str], cells: dict[str, str]) -> Iterator[str]:
    """The lines of a profile."""
    yield f"title = {text(chosen.title)}"
    yield from ("", "[file]", f"encoding = {text(seen.encoding)}", f"delimiter = {text(seen.delimiter)}")
    yield f"columns = {json.dumps([each.name for each in seen.columns], ensure_ascii=False)}"
    if issubclass(chosen.model, Record):
        yield from ("", "[source]", *(f"{name} = {text(value)}" for name, value in chosen.source.items()))
    if values:
        yield from ("", "[values]", *values)
    yield from ("", "[[records]]", f"of = {text(collection_of(chosen.model))}", "", "[records.cells]")
    yield from (f"{name} = {made}" for name, made in cells.items())


def text(value: str) -> str:
    """A text as TOML has it."""
    return json.dumps(value, ensure_ascii=False)


def types() -> Iterable[tuple[str, Any]]:
    """The types that a table can become, by what addresses call them."""
    none = ("passages", "countries", "relations")  # which are better entered otherwise
    return [(of, model._meta.verbose_name_plural) for of, model in MODELS.items() if of not in none]
