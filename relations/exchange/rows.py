"""The rows of imported files, each with its place in the file, and the refusals that name this place.

A row is identified, and refers to others, by natural keys: the tuples that `natural_key()` returns and
`get_by_natural_key()` accepts. In them, a foreign key is replaced by the columns of the natural key that it refers to:
a passage is ("a-paper", "egypt.1.1").
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
Owner = tuple[Model, Key]  # the record, thing or passage that a row is or belongs to, by its natural key

GIVEN_TWICE = "is given twice, first in {}"
MOST_REFUSALS = 100
NEEDED = "is needed"
NO_SUCH_COLUMN = "is needed; the file has no such column"


def in_words(model: Model, key: Iterable[Any]) -> str:
    """A row as text for messages: `event nasser-visits-pyongyang`."""
    filled = (str(value) for value in key if value not in (None, ""))
    return " ".join([str(model._meta.verbose_name), *dict.fromkeys(filled)])


def by_column(model: Model, key: Key) -> dict[str, Any]:
    """A natural key as a dict by column; the value of a foreign key is the natural key of the row it refers to."""
    values, rest = {}, iter(key)
    for name in model.natural_key_fields:  # type: ignore[attr-defined]
        target = references(model).get(name)
        values[name] = tuple(next(rest) for _ in key_lookups(target)) if target else next(rest)
    return values


def reasons_of(fault: ValidationError) -> list[str]:
    """The messages of a validation error; for a missing value, our own message."""
    return [NEEDED] if getattr(fault, "code", None) in ("blank", "null") else fault.messages


class Place(NamedTuple):
    """The place of a row in the files: a number to sort by, and the words that a message shows (`line 3`)."""

    number: int
    words: str


NOWHERE = Place(0, "")


class Refusal(NamedTuple):
    """A reason why files are not imported, with its place.

    `column` is empty if the reason is not about one column, and `value` if there is no text of a cell to show.
    """

    place: Place
    column: str
    value: str
    reason: str

    @property
    def where(self) -> str:
        """The place and the column, as text."""
        return ", ".join(filter(None, [self.place.words, self.column and f"column {self.column}"]))

    @property
    def what(self) -> str:
        """The value and the reason; the reason alone if it quotes the value already."""
        if not self.value or self.reason.startswith(("'", "“")):
            return self.reason
        return f"{quoted(self.value)}: {self.reason}"

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


class RefusedError(Exception):
    """Raised when files are refused: nothing of them is written. `refusals` has the reasons."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = list(refusals)
        super().__init__("\n".join(map(str, self.refusals)))


@dataclass(eq=False)
class Row:
    """A row of a file: values by field name; the value of a foreign key is the natural key of the row it refers to.

    `texts` are the cells of the file by column, which refusals quote. If the row is a part that was read from a cell of
    its owner's line, `cell` is the column of that cell.
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
        """A refusal of this row. `column` is a field of its model, the name of several fields together, or empty."""
        file_column = self.cell or column
        try:
            is_cell = not self.cell and bool(self.model._meta.get_field(column))
        except FieldDoesNotExist:  # a rule may be about several fields together, such as those of a figure
            is_cell, file_column = False, self.cell
        if not is_cell:
            reason = ": ".join(filter(None, [column, reason]))
        elif reason == NEEDED and self.texts and column not in self.texts:
            reason = NO_SUCH_COLUMN
        return Refusal(self.place, file_column, self.texts.get(file_column, ""), reason)


@dataclass
class Wanted:
    """The contents of files: rows, and the owners whose parts are listed completely: unlisted parts are removed.

    `all_parts` maps the model of the parts and their owner to the owner's row and the column of the file that lists the
    parts; the column is empty if the parts are rows of their own.
    """

    rows: list[Row] = field(default_factory=list)
    all_parts: dict[tuple[type[Part], Owner], tuple[Row, str]] = field(default_factory=dict)


class Refusals:
    """The refusals collected during an import, and the owners that are refused.

    Rows that refer to a refused owner are refused as well, without a message of their own.
    """

    def __init__(self, most: int = 0) -> None:
        self.all: list[Refusal] = []
        self.owners: set[Owner] = set()
        self.most = most or MOST_REFUSALS

    def add(self, owner: Owner, *refusals: Refusal) -> None:
        """Refuses an owner; without reasons if it is refused only because something it refers to is."""
        self.owners.add(owner)
        self.all += refusals

    @property
    def are_enough(self) -> bool:
        """Whether the limit is reached, after which no more refusals are collected."""
        return len(self.all) >= self.most

    def in_order(self) -> list[Refusal]:
        """The refusals in the order of the files; at the limit, with a last one that says so."""
        more = Refusal(NOWHERE, "", "", f"Only the first {self.most} faults are told; mend these first.")
        ordered = sorted(dict.fromkeys(self.all), key=lambda each: each.place.number)
        return [*ordered[: self.most], more] if self.are_enough else ordered
