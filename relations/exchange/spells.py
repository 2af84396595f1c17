"""Spells: what a table saw of somebody year by year, as states of affairs with a beginning and an end.

A rank seen in 1914 and in 1925, and another in 1930, began by the first day of 1914 and changed on one of the days from
that of 1926 to that of 1930. What was so in a whole year (`seen = "year"`) began in the first of its years and ended in
the last, unless these are the first and the last of the table.
A row that has its own days (`seen = "range"`) is a spell by itself, which the next one ends where it begins on the day
after: only an end that nothing follows is one that is stated.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from relations.dates import FuzzyDateError
from relations.exchange.cell_errors import CellError, quoted
from relations.exchange.recipes import ForeignRow, ProfileError, Recipe, RecipeBuilder, RecipeError

Observation = tuple[tuple[str, ...], int, str, ForeignRow]  # whose a row is, when it was seen, what, and the row
SPELL_VALUES = ("began", "ended", "value", "first", "last")  # what a spell says to the cells of its record


class Spells:
    """How the rows of a table become spells: whose they are, when something was seen, and what."""

    def __init__(self, spec: dict[str, Any], builder: RecipeBuilder, where: str) -> None:
        if unknown := spec.keys() - {"of", "on", "until", "value", "seen"}:
            raise ProfileError(f"{where}: {sorted(unknown)[0]} is nothing that spells know.")
        self.of = builder.several(spec.get("of", []), f"{where}.of")
        self.on = builder.recipe(spec.get("on", ""), f"{where}.on")
        self.until = builder.recipe(spec.get("until", ""), f"{where}.until")
        self.value = builder.recipe(spec.get("value", ""), f"{where}.value")
        self.seen = spec.get("seen", "day")
        if self.seen not in ("day", "year", "range") or not self.of:
            raise ProfileError(f'{where}: give of = […], on, value, and seen = "day", "year" or "range".')
        builder.extra_names |= set(SPELL_VALUES)

    def when(self, row: ForeignRow) -> int:
        """The year of a row; of one that has its own days, the number of its first day."""
        text = self.on.apply([row])
        if self.seen == "range":
            return day_of(text).toordinal()
        if not re.fullmatch("0*[1-9][0-9]{0,3}", text):
            raise CellError(f"{quoted(text)} is no year")
        return int(text)

    def read(self, row: ForeignRow) -> tuple[list[RecipeError], Observation | None]:
        """Whose a row is, when it was seen, and what; or all that is wrong with it."""
        errors: list[RecipeError] = []

        def attempt(recipe: Recipe, make: Callable[[ForeignRow], Any]) -> Any:
            try:
                return make(row)
            except RecipeError as error:
                errors.append(error)
            except CellError as error:
                errors.append(RecipeError(str(error), recipe.columns, recipe.read([row])))
            return None

        whose = tuple(attempt(recipe, recipe.apply_to_row) for recipe in self.of)
        when, value = attempt(self.on, self.when), attempt(self.value, self.value.apply_to_row)
        if self.seen == "range":
            attempt(self.until, self.last)
        return errors, None if errors else (whose, when, value, row)

    def last(self, row: ForeignRow) -> date | None:
        """The last day of a row that has its own."""
        text = self.until.apply([row])
        return day_of(text) if text else None

    def spells_of(self, rows: list[Observation]) -> tuple[list[list[ForeignRow]], list[RecipeError]]:
        """The rows of each spell, which know when it began and ended; given whose, when and what of each row.

        Beside them what is wrong: two rows of one year that do not say the same.
        """
        seen: dict[tuple[str, ...], list[tuple[int, str, ForeignRow]]] = defaultdict(list)
        for whose, year, value, row in rows:
            seen[whose].append((year, value, row))
        if self.seen == "range":
            return self.ranges(seen), []
        years = [year for _, year, _, _ in rows]
        spells: list[list[ForeignRow]] = []
        faults: list[RecipeError] = []
        for of_one in seen.values():
            of_one.sort(key=lambda each: each[0])
            for one, other in pairwise(of_one):
                if one[0] == other[0] and one[1] != other[1]:
                    told = f"line {one[2].line} says {quoted(one[1])} and line {other[2].line} {quoted(other[1])}"
                    columns = self.value.columns
                    faults.append(RecipeError(f"{told} of one year", columns, self.value.read([other[2]]), other[2]))
            runs = self.runs(of_one)
            for number, (value, run) in enumerate(runs):
                if value:
                    before = runs[number - 1][1][-1][0] if number else None
                    after = runs[number + 1][1][0][0] if number + 1 < len(runs) else None
                    follows = runs[number + 1][0] if after else ""
                    first, last = run[0][0], run[-1][0]
                    if self.seen == "year":
                        began = f"{first:04}" if first > min(years) else f"[..{first:04}]"
                        ended = f"{last:04}" if last < max(years) else ""
                    else:
                        began = changed(before, first) if before else f"[..{first:04}-01-01]"
                        ended = changed(last, after) if after and not follows else ""
                    values = {"began": began, "ended": ended, "value": value}
                    values |= {"first": f"{first:04}", "last": f"{last:04}"}
                    spells.append([row.with_values(**values) for _, _, row in run])
        return spells, faults

    def ranges(self, seen: dict[tuple[str, ...], list[tuple[int, str, ForeignRow]]]) -> list[list[ForeignRow]]:
        """Each row as a spell of its own; its end is left out where another begins on the day after."""
        spells = []
        for of_one in seen.values():
            begun = {first for first, _, _ in of_one}
            for first, value, row in of_one:
                last = self.last(row)
                follows = last and last.toordinal() + 1 in begun
                began, until = date.fromordinal(first).isoformat(), str(last or "")
                values = {
                    "began": began,
                    "ended": "" if follows else until,
                    "value": value,
                    "first": began,
                    "last": until,
                }
                spells.append([row.with_values(**values)])
        return spells

    def runs(self, of_one: list[tuple[int, str, ForeignRow]]) -> list[tuple[str, list[tuple[int, str, ForeignRow]]]]:
        """Rows that follow each other and say the same; of what was so in whole years, without a year between."""
        numbered = list(enumerate(of_one))
        if self.seen == "year":
            steps = sorted({year for year, _, _ in of_one})
            place = {year: year - number for number, year in enumerate(steps)}
            together = groupby(of_one, key=lambda each: (each[1], place[each[0]]))
            return [(value, list(run)) for (value, _), run in together]
        return [(value, [each for _, each in run]) for value, run in groupby(numbered, key=lambda each: each[1][1])]


def day_of(text: str) -> date:
    """The day that a text is in ISO 8601; CellError says what is wrong with any other."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CellError(str(FuzzyDateError(text))) from None


def changed(last: int, following: int) -> str:
    """The days between two years in which different things were seen."""
    return f"[{last + 1:04}-01-01..{following:04}-01-01]" if last + 1 < following else f"{following:04}-01-01"
