"""The fuzzy date: the meaning of each form, refusals with reasons, and that Python, PostgreSQL and `edtf` agree."""

from collections.abc import Callable
from datetime import date
from time import struct_time

import pytest
from django.db import DataError, connection, transaction
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from relations.dates import EXAMPLES, FuzzyDate, FuzzyDateError
from tests.database import value_of
from tests.test_hints import SLIPS

SPECIMENS = [
    # Level 0 and unspecified digits
    ("1963-08-24", "1963-08-24", "1963-08-24", "day", "24 August 1963"),
    ("2017-09", "2017-09-01", "2017-09-30", "month", "September 2017"),
    ("2004-02", "2004-02-01", "2004-02-29", "month", "February 2004"),
    ("1900-02", "1900-02-01", "1900-02-28", "month", "February 1900"),
    ("9999-12", "9999-12-01", "9999-12-31", "month", "December 9999"),
    ("2000-02-29", "2000-02-29", "2000-02-29", "day", "29 February 2000"),
    ("1974", "1974-01-01", "1974-12-31", "year", "1974"),
    ("0622", "0622-01-01", "0622-12-31", "year", "AD 622"),
    ("199X", "1990-01-01", "1999-12-31", "decade", "the 1990s"),
    ("19XX", "1900-01-01", "1999-12-31", "century", "the 1900s (1900 to 1999)"),
    ("1979-XX", "1979-01-01", "1979-12-31", "month", "some month in 1979"),
    ("1979-XX-XX", "1979-01-01", "1979-12-31", "day", "some day in 1979"),
    ("1979-02-XX", "1979-02-01", "1979-02-28", "day", "some day in February 1979"),
    # Seasons: neither hemisphere is stated
    ("1979-21", "1979-01-01", "1979-12-31", "season", "spring 1979"),
    ("1979-22", "1979-01-01", "1979-12-31", "season", "summer 1979"),
    ("1979-23", "1979-01-01", "1979-12-31", "season", "autumn 1979"),
    ("1979-24", "1979-01-01", "1980-03-20", "season", "winter 1979"),
    ("9999-24", "9999-01-01", "9999-12-31", "season", "winter 9999"),
    # Qualifiers: "about" widens by one unit of the precision, doubt does not
    ("2010~", "2009-01-01", "2011-12-31", "year", "about 2010"),
    ("2010?", "2010-01-01", "2010-12-31", "year", "perhaps 2010"),
    ("2010%", "2009-01-01", "2011-12-31", "year", "perhaps about 2010"),
    ("1979-01~", "1978-12-01", "1979-02-28", "month", "about January 1979"),
    ("1979-XX~", "1978-12-01", "1980-01-31", "month", "about some month in 1979"),
    ("1980-02-29~", "1980-02-28", "1980-03-01", "day", "about 29 February 1980"),
    ("1979-02-XX~", "1979-01-31", "1979-03-01", "day", "about some day in February 1979"),
    ("198X~", "1970-01-01", "1999-12-31", "decade", "about the 1980s"),
    ("19XX~", "1800-01-01", "2099-12-31", "century", "about the 1900s (1900 to 1999)"),
    ("1979-24~", "1978-10-01", "1980-06-20", "season", "about winter 1979"),
    ("0001~", "0001-01-01", "0002-12-31", "year", "about AD 1"),
    ("0001-01-01~", "0001-01-01", "0001-01-02", "day", "about 1 January AD 1"),
    ("9999~", "9998-01-01", "9999-12-31", "year", "about 9999"),
    ("9999-12-31~", "9999-12-30", "9999-12-31", "day", "about 31 December 9999"),
    ("9999-11~", "9999-10-01", "9999-12-31", "month", "about November 9999"),
    ("9998-24~", "9997-10-01", "9999-06-20", "season", "about winter 9998"),
    # Spans
    ("1962/1966", "1962-01-01", "1966-12-31", "year", "1962 to 1966"),
    ("1979/1979", "1979-01-01", "1979-12-31", "year", "within 1979"),
    ("1973-03-01/1973-03-07", "1973-03-01", "1973-03-07", "day", "1 to 7 March 1973"),
    ("1973-03-28/1973-04-07", "1973-03-28", "1973-04-07", "day", "28 March to 7 April 1973"),
    ("1973-12-28/1974-01-07", "1973-12-28", "1974-01-07", "day", "28 December 1973 to 7 January 1974"),
    ("1973-03/1973-05", "1973-03-01", "1973-05-31", "month", "March to May 1973"),
    ("1973-03/1974", "1973-03-01", "1974-12-31", "year", "March 1973 to 1974"),
    ("1973-03~/1973-05", "1973-02-01", "1973-05-31", "month", "about March 1973 to May 1973"),
    ("1986~/1989~", "1985-01-01", "1990-12-31", "year", "about 1986 to about 1989"),
    ("1979/1979-05", "1979-01-01", "1979-05-31", "year", "1979 to May 1979"),
    ("1979-05/1979", "1979-05-01", "1979-12-31", "year", "May 1979 to 1979"),
    ("199X/2003", "1990-01-01", "2003-12-31", "decade", "the 1990s to 2003"),
    ("1988/..", "1988-01-01", None, "year", "since 1988"),
    ("1966~/..", "1965-01-01", None, "year", "since about 1966"),
    ("1966~/", "1965-01-01", None, "year", "from about 1966"),
    ("/2016-10", None, "2016-10-31", "month", "until October 2016"),
    ("../2016-10", None, "2016-10-31", "month", "up to October 2016"),
    # One of several
    ("[1979,1980]", "1979-01-01", "1980-12-31", "year", "1979 or 1980"),
    ("[1980,1979]", "1979-01-01", "1980-12-31", "year", "1980 or 1979"),
    ("[1979~,1980]", "1978-01-01", "1980-12-31", "year", "about 1979 or 1980"),
    ("[1979,1980-05,1982?]", "1979-01-01", "1982-12-31", "year", "1979, May 1980 or perhaps 1982"),
    ("[1986..1989]", "1986-01-01", "1989-12-31", "year", "some time from 1986 to 1989"),
    ("[1973-03-01..1973-03-07]", "1973-03-01", "1973-03-07", "day", "some time from 1 to 7 March 1973"),
    ("[1967,1970..1972]", "1967-01-01", "1972-12-31", "year", "1967, or some time from 1970 to 1972"),
    ("[..2016-10]", None, "2016-10-31", "month", "by October 2016"),
    ("[1988..]", "1988-01-01", None, "year", "1988 or later"),
    ("[..1979,1981]", None, "1981-12-31", "year", "by 1979, or 1981"),
    ("[1979,1981..]", "1979-01-01", None, "year", "1979, or 1981 or later"),
]

