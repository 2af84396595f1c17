"""Parses figures in the styles of foreign tables: with separators of thousands, or in words."""

import re
from collections.abc import Iterable
from decimal import Decimal

from relations.exchange.cell_errors import CellError, quoted
from relations.exchange.readers import NUMBER
from relations.models.figure import FigureValue, without_zeros
from relations.typed_figures import FigureError, read_figure

WORDS = "words"
# By style: the separators of thousands, and the decimal mark.
MARKS = {"1,234.5": (",", "."), "1.234,5": (".", ","), "1 234,5": (" \u00a0\u2009\u202f", ","), "1'234.5": ("'’", ".")}
# The styles of a column of figures, by their label in a menu.
FIGURES = {**{f"a number, as {style}": style for style in MARKS}, "a figure in words": WORDS}
TRIED, MOST = 50, 0.6  # values that are looked at, and the share of them that must be in words


def number_written(text: str, style: str) -> str:
    """A number in this style, rewritten with a decimal point and without separators; raises CellError otherwise."""
    thousands, decimals = MARKS[style]
    whole = rf"[0-9]{{1,3}}(?:[{thousands}][0-9]{{3}})+|[0-9]+"
    match = re.fullmatch(rf"({whole})(?:[{decimals}]([0-9]{{1,4}}))?", text)
    if match is None:
        raise CellError(f"{quoted(text)} is not written as {style}")
    return without_zeros(Decimal(f"{re.sub('[^0-9]', '', match[1])}.{match[2] or 0}"))


def figure_in_words(text: str) -> FigureValue:
    """Parses a figure in words: about 120 tanks, 20-30, more than 1,000, 60 million USD."""
    try:
        return read_figure(text)
    except FigureError as error:
        raise CellError(f"{quoted(text)}: {error}") from None


def style_of(values: Iterable[str]) -> str:
    """The style of the numbers of a column; empty if they need no conversion, or if more than one style fits."""
    odd = [value for value in values if value and not NUMBER.fullmatch(value)][:TRIED]
    looked_at = [value for value in values if value][:TRIED]
    if not odd:
        return ""
    styles = [style for style in MARKS if all(is_written(value, style) for value in looked_at)]
    if styles:
        return styles[0] if len(styles) == 1 else ""
    in_words = sum(is_in_words(value) for value in looked_at)
    return WORDS if in_words >= MOST * len(looked_at) else ""


def is_written(value: str, style: str) -> bool:
    """Whether a text is a number in this style."""
    try:
        return bool(number_written(value, style))
    except CellError:
        return False


def is_in_words(value: str) -> bool:
    """Whether a text is a figure in words."""
    try:
        return bool(figure_in_words(value))
    except CellError:
        return False
