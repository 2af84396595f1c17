"""Files: rows as CSV that a spreadsheet cannot mistake for formulas and as JSON, streamed, and as a workbook."""

import csv
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.urls import get_script_prefix

from relations.exchange.column import Audience, Column
from relations.exchange.columns import collection_of, columns_of, key_of, terms_of, values
from relations.exchange.streams import csv_of, json_of, snapshot
from relations.models.figure import without_zeros

CSV, JSON, XLSX = "csv", "json", "xlsx"
CHUNK_SIZE = 2000
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {CSV: "text/csv; charset=utf-8", JSON: "application/json", XLSX: XLSX_TYPE}
SAFE_DIGITS = 15  # of a number in a workbook
MOST_ROWS = 100_000  # of a workbook that we make
TERMS = "terms"  # the sheet of a workbook, which nobody sees, from which its cells offer their terms
NO_TEXTS = frozenset(["number", "boolean", "day", "instant"])
LONGEST_NAME = 120
PIECE = 64_000
LEVEL = 3  # of gzip: to pack takes no longer than to make what is packed
ASKS_FOR_GZIP = re.compile(r"(gzip|\*)(;q=(?!0(\.0*)?$).*)?")
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
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return without_zeros(value)
    return str(value)


def csv_cell(value: Any, column: Column) -> str:
    """A value as a CSV has it; numbers and days are left alone."""
    text = value if type(value) is str else as_text(value)  # most are texts already
    return text if column.kind in NO_TEXTS else guarded(text)


def raw_cell(value: Any, column: Column) -> str:
    """A value as a CSV has it that is for programs alone."""
    return as_text(value)


class Echo:
    """What a CSV writer writes to, and takes the line back from."""

    def write(self, line: str) -> str:
        return line


def csv_lines(
    columns: Iterable[Column], rows: Iterable[tuple[Any, ...]], cell: Callable[[Any, Column], str] = csv_cell
) -> Iterator[str]:
    """A CSV file, line by line, as PostgreSQL writes those of lists."""
    columns = list(columns)
    writer = csv.writer(Echo(), lineterminator="\n")
    yield writer.writerow([column.name for column in columns])
    for row in rows:
        yield writer.writerow(map(cell, row, columns))


