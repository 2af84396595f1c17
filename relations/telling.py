"""The values of a row in words, column by column: of the row as it is, or of a state in its history.

Subclasses of `Telling` say how the rows it refers to are called: the desk may name all of them, readers public ones.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from relations.dates import FuzzyDate
from relations.models.figure import PARTS, figures_of
from relations.models.terms import term_of

# Columns that only order, count or stamp rows.
UNTOLD = frozenset(["id", "version", "created_at", "changed_at", "published_at", "created_by", "passage_sha256"])


class Told(NamedTuple):
    """A column whose values are shown; the five columns of a figure are shown as one, which has no `field`."""

    name: str
    label: str
    field: Any = None


@cache
def columns_told(model: Any) -> tuple[Told, ...]:
    """The columns of a model whose values are shown, without the foreign keys to its owner."""
    figures = {f"{name}_{part}": Told(name, name.replace("_", " ")) for name in figures_of(model) for part in PARTS}
    left_out = {*UNTOLD, *getattr(model, "owner_fields", ())}
    columns = [each for each in model._meta.concrete_fields if not each.generated and each.name not in left_out]
    return tuple(
        dict.fromkeys(figures.get(each.name) or Told(each.name, str(each.verbose_name), each) for each in columns)
    )


@cache
def references_told(model: Any) -> tuple[Any, ...]:
    """The foreign keys among the columns that are shown."""
    return tuple(told.field for told in columns_told(model) if told.field is not None and told.field.is_relation)


def named_by(states: Iterable[Any]) -> dict[Any, set[Any]]:
    """The keys of the rows that these states refer to, by model."""
    keys: dict[Any, set[Any]] = defaultdict(set)
    for state in states:
        for field in references_told(state.pgh_tracked_model):
            keys[field.related_model].add(getattr(state, field.attname))
    return {model: of_model - {None} for model, of_model in keys.items()}


class Telling:
    """Puts the values of rows into words."""

    def named(self, model: Any, key: Any) -> str:
        """The name of a row that another refers to by this key."""
        raise NotImplementedError

    def said(self, row: Any, told: Told) -> str:
        """The value of a column, or figure, in words; empty where it has none."""
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
