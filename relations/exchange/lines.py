"""Reads the lines of a foreign file, a CSV or a workbook; other kinds of files are recognised and refused."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from relations.exchange.cell_errors import quoted
from relations.exchange.number_formats import displayed_date, is_displayed_otherwise, time_of
from relations.exchange.origins import Origin
from relations.exchange.sheets import (
    OLD_WORKBOOK,
    SAVE,
    ZIP,
    csv_error_message,
    is_number,
    not_utf8,
    number_text,
    plain_text,
)
from relations.exchange.tables import Line, SheetError
from relations.exchange.workbook_sheet import DATES, FORMULAS, NUMBERS, TIMES, Cell, WorkbookSheet

LONGEST_LINE = 1_000_000  # characters
OTHER_FILES = {
    OLD_WORKBOOK: "an old workbook, or one with a password: save it as XLSX, without a password",
    b"\x1f\x8b": "a packed file: unpack it first",
    b"%PDF-": "a PDF: only a CSV or XLSX is read",
    b"\x89PNG": "a picture: only a CSV or XLSX is read",
    b"PAR1": "a Parquet file: write it as a CSV",
    b"{\\rtf": "a text document: put its table into a spreadsheet, and save that as XLSX",
    b"{": "JSON: only a CSV or XLSX is read, and a list of entries in CSL-JSON",
}
WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|meta|table|\?xml)\b", re.IGNORECASE)
# The mark of UTF-32 begins like that of UTF-16, and is tried first.
MARKS = {
    codecs.BOM_UTF8: "utf-8",
    **dict.fromkeys((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE), "utf-32"),
    **dict.fromkeys((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE), "utf-16"),
}
TEXT_OF_EXCEL = re.compile(r'="((?:[^"]|"")*)"')  # ="007" keeps Excel from reading a text as a number
SQL = re.compile(rb"\s*(?:--[^\n]*\n\s*)*(?:INSERT INTO|CREATE TABLE|DROP TABLE|BEGIN;|SET \w+ ?=)\b", re.IGNORECASE)
OF_UTF16 = re.compile(rb"(?:[^\0]\0){2}|(?:\0[^\0]){2}", re.DOTALL)  # two letters of ASCII
DAMAGED = "\ufffd"  # replaces bytes that are not UTF-8
OF_UTF8 = range(0x80, 0xF5)  # bytes above ASCII that UTF-8 uses
OF_THE_WEST = ("cp1252", "latin-1")  # the fallback for texts that are not UTF-8
OF_ONE_BYTE = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # bytes that cp1252 does not define

Notes = Callable[[Collection[int]], list[str]]


@dataclass
class Lines:
    """The lines of a file, an iterator.

    While they are read, `faults` is filled with errors of cells, by line and place, and `origin` with the line numbers
    of rows that were refused before. `notes` returns remarks on the lines that were read.
    """

    rows: Iterator[Line]
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    notes: Notes = lambda lines: []
    origin: Origin = field(default_factory=Origin)

    def __post_init__(self) -> None:
        self.rows = self.origin.without_column(self.rows)

    def __iter__(self) -> Iterator[Line]:
        return self.rows


def lines_of(data: bytes, encoding: str, delimiter: str, sheet: str = "") -> Lines:
    """The lines of a file with their numbers. Encoding and delimiter are for texts, `sheet` is for workbooks."""
    return workbook_lines(data, sheet) if data.startswith(ZIP) else Lines(text_lines(data, encoding, delimiter))


def text_lines(data: bytes, encoding: str, delimiter: str) -> Iterator[Line]:
    """The lines of a text, decoded piece by piece to save memory."""
    encoding = encoding_of(data, encoding)
    text = io.TextIOWrapper(io.BytesIO(data), "utf-8-sig" if encoding == "utf-8" else encoding, newline="")
    reader, line = csv.reader(limited_lines(text), delimiter=delimiter, strict=True), 1
    is_of_excel = b'="' in data
    try:
        for cells in reader:
            yield line, [without_excel_formula(cell) for cell in cells] if is_of_excel else cells
            line = reader.line_num + 1
    except UnicodeError as error:
        byte = f"byte {error.object[error.start]:#04x}" if isinstance(error, UnicodeDecodeError) else "a byte"
        raise SheetError(f"after line {line}: {byte} is not of the encoding {encoding}.") from None
    except csv.Error as error:
        raise SheetError(f"line {line}: {csv_error_message(error)}.") from None


def without_excel_formula(cell: str) -> str:
    """The text of a cell that is written as a formula (`="007"`); any other cell unchanged."""
    match = TEXT_OF_EXCEL.fullmatch(cell)
    return match[1].replace('""', '"') if match else cell


def limited_lines(lines: Iterator[str]) -> Iterator[str]:
    """The lines of a text; raises SheetError for one longer than LONGEST_LINE."""
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise SheetError(f"line {number}: has more than {LONGEST_LINE:,} characters; is this a table?")
        yield line


def encoding_of(data: bytes, stated: str = "") -> str:
    """The encoding of a text: by its byte order mark, UTF-8 if it is valid, else `stated`, or a Western one.

    UTF-8 is tried even if the profile tells another encoding, because somebody may have saved the file anew. If most
    characters outside of ASCII are valid UTF-8, the text is damaged UTF-8 and refused: in another encoding, all its
    names would be wrong. If no encoding is stated and only one place is not UTF-8, with a byte that UTF-8 could have,
    it is undecidable which encoding was meant, and the text is refused.
    """
    check_is_text(data)
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            check_is_whole(data, encoding)
            return encoding
    if OF_UTF16.match(data):
        raise SheetError(f"This is UTF-16 without the mark that tells so. {SAVE}")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        letters = [letter for letter in data.decode("utf-8", "replace") if not letter.isascii()]
        broken = data[error.start : error.end]
        if letters.count(DAMAGED) < len(letters) / 2:
            raise SheetError(f"{not_utf8(error)}, as the rest is. {SAVE}") from None
        if stated:
            return stated
        if letters == [DAMAGED] and broken[0] in OF_UTF8:
            windows = "" if OF_ONE_BYTE.search(broken) else f"; in Windows-1252 it is {quoted(broken.decode('cp1252'))}"
            raise SheetError(f"{not_utf8(error)}, and nothing else tells what it is{windows}. {SAVE}") from None
        return "latin-1" if OF_ONE_BYTE.search(data) else "cp1252"
    return "utf-8"


def check_is_whole(data: bytes, encoding: str) -> None:
    """Refuses a text that is not valid in the encoding of its byte order mark: it is damaged or truncated."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            raise SheetError(f"{not_utf8(error)}, as its mark says that it is. {SAVE}") from None
        message = f"This is {encoding.upper()}, and damaged from its byte {error.start + 1:,} on"
        raise SheetError(f"{message}; it may have been cut off. {SAVE}") from None


