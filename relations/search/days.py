"""The days that a query names, months and spans: october 1973, the 70s, between 1973 and 1975, around 1980, early 1973.

What names no days of its own is read as the longer time that does, or by the bounds of the date, and told so.
A year alone is a word, by which records are found that may lie in it; and in quotation marks everything is words. Any
number of four digits outside the years of relations between states is a number: between 3000 and 5000 rifles.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from relations.dates import FuzzyDate, FuzzyDateError
from relations.hints import MONTH_NAMES, SEASONS
from relations.search.months import in_english, with_hyphens
from relations.typed_dates import read_date

LONGEST = 8  # words of days: between 3 October 1973 and 5 November 1975
# Before and after days that are only a part of what is meant: 1967 or October 1973, October 1973 or later.
OF_MORE = re.compile(r"(?:^|\s)(?:or|\d{1,2})\s*$", re.IGNORECASE)
OR_ELSE = re.compile(r"\s*or(?!\S)", re.IGNORECASE)
ENDS = " ?!.,;:()"  # that may stand around days in a question
TOKEN = re.compile(r'"[^"]*"?|\S+')
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|(?<!\d)\d{3}0'?s\b", re.IGNORECASE)
OF_DAYS = re.compile(r"\d\d|ties\b", re.IGNORECASE)  # which every text of days has, and most others have not
FIRST_YEAR, LAST_YEAR = 1800, 2099
NUMBER = re.compile(r"(?<!\d)\d{4}(?!\d)")
ALONE = re.compile(r"(?:(?:in|on|during|within|the|year) )*\d{4}", re.IGNORECASE)
YEARS = re.compile(r"(\d{4}) ?(?:[-–—/…]|\.{2,3}) ?(\d{4})")
SHORT_YEARS = re.compile(r"(\d\d)(\d\d)[-–—/](1[3-9]|[2-9]\d)(?!\d)")  # 1973/74, which is no month
DECADES = re.compile(r"(?:in )?(?:the )?(\d{3})0'?s and (?:the )?(\d{3})0'?s", re.IGNORECASE)
OF_YEAR = re.compile(r" of (?=\d{4})", re.IGNORECASE)  # October of 1973
# A part of a longer time, of which nobody knows where it begins and ends.
PART = re.compile(
    r"\b(?:at )?(?:the )?(?P<part>early|mid|late|(?:middle|beginning|start|end|(?:first|second|latter) half)(?= of))"
    rf"(?: of)?(?: the)?[ -](?=\d{{4}}|\d{{3}}0'?s|(?:{'|'.join(month[:3] for month in MONTH_NAMES)})[a-z]*\.? )",
    re.IGNORECASE,
)
SHORT_DECADE = re.compile(r"(?<!\w)['’]?([3-9]0)'?s\b", re.IGNORECASE)  # the 80s, of the last century
DECADE_NAMES = {
    name: f"19{number}0s"
    for number, name in enumerate(("thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"), 3)
}
DECADE_NAME = re.compile(rf"\b({'|'.join(DECADE_NAMES)})\b", re.IGNORECASE)
BEFORE = re.compile(r"^(?:before |pre[ -]|prior to )", re.IGNORECASE)
AFTER = re.compile(r"^(?:after |post[ -])", re.IGNORECASE)
ONWARDS = re.compile(r"^(?:from|since) (.+?),? (?:on|onwards?)$", re.IGNORECASE)
# Ten years as German and French have them: die 1980er Jahre, les années 1980.
TEN_YEARS = re.compile(
    r"(?:(?:in )?(?:den|die|der) )?(\d{3}0)er(?: jahren?)?|(?:(?:dans )?(?:les|des) )?années (\d{3}0)", re.IGNORECASE
)
# The words that days are told in; a piece of a query that has others is no days, which is quickly seen.
TOLD_IN = {
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
    """The first and the last of some days, either of which may be open, and how they are told."""

    first: date | None
    last: date | None
    told: str


@lru_cache(maxsize=256)
def days_in(query: str) -> tuple[str, Days | None]:
    """A query without the days that it names, the most words of it that are days, and these."""
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
    """The days that a text means and nothing else, or None: of a year alone, and of what may mean two days, too."""
    if not OF_DAYS.search(text):
        return None
    text = in_usual_words(text)
    if not YEAR.search(text) or ALONE.fullmatch(text):
        return None
    if words_of(text) - TOLD_IN and words_of(text := in_english(text)) - TOLD_IN:
        return None
    if not all(FIRST_YEAR <= int(number) <= LAST_YEAR for number in NUMBER.findall(text)):
        return None
    part = PART.search(text)
    if not part or date_of(text):  # the late 1980s have days of their own
        return plain_days(text)
    whole = plain_days(wider(PART.sub("", text)))
    return whole and replace(whole, told=f"{whole.told} (the whole of it: “{part['part'].lower()}” has no exact days)")


def in_usual_words(text: str) -> str:
    """A text with its decades in digits, and its bounds, as they are usually said."""
    text = SHORT_DECADE.sub(r"19\1s", TEN_YEARS.sub(r"\1\2s", text))
    text = DECADE_NAME.sub(lambda name: DECADE_NAMES[name[1].lower()], text)
    return ONWARDS.sub(r"since \1", AFTER.sub("after ", BEFORE.sub("before ", text)))


def wider(text: str) -> str:
    """Days before or after what has no exact ends, with all that it may be: until its last day, since its first."""
    return AFTER.sub("since ", BEFORE.sub("until ", text))


def words_of(text: str) -> set[str]:
    """The words of a text, without its numbers."""
    return set(re.findall(r"[^\W\d]+", text.lower()))


def plain_days(text: str) -> Days | None:
    """The days that a text means as a whole, or None."""
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
    return Days(found.earliest, found.latest, told(found)) if found else None


def told(days: FuzzyDate) -> str:
    """Days as they stand behind what is asked of them: in October 1973, on 6 October 1973, since 2000.

    Of what does not say them itself, the first and the last are told: about 1975, summer 1974.
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
    """The one date that a text means, if it is not only perhaps then."""
    try:
        found = read_date(text)
    except FuzzyDateError:
        return None
    return None if set(found) & set("?%") else found