def json_lines(columns: Iterable[Column], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """A list in JSON, line by line, as PostgreSQL writes those of lists."""
    columns = list(columns)
    before = "[\n"
    for row in rows:
        yield before + json_object(columns, row)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def json_object(columns: Iterable[Column], row: tuple[Any, ...]) -> str:
    """A row as an object of JSON: numbers to the last digit, nothing for none."""
    cells = (
        f"{json.dumps(column.name)}:{json_cell(value, column)}" for value, column in zip(row, columns, strict=True)
    )
    return f"{{{','.join(cells)}}}"


def json_cell(value: Any, column: Column) -> str:
    """A value as JSON has it."""
    text = as_text(value)
    if column.kind in ("number", "boolean"):
        return text or "null"
    return json.dumps(text, ensure_ascii=False) if text else "null"


def in_file_order(queryset: QuerySet) -> QuerySet:
    """In the order of the queryset where it has one of its own, else of its keys; both are of collation "C"."""
    if queryset.query.order_by:
        return queryset
    return queryset.order_by(*(column.reads for column in key_of(queryset.model)))


def stream(lines: Iterable[str], using: str) -> Iterator[bytes]:
    """A file of lines in pieces, of one line at first and then of more, which are read with time enough."""
    with snapshot(using), closing(iter(lines)) as rest:  # type: ignore[type-var]
        size = 1
        while piece := "".join(islice(rest, size)):
            yield piece.encode()
            size = min(2 * size, CHUNK_SIZE)


def base_address(request: HttpRequest) -> str:
    """Where the site begins, be it below a path of its host: what stands before the path of a permalink."""
    return request.build_absolute_uri(get_script_prefix())


def csv_response(
    queryset: QuerySet, *, base_url: str, audience: Audience = "public", name: str = ""
) -> StreamingHttpResponse:
    """The rows of a queryset as a CSV to download, named after what it holds."""
    columns = columns_in(queryset, audience)
    return streamed(CSV, name or collection_of(queryset.model), [queryset], columns, base_url)


def streamed(
    file_format: str, name: str, runs: Sequence[QuerySet], columns: Iterable[Column], base_url: str
) -> StreamingHttpResponse:
    """Rows in these columns as a file to download, run by run; a workbook is made when there is room for it."""
    in_order = [in_file_order(rows) for rows in runs]
    if file_format == XLSX:
        return download(name, XLSX, pieces_of(lambda: xlsx_of(in_order, columns, base_url)))
    pieces = csv_of if file_format == CSV else json_of
    return download(name, file_format, pieces(in_order, columns, base_url))


def xlsx_response(queryset: QuerySet, *, base_url: str, audience: Audience = "public", name: str = "") -> FileResponse:
    """The rows of a queryset as a workbook to download, which is whole before it is sent."""
    name = name or collection_of(queryset.model)
    file = xlsx_of([in_file_order(queryset)], columns_in(queryset, audience), base_url)
    return FileResponse(file, as_attachment=True, filename=f"{name}.{XLSX}", content_type=XLSX_TYPE)


def xlsx_of(runs: Sequence[QuerySet], columns: Iterable[Column], base_url: str) -> IO[bytes]:
    """The rows of the runs as a workbook, in which text stays text, even when typed, and only numbers are numbers."""
    if sum(rows.order_by()[: MOST_ROWS + 1].count() for rows in runs) > MOST_ROWS:
        raise TooManyRowsError
    columns = list(columns)
    terms = {column.name: terms_of(runs[0].model, column) for column in columns if column.writes}
    with snapshot(runs[0].db), ExitStack() as opened:
        each = [opened.enter_context(closing(values(rows, columns, base_url, CHUNK_SIZE))) for rows in runs]
        return workbook("data", columns, chain.from_iterable(each), terms)


def columns_in(queryset: QuerySet, audience: Audience) -> tuple[Column, ...]:
    """The columns of the rows of a queryset, those of a day among them where they are of one."""
    return columns_of(queryset.model, audience, of_a_day="as_of" in queryset.query.annotations)


def rows_response(
    file_format: str, name: str, columns: Sequence[Column], rows: Iterator[tuple[Any, ...]], using: str
) -> StreamingHttpResponse:
    """Rows that Python makes as a file to download; they are read as they are sent."""
    if file_format == XLSX:
        return download(name, file_format, pieces_of(lambda: workbook(name, columns, rows, {})))
    lines = csv_lines if file_format == CSV else json_lines
    return download(name, file_format, stream(lines(columns, rows), using))


def download(name: str, file_format: str, pieces: Iterator[bytes]) -> StreamingHttpResponse:
    """A file (UTF-8 without byte order mark) that is made while it is sent."""
    return StreamingHttpResponse(
        pieces,
        content_type=TYPES[file_format],
        headers={"Content-Disposition": f'attachment; filename="{name}.{file_format}"'},
    )


def file_name(name: str, asked: Iterable[tuple[str, str]], day: date) -> str:
    """What a file is called: what it holds, the day on which it was made, and what was asked."""
    told = [re.sub("[^A-Za-z0-9.]+", "-", f"{key} {value}").strip("-") for key, value in asked]
    return "_".join([name, day.isoformat(), *told])[:LONGEST_NAME].rstrip("-_.")


def packed(response: StreamingHttpResponse, accepted: str) -> StreamingHttpResponse:
    """A file as gzip, where its reader asks for that; a workbook is packed already."""
    if response["Content-Type"] == XLSX_TYPE:
        return response
    response["Vary"] = "Accept-Encoding"
    if any(ASKS_FOR_GZIP.fullmatch(each.replace(" ", "")) for each in accepted.split(",")):
        response["Content-Encoding"] = "gzip"
        response.streaming_content = gzipped(response.streaming_content)  # type: ignore[arg-type]
    return response


def gzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces packed one by one, so that each can be read as it comes."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    for piece in pieces:
        yield packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()


class TooManyRowsError(ValueError):
    """More rows than a workbook is made of."""

    def __init__(self) -> None:
        super().__init__(
            f"A workbook stops at {MOST_ROWS:,} rows, and these are more: take the CSV, which has no end, or narrow"
            " the list."
        )


def pieces_of(make: Callable[[], IO[bytes]]) -> Iterator[bytes]:
    """A file in pieces, which is made when the first of them is asked for, and refused where it cannot be made."""
    try:
        file = make()
    except ValueError as error:
        raise BadRequest(str(error)) from error
    with file:
        yield from iter(lambda: file.read(PIECE), b"")


def workbook(
    name: str, columns: Sequence[Column], rows: Iterable[tuple[Any, ...]], terms: dict[str, list[str]]
) -> IO[bytes]:
    """Rows as a workbook; openpyxl, which makes it, would take a tenth of the time in which a site starts."""
    from relations.exchange import workbooks  # noqa: PLC0415 - so that it is loaded where it is used

    return workbooks.make(name, columns, rows, terms)
