"""The fuzzy date: an EDTF string (ISO 8601-2, level 0 and 1, and one-of sets) that knows its bounds.

`relations/sql/functions.sql` says the same to PostgreSQL; tests hold the two together. Decision: docs/decisions/0002-fuzzy-dates.md
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

EXAMPLES = "1974, 2017-09, 1963-08-24, 199X, 2010~, 1979?, 1962/1966, 1988/.., [1979,1980], [..2016-10]"

UNIT = re.compile(
    r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX|[0-9]{4}-(?:[0-9]{2}|XX)|[0-9]{4}-[0-9]{2}-(?:[0-9]{2}|XX)|[0-9]{4}-XX-XX)([?~%]?)"
)
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
# From coarse to fine, each with its length in months; that of a day is one day.
MONTHS = {"century": 1200, "decade": 120, "year": 12, "season": 3, "month": 1, "day": 0}
ONE_DAY = timedelta(days=1)


class FuzzyDateError(ValueError):
    """A string that is no fuzzy date, with the reason in words a researcher can act on."""

    def __init__(self, value: str, hint: str = "") -> None:
        self.value = value
        self.hint = hint or hint_for(value)
        shown = value if len(value) <= 60 else value[:59] + "…"
        reason = self.hint or "It is not in a form that is known here."
        super().__init__(f"“{shown}” is not a date. {reason} Allowed are, for example: {EXAMPLES}.")


class FuzzyDate(str):
    """A date exactly as precise as its source, in EDTF, with the earliest and the latest day it may mean."""

    __slots__ = ()

    def __new__(cls, text: str) -> "FuzzyDate":
        self = super().__new__(cls, str(text).strip())
        _parse(str(self))
        return self

    @property
    def earliest(self) -> date | None:
        """First day it may mean; None when its start is open or unknown."""
        return _parse(str(self)).earliest

    @property
    def latest(self) -> date | None:
        """Last day it may mean; None when its end is open or unknown."""
        return _parse(str(self)).latest

    @property
    def is_interval(self) -> bool:
        """Whether it is a span that lasted."""
        return _parse(str(self)).form == "interval"

    @property
    def is_set(self) -> bool:
        """Whether it is one of several dates, not known which."""
        return _parse(str(self)).form == "set"

    @property
    def is_approximate(self) -> bool:
        """Whether any part of it is "about"."""
        return any(unit.qualifier in ("~", "%") for unit in _parse(str(self)).units)

    @property
    def is_uncertain(self) -> bool:
        """Whether any part of it is doubted."""
        return any(unit.qualifier in ("?", "%") for unit in _parse(str(self)).units)

    @property
    def precision(self) -> str:
        """Its coarsest part: century, decade, year, season, month or day."""
        return min((unit.precision for unit in _parse(str(self)).units), key=list(MONTHS).index)

    @property
    def spoken(self) -> str:
        """The date in English, saying no more and no less than the string."""
        return _parse(str(self)).spoken


@dataclass(frozen=True, slots=True)
class Unit:
    """One EDTF date: a day, month, season, year, decade or century, with its qualifier."""

    text: str
    qualifier: str
    precision: str
    earliest: date
    latest: date

    @property
    def is_plain(self) -> bool:
        """Whether it is neither qualified nor has unspecified digits."""
        return not self.qualifier and "X" not in self.text

    @property
    def spoken(self) -> str:
        year = str(int(self.text[:4].replace("X", "0")))
        if len(year) < 4:
            year = f"AD {year}"
        month, day = self.text[5:7], self.text[8:]
        if self.precision == "century":
            words = f"the {year}s ({year} to {self.text[:2].lstrip('0')}99)"
        elif self.precision == "decade":
            words = f"the {year}s"
        elif day == "XX":
            words = f"some day in {year}" if month == "XX" else f"some day in {calendar.month_name[int(month)]} {year}"
        elif month == "XX":
            words = f"some month in {year}"
        elif self.precision == "season":
            words = f"{SEASONS[int(month)]} {year}"
        elif day:
            words = f"{int(day)} {calendar.month_name[int(month)]} {year}"
        elif month:
            words = f"{calendar.month_name[int(month)]} {year}"
        else:
            words = year
        return {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}[self.qualifier] + words


@dataclass(frozen=True, slots=True)
class Span:
    """From one unit to another; None is an open or unknown end."""

    first: Unit | None
    last: Unit | None

    @property
    def earliest(self) -> date | None:
        return self.first.earliest if self.first else None

    @property
    def latest(self) -> date | None:
        return self.last.latest if self.last else None

    @property
    def spoken(self) -> str:
        """Both ends known: "1962 to 1966", "1 to 7 March 1973"."""
        start, end = self.first.spoken, self.last.spoken
        if self.first.is_plain and self.last.is_plain and self.first.precision == self.last.precision != "season":
            # What both ends share is said once, at the end.
            if self.first.precision == "day" and self.first.text[:7] == self.last.text[:7]:
                start = start.split(" ", 1)[0]
            elif self.first.precision in ("day", "month") and self.first.text[:4] == self.last.text[:4]:
                start = start.removesuffix(end[end.rindex(" ") :])
        return f"{start} to {end}"


@dataclass(frozen=True, slots=True)
class Parsed:
    form: str
    units: tuple[Unit, ...]
    earliest: date | None
    latest: date | None
    spoken: str


@lru_cache(maxsize=4096)
def _parse(text: str) -> Parsed:
    if text.startswith("[") and text.endswith("]"):
        return _set(text)
    if "/" in text:
        return _interval(text)
    unit = _unit(text, text)
    return Parsed("date", (unit,), unit.earliest, unit.latest, unit.spoken)


def _interval(text: str) -> Parsed:
    start, _, end = text.partition("/")
    if start in ("", "..") and end in ("", ".."):
        raise FuzzyDateError(text, "A span needs a start or an end. Where neither is known, leave the date empty.")
    span = _span(start if start != ".." else "", end if end != ".." else "", text)
    if span.first and span.last:
        spoken = span.spoken
    elif span.first:
        spoken = f"{'since' if end else 'from'} {span.first.spoken}"
    else:
        spoken = f"{'up to' if start else 'until'} {span.last.spoken}"
    return Parsed(
        "interval", tuple(unit for unit in (span.first, span.last) if unit), span.earliest, span.latest, spoken
    )


def _set(text: str) -> Parsed:
    members = text[1:-1].split(",")
    if len(members) == 1 and ".." not in text:
        raise FuzzyDateError(text, hint_for(text) or "One of one is that date: write it without brackets.")
    spans, words = [], []
    for position, member in enumerate(members):
        first, dots, last = member.partition("..")
        if not dots:
            unit = _unit(member, text)
            spans.append(Span(unit, unit))
            words.append(unit.spoken)
            continue
        if not first and (position > 0 or not last) or not last and position < len(members) - 1:
            raise FuzzyDateError(text, "A set may be open before its first or after its last date, not elsewhere.")
        span = _span(first, last, text)
        spans.append(span)
        if span.first and span.last:
            words.append(f"some time from {span.spoken}")
        else:
            words.append(f"{span.first.spoken} or later" if span.first else f"by {span.last.spoken}")
    lows, highs = [span.earliest for span in spans], [span.latest for span in spans]
    earliest = None if None in lows else min(lows)
    latest = None if None in highs else max(highs)
    if earliest is None and latest is None:
        raise FuzzyDateError(text, "A set cannot be open on both sides. Where nothing is known, leave the date empty.")
    spoken = ", or ".join(words) if ".." in text else " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))
    units = tuple(unit for span in spans for unit in (span.first, span.last) if unit)
    return Parsed("set", units, earliest, latest, spoken)


def _span(first: str, last: str, whole: str) -> Span:
    span = Span(_unit(first, whole) if first else None, _unit(last, whole) if last else None)
    if span.earliest and span.latest and span.earliest > span.latest:
        raise FuzzyDateError(whole, "It ends before it starts.")
    return span


def _unit(text: str, whole: str) -> Unit:
    if not (match := UNIT.fullmatch(text)):
        raise FuzzyDateError(whole)
    body, qualifier = match.groups()
    year, month, day = body[:4], body[5:7], body[8:]
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first_year == 0:
        raise FuzzyDateError(whole, "Years run from 0001 to 9999; there was no year 0.")
    precision = "day" if day else "month" if month else {0: "year", 1: "decade", 2: "century"}[year.count("X")]
    first_month, last_month = (1, 12) if month in ("", "XX") else (int(month), int(month))
    if first_month in SEASONS and not day:
        precision = "season"
        first, last = date(first_year, 1, 1), date(last_year, 12, 31)
        if first_month == 24 and last_year < 9999:
            # The source does not say in which hemisphere, so a season is somewhere in its year; a winter may run on.
            last = date(last_year + 1, 3, 20)
    elif not 1 <= first_month <= 12:
        raise FuzzyDateError(whole, hint_for(whole) or f"There is no month {month}.")
    else:
        days = calendar.monthrange(last_year, last_month)[1]
        first, last = date(first_year, first_month, 1), date(last_year, last_month, days)
        if day not in ("", "XX"):
            if not 1 <= int(day) <= days:
                name = f"{calendar.month_name[first_month]} {first_year}"
                raise FuzzyDateError(whole, f"{name} has {days} days, no day {int(day)}.")
            first = last = first.replace(day=int(day))
    if qualifier in ("~", "%"):
        first, last = _widened(first, last, MONTHS[precision])
    return Unit(body, qualifier, precision, first, last)


def _widened(first: date, last: date, months: int) -> tuple[date, date]:
    """Both bounds moved outwards by so many months (none: a day), but not out of the years 1 to 9999."""
    if not months:
        return first - ONE_DAY if first > date.min else first, last + ONE_DAY if last < date.max else last
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    first = date(year, month + 1, first.day) if year > 0 else date.min
    if last < date.max:
        after = last + ONE_DAY
        year, month = divmod(after.year * 12 + after.month - 1 + months, 12)
        last = date(year, month + 1, after.day) - ONE_DAY if year < 10000 else date.max
    return first, last


MONTH_NAMES = "|".join(calendar.month_abbr[1:]).lower()
# The slips seen in spreadsheets and in notes, with what to write instead; the first that fits speaks.
SLIPS = [
    (r"[-–—.?]+|(?i:unknown|n\.?d\.?|n/a|none|undated)|X{4}(-XX)*", "Where nothing is known, leave the date empty."),
    (r"\.\.(\d.*)", "Write “[..{1}]” for one occasion by then, “/{1}” for a span until then."),
    (r"(\d.*)\.\.", "Write “[{1}..]” for one occasion then or later, “{1}/..” for a span since then."),
    (r"(\d{4})\s*[-–—]\s*(\d{4})", "Write “{1}/{2}” for a span, “[{1}..{2}]” for one occasion in it."),
    (r"(\d{2})(\d{2})\s*[/–—]\s*(\d{2})", "Write both years in full: “{1}{2}/{1}{3}”."),
    (r"\d{1,2}[/.]\d{1,2}[/.]\d{4}", "Write year, month, day: the order of day and month cannot be told here."),
    (r"(?i:c\.?|ca\.?|circa|about|approx\.?|~)\s*(\d[\d-]*)", "Write “{1}~” for about {1}."),
    (r"(?i:before|by|until)\s*(\d.*)", "Write “[..{1}]” for one occasion by then, “/{1}” for a span until then."),
    (
        r"(?i:after|since|from)\s*(\d.*)",
        "Write “[{1}..]” for one occasion then or later, “{1}/..” for a span since then.",
    ),
    (r"(?i:the |early |mid-?|late )*(\d{3})0'?s", "Write “{1}X” for the decade, “[1986..1989]” for a part of one."),
    (r"(\d{4})\s+or\s+(\d{4})", "Write “[{1},{2}]”."),
    (r"\[.*[\s;].*\]", "Between the dates of a set stands a comma and no space: “[1979,1980]”."),
    (r"\{.*\}", "All of several dates are several records; for one of several write “[1979,1980]”."),
    (rf".*(?i:{MONTH_NAMES}).*", "Write the month as a number after the year: “2017-09”, “2017-09-24”."),
    (r"(\d{4})-?(\d{2})(\d{2})", "Write hyphens between year, month and day: “{1}-{2}-{3}”."),
    (r"\d{5}(\.0)?", "This looks like the day number of a spreadsheet. Take the date from the source again."),
    (r"(\d{4})-(\d)(-\d{1,2})?|(\d{4})-\d\d-\d", "Write months and days with two digits: “1979-03”, “1979-03-04”."),
    (r"\d{4}-\d\d-\d\d[T ].+", "A time of day is no part of a date here."),
    (r".*x.*", "Write unspecified digits with a capital X: “199X”."),
    (r".*(\?~|~\?).*", "Write “%” for both uncertain and about."),
    (r"-\d+.*|Y.*|\d{1,3}", "Write years with four digits, from 0001 to 9999."),
    (
        r".*\d{4}-(2[5-9]|3\d|4[01]).*",
        "Seasons are 21 to 24; those of a hemisphere, quarters and halves are not used here.",
    ),
    (r".*[?~%]\d.*|.*[?~%]-.*", "A qualifier stands at the end of a date and holds for all of it."),
    (r".*–.*|.*—.*", "A dash does not make a span: write “1979/1981”."),
    (r".*\s.*", "Write it without spaces."),
]


def hint_for(value: str) -> str:
    """What to write instead of a common slip, or an empty string."""
    for pattern, hint in SLIPS:
        if match := re.fullmatch(pattern, value):
            return hint.format(value, *match.groups())
    return ""
