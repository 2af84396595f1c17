"""The fuzzy date: an EDTF string (ISO 8601-2, level 0 and 1, and one-of sets) with its earliest and latest day.

`edtf_bound` in `sql/functions.sql` implements the same rules; tests compare the two. Reasons: docs/decisions/0002.
"""

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from relations.dates_in_words import interval_in_words, set_in_words, unit_in_words
from relations.hints import MONTH_NAMES, SEASONS, hints, rewritten
from relations.text import look_alikes

LONGEST = 60  # characters of a date that can be stored
EXAMPLES = "1974, 2017-09, 1963-08-24, 199X, 2010~, 1979?, 1962/1966, 1988/.., [1979,1980], [..2016-10]"

UNIT = re.compile(
    r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX|[0-9]{4}-(?:[0-9]{2}|XX)|[0-9]{4}-[0-9]{2}-(?:[0-9]{2}|XX)|[0-9]{4}-XX-XX)([?~%]?)"
)
LOOKS_OTHERWISE = "It holds what only looks like a letter or digit of a date: {}."
UNKNOWN_FORM = "It is in no form known here: no words, no spaces, years with four digits."
# Precisions from coarse to fine, with their length in months; 0 for a day.
MONTHS = {"century": 1200, "decade": 120, "year": 12, "season": 3, "month": 1, "day": 0}
ONE_DAY = timedelta(days=1)


class FuzzyDateError(ValueError):
    """A string that is not a fuzzy date, with the reason in words for a researcher."""

    def __init__(self, value: str, reason: str = UNKNOWN_FORM) -> None:
        super().__init__(value, reason)
        self.value = value
        self.reason = reason

    @property
    def hint(self) -> str:
        """What to write instead, if the value is a common mistake; otherwise what is wrong with it."""
        if hint := impossible_day(self.value) or hint_for(self.value):
            return hint
        strange = look_alikes(self.value[:LONGEST])
        return LOOKS_OTHERWISE.format(strange) if strange else self.reason

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= LONGEST else self.value[: LONGEST - 1] + "…"
        return f"“{shown}” is not a date. {self.hint} Allowed are, for example: {EXAMPLES}."


def hint_for(text: str) -> str:
    """The first hint in which each suggested form is a fuzzy date; an empty string if there is none."""
    if len(text) > LONGEST:
        return ""
    return next((hint for hint in hints(text) if all(map(is_date, re.findall("“([^”]*)”", hint)))), "")


def impossible_day(text: str) -> str:
    """For a day such as 31 June, in any notation, a sentence with the length of the month; else an empty string."""
    form = rewritten(text) if len(text) <= LONGEST else ""
    if re.fullmatch(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])", form):
        try:
            FuzzyDate(form)
        except FuzzyDateError as error:
            return error.reason
    return ""


def is_date(text: str) -> bool:
    """Whether the text is a fuzzy date."""
    try:
        FuzzyDate(text)
    except FuzzyDateError:
        return False
    return True


class FuzzyDate(str):
    """A date in EDTF, exactly as precise as its source, with the earliest and the latest day it may mean."""

    __slots__ = ()

    def __new__(cls, text: str) -> "FuzzyDate":
        self = super().__new__(cls, text.strip())
        _parse(str(self))
        return self

    @property
    def earliest(self) -> date | None:
        """The first day it may mean; None if its start is open or unknown."""
        return _parse(str(self)).earliest

    @property
    def latest(self) -> date | None:
        """The last day it may mean; None if its end is open or unknown."""
        return _parse(str(self)).latest

    @property
    def is_interval(self) -> bool:
        """Whether it is a span of time (with “/”), not a single date or one of several."""
        return "/" in self

    @property
    def precision(self) -> str:
        """The precision of its coarsest part: century, decade, year, season, month or day."""
        units = (unit for span in _parse(str(self)).spans for unit in span if unit)
        return min((unit.precision for unit in units), key=list(MONTHS).index)

    @property
    def spoken(self) -> str:
        """The date in English, saying no more and no less than the string."""
        return _spoken(str(self))

    @property
    def last_spoken(self) -> str:
        """The last date in it, in English and as precise as it is: “2018” for [2015,2018]."""
        units = [unit for span in _parse(str(self)).spans for unit in span if unit]
        return unit_in_words(max(units, key=lambda unit: unit.latest))


class Unit(NamedTuple):
    """One date of EDTF: a day, month, season, year, decade or century, with its qualifier."""

    text: str
    qualifier: str
    precision: str
    earliest: date
    latest: date


