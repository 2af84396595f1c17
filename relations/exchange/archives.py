"""A release as one SQLite file: tables with types and keys, for users, and for the pages of released records."""

import csv
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from relations.exchange.column import Column

TYPES = {"number": "NUMERIC", "boolean": "INTEGER"}
TRUTH = {"true": 1, "false": 0, "": None}
AT_ONCE = 5_000


def quoted(name: str) -> str:
    """A quoted SQL identifier."""
    return f'"{name}"'


def column_of(column: Column) -> str:
    """The SQL definition of a column."""
    return f"{quoted(column.name)} {TYPES.get(column.kind, 'TEXT')}"


def table_of(name: str) -> str:
    """The name of a table, with underscores instead of hyphens."""
    return name.replace("-", "_")


def write(path: Path, tables: Iterable[Any], folder: Path) -> dict[str, int]:
    """Writes the CSV files of a folder as tables into a new SQLite file, and returns their numbers of rows."""
    rows = {}
    with closing(sqlite3.connect(path, isolation_level=None)) as archive:
        archive.execute("PRAGMA page_size = 4096")
        archive.execute("PRAGMA journal_mode = OFF")
        archive.execute("PRAGMA synchronous = OFF")
        archive.execute("BEGIN")
        for table in tables:
            rows[table.name] = create_table(archive, table, folder / f"{table.name}.csv")
        archive.execute("COMMIT")
        archive.execute("VACUUM")
    return rows


def create_table(archive: sqlite3.Connection, table: Any, path: Path) -> int:
    """Creates a table from a CSV file, and returns the number of its rows."""
    name = quoted(table_of(table.name))
    columns = ", ".join(map(column_of, table.columns))
    archive.execute(f"CREATE TABLE {name} ({columns})")
    places = ", ".join("?" * len(table.columns))
    with path.open(newline="") as file:
        lines = csv.reader(file)
        next(lines)
        cells = ([cell(text, column) for text, column in zip(line, table.columns, strict=True)] for line in lines)
        archive.executemany(f"INSERT INTO {name} VALUES ({places})", cells)  # noqa: S608 - names of ours
    key = ", ".join(map(quoted, table.key))
    archive.execute(f"CREATE UNIQUE INDEX {quoted(f'{table_of(table.name)}_key')} ON {name} ({key})")
    return int(archive.execute(f"SELECT count(*) FROM {name}").fetchone()[0])  # noqa: S608 - names of ours


def cell(text: str, column: Column) -> Any:
    """A cell of a CSV as a value; None if it is empty."""
    return TRUTH[text] if column.kind == "boolean" else text or None


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection to an archive."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as archive:
        archive.row_factory = sqlite3.Row
        yield archive


def rows(archive: sqlite3.Connection, table: str, **wanted: str) -> list[dict[str, Any]]:
    """The rows of a table with these values, in the order of the table."""
    where = " AND ".join(f"{quoted(name)} = ?" for name in wanted) or "1"
    found = archive.execute(
        f"SELECT * FROM {quoted(table_of(table))} WHERE {where} ORDER BY rowid",  # noqa: S608 - names of ours
        tuple(wanted.values()),
    )
    return [dict(row) for row in found]
