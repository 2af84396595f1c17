"""The rows of querysets as PostgreSQL writes them into a file: by COPY or as JSON, some thousand at a time.

A file is made of runs, querysets of one model that follow one another; most files are one. A column reads its row as
the column says. The parts that stand in one cell, or as a list within a row of JSON, are put together for all of these
rows at once: asked for row by row, they would take longer than everything else.

Rows that are read are held until their reader has them, however slow: a statement never waits for a reader.
"""

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from typing import Any

from django.db import connections, transaction
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from relations.exchange.column import Column
from relations.exchange.parts import Aliases, Cell
from relations.exchange.tidy import Tidy, tidy_of

TIMEOUT = "5min"  # of one statement; a download may take longer than a page
FIRST, MOST = 1_000, 20_000  # rows at a time: few that come at once, then more, which take less time each
HELD = 8_000_000  # bytes of the rows that are read at a time
PIECE = 500  # rows that are sent at a time
PATIENCE = 10  # seconds without a statement, while a slow reader takes its pieces
# For the statements that read rows by their keys: to look up the sources of some rows takes less than to hash all
# sources; what is sorted for these rows has room; and parallel workers would each put all the parts together.
BY_KEY = "SET LOCAL enable_hashjoin = off; SET LOCAL work_mem = '32MB'; SET LOCAL max_parallel_workers_per_gather = 0"
KEYS = object()  # stands among parameters for the keys of rows
# How a cell is written that is not written as it stands; exports.py says the same in Python.
PLAIN = {
    "number": "trim_scale({}::numeric)",
    "boolean": "{}",
    "day": "{}",
    "instant": """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    "path": "%s || {}",  # the address of the site, which is a parameter, and the path
}
CELLS = PLAIN | {"boolean": "{}::text"}
GUARDED = CELLS | dict.fromkeys(
    ("text", "code", "numbering", "isbn", "doi", "parts"),
    # No formula begins with a letter, and more than that is not asked of most cells.
    """CASE WHEN {0} = '' THEN NULL
            WHEN {0} < 'A' COLLATE "C" AND {0} ~ E'^''*[=+@\\t\\r-]' THEN '''' || {0} ELSE {0} END""",
)
AS_IT_STANDS = "nullif({}, '')"


@contextmanager
def snapshot(using: str) -> Iterator[Any]:
    """A transaction that sees what there is as it begins, with time enough for each of its statements."""
    is_outermost = not connections[using].in_atomic_block
    with transaction.atomic(using), connections[using].cursor() as cursor:
        if is_outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # Nothing is compiled: for some thousand rows that takes longer than to read them.
        cursor.execute(f"SET LOCAL statement_timeout = '{TIMEOUT}'; SET LOCAL jit = off; SET LOCAL DateStyle = ISO")
        yield cursor


def csv_of(
    runs: Sequence[QuerySet], columns: Iterable[Column], base_url: str, *, guarded: bool = True
) -> Iterator[bytes]:
    """A CSV file in pieces: a header, and the rows of the runs in their order, all of them as of one moment.

    It is as RFC 4180 has it but for its line ends: PostgreSQL ends lines with a line feed alone, as other tools do.
    What a spreadsheet would calculate is guarded, unless the file is for programs alone.
    """
    columns, connection = list(columns), connections[runs[0].db]
    statement, parameters = cells_of(runs[0], columns, base_url, GUARDED if guarded else CELLS)

    def lines(cursor: Any, keys: list[Any]) -> Iterator[bytes]:
        selected = connection.ops.compose_sql(statement, given(parameters, keys))  # type: ignore[attr-defined]
        with connection.wrap_database_errors, cursor.copy(f"COPY ({selected}) TO STDOUT (FORMAT csv)") as copied:
            rows = iter(copied)
            pieces = deque(iter(lambda: b"".join(islice(rows, PIECE)), b""))
        while pieces:
            yield pieces.popleft()

    yield from rows_of(runs, lines, header=",".join(column.name for column in columns).encode() + b"\n")


def json_of(runs: Sequence[QuerySet], columns: Iterable[Column], base_url: str) -> Iterator[bytes]:
    """A JSON file in pieces: a list of the rows of the runs in their order, all of them as of one moment."""
    statement, parameters = objects_of(runs[0], list(columns), base_url)

    def objects(cursor: Any, keys: list[Any]) -> Iterator[bytes]:
        cursor.execute(statement, given(parameters, keys))
        while rows := cursor.fetchmany(PIECE):
            yield ",\n".join(row for (row,) in rows).encode()

    is_empty = True
    with closing(rows_of(runs, objects)) as pieces:
        for piece in pieces:
            yield (b"[\n" if is_empty else b",\n") + piece
            is_empty = False
    yield b"[]\n" if is_empty else b"\n]\n"


def rows_of(
    runs: Sequence[QuerySet], with_keys: Callable[[Any, list[Any]], Iterator[bytes]], header: bytes = b""
) -> Generator[bytes, None, None]:
    """The header, if there is one, and the rows of the runs in pieces: `with_keys` reads those that have these keys."""
    using = runs[0].db
    with snapshot(using) as cursor, closing(keys_of(runs)) as keys:
        number = FIRST
        wanted = list(islice(keys, number))
        cursor.execute(BY_KEY)
        if header:
            yield header
        while wanted:
            size = 0
            for piece in awake(with_keys(cursor, wanted), using):
                size += len(piece)
                yield piece
            fitting = HELD * number // max(size, 1)  # if the next rows are as long as these
            number = min(5 * number, MOST, max(fitting, 1))
            wanted = list(islice(keys, number))


def awake(pieces: Iterable[bytes], using: str) -> Iterator[bytes]:
    """The pieces, while the transaction that they are read in is kept open for a slow reader.

    PostgreSQL may end one in which nothing has been asked for minutes, so that an empty question is asked in between.
    """
    asked = time.monotonic()
    for piece in pieces:
        yield piece
        if time.monotonic() - asked > PATIENCE:
            with connections[using].cursor() as cursor:
                cursor.execute("SELECT")
            asked = time.monotonic()


def json_rows(queryset: QuerySet, columns: Iterable[Column], base_url: str, keys: Iterable[Any]) -> list[str]:
    """Those rows of a queryset that have these keys, each as JSON, in the order of the keys."""
    statement, parameters = objects_of(queryset, list(columns), base_url)
    with connections[queryset.db].cursor() as cursor:
        cursor.execute(statement, given(parameters, keys))
        return [row for (row,) in cursor.fetchall()]


def keys_of(runs: Iterable[QuerySet]) -> Generator[Any, None, None]:
    """The keys of the runs in their order, those of each read by one cursor."""
    for rows in runs:
        keys: Any = rows.values_list("pk", flat=True).iterator(FIRST)
        with closing(keys):
            yield from keys


def given(parameters: list[Any], keys: Iterable[Any]) -> list[Any]:
    """The parameters with the keys of some rows in their places."""
    array = "{" + ",".join(map(str, keys)) + "}"
    return [array if parameter is KEYS else parameter for parameter in parameters]


def cells_of(queryset: QuerySet, columns: list[Column], base_url: str, forms: dict[str, str]) -> tuple[str, list[Any]]:
    """The SQL that reads the cells of the rows with some KEYS, in the order of these, and its parameters."""
    own: dict[str, Any] = {}
    parts: dict[str, tuple[str, Iterable[Any]]] = {}
    cells = []
    for place, column in enumerate(columns):
        name = f"cell_{place}"
        cells.append(forms.get(column.kind, AS_IT_STANDS).format(name))
        if isinstance(column.reads, Cell):
            parts[name] = column.reads.of_rows(KEYS).query.sql_with_params()
        else:
            own[name] = column.reads
    tables, parameters = joined(queryset, columns, own, parts)
    paths = [base_url.rstrip("/") for column in columns if column.kind == "path"]
    return f"SELECT {', '.join(cells)} FROM {tables} ORDER BY place", [*paths, *parameters]  # noqa: S608


def objects_of(queryset: QuerySet, columns: list[Column], base_url: str) -> tuple[str, list[Any]]:
    """The SQL that reads the rows with some KEYS, each as an object of JSON, in the order of these."""
    own: dict[str, Any] = {}
    parts: dict[str, tuple[str, Iterable[Any]]] = {}
    cells = []
    for place, column in enumerate(columns):
        name = f"cell_{place}"
        if tidy := tidy_of(column):
            parts[name] = lists_of(column.reads, tidy)
            cell = f"coalesce({name}, '[]'::json)"
        elif isinstance(column.reads, Aliases):
            own[name], cell = F(column.name), name
        else:
            if isinstance(column.reads, Cell):
                parts[name] = column.reads.of_rows(KEYS).query.sql_with_params()
            else:
                own[name] = column.reads
            cell = PLAIN.get(column.kind, AS_IT_STANDS).format(name)
        cells.append(f'{cell} AS "{column.name}"')
    tables, parameters = joined(queryset, columns, own, parts)
    paths = [base_url.rstrip("/") for column in columns if column.kind == "path"]
    rows = f"SELECT {', '.join(cells)}, place AS the_place FROM {tables}"  # noqa: S608
    # The place of a row is no part of its object.
    names = ", ".join(f'line."{column.name}"' for column in columns)
    one = f"SELECT row_to_json(one)::text FROM (SELECT {names}) AS one"  # noqa: S608
    return f"SELECT ({one}) FROM ({rows}) AS line ORDER BY line.the_place", [*paths, *parameters]  # noqa: S608


def lists_of(cell: Any, tidy: Tidy) -> tuple[str, list[Any]]:
    """The SQL that reads the parts of all rows with some KEYS: each key with the list of its parts in their order."""
    reads = {f"part_{place}": column.reads for place, column in enumerate(tidy.own)}
    rows = cell.parts.order_by().filter(**{f"{cell.owner}__pk__among": KEYS})
    rows = rows.annotate(place_of_part=Window(RowNumber(), order_by=list(cell.order)))
    sql, parameters = rows.values_list(cell.owner, "place_of_part", *reads.values()).query.sql_with_params()
    fields = ", ".join(
        f'{PLAIN.get(column.kind, AS_IT_STANDS).format(name)} AS "{column.name}"'
        for name, column in zip(reads, tidy.own, strict=True)
    )
    one = f"(SELECT row_to_json(one) FROM (SELECT {fields}) AS one)"  # noqa: S608
    table = f"({sql}) AS part (key, place, {', '.join(reads)})"
    return f"SELECT key, json_agg({one} ORDER BY place) FROM {table} GROUP BY key", list(parameters)  # noqa: S608


def joined(
    queryset: QuerySet, columns: list[Column], own: dict[str, Any], parts: dict[str, tuple[str, Iterable[Any]]]
) -> tuple[str, list[Any]]:
    """The rows with some KEYS, each with its place among these, its own columns and its parts, and the parameters."""
    # Only what is said of a day is said by the queryset; which rows it has is known by then.
    of_a_day = any(column.of_a_day for column in columns)
    rows = queryset.order_by() if of_a_day else queryset.model._default_manager.using(queryset.db).order_by()
    sql, of_own = rows.filter(pk__among=KEYS).values_list("pk", *own.values()).query.sql_with_params()
    keys_type = queryset.model._meta.pk.rel_db_type(connections[queryset.db])
    tables = [
        f"unnest(%s::{keys_type}[]) WITH ORDINALITY AS wanted (key, place)",
        f"JOIN ({sql}) AS own (key, {', '.join(own)}) USING (key)",
    ]
    parameters = [KEYS, *of_own]
    for name, (sql, of_part) in parts.items():
        tables.append(f"LEFT JOIN ({sql}) AS of_{name} (key, {name}) USING (key)")
        parameters += of_part
    return " ".join(tables), parameters
