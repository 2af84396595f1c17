"""Writes changes to the database in sets, model by model, and finds the rows that PostgreSQL refuses."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import Exists, OuterRef

from relations.bulk import copy_rows, sets_of, update_rows
from relations.exchange.changes import Changes, Difference, Removal, refusal_of_reference
from relations.exchange.existing_rows import ExistingRows, attname
from relations.exchange.key_hints import KeyHints
from relations.exchange.rows import NOWHERE, Model, Refusal, Refusals, Row
from relations.exchange.validating import faults_of, new_row
from relations.models import RECORD_TYPES, Citation, Record
from relations.models.keyed import Part
from relations.models.owners import WRITTEN, owner_column, references
from relations.models.refusals import check_deferred, refusal
from relations.models.vocabularies import Stance, State

UNCITED = "a published record needs a citation that supports it"


def write(
    changes: Changes, existing: ExistingRows, refusals: Refusals, by: Any = None, using: "type[Writing] | None" = None
) -> None:
    """Removes, adds and updates rows, each model before those that refer to it. `by` is the creator of new records.

    Only records are inserted after their parts, with primary keys reserved beforehand. The read model of a record is
    thus computed once, when the record is complete. Foreign keys are checked at the end.

    Rows that a validator or PostgreSQL refuses are not written and are added to `refusals`; the caller decides whether
    to keep the rest. Deferred constraints are checked at once. With `using=Trial`, everything is checked and nothing is
    written.
    """
    writing = (using or Writing)(existing, refusals, by)
    removed, added, updated = by_model(changes.removed), by_model(changes.added), by_model(changes.updated)
    for model in WRITTEN:
        writing.in_sets(removed[model], writing.remove)
    numbered: dict[Model, list[Difference]] = {}
    for model in WRITTEN:
        if model in RECORD_TYPES:
            numbered[model] = writing.prepare_records(model, added[model])
        else:
            writing.in_sets(added[model], writing.add)
        writing.in_sets(updated[model], writing.update)
    for rows in numbered.values():
        for several in sets_of(rows):
            writing.attempt(several, writing.add)
    writing.check_evidence(changes)
    if changes and not refusals.all:
        writing.check_what_is_deferred()


def by_model(rows: Iterable[Any]) -> dict[Model, list[Any]]:
    """Differences or removals grouped by model."""
    together: dict[Model, list[Any]] = defaultdict(list)
    for each in rows:
        together[each.model].append(each)
    return together


class Writing:
    """Writes one set of changes. Each step writes many rows of one model; on an error, it is retried on each half."""

    def __init__(self, existing: ExistingRows, refusals: Refusals, by: Any) -> None:
        self.existing = existing
        self.refusals = refusals
        self.by = by

    def in_sets(self, rows: list[Any], step: Callable[[list[Any]], None]) -> None:
        """Runs a step on sets of rows that are not too large for one statement."""
        for several in sets_of(rows):
            self.attempt([each for each in several if self.fill_in(each)], step)

    def prepare_records(self, model: Model, differences: list[Difference]) -> list[Difference]:
        """Sets the values and primary keys of new records, and returns those that are valid.

        Their parts refer to them by these keys before they are inserted.
        """
        keys = self.existing.pks[model]
        if differences:
            taken = self.reserve_keys(model, len(differences))
            keys |= {each.row.key: key for each, key in zip(differences, taken, strict=True)}
        filled = []
        for each in differences:
            if self.fill_in(each):
                each.instance.pk = keys[each.row.key]
                filled.append(each)
            else:
                del keys[each.row.key]
        return filled

    def reserve_keys(self, model: Model, how_many: int) -> list[Any]:
        """Reserves primary keys from the sequence of the table."""
        with connection.cursor() as cursor:
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(sequence, [model._meta.db_table, model._meta.pk.column, how_many])
            return [key for (key,) in cursor.fetchall()]

    def attempt(self, rows: list[Any], step: Callable[[list[Any]], None]) -> None:
        """Runs a step on all rows at once; if PostgreSQL refuses it, on each half, down to the refused row."""
        if not rows or self.refusals.are_enough:
            return
        try:
            with transaction.atomic():
                step(rows)
        except OperationalError:  # a lost connection or a timeout, which is not the fault of a row
            raise
        except DatabaseError as error:
            if len(rows) == 1:
                self.refusals.add(rows[0].row.owner, rows[0].row.refusal(*refusal(error)))
            else:
                middle = len(rows) // 2
                self.attempt(rows[:middle], step)
                self.attempt(rows[middle:], step)

    def fill_in(self, each: Difference | Removal) -> bool:
        """Sets the values of a row. Returns False if one is invalid, or if a row it refers to was refused."""
        if isinstance(each, Removal):
            return True
        row, targets = each.row, references(each.row.model)
        if each.instance is None:
            each.instance = new_row(row.model)
            if isinstance(each.instance, Record):
                each.instance.created_by = self.by
        for name in each.columns:
            value = row.values[name]
            if name in targets and value is not None:
                value = self.existing.pks[targets[name]].get(value)
                if value is None:
                    self.refuse_reference(row, name)
                    return False
            setattr(each.instance, attname(row.model, name), value)
        faults = [row.refusal(column, reason) for column, reason in faults_of(each)]
        if faults:
            self.refusals.add(row.owner, *faults)
        return not faults

    def refuse_reference(self, row: Row, name: str) -> None:
        """Refuses a row that refers to one that was not added; without a message if that one was refused itself."""
        is_refused = (references(row.model)[name], row.values[name]) in self.refusals.owners
        self.refusals.add(row.owner, *([] if is_refused else [refusal_of_reference(row, name, KeyHints())]))

    def remove(self, removals: list[Removal]) -> None:
        model = removals[0].model
        model._default_manager.filter(pk__in=[each.instance.pk for each in removals]).delete()

    def add(self, differences: list[Difference]) -> None:
        """Inserts rows of one model, and keeps the primary keys of those that others refer to."""
        model = differences[0].model
        instances = [each.instance for each in differences]
        if issubclass(model, Part | Record):
            copy_rows(model, instances)
            return
        model._default_manager.bulk_create(instances)
        for each in differences:
            self.existing.pks[model][each.row.key] = each.instance.pk

    def update(self, differences: list[Difference]) -> None:
        model = differences[0].model
        names = dict.fromkeys(name for each in differences for name in each.before)
        update_rows(model, list(names), [each.instance for each in differences])

    def check_evidence(self, changes: Changes) -> None:
        """Refuses every published record without a supporting citation; PostgreSQL would report only the first."""
        rows = changes.owners()
        for model in RECORD_TYPES:
            pks = self.existing.pks[model]
            row_of = {
                pks[key]: row
                for (owner, key), row in rows.items()
                if owner is model and key in pks and (owner, key) not in self.refusals.owners
            }
            if row_of:
                supports = Citation.objects.filter(
                    stance=Stance.SUPPORTS, **{owner_column(Citation, model): OuterRef("pk")}
                )
                records = model._default_manager.filter(~Exists(supports), pk__in=row_of, state=State.PUBLISHED)
                for pk in records.values_list("pk", flat=True):
                    row = row_of[pk]
                    uncited = Refusal(row.place, "citations", row.texts.get("citations", ""), UNCITED)
                    self.refusals.add(row.owner, uncited)

    def check_what_is_deferred(self) -> None:
        """Checks deferred constraints now instead of at commit; PostgreSQL does not say which row breaks one."""
        try:
            with transaction.atomic():
                check_deferred()
        except OperationalError:
            raise
        except DatabaseError as error:
            self.refusals.all.append(Refusal(NOWHERE, "", "", ": ".join(filter(None, refusal(error)))))
