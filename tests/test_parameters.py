"""The day of a query in every notation, and refusals."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from relations.hints import MONTH_NAMES
from relations.parameters import DayField

NOTATIONS: list[Callable[[date], str]] = [
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}.{day.month:02}.{day.day:02}",
    lambda day: f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}",
    lambda day: f"{MONTH_NAMES[day.month - 1][:3].upper()} {day.day}, {day.year}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: day.isoformat().replace("-", "–"),
]


@given(day=st.dates(date(1000, 1, 1), date(2099, 12, 31)), notation=st.sampled_from(NOTATIONS))
def test_a_day_is_itself_in_whichever_notation(day: date, notation: Callable[[date], str]) -> None:
    assert DayField("On").clean(notation(day)) == day


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("1962-01-01", date(1962, 1, 1), "1 January 1962"),
        ("26.11.2026", date(2026, 11, 26), "26 November 2026"),
        *((text, date(1964, 1, 1), "1 January 1964") for text in ("1.1.1964", "01.1.1964", "01/01/1964")),
        ("10-10-1964", date(1964, 10, 10), "10 October 1964"),
        ("3 May 1974", date(1974, 5, 3), "3 May 1974"),
        ("2018", date(2018, 12, 31), "31 December 2018, the last day of 2018"),
        ("2016-02", date(2016, 2, 29), "29 February 2016, the last day of February 2016"),
        ("Feb 2018", date(2018, 2, 28), "28 February 2018, the last day of February 2018"),
        (" 5/2018 ", date(2018, 5, 31), "31 May 2018, the last day of May 2018"),
        ("٢٠١٨", date(2018, 12, 31), "31 December 2018, the last day of 2018"),
        ("0001-01-01", date(1, 1, 1), "1 January AD 1"),
    ],
)
def test_what_is_understood_is_said(text: str, day: date, words: str) -> None:
    field = DayField("On")
    assert (field.clean(text), field.in_words(text)) == (day, words)


def test_today_is_the_day_in_utc(monkeypatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 11, 27))
    field = DayField("On")
    assert (field.clean(" Today "), field.in_words("today")) == (date(2026, 11, 27), "27 November 2026")
    assert field.clean("") is None


CANNOT_BE_TOLD = "which is the day and which the month cannot be told."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("03.04.2016", f"Write the year first, “2016-04-03” or “2016-03-04”: {CANNOT_BE_TOLD}"),
        ("30.2.1962", "February 1962 has 28 days."),
        ("1962-13-01", "There is no month 13."),
        ("0000", "Years run from 0001 to 9999; there was no year 0."),
        # Less exact than a day, a month or a year, or not understood: nothing is guessed.
        *((text, "") for text in ("1970s", "199X", "1962-21", "spring 1962", "c. 1962", "1962?", "early 1990")),
        *((text, "") for text in ("1962-XX", "1962-01-XX", "1962/1966", "yesterday", "62", "1962-W01", "3 May")),
        ("010.10.1964", ""),
    ],
)
def test_a_day_that_cannot_be_told_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValidationError) as refused:
        DayField("On").clean(text)
    words = f"“{text}” is not a day such as 1962-01-01, 3 May 1974 or 26.11.2026, a month, a year or today."
    assert refused.value.messages == [f"{words} {reason}".strip()]
