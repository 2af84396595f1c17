"""The separators of several parties in one cell of a foreign table."""

import re

AND = ",&"  # stands for commas, “and” and “&”
# The labels of the menu, by separator.
PARTINGS = {
    ";": "several, by ;",
    ",": "several, by commas",
    "/": "several, by /",
    "\n": "several, one a line",
    AND: "several, by commas and “and”",
}
MARKS = {mark: [mark] for mark in PARTINGS} | {AND: [",", " and ", " & "]}


def may_be_several(value: str) -> bool:
    """Whether a cell has letters and a separator, so that it may name several parties."""
    return value.lower() != value.upper() and any(len(pieces_at(mark, value)) > 1 for mark in PARTINGS)


def pieces_at(mark: str, value: str) -> list[str]:
    """The pieces of a cell between separators, without empty ones."""
    pieces = re.split("|".join(map(re.escape, MARKS[mark])), value)
    return [piece.strip() for piece in pieces if piece.strip()]
