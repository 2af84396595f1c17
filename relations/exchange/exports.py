"""Exports rows as CSV, safe from formulas, and as JSON, both streamed, and as workbooks."""

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
SAFE_DIGITS = 15  # that a spreadsheet can store of a number
MOST_ROWS = 100_000  # in a workbook
TERMS = "terms"  # the hidden sheet of a workbook with the terms of its drop-down lists
NO_TEXTS = frozenset(["number", "boolean", "day", "instant"])
LONGEST_NAME = 120
PIECE = 64_000
LEVEL = 3  # of gzip; compressing takes no longer than rendering
ASKS_FOR_GZIP = re.compile(r"(gzip|\*)(;q=(?!0(\.0*)?$).*)?")
# Apostrophes of the text itself are covered, so that removing exactly one always restores the text.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet would read it as a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if GUARDED.match(text) else text


def as_text(value: Any) -> str:
    """A value as text: ISO dates, decimal points without trailing zeros, true and false; empty for None."""
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
    """A value as a CSV cell, guarded against formulas unless it is a number or a date."""
    text = value if type(value) is str else as_text(value)  # most are texts already
    return text if column.kind in NO_TEXTS else guarded(text)


def raw_cell(value: Any, column: Column) -> str:
    """A value as a CSV cell of a file for programs, which is not guarded."""
    return as_text(value)


class Echo:
    """A file for `csv.writer` whose `write` returns the line."""

    def write(self, line: str) -> str:
        return line


def csv_lines(
    columns: Iterable[Column], rows: Iterable[tuple[Any, ...]], cell: Callable[[Any, Column], str] = csv_cell
) -> Iterator[str]:
    """A CSV file, line by line, in the same form as PostgreSQL writes it (streams.py)."""
    columns = list(columns)
    writer = csv.writer(Echo(), lineterminator="\n")
    yield writer.writerow([column.name for column in columns])
    for row in rows:
        yield writer.writerow(map(cell, row, columns))


