"""Parsing dates as people type them at the desk: EDTF, or plain words that mean exactly one date.

The words are those of `FuzzyDate.spoken` and other usual ones. A text is parsed in all possible ways. If they give
different dates or none, an error says what to write instead.
"""

import re
from collections.abc import Iterator

from relations.dates import LONGEST, UNIT, FuzzyDate, FuzzyDateError, is_date
from relations.hints import ABOUT, NAMED, PERHAPS, SEASONS, Y, in_one_sign, in_plain_signs, matched, rewritten

IN_WORDS = "late 1980s, between 1976 and 1981, by October 2016, 1979 or 1980, 3 Nov 1956"
EITHER = "It may mean {}: write the one that is meant."
HUNDRED_YEARS = "Write “{0}0X” for the ten years from {0}00, “{0}XX” for the hundred."
AT = rf"(?:(?:in|on|during|the year|year) )?(?:the (?=\d|{'|'.join(SEASONS.values())}|fall))?"
TO = r" (?:to|until|till|through) "
AND = " and "
OR_ON = r"(?!later\b|after\b|earlier\b|before\b)"

# Words for spans, and for a time before or after a date: the pattern, and the form in EDTF.
SPANS = [
    (r"within (?P<date>.+)", "{date}/{date}"),
    (r"since (?P<date>.+)", "{date}/.."),
    (r"from (?P<date>.+)", "{date}/"),
    (r"up to (?P<date>.+)", "../{date}"),
    (r"(?:until|till) (?P<date>.+)", "/{date}"),
]
MOMENTS = [
    (r"(?:by|before|(?:not|no) later than) (?P<date>.+)", "..{date}"),
    (r"(?P<date>.+) or (?:earlier|before)", "..{date}"),
    (r"(?:after|not before|(?:not|no) earlier than) (?P<date>.+)", "{date}.."),
    (r"(?P<date>.+) or (?:later|after)", "{date}.."),
]


class TypedDateError(FuzzyDateError):
    """A text that may mean several dates, or a day that does not exist. The hint is its reason, as given."""

    @property
    def hint(self) -> str:
        return self.reason


def read_date(text: str) -> FuzzyDate:
    """The date that a text means; FuzzyDateError if it means none or several."""
    text = text.strip()
    if is_date(text) or len(text) > 4 * LONGEST:
        return FuzzyDate(text)
    plain = re.sub(r"\bAD (\d{1,3})(?!\d)", lambda year: f"{year[1]:0>4}", in_plain_signs(text), flags=re.IGNORECASE)
    if hundred := re.search(r"\b(\d\d)00'?s\b(?! \()", plain):
        raise TypedDateError(text, HUNDRED_YEARS.format(hundred[1]))
    every = dict.fromkeys(forms(plain))
    meant = [form for form in every if is_date(form) and len(form) <= LONGEST]
    if len(meant) > 1:
        raise TypedDateError(text, EITHER.format(" or ".join(f"“{form}”" for form in meant)))
    try:
        return FuzzyDate(meant[0] if meant else next(iter(every), text))
    except FuzzyDateError as error:
        if error.value == text:
            raise
        raise TypedDateError(text, error.reason) from None


def forms(text: str) -> Iterator[str]:
    """Yields every form in EDTF that a text may mean; the days in them need not exist."""
    if date := unit(text):
        yield date
    for pattern, form in SPANS:
        if (match := matched(pattern, text)) and (date := unit(match["date"])):
            yield form.format(date=date)
    begun = matched(r"(?:from )?(.+)", text)
    for first, last in between(begun[1] if begun else "", TO):
        yield f"{first}/{last}"
    for separators in (", or | or ", ", or |, | or "):
        pieces = re.split(f"(?:{separators}){OR_ON}", re.sub("^either ", "", text))
        if len(pieces) == 1 or " or " in text:
            yield from sets(pieces)


