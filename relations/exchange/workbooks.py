"""A workbook that is made: text stays text in it, and a cell of a closed list offers its terms."""

import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import zip_longest
from tempfile import TemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from relations.exchange.column import Column
from relations.exchange.exports import MOST_ROWS, SAFE_DIGITS, TERMS, TooManyRowsError, as_text

LONGEST_CELL, LONGEST_TITLE = 32_767, 31
LAST_ROW = 1_048_576  # of a workbook that anybody can make
AS_TEXT = "@"  # the format of a cell in which a spreadsheet changes nothing that is typed
ESCAPE_OF_XML = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def make(
    name: str, columns: Sequence[Column], rows: Iterable[tuple[Any, ...]], terms: dict[str, list[str]]
) -> IO[bytes]:
    """Rows as a workbook: the header stays in sight, and a cell of a closed list offers its terms."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:LONGEST_TITLE])
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, 1):
        if column.kind != "number":
            sheet.column_dimensions[get_column_letter(place)].number_format = AS_TEXT
    offered = [(place, terms[column.name]) for place, column in enumerate(columns, 1) if terms.get(column.name)]
    if offered:
        offer_terms(book, sheet, offered)
    with closing(sheet):
        sheet.append([column.name for column in columns])
        for number, row in enumerate(rows):
            if number == MOST_ROWS:
                raise TooManyRowsError
            sheet.append([xlsx_cell(sheet, value, column) for value, column in zip(row, columns, strict=True)])
    file = TemporaryFile()  # noqa: SIM115 - who reads it closes it
    book.save(file)
    file.seek(0)
    return file


def offer_terms(book: Workbook, sheet: Any, offered: list[tuple[int, list[str]]]) -> None:
    """Has the cells of some columns offer their terms, and take nothing else; the lists are on a sheet of their own."""
    lists = book.create_sheet(TERMS)
    lists.sheet_state = "veryHidden"
    with closing(lists):
        for line in zip_longest(*(terms for _, terms in offered)):
            lists.append(line)
    for place_of_list, (place, terms) in enumerate(offered, 1):
        letter, source = get_column_letter(place), get_column_letter(place_of_list)
        rule = DataValidation("list", formula1=f"{TERMS}!${source}$1:${source}${len(terms)}", allow_blank=True)
        rule.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.data_validations.append(rule)


def xlsx_cell(sheet: Any, value: Any, column: Column) -> WriteOnlyCell:
    """A value as a workbook has it: text in a cell for text, as is a number of more digits than a spreadsheet keeps."""
    text = as_text(value)
    if len(text) > LONGEST_CELL:
        raise ValueError(f"{column.name}: a cell of {len(text)} characters does not fit into a workbook; use CSV.")
    if column.kind == "number" and text and len(text) <= SAFE_DIGITS:
        return WriteOnlyCell(sheet, value)
    # What looks as if it stood for a character that XML cannot hold is the text of somebody.
    cell = WriteOnlyCell(sheet, ESCAPE_OF_XML.sub("_x005F_", text))
    cell.data_type = "s"
    cell.number_format = AS_TEXT
    return cell