class Span(NamedTuple):
    """From one unit to another; None for an open or unknown end. A single unit is both first and last."""

    first: Unit | None
    last: Unit | None


class Parsed(NamedTuple):
    """The spans of a fuzzy date, more than one only in a set, with its earliest and its latest day."""

    spans: tuple[Span, ...]
    earliest: date | None
    latest: date | None


@lru_cache(maxsize=16384)
def _parse(text: str) -> Parsed:
    if text.startswith("[") and text.endswith("]"):
        spans = _parse_set(text)
    elif "/" in text:
        first, _, last = text.partition("/")
        spans = (_span("" if first == ".." else first, "" if last == ".." else last, text),)
    else:
        unit = _unit(text, text)
        return Parsed((Span(unit, unit),), unit.earliest, unit.latest)
    firsts, lasts = [span.first for span in spans], [span.last for span in spans]
    earliest = min(unit.earliest for unit in firsts if unit) if all(firsts) else None
    latest = max(unit.latest for unit in lasts if unit) if all(lasts) else None
    if earliest is None and latest is None:
        raise FuzzyDateError(text, "It needs a start or an end. Where neither is known, leave the date empty.")
    return Parsed(spans, earliest, latest)


@lru_cache(maxsize=5000)
def _spoken(text: str) -> str:
    spans = _parse(text).spans
    if "/" in text:
        return interval_in_words(spans[0], text)
    return set_in_words(spans) if text.startswith("[") else unit_in_words(_unit(text, text))


def _parse_set(text: str) -> tuple[Span, ...]:
    members = text[1:-1].split(",")
    if len(members) == 1 and ".." not in text:
        raise FuzzyDateError(text, "One of one is that date: write it without brackets.")
    spans = []
    for position, member in enumerate(members):
        first, dots, last = member.partition("..")
        if not dots:
            unit = _unit(member, text)
            spans.append(Span(unit, unit))
        elif (not first and position > 0) or (not last and position < len(members) - 1):
            raise FuzzyDateError(text, "A set may be open before its first or after its last date, not in between.")
        else:
            spans.append(_span(first, last, text))
    return tuple(spans)


def _span(first: str, last: str, whole: str) -> Span:
    span = Span(_unit(first, whole) if first else None, _unit(last, whole) if last else None)
    if span.first and span.last and span.first.earliest > span.last.latest:
        raise FuzzyDateError(whole, "It ends before it starts.")
    return span


def _unit(text: str, whole: str) -> Unit:
    if not (match := UNIT.fullmatch(text)):
        raise FuzzyDateError(whole)
    body, qualifier = match.groups()
    digits, month, day = body[:4], body[5:7], body[8:]
    first_year, last_year = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    if first_year == 0:
        raise FuzzyDateError(whole, "Years run from 0001 to 9999; there was no year 0.")
    precision = "day" if day else "month" if month else ("year", "decade", "century")[digits.count("X")]
    first, last = date(first_year, 1, 1), date(last_year, 12, 31)
    if month.isdigit():
        number = int(month)
        if number in SEASONS and not day:
            # The hemisphere is unknown, so a season may be any time of its year; a winter may run into the next one.
            precision = "season"
            if number == 24 and last_year < 9999:
                last = date(last_year + 1, 3, 20)
        elif 1 <= number <= 12:
            days = calendar.monthrange(first_year, number)[1]
            first, last = date(first_year, number, 1), date(first_year, number, days)
            if day.isdigit():
                if not 1 <= int(day) <= days:
                    raise FuzzyDateError(whole, f"{MONTH_NAMES[number - 1]} {first_year} has {days} days.")
                first = last = date(first_year, number, int(day))
        else:
            raise FuzzyDateError(whole, f"There is no month {month}.")
    if qualifier in ("~", "%"):
        first, last = _widened(first, last, MONTHS[precision])
    return Unit(body, qualifier, precision, first, last)


def _widened(first: date, last: date, months: int) -> tuple[date, date]:
    """Moves both bounds outwards by a number of months, or by a day if it is 0; within the years 1 to 9999."""
    if not months:
        return max(first, date.min + ONE_DAY) - ONE_DAY, min(last, date.max - ONE_DAY) + ONE_DAY
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    first = date(year, month + 1, first.day) if year >= 1 else date.min
    if last < date.max:
        # Moves the day after, which is mostly the first of a month: last days of months differ, first days do not.
        after = last + ONE_DAY
        year, month = divmod(after.year * 12 + after.month - 1 + months, 12)
        last = date(year, month + 1, after.day) - ONE_DAY if year <= 9999 else date.max
    return first, last
