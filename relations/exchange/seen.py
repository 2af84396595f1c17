"""What stands in a table that nobody has described: its columns, their values, and in how many rows each stands."""

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from relations.exchange.foreign import csv_rows, named, xlsx_rows
from relations.exchange.sheets import ZIP
from relations.exchange.tables import SEPARATORS, SheetError, is_blank

LOOKED_AT = 40  # lines among which a header stands
MOST_VALUES = 200  # of one column, that are counted one by one
VALUES_SHOWN = 5
LONGEST_SHOWN = 60  # characters of a value


@dataclass
class SeenColumn:
    """A column of somebody's table: its name, in how many rows anything stands, and in how many each of its values."""

    name: str
    filled: int = 0
    values: Counter[str] = field(default_factory=Counter)
    target: str = ""
    reading: str = ""

    def count(self, value: str) -> None:
        """Counts one more row with a value; of too many different ones, the first."""
        self.filled += 1
        if value in self.values or len(self.values) < MOST_VALUES:
            self.values[value] += 1

    @property
    def commonest(self) -> list[tuple[str, int]]:
        """The commonest values, and in how many rows each stands."""
        return [(value[:LONGEST_SHOWN], number) for value, number in self.values.most_common(VALUES_SHOWN)]

    @property
    def is_of_numbers(self) -> bool:
        """Whether its values are numbers alone, which name nothing by themselves."""
        return all(value.isdigit() for value in self.values)

    @property
    def is_of_its_own(self) -> bool:
        """Whether no value was met twice."""
        return bool(self.values) and max(self.values.values()) == 1


@dataclass
class Seen:
    """A table as far as it can be seen without a profile."""

    encoding: str
    delimiter: str
    rows: int
    columns: list[SeenColumn]


def look_at(data: bytes) -> Seen:
    """What stands in a table: its header is the first line that is as wide as most."""
    encoding, delimiter = "utf-8", ","
    if not data.startswith(ZIP):
        encoding = encoding_of(data)
        delimiter = delimiter_of(data.decode(encoding))
    rows = xlsx_rows(data, "") if data.startswith(ZIP) else csv_rows(data, encoding, delimiter)
    above = list(islice(rows, LOOKED_AT))
    widths = [sum(not is_blank(cell) for cell in cells) for _, cells in above]
    if not widths or max(widths) < 2:
        raise SheetError("No line of the file looks like the header of a table.")
    place = next(place for place, width in enumerate(widths) if width >= 0.8 * max(widths))
    names = named(above[place][1])
    columns = {name: SeenColumn(name) for name in names if name}
    number = 0
    for cells in (*(cells for _, cells in above[place + 1 :]), *(cells for _, cells in rows)):
        number += not all(map(is_blank, cells))
        for name, cell in zip(names, cells, strict=False):
            if name and not is_blank(cell):
                columns[name].count(cell.strip())
    return Seen(encoding, delimiter, number, list(columns.values()))


def encoding_of(data: bytes) -> str:
    """UTF-8 where it is that, and else what spreadsheets of the West write."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252" if not re.search(rb"[\x81\x8d\x8f\x90\x9d]", data) else "latin-1"
    return "utf-8"


def delimiter_of(text: str) -> str:
    """The separator that cuts the first lines into the most cells."""
    lines = text.splitlines()[:LOOKED_AT]
    return max((",", *SEPARATORS), key=lambda mark: sum(len(row) for row in csv.reader(lines, delimiter=mark)))
