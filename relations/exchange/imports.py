"""Imports: an uploaded table, of which every line is a row of one model. It is written whole or not at all."""

from collections import defaultdict
from hashlib import sha256
from itertools import chain
from typing import Any, NamedTuple

import pghistory
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.db.models import F, prefetch_related_objects
from django.utils import translation
from import_export.resources import ModelResource, modelresource_factory
from import_export.results import Error, Result, RowResult
from tablib import Dataset

from relations.exchange.batches import File, record_batch
from relations.exchange.cells import PART_READERS, read_cell
from relations.exchange.changes import Changes, compare
from relations.exchange.column import Column
from relations.exchange.columns import COLUMNS, collection_of, columns_of, key_of, values
from relations.exchange.exports import as_text
from relations.exchange.holdings import Holdings, only_writer
from relations.exchange.readers import whole_number
from relations.exchange.rows import (
    GIVEN_TWICE,
    NOWHERE,
    Key,
    Place,
    Refusal,
    Refusals,
    RefusedError,
    Row,
    Wanted,
    owner_column,
    references,
)
from relations.exchange.slips import CellError, did_you_mean, quoted
from relations.exchange.tables import MAX_TOLD, SheetError
from relations.exchange.trial import Trial, on_trial
from relations.exchange.writing import Writing, write
from relations.models import Batch, Record
from relations.models.refusals import refusal
from relations.models.vocabularies import State
from relations.rights import may, refusal_of_state

STALE = "the record is at version {} by now; export it again and make the change there"
GONE = "there is no such record; leave the version empty to enter it"
TAKEN = "there is such a record already, and it is not of the source {}; give another"


class Table(NamedTuple):
    """Lines of cells with their places. Those that a profile made of somebody's table say which `source` they cite.

    Of these the parts stand beside those that are there already, and the state of what stands is left as it is.
    """

    header: list[str]
    lines: list[dict[str, str]]
    places: list[Place]
    source: str | None = None


def table_of(dataset: Dataset) -> Table:
    """The lines of a sheet."""
    numbers = getattr(dataset, "lines", None) or range(2, len(dataset) + 2)
    return Table(dataset.headers, dataset.dict, [Place(number, f"line {number}") for number in numbers])


