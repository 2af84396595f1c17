"""Parses days in a query: october 1973, the 70s, between 1973 and 1975, around 1980, early 1973.

A vague time is read as the whole that it is part of (early 1973 as 1973), or by the bounds of its date, and the page
says so. A year alone stays a word, which finds records that may lie in it. In quotation marks everything is words. A
number of four digits outside FIRST_YEAR to LAST_YEAR is not a year: between 3000 and 5000 rifles.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from relations.dates import FuzzyDate, FuzzyDateError
from relations.hints import MONTH_NAMES, SEASONS
from relations.search.months import in_english, with_hyphens
from relations.typed_dates import read_date

LONGEST = 8  # the most words in an expression of days: between 3 October 1973 and 5 November 1975
# Text before or after days which shows that they are part of a larger expression: 1967 or October 1973.
OF_MORE = re.compile(r"(?:^|\s)(?:or|\d{1,2})\s*$", re.IGNORECASE)
OR_ELSE = re.compile(r"\s*or(?!\S)", re.IGNORECASE)
ENDS = " ?!.,;:()"  # stripped from both ends of an expression
TOKEN = re.compile(r'"[^"]*"?|\S+')
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|(?<!\d)\d{3}0'?s\b", re.IGNORECASE)
OF_DAYS = re.compile(r"\d\d|ties\b", re.IGNORECASE)  # a quick test that every expression of days passes
FIRST_YEAR, LAST_YEAR = 1800, 2099
NUMBER = re.compile(r"(?<!\d)\d{4}(?!\d)")
ALONE = re.compile(r"(?:(?:in|on|during|within|the|year) )*\d{4}", re.IGNORECASE)
YEARS = re.compile(r"(\d{4}) ?(?:[-–—/…]|\.{2,3}) ?(\d{4})")
SHORT_YEARS = re.compile(r"(\d\d)(\d\d)[-–—/](1[3-9]|[2-9]\d)(?!\d)")  # 1973/74; 1973/12 is a month
DECADES = re.compile(r"(?:in )?(?:the )?(\d{3})0'?s and (?:the )?(\d{3})0'?s", re.IGNORECASE)
OF_YEAR = re.compile(r" of (?=\d{4})", re.IGNORECASE)  # October of 1973
# A part of a longer time without exact bounds: early, mid, late, the first half of.
PART = re.compile(
    r"\b(?:at )?(?:the )?(?P<part>early|mid|late|(?:middle|beginning|start|end|(?:first|second|latter) half)(?= of))"
    rf"(?: of)?(?: the)?[ -](?=\d{{4}}|\d{{3}}0'?s|(?:{'|'.join(month[:3] for month in MONTH_NAMES)})[a-z]*\.? )",
    re.IGNORECASE,
)
SHORT_DECADE = re.compile(r"(?<!\w)['’]?([3-9]0)'?s\b", re.IGNORECASE)  # the 80s mean the 1980s
DECADE_NAMES = {
    name: f"19{number}0s"
    for number, name in enumerate(("thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"), 3)
}
DECADE_NAME = re.compile(rf"\b({'|'.join(DECADE_NAMES)})\b", re.IGNORECASE)
BEFORE = re.compile(r"^(?:before |pre[ -]|prior to )", re.IGNORECASE)
AFTER = re.compile(r"^(?:after |post[ -])", re.IGNORECASE)
ONWARDS = re.compile(r"^(?:from|since) (.+?),? (?:on|onwards?)$", re.IGNORECASE)
# Decades in German and French: die 1980er Jahre, les années 1980.
TEN_YEARS = re.compile(
    r"(?:(?:in )?(?:den|die|der) )?(\d{3}0)er(?: jahren?)?|(?:(?:dans )?(?:les|des) )?années (\d{3}0)", re.IGNORECASE
)
# The words that may occur in expressions of days; text with any other word is skipped early.
WORDS_OF_DAYS = {
    *("a", "about", "after", "and", "approximately", "around", "at", "before", "beginning", "between", "by", "c", "ca"),
    *("circa", "during", "earlier", "early", "end", "roughly"),
    *("fall", "first", "from", "half", "in", "late", "later", "latter", "mid", "middle", "no", "not", "of", "on"),
    *("s", "second", "since", "some", "start", "than", "the", "till", "time", "to", "through", "until", "up"),
    *("within", "year", "st", "nd", "rd", "th", "sept"),
    *SEASONS.values(),
    *(name.lower() for month in MONTH_NAMES for name in (month, month[:3])),
}
BEYOND = re.compile(r"(before|after) (.+)", re.IGNORECASE)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """The first and the last day, None where open, and the days as the page shows them, such as “in October 1973”."""

    first: date | None
    last: date | None
    spoken: str


@lru_cache(maxsize=256)
def days_in(query: str) -> tuple[str, Days | None]:
    """The query without its longest expression of days, and the days; the whole query and None if it names no days."""
    query = with_hyphens(query)
    tokens = list(TOKEN.finditer(query))
    for length in range(min(LONGEST, len(tokens)), 0, -1):
        for start in range(len(tokens) - length + 1):
            first, last = tokens[start].start(), tokens[start + length - 1].end()
            if OF_MORE.search(query[:first]) or OR_ELSE.match(query[last:]):
                continue
            if days := days_of(query[first:last].strip(ENDS)):
                return f"{query[:first]} {query[last:]}".strip(), days
    return query, None


def days_of(text: str) -> Days | None:
    """The days that a whole text means; None if it is a year alone, ambiguous, or not an expression of days."""
    if not OF_DAYS.search(text):
        return None
    text = in_usual_words(text)
    if not YEAR.search(text) or ALONE.fullmatch(text):
        return None
    if words_of(text) - WORDS_OF_DAYS and words_of(text := in_english(text)) - WORDS_OF_DAYS:
        return None
    if not all(FIRST_YEAR <= int(number) <= LAST_YEAR for number in NUMBER.findall(text)):
        return None
    part = PART.search(text)
    if not part or date_of(text):  # the late 1980s have days of their own
        return plain_days(text)
    whole = plain_days(wider(PART.sub("", text)))
    return whole and replace(
        whole, spoken=f"{whole.spoken} (the whole of it: “{part['part'].lower()}” has no exact days)"
    )


def in_usual_words(text: str) -> str:
    """The text with decades in digits (1980s), and with before, after and since for their synonyms."""
    text = SHORT_DECADE.sub(r"19\1s", TEN_YEARS.sub(r"\1\2s", text))
    text = DECADE_NAME.sub(lambda name: DECADE_NAMES[name[1].lower()], text)
    return ONWARDS.sub(r"since \1", AFTER.sub("after ", BEFORE.sub("before ", text)))


def wider(text: str) -> str:
    """Replaces before by until and after by since: for a vague time, so that all of it is included."""
    return AFTER.sub("since ", BEFORE.sub("until ", text))


def words_of(text: str) -> set[str]:
    """The words of a text in lower case, without numbers."""
    return set(re.findall(r"[^\W\d]+", text.lower()))


def plain_days(text: str) -> Days | None:
    """The days that a text means without “early” or “late”; None if it is not a date."""
    if (beyond := BEYOND.fullmatch(text)) and (of := date_of(beyond[2])):
        if "~" in of:
            return plain_days(wider(text))
        if beyond[1].lower() == "before" and of.earliest:
            return Days(None, of.earliest - ONE_DAY, f"before {of.spoken}")
        if beyond[1].lower() == "after" and of.latest:
            return Days(of.latest + ONE_DAY, None, f"after {of.spoken}")
        return None
    if (decades := DECADES.fullmatch(text)) and int(decades[2]) == int(decades[1]) + 1:
        text = f"from the {decades[1]}0s to the {decades[2]}0s"
    plain = OF_YEAR.sub(" ", SHORT_YEARS.sub(r"\1\2-\1\3", text))
    found = date_of(YEARS.sub(r"between \1 and \2", plain))
    return Days(found.earliest, found.latest, spoken_of(found)) if found else None


def spoken_of(days: FuzzyDate) -> str:
    """Days with their preposition: in October 1973, on 6 October 1973, since 2000.

    For vague dates (about 1975, summer 1974) the first and last day are added in parentheses.
    """
    spoken = days.spoken.removeprefix("some time ")
    if days.precision == "season" or "~" in days:
        ends = "/".join(end.isoformat() if end else ".." for end in (days.earliest, days.latest))
        spoken += f" (any time {'' if '..' in ends else 'from '}{FuzzyDate(ends).spoken})"
    if re.match("from|since|until|up to|by|about", spoken):
        return spoken
    if days.is_interval:
        return f"from {spoken}"
    return f"{'on' if days.precision == 'day' else 'in'} {spoken}"


def date_of(text: str) -> FuzzyDate | None:
    """The date that a text means; None if it is not a date or an uncertain one (`?` or `%` in EDTF)."""
    try:
        found = read_date(text)
    except FuzzyDateError:
        return None
    return None if set(found) & set("?%") else found