NO_FORM = "It is in no form known here: no words, no spaces, years with four digits."
NO_YEAR_0 = "Years run from 0001 to 9999; there was no year 0."
OPEN_BETWEEN = "A set may be open before its first or after its last date, not in between."
NEITHER = "It needs a start or an end. Where neither is known, leave the date empty."

# What no slip explains; those that one does are in tests/test_hints.py.
REFUSED = [
    ("0000", NO_YEAR_0),
    ("000X", NO_YEAR_0),
    ("00XX", NO_YEAR_0),
    ("1979-13", "There is no month 13."),
    ("1979-20", "There is no month 20."),
    ("1979-21-01", "There is no month 21."),
    ("1979-80/1985", "There is no month 80."),
    ("2003-02-29", "February 2003 has 28 days."),
    ("1900-02-29", "February 1900 has 28 days."),
    ("1979-04-31", "April 1979 has 30 days."),
    ("1985/1979", "It ends before it starts."),
    ("[1989..1986]", "It ends before it starts."),
    ("[..1979,1981..]", NEITHER),
    ("[1979..,1981]", OPEN_BETWEEN),
    ("[1979,..1981]", OPEN_BETWEEN),
    ("some decade", NO_FORM),
    ("1979-XX-05", NO_FORM),
    ("1979-1X", NO_FORM),
    ("19X5", NO_FORM),
    ("1XXX", NO_FORM),
    ("199X-05", NO_FORM),
    ("156u-12-25", NO_FORM),
    ("1979/1980/1981", NO_FORM),
    ("[1979,1980]/1985", NO_FORM),
    ("[1979...1981]", NO_FORM),
    ("1979\n1980", NO_FORM),
]


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "spoken"), SPECIMENS, ids=[s[0] for s in SPECIMENS]
)
def test_specimen_has_bounds_precision_and_words(
    text: str, earliest: str | None, latest: str | None, precision: str, spoken: str
) -> None:
    fuzzy = FuzzyDate(text)

    assert (_iso(fuzzy.earliest), _iso(fuzzy.latest)) == (earliest, latest)
    assert fuzzy.precision == precision
    assert fuzzy.spoken == spoken


