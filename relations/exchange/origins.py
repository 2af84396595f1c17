"""Where rows stood that were refused, and come in by a file of their own: its first column tells, and is read back."""

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
    """What the column is called in which each refused row says its line, or entry, of a file."""
    return f"refused {word} of {' '.join(file.split())}"


def origin_file(name: str) -> str:
    """The file that such a column tells of; empty for any other column."""
    try:
        match = HEADING.fullmatch(prose(" ".join(name.split())))
    except TextError:
        return ""
    return match[1] if match else ""


@dataclass
class Origin:
    """The file of which the rows at hand were refused before, and what each says of its line there, by its line here.

    Of a file that came in by itself it knows nothing.
    """

    file: str = ""
    heading: str = ""
    numbers: dict[int, str] = field(default_factory=dict)

    @property
    def notes(self) -> list[str]:
        """What somebody should know who brings the rows in."""
        return [NOTE.format(self.file)] if self.file else []

    @property
    def width(self) -> int:
        """How many columns of the file tell it."""
        return 1 if self.file else 0

    def number(self, line: int) -> int:
        """The number by which a row is cited: that of its line in the file that it came from."""
        return whole_number(self.numbers[line]) if self.file else line

    def fault(self, line: int) -> str:
        """Why nobody can say where a row stood; empty where it is known."""
        try:
            self.number(line)
        except CellError as error:
            return f"column {self.heading}: {error}; {NEW_ROWS}"
        return ""

    def original_number(self, line: int) -> str:
        """The number of a row for its next file; what its own file says, if that is no number."""
        return self.numbers[line] if self.file else str(line)

    def number_in_words(self, line: int) -> str:
        """The number of a row and, where it was refused before, of which file it came from."""
        return f"{line} ({self.number(line)} of {self.file})" if self.file and not self.fault(line) else str(line)

    def without_column(self, rows: Iterator[Line]) -> Iterator[Line]:
        """The rows without the column that tells of them, which is kept."""
        for number, (line, cells) in enumerate(rows):
            if number == 0 and cells:
                self.heading, self.file = cells[0].strip(), origin_file(cells[0])
            if self.file:
                self.numbers[line] = cells[0].strip() if cells else ""
            yield line, cells[self.width :]
