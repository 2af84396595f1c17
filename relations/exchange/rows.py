"""What files ask for: rows, each with its place in a file, and what is refused of them, told with that place.

A row names others, and is named, by natural keys: the tuples that `natural_key()` gives and `get_by_natural_key()`
takes, in which a reference stands as the columns of its own key. A passage is ("a-paper", "egypt.1.1").
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from relations.exchange.cell_errors import quoted
from relations.models.keyed import Part, key_lookups
from relations.models.owners import references

Model = type[models.Model]
Key = tuple[Any, ...]
Owner = tuple[Model, Key]  # what rows belong to: a record, thing or passage, by its key

GIVEN_TWICE = "is given twice, first in {}"
MOST_REFUSALS = 100
NEEDED = "is needed"
NO_SUCH_COLUMN = "is needed; the file has no such column"


def in_words(model: Model, key: Iterable[Any]) -> str:
    """A row in words: `event nasser-visits-pyongyang`."""
    filled = (str(value) for value in key if value not in (None, ""))
    return " ".join([str(model._meta.verbose_name), *dict.fromkeys(filled)])


def by_column(model: Model, key: Key) -> dict[str, Any]:
    """The columns of a natural key, a reference among them as the key of what it refers to."""
    values, rest = {}, iter(key)
    for name in model.natural_key_fields:  # type: ignore[attr-defined]
        target = references(model).get(name)
        values[name] = tuple(next(rest) for _ in key_lookups(target)) if target else next(rest)
    return values


def reasons_of(fault: ValidationError) -> list[str]:
    """Why a validator refuses a value; of a value that is missing, in our own words."""
    return [NEEDED] if getattr(fault, "code", None) in ("blank", "null") else fault.messages


class Place(NamedTuple):
    """Where in the files a row stands: the number in which places follow each other, and how people find it."""

    number: int
    words: str


NOWHERE = Place(0, "")


class Refusal(NamedTuple):
    """Why files are not written: the place and the column, where it is about one; what stands there; and the reason."""

    place: Place
    column: str
    value: str
    reason: str

    @property
    def where(self) -> str:
        """The place and the column, in words."""
        return ", ".join(filter(None, [self.place.words, self.column and f"column {self.column}"]))

    @property
    def what(self) -> str:
        """The value, unless the reason begins with it, and the reason."""
        if not self.value or self.reason.startswith(("'", "“")):
            return self.reason
        return f"{quoted(self.value)}: {self.reason}"

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


class RefusedError(Exception):
    """Nothing is written of the files, for these reasons."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = list(refusals)
        super().__init__("\n".join(map(str, self.refusals)))


@dataclass(eq=False)
class Row:
    """A row as a file asks for it: values by column of the model, a reference as the key of what it refers to.

    `texts` are the cells of the file, which a refusal repeats. A part that stands in a cell names the column of the
    cell in `cell`.
    """

    model: Model
    values: dict[str, Any]
    place: Place
    texts: dict[str, str] = field(default_factory=dict)
    cell: str = ""

    def __post_init__(self) -> None:
        key: list[Any] = []
        for name in self.model.natural_key_fields:  # type: ignore[attr-defined]
            target, value = references(self.model).get(name), self.values[name]
            key += [value] if target is None else value or (None,) * len(key_lookups(target))
        self.key: Key = tuple(key)
        self.owner: Owner = self.model, self.key
        if issubclass(self.model, Part):
            name = next(name for name in self.model.owner_fields if self.values[name] is not None)
            self.owner = references(self.model)[name], self.values[name]

    @property
    def is_part(self) -> bool:
        """Whether it belongs to another row."""
        return self.owner != (self.model, self.key)

    def refusal(self, column: str, reason: str) -> Refusal:
        """A refusal of the row for a reason that is about one column of its model, about several, or about none."""
        file_column = self.cell or column
        try:
            is_cell = not self.cell and bool(self.model._meta.get_field(column))
        except FieldDoesNotExist:  # a rule may be about a group of columns, such as a figure
            is_cell, file_column = False, self.cell
        if not is_cell:
            reason = ": ".join(filter(None, [column, reason]))
        elif reason == NEEDED and self.texts and column not in self.texts:
            reason = NO_SUCH_COLUMN
        return Refusal(self.place, file_column, self.texts.get(file_column, ""), reason)


@dataclass
class Wanted:
    """What files ask for: rows, and whose parts of a model are all told, so that any others go.

    Of those that are, it keeps the row that speaks for their owner, and the column of the file if they stand in one.
    """

    rows: list[Row] = field(default_factory=list)
    all_parts: dict[tuple[type[Part], Owner], tuple[Row, str]] = field(default_factory=dict)


class Refusals:
    """What is refused of files, and whose parts and claims; of what needs something refused nothing more is said."""

    def __init__(self, most: int = 0) -> None:
        self.all: list[Refusal] = []
        self.owners: set[Owner] = set()
        self.most = most or MOST_REFUSALS

    def add(self, owner: Owner, *refusals: Refusal) -> None:
        """Refuses what belongs to an owner: for these reasons, or for none but that something it needs is refused."""
        self.owners.add(owner)
        self.all += refusals

    @property
    def are_enough(self) -> bool:
        """Whether so much is wrong that nobody would read more."""
        return len(self.all) >= self.most

    def in_order(self) -> list[Refusal]:
        """What is refused, as it stands in the files."""
        more = Refusal(NOWHERE, "", "", f"Only the first {self.most} faults are told; mend these first.")
        told = sorted(dict.fromkeys(self.all), key=lambda each: each.place.number)
        return [*told[: self.most], more] if self.are_enough else told
