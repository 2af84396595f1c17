"""Imports: an uploaded table, of which every line is a row of one model. It is written whole or not at all."""

from collections import defaultdict
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.db.models import F, prefetch_related_objects
from django.utils import translation
from import_export.resources import ModelResource, modelresource_factory
from import_export.results import Error, Result, RowResult
from tablib import Dataset

from relations.exchange.cells import PART_READERS, read_cell
from relations.exchange.changes import Changes, compare
from relations.exchange.columns import COLUMNS, Column, columns_of, key_of, values
from relations.exchange.exports import as_text
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
from relations.exchange.slips import CellError, did_you_mean
from relations.exchange.standing import Standing, only_writer
from relations.exchange.tables import SheetError
from relations.exchange.writing import write
from relations.models.refusals import refusal

STALE = "the record is at version {} by now; export it again and make the change there"
GONE = "there is no such record; leave the version empty to enter it"


class SheetReader:
    """Turns the lines of a table into rows, of which only the cells are read that say something new.

    A file that was exported and not touched therefore asks for nothing, whatever stands in it.
    """

    def __init__(self, model: type[models.Model], dataset: Dataset, standing: Standing, refusals: Refusals) -> None:
        self.model = model
        self.standing = standing
        self.refusals = refusals
        self.key_columns = [column.name for column in key_of(model)]
        self.header: list[str] = dataset.headers
        known = {column.name: column for column in columns_of(model, "desk")}
        self.check_header(known)
        self.columns = [known[name] for name in self.header if known[name].writes]
        self.cells = {
            PART_READERS[each.writes].model: each.name for each in self.columns if each.writes in PART_READERS
        }
        self.lines: list[dict[str, str]] = dataset.dict
        self.keys: list[Key] = [tuple(line[name] for name in self.key_columns) for line in self.lines]
        numbers = getattr(dataset, "lines", None) or range(2, len(self.lines) + 2)
        self.places = [Place(number, f"line {number}") for number in numbers]
        self.wanted = Wanted()

    def check_header(self, known: dict[str, Column]) -> None:
        """Every column is known, stands once, and the key is among them."""
        for number, name in enumerate(self.header, 1):
            if name not in known:
                raise SheetError(f"column {number}: '{name}' is not a known column{did_you_mean(name, known)}")
            if name in self.header[: number - 1]:
                raise SheetError(
                    f"column {number}: '{name}' stands there twice, first as column {self.header.index(name) + 1}"
                )
        for name in self.key_columns:
            if name not in self.header:
                raise SheetError(f"the column {name} is missing: it says which row is meant")

    def read(self) -> Wanted:
        """What the lines ask for that differs from what stands in the register, which is locked."""
        self.standing.lock(self.model, self.keys)
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
        rows = self.standing.rows[self.model]
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
        for column in self.columns:
            text = line[column.name]
            if text != before.get(column.name, ""):
                try:
                    said[column.writes] = read_cell(self.model, column, text)
                except CellError as error:
                    faults[column.name] = str(error)
        if faults:
            told = (Refusal(place, name, line[name], reason) for name, reason in faults.items())
            self.refusals.add((self.model, key), *told)
        if said:
            self.want(key, place, line, said)

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
            self.wanted.all_parts[part, row.owner] = row, self.cells[part]
            owner = dict.fromkeys(part.owner_fields) | {column: row.key}
            self.wanted.rows += [Row(part, owner | values, place, line, self.cells[part]) for values in said[name]]

    def in_order(self, faults: list[Refusal]) -> list[Refusal]:
        """The refusals of one line as its columns stand in the file."""
        place = {name: number for number, name in enumerate(self.header)}
        return sorted(faults, key=lambda fault: place.get(fault.column, len(place)))

    def faults_of_version(self, text: str, key: Key) -> dict[str, str]:
        """What is wrong with the version that a line names, by column."""
        row = self.standing.rows[self.model].get(key)
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
        try:
            with translation.override("en"), pghistory.context(import_file=kwargs.get("file_name", "")):
                return self.run(dataset, dry_run, raise_errors, kwargs.get("user"))
        except (SheetError, DatabaseError) as error:
            if raise_errors:
                raise
            words = str(error) if isinstance(error, SheetError) else ": ".join(filter(None, refusal(error)))
            result = Result()
            result.append_base_error(Error(CellError(words)))
            return result

    def run(self, dataset: Dataset, dry_run: bool, raise_errors: bool, user: Any) -> Result:
        """Reads, compares and writes in one transaction."""
        model, standing, refusals = self._meta.model, Standing(), Refusals()
        with only_writer(model):
            reader = SheetReader(model, dataset, standing, refusals)
            changes = compare(reader.read(), standing, refusals)
            if user:
                check_permissions(changes, user, refusals)
            write(changes, standing, refusals, by=user)
            if raise_errors and refusals.told:
                raise RefusedError(refusals.in_order())
            transaction.set_rollback(dry_run or bool(refusals.told))
        return result_of(reader, changes, refusals)


def check_permissions(changes: Changes, user: Any, refusals: Refusals) -> None:
    """Refuses what the user may not do in the forms either: rows and their parts have permissions of their own."""
    verbs: dict[str, list[Any]] = {"add": changes.added, "change": changes.updated, "delete": changes.removed}
    for verb, several in verbs.items():
        for each in several:
            meta = each.model._meta
            if not user.has_perm(f"{meta.app_label}.{verb}_{meta.model_name}"):
                column = "" if each.model is each.row.owner[0] else each.told_in[0]
                reason = f"you may not {verb} {meta.verbose_name_plural}"
                refusals.add(each.row.owner, Refusal(each.row.place, column, "", reason))


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
    instances = reader.standing.rows[reader.model] | added
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
