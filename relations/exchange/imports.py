"""Imports a table in the columns of a model, one row per line. All of it is written, or nothing."""

from collections import defaultdict
from hashlib import sha256
from itertools import chain
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.db.models import prefetch_related_objects
from django.utils import translation
from import_export.resources import ModelResource, modelresource_factory
from import_export.results import Error, Result, RowResult
from tablib import Dataset

from relations.exchange.batches import File, record_batch
from relations.exchange.cell_errors import CellError
from relations.exchange.changes import Changes, compare
from relations.exchange.columns import COLUMNS, collection_of
from relations.exchange.existing_rows import ExistingRows, only_writer
from relations.exchange.rows import NOWHERE, Key, Place, Refusal, Refusals, RefusedError
from relations.exchange.sheet_reader import SheetReader, Table
from relations.exchange.tables import SheetError
from relations.exchange.trial import Trial, on_trial
from relations.exchange.writing import Writing, write
from relations.models import Batch, Record
from relations.models.refusals import refusal
from relations.models.vocabularies import State
from relations.rights import may, refusal_of_state


def table_of(dataset: Dataset) -> Table:
    """The lines of a tablib dataset, each with its place in the file."""
    numbers = getattr(dataset, "lines", None) or range(2, len(dataset) + 2)
    return Table(dataset.headers, dataset.dict, [Place(number, f"line {number}") for number in numbers])


class RegisterResource(ModelResource):
    """The resource that the admin of django-import-export uses; reading and writing are our own."""

    class Meta:
        fields: tuple[str, ...] = ()

    def import_data(self, dataset: Dataset, dry_run: bool = False, raise_errors: bool = False, **kwargs: Any) -> Result:
        """Checks the whole table, and writes it unless something is refused or `dry_run` is set."""
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
        """Reads and compares the table, and writes the differences, or tries to in a dry run."""
        model, existing, refusals = self._meta.model, ExistingRows(read_only=dry_run), Refusals()
        reader = SheetReader(model, table_of(dataset), existing, refusals)
        changes = compare(reader.read(), existing, refusals)
        if user:
            check_permissions(changes, user, refusals)
            check_states(changes, existing, user, refusals)
        write(changes, existing, refusals, user, Trial if dry_run else Writing)
        if raise_errors and refusals.all:
            raise RefusedError(refusals.in_order())
        return result_of(reader, changes, refusals)

    def batch_of(self, result: Result, file: File, user: Any) -> Batch | None:
        """The batch that records the import; None if the import changed nothing."""
        new, changed = (result.totals[kind] for kind in (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE))
        collection = collection_of(self._meta.model)
        counts = {collection: {"added": new, "changed": changed}}
        return record_batch(file, collection, counts, user) if new or changed else None


def digest_of(dataset: Dataset) -> str:
    """A hash of a table, for callers that do not give the hash of its file."""
    return sha256(repr([dataset.headers, *dataset]).encode()).hexdigest()


def check_permissions(changes: Changes, user: Any, refusals: Refusals) -> None:
    """Refuses changes for which the user lacks the permission, as the forms do; parts have their own permissions."""
    verbs: dict[str, list[Any]] = {"add": changes.added, "change": changes.updated, "delete": changes.removed}
    for verb, several in verbs.items():
        for each in several:
            if not may(user, verb, each.model):
                column = "" if each.model is each.row.owner[0] else each.file_columns[0]
                reason = f"you may not {verb} {each.model._meta.verbose_name_plural}"
                refusals.add(each.row.owner, Refusal(each.row.place, column, "", reason))


def check_states(changes: Changes, existing: ExistingRows, user: Any, refusals: Refusals) -> None:
    """Refuses changes of state, and of published records, that the user may not make, as the forms do."""
    values_of = {
        each.row.owner: each.row.values for each in chain(changes.added, changes.updated) if not each.row.is_part
    }
    for owner, row in changes.owners().items():
        model, key = owner
        if not issubclass(model, Record):
            continue
        record = existing.rows[model].get(key)
        after = values_of.get(owner, {}).get("state", record.state if record else State.DRAFT)
        if reason := refusal_of_state(user, model, record, after):
            refusals.add(owner, Refusal(row.place, "state", "", reason))


def result_of(reader: SheetReader, changes: Changes, refusals: Refusals) -> Result:
    """The result for django-import-export: each line with its refusals or with its changes."""
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
        columns[key] |= set(each.file_columns)
    added = {each.row.key: each.instance for each in changes.added if each.model is reader.model}
    instances = reader.existing.rows[reader.model] | added
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