def sets(pieces: list[str]) -> Iterator[str]:
    """Yields the one-of sets that these pieces may mean; the first ones may leave out what they share with the last."""
    members = [moment(piece) or shared(piece, pieces[-1]) for piece in pieces]
    if all(members) and (len(members) > 1 or ".." in members[0]):
        yield f"[{','.join(members)}]"
        year = re.fullmatch(r"\d{4}", members[-1])
        if year and any(len(member) > len("1973") and UNIT.fullmatch(member) for member in members):
            # "3 March 1973 or 1974" may mean the whole year 1974, or the same day in it.
            yield f"[{','.join([*members[:-1], f'{year[0]}{members[-2][4:]}'])}]"


def moment(text: str) -> str:
    """A member of a set in EDTF, a date or a time between two dates; an empty string if the text is neither."""
    if date := unit(text):
        return date
    for pattern, form in MOMENTS:
        if (match := matched(pattern, text)) and (date := unit(match["date"])):
            return form.format(date=date)
    if late := matched(rf"{AT}(?:the )?late[ -](?:the )?(\d{{3}})0'?s", text):
        return f"{late[1]}6..{late[1]}9"
    found = matched(r"(?:some ?time )?(between|from) (.+)", text)
    if found and (found[1].lower() == "between" or text.lower().startswith("some")):
        ends = [*between(found[2], AND if found[1].lower() == "between" else TO)]
        return "..".join(ends[0]) if len(ends) == 1 else ""
    return ""


def between(text: str, sign: str) -> Iterator[tuple[str, str]]:
    """Yields the two dates on either side of `sign`, for each place where it is in the text."""
    for cut in re.finditer(sign, text, re.IGNORECASE):
        first, last = text[: cut.start()], text[cut.end() :]
        ends = unit(first) or shared(first, last), unit(last)
        if all(ends):
            yield ends


def shared(first: str, last: str) -> str:
    """The date that `first` means if it leaves out what it shares with `last`: the 1 in “1 to 7 March 1973”.

    An empty string if it means none.
    """
    words = last.split()
    return next(filter(None, (unit(" ".join([first, *words[start:]])) for start in range(1, len(words)))), "")


def unit(text: str) -> str:
    """The single date in EDTF that a text means; an empty string if it means none."""
    if UNIT.fullmatch(text):
        return text
    for pattern, sign in (
        (rf"{ABOUT}(.+)", "~"),
        (rf"{PERHAPS}(.+)", "?"),
        (r"(.+?) ?(?:\?|\(\?\))", "?"),
        (r"(.+?) \(?(?:c(?:a|irca)?\.?)\)?", "~"),
    ):
        if match := matched(pattern, text):
            date = unit(match[1])
            return date and in_one_sign(f"{date}{sign}")
    text = re.sub(f"^{AT}", "", text, flags=re.IGNORECASE)
    return of_many_days(text) or notation(text)


def of_many_days(text: str) -> str:
    """A decade, a century, a season, or an unknown day or month of a longer time, in EDTF; else an empty string."""
    if match := matched(r"some (day|month) in (.+)", text):
        longer = notation(match[2]) if re.search(r"[^\d]", match[2]) else match[2]
        days = {("day", 4): "-XX-XX", ("day", 7): "-XX", ("month", 4): "-XX"}.get((match[1].lower(), len(longer)))
        return f"{longer}{days}" if days else ""
    if (match := matched(r"(\d\d)00s \(\1(?:00) to (\d+)99\)", text)) and int(match[1]) == int(match[2]):
        return f"{match[1]}XX"
    if match := matched(r"(\d{2}[1-9])0'?s", text):
        return f"{match[1]}X"
    if match := matched(rf"{NAMED}(?: of)?,? {Y}", text):
        number = next((number for number, name in SEASONS.items() if name == match["season"].lower()), 23)
        return f"{match['y']}-{number}"
    return ""


def notation(text: str) -> str:
    """A day, month or year in any notation, in EDTF; an empty string for digits that only spaces separate."""
    if matched(r"\d{5,}|[\d ]+", text) and not matched(r"\d{4}", text):
        return ""
    return rewritten(text)