@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=[repr(text) for text, _ in REFUSED])
def test_refusal_names_the_value_the_reason_and_what_is_allowed(text: str, reason: str) -> None:
    with pytest.raises(FuzzyDateError) as refusal:
        FuzzyDate(text)

    assert str(refusal.value) == f"“{text}” is not a date. {reason} Allowed are, for example: {EXAMPLES}."
    assert (refusal.value.value, refusal.value.hint) == (text, reason)


def test_refusal_cuts_a_long_value() -> None:
    with pytest.raises(FuzzyDateError) as refusal:
        FuzzyDate("9" * 1000)

    assert str(refusal.value).startswith(f"“{'9' * 59}…” is not a date.")


@pytest.mark.parametrize("text", EXAMPLES.split(", "))
def test_every_example_in_the_messages_is_a_date(text: str) -> None:
    assert FuzzyDate(text) == text


def test_string_is_kept_but_for_the_space_around_it() -> None:
    fuzzy = FuzzyDate("\t [1979,1980~] \n")

    assert fuzzy == "[1979,1980~]"
    assert str(fuzzy) == "[1979,1980~]"
    assert type(str(fuzzy)) is str


@pytest.mark.parametrize(
    ("text", "is_interval"),
    [
        ("1979", False),
        ("1979/1980~", True),
        ("1979?/..", True),
        ("[1979,1980]", False),
        ("[..1980%]", False),
    ],
)
def test_a_span_is_told_from_a_date_and_from_one_of_several(text: str, is_interval: bool) -> None:
    assert FuzzyDate(text).is_interval == is_interval


# PostgreSQL says the same


Bounds = tuple[date | None, date | None]


@pytest.fixture
def sql_bounds(db: None) -> Callable[[str | None], Bounds | None]:
    """The bounds computed by PostgreSQL, or None if it refuses the date."""

    def bounds(text: str | None) -> Bounds | None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT public.edtf_bound(%s, false), public.edtf_bound(%s, true)", [text, text])
                return cursor.fetchone()
        except DataError as error:
            assert error.__cause__.sqlstate == "22007"
            assert error.__cause__.diag.message_primary == f'"{text}" is not a date'
            return None

    return bounds


def _python_bounds(text: str) -> Bounds | None:
    try:
        fuzzy = FuzzyDate(text)
    except FuzzyDateError:
        return None
    return fuzzy.earliest, fuzzy.latest


@st.composite
def units(draw: st.DrawFn) -> str:
    """An EDTF date, mostly valid, often at an edge of the calendar."""
    year = draw(st.sampled_from(["0001", "0009", "1900", "1979", "2000", "2003", "9998", "9999", "0000"]))
    month = draw(st.sampled_from(["01", "02", "04", "11", "12", "21", "24", "XX", "00", "13", "25"]))
    day = draw(st.sampled_from(["01", "28", "29", "30", "31", "XX", "00", "32"]))
    body = draw(
        st.sampled_from([year, f"{year[:3]}X", f"{year[:2]}XX", f"{year}-{month}", f"{year}-{month}-{day}"])
        | st.dates().map(str)
    )
    return body + draw(st.sampled_from(["", "", "~", "?", "%"]))


ENDS = units() | st.sampled_from(["", ".."])
MEMBERS = units() | st.tuples(units(), units()).map("..".join) | units().map("..{}".format) | units().map("{}..".format)
DATES = (
    units()
    | st.tuples(ENDS, ENDS).map("/".join)
    | st.lists(MEMBERS, min_size=1, max_size=3).map(lambda members: f"[{','.join(members)}]")
)


