"""Recipes: how a profile computes the text of one of our cells from the cells of foreign rows.

    "{Weapon designation}"               a template with the names of columns and of values
    ["{a}:actor", "{b}:recipient"]       pieces, joined by “; ”; empty ones are left out
    {of = "{status}", terms = {…}}       a verb with its options (verbs.py)

A recipe is applied to all rows of a record. A template must give the same text for each of them, unless a verb says how
several are combined.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from relations.exchange.cell_errors import CellError, did_you_mean, quoted
from relations.exchange.parties import Parties

LINE = "line"  # the name of the line number in templates, unless the file has a column with that name
PIECE = "piece"  # the name of a piece of a cell in the recipe that `split` applies to each piece
NAMED = re.compile(r"\{([^{}]+)\}")


class ProfileError(ValueError):
    """An error in a profile, with a message for its author."""


class ForeignRow:
    """A row of a foreign table: gives cells by column, and the named values of the profile, each computed once."""

    __slots__ = ("_values", "cells", "line", "number", "places", "recipes")

    def __init__(
        self, line: int, cells: tuple[str, ...], places: dict[str, int], recipes: dict[str, "Recipe"], number: str
    ) -> None:
        """`number` is the line number by which the row is cited: its number in the file where it first stood."""
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
        """Frees the computed values, when the record of the row is complete."""
        self._values = {}

    def with_values(self, **values: str) -> "ForeignRow":
        """A copy of the row with additional values."""
        row = ForeignRow(self.line, self.cells, self.places, self.recipes, self.number)
        row._values = {**self._values, **values}
        return row


Rows = list[ForeignRow]


class RecipeError(CellError):
    """A text that a recipe cannot use, with the columns it came from and, if known, the row."""

    def __init__(self, reason: str, columns: Iterable[str], value: str, row: ForeignRow | None = None) -> None:
        super().__init__(reason)
        self.columns, self.value, self.row = tuple(columns), value, row


@dataclass(frozen=True)
class Recipe:
    """A function from rows to a text, and the columns of the file that it reads."""

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
        """The cells of the columns that it reads, for messages."""
        return ", ".join(dict.fromkeys(row[name] for row in rows for name in self.columns if row[name]))


class RecipeBuilder:
    """Turns the specs of a profile into recipes; raises ProfileError with the place in the profile."""

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
        """Allows recipes that are built inside of the block to use a name that is not known elsewhere."""
        is_new = name not in self.extra_names
        self.extra_names.add(name)
        yield
        if is_new:
            self.extra_names.discard(name)

    def recipe(self, spec: Any, where: str) -> Recipe:
        """The recipe for a string, a list or a table of the profile. `where` is its place, for messages."""
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
        """The recipes of a list, or of a single spec."""
        return [self.recipe(each, where) for each in (spec if isinstance(spec, list) else [spec])]

    def template(self, text: str, where: str) -> Recipe:
        """The recipe of a template: text with names in braces. Its result is empty if all of these are."""
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
            return Recipe(lambda rows: common_text(rows, lambda row: row[name]), columns)

        def filled(row: ForeignRow) -> str:
            found = [row[name] for name in names]
            return NAMED.sub(lambda match: row[match[1]], text) if any(found) else ""

        return Recipe(lambda rows: common_text(rows, filled), columns)

    def columns_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """The columns of the file that the names stand for, directly or through named values."""
        found: dict[str, None] = {}
        for name in names:
            found |= dict.fromkeys(self.values[name].columns if name in self.values else [name])
        return tuple(name for name in found if name in self.columns and name not in self.extra_names)

    def joined(self, spec: list[Any], where: str) -> Recipe:
        """The recipe of a list: its results that are not empty, joined by “; ”."""
        pieces = self.several(spec, where)
        return Recipe(
            lambda rows: "; ".join(filter(None, (piece.apply(rows) for piece in pieces))), columns_read(pieces)
        )


def columns_read(recipes: Iterable[Recipe]) -> tuple[str, ...]:
    """The columns that some recipes read, each once."""
    return tuple(dict.fromkeys(name for recipe in recipes for name in recipe.columns))


def common_text(rows: Rows, text_of: Callable[[ForeignRow], str]) -> str:
    """The text that is the same for all rows of a record; raises CellError if it is not."""
    first = text_of(rows[0])
    for row in rows[1:]:
        if (other := text_of(row)) != first:
            raise CellError(
                f"line {rows[0].line} says {quoted(first)} and line {row.line} {quoted(other)} of one record"
            )
    return first


@dataclass(frozen=True)
class Verb:
    """A verb of recipes: the function that builds the recipe from its spec, and the options that it accepts."""

    build: Callable[[RecipeBuilder, dict[str, Any], str], Recipe]
    options: tuple[str, ...] = ()
