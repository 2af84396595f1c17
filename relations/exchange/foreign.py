"""Reads foreign tables and bibliographies: finds the header below titles, and names columns without a name."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from relations.exchange.cell_errors import AN_ERROR, ERRORS, did_you_mean, quoted
from relations.exchange.lines import Lines, lines_of
from relations.exchange.origins import Origin, origin_file
from relations.exchange.profiles import Profile
from relations.exchange.rows import Place
from relations.exchange.tables import MAX_TOLD, NO_NAME, SheetError, abridged, is_blank
from relations.identifiers import bare_doi
from relations.text import TextError, prose

MAX_TITLE_LINES = 40  # lines above a header
MOST_LINES = 5  # lines of one record that a message names
JSON = "csl-json"

Line = tuple[int, tuple[str, ...]]  # its number in the file, and its cells


@dataclass
class ForeignTable:
    """A foreign table: its columns, its lines, faults of whole lines, and notes for the person who imports it."""

    columns: list[str]
    header: list[str] = field(default_factory=list)  # as the file writes it
    lines: list[Line] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)  # by line
    word: str = "line"
    notes: list[str] = field(default_factory=list)
    origin: Origin = field(default_factory=Origin)

    def place(self, *lines: int) -> Place:
        """The place of some lines; of lines that were refused before, also their place in the first file."""
        numbers = ", ".join(self.origin.number_in_words(line) for line in lines[:MOST_LINES])
        more = " …" if len(lines) > MOST_LINES else ""
        return Place(lines[0], f"{self.word}{'s' if len(lines) > 1 else ''} {numbers}{more}")


def read_table(data: bytes, profile: Profile) -> ForeignTable:
    """Reads the table in a file in the format of its profile; raises SheetError if that fails."""
    if profile.form == JSON:
        return read_bibliography(data, profile)
    return table_below_titles(lines_of(data, profile.encoding, profile.delimiter, profile.sheet), profile)


def table_below_titles(lines: Lines, profile: Profile) -> ForeignTable:
    """The table below the first line that has all columns of the profile."""
    rows, above = iter(lines), []
    for line, cells in rows:
        names = column_names(cells)
        if profile.columns <= set(names):
            table = with_lines(ForeignTable(names, cells, origin=lines.origin), rows, profile)
            add_faults(table, line, lines, profile)
            notes = lines.notes({line for line, _ in table.lines})
            table.notes = [*lines.origin.notes, *notes, *table.notes, *lines_of_one_cell(table)]
            return table
        above.append((line, names))
        if len(above) > MAX_TITLE_LINES:
            break
    raise SheetError(why_no_header(above, profile))


def why_no_header(above: list[tuple[int, list[str]]], profile: Profile) -> str:
    """The message for a missing header: the line that is most like it, and the columns that it lacks."""
    if not above:
        return "The file is empty."
    line, names = max(above, key=lambda each: len(profile.columns & set(each[1])))
    missing = sorted(profile.columns - set(names))
    listed = ", ".join(f"{quoted(name)}{did_you_mean(name, filter(None, names))}" for name in missing[:MAX_TOLD])
    looks = f"line {line} looks most like it and lacks {listed}" if profile.columns & set(names) else f"it has {listed}"
    return f"None of the first {len(above)} lines is the header of the profile {profile.name}: {looks}."


def column_names(header: list[str]) -> list[str]:
    """The names of columns; one without a name gets the name before it and a question mark: `Year of order?`."""
    names: list[str] = []
    for cell in header:
        name = cell.strip()
        if NO_NAME.fullmatch(name):
            before = names[-1] if names else ""
            name = f"{before}?" if before and not before.endswith("?") else ""
        names.append(name)
    return names


def with_lines(table: ForeignTable, rows: Iterable[tuple[int, list[str]]], profile: Profile) -> ForeignTable:
    """Adds the lines to a table, their cells cleaned; equal cells share one string, to save memory."""
    names, width = table.columns, len(table.columns)
    needed = max(place for place, name in enumerate(names, 1) if name in profile.columns)
    if repeated := sorted({name for name in names if name and names.count(name) > 1} & profile.columns):
        raise SheetError(f"The header has the column {quoted(repeated[0])} twice.")
    repeated_in: list[str] = []
    kept: dict[str, str] = dict.fromkeys(profile.missing, "")
    refused: dict[str, str] = {}  # why a text cannot be a cell, by the text
    for line, cells in rows:
        if not any(cells) or all(map(is_blank, cells)):
            continue
        if repeats(cells, table.header):
            repeated_in.append(str(line))
            continue
        if len(cells) < needed or not all(map(is_blank, cells[width:])):
            table.faults[line] = f"has {len(cells)} cell{'' if len(cells) == 1 else 's'}, and the header {width}"
        tidied = []
        for place, cell in enumerate([*cells, *[""] * width][:width]):
            if cell not in kept:
                try:
                    kept[cell] = prose(cell)
                    kept[cell] = kept.get(kept[cell], kept[cell])
                except TextError as error:
                    kept[cell], refused[cell] = "", str(error)
            if refused and cell in refused:
                table.faults[line] = f"column {names[place] or place + 1} {refused[cell]}"
            tidied.append(kept[cell])
        table.lines.append((line, tuple(tidied)))
    if not table.lines:
        raise SheetError("The file has a header and no rows.")
    if repeated_in:
        table.notes.append(f"Lines that repeat the header are passed over: {abridged(repeated_in)}.")
    return table


def repeats(cells: list[str], header: list[str]) -> bool:
    """Whether a line repeats the header, as in concatenated files or at page breaks."""
    return len(cells) >= len(header) and all(map(is_alike, cells, header))


def is_alike(cell: str, name: str) -> bool:
    """Whether a cell has the name of its column, ignoring a byte order mark."""
    return cell.strip("\ufeff").strip() == name.strip("\ufeff").strip()


def lines_of_one_cell(table: ForeignTable) -> Iterator[str]:
    """A note on lines with a single filled cell, which may be headings between rows or remarks below them."""
    alone = []
    for line, cells in table.lines:
        filled = [*filter(None, cells)]
        if len(filled) == 1:
            alone.append(f"{line} {quoted(filled[0])}")
    if alone and sum(map(bool, table.columns)) > 2:
        yield f"Lines in which one cell alone is filled are read as rows: {abridged(alone)}."


def add_faults(table: ForeignTable, header: int, lines: Lines, profile: Profile) -> None:
    """Refuses lines that have an error of the spreadsheet in a column that the profile reads.

    A line with nothing but such cells is refused as well, instead of being skipped as empty.
    """
    read = {line for line, _ in table.lines}
    names = dict(enumerate(table.columns))
    for (line, place), fault in lines.faults.items():
        name = names.get(place - lines.origin.width)
        if line > header and name in profile.columns:
            table.faults[line] = f"column {name}: {fault}"
    table.lines += [(line, ("",) * len(names)) for line in sorted(table.faults.keys() - read)]
    table.lines.sort()
    used = [place for place, name in names.items() if name in profile.columns]
    for line, cells in table.lines:
        for place in used:
            if cells[place].startswith(("#", "Err:")) and re.fullmatch(ERRORS, cells[place]):
                fault = f"{quoted(cells[place])} {AN_ERROR}, or say that it stands for nothing (missing)"
                table.faults[line] = f"column {names[place]}: {fault}"
    table.faults |= {line: fault for line, _ in table.lines if (fault := lines.origin.fault(line))}


# Bibliographies

NAMES, DATES = ("author", "editor"), ("issued", "accessed")


def read_bibliography(data: bytes, profile: Profile) -> ForeignTable:
    """Reads CSL-JSON, each entry as a line: one name per line of a cell, dates in EDTF, other values unchanged."""
    entries = read_json(data)
    entries = [entries] if isinstance(entries, dict) else entries
    if not isinstance(entries, list) or not entries or not all(isinstance(each, dict) for each in entries):
        raise SheetError("A bibliography in CSL-JSON is a list of entries.")
    if not any(each.keys() >= {"id", "type"} for each in entries):
        raise SheetError("This is JSON and no bibliography: no entry has the id and the type of CSL-JSON.")
    origin = origin_of(entries)
    names = (name for entry in entries for name in entry if name != origin.heading)
    columns = list(dict.fromkeys([*sorted(profile.columns), *names]))
    table = ForeignTable(columns, columns, word="entry", notes=origin.notes, origin=origin)
    for number, entry in enumerate(entries, 1):
        cells = []
        for name in columns:
            try:
                cells.append(prose(text_of(name, entry.get(name))))
            except (TextError, TypeError, ValueError, OverflowError, KeyError, AttributeError) as error:
                cells.append("")
                table.faults[number] = f"{name} is not as CSL-JSON has it ({error})"
        table.lines.append((number, tuple(cells)))
        if fault := origin.fault(number):
            table.faults[number] = fault
    return table


def read_json(data: bytes) -> Any:
    """Parses JSON; raises SheetError for repeated keys, NaN, Infinity and JSON that Python cannot parse."""
    try:
        return json.loads(data, object_pairs_hook=unique_members, parse_constant=refuse_constant)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise SheetError(f"This is not readable JSON: {error}.") from None
    except RecursionError:
        raise SheetError("This is not readable JSON: lists in it are too deep.") from None
    except SheetError:
        raise
    except ValueError:
        raise SheetError("This is not readable JSON: a number in it is too long.") from None


def unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The members of a JSON object; raises SheetError if a name is repeated."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        which = f" of the entry {quoted(str(found['id']))}" if "id" in found else ""
        raise SheetError(f"The JSON says {quoted(twice)}{which} twice; take one away.")
    return found


def refuse_constant(name: str) -> Any:
    raise SheetError(f"The JSON has {name} in it, which is no value of JSON; leave out what is not known.")


def origin_of(entries: list[dict[str, Any]]) -> Origin:
    """The origin of entries that were refused before."""
    name = next((name for name in entries[0] if origin_file(name)), "")
    numbers = {number: str(entry.get(name, "")) for number, entry in enumerate(entries, 1)}
    return Origin(origin_file(name), name, numbers)


def text_of(name: str, value: Any) -> str:
    """The value of a CSL variable as text."""
    if value is None:
        return ""
    if name in NAMES:
        return "\n".join(
            each.get("literal") or ", ".join(filter(None, (family(each), each.get("given")))) for each in value
        )
    if name in DATES:
        return edtf(value)
    if name == "DOI":
        return bare_doi(str(value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def family(name: dict[str, str]) -> str:
    """The family name with its particles."""
    particles = (name.get("dropping-particle"), name.get("non-dropping-particle"), name.get("family"))
    return " ".join(filter(None, particles))


def edtf(value: dict[str, Any]) -> str:
    """A CSL date in EDTF, or the text that stands in place of its parts."""
    if parts := value.get("date-parts"):
        ends = [
            "-".join(f"{int(part):0{width}}" for part, width in zip(each, (4, 2, 2), strict=False)) for each in parts
        ]
        return "/".join(ends) + ("?" if value.get("circa") and len(ends) == 1 else "")
    return str(value.get("raw") or value.get("literal") or "")
