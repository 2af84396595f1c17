"""Uploaded tables: a CSV or XLSX becomes a header and rows with their lines, or the reason why it cannot be read."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from defusedxml.common import DefusedXmlException
from import_export.formats import base_formats
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from tablib import Dataset

from relations.exchange.exports import XLSX_TYPE, unguarded

MAX_ROWS = 5000  # what a browser can preview
MAX_COLUMNS = 200
MAX_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 60_000_000
MAX_RATIO = 200  # sheets of repeated codes shrink to a hundredth; bombs to a thousandth and less
MAX_MEMBERS = 200
# Control characters other than tab and line ends, and those that turn the direction of text or hide in it.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class SheetError(ValueError):
    """Why a file is refused, in words for its author."""


def table(rows: Iterable[tuple[int, list[str]]]) -> Dataset:
    """A header and rows of its width, with the line of each in `lines`; anything else is refused."""
    numbered = iter(rows)
    _, header = next(numbered, (1, []))
    if not any(header):
        raise SheetError("line 1: the first line is empty; it must name the columns.")
    dataset = Dataset(headers=header)
    dataset.lines = []
    for line, cells in numbered:
        if not any(cells):
            continue
        if len(cells) != len(header):
            raise SheetError(f"line {line}: {len(cells)} cells, but the header names {len(header)} columns.")
        for name, cell in zip(header, cells, strict=True):
            if unseen := UNSEEN.search(cell):
                raise SheetError(f"line {line}, column {name}: holds the unseen character {named(unseen[0])}.")
        if len(dataset) == MAX_ROWS:
            raise SheetError(f"line {line}: more than {MAX_ROWS} rows; split the file.")
        dataset.append(cells)
        dataset.lines.append(line)
    return dataset


def named(character: str) -> str:
    """U+202E RIGHT-TO-LEFT OVERRIDE."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'control character')}".strip()


def read_csv(data: bytes) -> Dataset:
    """A CSV in UTF-8, with or without byte order mark, separated by commas."""
    if len(data) > MAX_BYTES:
        raise SheetError(f"The file has more than {MAX_BYTES // 1_000_000} MB.")
    if data.startswith(b"PK\x03\x04"):
        raise SheetError("This is not a CSV but a spreadsheet: choose the format XLSX.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, place = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        raise SheetError(f"line {line}, byte {place}: not UTF-8. Save the file as “CSV UTF-8”.") from None
    if unseen := UNSEEN.search(text):
        head = text[: unseen.start()]
        line, place = head.count("\n") + 1, len(head) - head.rfind("\n")
        raise SheetError(f"line {line}, character {place}: holds the unseen character {named(unseen[0])}.")
    return table(csv_rows(text))


def csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV with the line on which each begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if line == 1 and len(cells) == 1 and (separator := re.search("[;\t|]", cells[0])):
                raise SheetError(f"line 1: the columns are separated by “{separator[0]}”; they must be by commas.")
            yield line, [unguarded(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        reason = "a quotation mark is never closed" if "end of data" in str(error) else str(error)
        raise SheetError(f"line {line}: {reason}.") from None


def read_xlsx(data: bytes) -> Dataset:
    """The one sheet of an XLSX workbook, whose size is checked before it is unpacked."""
    try:
        check_archive(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        if len(book.sheetnames) != 1:
            raise SheetError(f"The workbook has {len(book.sheetnames)} sheets; leave the one to import.")
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size may be wrong
        return table(xlsx_rows(sheet.iter_rows(max_col=MAX_COLUMNS + 1)))
    except SheetError:
        raise
    except (zipfile.BadZipFile, InvalidFileException, DefusedXmlException, KeyError, ValueError, OSError) as error:
        raise SheetError(f"This is not a readable XLSX workbook ({type(error).__name__}).") from None


def check_archive(data: bytes) -> None:
    """Refuses an archive that would unpack to more than any table needs."""
    if len(data) > MAX_BYTES:
        raise SheetError(f"The file has more than {MAX_BYTES // 1_000_000} MB.")
    members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED_BYTES or unpacked > max(1_000_000, MAX_RATIO * len(data)):
        raise SheetError(f"The workbook unpacks to {len(members)} files of {unpacked:,} bytes: too much for a table.")


def xlsx_rows(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet as text, as wide as its header."""
    width = 0
    for line, row in enumerate(rows, 1):
        if line > 2 * MAX_ROWS:
            raise SheetError(f"line {line}: more than {2 * MAX_ROWS} lines; split the file, or delete its empty lines.")
        cells = [xlsx_text(cell, line, place) for place, cell in enumerate(row, 1)]
        while cells and not cells[-1] and (line == 1 or len(cells) > width):
            cells.pop()
        if line == 1:
            width = len(cells)
        if len(cells) > MAX_COLUMNS:
            raise SheetError(f"line {line}: more than {MAX_COLUMNS} columns.")
        yield line, cells + [""] * (width - len(cells))


def xlsx_text(cell: Any, line: int, place: int) -> str:
    """A cell of a sheet as the text a CSV would have; what a spreadsheet calculates or changes is refused."""
    where = f"line {line}, column number {place}"
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        raise SheetError(f"{where}: holds a formula; paste its value as text.")
    if cell.data_type == "e":
        raise SheetError(f"{where}: holds the spreadsheet error {cell.value}.")
    if cell.is_date or cell.data_type == "d":
        raise SheetError(f"{where}: a spreadsheet has changed this cell into a date; format the column as text.")
    if isinstance(cell.value, bool):
        return "true" if cell.value else "false"
    if isinstance(cell.value, int | float):
        return f"{Decimal(repr(cell.value)).normalize():f}"
    return str(cell.value)


class CSV(base_formats.Format):
    """The format for django-import-export; the file is kept in bytes until `read_csv` looks at it."""

    CONTENT_TYPE = "text/csv"

    def __init__(self, encoding: str | None = None) -> None:
        """The library names an encoding; only UTF-8 is read."""

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
    """The same for a workbook."""

    CONTENT_TYPE = XLSX_TYPE

    def get_title(self) -> str:
        return "XLSX"

    def get_extension(self) -> str:
        return "xlsx"

    def create_dataset(self, in_stream: bytes) -> Dataset:
        return read_xlsx(in_stream)
