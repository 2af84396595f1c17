"""New rows as they begin, and what is wrong with the values of a row before PostgreSQL sees them."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.base import ModelState
from django.utils import timezone

from relations.bulk import columns_filled
from relations.exchange.changes import Difference
from relations.exchange.rows import NEEDED, Model, reasons_of


@lru_cache
def initial_values(model: Model) -> dict[str, Any]:
    """What a new row has in each column before anybody says anything; in a computed one, nothing."""
    found = {}
    for each in model._meta.concrete_fields:
        if each.has_db_default() and not each.has_default():
            found[each.attname] = timezone.now() if isinstance(each, models.DateTimeField) else each.db_default
        elif not each.generated:
            found[each.attname] = each.get_default()
    return found


def new_row(model: Model) -> Any:
    """A new row, its stamps filled in although PostgreSQL sets them itself: a set of rows is handed over as values.

    It is what `model()` makes, without asking each field each time.
    """
    made = model.__new__(model)
    made._state = ModelState()
    made.__dict__ |= initial_values(model)
    for name in list_columns(model):
        setattr(made, name, [])
    return made


@lru_cache
def list_columns(model: Model) -> tuple[str, ...]:
    """The columns of which each row has a list of its own."""
    return tuple(name for name, value in initial_values(model).items() if isinstance(value, list))


def faults_of(difference: Difference) -> Iterator[tuple[str, str]]:
    """What is wrong with the values of a row before PostgreSQL sees them: the column and the reason."""
    instance, model = difference.instance, difference.model
    columns = columns_filled(model)
    unseen = set()
    for name in difference.before or dict.fromkeys((*columns_to_check(model), *difference.row.values)):
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
def columns_to_check(model: Model) -> tuple[str, ...]:
    """The columns that have to be asked for in every new row, in order: what they begin with is no value."""
    begun = initial_values(model)
    return tuple(name for name, field in columns_filled(model).items() if not is_valid(field, begun[field.attname]))


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
