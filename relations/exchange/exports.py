"""Files: the rows of a queryset, streamed as CSV that a spreadsheet cannot mistake for formulas."""

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any

from django.db import connections, transaction
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.urls import get_script_prefix
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from relations.exchange.columns import Audience, Column, collection_of, columns_of, key_of, values
from relations.models.figure import without_zeros

STREAM_TIMEOUT = "5min"  # of one statement; a download may take longer than a page
CHUNK_SIZE = 2000
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL, SAFE_DIGITS = 32_767, 15
AS_TEXT = "@"  # the format of a cell in which a spreadsheet changes nothing that is typed
ESCAPE_OF_XML = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# An apostrophe of the text itself counts as ours, so that removing exactly one always gives back the text.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would calculate."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if GUARDED.match(text) else text


def as_text(value: Any) -> str:
    """A value as a cell has it: ISO days, point decimals without trailing zeros, true and false, nothing for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return without_zeros(value)
    return str(value)


def csv_cell(value: Any, column: Column) -> str:
    """A value as a CSV has it; numbers and days are left alone."""
    return as_text(value) if column.kind in ("number", "boolean", "day") else guarded(as_text(value))


class Line:
    """What a CSV writer writes to, and takes the line back from."""

    def write(self, line: str) -> str:
        return line


def csv_lines(columns: Iterable[Column], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """A CSV file (RFC 4180), line by line."""
    columns = list(columns)
    writer = csv.writer(Line())
    yield writer.writerow([column.name for column in columns])
    for row in rows:
        yield writer.writerow(map(csv_cell, row, columns))


def in_file_order(queryset: QuerySet) -> QuerySet:
    """In the order of the queryset where it has one of its own, else of its keys; both are of collation "C"."""
    if queryset.query.order_by:
        return queryset
    return queryset.order_by(*(column.reads for column in key_of(queryset.model)))


def stream(queryset: QuerySet, columns: Iterable[Column], base_url: str) -> Iterator[bytes]:
    """The CSV of a queryset in pieces of some thousand rows, by one query with time enough."""
    with transaction.atomic(queryset.db):
        with connections[queryset.db].cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{STREAM_TIMEOUT}'")
        piece: list[str] = []
        for line in csv_lines(columns, values(in_file_order(queryset), columns, base_url, CHUNK_SIZE)):
            piece.append(line)
            if len(piece) == CHUNK_SIZE:
                yield "".join(piece).encode()
                piece = []
        yield "".join(piece).encode()


def base_address(request: HttpRequest) -> str:
    """Where the site begins, be it below a path of its host: what stands before the path of a permalink."""
    return request.build_absolute_uri(get_script_prefix())


def csv_response(queryset: QuerySet, *, base_url: str, audience: Audience = "public") -> StreamingHttpResponse:
    """The rows of a queryset as a CSV to download (UTF-8 without byte order mark), named after what it holds."""
    return StreamingHttpResponse(
        stream(queryset, columns_of(queryset.model, audience), base_url),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{collection_of(queryset.model)}.csv"'},
    )


def xlsx_response(queryset: QuerySet, *, base_url: str, audience: Audience = "public") -> FileResponse:
    """The rows of a queryset as a workbook, in which text stays text, even when typed, and only numbers are numbers."""
    columns = columns_of(queryset.model, audience)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(collection_of(queryset.model))
    for place, column in enumerate(columns, 1):
        if column.kind != "number":
            sheet.column_dimensions[get_column_letter(place)].number_format = AS_TEXT
    with closing(sheet):
        sheet.append([column.name for column in columns])
        for row in values(in_file_order(queryset), columns, base_url, CHUNK_SIZE):
            sheet.append([xlsx_cell(sheet, value, column) for value, column in zip(row, columns, strict=True)])
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{collection_of(queryset.model)}.xlsx", content_type=XLSX_TYPE
    )


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
