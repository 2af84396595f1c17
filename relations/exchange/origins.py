"""The origin of rows that were refused and are imported again by a file of their own: its first column has it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from relations.exchange.cell_errors import CellError
from relations.exchange.readers import whole_number
from relations.exchange.tables import Line
from relations.text import TextError, prose

HEADING = re.compile(r"refused (?:line|entry) of (\S.*)")
NOTE = "Its rows were refused of {} before, and are cited by their numbers there."
NEW_ROWS = "new rows come in by another file, without this column"


def heading(word: str, file: str) -> str:
    """The name of the column that has the number of a refused line, or entry, in the first file."""
    return f"refused {word} of {' '.join(file.split())}"


def origin_file(name: str) -> str:
    """The file that is named in such a heading; empty for the name of any other column."""
    try:
        match = HEADING.fullmatch(prose(" ".join(name.split())))
    except TextError:
        return ""
    return match[1] if match else ""


@dataclass
class Origin:
    """The first file, from which the rows were refused: its name, and `numbers`, the line numbers there by those here.

    All fields are empty if the rows were not refused before.
    """

    file: str = ""
    heading: str = ""
    numbers: dict[int, str] = field(default_factory=dict)

    @property
    def notes(self) -> list[str]:
        """A note on the numbers of the rows, for the person who imports them."""
        return [NOTE.format(self.file)] if self.file else []

    @property
    def width(self) -> int:
        """The number of columns that hold the origin."""
        return 1 if self.file else 0

    def number(self, line: int) -> int:
        """The number by which a row is cited: its line number in the first file."""
        return whole_number(self.numbers[line]) if self.file else line

    def fault(self, line: int) -> str:
        """Why the number of a row is invalid; empty if it is valid."""
        try:
            self.number(line)
        except CellError as error:
            return f"column {self.heading}: {error}; {NEW_ROWS}"
        return ""

    def original_number(self, line: int) -> str:
        """The number of a row for the next file of refused rows; the text of the cell if it is not a number."""
        return self.numbers[line] if self.file else str(line)

    def number_in_words(self, line: int) -> str:
        """The number of a row and, if it was refused before, its number in the first file."""
        return f"{line} ({self.number(line)} of {self.file})" if self.file and not self.fault(line) else str(line)

    def without_column(self, rows: Iterator[Line]) -> Iterator[Line]:
        """The rows without the column of the origin, which is stored in `numbers`."""
        for number, (line, cells) in enumerate(rows):
            if number == 0 and cells:
                self.heading, self.file = cells[0].strip(), origin_file(cells[0])
            if self.file:
                self.numbers[line] = cells[0].strip() if cells else ""
            yield line, cells[self.width :]