@st.composite
def slips(draw: st.DrawFn) -> str:
    """A date with one character removed, added or replaced."""
    text = draw(DATES)
    at = draw(st.integers(0, len(text)))
    character = draw(st.sampled_from(["", *"0129X?~%-/.[],{} \n–٣é"]))
    return text[:at] + character + text[at + draw(st.integers(0, 1)) :]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=DATES | slips())
def test_postgresql_and_python_agree_on_what_is_a_date_and_on_its_bounds(sql_bounds: Callable, text: str) -> None:
    text = text.strip()
    assume(text)

    assert sql_bounds(text) == _python_bounds(text)


def test_postgresql_has_the_bounds_of_every_specimen(sql_bounds: Callable) -> None:
    found = [(text, *map(_iso, sql_bounds(text))) for text, *_ in SPECIMENS]

    assert found == [(text, earliest, latest) for text, earliest, latest, *_ in SPECIMENS]


def test_postgresql_refuses_every_refused_string(sql_bounds: Callable) -> None:
    accepted = [text for text, _ in REFUSED + SLIPS if sql_bounds(text) is not None]

    assert accepted == []


@pytest.mark.parametrize("text", [" 1979", "1979 ", "1979\n", "1979/\n"])
def test_postgresql_takes_no_space_around_a_date(sql_bounds: Callable, text: str) -> None:
    assert sql_bounds(text) is None


def test_empty_string_and_null_have_no_bounds_in_postgresql(sql_bounds: Callable) -> None:
    assert sql_bounds("") == (None, None)
    assert sql_bounds(None) == (None, None)


# The `edtf` library as an oracle

DAYS = st.dates(min_value=date(10, 1, 1)).map(date.isoformat)
MONTHS = DAYS.map(lambda day: day[:7])
YEARS = DAYS.map(lambda day: day[:4])
DECADES = DAYS.map(lambda day: f"{day[:3]}X")
PLAIN = DAYS | MONTHS | YEARS
EXACT_DATES = st.one_of(
    PLAIN | DECADES,
    st.tuples(PLAIN | DECADES, PLAIN | DECADES).map("/".join),
    PLAIN.map("{}/..".format),
    PLAIN.map("../{}".format),
    st.lists(PLAIN | DECADES, min_size=2, max_size=4).map(lambda members: f"[{','.join(members)}]"),
    st.one_of(*(st.tuples(ends, ends).map("[{0[0]}..{0[1]}]".format) for ends in (DAYS, MONTHS, YEARS))),
    PLAIN.map("[..{}]".format),
    PLAIN.map("[{}..]".format),
)
ABOUT_YEARS = st.dates(date(2, 1, 1), date(9998, 1, 1)).map(lambda day: f"{day.isoformat()[:4]}~")
ABOUT_DECADES = st.dates(date(20, 1, 1), date(9989, 1, 1)).map(lambda day: f"{day.isoformat()[:3]}X~")
ABOUT_DATES = st.one_of(
    ABOUT_YEARS,
    ABOUT_DECADES,
    st.tuples(ABOUT_YEARS, ABOUT_YEARS | st.just("..")).map("/".join),
)


def _oracle(text: str, reading: str = "strict") -> tuple[str | None, str | None]:
    parsed = parse_edtf(text)
    bounds = getattr(parsed, f"lower_{reading}")(), getattr(parsed, f"upper_{reading}")()
    # There, an open end is an infinite float.
    return tuple("{:04}-{:02}-{:02}".format(*day[:3]) if isinstance(day, struct_time) else None for day in bounds)


def _ours(text: str) -> tuple[str | None, str | None]:
    fuzzy = FuzzyDate(text)
    return _iso(fuzzy.earliest), _iso(fuzzy.latest)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@settings(max_examples=100, deadline=None)
@given(text=EXACT_DATES)
def test_bounds_are_those_of_the_oracle(text: str) -> None:
    assume(_python_bounds(text) is not None)  # edtf takes dates that end before they start, see below

    assert _ours(text) == _oracle(text)


