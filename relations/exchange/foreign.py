"""Somebody else's table as it is: titles above the header, columns without a name; a bibliography."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from relations.exchange.lines import Lines, lines_of
from relations.exchange.origins import Origin, file_told
from relations.exchange.profiles import Profile
from relations.exchange.rows import Place
from relations.exchange.slips import AN_ERROR, ERRORS, did_you_mean, quoted
from relations.exchange.tables import MAX_TOLD, NO_NAME, SheetError, is_blank, some
from relations.identifiers import bare_doi
from relations.text import TextError, prose

MAX_TITLE_LINES = 40  # above a header
MOST_LINES = 5  # of one record, that are named
JSON = "csl-json"

Line = tuple[int, tuple[str, ...]]  # its number in the file, and its cells


@dataclass
class ForeignTable:
    """The columns of a table by name, its lines, what is wrong with lines as a whole, and what they do not tell."""

    columns: list[str]
    header: list[str] = field(default_factory=list)  # as the file writes it
    lines: list[Line] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)  # by line
    word: str = "line"
    notes: list[str] = field(default_factory=list)
    origin: Origin = field(default_factory=Origin)

    def place(self, *lines: int) -> Place:
        """Where some lines stand; of lines that were refused before, where they stood, too."""
        told = ", ".join(self.origin.words(line) for line in lines[:MOST_LINES])
        more = " …" if len(lines) > MOST_LINES else ""
        return Place(lines[0], f"{self.word}{'s' if len(lines) > 1 else ''} {told}{more}")


def read_table(data: bytes, profile: Profile) -> ForeignTable:
    """The table in a file, as its profile says that it is written."""
    if profile.form == JSON:
        return read_bibliography(data, profile)
    return table_below_titles(lines_of(data, profile.encoding, profile.delimiter, profile.sheet), profile)


def table_below_titles(lines: Lines, profile: Profile) -> ForeignTable:
    """The table below the first line that has all the columns of the profile."""
    rows, above = iter(lines), []
    for line, cells in rows:
        names = named(cells)
        if profile.columns <= set(names):
            table = filled(ForeignTable(names, cells, origin=lines.origin), rows, profile)
            add_faults(table, line, lines, profile)
            notes = lines.notes({line for line, _ in table.lines})
            table.notes = [*lines.origin.notes, *notes, *table.notes, *lonely(table)]
            return table
        above.append((line, names))
        if len(above) > MAX_TITLE_LINES:
            break
    raise SheetError(why_no_header(above, profile))


def why_no_header(above: list[tuple[int, list[str]]], profile: Profile) -> str:
    """Which columns the line lacks that looks most like the header."""
    if not above:
        return "The file is empty."
    line, names = max(above, key=lambda each: len(profile.columns & set(each[1])))
    missing = sorted(profile.columns - set(names))
    told = ", ".join(f"{quoted(name)}{did_you_mean(name, filter(None, names))}" for name in missing[:MAX_TOLD])
    looks = f"line {line} looks most like it and lacks {told}" if profile.columns & set(names) else f"it has {told}"
    return f"None of the first {len(above)} lines is the header of the profile {profile.name}: {looks}."


def named(header: list[str]) -> list[str]:
    """The names of columns; one without a name is called by the one before it and a question mark: `Year of order?`."""
    names: list[str] = []
    for cell in header:
        name = cell.strip()
        if NO_NAME.fullmatch(name):
            before = names[-1] if names else ""
            name = f"{before}?" if before and not before.endswith("?") else ""
        names.append(name)
    return names


def filled(table: ForeignTable, rows: Iterable[tuple[int, list[str]]], profile: Profile) -> ForeignTable:
    """The table with its lines; what stands in the cells is tidied, and kept once where it stands there often."""
    names, width = table.columns, len(table.columns)
    needed = max(place for place, name in enumerate(names, 1) if name in profile.columns)
    if repeated := sorted({name for name in names if name and names.count(name) > 1} & profile.columns):
        raise SheetError(f"The header has the column {quoted(repeated[0])} twice.")
    repeated_in: list[str] = []
    kept: dict[str, str] = dict.fromkeys(profile.missing, "")
    refused: dict[str, str] = {}  # why a cell is none, by what stands in it
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
        table.notes.append(f"Lines that repeat the header are passed over: {some(repeated_in)}.")
    return table


def repeats(cells: list[str], header: list[str]) -> bool:
    """Whether a line is the header again, as where files were put together or pages begin."""
    return len(cells) >= len(header) and all(map(is_alike, cells, header))


def is_alike(cell: str, name: str) -> bool:
    """Whether a cell has the name of its column, with or without a mark of the file that it began."""
    return cell.strip("\ufeff").strip() == name.strip("\ufeff").strip()


def lonely(table: ForeignTable) -> Iterator[str]:
    """Which lines have one cell alone, as headings between rows and remarks below them have."""
    alone = []
    for line, cells in table.lines:
        filled = [*filter(None, cells)]
        if len(filled) == 1:
            alone.append(f"{line} {quoted(filled[0])}")
    if alone and sum(map(bool, table.columns)) > 2:
        yield f"Lines in which one cell alone is filled are read as rows: {some(alone)}."


def add_faults(table: ForeignTable, header: int, lines: Lines, profile: Profile) -> None:
    """Refuses the lines in which a column that is read has a cell that a spreadsheet could not work out.

    A line that has nothing but such cells is refused, too, and not passed over as empty.
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
    """The entries of CSL-JSON, each as a line: names one a line, dates in EDTF, everything else as it stands."""
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
    """What JSON says; nothing in it may be said twice, or be no number."""
    try:
        return json.loads(data, object_pairs_hook=said_once, parse_constant=no_number)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise SheetError(f"This is not readable JSON: {error}.") from None
    except RecursionError:
        raise SheetError("This is not readable JSON: lists in it are too deep.") from None
    except SheetError:
        raise
    except ValueError:
        raise SheetError("This is not readable JSON: a number in it is too long.") from None


def said_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The members of an object, of which no two have one name."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        which = f" of the entry {quoted(str(found['id']))}" if "id" in found else ""
        raise SheetError(f"The JSON says {quoted(twice)}{which} twice; take one away.")
    return found


def no_number(name: str) -> Any:
    raise SheetError(f"The JSON has {name} in it, which is no value of JSON; leave out what is not known.")


def origin_of(entries: list[dict[str, Any]]) -> Origin:
    """Where the entries stood before, if they were refused and say so."""
    name = next((name for name in entries[0] if file_told(name)), "")
    told = {number: str(entry.get(name, "")) for number, entry in enumerate(entries, 1)}
    return Origin(file_told(name), name, told)


def text_of(name: str, value: Any) -> str:
    """What an entry says in one of its variables."""
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
    """A date of CSL: its parts, or the words that stand in their place."""
    if parts := value.get("date-parts"):
        ends = [
            "-".join(f"{int(part):0{width}}" for part, width in zip(each, (4, 2, 2), strict=False)) for each in parts
        ]
        return "/".join(ends) + ("?" if value.get("circa") and len(ends) == 1 else "")
    return str(value.get("raw") or value.get("literal") or "")
