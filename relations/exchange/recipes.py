"""How a profile makes a text of ours out of the cells of foreign rows: recipes, as the profile writes them.

    "{Weapon designation}"               the cells of columns, and named values, in a text of ours
    ["{a}:actor", "{b}:recipient"]       pieces, joined by “; ”; empty ones are left out
    {of = "{status}", terms = {…}}       what a verb does (verbs.py)

A recipe reads all rows of a record. Where it does not say what to take of several, they must say the same.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from relations.exchange.cell_errors import CellError, did_you_mean, quoted
from relations.exchange.parties import Parties

LINE = "line"  # what a profile calls the number of a row, unless the file has a column of that name
PIECE = "piece"  # a piece of a cell that is split, wherever a recipe is for each of these
NAMED = re.compile(r"\{([^{}]+)\}")


class ProfileError(ValueError):
    """What is wrong with a profile, in words for its author."""


class ForeignRow:
    """A row of a foreign table with the values that its profile gives names to; each is worked out once."""

    __slots__ = ("_values", "cells", "line", "number", "places", "recipes")

    def __init__(
        self, line: int, cells: tuple[str, ...], places: dict[str, int], recipes: dict[str, "Recipe"], number: str
    ) -> None:
        """`number` is that of the line by which the row is cited: the one that it had in the file it came from."""
        self.line, self.cells, self.places, self.recipes, self.number = line, cells, places, recipes, number
        self._values: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name in self._values:
            return self._values[name]
        place = self.places.get(name)
        if place is not None:
            return self.cells[place]
        if name == LINE:
            return self.number
        self._values[name] = self.recipes[name].apply([self])
        return self._values[name]

    def forget_values(self) -> None:
        """Lets go of the values that were worked out, when a record is made of them."""
        self._values = {}

    def with_values(self, **values: str) -> "ForeignRow":
        """The same row with more values."""
        row = ForeignRow(self.line, self.cells, self.places, self.recipes, self.number)
        row._values = {**self._values, **values}
        return row


Rows = list[ForeignRow]


class RecipeError(CellError):
    """What is wrong with a text that a recipe met, with the columns that it came from, and the row, where it is one."""

    def __init__(self, reason: str, columns: Iterable[str], value: str, row: ForeignRow | None = None) -> None:
        super().__init__(reason)
        self.columns, self.value, self.row = tuple(columns), value, row


@dataclass(frozen=True)
class Recipe:
    """What makes a text of rows, and the columns of the file that it reads."""

    make: Callable[[Rows], str]
    columns: tuple[str, ...] = ()

    def apply(self, rows: Rows) -> str:
        """The text; raises RecipeError with the columns that were read and their values."""
        try:
            return self.make(rows)
        except RecipeError:
            raise
        except CellError as error:
            raise RecipeError(str(error), self.columns, self.read(rows)) from None

    def apply_to_row(self, row: ForeignRow) -> str:
        """The text of a single row."""
        return self.apply([row])

    def read(self, rows: Rows) -> str:
        """What stands in the columns that it reads."""
        return ", ".join(dict.fromkeys(row[name] for row in rows for name in self.columns if row[name]))


class RecipeBuilder:
    """Turns what a profile writes into recipes; what it cannot turn is refused with the place in the profile."""

    def __init__(
        self, columns: Iterable[str], values: dict[str, Any], parties: Parties, verbs: dict[str, "Verb"]
    ) -> None:
        self.columns = dict.fromkeys(columns)
        self.parties, self.verbs = parties, verbs
        self.values: dict[str, Recipe] = {}
        self.extra_names: set[str] = set()
        for name, spec in values.items():
            if name in self.columns:
                raise ProfileError(f"values.{name}: the file has a column of that name.")
            self.values[name] = self.recipe(spec, f"values.{name}")

    @contextmanager
    def with_name(self, name: str) -> Iterator[None]:
        """Lets recipes name what is known only where they stand."""
        is_new = name not in self.extra_names
        self.extra_names.add(name)
        yield
        if is_new:
            self.extra_names.discard(name)

    def recipe(self, spec: Any, where: str) -> Recipe:
        """The recipe for a text, a list or a table of the profile."""
        if isinstance(spec, bool | int | float):
            spec = str(spec).lower()
        if isinstance(spec, str):
            return self.template(spec, where)
        if isinstance(spec, list):
            return self.joined(spec, where)
        if isinstance(spec, dict):
            verb = next((name for name in self.verbs if name in spec), "")
            if verb:
                builder = self.verbs[verb]
                if unknown := spec.keys() - {verb, *builder.options}:
                    raise ProfileError(f"{where}: {sorted(unknown)[0]} is nothing that {verb} knows.")
                return builder.build(self, spec, where)
        raise ProfileError(f"{where}: {spec!r} is no recipe; its verb is one of {', '.join(self.verbs)}.")

    def several(self, spec: Any, where: str) -> list[Recipe]:
        """A recipe for each of a list."""
        return [self.recipe(each, where) for each in (spec if isinstance(spec, list) else [spec])]

    def template(self, text: str, where: str) -> Recipe:
        """Fixed words and the names of columns and values in braces; nothing, where all of these are empty."""
        names = NAMED.findall(text)
        for name in names:
            if name not in self.columns and name not in self.values and name not in self.extra_names:
                near = did_you_mean(name, [*self.columns, *self.values])
                raise ProfileError(f"{where}: {{{name}}} is neither a column of the file nor a value{near}.")
        columns = self.columns_of(names)
        if not names:
            return Recipe(lambda rows: text)
        if text == f"{{{names[0]}}}":
            (name,) = names
            return Recipe(lambda rows: the_one(rows, lambda row: row[name]), columns)

        def filled(row: ForeignRow) -> str:
            found = [row[name] for name in names]
            return NAMED.sub(lambda match: row[match[1]], text) if any(found) else ""

        return Recipe(lambda rows: the_one(rows, filled), columns)

    def columns_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """The columns of the file behind names."""
        found: dict[str, None] = {}
        for name in names:
            found |= dict.fromkeys(self.values[name].columns if name in self.values else [name])
        return tuple(name for name in found if name in self.columns and name not in self.extra_names)

    def joined(self, spec: list[Any], where: str) -> Recipe:
        """The pieces that are not empty."""
        pieces = self.several(spec, where)
        return Recipe(
            lambda rows: "; ".join(filter(None, (piece.apply(rows) for piece in pieces))), columns_read(pieces)
        )


def columns_read(recipes: Iterable[Recipe]) -> tuple[str, ...]:
    """The columns that several recipes read."""
    return tuple(dict.fromkeys(name for recipe in recipes for name in recipe.columns))


def the_one(rows: Rows, text_of: Callable[[ForeignRow], str]) -> str:
    """The text that all rows of a record give."""
    first = text_of(rows[0])
    for row in rows[1:]:
        if (other := text_of(row)) != first:
            raise CellError(
                f"line {rows[0].line} says {quoted(first)} and line {row.line} {quoted(other)} of one record"
            )
    return first


@dataclass(frozen=True)
class Verb:
    """What turns a table of the profile into a recipe, and the other names that it takes in it."""

    build: Callable[[RecipeBuilder, dict[str, Any], str], Recipe]
    options: tuple[str, ...] = ()