@settings(max_examples=50, deadline=None)
@given(text=ABOUT_DATES)
def test_about_widens_years_and_decades_as_the_oracle_does(text: str) -> None:
    assume(_python_bounds(text) is not None)

    assert _ours(text) == _oracle(text, "fuzzy")


@pytest.mark.parametrize("text", ["2003-02-29", "1985/1979", "0000", "000X"])
def test_fault_of_the_oracle_accepts_what_is_no_date(text: str) -> None:
    assert parse_edtf(text)
    with pytest.raises(FuzzyDateError):
        FuzzyDate(text)


@pytest.mark.parametrize(
    "text",
    [
        "1979-21~",
        "197X/..",
        "[1979..1981~]",
        "[1979-24,1981]",
        "[197X..1981]",
        "[1979-05-07..1979-06]",  # of different precision
    ],
)
def test_fault_of_the_oracle_refuses_what_is_a_date(text: str) -> None:
    with pytest.raises(EDTFParseException):
        parse_edtf(text)
    assert FuzzyDate(text) == text


@pytest.mark.parametrize(
    ("text", "broken", "ours"),
    [
        ("1979-XX/1980", AttributeError, ("1979-01-01", "1980-12-31")),
        ("[1979-XX,1980]", AttributeError, ("1979-01-01", "1980-12-31")),
        ("../197X", TypeError, (None, "1979-12-31")),
    ],
)
def test_fault_of_the_oracle_breaks_on_unspecified_digits(text: str, broken: type[Exception], ours: tuple) -> None:
    with pytest.raises(broken):
        parse_edtf(text)
    assert _ours(text) == ours


@pytest.mark.parametrize(
    ("text", "oracle", "ours"),
    [
        # An unknown end is invented.
        ("/2010", ("2000-12-31", "2010-12-31"), (None, "2010-12-31")),
        ("2010/", ("2010-01-01", "2020-01-01"), ("2010-01-01", None)),
        # Seasons are northern months, and a winter ends with its year.
        ("1979-21", ("1979-03-01", "1979-05-31"), ("1979-01-01", "1979-12-31")),
        ("1979-24", ("1979-12-01", "1979-12-31"), ("1979-01-01", "1980-03-20")),
    ],
)
def test_fault_of_the_oracle_in_strict_bounds(text: str, oracle: tuple, ours: tuple) -> None:
    assert _oracle(text) == oracle
    assert _ours(text) == ours


@pytest.mark.parametrize(
    ("text", "oracle", "ours"),
    [
        # "About" a month or a day widens by a year and a month as well.
        ("1986-05~", ("1985-04-01", "1987-06-30"), ("1986-04-01", "1986-06-30")),
        ("1986-05-07~", ("1985-04-06", "1987-06-08"), ("1986-05-06", "1986-05-08")),
        # Doubt widens as "about" does, and both together twice.
        ("1986?", ("1985-01-01", "1987-12-31"), ("1986-01-01", "1986-12-31")),
        ("1986%", ("1984-01-01", "1988-12-31"), ("1985-01-01", "1987-12-31")),
        # "About" is lost inside sets.
        ("[1979~,1980]", ("1979-01-01", "1980-12-31"), ("1978-01-01", "1980-12-31")),
        # The calendar is left.
        ("0001~", ("0000-01-01", "0002-12-31"), ("0001-01-01", "0002-12-31")),
        ("9999~", ("9998-01-01", "10000-12-31"), ("9998-01-01", "9999-12-31")),
    ],
)
def test_fault_of_the_oracle_in_fuzzy_bounds(text: str, oracle: tuple, ours: tuple) -> None:
    assert _oracle(text, "fuzzy") == oracle
    assert _ours(text) == ours


def test_fault_of_the_oracle_prints_a_set_differently() -> None:
    assert str(parse_edtf("[1979,1980]")) == "[1979, 1980]"
    assert str(FuzzyDate("[1979,1980]")) == "[1979,1980]"


# period_core(), textrange, and where all functions must work