def is_list_of_json(data: bytes) -> bool:
    """Whether a file begins like a JSON list."""
    return data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"["


def check_is_text(data: bytes) -> None:
    """Refuses other kinds of files, which are recognised by how they begin."""
    begins = data.removeprefix(codecs.BOM_UTF8)
    if kind := next((kind for start, kind in OTHER_FILES.items() if begins.startswith(start)), ""):
        raise SheetError(f"This is {kind}.")
    if SQL.match(begins):
        raise SheetError("This is SQL: have the database write the table as a CSV.")
    if WEB_PAGE.match(data):
        raise SheetError("This is a web page or XML, whatever its name ends in: save it as XLSX in a spreadsheet.")


def workbook_lines(data: bytes, name: str) -> Lines:
    """The lines of a sheet of a workbook: the one of that name or, without one, the only sheet."""
    sheet = WorkbookSheet(data, partial(sheet_named, name) if name else sheet_with_cells, worked_out=True)
    faults: dict[tuple[int, int], str] = {}
    return Lines(text_rows(sheet, faults), faults, sheet.notes)


def text_rows(sheet: WorkbookSheet, faults: dict[tuple[int, int], str]) -> Iterator[Line]:
    """The lines of a sheet as text.

    A sheet does not store empty cells at the end of a line. Each line is padded to the widest one above it, so that
    such cells do not count as missing.
    """
    width = 0
    for line, row in sheet.rows():
        cells = []
        for place, cell in enumerate(row):
            try:
                cells.append(cell_text(cell, sheet))
            except SheetError as error:
                faults[line, place] = str(error).rstrip(".")
                cells.append("")
        while cells and not cells[-1]:
            cells.pop()
        width = max(width, len(cells))
        yield line, cells + [""] * (width - len(cells))


def cell_text(cell: Cell, sheet: WorkbookSheet) -> str:
    """The text of a cell: a date as exact as it is displayed, a number as it is stored, the result of a formula.

    If the text differs from what is displayed, the notes of the sheet say so. Raises SheetError if it cannot be read.
    """
    if cell.place in sheet.formulas:
        if cell.value is None:
            raise SheetError("holds a formula that has no value; open the workbook in a spreadsheet and save it")
        sheet.noted[FORMULAS].append(cell.place)
    if isinstance(cell.value, date):
        text = displayed_date(cell.value, cell.number_format)
        if text != cell.value.isoformat()[:10]:
            sheet.noted[DATES].append(f"{cell.place} {text}")
        elif time_of(cell.value):
            sheet.noted[TIMES].append(cell.place)
        return text
    if is_number(cell) and is_displayed_otherwise(cell.value, cell.number_format):
        sheet.noted[NUMBERS].append(f"{cell.place} {number_text(cell.value)} (“{cell.number_format}”)")
    if cell.is_date and cell.value is not None:
        raise SheetError("is a time of day or a length of time, and no date; format the column as text")
    return plain_text(cell)


def sheet_named(name: str, book: Any) -> Any:
    """The sheet of that name; raises SheetError if there is none."""
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if name not in sheets:
        raise SheetError(f"The workbook has no sheet {quoted(name)}; it has {', '.join(map(quoted, sheets))}.")
    return sheets[name]


def sheet_with_cells(book: Any) -> Any:
    """The only visible sheet that is not empty; raises SheetError if there are none or several."""
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    filled = [sheet for sheet in shown if len(shown) == 1 or has_cells(sheet)]
    if not filled:
        raise SheetError("The workbook has no sheet that shows and in which anything stands.")
    if len(filled) > 1:
        names = ", ".join(quoted(sheet.title) for sheet in filled)
        raise SheetError(
            f"The workbook has {len(filled)} sheets, {names}; name the one to import (sheet), or leave it alone."
        )
    return filled[0]


def has_cells(sheet: Any) -> bool:
    """Whether any cell of a sheet has a value."""
    sheet.reset_dimensions()
    return any(cell.value is not None for row in sheet.iter_rows() for cell in row)