class SheetReader:
    """Turns the lines of a table into rows, of which only the cells are read that say something new.

    A file that was exported and not touched therefore asks for nothing, whatever stands in it.
    """

    def __init__(self, model: type[models.Model], table: Table, holdings: Holdings, refusals: Refusals) -> None:
        self.model = model
        self.holdings = holdings
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
        self.known: dict[str, dict[str, Any]] = defaultdict(dict)  # what cells say, by their column and their text
        self.wanted = Wanted()

    def check_header(self, known: dict[str, Column]) -> None:
        """Every column is known, stands once, and the key is among them; all faults are told at once."""
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
        """What the lines ask for that differs from what stands in the register, which is locked."""
        self.holdings.lock(self.model, self.keys)
        self.before = self.cells_there()
        places: dict[Key, Place] = {}
        for key, place, line in zip(self.keys, self.places, self.lines, strict=True):
            if places.setdefault(key, place) is place:
                self.read_line(key, place, line)
            else:
                twice = GIVEN_TWICE.format(places[key].words)
                self.refusals.add((self.model, key), Refusal(place, "", ", ".join(key), twice))
        return self.wanted

    def cells_there(self) -> dict[Key, dict[str, str]]:
        """The cells of a file that would be exported now, by the key of their row."""
        rows = self.holdings.rows[self.model]
        queryset = self.model._default_manager.filter(pk__in=[row.pk for row in rows.values()])
        names = [column.name for column in self.columns]
        cells = values(queryset, [Column("pk", "", F("pk")), *self.columns])
        by_pk = {pk: dict(zip(names, map(as_text, texts), strict=True)) for pk, *texts in cells}
        return {key: by_pk[row.pk] for key, row in rows.items()}

    def read_line(self, key: Key, place: Place, line: dict[str, str]) -> None:
        """Adds to what is wanted what a line asks for, and to what is refused what is wrong with its cells."""
        before = self.before.get(key, {})
        said: dict[str, Any] = {}
        faults = self.faults_of_version(line.get("version", ""), key)
        if before and self.source and "citations" in before and not self.is_cited(before["citations"]):
            faults[self.key_columns[0]] = TAKEN.format(self.source)
        for column in self.columns:
            text = line[column.name]
            if column.name == "state" and before and self.source is not None:
                continue
            if text != before.get(column.name, ""):
                try:
                    said[column.writes] = self.read_once(column, text)
                except CellError as error:
                    faults[column.name] = str(error)
        if faults:
            told = (Refusal(place, name, line[name], reason) for name, reason in faults.items())
            self.refusals.add((self.model, key), *told)
        if said:
            self.want(key, place, line, said)

    def is_cited(self, citations: str) -> bool:
        """Whether the source of the table speaks of what stands there already."""
        return any(piece.startswith(f"{self.source}@") for piece in citations.split("; "))

    def read_once(self, column: Column, text: str) -> Any:
        """The value of a cell; one that stands in many lines is read once."""
        known = self.known[column.name]
        if text not in known:
            known[text] = read_cell(self.model, column, text)
        return known[text]

    def want(self, key: Key, place: Place, line: dict[str, str], said: dict[str, Any]) -> None:
        """Adds the row of a line, and those of its parts."""
        named = references(self.model)
        values = {name: (text,) if name in named else text for name, text in zip(self.key_columns, key, strict=True)}
        values |= {name: value for name, value in said.items() if name not in PART_READERS}
        row = Row(self.model, values, place, line)
        self.wanted.rows.append(row)
        for name in [name for name in said if name in PART_READERS]:
            part = PART_READERS[name].model
            column = owner_column(part, self.model)
            if self.source is None:
                self.wanted.all_parts[part, row.owner] = row, self.cells[part]
            owner = dict.fromkeys(part.owner_fields) | {column: row.key}
            self.wanted.rows += [Row(part, owner | values, place, line, self.cells[part]) for values in said[name]]

    def in_order(self, faults: list[Refusal]) -> list[Refusal]:
        """The refusals of one line as its columns stand in the file."""
        place = {name: number for number, name in enumerate(self.header)}
        return sorted(faults, key=lambda fault: place.get(fault.column, len(place)))

    def faults_of_version(self, text: str, key: Key) -> dict[str, str]:
        """What is wrong with the version that a line names, by column."""
        row = self.holdings.rows[self.model].get(key)
        try:
            if text and (row is None or whole_number(text) != row.version):
                return {"version": STALE.format(row.version) if row else GONE}
        except CellError as error:
            return {"version": str(error)}
        return {}


class RegisterResource(ModelResource):
    """What the admin of django-import-export imports a model by; its own ways of reading and writing are not used."""

    class Meta:
        fields: tuple[str, ...] = ()

    def import_data(self, dataset: Dataset, dry_run: bool = False, raise_errors: bool = False, **kwargs: Any) -> Result:
        """Checks a whole table, and writes it unless anything in it is wrong or it is only to be looked at."""
        file = File(kwargs.get("file_name", ""), kwargs.get("sha256") or digest_of(dataset))
        try:
            entered = on_trial() if dry_run else only_writer(self._meta.model)
            with translation.override("en"), entered, pghistory.context(import_file=file.name):
                result = self.run(dataset, raise_errors, kwargs.get("user"), dry_run)
                is_undone = dry_run or result.has_errors() or result.has_validation_errors()
                result.batch = None if is_undone else self.batch_of(result, file, kwargs.get("user"))
                transaction.set_rollback(is_undone)
                return result
        except (SheetError, RefusedError, DatabaseError) as error:
            if raise_errors:
                raise
            words = ": ".join(filter(None, refusal(error))) if isinstance(error, DatabaseError) else str(error)
            result = Result()
            result.append_base_error(Error(CellError(words)))
            return result

    def run(self, dataset: Dataset, raise_errors: bool, user: Any, dry_run: bool) -> Result:
        """Reads, compares, and writes or tries what differs."""
        model, holdings, refusals = self._meta.model, Holdings(only_looked_at=dry_run), Refusals()
        reader = SheetReader(model, table_of(dataset), holdings, refusals)
        changes = compare(reader.read(), holdings, refusals)
        if user:
            check_permissions(changes, user, refusals)
            check_states(changes, holdings, user, refusals)
        write(changes, holdings, refusals, user, Trial if dry_run else Writing)
        if raise_errors and refusals.told:
            raise RefusedError(refusals.in_order())
        return result_of(reader, changes, refusals)

    def batch_of(self, result: Result, file: File, user: Any) -> Batch | None:
        """What the import did, to be looked at and taken back as a whole; none where it did nothing."""
        new, changed = (result.totals[kind] for kind in (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE))
        collection = collection_of(self._meta.model)
        counts = {collection: {"added": new, "changed": changed}}
        return record_batch(file, collection, counts, user) if new or changed else None


