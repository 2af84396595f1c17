"""Days in queries."""

from datetime import date

import pytest

from relations.search.days import Days, days_in


def whole(days: str, part: str) -> str:
    """The words for days of which a query names only a part."""
    return f"{days} (the whole of it: “{part}” has no exact days)"


@pytest.mark.parametrize(
    ("query", "left", "first", "last", "told"),
    [
        ("october 1973", "", "1973-10-01", "1973-10-31", "in October 1973"),
        ("Egypt Oct 1973 war", "Egypt war", "1973-10-01", "1973-10-31", "in October 1973"),
        ("6 October 1973", "", "1973-10-06", "1973-10-06", "on 6 October 1973"),
        ("October 6, 1973", "", "1973-10-06", "1973-10-06", "on 6 October 1973"),
        ("What happened on 6 October 1973?", "What happened", "1973-10-06", "1973-10-06", "on 6 October 1973"),
        ("1973-10", "", "1973-10-01", "1973-10-31", "in October 1973"),
        ("in October of 1973", "", "1973-10-01", "1973-10-31", "in October 1973"),
        ("the 6th of October 1973", "", "1973-10-06", "1973-10-06", "on 6 October 1973"),
        ("October 1973 Orascom", "Orascom", "1973-10-01", "1973-10-31", "in October 1973"),
        ("2000 rifles since 2000", "2000 rifles", "2000-01-01", None, "since 2000"),
        ("between 1800 and 2099", "", "1800-01-01", "2099-12-31", "from 1800 to 2099"),
        ("loans in the 1970s and 1980s", "loans", "1970-01-01", "1989-12-31", "from the 1970s to the 1980s"),
        ("the 1970s and the 1980s", "", "1970-01-01", "1989-12-31", "from the 1970s to the 1980s"),
        ("the 1960s and the 1980s", "and the 1980s", "1960-01-01", "1969-12-31", "in the 1960s"),
        ("missiles in the 1970s", "missiles", "1970-01-01", "1979-12-31", "in the 1970s"),
        ("Raketen in den 1970er Jahren", "Raketen", "1970-01-01", "1979-12-31", "in the 1970s"),
        ("missiles dans les années 1970", "missiles", "1970-01-01", "1979-12-31", "in the 1970s"),
        ("early 1970s", "", "1970-01-01", "1979-12-31", whole("in the 1970s", "early")),
        ("the mid-1970s", "", "1970-01-01", "1979-12-31", whole("in the 1970s", "mid")),
        (
            "in the first half of the 1960s",
            "",
            "1960-01-01",
            "1969-12-31",
            whole("in the 1960s", "first half"),
        ),
        (
            "at the end of the 1960s",
            "",
            "1960-01-01",
            "1969-12-31",
            whole("in the 1960s", "end"),
        ),
        ("early 1973", "", "1973-01-01", "1973-12-31", whole("in 1973", "early")),
        ("Mid-1979", "", "1979-01-01", "1979-12-31", whole("in 1979", "mid")),
        (
            "since late Oct. 1973",
            "",
            "1973-10-01",
            None,
            whole("since October 1973", "late"),
        ),
        ("the 80s", "", "1980-01-01", "1989-12-31", "in the 1980s"),
        ("’70s and ’80s", "", "1970-01-01", "1989-12-31", "from the 1970s to the 1980s"),
        *(
            (f"in the {name}", "", f"19{number}0-01-01", f"19{number}9-12-31", f"in the 19{number}0s")
            for number, name in enumerate(
                ("thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"), 3
            )
        ),
        ("summer 1974", "", "1974-01-01", "1974-12-31", "in summer 1974 (any time from 1 January to 31 December 1974)"),
        ("c. 1975", "", "1974-01-01", "1976-12-31", "about 1975 (any time from 1 January 1974 to 31 December 1976)"),
        ("around May 1975", "", "1975-04-01", "1975-06-30", "about May 1975 (any time from 1 April to 30 June 1975)"),
        ("since about 1975", "", "1974-01-01", None, "since about 1975 (any time since 1 January 1974)"),
        ("from 1974 onwards", "", "1974-01-01", None, "since 1974"),
        ("since May 1974, on", "", "1974-05-01", None, "since May 1974"),
        ("before late 1973", "", None, "1973-12-31", whole("until 1973", "late")),
        ("after early 1973", "", "1973-01-01", None, whole("since 1973", "early")),
        ("before about 1975", "", None, "1976-12-31", "until about 1975 (any time up to 31 December 1976)"),
        ("pre-1980", "", None, "1979-12-31", "before 1980"),
        ("prior to 1980", "", None, "1979-12-31", "before 1980"),
        ("post 1980", "", "1981-01-01", None, "after 1980"),
        ("im Oktober 1973", "im", "1973-10-01", "1973-10-31", "in October 1973"),
        ("6. März 1973", "", "1973-03-06", "1973-03-06", "on 6 March 1973"),
        ("6 de octubre de 1973", "", "1973-10-06", "1973-10-06", "on 6 October 1973"),
        ("6 fevrier 1973", "", "1973-02-06", "1973-02-06", "on 6 February 1973"),
        ("6 октября 1973", "", "1973-10-06", "1973-10-06", "on 6 October 1973"),
        ("أكتوبر ١٩٧٣", "", "1973-10-01", "1973-10-31", "in October 1973"),
        ("埃及1973年10月6日", "埃及", "1973-10-06", "1973-10-06", "on 6 October 1973"),
        ("1973년 3월에", "", "1973-03-01", "1973-03-31", "in March 1973"),
        ("late 1980s", "", "1986-01-01", "1989-12-31", "from 1986 to 1989"),
        ("between 1973 and 1975", "", "1973-01-01", "1975-12-31", "from 1973 to 1975"),
        ("from 1973 to 1975 pilots", "pilots", "1973-01-01", "1975-12-31", "from 1973 to 1975"),
        ("1973–1976", "", "1973-01-01", "1976-12-31", "from 1973 to 1976"),
        ("1973..1976", "", "1973-01-01", "1976-12-31", "from 1973 to 1976"),
        ("Egypt 1973…1976", "Egypt", "1973-01-01", "1976-12-31", "from 1973 to 1976"),
        ("1973/74", "", "1973-01-01", "1974-12-31", "from 1973 to 1974"),
        ("before 1980", "", None, "1979-12-31", "before 1980"),
        ("before October 1973", "", None, "1973-09-30", "before October 1973"),
        ("until 1980", "", None, "1980-12-31", "until 1980"),
        ("since 2000", "", "2000-01-01", None, "since 2000"),
        ("after 2000", "", "2001-01-01", None, "after 2000"),
        ("after the 1990s", "", "2000-01-01", None, "after the 1990s"),
    ],
)
def test_days_of_a_query_are_parsed_and_shown(query: str, left: str, first: str, last: str, told: str) -> None:
    words, days = days_in(query)

    ends = [date.fromisoformat(day) if day else None for day in (first, last)]
    assert (words.split(), days) == (left.split(), Days(*ends, told))


@pytest.mark.parametrize(
    "query",
    [
        "1973",
        "in 1973",
        "pilots in the 1973 war",
        "1967 or October 1973",
        "5/6/1973",  # ambiguous
        '"october 1973"',
        "Syria -1973",
        "resolution 1718",
        "resolutions 1718 to 1874",
        "resolution 1718/2006",
        "between 1799 and 2000 workers",
        "between 2000 and 2100 workers",
        "from 3000 to 5000 rifles",
        "October 1973 or 1974",
        "perhaps 1973",
        "the 20s",  # the century is ambiguous
        "listopad 1973",  # October in one language, November in another
        "5 October 1973 or later",
        "R-17 1990",
        "1973er Jahre",
        "31 February 1973",
        "before 0001",
        "october",
        "since when",
        "",
    ],
)
def test_a_year_alone_and_what_is_no_one_time_stay_words(query: str) -> None:
    assert days_in(query) == (query, None)
