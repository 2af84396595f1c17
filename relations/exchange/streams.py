"""Streams the rows of querysets as PostgreSQL renders them, by COPY or as JSON, in batches of some thousand rows.

A file consists of runs: querysets of one model, one after the other; most files have only one. Parts in one cell, or in
a list within a row of JSON, are aggregated for a whole batch of rows at once: a subquery for each row would take longer
than everything else.

Each batch is read into memory completely before it is sent, so that no statement waits for a slow client.
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

TIMEOUT = "5min"  # per statement; a download may take longer than a page
FIRST, MOST = 1_000, 20_000  # rows per batch: few at first, so that the download begins at once, then more
HELD = 8_000_000  # bytes of a batch, approximately
PIECE = 500  # rows that are sent at once
PATIENCE = 10  # seconds without a statement, while a slow client reads
# For the statements that read rows by key: index lookups are faster than hashing whole tables; the sorts of a batch fit
# into memory; and each parallel worker would aggregate all the parts again.
BY_KEY = "SET LOCAL enable_hashjoin = off; SET LOCAL work_mem = '32MB'; SET LOCAL max_parallel_workers_per_gather = 0"
KEYS = object()  # a placeholder among query parameters for the primary keys of a batch
# The SQL that renders a cell, by kind of column; exports.py does the same in Python.
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
    # Most cells begin with a letter, and so cannot be formulas: the regular expression is needed only for the others.
    """CASE WHEN {0} = '' THEN NULL
            WHEN {0} < 'A' COLLATE "C" AND {0} ~ E'^''*[=+@\\t\\r-]' THEN '''' || {0} ELSE {0} END""",
)
AS_IT_STANDS = "nullif({}, '')"


@contextmanager
def snapshot(using: str) -> Iterator[Any]:
    """A read-only transaction with a snapshot of the database, and a longer statement timeout."""
    is_outermost = not connections[using].in_atomic_block
    with transaction.atomic(using), connections[using].cursor() as cursor:
        if is_outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # For some thousand rows, compiling the query would take longer than running it.
        cursor.execute(f"SET LOCAL statement_timeout = '{TIMEOUT}'; SET LOCAL jit = off; SET LOCAL DateStyle = ISO")
        yield cursor


def csv_of(
    runs: Sequence[QuerySet], columns: Iterable[Column], base_url: str, *, guarded: bool = True
) -> Iterator[bytes]:
    """A CSV file in pieces: a header and the rows of the runs, from one snapshot.

    It follows RFC 4180 except for line ends, which are a line feed, as PostgreSQL writes them. With `guarded`, cells
    that a spreadsheet would read as formulas get an apostrophe.
    """
    columns, connection = list(columns), connections[runs[0].db]
    statement, parameters = cells_of(runs[0], columns, base_url, GUARDED if guarded else CELLS)

    def lines(cursor: Any, keys: list[Any]) -> Iterator[bytes]:
        selected = connection.ops.compose_sql(statement, with_key_array(parameters, keys))  # type: ignore[attr-defined]
        with connection.wrap_database_errors, cursor.copy(f"COPY ({selected}) TO STDOUT (FORMAT csv)") as copied:
            rows = iter(copied)
            pieces = deque(iter(lambda: b"".join(islice(rows, PIECE)), b""))
        while pieces:
            yield pieces.popleft()

    yield from rows_of(runs, lines, header=",".join(column.name for column in columns).encode() + b"\n")


def json_of(runs: Sequence[QuerySet], columns: Iterable[Column], base_url: str) -> Iterator[bytes]:
    """A JSON file in pieces: a list of the rows of the runs, from one snapshot."""
    statement, parameters = objects_of(runs[0], list(columns), base_url)

    def objects(cursor: Any, keys: list[Any]) -> Iterator[bytes]:
        cursor.execute(statement, with_key_array(parameters, keys))
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
    """The header and the rows of the runs in pieces; `with_keys` reads the rows of a batch by primary key."""
    using = runs[0].db
    with snapshot(using) as cursor, closing(keys_of(runs)) as keys:
        number = FIRST
        wanted = list(islice(keys, number))
        cursor.execute(BY_KEY)
        if header:
            yield header
        while wanted:
            size = 0
            for piece in keep_alive(with_keys(cursor, wanted), using):
                size += len(piece)
                yield piece
            fitting = HELD * number // max(size, 1)  # if the next rows are as long as these
            number = min(5 * number, MOST, max(fitting, 1))
            wanted = list(islice(keys, number))


def keep_alive(pieces: Iterable[bytes], using: str) -> Iterator[bytes]:
    """The pieces; keeps the transaction alive while a slow client reads them.

    PostgreSQL may end a transaction that is idle for minutes, so an empty query is sent every PATIENCE seconds.
    """
    last_query = time.monotonic()
    for piece in pieces:
        yield piece
        if time.monotonic() - last_query > PATIENCE:
            with connections[using].cursor() as cursor:
                cursor.execute("SELECT")
            last_query = time.monotonic()


def json_rows(queryset: QuerySet, columns: Iterable[Column], base_url: str, keys: Iterable[Any]) -> list[str]:
    """The rows of a queryset with these primary keys, each as JSON, in the order of the keys."""
    statement, parameters = objects_of(queryset, list(columns), base_url)
    with connections[queryset.db].cursor() as cursor:
        cursor.execute(statement, with_key_array(parameters, keys))
        return [row for (row,) in cursor.fetchall()]


def keys_of(runs: Iterable[QuerySet]) -> Generator[Any, None, None]:
    """The primary keys of the runs in order, read through one server-side cursor per run."""
    for rows in runs:
        keys: Any = rows.values_list("pk", flat=True).iterator(FIRST)
        with closing(keys):
            yield from keys


def with_key_array(parameters: list[Any], keys: Iterable[Any]) -> list[Any]:
    """The query parameters, with an array of primary keys in place of KEYS."""
    array = "{" + ",".join(map(str, keys)) + "}"
    return [array if parameter is KEYS else parameter for parameter in parameters]


def cells_of(queryset: QuerySet, columns: list[Column], base_url: str, forms: dict[str, str]) -> tuple[str, list[Any]]:
    """The SQL that selects the rendered cells of a batch, in the order of its KEYS, and its parameters."""
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
    tables, parameters = from_clause(queryset, columns, own, parts)
    paths = [base_url.rstrip("/") for column in columns if column.kind == "path"]
    return f"SELECT {', '.join(cells)} FROM {tables} ORDER BY place", [*paths, *parameters]  # noqa: S608


def objects_of(queryset: QuerySet, columns: list[Column], base_url: str) -> tuple[str, list[Any]]:
    """The SQL that selects the rows of a batch as JSON objects, in the order of its KEYS, and its parameters."""
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
    tables, parameters = from_clause(queryset, columns, own, parts)
    paths = [base_url.rstrip("/") for column in columns if column.kind == "path"]
    rows = f"SELECT {', '.join(cells)}, place AS the_place FROM {tables}"  # noqa: S608
    # The object leaves out the place of the row.
    names = ", ".join(f'line."{column.name}"' for column in columns)
    one = f"SELECT row_to_json(one)::text FROM (SELECT {names}) AS one"  # noqa: S608
    return f"SELECT ({one}) FROM ({rows}) AS line ORDER BY line.the_place", [*paths, *parameters]  # noqa: S608


def lists_of(cell: Any, tidy: Tidy) -> tuple[str, list[Any]]:
    """The SQL that selects, for each row of a batch, its key and the JSON list of its parts, and its parameters."""
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


def from_clause(
    queryset: QuerySet, columns: list[Column], own: dict[str, Any], parts: dict[str, tuple[str, Iterable[Any]]]
) -> tuple[str, list[Any]]:
    """The FROM clause with the rows of a batch, their places, own columns and parts, and its parameters."""
    # The keys select the rows. The queryset is needed only for its annotations, in files of a given day.
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
