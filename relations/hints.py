"""Hints for texts that are not dates: what they may mean, and what to write instead.

They cover spreadsheets, notes and older EDTF. A hint has the suggested form in quotation marks, never more precise than
the text. `dates.py` shows a hint only if all its forms are dates, so patterns here may match too much.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Not from `calendar`, whose names depend on the locale of the process.
MONTH_NAMES = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}

NOTHING = "Where nothing is known, leave the date empty."
PLAIN = "Write plain digits and signs, and no spaces: “{form}”."
ALONE = "Write the date alone: “{form}”."
UNSPECIFIED = "Write unspecified digits with a capital X: “{form}”."
TWO_DIGITS = "Write months and days with two digits: “{form}”."
HYPHENS = "Write hyphens between year, month and day: “{form}”."
YEAR_FIRST = "Write the year first: “{form}”."
IN_WORDS = "Write the month as a number after the year: “{form}”."
SEASON = "Write the season as a number after the year: “{form}”."
SPAN = "Write “{first}/{last}” for a span, “[{first}..{last}]” for one occasion in it."
IN_FULL = "Write both ends in full: “{first}/{last}”."
UNTIL_THEN = "Write “[..{last}]” for one occasion by then, “/{last}” for a span until then."
SINCE_THEN = "Write “[{first}..]” for one occasion then or later, “{first}/..” for a span since then."
IN_BRACKETS = "Write commas between the dates of a set, two dots within a time, and no spaces: “{form}”."
SEVERAL = "All of several dates are several records; for one of several write “{form}”."

Y = r"(?P<y>\d{4})"
MODERN = r"(?P<y>(?:1\d|20)\d\d)"
M = r"(?P<m>0?[1-9]|1[0-2])"
MM = r"(?P<m>0[1-9]|1[0-2])"
D = r"(?P<d>0?[1-9]|[12]\d|3[01])"
ONE_DIGIT = r"(?:0(?=\d\b))?"
AFTER_12 = r"(?P<d>1[3-9]|2\d|3[01])"
MONTH = rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTH_NAMES)}|Sept)\.?"
NAMED = rf"(?P<season>{'|'.join(SEASONS.values())}|fall)"
ORDINAL = r"(?:st|nd|rd|th)?"
BLANK = r"[ux?_*-]"
ABOUT = r"(?:[~±]|c(?:a|irca)?\.?|about|around|approx(?:imately|\.)?|roughly) ?"
PERHAPS = r"(?:\?|perhaps|possibly|probably|maybe) ?"
OPEN = r"(?:open|present|now|today|ongoing|\.\.)"
MISSING = r"none|null|nan|nat|tb[ad]|n\.?/?a\.?|[ns]\.? ?d\.?|not (?:known|stated|given)"
UNKNOWN = rf"(?:unknown|uncertain|undated|{MISSING}|u+|x+|\?+)"

# Texts that mean a single date: pattern, date, and hint. The group `first` is again a text that means a date.
DATES = [
    (r"(?P<date>(?-i:\d{4}(?:-(?:\d\d|XX)){0,2}|\d{3}X|\d\dXX)[?~%]?)", "{date}", PLAIN),
    (rf"(?P<c>(?:1\d|20)\d){BLANK}", "{c}X", UNSPECIFIED),
    (rf"(?P<c>1\d|20){BLANK}{{2}}", "{c}XX", UNSPECIFIED),
    (rf"{Y}-{BLANK}{{2}}", "{y}-XX", UNSPECIFIED),
    (rf"{Y}-{BLANK}{{2}}-{BLANK}{{2}}", "{y}-XX-XX", UNSPECIFIED),
    (rf"{Y}-{MM}-{BLANK}{{2}}", "{y}-{m}-XX", UNSPECIFIED),
    (rf"{Y}-00(?:-00)?", "{y}", "There is no month 00. Where the month is not known, write “{form}”."),
    (rf"{Y}-{MM}-00", "{y}-{m}", "There is no day 00. Where the day is not known, write “{form}”."),
    (rf"{Y}\.0+", "{y}", "Write years without a decimal point: “{form}”."),
    (rf"y{Y}", "{y}", "Write years without a letter: “{form}”."),
    (rf"{MODERN}{MM}(?P<d>\d\d)(?:\.0*)?", "{y}-{m}-{d}", HYPHENS),
    (rf"{MODERN}{MM}", "{y}-{m}", HYPHENS),
    (rf"{Y}-{M}-{D}", "{y}-{m:0>2}-{d:0>2}", TWO_DIGITS),
    (rf"{Y}[/. ]{M}[/. ]{D}", "{y}-{m:0>2}-{d:0>2}", HYPHENS),
    (rf"{Y}[. ]{MM}", "{y}-{m}", HYPHENS),
    (rf"{AFTER_12}[-/. ]{M}[-/. ]{Y}", "{y}-{m:0>2}-{d}", YEAR_FIRST),
    (rf"{M}[-/. ]{AFTER_12}[-/. ]{Y}", "{y}-{m:0>2}-{d}", YEAR_FIRST),
    (rf"{ONE_DIGIT}(?P<m>[1-9]|1[0-2])[-/. ]{ONE_DIGIT}(?P=m)[-/. ]{Y}", "{y}-{m:0>2}-{m:0>2}", YEAR_FIRST),
    (rf"{M}[-/. ]{Y}", "{y}-{m:0>2}", YEAR_FIRST),
    (rf"{MONTH}[ ,-]*{Y}", "{y}-{m:0>2}", IN_WORDS),
    (rf"{Y}[ ,-]*{MONTH}", "{y}-{m:0>2}", IN_WORDS),
    (rf"{D}{ORDINAL}[ .-]*(?:of )?{MONTH}[ ,-]*{Y}", "{y}-{m:0>2}-{d:0>2}", IN_WORDS),
    (rf"{MONTH}[ -]*{D}{ORDINAL}[ ,-]+{Y}", "{y}-{m:0>2}-{d:0>2}", IN_WORDS),
    (rf"{Y}[ ,-]*{MONTH}[ -]*{D}", "{y}-{m:0>2}-{d:0>2}", IN_WORDS),
    (rf"(?:the )?{NAMED}(?: of)?[ ,-]*{Y}", "{y}-{s}", SEASON),
    (rf"{Y}[ ,-]*{NAMED}", "{y}-{s}", SEASON),
    (r"(?:the )?(?P<c>\d{3})0['-]?(?:ie)?s", "{c}X", "Write “{form}” for the decade."),
    (
        r"(?:the )?late[ -](?:the )?(?P<c>\d{3})0'?s",
        "{c}X",
        "Write “{form}” for the decade, “[{c}6..{c}9]” for its last years.",
    ),
    (
        r"(?:the )?(?:early|mid|late|(?:beginning|middle|end) of)[ -](?P<first>.+)",
        "{first}",
        "Write “{form}”: early, middle and end have no form of their own.",
    ),
    (
        r"(?P<first>.+?)[t ]\d\d?:\d\d.*",
        "{first}",
        "A time of day is no part of a date here: write “{form}”, or less of it where the source says less.",
    ),
    (r"(?P<first>.+?) ?(?:\?~|~\?)", "{first}%", "Write “{form}” for both doubted and about."),
    (rf"{ABOUT}(?P<first>.+)", "{first}~", "Write “{form}” for about {first}."),
    (
        r"(?P<first>.+?) ?\(?(?:c(?:a|irca)?\.?|approx(?:imately|\.)?)\)?",
        "{first}~",
        "Write “{form}” for about {first}.",
    ),
    (rf"{PERHAPS}(?P<first>.+)", "{first}?", "Write “{form}” for perhaps {first}."),
    (r"(?P<first>.+?) ?(?:\?+|\(\?\))", "{first}?", "Write “{form}” for perhaps {first}."),
    (r"['\"(](?P<first>.+?)['\")]?", "{first}", ALONE),
    (r"(?P<first>.+?)(?<!\.)[.,;)'\"]", "{first}", ALONE),
    (r"(?:in|on|the year|year|a\.?d\.?) (?P<first>.+)", "{first}", ALONE),
    (r"(?P<first>.+?) (?:a\.?d|c\.?e)\.?", "{first}", ALONE),
]

# The hints for another notation of the same date: the suggested form is exactly as precise as the text.
NOTATIONS = (PLAIN, TWO_DIGITS, HYPHENS, YEAR_FIRST, IN_WORDS)

# Texts that mean a span with one end, or a time before or after a date; `first` and `last` are texts that mean a date.
PHRASES = [
    (rf"(?P<first>.+?) ?[/-] ?{UNKNOWN}", "Write “{first}/” where the end is not known."),
    (rf"{UNKNOWN} ?[/-] ?(?P<last>.+)", "Write “/{last}” where the beginning is not known."),
    (
        rf"(?:from |since )?(?P<first>.+?) ?(?:/|-| to | until | till ) ?{OPEN}",
        "Write “{first}/..” where the end is open.",
    ),
    (rf"{OPEN} ?[/-] ?(?P<last>.+)", "Write “../{last}” where the beginning is open."),
    (r"(?P<first>.+?) ?-", "Write “{first}/..” where the end is open, “{first}/” where it is not known."),
    (r"- ?(?P<last>[1-9].+)", "Write “../{last}” where the beginning is open, “/{last}” where it is not known."),
    (r"(?:before|by|until|till|up to|(?:not|no) later than|pre|<=?|≤|\.\.)[ -]?(?P<last>.+)", UNTIL_THEN),
    (r"(?P<last>.+?) (?:or|and) (?:earlier|before)", UNTIL_THEN),
    (r"(?:after|since|from|post|>=?|≥)[ -]?(?P<first>.+)", SINCE_THEN),
    (r"(?P<first>.+?) ?(?:\+|\.\.|onwards?|(?:or|and) (?:later|after))", SINCE_THEN),
    (rf"winter(?: of)? {Y}[/-](?:\d\d)?\d\d", "Write a winter by the year in which it begins: “{y}-24”."),
]

# Texts whose meaning is unclear, or that have no form in EDTF.
OTHERS = [
    (r"\d{5}(?:\.\d*)?", "This looks like a spreadsheet's number of a day. Take the date from the source again."),
    (r"-(?:9+|8+|7+)", "Where -9 and the like stand for nothing known, leave the date empty."),
    (rf".*\b{MONTH}(?![a-z]).*", "Write the month as a number after the year: “2017-09”, “2017-09-24”."),
    (
        r"\d{4}-(?:2[5-9]|3\d|4[01])[?~%]?",
        "Seasons are 21 to 24; those of one hemisphere, quarters, halves are not used.",
    ),
    (r".*[?~%][-\d].*", "A qualifier stands at the end of a date and holds for all of it."),
    (r"-\d.*|y[-\d].*|'?\d{1,3}|'?\d0s", "Write years with four digits, from 0001 to 9999."),
    (
        r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}",
        "Write the year first and with four digits: which century is meant cannot be told.",
    ),
]


FOOTNOTE = r"[0-9]{4}(?:[*†‡§¹²³⁰⁴-⁹]+|\[\d{1,2}\])$"  # a year with the mark of a footnote


def hints(text: str) -> Iterator[str]:
    """Yields hints what to write instead of a text, the likeliest first."""
    plain = in_plain_signs(text)
    if re.search(FOOTNOTE, text):
        yield "It ends in the mark of a footnote: take that out."
    if matched(rf"[-/.\[\]]*|XXXX.*|(?:{UNKNOWN}|{OPEN})?(?:/(?:{UNKNOWN}|{OPEN})?)?", plain):
        yield NOTHING
    if (form := re.sub(r" ?([-/.,~?%\[\]]) ?", r"\1", plain)) != text:
        yield PLAIN.format(form=form)
    yield from months_or_years(plain)
    yield from days_or_months(plain)
    yield from quarters(plain)
    for pattern, form, hint in DATES:
        if values := groups_of(pattern, plain):
            yield hint.format(form=in_one_sign(form.format(**values)), **values)
    for pattern, hint in PHRASES:
        if values := groups_of(pattern, plain):
            yield hint.format(**values)
    yield from spans(plain)
    yield from sets(plain)
    yield from (hint for pattern, hint in OTHERS if matched(pattern, plain))


def in_plain_signs(text: str) -> str:
    """The text in ASCII digits, hyphens and quotation marks, with single spaces."""
    plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in unicodedata.normalize("NFKC", text))
    return " ".join(re.sub("[‘’“”]", "'", re.sub("[‐‑‒–—―−]", "-", plain)).split())


def matched(pattern: str, text: str) -> re.Match[str] | None:
    """The match of a pattern with the whole text, without regard to case."""
    return re.fullmatch(pattern, text, re.IGNORECASE | re.ASCII)


@lru_cache(maxsize=4096)
def date_meant(text: str) -> str:
    """The date in EDTF that a text means; an empty string if it means none."""
    for pattern, form, _ in DATES:
        if values := groups_of(pattern, text):
            return in_one_sign(form.format(**values))
    return ""


def rewritten(text: str) -> str:
    """A date in another notation as EDTF; an empty string if it is none. The day need not exist, such as 31 June."""
    plain = in_plain_signs(text)
    forms = ((form, groups_of(pattern, plain)) for pattern, form, hint in DATES if hint in NOTATIONS)
    return next((form.format(**values) for form, values in forms if values), "")


def groups_of(pattern: str, text: str) -> dict[str, str]:
    """The groups of a pattern, with names of months and seasons as numbers (`m`, `s`), and `first` and `last` as EDTF.

    Empty if the text does not match, or `first` or `last` means no date.
    """
    match = matched(pattern, text)
    values = {name: value for name, value in match.groupdict().items() if value} if match else {}
    if month := values.get("month"):
        values["m"] = str([name[:3].lower() for name in MONTH_NAMES].index(month[:3].lower()) + 1)
    if season := values.get("season"):
        values["s"] = str({name: number for number, name in SEASONS.items()}.get(season.lower(), 23))
    for name in {"first", "last"} & values.keys():
        values[name] = date_meant(values[name])
    return values if all(values.values()) else {}


def in_one_sign(form: str) -> str:
    """A form with two qualifiers at its end, with one in their place: % for ? and ~."""
    return re.sub(r"([?~%])([?~%])$", lambda signs: signs[1] if signs[1] == signs[2] else "%", form)


def months_or_years(text: str) -> Iterator[str]:
    """Hints for a year and a number that may be its month or the end of a span of years: 1910/12."""
    if match := re.fullmatch(r"(\d{4})([/-])(\d{1,2})", text):
        year, sign, number = match.groups()
        month, end = f"{year}-{number:0>2}", completed(year, number)
        if 1 <= int(number) <= 12 and end:
            yield f"Write “{month}” for the month, “{year}/{end}” for the years."
        elif 1 <= int(number) <= 12:
            yield (TWO_DIGITS if sign == "-" else HYPHENS).format(form=month)
        elif end:
            yield (IN_FULL if sign == "/" else SPAN).format(first=year, last=end)


def days_or_months(text: str) -> Iterator[str]:
    """A hint for a day and a month that cannot be told apart: 03/04/2016."""
    if match := re.fullmatch(r"(0?[1-9]|1[0-2])[-/. ](0?[1-9]|1[0-2])[-/. ](\d{4})", text):
        one, other, year = (part.zfill(2) for part in match.groups())
        if one != other:
            yield (
                f"Write the year first, “{year}-{other}-{one}” or “{year}-{one}-{other}”:"
                " which is the day and which the month cannot be told."
            )


def spans(text: str) -> Iterator[str]:
    """Hints for a span between two dates, for each place where the sign between them may be."""
    about = matched(rf"{ABOUT}(.+)", text)
    sign, text = ("~", about[1]) if about else ("", text)
    between = "|and" if text.lower().startswith("between ") else ""
    text = re.sub("^(from|between) ", "", text, flags=re.IGNORECASE)
    for cut in re.finditer(rf" ?(?:/|-|\.\.) ?| (?:to|until|till|through{between}) ", text, re.IGNORECASE):
        first, last = (in_one_sign(end + sign) for end in ends(text[: cut.start()], text[cut.end() :]))
        if first.strip("~") and last.strip("~"):
            yield (IN_FULL if "/" in cut[0] else SPAN).format(first=first, last=last)
            if first > last:
                yield "It ends before it starts."


def ends(first: str, last: str) -> tuple[str, str]:
    """The two dates of a span in EDTF, either of which may leave out what both share: March–May 1973, 1973-03-01/07.

    An empty string for one that is no date.
    """
    words = last.split()
    shared = (" ".join([first, *words[start:]]) for start in range(1, len(words)))
    begun = date_meant(first) or next(filter(None, map(date_meant, shared)), "")
    return begun, completed(begun, last)


def completed(first: str, last: str) -> str:
    """The end of a span in EDTF; `last` may leave out what it shares with the beginning `first`, as 80 in 1979/80."""
    if whole := date_meant(last):
        return whole
    if not re.fullmatch(r"[\d-]+", first) or not re.fullmatch(r"\d{1,2}(-\d\d)?", last) or len(last) >= len(first):
        return ""
    end = first[: -len(last)] + last
    if len(first) == len("1979") and len(last) == 2 and int(end) + 90 <= int(first):
        end = str(int(end) + 100)  # 1999/00
    return end if end > first and re.sub(r"\d", "0", end) == re.sub(r"\d", "0", first) else ""


def sets(text: str) -> Iterator[str]:
    """Hints for one of several dates, or for all of them."""
    brackets = re.fullmatch(r"([\[{])(.+?)[\]}]?", text)
    inside = brackets[2] if brackets else text
    pieces = [piece for piece in re.split(r",? (?:or|and) | ?[,;|&+] ?", inside) if piece]
    if len(pieces) == 1 and brackets:
        pieces = inside.split(" ")
    members = [member(piece) for piece in pieces]
    form = f"[{','.join(members)}]"
    if not all(members) or len(members) < (1 if brackets else 2):
        return
    if len(members) == 1 and ".." not in form:
        yield f"One of one is that date, written without brackets: “{members[0]}”."
    elif brackets and brackets[1] == "[":
        yield IN_BRACKETS.format(form=form)
    elif brackets or not re.search(r" or |\|", text):
        yield SEVERAL.format(form=form)
    else:
        yield f"Write “{form}”."


def member(text: str) -> str:
    """A member of a set in EDTF, a date or a time between two dates; an empty string if the text is neither."""
    dates = re.split(r"\.\.|/", text)
    if len(dates) == 1:
        return date_meant(text)
    first, last = ends(dates[0], dates[-1])
    return f"{first}..{last}" if first and last and len(dates) == 2 else ""


def quarters(text: str) -> Iterator[str]:
    """A hint for a quarter of a year: 1985-Q1, Q1 1985."""
    if match := matched(r"(\d{4})[ /-]?q([1-4])", text) or matched(r"(?=.*?(\d{4}))q([1-4])[ /-]?\d{4}", text):
        year, quarter = match[1], int(match[2])
        yield SPAN.format(first=f"{year}-{quarter * 3 - 2:02}", last=f"{year}-{quarter * 3:02}")
