"""Writes changes in sets, model by model, and finds the rows that PostgreSQL refuses, each with its place."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, OperationalError, connection, models, transaction
from django.db.models import Exists, OuterRef
from django.db.models.base import ModelState
from django.utils import timezone
from psycopg import sql

from relations.exchange.changes import Changes, Difference, Removal, refusal_of_reference
from relations.exchange.known import Known
from relations.exchange.rows import (
    NEEDED,
    NOWHERE,
    WRITTEN,
    Model,
    Refusal,
    Refusals,
    Row,
    owner_column,
    reasons_of,
    references,
)
from relations.exchange.standing import Standing, attname
from relations.models import RECORD_TYPES, Citation, Record
from relations.models.keyed import Part
from relations.models.refusals import check_deferred, refusal
from relations.models.vocabularies import Stance, State

AT_ONCE = 1000  # rows in one statement
UNCITED = "a published record needs a citation that supports it"


def write(
    changes: Changes, standing: Standing, refusals: Refusals, by: Any = None, using: "type[Writing] | None" = None
) -> None:
    """Removes, adds and updates, each model before those that refer to it. `by` becomes the creator of new records.

    Records alone come after their parts, under keys that are taken for them before: so the read model is made of each
    of them once, when all of it is there. References are checked at the end.

    What a validator or PostgreSQL refuses is not written and is added to `refusals`; whether the rest may stay is for
    the caller to say. The rules that hold at the end of a transaction are asked at once. `using` a Trial, all of this
    is said and nothing is written.
    """
    writing = (using or Writing)(standing, refusals, by)
    removed, added, updated = by_model(changes.removed), by_model(changes.added), by_model(changes.updated)
    for model in WRITTEN:
        writing.in_sets(removed[model], writing.remove)
    numbered: dict[Model, list[Difference]] = {}
    for model in WRITTEN:
        if model in RECORD_TYPES:
            numbered[model] = writing.number(model, added[model])
        else:
            writing.in_sets(added[model], writing.add)
        writing.in_sets(writing.put_off(), writing.update)
        writing.in_sets(updated[model], writing.update)
    for rows in numbered.values():
        for several in sets_of(rows):
            writing.attempt(several, writing.add)
    writing.check_evidence(changes)
    if changes and not refusals.told:
        writing.check_what_is_deferred()


def by_model(rows: Iterable[Any]) -> dict[Model, list[Any]]:
    """Rows of many models, those of each together."""
    together: dict[Model, list[Any]] = defaultdict(list)
    for each in rows:
        together[each.model].append(each)
    return together


def sets_of(rows: list[Any]) -> Iterator[list[Any]]:
    """As many rows at a time as one statement writes."""
    yield from (rows[first : first + AT_ONCE] for first in range(0, len(rows), AT_ONCE))


class Writing:
    """One run. Each step takes a set of rows of one model; what is refused is narrowed down to single rows."""

    def __init__(self, standing: Standing, refusals: Refusals, by: Any) -> None:
        self.standing = standing
        self.refusals = refusals
        self.by = by
        self.not_yet: list[tuple[Difference, str]] = []  # references to rows of the same model that are written later

    def in_sets(self, rows: list[Any], step: Callable[[list[Any]], None]) -> None:
        """Takes a step for some rows after the other."""
        for several in sets_of(rows):
            self.attempt([each for each in several if self.fill_in(each)], step)

    def number(self, model: Model, differences: list[Difference]) -> list[Difference]:
        """Gives new records their values and their keys, by which their parts name them; those that are not refused."""
        keys = self.standing.pks[model]
        if differences:
            taken = self.take_keys(model, len(differences))
            keys |= {each.row.key: key for each, key in zip(differences, taken, strict=True)}
        filled = []
        for each in differences:
            if self.fill_in(each):
                each.instance.pk = keys[each.row.key]
                filled.append(each)
            else:
                del keys[each.row.key]
        return filled

    def take_keys(self, model: Model, how_many: int) -> list[Any]:
        """So many primary keys that nobody has."""
        with connection.cursor() as cursor:
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(sequence, [model._meta.db_table, model._meta.pk.column, how_many])
            return [key for (key,) in cursor.fetchall()]

    def attempt(self, rows: list[Any], step: Callable[[list[Any]], None]) -> None:
        """Takes a step for all rows at once or, where PostgreSQL refuses that, for either half of them."""
        if not rows or self.refusals.are_enough:
            return
        try:
            with transaction.atomic():
                step(rows)
        except OperationalError:  # a lost connection, a time limit: the fault of no row
            raise
        except DatabaseError as error:
            if len(rows) == 1:
                self.refusals.add(rows[0].row.owner, rows[0].row.refusal(*refusal(error)))
            else:
                middle = len(rows) // 2
                self.attempt(rows[:middle], step)
                self.attempt(rows[middle:], step)

    def fill_in(self, each: Difference | Removal) -> bool:
        """Gives a row its values; false where one is refused, or where the row needs another that was."""
        if isinstance(each, Removal):
            return True
        row, named = each.row, references(each.row.model)
        if each.instance is None:
            each.instance = blank(row.model)
            if isinstance(each.instance, Record):
                each.instance.created_by = self.by
        for name in each.columns:
            value = row.values[name]
            if name in named and value is not None:
                value = self.standing.pks[named[name]].get(value)
                if value is None and named[name] is row.model and not each.before:
                    self.not_yet.append((each, name))
                elif value is None:
                    self.refuse_reference(row, name)
                    return False
            setattr(each.instance, attname(row.model, name), value)
        faults = [row.refusal(column, reason) for column, reason in faults_of(each)]
        if faults:
            self.refusals.add(row.owner, *faults)
        return not faults

    def refuse_reference(self, row: Row, name: str) -> None:
        """Refuses a row that names what was to be added and was not: in silence where that was refused itself."""
        is_refused = (references(row.model)[name], row.values[name]) in self.refusals.owners
        self.refusals.add(row.owner, *([] if is_refused else [refusal_of_reference(row, name, Known())]))

    def put_off(self) -> list[Difference]:
        """The references that could not be written before the rows that they name."""
        written = [(each, name) for each, name in self.not_yet if each.instance.pk]
        self.not_yet = []
        return [Difference(each.row, each.instance, {name: None}) for each, name in written]

    def remove(self, removals: list[Removal]) -> None:
        model = removals[0].model
        model._default_manager.filter(pk__in=[each.instance.pk for each in removals]).delete()

    def add(self, differences: list[Difference]) -> None:
        """Adds rows of one model: those that others name get their keys from PostgreSQL, unless they have them."""
        model = differences[0].model
        instances = [each.instance for each in differences]
        if issubclass(model, Part | Record):
            copy_rows(model, instances)
            return
        model._default_manager.bulk_create(instances)
        for each in differences:
            self.standing.pks[model][each.row.key] = each.instance.pk

    def update(self, differences: list[Difference]) -> None:
        model = differences[0].model
        names = dict.fromkeys(name for each in differences for name in each.before)
        update_rows(model, list(names), [each.instance for each in differences])

    def check_evidence(self, changes: Changes) -> None:
        """Refuses all published records that nothing supports; PostgreSQL would name the first."""
        rows = changes.owners()
        for model in RECORD_TYPES:
            pks = self.standing.pks[model]
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
                    told = Refusal(row.place, "citations", row.texts.get("citations", ""), UNCITED)
                    self.refusals.add(row.owner, told)

    def check_what_is_deferred(self) -> None:
        """Asks PostgreSQL now what it would ask at the end; which row breaks the rule it does not tell."""
        try:
            with transaction.atomic():
                check_deferred()
        except OperationalError:
            raise
        except DatabaseError as error:
            self.refusals.told.append(Refusal(NOWHERE, "", "", ": ".join(filter(None, refusal(error)))))


@lru_cache
def beginnings(model: Model) -> dict[str, Any]:
    """What a new row has in each column before anybody says anything; in a computed one, nothing."""
    found = {}
    for each in model._meta.concrete_fields:
        if each.has_db_default() and not each.has_default():
            found[each.attname] = timezone.now() if isinstance(each, models.DateTimeField) else each.db_default
        elif not each.generated:
            found[each.attname] = each.get_default()
    return found


def blank(model: Model) -> Any:
    """A new row, its stamps filled in although PostgreSQL sets them itself: a set of rows is handed over as values.

    It is what `model()` makes, without asking each field each time.
    """
    made = model.__new__(model)
    made._state = ModelState()
    made.__dict__ |= beginnings(model)
    for name in lists_of(model):
        setattr(made, name, [])
    return made


@lru_cache
def lists_of(model: Model) -> tuple[str, ...]:
    """The columns of which each row has a list of its own."""
    return tuple(name for name, value in beginnings(model).items() if isinstance(value, list))


def faults_of(difference: Difference) -> Iterator[tuple[str, str]]:
    """What is wrong with the values of a row before PostgreSQL sees them: the column and the reason."""
    instance, model = difference.instance, difference.model
    columns = columns_of(model)
    unseen = set()
    for name in difference.before or (never_blank(model) | difference.row.values.keys()):
        field = columns[name]
        if field.is_relation:
            if not field.null and difference.row.values.get(name) is None:
                yield name, NEEDED
        elif not is_valid(field, getattr(instance, name)):
            unseen.add(name)
    try:
        if unseen:
            instance.clean_fields(exclude=columns.keys() - unseen)
        instance.clean()
    except ValidationError as error:
        for name, faults in error.error_dict.items():
            for fault in faults:
                yield name, " ".join(reasons_of(fault))


@lru_cache
def columns_of(model: Model) -> dict[str, Any]:
    """The columns of a model that somebody fills, by their names."""
    return {each.name: each for each in model._meta.concrete_fields if not each.generated}


@lru_cache
def never_blank(model: Model) -> frozenset[str]:
    """The columns that have to be asked for in every new row: what they begin with is no value."""
    begun = beginnings(model)
    return frozenset(
        name
        for name, field in columns_of(model).items()
        if (not field.null if field.is_relation else not is_valid(field, begun[field.attname]))
    )


def is_valid(field: Any, value: Any) -> bool:
    """Whether a value of a column is valid as it stands; what is met again and again is asked for once."""
    return not isinstance(value, list) and is_valid_value(field, value)


@lru_cache(maxsize=100_000, typed=True)
def is_valid_value(field: Any, value: Any) -> bool:
    """Whether a value is valid, and the same when it is cleaned."""
    if field.blank and value in field.empty_values:
        return True
    try:
        cleaned = field.clean(value, None)
    except ValidationError:
        return False
    return type(cleaned) is type(value) and cleaned == value


def copy_rows(model: Model, rows: list[Any], table: str = "") -> None:
    """Adds rows to the table of a model, or to another with its columns, as COPY takes them; triggers are as ever."""
    fields = [each for each in columns_of(model).values() if not each.primary_key or rows[0].pk is not None]
    names = [each.attname for each in fields]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table or model._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(each.column) for each in fields),
    )
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([getattr(row, name) for name in names])


def update_rows(model: Model, names: list[str], rows: list[Any], table: str = "") -> None:
    """Writes some columns of rows in one statement, in the table of their model or in another with its columns.

    `bulk_update()` compares every row with every other, and cuts a text to the length of its column without a word.
    """
    fields: list[Any] = [model._meta.pk, *(model._meta.get_field(name) for name in names)]
    # Without length and precision: what does not fit into its column is refused, not made to fit.
    types = [sql.SQL(re.sub(r"\(.*?\)", "", field.db_type(connection))) for field in fields]
    new = sql.SQL("({})").format(sql.SQL(", ").join(sql.SQL("%s::{}").format(each) for each in types))
    statement = sql.SQL("UPDATE {} AS old SET {} FROM (VALUES {}) AS new ({}) WHERE old.{} = new.{}").format(
        sql.Identifier(table or model._meta.db_table),
        sql.SQL(", ").join(sql.SQL("{0} = new.{0}").format(sql.Identifier(each.column)) for each in fields[1:]),
        sql.SQL(", ").join([new] * len(rows)),
        sql.SQL(", ").join(sql.Identifier(each.column) for each in fields),
        *[sql.Identifier(fields[0].column)] * 2,
    )
    values = [each.get_db_prep_save(getattr(row, each.attname), connection) for row in rows for each in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(), values)