@pytest.mark.parametrize(
    ("began", "ended_earliest", "day", "is_covered"),
    [
        (("1963-08-24", "1963-08-24"), "1963-08-27", "1963-08-23", False),
        (("1963-08-24", "1963-08-24"), "1963-08-27", "1963-08-24", True),
        (("1963-08-01", "1963-08-24"), "1963-08-27", "1963-08-23", False),
        (("1963-08-01", "1963-08-24"), "1963-08-27", "1963-08-26", True),
        (("1963-08-24", "1963-08-24"), "1963-08-27", "1963-08-27", False),
        (("1963-08-24", "1963-08-24"), "1963-08-24", "1963-08-24", False),
        (("1963-01-01", "1963-12-31"), "1963-01-01", "1963-06-01", False),
        ((None, None), "1963-08-27", "1963-08-26", False),
        ((None, "1963-08-24"), "1963-08-27", "1963-08-26", True),
        # Where no end is known, the day on which it certainly began, and no other.
        (("1963-08-24", "1963-08-24"), None, "1963-08-24", True),
        (("1963-08-24", "1963-08-24"), None, "1963-08-25", False),
        (("1963-08-24", "1963-08-24"), None, "1963-08-23", False),
        (("1963-08-23", "1963-08-24"), None, "1963-08-24", False),
        ((None, "1963-08-24"), None, "1963-08-24", False),
        ((None, None), None, "1963-08-24", False),
    ],
)
def test_period_core_covers_the_days_that_are_certain(
    db: None, began: tuple[str | None, str | None], ended_earliest: str | None, day: str, is_covered: bool
) -> None:
    sql = "SELECT public.period_core(%s::date, %s::date, %s::date) @> %s::date"

    assert value_of(sql, *began, ended_earliest, day) is is_covered


def test_textrange_compares_text_for_equality(db: None) -> None:
    assert value_of("SELECT public.textrange('EGY', 'EGY', '[]') && public.textrange('EGY', 'EGY', '[]')") is True
    assert value_of("SELECT public.textrange('EGY', 'EGY', '[]') && public.textrange('PRK', 'PRK', '[]')") is False


def test_functions_work_without_a_search_path_as_under_pg_restore(db: None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path = ''")
        cursor.execute(
            "SELECT public.edtf_bound('[1979~..1981]', false), public.fold('É'), public.words('É-É'),"
            " public.sought('É-É')::text,"
            " public.period_core('1979-01-01', '1979-01-01', '1979-01-02') = '[1979-01-01,1979-01-02)',"
            " public.is_line('Éire'), public.is_prose('Éire'), public.are_lines('{Éire}')"
        )
        assert cursor.fetchone() == (date(1978, 1, 1), "e", "e e", "'e' <-> 'e'", True, True, True, True)


def test_functions_are_immutable_and_parallel_safe(db: None) -> None:
    """The volatility of each SQL function: queries do not write; functions called by triggers do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, provolatile, proparallel, proisstrict FROM pg_proc"
            " WHERE pronamespace = 'public'::regnamespace AND prorettype <> 'trigger'::regtype"
            " AND proname !~ '^(_|text|context)' AND prokind = 'f' ORDER BY proname"
        )
        assert cursor.fetchall() == [
            ("are_lines", "i", "s", False),
            ("days_standing", "i", "s", False),
            ("edtf_bound", "i", "s", True),
            ("edtf_unit", "i", "s", True),
            ("fold", "i", "s", True),
            ("free_addresses", "v", "u", False),  # deletes them, for a batch that is taken back
            ("is_line", "i", "s", False),
            ("is_prose", "i", "s", False),
            ("keep_entries", "v", "u", False),  # writes them, for the triggers
            ("keep_entries_under", "v", "u", False),
            ("listed_under", "i", "s", False),
            ("names", "i", "s", True),
            ("names_in", "i", "s", True),
            ("period_core", "i", "s", False),  # "empty" where a bound is missing
            ("sought", "i", "s", True),
            ("sought_exactly", "i", "s", True),
            ("standing", "s", "s", False),  # reads a date from a text; were it immutable, it would not be inlined
            ("words", "i", "s", True),
            ("years", "i", "s", False),
        ]
