"""Rows that files and people name by what they say, never by a number."""

from functools import cache
from typing import Any, ClassVar, Self

from django.db import models


@cache
def key_lookups(model: type[models.Model]) -> tuple[str, ...]:
    """The natural key of a model as lookups of plain values: `passage__source__key`, `passage__ref`."""
    lookups: list[str] = []
    for name in model.natural_key_fields:  # type: ignore[attr-defined]
        field: Any = model._meta.get_field(name)
        inner = key_lookups(field.related_model) if field.is_relation else ()
        lookups += [f"{name}__{lookup}" for lookup in inner] or [name]
    return tuple(lookups)


class KeyedQuerySet(models.QuerySet):
    """Finds a row by its natural key, and reads what its title and its line name together with it."""

    def get_by_natural_key(self, *key: Any) -> Any:
        return self.get(**dict(zip(key_lookups(self.model), key, strict=True)))

    def with_shown(self) -> Self:
        """With the rows that `shown` refers to, so that naming a row costs no query."""
        return self.select_related(*self.model.shown)  # type: ignore[attr-defined]


class Keyed(models.Model):
    """A row that `natural_key_fields` identify; a reference among them counts as the key of what it refers to.

    `shown` are the references that its title and its line in a list name.
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
    """A row that belongs to another; of the columns in `owner_fields` one refers to its owner."""

    owner_fields: ClassVar[tuple[str, ...]]

    objects = KeyedQuerySet.as_manager()

    class Meta:
        abstract = True
