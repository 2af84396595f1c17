"""Typed dates: unambiguous words are parsed, ambiguous ones are asked about, and our own wording is read back."""

import re

import pytest
from hypothesis import assume, given, settings

from relations.dates import FuzzyDate, FuzzyDateError, is_date
from relations.typed_dates import TypedDateError, read_date
from tests.test_dates import DATES, SPECIMENS, slips

READ = [
    # EDTF, with space around it
    (" 1979~ ", "1979~"),
    ("2010-11", "2010-11"),
    ("[1979,1980]", "[1979,1980]"),
    # One date
    ("3 Nov 1956", "1956-11-03"),
    ("3 November, 1956", "1956-11-03"),
    ("Nov. 3, 1956", "1956-11-03"),
    ("3rd of November 1956", "1956-11-03"),
    ("on 3 November 1956", "1956-11-03"),
    ("13/11/1956", "1956-11-13"),
    ("11/13/1956", "1956-11-13"),
    ("11/11/1956", "1956-11-11"),
    ("1956/11/03", "1956-11-03"),
    ("October 2016", "2016-10"),
    ("in 1956", "1956"),
    ("the year 1956", "1956"),
    ("fall of 1973", "1973-23"),
    ("during the spring of 1973", "1973-21"),
    ("the 1980s", "198X"),
    ("1980's", "198X"),
    ("c. 1985", "1985~"),
    ("circa March 1985", "1985-03~"),
    ("1985 (?)", "1985?"),
    ("perhaps about 1985", "1985%"),
    ("some month in 1973", "1973-XX"),
    ("some day in March 1973", "1973-03-XX"),
    # A time in which it lies
    ("late 1980s", "[1986..1989]"),
    ("in the late 1980s", "[1986..1989]"),
    ("between 1976 and 1981", "[1976..1981]"),
    ("some time between March and May 1973", "[1973-03..1973-05]"),
    ("between 3 and 7 March 1973", "[1973-03-03..1973-03-07]"),
    ("by October 2016", "[..2016-10]"),
    ("before 2016", "[..2016]"),
    ("no later than 3 Nov 1956", "[..1956-11-03]"),
    ("1990 or earlier", "[..1990]"),
    ("after 1990", "[1990..]"),
    ("not before 1990", "[1990..]"),
    ("1990 or later", "[1990..]"),
    # One of several
    ("1979 or 1980", "[1979,1980]"),
    ("either 1979 or 1980", "[1979,1980]"),
    ("1979, 1980 or 1981", "[1979,1980,1981]"),
    ("3 or 4 March 1973", "[1973-03-03,1973-03-04]"),
    ("March or April 1973", "[1973-03,1973-04]"),
    ("29 February 1972 or 1973", "[1972-02-29,1973]"),
    ("by 1979, or 1981", "[..1979,1981]"),
    # What lasted
    ("from 1973 to 1976", "1973/1976"),
    ("1 to 7 March 1973", "1973-03-01/1973-03-07"),
    ("28 March until 7 April 1973", "1973-03-28/1973-04-07"),
    ("since the 1980s", "198X/.."),
    ("until 1990", "/1990"),
]
ASKS = [
    ("3/11/1956", "Write the year first, “1956-11-03” or “1956-03-11”: which is the day and which the month cannot"),
    ("03.04.2016", "Write the year first, “2016-04-03” or “2016-03-04”: which is the day and which the month cannot"),
    ("3 Nov 56", "Write the month as a number after the year:"),
    ("1973-1976", "Write “1973/1976” for a span, “[1973..1976]” for one occasion in it."),
    ("1900s", "Write “190X” for the ten years from 1900, “19XX” for the hundred."),
    ("the 2000s", "Write “200X” for the ten years from 2000, “20XX” for the hundred."),
    ("3 March 1973 or 1974", "It may mean “[1973-03-03,1974]” or “[1973-03-03,1974-03-03]”: write the one that is"),
    ("about 1979 or 1980", "It may mean “[1979~,1980]” or “[1979~,1980~]”: write the one that is meant."),
    ("1900s (1900 to 2099)", "It is in no form known here"),
    ("about the 1900s", "Write “190X” for the ten years from 1900, “19XX” for the hundred."),
    ("early 1980s", "Write “198X”: early, middle and end have no form of their own."),
    ("196008", "Write hyphens between year, month and day: “1960-08”."),
    ("3 4 1973", "Write the year first, “1973-04-03” or “1973-03-04”: which is the day and which the month cannot"),
    ("31 April 1973", "April 1973 has 30 days."),
    ("by 31 April 1973", "April 1973 has 30 days."),
    ("1974 and 1975", "All of several dates are several records; for one of several write “[1974,1975]”."),
    ("1985 to 1979", "It ends before it starts."),
    ("from 1 March", "Write the month as a number after the year:"),
    ("some decade", "It is in no form known here"),
    ("last year", "It is in no form known here"),
    ("1979 " * 50, "It is in no form known here"),
]


@pytest.mark.parametrize(("text", "form"), READ, ids=[text for text, _ in READ])
def test_plain_words_are_read(text: str, form: str) -> None:
    read = read_date(text)
    assert (read, type(read)) == (form, FuzzyDate)


@pytest.mark.parametrize(("text", "hint"), ASKS, ids=[text[:20] for text, _ in ASKS])
def test_ambiguous_and_unreadable_texts_are_asked_about(text: str, hint: str) -> None:
    with pytest.raises(FuzzyDateError) as refusal:
        read_date(text)
    assert refusal.value.hint.startswith(hint)


@pytest.mark.parametrize("text", [each[0] for each in SPECIMENS if each[0] != "[1979~,1980]"])
def test_words_of_every_specimen_are_read_as_the_same_date(text: str) -> None:
    assert read_date(text) == text
    assert read_date(FuzzyDate(text).spoken) == text


@settings(max_examples=300, deadline=None)
@given(text=DATES.filter(is_date))
def test_words_that_we_write_are_read_as_the_same_date_or_ask(text: str) -> None:
    date = FuzzyDate(text)
    try:
        read = read_date(date.spoken)
    except TypedDateError:
        # A decade that may be a century, and a year after what is more exact or less sure.
        assert "00s" in date.spoken or re.search(r",\d{4}\]$", text)
        return
    assert (read.spoken, read.earliest, read.latest) == (date.spoken, date.earliest, date.latest)


@settings(max_examples=300, deadline=None)
@given(text=slips())
def test_whatever_is_typed_is_read_or_refused_in_words(text: str) -> None:
    try:
        read = read_date(text)
    except FuzzyDateError as error:
        assert str(error)
    else:
        assume(read != text.strip())
        assert is_date(read)
