"""Somebody else's table as it is: encoding, separator, titles above the header, nameless columns; a bibliography."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from relations.exchange.profiles import Profile
from relations.exchange.sheets import ZIP, check_archive, csv_slip, xlsx_text
from relations.exchange.slips import did_you_mean, quoted
from relations.exchange.tables import MAX_TOLD, NO_NAME, SheetError, is_blank
from relations.identifiers import bare_doi
from relations.text import TextError, prose

MAX_TITLE_LINES = 40  # above a header
JSON = "csl-json"

Line = tuple[int, tuple[str, ...]]  # its number in the file, and its cells


@dataclass
class ForeignTable:
    """The columns of a table by name, its lines, and what is wrong with lines as a whole."""

    columns: list[str]
    header: list[str] = field(default_factory=list)  # as the file writes it
    lines: list[Line] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)  # by line
    word: str = "line"


def read_table(data: bytes, profile: Profile) -> ForeignTable:
    """The table in a file, as its profile says that it is written."""
    if profile.form == JSON:
        return read_bibliography(data, profile)
    if data.startswith(ZIP):
        rows = xlsx_rows(data, profile.sheet)
    else:
        rows = csv_rows(data, profile.encoding, profile.delimiter)
    return table_below_titles(rows, profile)


def csv_rows(data: bytes, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of a text file with the number of each; it is not held as text as a whole."""
    encoding = "utf-8-sig" if encoding.lower().replace("-", "") == "utf8" else encoding
    text = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    reader, line = csv.reader(text, delimiter=delimiter, strict=True), 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except UnicodeDecodeError as error:
        raise SheetError(
            f"after line {line}: byte {error.object[error.start]:#04x} is not of the encoding {encoding}."
        ) from None
    except csv.Error as error:
        raise SheetError(f"line {line}: {csv_slip(error)}.") from None


def xlsx_rows(data: bytes, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of a sheet of a workbook: the named one or the first; days as ISO writes them."""
    try:
        merged = check_archive(zipfile.ZipFile(io.BytesIO(data)), len(data))
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except SheetError:
        raise
    except Exception as error:  # noqa: BLE001 - what unpacks and parses stumbles in more ways than it tells
        raise SheetError(f"This is not a readable XLSX workbook ({type(error).__name__}).") from None
    if merged:
        raise SheetError(f"The cells {merged} are one; separate them, and fill in each.")
    if sheet and sheet not in book.sheetnames:
        raise SheetError(f"The workbook has no sheet {quoted(sheet)}; it has {', '.join(book.sheetnames)}.")
    chosen: Any = book[sheet] if sheet else book.worksheets[0]
    chosen.reset_dimensions()
    for line, row in enumerate(chosen.iter_rows(), 1):
        cells = [day_or_text(cell, line) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        yield line, cells


def day_or_text(cell: Any, line: int) -> str:
    """A cell of a workbook; a day is written as one."""
    if isinstance(cell.value, datetime | date):
        return cell.value.isoformat()[:10]
    try:
        return xlsx_text(cell)
    except SheetError as error:
        raise SheetError(f"line {line}: {error}") from None


def table_below_titles(rows: Iterable[tuple[int, list[str]]], profile: Profile) -> ForeignTable:
    """The table below the first line that has all the columns of the profile."""
    rows, above = iter(rows), []
    for line, cells in rows:
        names = named(cells)
        if profile.columns <= set(names):
            return filled(ForeignTable(names, cells), rows, profile)
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
    kept: dict[str, str] = dict.fromkeys(profile.missing, "")
    for line, cells in rows:
        if not any(cells) or all(map(is_blank, cells)):
            continue
        if len(cells) < needed or not all(map(is_blank, cells[width:])):
            table.faults[line] = f"has {len(cells)} cells, and the header {width}"
        tidied = []
        for cell in [*cells, *[""] * width][:width]:
            if cell not in kept:
                try:
                    kept[cell] = prose(cell)
                    kept[cell] = kept.get(kept[cell], kept[cell])
                except TextError as error:
                    table.faults[line] = str(error)
                    kept[cell] = ""
            tidied.append(kept[cell])
        table.lines.append((line, tuple(tidied)))
    if not table.lines:
        raise SheetError("The file has a header and no rows.")
    return table


# Bibliographies

NAMES, DATES = ("author", "editor"), ("issued", "accessed")


def read_bibliography(data: bytes, profile: Profile) -> ForeignTable:
    """The entries of CSL-JSON, each as a line: names one a line, dates in EDTF, everything else as it stands."""
    try:
        entries = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise SheetError(f"This is not readable JSON: {error}.") from None
    entries = [entries] if isinstance(entries, dict) else entries
    if not isinstance(entries, list) or not entries or not all(isinstance(each, dict) for each in entries):
        raise SheetError("A bibliography in CSL-JSON is a list of entries.")
    columns = list(dict.fromkeys([*sorted(profile.columns), *(name for entry in entries for name in entry)]))
    table = ForeignTable(columns, columns, word="entry")
    for number, entry in enumerate(entries, 1):
        cells = []
        for name in columns:
            try:
                cells.append(prose(text_of(name, entry.get(name))))
            except (TextError, TypeError, ValueError, KeyError, AttributeError) as error:
                cells.append("")
                table.faults[number] = f"{name} is not as CSL-JSON has it ({error})"
        table.lines.append((number, tuple(cells)))
    return table


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
