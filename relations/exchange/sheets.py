"""Reads uploaded CSV and XLSX files in our own columns; raises SheetError if they cannot be read."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from import_export.formats import base_formats
from tablib import Dataset

from relations.exchange.exports import SAFE_DIGITS, TERMS, XLSX_TYPE, unguarded
from relations.exchange.number_formats import is_displayed_otherwise
from relations.exchange.tables import MAX_COLUMNS, MAX_ROWS, Line, SheetError, is_blank, table, wrong_separator
from relations.exchange.workbook_sheet import Cell, WorkbookSheet
from relations.models.upload import MAX_BYTES

ZIP, OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # the first bytes of such files
SAVE = "Save the file as “CSV UTF-8”."
CSV_ERRORS = {
    "unexpected end of data": "a quotation mark is never closed",
    "field larger than field limit": "a cell has more than 131,072 characters, or a quotation mark is never closed",
    "expected after": "after a closing quotation mark stands neither a comma nor the end of the line",
}


def read_csv(data: bytes) -> Dataset:
    """Reads a CSV in UTF-8, with or without byte order mark, separated by commas, and small enough for a preview."""
    if len(data) > MAX_BYTES:
        raise SheetError(f"The file has more than {MAX_BYTES // 1_000_000} MB.")
    return read_csv_of(data, MAX_ROWS)


def read_csv_of(data: bytes, most: int) -> Dataset:
    """Reads such a CSV with at most `most` rows."""
    if data.startswith((ZIP, OLD_WORKBOOK)):
        raise SheetError("This is not a CSV but a spreadsheet: choose the format XLSX.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError(f"{not_utf8(error)}. {SAVE}") from None
    if separator := re.match(r'"[^",]*"([;\t|])', text):
        raise SheetError(wrong_separator(1, separator[1]))
    return table(csv_rows(text), most)


def not_utf8(error: UnicodeDecodeError) -> str:
    """The message for the first byte that is not UTF-8, with its line and character."""
    *above, last = re.split("\r\n|\r|\n", error.object[: error.start].decode())
    there = error.object[error.start : error.end].hex(" ").upper()
    return f"line {len(above) + 1}, character {len(last) + 1}: byte {there} is not UTF-8"


def csv_rows(text: str) -> Iterator[Line]:
    """The rows of a CSV, each with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            # "sep=," as the first line tells Excel that commas separate the columns.
            if line > 1 or not cells or cells[0].casefold() != "sep=" or any(cells[1:]):
                yield line, [unguarded(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise SheetError(f"line {line}: {csv_error_message(error)}.") from None


def csv_error_message(error: csv.Error) -> str:
    """The message for an error of the csv module."""
    return next((words for text, words in CSV_ERRORS.items() if text in str(error)), str(error))


def read_xlsx(data: bytes) -> Dataset:
    """Reads the only sheet of an XLSX workbook, whose size is checked before it is unpacked."""
    if len(data) > MAX_BYTES:
        raise SheetError(f"The file has more than {MAX_BYTES // 1_000_000} MB.")
    if data.startswith(OLD_WORKBOOK):
        raise SheetError("This is an old workbook, or one with a password: save it as XLSX, without a password.")
    sheet = WorkbookSheet(data, only_sheet)
    dataset = table(xlsx_rows(sheet.rows()))
    dataset.notes = sheet.notes({*dataset.lines})
    return dataset


def only_sheet(book: Any) -> Any:
    """The only sheet of a workbook, apart from the hidden sheet of terms that our exports have."""
    hidden = {sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"}
    names = [name for name in book.sheetnames if not (name == TERMS and name in hidden)]
    if len(names) != 1:
        named = ", ".join(f"“{name}”{' (hidden)' if name in hidden else ''}" for name in names)
        raise SheetError(f"The workbook has {len(names)} sheets, {named}; leave the one to import.")
    sheets = [sheet for sheet in book.worksheets if sheet.title == names[0]]
    if not sheets:
        raise SheetError("The workbook has a chart and no table.")
    return sheets[0]


def xlsx_rows(rows: Iterable[tuple[int, list[Cell]]]) -> Iterator[Line]:
    """The rows of a sheet as text, padded to the same width."""
    names: list[str] = []
    for line, row in rows:
        cells = []
        for place, cell in enumerate(row):
            try:
                cells.append(xlsx_text(cell))
            except SheetError as error:
                name = names[place] if place < len(names) and names[place] else cell.place.rstrip("0123456789")
                raise SheetError(f"line {line}, column {name}: {error}") from None
        while cells and is_blank(cells[-1]):
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise SheetError(f"line {line}: more than {MAX_COLUMNS} columns.")
        names = names or [cell.strip() for cell in cells]
        yield line, cells + [""] * (MAX_COLUMNS - len(cells))


def xlsx_text(cell: Cell) -> str:
    """The text of a cell in our own columns; raises SheetError for formulas, errors, dates and changed numbers."""
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        raise SheetError("holds a formula; paste its value as text.")
    if cell.data_type == "e":
        raise SheetError(f"holds the spreadsheet error {cell.value}.")
    if cell.is_date or cell.data_type == "d":
        raise SheetError("a spreadsheet has changed this cell into a date; format the column as text.")
    if is_number(cell) and is_displayed_otherwise(cell.value, cell.number_format):
        message = f"holds {number_text(cell.value)} and shows it in the format “{cell.number_format}”"
        raise SheetError(f"{message}; format the column as text, and write what is meant.")
    return plain_text(cell)


def plain_text(cell: Cell) -> str:
    """The text of a cell that is not a date; raises SheetError for numbers with more than SAFE_DIGITS digits."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, bool):
        return "true" if cell.value else "false"
    if is_number(cell):
        if abs(cell.value) >= 10**SAFE_DIGITS:
            raise SheetError(f"of a number, a spreadsheet keeps {SAFE_DIGITS} digits; format the column as text.")
        return number_text(cell.value)
    return re.sub("\r\n?", "\n", str(cell.value))


def is_number(cell: Cell) -> bool:
    return isinstance(cell.value, int | float) and not isinstance(cell.value, bool)


def number_text(value: float) -> str:
    """A number in digits, without exponent or trailing zeros."""
    return f"{Decimal(f'{value:.{SAFE_DIGITS}g}').normalize():f}"


class CSV(base_formats.Format):
    """The CSV format for django-import-export; the file stays in bytes until `read_csv` decodes it."""

    CONTENT_TYPE = "text/csv"

    def __init__(self, encoding: str | None = None) -> None:
        """Ignores the encoding that the library passes: only UTF-8 is read."""

    def get_title(self) -> str:
        return "CSV"

    def get_extension(self) -> str:
        return "csv"

    def create_dataset(self, in_stream: bytes) -> Dataset:
        return read_csv(in_stream)

    def is_binary(self) -> bool:
        return True

    def get_read_mode(self) -> str:
        return "rb"

    def can_import(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True


class XLSX(CSV):
    """The XLSX format for django-import-export."""

    CONTENT_TYPE = XLSX_TYPE

    def get_title(self) -> str:
        return "XLSX"

    def get_extension(self) -> str:
        return "xlsx"

    def create_dataset(self, in_stream: bytes) -> Dataset:
        return read_xlsx(in_stream)
