"""Writes workbooks in which text stays text, and cells of closed lists offer their terms."""

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
LAST_ROW = 1_048_576  # the last row that XLSX allows
AS_TEXT = "@"  # the format of a cell in which a spreadsheet does not convert what is typed
ESCAPE_OF_XML = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def make(
    name: str, columns: Sequence[Column], rows: Iterable[tuple[Any, ...]], terms: dict[str, list[str]]
) -> IO[bytes]:
    """Writes rows to a workbook with a fixed header; cells of closed lists offer their `terms`.

    Raises TooManyRowsError, or ValueError for a text that is too long for a cell.
    """
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
    file = TemporaryFile()  # noqa: SIM115 - the reader closes it
    book.save(file)
    file.seek(0)
    return file


def offer_terms(book: Workbook, sheet: Any, offered: list[tuple[int, list[str]]]) -> None:
    """Restricts the cells of some columns to their terms, with drop-down lists; the terms are on a hidden sheet."""
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
    """A value as a cell; a number with more digits than a spreadsheet can store becomes text."""
    text = as_text(value)
    if len(text) > LONGEST_CELL:
        raise ValueError(f"{column.name}: a cell of {len(text)} characters does not fit into a workbook; use CSV.")
    if column.kind == "number" and text and len(text) <= SAFE_DIGITS:
        return WriteOnlyCell(sheet, value)
    # A text that looks like the escape of a control character (_x000D_) is escaped, so that it stays a text.
    cell = WriteOnlyCell(sheet, ESCAPE_OF_XML.sub("_x005F_", text))
    cell.data_type = "s"
    cell.number_format = AS_TEXT
    return cell
