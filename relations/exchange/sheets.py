"""Uploaded files: a CSV or XLSX becomes a table, or the reason why it cannot be read."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from defusedxml.common import DefusedXmlException
from import_export.formats import base_formats
from tablib import Dataset

from relations.exchange.exports import SAFE_DIGITS, TERMS, XLSX_TYPE, unguarded
from relations.exchange.tables import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TOLD,
    Line,
    SheetError,
    is_blank,
    table,
    told_separator,
)
from relations.models.upload import MAX_BYTES

MAX_UNPACKED_BYTES = 60_000_000
MAX_RATIO = 200  # sheets of repeated codes shrink to a hundredth; bombs to a thousandth and less
MAX_MEMBERS = 200
MAX_CELLS = 1_000  # of a line; they take a hundred times as long to read as those of a CSV
ZIP, OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # how their files begin
OTHER_FOLDERS = {  # by a file in them
    "content.xml": "an OpenDocument file",
    "word/document.xml": "a Word document",
    "xl/workbook.bin": "a binary workbook (XLSB)",
    "Index/Document.iwa": "a document of Numbers or Pages",
}
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref=[\"']([A-Z0-9:]+)")
CELL, END_OF_LINE = re.compile(rb"<(?:\w+:)?c[\s/>]"), re.compile(rb"</(?:\w+:)?row>")
# It warns of what it leaves out of a workbook, such as drop-down lists: nothing that is imported.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
SAVE = "Save the file as “CSV UTF-8”."
CSV_SLIPS = {
    "unexpected end of data": "a quotation mark is never closed",
    "field larger than field limit": "a cell has more than 131,072 characters, or a quotation mark is never closed",
    "expected after": "after a closing quotation mark stands neither a comma nor the end of the line",
}


def read_csv(data: bytes) -> Dataset:
    """A CSV in UTF-8, with or without byte order mark, separated by commas, that is not too large for a page."""
    if len(data) > MAX_BYTES:
        raise SheetError(f"The file has more than {MAX_BYTES // 1_000_000} MB.")
    return read_csv_of(data, MAX_ROWS)


def read_csv_of(data: bytes, most: int) -> Dataset:
    """The same, of as many rows."""
    if data.startswith((ZIP, OLD_WORKBOOK)):
        raise SheetError("This is not a CSV but a spreadsheet: choose the format XLSX.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError(f"{not_utf8(error)}. {SAVE}") from None
    if separator := re.match(r'"[^",]*"([;\t|])', text):
        raise SheetError(told_separator(1, separator[1]))
    return table(csv_rows(text), most)


def not_utf8(error: UnicodeDecodeError) -> str:
    """Where in a text something is not UTF-8, and what; lines end as in Windows, Unix or old Macs."""
    *above, last = re.split("\r\n|\r|\n", error.object[: error.start].decode())
    there = error.object[error.start : error.end].hex(" ").upper()
    return f"line {len(above) + 1}, character {len(last) + 1}: byte {there} is not UTF-8"


def csv_rows(text: str) -> Iterator[Line]:
    """The rows of a CSV with the line on which each begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            # Excel is told by such a line that commas separate the columns.
            if line > 1 or not cells or cells[0].casefold() != "sep=" or any(cells[1:]):
                yield line, [unguarded(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise SheetError(f"line {line}: {csv_slip(error)}.") from None


def csv_slip(error: csv.Error) -> str:
    """What is wrong with the quotation marks of a CSV."""
    return next((words for slip, words in CSV_SLIPS.items() if slip in str(error)), str(error))


class Cell(NamedTuple):
    """A cell of a sheet: what stands in it, as what, and whether a spreadsheet shows that as a date."""

    value: Any
    data_type: str
    is_date: bool


def read_xlsx(data: bytes) -> Dataset:
    """The one sheet of an XLSX workbook, whose size is checked before it is unpacked."""
    if len(data) > MAX_BYTES:
        raise SheetError(f"The file has more than {MAX_BYTES // 1_000_000} MB.")
    if data.startswith(OLD_WORKBOOK):
        raise SheetError("This is an old workbook, or one with a password: save it as XLSX, without a password.")
    return table(xlsx_rows(cells_of(data, only_sheet)))


def cells_of(data: bytes, choose: Callable[[Any], Any]) -> Iterator[list[Cell]]:
    """The cells of the chosen sheet of a workbook, row by row; a damaged one is refused, whatever is damaged in it.

    Cells that are merged are refused, but for those of a title above the table: a line in which nothing else stands.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - it would take a tenth of the time in which a site starts
    from openpyxl.utils.escape import unescape  # noqa: PLC0415

    titles, is_above = set(), True
    try:
        merged = check_archive(zipfile.ZipFile(io.BytesIO(data)), len(data))
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = choose(book)
        sheet.reset_dimensions()  # what the file says of its own size may be wrong
        for line, row in enumerate(sheet.iter_rows(), 1):
            is_above = is_above and sum(cell.value is not None for cell in row) <= 1
            if is_above:
                titles.add((str(line), str(line)))
            # What XML cannot hold stands in a workbook as _x000D_: from Windows, the half of a line end.
            values = (unescape(cell.value) if isinstance(cell.value, str) else cell.value for cell in row)
            yield [Cell(value, cell.data_type, cell.is_date) for value, cell in zip(values, row, strict=True)]
    except SheetError:
        raise
    except (DefusedXmlException, Exception) as error:  # noqa: BLE001 - what unpacks and parses stumbles in more ways than it tells
        raise SheetError(f"This is not a readable XLSX workbook ({type(error).__name__}).") from None
    if several := [area for area in merged if tuple(re.findall("[0-9]+", area)) not in titles]:
        told = ", ".join(several[:MAX_TOLD])
        raise SheetError(f"The cells {told} are one; separate them, and fill in each.")


def check_archive(archive: zipfile.ZipFile, size: int) -> list[str]:
    """Refuses an archive that is no workbook or would unpack to more than any table needs; names its merged cells."""
    members = archive.infolist()
    if kind := next((kind for name, kind in OTHER_FOLDERS.items() if name in archive.NameToInfo), ""):
        raise SheetError(f"This is {kind}: save its table as XLSX.")
    if not any(member.filename.startswith("xl/") for member in members):
        raise SheetError("This is a packed folder and not a workbook: unpack it first.")
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED_BYTES or unpacked > max(1_000_000, MAX_RATIO * size):
        raise SheetError(f"The workbook unpacks to {len(members)} files of {unpacked:,} bytes: too much for a table.")
    merged = []
    for sheet in (archive.read(member) for member in members if member.filename.startswith("xl/worksheets/")):
        check_width(sheet)
        # Read cell by cell, a sheet does not tell that the cells below a merged one are empty only to the eye.
        merged += [area.decode() for area in MERGED.findall(sheet)]
    return merged


def check_width(sheet: bytes) -> None:
    """Refuses a sheet of which a line has thousands of cells, before anything takes a minute to read them."""
    widest = max(len(CELL.findall(line)) for line in END_OF_LINE.split(sheet))
    if widest > MAX_CELLS:
        raise SheetError(
            f"The sheet has {widest:,} columns, and {MAX_CELLS:,} are read of a workbook at most;"
            " delete those that are not needed, or save it as a CSV."
        )


def only_sheet(book: Any) -> Any:
    """The sheet of a workbook that has one, beside the hidden one from which the cells of our files offer terms."""
    hidden = {sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"}
    names = [name for name in book.sheetnames if not (name == TERMS and name in hidden)]
    if len(names) != 1:
        named = ", ".join(f"“{name}”{' (hidden)' if name in hidden else ''}" for name in names)
        raise SheetError(f"The workbook has {len(names)} sheets, {named}; leave the one to import.")
    sheets = [sheet for sheet in book.worksheets if sheet.title == names[0]]
    if not sheets:
        raise SheetError("The workbook has a chart and no table.")
    return sheets[0]


def xlsx_rows(rows: Iterable[list[Cell]]) -> Iterator[Line]:
    """The rows of a sheet as text, all of one width."""
    names: list[str] = []
    for line, row in enumerate(rows, 1):
        if line > 2 * MAX_ROWS:
            raise SheetError(f"line {line}: more than {2 * MAX_ROWS} lines; split the file, or delete its empty lines.")
        cells = []
        for place, cell in enumerate(row):
            try:
                cells.append(xlsx_text(cell))
            except SheetError as error:
                from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

                name = names[place] if place < len(names) and names[place] else get_column_letter(place + 1)
                raise SheetError(f"line {line}, column {name}: {error}") from None
        while cells and is_blank(cells[-1]):
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise SheetError(f"line {line}: more than {MAX_COLUMNS} columns.")
        names = names or [cell.strip() for cell in cells]
        yield line, cells + [""] * (MAX_COLUMNS - len(cells))


def xlsx_text(cell: Cell) -> str:
    """A cell of a sheet as the text a CSV would have; what a spreadsheet calculates or changes is refused."""
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        raise SheetError("holds a formula; paste its value as text.")
    if cell.data_type == "e":
        raise SheetError(f"holds the spreadsheet error {cell.value}.")
    if cell.is_date or cell.data_type == "d":
        raise SheetError("a spreadsheet has changed this cell into a date; format the column as text.")
    if isinstance(cell.value, bool):
        return "true" if cell.value else "false"
    if isinstance(cell.value, int | float):
        if abs(cell.value) >= 10**SAFE_DIGITS:
            raise SheetError(f"of a number, a spreadsheet keeps {SAFE_DIGITS} digits; format the column as text.")
        return f"{Decimal(f'{cell.value:.{SAFE_DIGITS}g}').normalize():f}"
    return re.sub("\r\n?", "\n", str(cell.value))


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