def json_lines(columns: Iterable[Column], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """A JSON list, line by line, in the same form as PostgreSQL writes it (streams.py)."""
    columns = list(columns)
    before = "[\n"
    for row in rows:
        yield before + json_object(columns, row)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def json_object(columns: Iterable[Column], row: tuple[Any, ...]) -> str:
    """A row as a JSON object: numbers with all digits, null for None and empty texts."""
    cells = (
        f"{json.dumps(column.name)}:{json_cell(value, column)}" for value, column in zip(row, columns, strict=True)
    )
    return f"{{{','.join(cells)}}}"


def json_cell(value: Any, column: Column) -> str:
    """A value as JSON."""
    text = as_text(value)
    if column.kind in ("number", "boolean"):
        return text or "null"
    return json.dumps(text, ensure_ascii=False) if text else "null"


def in_file_order(queryset: QuerySet) -> QuerySet:
    """The queryset in its own order or, without one, in that of its key, in collation "C"."""
    if queryset.query.order_by:
        return queryset
    return queryset.order_by(*(column.reads for column in key_of(queryset.model)))


def stream(lines: Iterable[str], using: str) -> Iterator[bytes]:
    """Lines as encoded pieces, from one snapshot; the first piece is one line, so that the download begins at once."""
    with snapshot(using), closing(iter(lines)) as rest:  # type: ignore[type-var]
        size = 1
        while piece := "".join(islice(rest, size)):
            yield piece.encode()
            size = min(2 * size, CHUNK_SIZE)


def base_address(request: HttpRequest) -> str:
    """The address of the site, with its path if it is not at the root of the host."""
    return request.build_absolute_uri(get_script_prefix())


def csv_response(
    queryset: QuerySet, *, base_url: str, audience: Audience = "public", name: str = ""
) -> StreamingHttpResponse:
    """The rows of a queryset as a CSV download, named after their collection."""
    columns = columns_in(queryset, audience)
    return streamed(CSV, name or collection_of(queryset.model), [queryset], columns, base_url)


def streamed(
    file_format: str, name: str, runs: Sequence[QuerySet], columns: Iterable[Column], base_url: str
) -> StreamingHttpResponse:
    """The rows of runs as a download; a workbook is made when the response is first read."""
    in_order = [in_file_order(rows) for rows in runs]
    if file_format == XLSX:
        return download(name, XLSX, pieces_of(lambda: xlsx_of(in_order, columns, base_url)))
    pieces = csv_of if file_format == CSV else json_of
    return download(name, file_format, pieces(in_order, columns, base_url))


def xlsx_response(queryset: QuerySet, *, base_url: str, audience: Audience = "public", name: str = "") -> FileResponse:
    """The rows of a queryset as a workbook download, complete before it is sent."""
    name = name or collection_of(queryset.model)
    file = xlsx_of([in_file_order(queryset)], columns_in(queryset, audience), base_url)
    return FileResponse(file, as_attachment=True, filename=f"{name}.{XLSX}", content_type=XLSX_TYPE)


def xlsx_of(runs: Sequence[QuerySet], columns: Iterable[Column], base_url: str) -> IO[bytes]:
    """The rows of the runs as a workbook; raises TooManyRowsError."""
    if sum(rows.order_by()[: MOST_ROWS + 1].count() for rows in runs) > MOST_ROWS:
        raise TooManyRowsError
    columns = list(columns)
    terms = {column.name: terms_of(runs[0].model, column) for column in columns if column.writes}
    with snapshot(runs[0].db), ExitStack() as opened:
        each = [opened.enter_context(closing(values(rows, columns, base_url, CHUNK_SIZE))) for rows in runs]
        return workbook("data", columns, chain.from_iterable(each), terms)


def columns_in(queryset: QuerySet, audience: Audience) -> tuple[Column, ...]:
    """The columns of a queryset, with those of a given day if it is annotated with `as_of`."""
    return columns_of(queryset.model, audience, of_a_day="as_of" in queryset.query.annotations)


def rows_response(
    file_format: str, name: str, columns: Sequence[Column], rows: Iterator[tuple[Any, ...]], using: str
) -> StreamingHttpResponse:
    """Rows from a Python iterator as a download, streamed."""
    if file_format == XLSX:
        return download(name, file_format, pieces_of(lambda: workbook(name, columns, rows, {})))
    lines = csv_lines if file_format == CSV else json_lines
    return download(name, file_format, stream(lines(columns, rows), using))


def download(name: str, file_format: str, pieces: Iterator[bytes]) -> StreamingHttpResponse:
    """A streamed download, in UTF-8 without byte order mark."""
    return StreamingHttpResponse(
        pieces,
        content_type=TYPES[file_format],
        headers={"Content-Disposition": f'attachment; filename="{name}.{file_format}"'},
    )


def file_name(name: str, parameters: Iterable[tuple[str, str]], day: date) -> str:
    """The name of a file: its collection, the date, and the parameters of the list."""
    words = [re.sub("[^A-Za-z0-9.]+", "-", f"{key} {value}").strip("-") for key, value in parameters]
    return "_".join([name, day.isoformat(), *words])[:LONGEST_NAME].rstrip("-_.")


def packed(response: StreamingHttpResponse, accepted: str) -> StreamingHttpResponse:
    """The response, compressed if the client accepts gzip; workbooks are compressed already."""
    if response["Content-Type"] == XLSX_TYPE:
        return response
    response["Vary"] = "Accept-Encoding"
    if any(ASKS_FOR_GZIP.fullmatch(each.replace(" ", "")) for each in accepted.split(",")):
        response["Content-Encoding"] = "gzip"
        response.streaming_content = gzipped(response.streaming_content)  # type: ignore[arg-type]
    return response


def gzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces compressed and flushed one by one, so that the client can read each as it arrives."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    for piece in pieces:
        yield packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()


class TooManyRowsError(ValueError):
    """There are more rows than a workbook may have."""

    def __init__(self) -> None:
        super().__init__(
            f"A workbook stops at {MOST_ROWS:,} rows, and these are more: take the CSV, which has no end, or narrow"
            " the list."
        )


def pieces_of(make: Callable[[], IO[bytes]]) -> Iterator[bytes]:
    """A file in pieces, made when the first is read; raises BadRequest if it cannot be made."""
    try:
        file = make()
    except ValueError as error:
        raise BadRequest(str(error)) from error
    with file:
        yield from iter(lambda: file.read(PIECE), b"")


def workbook(
    name: str, columns: Sequence[Column], rows: Iterable[tuple[Any, ...]], terms: dict[str, list[str]]
) -> IO[bytes]:
    """Rows as a workbook. It is imported here because openpyxl would take a tenth of the start time of the site."""
    from relations.exchange import workbooks  # noqa: PLC0415 - loaded only if it is needed

    return workbooks.make(name, columns, rows, terms)
