"""Turns the lines of a file in our own columns into a header and rows, or raises SheetError if they are no table."""

import re
from collections.abc import Iterable

from tablib import Dataset

from relations.exchange.cell_errors import quoted
from relations.exchange.columns import COLUMNS
from relations.text import TextError, prose

MAX_ROWS = 5000  # as many as a browser can show in a preview
MAX_COLUMNS = 200
MAX_TITLE_LINES = 20  # lines above a header
MAX_TOLD = 20  # lines or columns with the same fault that a message names
NO_NAME = re.compile(r"(?:Unnamed: [0-9]+)?")  # pandas calls a column without a name so
NAMES = {column.name for columns in COLUMNS.values() for column in columns}
SEPARATORS = {";": "“;”", "|": "“|”", "\t": "tabs"}

Line = tuple[int, list[str]]  # its number in the file, and its cells


class SheetError(ValueError):
    """Why a file is refused, with a message for its author."""


def table(rows: Iterable[Line], most: int = MAX_ROWS) -> Dataset:
    """A dataset with the header and rows of the same width; raises SheetError if the lines are not like that.

    The dataset gets two more attributes: `lines` has the line number of each row, and `notes` is an empty list for
    remarks on the file.
    """
    lines = filled_lines(rows, most)
    check_header_is_first(lines)
    (first, header), *below = lines
    header = [tidy(name, f"line {first}, column {place}") for place, name in enumerate(header, 1)]
    names = ["" if NO_NAME.fullmatch(name) else name for name in header]
    check_widths(below, names)
    check_all_have_names(below, names)
    named = [place for place, name in enumerate(names) if name]
    if len(named) > MAX_COLUMNS:
        raise SheetError(f"line {first}: more than {MAX_COLUMNS} columns.")
    dataset = Dataset(headers=[names[place] for place in named])
    dataset.lines, dataset.notes = [line for line, _ in below], []
    for line, cells in below:
        dataset.append([tidy(cells[place], f"line {line}, column {names[place]}") for place in named])
    return dataset


def tidy(cell: str, where: str) -> str:
    """The text of a cell, cleaned as the register stores text."""
    try:
        return prose(cell)
    except TextError as error:
        raise SheetError(f"{where}: {error}.") from None


def abridged(places: list[str]) -> str:
    """A list of places, cut off after MAX_TOLD, with the number of the rest."""
    more = f" and {len(places) - MAX_TOLD:,} more" if len(places) > MAX_TOLD else ""
    return f"{', '.join(places[:MAX_TOLD])}{more}"


def is_blank(cell: str) -> bool:
    """Whether a cell is empty or has only white space."""
    return not cell or cell.isspace()


def filled_lines(rows: Iterable[Line], most: int = MAX_ROWS) -> list[Line]:
    """The lines that are not blank; raises SheetError if there are none, or too many."""
    lines: list[Line] = []
    for line, cells in rows:
        if all(map(is_blank, cells)):
            continue
        if len(lines) > most:
            raise SheetError(f"line {line}: more than {most} rows; split the file.")
        lines.append((line, cells))
    if not lines:
        raise SheetError("line 1: the first line is empty; it must name the columns.")
    return lines


def check_header_is_first(lines: list[Line]) -> None:
    """Refuses titles and remarks above the header, and a header in one cell."""
    (first, header), *below = lines[: MAX_TITLE_LINES + 1]
    if not known_names_in(header):
        for line, cells in below:
            filled = sum(not is_blank(cell) for cell in cells)
            if known_names_in(cells) >= max(2, filled / 2):
                raise SheetError(
                    f"line {first} is no header: none of its cells is the name of a column."
                    f" Line {line} looks like the header; delete what stands above it."
                )
    named = [cell.strip() for cell in header if not is_blank(cell)]
    if len(named) == 1 and (separator := re.search("[;\t|]", named[0])):
        raise SheetError(wrong_separator(first, separator[0]))


def known_names_in(cells: Iterable[str]) -> int:
    """How many of some cells are names of our columns."""
    return sum(cell.strip().casefold() in NAMES for cell in cells)


def wrong_separator(line: int, separator: str) -> str:
    """The message for a file whose columns are not separated by commas."""
    return f"line {line}: the columns are separated by {SEPARATORS[separator]}; they must be by commas."


def check_widths(lines: Iterable[Line], names: list[str]) -> None:
    """Refuses lines with fewer cells than the header, or with a filled cell beyond its last one."""
    width = max((place for place, name in enumerate(names, 1) if name), default=0)
    wrong = []
    is_wider = False
    for line, cells in lines:
        if len(cells) < width or not all(map(is_blank, cells[len(names) :])):
            wrong.append(f"line {line} has {len(cells)}")
            is_wider |= len(cells) > len(names)
    if wrong:
        more = f", and {len(wrong) - MAX_TOLD} more lines do not fit either" if len(wrong) > MAX_TOLD else ""
        hint = " A text with a comma in it stands in quotation marks." if is_wider else ""
        has = "1 cell" if len(names) == 1 else f"{len(names)} cells"
        raise SheetError(f"The header has {has}, but {', '.join(wrong[:MAX_TOLD])}{more}.{hint}")


def check_all_have_names(lines: list[Line], names: list[str]) -> None:
    """Refuses a column that has no name and is not empty."""
    for place in (place for place, name in enumerate(names) if not name):
        for line, cells in lines:
            if any(not is_blank(cell) for cell in cells[place : place + 1]):
                hint = " If it is the index of pandas, write the file with index=False." if cells[place] == "0" else ""
                has = f"line {line} has {quoted(cells[place])} in it"
                raise SheetError(f"column {place + 1} has no name, but {has}.{hint}")
