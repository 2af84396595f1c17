"""What a row says, column by column and in words: as it is, or as the history has kept it.

What the rows are called that it names is for who asks: the desk knows all of them, readers those that are public.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from relations.dates import FuzzyDate
from relations.exchange.codebook import term_of
from relations.models.figure import PARTS, figures_of

# What orders, counts or stamps a row.
UNTOLD = frozenset(["id", "version", "created_at", "changed_at", "published_at", "created_by", "passage_sha256"])


class Told(NamedTuple):
    """A column that a row is told by; of a figure, which is told as one, there is no `field`."""

    name: str
    label: str
    field: Any = None


@cache
def columns_told(model: Any) -> tuple[Told, ...]:
    """What a row of a model is told by, without what it belongs to; the five columns of a figure are one."""
    figures = {f"{name}_{part}": Told(name, name.replace("_", " ")) for name in figures_of(model) for part in PARTS}
    left_out = {*UNTOLD, *getattr(model, "owner_fields", ())}
    columns = [each for each in model._meta.concrete_fields if not each.generated and each.name not in left_out]
    return tuple(
        dict.fromkeys(figures.get(each.name) or Told(each.name, str(each.verbose_name), each) for each in columns)
    )


@cache
def references_told(model: Any) -> tuple[Any, ...]:
    """The columns by which rows of a model name others."""
    return tuple(told.field for told in columns_told(model) if told.field is not None and told.field.is_relation)


def named_by(states: Iterable[Any]) -> dict[Any, set[Any]]:
    """The keys of the rows that kept states name, by their model."""
    keys: dict[Any, set[Any]] = defaultdict(set)
    for state in states:
        for field in references_told(state.pgh_tracked_model):
            keys[field.related_model].add(getattr(state, field.attname))
    return {model: of_model - {None} for model, of_model in keys.items()}


class Telling:
    """Says what stands in the columns of rows."""

    def named(self, model: Any, key: Any) -> str:
        """What a row is called that another names by its key."""
        raise NotImplementedError

    def said(self, row: Any, told: Told) -> str:
        """What a row says in a column, or as a figure; empty where it says nothing."""
        value = getattr(row, told.field.attname if told.field is not None else told.name)
        if value is None or value is False or value == "":
            return ""
        if told.field is None:
            return str(value)
        if told.field.is_relation:
            return self.named(told.field.related_model, value)
        if isinstance(value, FuzzyDate):
            return value.spoken if value.spoken == str(value) else f"{value.spoken} ({value})"
        if isinstance(value, list):
            return "; ".join(map(str, value))
        term = term_of(row, told.name)
        return term.label if term else "yes" if value is True else str(dict(told.field.flatchoices).get(value, value))
