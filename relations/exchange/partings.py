"""What parts several parties that stand in one cell."""

import re

AND = ",&"  # stands for commas, “and” and “&”
# By the mark, how a menu calls it.
PARTINGS = {
    ";": "several, by ;",
    ",": "several, by commas",
    "/": "several, by /",
    "\n": "several, one a line",
    AND: "several, by commas and “and”",
}
MARKS = {mark: [mark] for mark in PARTINGS} | {AND: [",", " and ", " & "]}


def may_be_several(value: str) -> bool:
    """Whether a cell of words may name several parties."""
    return value.lower() != value.upper() and any(len(pieces_at(mark, value)) > 1 for mark in PARTINGS)


def pieces_at(mark: str, value: str) -> list[str]:
    """The pieces of a cell."""
    pieces = re.split("|".join(map(re.escape, MARKS[mark])), value)
    return [piece.strip() for piece in pieces if piece.strip()]
