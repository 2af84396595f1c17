"""Owners and parts: by which column a part belongs to its owner, and every model that people write."""

from functools import cache
from typing import Any

from django.db.models import Model

from relations.models import (
    RECORD_TYPES,
    Actor,
    Citation,
    Country,
    CountryCode,
    Lifespan,
    Passage,
    Relation,
    Source,
    Succession,
)
from relations.models.keyed import Part


@cache
def references(model: type[Model]) -> dict[str, type[Model]]:
    """The columns that refer to rows, with the models that they refer to."""
    columns: Any = model._meta.concrete_fields
    return {each.name: each.related_model for each in columns if each.is_relation}


def owner_column(model: type[Part], owner: type[Model]) -> str:
    """The column by which a part refers to an owner of that model; empty where it has none."""
    return next((name for name in model.owner_fields if references(model)[name] is owner), "")


def own_parts(record: type[Model]) -> list[type[Part]]:
    """The models of the parts that only the records of this type have: all but citations."""
    return [part for part in Part.__subclasses__() if part is not Citation and owner_column(part, record)]


# Every model that files may write, before the models that refer to it.
WRITTEN: tuple[Any, ...] = (
    *(Source, Country, Lifespan, CountryCode, Succession, Actor, Passage, Relation),
    *(model for record in RECORD_TYPES for model in (record, *own_parts(record))),
    Citation,
)


def part_models(owner: type[Model]) -> list[type[Part]]:
    """The models of the parts that the rows of a model have."""
    return [model for model in WRITTEN if issubclass(model, Part) and owner_column(model, owner)]
