"""The ways to read a column of a foreign table, as the menus of the desk name them, and the detection of dates."""

import re
from collections.abc import Iterable

from relations.exchange.cell_errors import CellError
from relations.exchange.date_columns import A_PART
from relations.exchange.date_verbs import WORDS
from relations.exchange.readers import date_in_words
from relations.exchange.written_figures import FIGURES
from relations.models.vocabularies import CodeScheme

(AS_IT_IS_NEEDED, AS_IT_STANDS, A_COUNTRY, A_PARTY, A_DATE, DAY_FIRST, MONTH_FIRST, IN_WORDS) = (
    "as it is needed",
    "as it stands",
    "a country",
    "a country or an actor",
    "a date, year first",
    "a date, day first",
    "a date, month first",
    "a date in words",
)
SCHEMES = {f"a country, by its code of {scheme}": scheme for scheme in CodeScheme.values}
DATES = {A_DATE: "", DAY_FIRST: "day-month-year", MONTH_FIRST: "month-day-year", IN_WORDS: WORDS}
READINGS = (AS_IT_IS_NEEDED, AS_IT_STANDS, A_COUNTRY, A_PARTY, *SCHEMES, *DATES, *A_PART, *FIGURES)
NOTHING = {  # casefolded values that mean a missing value
    *("n/a", "#n/a", "na", "n.a.", "nan", "nat", "<na>", "null", ".", "..", "-", "–", "—"),
    *("-9", "-99", "-999", "-9999", "-9.0", "-99.0", "-999.0"),
}
TRIED = 20  # values of a column that are looked at
MOST = 0.6  # the share of them that must look alike for the column to be classified
YEAR_FIRST = re.compile(r"[0-9]{4}([-/.][0-9]{1,2}){0,2}(?:[ T]00:00(?::00(?:\.0+)?)?)?|(?:1[5-9]|20)[0-9]{6}")
YEAR_LAST = re.compile(r"([0-9]{1,2})[-/. ]+([0-9]{1,2})[-/. ]+[0-9]{4}")


def date_of(values: Iterable[str]) -> str:
    """The reading for dates, by the order of their parts; AS_IT_STANDS if they are not dates or are ambiguous.

    Dates with points have the day first wherever they are customary. With slashes, both orders are in use: if no number
    above 12 decides, they are ambiguous.
    """
    values = [value for value in values if value.casefold() not in NOTHING]
    last = [found for value in values if (found := YEAR_LAST.fullmatch(value))]
    if last and len(last) >= MOST * len(values):
        first_is_day, second_is_day = (sum(int(found[place]) > 12 for found in last) for place in (1, 2))
        if first_is_day == second_is_day:
            return DAY_FIRST if all("." in found[0] for found in last) else AS_IT_STANDS
        return MONTH_FIRST if second_is_day > first_is_day else DAY_FIRST
    first = [value for value in values if YEAR_FIRST.fullmatch(value)]
    if len(first) >= MOST * len(values):
        return A_DATE
    in_words = [value for value in values[:TRIED] if is_in_words(value)]
    return IN_WORDS if values and len(in_words) >= MOST * len(values[:TRIED]) else AS_IT_STANDS


def is_in_words(value: str) -> bool:
    """Whether a text is a date in words, and not already EDTF."""
    try:
        return str(date_in_words(value)) != value
    except CellError:
        return False
