"""Inspects a table that has no profile: its columns, their values, and the number of rows of each value."""

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from statistics import median_high

from relations.exchange.cell_errors import quoted
from relations.exchange.foreign import column_names, repeats
from relations.exchange.lines import OF_THE_WEST, encoding_of, lines_of
from relations.exchange.sheets import ZIP
from relations.exchange.tables import MAX_COLUMNS, SEPARATORS, SheetError, is_blank
from relations.text import TextError, prose

LOOKED_AT = 40  # the first lines, among which the header is searched
BEGINNING = 100_000  # characters, in which these lines are searched
MOST_VALUES = 200  # different values of a column that are counted
VALUES_SHOWN = 5
NUMBER = re.compile(r"[-+]?[0-9][0-9.,]*")
LONGEST_SHOWN = 60  # characters of a value
TOTALS = re.compile(
    r"(?:grand |sub-?)?totals?|(?:gesamt)?summe|gesamt|insgesamt|total général|ensemble|totale|suma"
    "|итого|всего|合计|总计|合計|합계|총계",
    re.IGNORECASE,
)


@dataclass
class SeenColumn:
    """A column of a foreign table: its name, the number of filled cells, and the number of rows of each value.

    `target` and `reading` are filled with what is proposed or chosen for it.
    """

    name: str
    filled: int = 0
    values: Counter[str] = field(default_factory=Counter)
    target: str = ""
    reading: str = ""
    parted: str = ""  # the separator of several parties in one cell, or empty
    totals: list[str] = field(default_factory=list)  # values such as “Total”, which mark rows of totals

    def count(self, value: str) -> None:
        """Counts a row with a value; at most MOST_VALUES different values are kept, and not empty ones."""
        self.filled += 1
        if not value:
            return
        if value not in self.totals and TOTALS.fullmatch(value):
            self.totals.append(value)
        if value in self.values or len(self.values) < MOST_VALUES:
            self.values[value] += 1

    @property
    def commonest(self) -> list[tuple[str, int]]:
        """The most common values, each with its number of rows."""
        return [(value[:LONGEST_SHOWN], number) for value, number in self.values.most_common(VALUES_SHOWN)]

    @property
    def is_of_numbers(self) -> bool:
        """Whether all values are numbers, which cannot be used as names."""
        return all(value.isdigit() for value in self.values)

    @property
    def is_unique(self) -> bool:
        """Whether all values are different."""
        return bool(self.values) and max(self.values.values()) == 1


@dataclass
class Seen:
    """What can be found out about a table without a profile."""

    encoding: str
    delimiter: str
    rows: int
    columns: list[SeenColumn]
    sheet: str = ""  # the chosen sheet, if the workbook has several

    @property
    def is_of_the_west(self) -> bool:
        """Whether the encoding is a guess, because the text is not UTF-8."""
        return self.encoding in OF_THE_WEST


def look_at(data: bytes, sheet: str = "") -> Seen:
    """Inspects a table; raises SheetError if it does not look like one.

    The header is the first line that is about as wide as most lines. The name of its first column may be missing: R and
    pandas write row names or numbers like that.
    """
    encoding, delimiter = "utf-8", ","
    if not data.startswith(ZIP):
        encoding = encoding_of(data)
        delimiter = delimiter_of(data.decode(encoding))
    rows = lines_of(data, encoding, delimiter, sheet)
    above = list(islice(rows, LOOKED_AT))
    widths = [sum(not is_blank(cell) for cell in cells) for _, cells in above]
    of_tables = [width for width in widths if width > 1]  # the others are titles
    if not of_tables:
        raise SheetError("No line of the file looks like the header of a table.")
    usual = median_high(of_tables)
    place = next(
        place
        for place, width in enumerate(widths)
        if width >= 0.8 * usual or (width == usual - 1 and lacks_only_its_first_name(above[place][1]))
    )
    line, header = above[place]
    names = column_names(header)
    check_names(names, line)
    columns = {name: SeenColumn(name) for name in names if name}
    number = fitting = 0
    for cells in (*(cells for _, cells in above[place + 1 :]), *(cells for _, cells in rows)):
        if all(map(is_blank, cells)) or repeats(cells, header):
            continue
        number += 1
        fitting += len(cells) >= len(names) and all(map(is_blank, cells[len(names) :]))
        for name, cell in zip(names, cells, strict=False):
            if name and not is_blank(cell):
                columns[name].count(value_of(cell))
    if not number:
        raise SheetError("The file has a header and no rows.")
    if fitting < number / 2:
        raise SheetError(
            f"Most of its lines do not have the columns of line {line}: is this a table? A document is a new source."
        )
    return Seen(encoding, delimiter, number, list(columns.values()), sheet)


@lru_cache(maxsize=50_000)
def value_of(cell: str) -> str:
    """The cleaned text of a cell, or an empty string if it would be refused."""
    try:
        return prose(cell)
    except TextError:
        return ""


def lacks_only_its_first_name(header: list[str]) -> bool:
    return is_blank(header[0]) and not any(map(is_blank, header[1:]))


def check_names(names: list[str], line: int) -> None:
    """Refuses a header that menus cannot be made from: too many columns, numbers only, invalid or repeated names."""
    if sum(map(bool, names)) > MAX_COLUMNS:
        raise SheetError(
            f"line {line}: the header has {sum(map(bool, names)):,} columns, and menus are for {MAX_COLUMNS} at most;"
            " delete those that are not needed."
        )
    if all(NUMBER.fullmatch(name) for name in filter(None, names)):
        raise SheetError(f"line {line}: numbers alone name no columns; where there is no header, write one above.")
    for place, name in enumerate(names, 1):
        try:
            prose(name)
        except TextError as error:
            raise SheetError(f"line {line}, column {place}: its name {error}.") from None
        if name and name in names[: place - 1]:
            first = names.index(name) + 1
            raise SheetError(f"line {line}: columns {first} and {place} are both called {quoted(name)}; rename one.")


def delimiter_of(text: str) -> str:
    """The separator that splits the first lines into the most cells."""
    lines = text[:BEGINNING].splitlines()[:LOOKED_AT]
    return max((",", *SEPARATORS), key=lambda mark: sum(len(row) for row in csv.reader(lines, delimiter=mark)))
