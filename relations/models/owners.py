"""Owners and their parts: the foreign keys between them, and the list of all models that files may write."""

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
    """The foreign keys of a model by name, with the models that they refer to."""
    columns: Any = model._meta.concrete_fields
    return {each.name: each.related_model for each in columns if each.is_relation}


def owner_column(model: type[Part], owner: type[Model]) -> str:
    """The name of the foreign key of a part to this model of owners; empty if it has none."""
    return next((name for name in model.owner_fields if references(model)[name] is owner), "")


def own_parts(record: type[Model]) -> list[type[Part]]:
    """The models of the parts of this type of record, except citations, which belong to all types."""
    return [part for part in Part.__subclasses__() if part is not Citation and owner_column(part, record)]


# All models that files may write, each before those that refer to it.
WRITTEN: tuple[Any, ...] = (
    *(Source, Country, Lifespan, CountryCode, Succession, Actor, Passage, Relation),
    *(model for record in RECORD_TYPES for model in (record, *own_parts(record))),
    Citation,
)


def part_models(owner: type[Model]) -> list[type[Part]]:
    """The models of parts whose owners are rows of this model."""
    return [model for model in WRITTEN if issubclass(model, Part) and owner_column(model, owner)]
