"""Loading fixtures into a register that people work in: what is new is added, what nobody edited follows the files.

The unit is a record, thing or passage with its parts. A unit that anybody else changed stays as it is, and is named.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any

import pghistory
from django.db import DatabaseError, DataError, IntegrityError, connection, models, transaction
from django.db.models import CheckConstraint, Q

from relations.coding.fixtures import (
    DIRECTORY,
    KEYS,
    OWNERS,
    FixtureError,
    Key,
    Model,
    Row,
    Unit,
    columns_of,
    key_of,
    named,
    read_fixtures,
    related,
    unit_of,
)

REASON = "load_fixtures"  # the reason in the history of every row that a load wrote
NOT_BY_A_LOAD = Q(pgh_context__isnull=True) | ~Q(pgh_context__metadata__contains={"reason": REASON})
LOCK = 0x66697874  # the letters "fixt": one load at a time


def history_of(model: Any) -> Any:
    """The history of a model."""
    return model.pgh_event_model._default_manager


class Register:
    """The rows that fixtures speak of, as they stand in the register."""

    def __init__(self, rows: list[Row]) -> None:
        self.units = {row.unit for row in rows}
        self.instances: dict[Model, dict[Key, models.Model]] = {}
        self.keys: dict[Model, dict[Any, Key]] = {}
        wanted = wanted_keys(rows)
        for model in KEYS:
            self.instances[model], self.keys[model] = {}, {}
            for instance in model._default_manager.filter(self.among(model, wanted[model])):
                key = key_of(model, self.read(instance, KEYS[model]))
                self.keys[model][instance.pk] = key
                self.instances[model][key] = instance

    def among(self, model: Model, wanted: set[Key]) -> Q:
        """The rows of these keys and some others, such as all parts of an owner, of which some may have to go."""
        columns = columns_of(model)
        names = OWNERS.get(model, KEYS[model][:1])
        if columns[names[0]].is_relation:
            return reduce(or_, (Q(**{f"{name}__in": list(self.keys[related(columns[name])])}) for name in names))
        return Q(**{f"{names[0]}__in": wanted})

    def read(self, instance: models.Model, names: Iterable[str]) -> dict[str, Any]:
        """The values of some columns, a reference as the key of what it refers to."""
        values = {}
        for name in names:
            column = columns_of(type(instance))[name]
            value = getattr(instance, column.attname)
            values[name] = self.keys[related(column)].get(value, value) if column.is_relation else value
        return values

    def parts(self) -> dict[Unit, dict[tuple[Model, Key], dict[str, Any]]]:
        """The rows of each unit that the fixtures name."""
        units: dict[Unit, dict[tuple[Model, Key], dict[str, Any]]] = defaultdict(dict)
        for model, instances in self.instances.items():
            for key, instance in instances.items():
                values = self.read(instance, columns_of(model))
                if (unit := unit_of(model, values)) in self.units:
                    units[unit][model, key] = values
        return units


def wanted_keys(rows: list[Row]) -> dict[Model, set[Key]]:
    """The keys of the rows, and of the rows they refer to."""
    wanted: dict[Model, set[Key]] = defaultdict(set)
    for row in rows:
        wanted[row.model].add(row.key)
        for name, column in columns_of(row.model).items():
            if column.is_relation and row.values[name] is not None:
                wanted[related(column)].add(row.values[name])
    return wanted


@dataclass
class Changes:
    """What a load does, and what it leaves to people."""

    added: list[Row] = field(default_factory=list)
    updated: list[Row] = field(default_factory=list)
    removed: list[tuple[Model, Key]] = field(default_factory=list)
    left_alone: list[Unit] = field(default_factory=list)
    dropped: list[Unit] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.updated or self.removed)


def load_fixtures(directory: Path = DIRECTORY, *, rehearse: bool = False) -> Changes:
    """Bring the register up to the fixtures in one transaction; a rehearsal is undone at its end."""
    rows = read_fixtures(directory)
    with transaction.atomic(), pghistory.context(reason=REASON):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        register = Register(rows)
        changes = compare(rows, register)
        write(changes, register)
        transaction.set_rollback(rehearse)
    return changes


def is_empty() -> bool:
    """Whether nothing has been entered into the register."""
    return not any(model._default_manager.exists() for model in KEYS)


def compare(rows: list[Row], register: Register) -> Changes:
    """What differs between the fixtures and the register, unit by unit."""
    changes = Changes()
    there = register.parts()
    wanted: dict[Unit, dict[tuple[Model, Key], Row]] = defaultdict(dict)
    for row in rows:
        wanted[row.unit][row.model, row.key] = row
    for unit, parts in wanted.items():
        found = there.get(unit, {})
        if found == {name: row.values for name, row in parts.items()}:
            continue
        if is_edited(unit, register):
            changes.left_alone.append(unit)
            continue
        changes.added += [row for name, row in parts.items() if name not in found]
        changes.updated += [row for name, row in parts.items() if name in found and found[name] != row.values]
        changes.removed += [name for name in found if name not in parts and name != unit]
    changes.dropped = dropped(register)
    return changes


def is_edited(unit: Unit, register: Register) -> bool:
    """Whether anybody but a load wrote the owner or any of its parts, or deleted the owner."""
    model, key = unit
    owner = register.instances[model].get(key)
    if owner is None:
        return was_deleted(unit, register)
    if history_of(model).filter(NOT_BY_A_LOAD, pgh_obj_id=owner.pk).exists():
        return True
    return any(
        history_of(part).filter(NOT_BY_A_LOAD, **{column: owner.pk}).exists()
        for part, names in OWNERS.items()
        for column in names
        if related(columns_of(part)[column]) is model
    )


def was_deleted(unit: Unit, register: Register) -> bool:
    """Whether somebody deleted what stood under this key, or what it belonged to."""
    model, key = unit
    lookups = {}
    for name, part in zip(KEYS[model], key if isinstance(key, tuple) else (key,), strict=True):
        column = columns_of(model)[name]
        if column.is_relation:
            owner = register.instances[related(column)].get(part)
            if owner is None:
                return was_deleted((related(column), part), register)
            lookups[name] = owner.pk
        else:
            lookups[name] = part
    return history_of(model).filter(NOT_BY_A_LOAD, pgh_label="delete", **lookups).exists()


def dropped(register: Register) -> list[Unit]:
    """What a load once added and the fixtures name no more; whether it goes is for people to say."""
    units: list[Unit] = []
    for model in KEYS.keys() - OWNERS.keys():
        columns = [columns_of(model)[name] for name in KEYS[model]]
        lookups = [f"{field.name}__{KEYS[related(field)][0]}" if field.is_relation else field.name for field in columns]
        loaded = history_of(model).filter(pgh_label="insert", pgh_context__metadata__contains={"reason": REASON})
        rows = model._default_manager.filter(pk__in=loaded.values("pgh_obj_id"))
        units += [(model, key) for key in rows.values_list(*lookups, flat=len(lookups) == 1)]
    return sorted(set(units) - register.units, key=lambda unit: named(*unit))


def write(changes: Changes, register: Register) -> None:
    """Remove, add and update, each model before those that refer to it; an error names the row."""
    for model, key in changes.removed:
        register.instances[model].pop(key).delete()
    order = list(KEYS)
    later: list[tuple[Row, models.Field]] = []
    for row in sorted([*changes.added, *changes.updated], key=lambda row: order.index(row.model)):
        instance = register.instances[row.model].get(row.key) or row.model()
        for name, column in columns_of(row.model).items():
            value = row.values[name]
            if column.is_relation and value is not None:
                if related(column) is row.model and value not in register.instances[row.model]:
                    later.append((row, column))
                    value = None
                else:
                    value = refer(row, column, register)
            setattr(instance, column.attname, value)
        save(instance, row)
        register.instances[row.model][row.key] = instance
    for row, column in later:
        instance = register.instances[row.model][row.key]
        setattr(instance, column.attname, refer(row, column, register))
        save(instance, row)
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise FixtureError(reason(error)) from error


def refer(row: Row, column: models.Field, register: Register) -> Any:
    """The primary key of the row that a reference names."""
    target = register.instances[related(column)].get(row.values[column.name])
    if target is None:
        missing = named(related(column), row.values[column.name])
        raise FixtureError(f"{row}, {column.name}: there is no {missing}, neither in the fixtures nor in the register.")
    return target.pk


def save(instance: models.Model, row: Row) -> None:
    """Write one row; what PostgreSQL refuses is said with the row's place."""
    try:
        instance.save(force_insert=instance._state.adding)
    except (IntegrityError, DataError) as error:
        raise FixtureError(f"{row}: {reason(error, row.model)}") from error


def reason(error: DatabaseError, model: Model | None = None) -> str:
    """Why PostgreSQL refused it, in the words of the constraint where it has some."""
    diagnosis = getattr(error.__cause__, "diag", None)
    for constraint in model._meta.constraints if model else ():
        if diagnosis and constraint.name == diagnosis.constraint_name and isinstance(constraint, CheckConstraint):
            return str(constraint.violation_error_message)
    return str(diagnosis.message_primary if diagnosis else error)
