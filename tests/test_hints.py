"""Hints for mistyped dates: a table of all kinds of mistakes, and that no hint misleads."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.dates import EXAMPLES, FuzzyDate, FuzzyDateError, hint_for, is_date
from relations.hints import MONTH_NAMES

NOTHING = "Where nothing is known, leave the date empty."
IN_BRACKETS = "Write commas between the dates of a set, two dots within a time, and no spaces: "
SEVERAL = "All of several dates are several records; for one of several write "
TIME_OF_DAY = "A time of day is no part of a date here: write “{}”, or less of it where the source says less."
UNTOLD = "which is the day and which the month cannot be told."

SLIPS = [
    # Nothing is known
    *(
        (text, NOTHING)
        for text in ("?", "unknown", "undated", "n.d.", "s.d.", "n/a", "NA", "none", "NULL", "NaN", "NaT")
    ),
    *(
        (text, NOTHING)
        for text in ("XXXX", "XXXX-05", "uuuu", "open", "not stated", "unknown/unknown", "/..", "-", "[]")
    ),
    ("-9", "Where -9 and the like stand for nothing known, leave the date empty."),
    ("-999", "Where -9 and the like stand for nothing known, leave the date empty."),
    # One end is not known, or open
    ("1985/unknown", "Write “1985/” where the end is not known."),
    ("1985/uuuu", "Write “1985/” where the end is not known."),
    ("1985–?", "Write “1985/” where the end is not known."),
    ("unknown/1985", "Write “/1985” where the beginning is not known."),
    ("1985/open", "Write “1985/..” where the end is open."),
    ("March 1985 - present", "Write “1985-03/..” where the end is open."),
    ("since 1985 until today", "Write “1985/..” where the end is open."),
    ("open/1985", "Write “../1985” where the beginning is open."),
    ("1985-", "Write “1985/..” where the end is open, “1985/” where it is not known."),
    ("–1985", "Write “../1985” where the beginning is open, “/1985” where it is not known."),
    # What leads to a remark
    *((text, "It ends in the mark of a footnote: take that out.") for text in ("1974²", "1974[1]", "1974*")),
    # Digits that are not specified
    *(
        (text, "Write unspecified digits with a capital X: “199X”.")
        for text in ("199u", "199x", "199?", "199-", "199*")
    ),
    *((text, "Write unspecified digits with a capital X: “19XX”.") for text in ("19uu", "19xx", "19??", "19--")),
    ("1999-uu", "Write unspecified digits with a capital X: “1999-XX”."),
    ("1999-uu-uu", "Write unspecified digits with a capital X: “1999-XX-XX”."),
    ("1999-05-uu", "Write unspecified digits with a capital X: “1999-05-XX”."),
    ("1999-??", "Write unspecified digits with a capital X: “1999-XX”."),
    ("1979-00", "There is no month 00. Where the month is not known, write “1979”."),
    ("1979-00-00", "There is no month 00. Where the month is not known, write “1979”."),
    ("1979-04-00", "There is no day 00. Where the day is not known, write “1979-04”."),
    # Numbers of spreadsheets and of pandas
    ("1975.0", "Write years without a decimal point: “1975”."),
    ("1975.00", "Write years without a decimal point: “1975”."),
    ("19790314.0", "Write hyphens between year, month and day: “1979-03-14”."),
    ("43709", "This looks like a spreadsheet's number of a day. Take the date from the source again."),
    ("43709.0", "This looks like a spreadsheet's number of a day. Take the date from the source again."),
    ("Sep-17", "Write the month as a number after the year: “2017-09”, “2017-09-24”."),
    ("17-Sep", "Write the month as a number after the year: “2017-09”, “2017-09-24”."),
    ("1985-01-01T00:00:00", TIME_OF_DAY.format("1985-01-01")),
    ("1979-03-14 00:00:00", TIME_OF_DAY.format("1979-03-14")),
    ("1979-03-14T10:30Z", TIME_OF_DAY.format("1979-03-14")),
    ("14/03/1979 10:30", TIME_OF_DAY.format("1979-03-14")),
    ("'1979", "Write the date alone: “1979”."),
    # Signs of other kinds, and signs around a date
    ("１９７９", "Write plain digits and signs, and no spaces: “1979”."),
    ("١٩٧٩", "Write plain digits and signs, and no spaces: “1979”."),
    ("1979–03–14", "Write plain digits and signs, and no spaces: “1979-03-14”."),
    ("1979 - 03 - 14", "Write plain digits and signs, and no spaces: “1979-03-14”."),
    ("1979 / 1980", "Write plain digits and signs, and no spaces: “1979/1980”."),
    ("1979 ?", "Write plain digits and signs, and no spaces: “1979?”."),
    ("[1979, 1980]", "Write plain digits and signs, and no spaces: “[1979,1980]”."),
    ("1979.", "Write the date alone: “1979”."),
    ("(1979)", "Write the date alone: “1979”."),
    ("“1979”", "Write the date alone: “1979”."),
    ("in March 1979", "Write the date alone: “1979-03”."),
    ("AD 622", "It is in no form known here: no words, no spaces, years with four digits."),
    ("1979 CE", "Write the date alone: “1979”."),
    # Years
    ("y1985", "Write years without a letter: “1985”."),
    ("Y12000", "Write years with four digits, from 0001 to 9999."),
    ("-0043", "Write years with four digits, from 0001 to 9999."),
    ("979", "Write years with four digits, from 0001 to 9999."),
    ("’79", "Write years with four digits, from 0001 to 9999."),
    ("80s", "Write years with four digits, from 0001 to 9999."),
    # The order of year, month and day
    ("31.12.1985", "Write the year first: “1985-12-31”."),
    ("12/31/1985", "Write the year first: “1985-12-31”."),
    ("05/05/2016", "Write the year first: “2016-05-05”."),
    ("03/2016", "Write the year first: “2016-03”."),
    ("03/04/2016", f"Write the year first, “2016-04-03” or “2016-03-04”: {UNTOLD}"),
    ("3.4.2016", f"Write the year first, “2016-04-03” or “2016-03-04”: {UNTOLD}"),
    ("31/12/85", "Write the year first and with four digits: which century is meant cannot be told."),
    ("1985/12/31", "Write hyphens between year, month and day: “1985-12-31”."),
    ("1985.1.5", "Write hyphens between year, month and day: “1985-01-05”."),
    ("19790314", "Write hyphens between year, month and day: “1979-03-14”."),
    ("197903", "Write hyphens between year, month and day: “1979-03”."),
    ("010203", "It is in no form known here: no words, no spaces, years with four digits."),
    ("1985-1-5", "Write months and days with two digits: “1985-01-05”."),
    ("1979-3", "Write months and days with two digits: “1979-03”."),
    ("1979/03", "Write hyphens between year, month and day: “1979-03”."),
    ("1985-6", "Write “1985-06” for the month, “1985/1986” for the years."),
    ("1910/12", "Write “1910-12” for the month, “1910/1912” for the years."),
    # Months and seasons in words
    *(
        (text, "Write the month as a number after the year: “1963-08”.")
        for text in ("August 1963", "Aug. 1963", "1963-AUG")
    ),
    *(
        (text, "Write the month as a number after the year: “1963-08-24”.")
        for text in ("24 August 1963", "August 24, 1963", "24-Aug-1963", "1963 Aug 24", "24th of August, 1963")
    ),
    ("9 Sept. 1948", "Write the month as a number after the year: “1948-09-09”."),
    ("spring 1985", "Write the season as a number after the year: “1985-21”."),
    ("the summer of 1985", "Write the season as a number after the year: “1985-22”."),
    ("1985, Fall", "Write the season as a number after the year: “1985-23”."),
    ("wınter 1985", "It is in no form known here: no words, no spaces, years with four digits."),
    ("winter 1979/80", "Write a winter by the year in which it begins: “1979-24”."),
    ("1979-33", "Seasons are 21 to 24; those of one hemisphere, quarters, halves are not used."),
    # Parts of a time
    ("1990s", "Write “199X” for the decade."),
    ("the 1990’s", "Write “199X” for the decade."),
    ("late 1990s", "Write “199X” for the decade, “[1996..1999]” for its last years."),
    ("the late 1980s", "Write “198X” for the decade, “[1986..1989]” for its last years."),
    ("early 1990s", "Write “199X”: early, middle and end have no form of their own."),
    ("mid-August 1963", "Write “1963-08”: early, middle and end have no form of their own."),
    ("the end of 1985", "Write “1985”: early, middle and end have no form of their own."),
    # About and perhaps
    *(
        (text, "Write “1979~” for about 1979.")
        for text in (
            "c. 1979",
            "c1979",
            "ca. 1979",
            "ca 1979",
            "Circa 1979",
            "about 1979",
            "~1979",
            "±1979",
            "1979 (ca.)",
        )
    ),
    ("approx. March 1979", "Write “1979-03~” for about 1979-03."),
    ("around the 1980s", "Write “198X~” for about 198X."),
    *(
        (text, "Write “1979?” for perhaps 1979.")
        for text in ("?1979", "1979??", "1979 (?)", "perhaps 1979", "Probably 1979")
    ),
    ("1979?~", "Write “1979%” for both doubted and about."),
    ("1979~?", "Write “1979%” for both doubted and about."),
    ("1979~-03", "A qualifier stands at the end of a date and holds for all of it."),
    # A day that the month does not have, in whichever notation
    *(
        (text, "February 1975 has 28 days.")
        for text in (
            "31.02.1975",
            "2/31/1975",
            "31 February 1975",
            "Feb. 29th, 1975",
            "1975-2-30",
            "1975/02/30",
            "19750231",
            "1975–02–31",
        )
    ),
    ("29.2.1900", "February 1900 has 28 days."),
    ("30 February 1972", "February 1972 has 29 days."),
    ("31.4.1979", "April 1979 has 30 days."),
    # Spans
    ("1973-03-01/07", "Write both ends in full: “1973-03-01/1973-03-07”."),
    ("1973-03-28/04-02", "Write both ends in full: “1973-03-28/1973-04-02”."),
    ("1973-06/07", "Write both ends in full: “1973-06/1973-07”."),
    ("1979/80", "Write both ends in full: “1979/1980”."),
    ("1999/00", "Write both ends in full: “1999/2000”."),
    ("17/18 March 1973", "Write both ends in full: “1973-03-17/1973-03-18”."),
    ("c. 1979/1981", "Write both ends in full: “1979~/1981~”."),
    ("1979/c. 1981", "Write both ends in full: “1979/1981~”."),
    *(
        (text, "Write “1979/1980” for a span, “[1979..1980]” for one occasion in it.")
        for text in (
            "1979-80",
            "1979–1980",
            "1979 - 1980",
            "1979 to 1980",
            "from 1979 until 1980",
            "between 1979 and 1980",
        )
    ),
    ("1999-00", "Write “1999/2000” for a span, “[1999..2000]” for one occasion in it."),
    ("1914–39", "Write “1914/1939” for a span, “[1914..1939]” for one occasion in it."),
    ("1979..1981", "Write “1979/1981” for a span, “[1979..1981]” for one occasion in it."),
    ("circa 1979–81", "Write “1979~/1981~” for a span, “[1979~..1981~]” for one occasion in it."),
    ("1973-03 to 1973-05", "Write “1973-03/1973-05” for a span, “[1973-03..1973-05]” for one occasion in it."),
    ("March–May 1973", "Write “1973-03/1973-05” for a span, “[1973-03..1973-05]” for one occasion in it."),
    ("1-7 March 1973", "Write “1973-03-01/1973-03-07” for a span, “[1973-03-01..1973-03-07]” for one occasion in it."),
    ("1985-Q3", "Write “1985-07/1985-09” for a span, “[1985-07..1985-09]” for one occasion in it."),
    ("Q1 1985", "Write “1985-01/1985-03” for a span, “[1985-01..1985-03]” for one occasion in it."),
    ("1980-1979", "It ends before it starts."),
    # By then, and since then: docs/coding.md
    *(
        (text, "Write “[..1980]” for one occasion by then, “/1980” for a span until then.")
        for text in (
            "before 1980",
            "by 1980",
            "until 1980",
            "no later than 1980",
            "pre-1980",
            "<1980",
            "1980 or earlier",
            "..1980",
        )
    ),
    ("before 24 August 1963", "Write “[..1963-08-24]” for one occasion by then, “/1963-08-24” for a span until then."),
    *(
        (text, "Write “[1980..]” for one occasion then or later, “1980/..” for a span since then.")
        for text in ("after 1980", "since 1980", "from 1980", "post-1980", ">1980", "1980+", "1980 onwards", "1980..")
    ),
    ("since the late 1980s", "Write “[198X..]” for one occasion then or later, “198X/..” for a span since then."),
    # Sets
    ("1979 or 1980", "Write “[1979,1980]”."),
    ("1979, 1980 or 1982", "Write “[1979,1980,1982]”."),
    ("March or June 1979", "Write the month as a number after the year: “2017-09”, “2017-09-24”."),
    ("[1979;1980]", f"{IN_BRACKETS}“[1979,1980]”."),
    ("[1979 1980]", f"{IN_BRACKETS}“[1979,1980]”."),
    ("[1979/1980]", f"{IN_BRACKETS}“[1979..1980]”."),
    ("[c. 1979, 1985..90]", f"{IN_BRACKETS}“[1979~,1985..1990]”."),
    ("[1979,1980", f"{IN_BRACKETS}“[1979,1980]”."),
    ("[1979,,1980]", f"{IN_BRACKETS}“[1979,1980]”."),
    ("[1979]", "One of one is that date, written without brackets: “1979”."),
    ("{1979,1980}", f"{SEVERAL}“[1979,1980]”."),
    ("{1979..1981}", f"{SEVERAL}“[1979..1981]”."),
    ("1979, 1980", f"{SEVERAL}“[1979,1980]”."),
    ("1979 and 1980", f"{SEVERAL}“[1979,1980]”."),
]


@pytest.mark.parametrize(("text", "hint"), SLIPS, ids=[repr(text) for text, _ in SLIPS])
def test_a_mistake_gets_a_proposal(text: str, hint: str) -> None:
    with pytest.raises(FuzzyDateError) as refusal:
        FuzzyDate(text)

    assert refusal.value.hint == hint
    assert str(refusal.value) == f"“{text}” is not a date. {hint} Allowed are, for example: {EXAMPLES}."


def test_words_for_unknown_get_the_advice_to_leave_the_field_empty() -> None:
    assert hint_for("") == NOTHING


def test_table_has_no_text_twice() -> None:
    texts = [text for text, _ in SLIPS]

    assert sorted(set(texts)) == sorted(texts)


def forms_in(hint: str) -> list[str]:
    """The proposals of a hint."""
    return re.findall("“([^”]*)”", hint)


SCRAPS = st.sampled_from(
    [
        *(
            "1979",
            "80",
            "1980-03",
            "03-07",
            "24",
            "3",
            "199",
            "00",
            "August",
            "May",
            "winter",
            "1990s",
            "X",
            "uu",
            "x",
            "q2",
        ),
        *(
            "c.",
            "about ",
            "perhaps ",
            "~",
            "?",
            "%",
            "late ",
            "before ",
            "since ",
            "unknown",
            "open",
            "T10:30",
            "٣",
            "'",
        ),
        *("/", "-", "–", " ", ".", "..", ",", ";", " or ", " and ", " to ", "[", "]", "{", "(", ")", "“", "”", "\n"),
    ]
)


@settings(max_examples=2000, deadline=None)
@given(text=st.lists(SCRAPS, min_size=1, max_size=9).map("".join) | st.text(max_size=12))
def test_whatever_a_hint_names_is_a_date(text: str) -> None:
    assert [form for form in forms_in(hint_for(text)) if not is_date(form)] == []


DAYS = st.dates(date(1000, 1, 1), date(2099, 12, 31))
WAYS_TO_WRITE_A_DAY: list[Callable[[date], str]] = [
    lambda day: f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}",
    lambda day: f"{MONTH_NAMES[day.month - 1][:3]} {day.day}, {day.year}",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}.{day.month:02}.{day.day:02}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.isoformat()}T00:00:00",
    lambda day: f"{day.isoformat()}.",
    lambda day: day.isoformat().replace("-", "–"),
]


@given(day=DAYS, way=st.sampled_from(WAYS_TO_WRITE_A_DAY))
def test_day_is_read_as_itself_in_whatever_way_it_is_written(day: date, way: Callable[[date], str]) -> None:
    assert forms_in(hint_for(way(day))) == [day.isoformat()]


@given(day=DAYS, way=st.sampled_from(["{0.day}.{0.month}.{0.year}", "{0.month:02}/{0.day:02}/{0.year}"]))
def test_day_and_month_are_distinguished_only_if_unambiguous(day: date, way: str) -> None:
    turned = [f"{day.year}-{day.day:02}-{day.month:02}"] if day.day <= 12 else []

    assert set(forms_in(hint_for(way.format(day)))) == {day.isoformat(), *turned}


@given(day=DAYS, about=st.sampled_from(["c. {}", "about {}", "{} (ca.)"]), of=st.sampled_from([10, 7, 4]))
def test_about_a_date_is_never_nearer_than_the_date(day: date, about: str, of: int) -> None:
    said = FuzzyDate(day.isoformat()[:of])

    (form,) = forms_in(hint_for(about.format(said)))

    assert FuzzyDate(form).earliest < said.earliest
    assert FuzzyDate(form).latest > said.latest


@given(first=DAYS, last=DAYS, of=st.sampled_from([10, 7, 4]), by=st.sampled_from(["-", " – ", " to ", " until "]))
def test_span_is_read_from_its_first_day_to_its_last(first: date, last: date, of: int, by: str) -> None:
    first, last = sorted([first, last])
    begun, ended = FuzzyDate(first.isoformat()[:of]), FuzzyDate(last.isoformat()[:of])

    span, occasion = map(FuzzyDate, forms_in(hint_for(f"{begun}{by}{ended}")))

    assert (span.earliest, span.latest) == (occasion.earliest, occasion.latest) == (begun.earliest, ended.latest)


def test_longer_text_than_any_date_is_not_searched_for_slips() -> None:
    assert hint_for(f"{'c. ' * 18}1979") == "Write “1979~” for about 1979~."
    assert hint_for(f"{'c. ' * 19}1979") == ""
