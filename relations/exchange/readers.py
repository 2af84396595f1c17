"""Parsers of single values, by the kind of the column; they raise CellError for an invalid text."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from relations.dates import FuzzyDate, FuzzyDateError
from relations.exchange.cell_errors import (
    CHANGES_OF_CODES,
    CHANGES_OF_NUMBERS,
    NOTHING,
    CellError,
    check_is_something,
    check_is_unchanged,
    quoted,
    why_no_number,
)
from relations.exchange.column import Column
from relations.identifiers import validate_doi, validate_isbn
from relations.models.vocabularies import Missing
from relations.search.months import in_english, with_hyphens
from relations.typed_dates import read_date

NUMBER = re.compile(r"[0-9]{1,18}(\.[0-9]{1,4})?")
# Three decimals, of which the last is zero: in many tables and texts, the point separates thousands.
TWO_NUMBERS = re.compile(r"([1-9][0-9]{0,2})\.([0-9][0-9]0)")
NEGATIVE = re.compile(r"[-−–‐‑]\s*[0-9.,]+|\([0-9.,]+\)")
WHOLE_NUMBER = re.compile(r"([0-9]{1,9})(?:\.0+)?")  # 1.0 is what programs make of 1 where another cell is empty
WITH_DECIMALS = re.compile(r"([0-9]+)\.0+")
# Booleans as programs write them, and as spreadsheets do in other languages: if a German Excel opens a CSV and saves
# it, `true` becomes WAHR.
TRUTH = dict.fromkeys(
    ("TRUE", "1", "1.0", "WAHR", "VRAI", "VERDADERO", "VERDADEIRO", "VERO", "WAAR", "PRAWDA", "DOĞRU", "ИСТИНА"), True
) | dict.fromkeys(("FALSE", "0", "0.0", "FALSCH", "FAUX", "FALSO", "ONWAAR", "FAŁSZ", "YANLIŞ", "ЛОЖЬ"), False)


def code(text: str) -> str:
    """A code, unchanged; refused if a spreadsheet has changed it."""
    check_is_unchanged(text, CHANGES_OF_CODES)
    return text


def numbering(text: str) -> str:
    """A volume, an issue or pages. It may have letters, but no decimals."""
    if match := WITH_DECIMALS.fullmatch(text):
        raise CellError(f"{quoted(text)}: another program has made this number a decimal one: write {match[1]}")
    check_is_unchanged(text, CHANGES_OF_NUMBERS)
    return text


def identifier(validate: Callable[[str], None]) -> Callable[[str], str]:
    """A reader of identifiers such as ISBN and DOI, which `validate` checks."""

    def read(text: str) -> str:
        try:
            if text:
                validate(numbering(text))
        except ValidationError as error:
            raise CellError(*error.messages) from None
        return text

    return read


def fuzzy_date(text: str) -> FuzzyDate | str:
    """A date in EDTF, or an empty string."""
    try:
        return FuzzyDate(text) if text else ""
    except FuzzyDateError as error:
        raise CellError(str(error)) from None


def date_in_words(text: str) -> FuzzyDate | str:
    """A date in words, its month in any language that the site knows: 3 mars 1973, 1973年3月1日."""
    try:
        return read_date(with_hyphens(in_english(text)).strip()) if text else ""
    except FuzzyDateError as error:
        raise CellError(str(error)) from None


def boolean(text: str) -> bool:
    """A boolean: true or false in any case, as spreadsheets write them, or 1 and 0."""
    if text.upper() not in TRUTH:
        raise CellError(f"{quoted(text)} is neither true nor false: write one of these words")
    return TRUTH[text.upper()]


READERS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "code": code,
    "numbering": numbering,
    "isbn": identifier(validate_isbn),
    "doi": identifier(validate_doi),
    "fuzzy date": fuzzy_date,
    "boolean": boolean,
}


def absent(column: Column) -> str:
    """The advice, for messages, on what to write if a figure is missing."""
    figure = column.name.rpartition("_")[0]
    return f"leave the cell empty and say why in {figure}_missing: {', '.join(Missing.values)}"


def number(text: str, absent: str) -> Decimal:
    """A number in ASCII digits with a decimal point, not negative; `absent` is the advice if a number is missing."""
    if NEGATIVE.fullmatch(text):
        raise CellError(f"{quoted(text)} is negative; where a number is missing, {absent}")
    if text in NOTHING:
        raise CellError(f"{quoted(text)} is not a number; where it is missing, {absent}")
    if match := TWO_NUMBERS.fullmatch(text):
        raise CellError(
            f"{quoted(text)} may be {match[1]}{match[2]} or {match[0].rstrip('0').rstrip('.')}: write which"
        )
    if not NUMBER.fullmatch(text):
        raise CellError(f"{quoted(text)} is not a number: {why_no_number(text, 'digits with a point before decimals')}")
    return Decimal(text)


def whole_number(text: str) -> int:
    """A whole number in ASCII digits."""
    check_is_something(text)
    if NEGATIVE.fullmatch(text):
        raise CellError(f"{quoted(text)} is negative; where a number is missing, leave it out")
    match = WHOLE_NUMBER.fullmatch(text)
    if match is None:
        raise CellError(f"{quoted(text)} is not a whole number: {why_no_number(text, 'digits only, at most nine')}")
    return int(match[1])
