"""Spells: turns yearly observations into states of affairs with a beginning and an end.

With `seen = "day"`, a year says what was true at its beginning. If one rank was observed in 1914 and 1925, and another
in 1930, the first began on 1 January 1914 or before, and changed between 1 January 1926 and 1 January 1930.
With `seen = "year"`, an observation is true for the whole year: the spell began in its first year and ended in its
last, unless these are the first and the last year of the table.
With `seen = "range"`, each row has its own first and last day and is a spell by itself. If the next one begins on the
day after, the end is left out: only an end that nothing follows is stated.
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

Observation = tuple[tuple[str, ...], int, str, ForeignRow]  # of whom or what, the year, the value, and the row
SPELL_VALUES = ("began", "ended", "value", "first", "last")  # names for the recipes of the record's cells


class Spells:
    """The spec `spells` of a profile: whom or what rows are about, when it was observed, and which value."""

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
        """The year of a row; for ranges, the ordinal of its first day."""
        text = self.on.apply([row])
        if self.seen == "range":
            return day_of(text).toordinal()
        if not re.fullmatch("0*[1-9][0-9]{0,3}", text):
            raise CellError(f"{quoted(text)} is no year")
        return int(text)

    def read(self, row: ForeignRow) -> tuple[list[RecipeError], Observation | None]:
        """The observation of a row, or None and the errors in it."""
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
        """The last day of a row with its own days; None if it has no end."""
        text = self.until.apply([row])
        return day_of(text) if text else None

    def spells_of(self, rows: list[Observation]) -> tuple[list[list[ForeignRow]], list[RecipeError]]:
        """The rows of each spell, with SPELL_VALUES as named values.

        The second list has errors: rows of one year that contradict each other.
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
                    (_, value, row), (_, other_value, other_row) = one, other
                    reason = f"line {row.line} says {quoted(value)} and line {other_row.line} {quoted(other_value)}"
                    cells = self.value.read([other_row])
                    faults.append(RecipeError(f"{reason} of one year", self.value.columns, cells, other_row))
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
        """Each row as a spell of its own; its end is left out if another begins on the day after."""
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
        """Runs of consecutive rows with the same value; for whole years, a gap of a year ends a run."""
        numbered = list(enumerate(of_one))
        if self.seen == "year":
            steps = sorted({year for year, _, _ in of_one})
            place = {year: year - number for number, year in enumerate(steps)}
            together = groupby(of_one, key=lambda each: (each[1], place[each[0]]))
            return [(value, list(run)) for (value, _), run in together]
        return [(value, [each for _, each in run]) for value, run in groupby(numbered, key=lambda each: each[1][1])]


def day_of(text: str) -> date:
    """Parses a day in ISO 8601; raises CellError for any other text."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CellError(str(FuzzyDateError(text))) from None


def changed(last: int, following: int) -> str:
    """The date, in EDTF, of a change between two yearly observations."""
    return f"[{last + 1:04}-01-01..{following:04}-01-01]" if last + 1 < following else f"{following:04}-01-01"
