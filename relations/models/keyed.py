"""Base classes of the register's models: a natural key, a version, a history, and constraints that are implied."""

from collections.abc import Collection
from functools import cache
from typing import Any, ClassVar, Self, TypeVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models.base import ModelState

from relations.models.constraints import implied
from relations.models.triggers import MovesOwner, Stamp

# Django's four permissions, and two more for importing and exporting.
DESK_PERMISSIONS = ("add", "change", "delete", "view", "import", "export")
# Records have two more: for publishing and for withdrawing them.
RECORD_PERMISSIONS = (*DESK_PERMISSIONS, "publish", "withdraw")
ModelType = TypeVar("ModelType", bound=type[models.Model])


@cache
def key_lookups(model: Any) -> tuple[str, ...]:
    """The natural key of a model as lookups of plain values: `passage__source__key`, `passage__ref`."""
    lookups: list[str] = []
    for name in model.natural_key_fields:
        field: Any = model._meta.get_field(name)
        inner = key_lookups(field.related_model) if field.is_relation else ()
        lookups += [f"{name}__{lookup}" for lookup in inner] or [name]
    return tuple(lookups)


NAMING = ("id", "code", "slug", "key", "ref", "name", "title")  # the columns used in names and addresses of rows


class KeyedQuerySet(models.QuerySet):
    """Finds rows by natural key, and joins the rows that are named in their titles and in lists."""

    def get_by_natural_key(self, *key: Any) -> Any:
        return self.get(**dict(zip(key_lookups(self.model), key, strict=True)))

    def with_shown(self) -> Self:
        """Joins the rows that `shown` refers to, with the columns for their names: naming a row makes no query."""
        model: Any = self.model
        unnamed = (column for path in model.shown for column in deferrable(model, path))
        return self.select_related(*model.shown).defer(*unnamed)


@cache
def deferrable(model: Any, path: str) -> list[str]:
    """The columns along a path of foreign keys that a name does not need: all but `NAMING` and foreign keys."""
    first, _, rest = path.partition("__")
    to = model._meta.get_field(first).related_model
    own = [column.name for column in to._meta.concrete_fields if not (column.is_relation or column.name in NAMING)]
    return [f"{first}__{name}" for name in [*own, *(deferrable(to, rest) if rest else ())]]


class Stored(models.Model):
    """A model whose rows are read without calling `__init__`.

    `__init__` would send two signals, which have no receivers here, and look at each column: ten times the work.
    Columns that were not read are deferred as usual.
    """

    class Meta:
        abstract = True

    @classmethod
    def from_db(  # type: ignore[override]  # the stubs are those of Django 6, which passes one more argument
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        row = cls.__new__(cls)
        row._state = state = ModelState()
        state.db = db
        state.adding = False
        row.__dict__.update(zip(field_names, values, strict=True))
        return row


class Keyed(Stored):
    """A row with a natural key: the values of `natural_key_fields`, with the natural key of a row for a foreign key.

    `shown` are the foreign keys to rows that are named in its title and in lists.
    """

    natural_key_fields: ClassVar[tuple[str, ...]] = ("slug",)
    shown: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[Any, ...]:
        key = []
        for lookup in key_lookups(type(self)):
            value: Any = self
            for name in lookup.split("__"):
                value = getattr(value, name) if value is not None else None
            key.append(value)
        return tuple(key)


class Part(Keyed):
    """A row that belongs to another row, its owner: exactly one of the foreign keys in `owner_fields` is set."""

    owner_fields: ClassVar[tuple[str, ...]]

    objects = KeyedQuerySet.as_manager()

    class Meta:
        abstract = True


class Versioned(Stored):
    """A record or thing with a version, which a trigger counts, so that nobody overwrites a change unseen."""

    version = models.PositiveIntegerField(
        db_default=1,
        editable=False,
        serialize=False,
        help_text="Counts the transactions that changed the row or its parts.",
    )
    changed_at = models.DateTimeField(
        db_default=models.functions.Now(),
        editable=False,
        serialize=False,
        help_text="When the row or one of its parts last changed (UTC).",
    )

    class Meta:
        abstract = True


def with_implied_constraints(model: ModelType) -> ModelType:
    """A class decorator that adds the constraints implied by the fields and natural key of a model."""
    model._meta.constraints = [*model._meta.constraints, *implied(model)]
    model._meta.original_attrs["constraints"] = model._meta.constraints  # which migrations read
    return model


def registered(model: ModelType) -> ModelType:
    """A class decorator that adds the implied constraints, the triggers of versions, and a history.

    Triggers write every insert, update and delete to the history, without generated columns.
    """
    with_implied_constraints(model)
    if issubclass(model, Versioned):
        pgtrigger.register(Stamp())(model)
    if issubclass(model, Part):
        for operation in MovesOwner.touched:
            pgtrigger.register(MovesOwner(operation, *model.owner_fields))(model)
    return pghistory.track(
        *(
            event(level=pghistory.Statement)
            for event in (pghistory.InsertEvent, pghistory.UpdateEvent, pghistory.DeleteEvent)
        ),
        exclude=[field.name for field in model._meta.concrete_fields if field.generated],
        model_name=f"{model.__name__}History",
        meta={"indexes": [models.Index(name=f"{model._meta.model_name}_in_time", fields=["pgh_created_at", "pgh_id"])]},
    )(model)