def digest_of(dataset: Dataset) -> str:
    """What tells a table from any other, where nobody says what its file was."""
    return sha256(repr([dataset.headers, *dataset]).encode()).hexdigest()


def check_permissions(changes: Changes, user: Any, refusals: Refusals) -> None:
    """Refuses what the user may not do in the forms either: rows and their parts have permissions of their own."""
    verbs: dict[str, list[Any]] = {"add": changes.added, "change": changes.updated, "delete": changes.removed}
    for verb, several in verbs.items():
        for each in several:
            if not may(user, verb, each.model):
                column = "" if each.model is each.row.owner[0] else each.told_in[0]
                reason = f"you may not {verb} {each.model._meta.verbose_name_plural}"
                refusals.add(each.row.owner, Refusal(each.row.place, column, "", reason))


def check_states(changes: Changes, holdings: Holdings, user: Any, refusals: Refusals) -> None:
    """Refuses what the user may not publish, withdraw or change in its state, as the forms do."""
    asked = {each.row.owner: each.row.values for each in chain(changes.added, changes.updated) if not each.row.is_part}
    for owner, row in changes.owners().items():
        model, key = owner
        if not issubclass(model, Record):
            continue
        record = holdings.rows[model].get(key)
        after = asked.get(owner, {}).get("state", record.state if record else State.DRAFT)
        if reason := refusal_of_state(user, model, record, after):
            refusals.add(owner, Refusal(row.place, "state", "", reason))


def result_of(reader: SheetReader, changes: Changes, refusals: Refusals) -> Result:
    """What the import comes to: every line with what is refused of it or what it changes."""
    result = Result()
    result.diff_headers = reader.header
    result.total_rows = len(reader.lines)
    faults: dict[Place, list[Refusal]] = defaultdict(list)
    for fault in refusals.in_order():
        faults[fault.place].append(fault)
    for fault in faults.pop(NOWHERE, []):
        result.append_base_error(Error(CellError(fault)))
    columns: dict[Key, set[str]] = defaultdict(set)
    for each in changes:
        _, key = each.row.owner
        columns[key] |= set(each.told_in)
    added = {each.row.key: each.instance for each in changes.added if each.model is reader.model}
    instances = reader.holdings.rows[reader.model] | added
    if not faults:
        prefetch_related_objects([instances[key] for key in columns], *getattr(reader.model, "shown", ()))
    for number, (key, place, line) in enumerate(zip(reader.keys, reader.places, reader.lines, strict=True), 1):
        row = RowResult()
        row.number = place.number
        row.import_type = RowResult.IMPORT_TYPE_SKIP
        if place in faults:
            row.import_type = RowResult.IMPORT_TYPE_INVALID
            row.validation_error = ValidationError([str(fault) for fault in reader.in_order(faults[place])])
            result.append_invalid_row(number, line, row.validation_error)
        elif key in columns:
            row.import_type = RowResult.IMPORT_TYPE_NEW if key in added else RowResult.IMPORT_TYPE_UPDATE
            row.diff = [
                (name, reader.before.get(key, {}).get(name, ""), line[name])
                for name in reader.header
                if name in columns[key]
            ]
            if not faults:
                row.instance = instances[key]
                row.add_instance_info(row.instance)
        result.increment_row_result_total(row)
        if not row.is_skip():
            result.append_row_result(row)
    return result


RESOURCES: dict[type[models.Model], type[RegisterResource]] = {
    model: modelresource_factory(model, RegisterResource, {"fields": ()}) for model in COLUMNS
}
