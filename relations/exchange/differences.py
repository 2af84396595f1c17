"""The changes from one release to the next, so that users can update their copy of the data.

There is a line of JSON for each row that was added, changed, deleted, or merged into another.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from relations.exchange.archives import opened, quoted, table_of
from relations.models import FormerAddress
from relations.models.vocabularies import AddressReason

ADDED, CHANGED, DELETED, MERGED = "added", "changed", "deleted", "merged"
Moves = dict[tuple[str, str], tuple[str, str]]
Row = dict[str, Any]


def moves() -> Moves:
    """By former collection and slug: the reason why a record is no longer there, and its present address, if any."""
    return {(row.collection, row.slug): (str(row.reason), row.now_at) for row in FormerAddress.objects.order_by("pk")}


def write(path: Path, old: Path, new: Path, tables: Iterable[Any], moved: Moves) -> dict[str, dict[str, int]]:
    """Writes the changes from one archive to another, and returns their numbers by table and kind."""
    counts: dict[str, dict[str, int]] = {}
    with opened(new) as archive, path.open("w") as file:
        archive.execute("ATTACH ? AS old", [f"{old.as_uri()}?mode=ro&immutable=1"])
        for table in tables:
            of_table: Counter[str] = Counter()
            for change in changes(archive, table.name, table.key, moved):
                of_table[change["change"]] += 1
                file.write(json.dumps(change, ensure_ascii=False) + "\n")
            counts[table.name] = dict(of_table)
    return counts


def columns(archive: sqlite3.Connection, schema: str, table: str) -> list[str]:
    """The names of the columns of a table; an empty list if there is no such table."""
    return [row[1] for row in archive.execute(f"PRAGMA {schema}.table_info({quoted(table)})")]


def changes(archive: sqlite3.Connection, name: str, key: tuple[str, ...], moved: Moves) -> Iterator[Row]:
    """The changes of a table."""
    table = table_of(name)
    before, after = columns(archive, "old", table), columns(archive, "main", table)
    same_key = " AND ".join(f"n.{quoted(column)} IS o.{quoted(column)}" for column in key)
    if not before:
        for row in archive.execute(f"SELECT * FROM main.{quoted(table)}"):  # noqa: S608 - names of ours
            yield added(name, key, dict(row))
        return
    of_old = [f"o.{quoted(column)} AS {quoted('old ' + column)}" for column in before]
    pairs = f"SELECT n.*, o.rowid AS {quoted('old row')}, {', '.join(of_old)}"
    joined = f"{pairs} FROM main.{quoted(table)} n LEFT JOIN old.{quoted(table)} o ON {same_key}"
    for row in archive.execute(joined):
        of_new = {column: row[column] for column in after}
        if row["old row"] is None:
            yield added(name, key, of_new)
            continue
        was = {column: row[f"old {column}"] for column in before}
        if of_new != was:
            every = dict.fromkeys((*before, *after))
            changed = {
                column: [was.get(column), of_new.get(column)]
                for column in every
                if was.get(column) != of_new.get(column)
            }
            yield {
                "table": name,
                "change": CHANGED,
                "key": {column: of_new[column] for column in key},
                "columns": changed,
            }
    of_both = f"old.{quoted(table)} o LEFT JOIN main.{quoted(table)} n ON {same_key}"
    gone = f"SELECT o.* FROM {of_both} WHERE n.rowid IS NULL"  # noqa: S608 - names of ours
    for row in archive.execute(gone):
        reason, now_at = moved.get((name, row[key[0]]), ("", "")) if len(key) == 1 else ("", "")
        is_merged = reason == AddressReason.MERGED
        yield {
            "table": name,
            "change": MERGED if is_merged else DELETED,
            "key": {column: row[column] for column in key},
            **({"reason": reason, "now_at": now_at or None} if reason else {}),
        }


def added(name: str, key: tuple[str, ...], row: Row) -> Row:
    """The change that adds a row."""
    return {"table": name, "change": ADDED, "key": {column: row[column] for column in key}, "row": row}
