"""Turns the lines of a table in our own columns into rows; parses only cells that differ from the register."""

from collections import defaultdict
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F

from relations.exchange.cell_errors import CellError, did_you_mean, quoted
from relations.exchange.cells import PART_READERS, read_cell
from relations.exchange.column import Column
from relations.exchange.columns import columns_of, key_of, values
from relations.exchange.existing_rows import ExistingRows
from relations.exchange.exports import as_text
from relations.exchange.readers import whole_number
from relations.exchange.rows import GIVEN_TWICE, Key, Place, Refusal, Refusals, Row, Wanted
from relations.exchange.tables import MAX_TOLD, SheetError
from relations.models.owners import owner_column, references

STALE = "the record is at version {} by now; export it again and make the change there"
GONE = "there is no such record; leave the version empty to enter it"
TAKEN = "there is such a record already, and it is not of the source {}; give another"


class Table(NamedTuple):
    """Lines of cells with their places.

    `source` is None for a file in our own columns. For lines that a profile has mapped from a foreign table, it is the
    key of the source that they cite, or an empty string. Their parts are added to those that a record has already, and
    the state of existing records is not changed.
    """

    header: list[str]
    lines: list[dict[str, str]]
    places: list[Place]
    source: str | None = None


class SheetReader:
    """Turns the lines of a table into rows, from the cells that differ from the register.

    An unchanged export therefore has no rows to import, whatever its cells contain.
    """

    def __init__(self, model: type[models.Model], table: Table, existing: ExistingRows, refusals: Refusals) -> None:
        self.model = model
        self.existing = existing
        self.refusals = refusals
        self.key_columns = [column.name for column in key_of(model)]
        self.header, self.lines, self.places, self.source = table
        known = {column.name: column for column in columns_of(model, "desk", of_a_day=True)}
        self.check_header(known)
        self.columns = [known[name] for name in self.header if known[name].writes]
        self.cells = {
            PART_READERS[each.writes].model: each.name for each in self.columns if each.writes in PART_READERS
        }
        self.keys: list[Key] = [tuple(line[name] for name in self.key_columns) for line in self.lines]
        self.parsed: dict[str, dict[str, Any]] = defaultdict(dict)  # values by column and text
        self.wanted = Wanted()

    def check_header(self, known: dict[str, Column]) -> None:
        """Checks that all columns are known and unique, and that the key columns are present; reports all faults."""
        faults = []
        for number, name in enumerate(self.header, 1):
            if name not in known:
                faults.append(f"column {number}: {quoted(name)} is not a known column{did_you_mean(name, known)}")
            elif name in self.header[: number - 1]:
                first = self.header.index(name) + 1
                faults.append(f"column {number}: '{name}' stands there twice, first as column {first}")
        faults += [
            f"the column {name} is missing: it says which row is meant"
            for name in self.key_columns
            if name not in self.header
        ]
        if more := faults[MAX_TOLD:]:
            faults = [*faults[:MAX_TOLD], f"and {len(more)} more"]
        if faults:
            raise SheetError("; ".join(faults))

    def read(self) -> Wanted:
        """The rows of lines that differ from the register, whose rows are locked."""
        self.existing.lock(self.model, self.keys)
        self.before = self.existing_cells()
        places: dict[Key, Place] = {}
        for key, place, line in zip(self.keys, self.places, self.lines, strict=True):
            if places.setdefault(key, place) is place:
                self.read_line(key, place, line)
            else:
                twice = GIVEN_TWICE.format(places[key].words)
                self.refusals.add((self.model, key), Refusal(place, "", ", ".join(key), twice))
        return self.wanted

    def existing_cells(self) -> dict[Key, dict[str, str]]:
        """The cells of the existing rows, as they would be exported now, by natural key."""
        rows = self.existing.rows[self.model]
        queryset = self.model._default_manager.filter(pk__in=[row.pk for row in rows.values()])
        names = [column.name for column in self.columns]
        cells = values(queryset, [Column("pk", "", F("pk")), *self.columns])
        by_pk = {pk: dict(zip(names, map(as_text, texts), strict=True)) for pk, *texts in cells}
        return {key: by_pk[row.pk] for key, row in rows.items()}

    def read_line(self, key: Key, place: Place, line: dict[str, str]) -> None:
        """Adds the changed cells of a line to `wanted`, and the errors in them to `refusals`."""
        before = self.before.get(key, {})
        changed: dict[str, Any] = {}
        faults = self.faults_of_version(line.get("version", ""), key)
        if before and self.source and "citations" in before and not self.is_cited(before["citations"]):
            faults[self.key_columns[0]] = TAKEN.format(self.source)
        for column in self.columns:
            text = line[column.name]
            if column.name == "state" and before and self.source is not None:
                continue
            if text != before.get(column.name, ""):
                try:
                    changed[column.writes] = self.read_once(column, text)
                except CellError as error:
                    faults[column.name] = str(error)
        if faults:
            found = (Refusal(place, name, line[name], reason) for name, reason in faults.items())
            self.refusals.add((self.model, key), *found)
        if changed:
            self.add_rows(key, place, line, changed)

    def is_cited(self, citations: str) -> bool:
        """Whether the existing citations include the source of the table."""
        return any(piece.startswith(f"{self.source}@") for piece in citations.split("; "))

    def read_once(self, column: Column, text: str) -> Any:
        """The value of a cell; cached, because the same text may be in many lines."""
        parsed = self.parsed[column.name]
        if text not in parsed:
            parsed[text] = read_cell(self.model, column, text)
        return parsed[text]

    def add_rows(self, key: Key, place: Place, line: dict[str, str], changed: dict[str, Any]) -> None:
        """Adds the row of a line and those of its parts to `wanted`."""
        targets = references(self.model)
        values = {name: (text,) if name in targets else text for name, text in zip(self.key_columns, key, strict=True)}
        values |= {name: value for name, value in changed.items() if name not in PART_READERS}
        row = Row(self.model, values, place, line)
        self.wanted.rows.append(row)
        for name in [name for name in changed if name in PART_READERS]:
            part = PART_READERS[name].model
            column = owner_column(part, self.model)
            if self.source is None:
                self.wanted.all_parts[part, row.owner] = row, self.cells[part]
            owner = dict.fromkeys(part.owner_fields) | {column: row.key}
            self.wanted.rows += [Row(part, owner | values, place, line, self.cells[part]) for values in changed[name]]

    def in_order(self, faults: list[Refusal]) -> list[Refusal]:
        """The refusals of one line in the order of the columns of the file."""
        place = {name: number for number, name in enumerate(self.header)}
        return sorted(faults, key=lambda fault: place.get(fault.column, len(place)))

    def faults_of_version(self, text: str, key: Key) -> dict[str, str]:
        """The error in the version that a line gives, by column; empty if it is right or not given."""
        row = self.existing.rows[self.model].get(key)
        try:
            if text and (row is None or whole_number(text) != row.version):
                return {"version": STALE.format(row.version) if row else GONE}
        except CellError as error:
            return {"version": str(error)}
        return {}
