"""Panels: a row for every dyad, year and track, with the same answer as the page of the relation on that day."""

import csv
import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relations.exchange import panels
from relations.exchange.panels import DYAD_YEARS, Codes, dyad_years, existence
from relations.models import Relation
from relations.models.tracks import Track
from relations.status import status_on
from tests.exchange.test_missions_of_one_state import CODES, MEANS, bring_in
from tests.factories import cite, make_country, make_lifespan, make_mission, make_period, make_relation

pytestmark = pytest.mark.django_db
NAMES = [column.name for column in DYAD_YEARS]


def asked(client, path: str) -> list[dict[str, str]]:
    response = client.get(path)
    assert response.status_code == 200, response.content
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def expected(table: list[dict[str, str]], code: str, day: str) -> tuple[str, str]:
    """The verdict and the level of a day according to the table itself."""
    last = [row for row in table if CODES[row["country_code_cow"]] == code and row["date_start"] <= day][-1]
    return ("on_that_day" if day <= last["date_end"] else "ended"), MEANS[last["us_mission_status"]][0]


def test_hundred_and_fifty_dyad_years_are_those_of_the_table(client):
    rows = bring_in()
    table = asked(client, "/dyad-years.csv?track=level&from=1930&to=1959&day=07-01")
    told = {
        (next(code for code in (row["country_a"], row["country_b"]) if code != "USA"), row["as_of"]): (
            row["verdict"],
            row["value"],
        )
        for row in table
        if row["holder"] == "USA"
    }
    days = [f"{year}-07-01" for year in range(1930, 1960)]
    right = {(code, day): expected(rows, code, day) for code in CODES.values() for day in days}
    assert len(right) == 150
    assert told == right
    assert {row["certain"] == "true" for row in table if row["verdict"] != "on_that_day"} == {False}


def test_levels_and_missions_are_ranks_in_the_columns_of_the_diplomatic_exchange(client):
    bring_in()
    for code, number, others in (("USA", "2", {}), ("CUB", "40", {"valid_until": 1906}), ("EGY", "651", {})):
        make_country(code).codes.create(scheme="cow", value=number, valid_from=1900, **others)
    make_country("CUB").codes.create(scheme="cow", value="40", valid_from=1909)
    cuba = asked(client, "/diplomatic-exchange.csv?country=CUB&from=1906&to=1909&day=07-01")
    # The representative of the second, Cuba, at the first is not stated; that of the first stands in Cuba.
    assert [(row["ccode1"], row["ccode2"], row["year"], row["DR_at_1"], row["DR_at_2"], row["DE"]) for row in cuba] == [
        ("2", "40", "1906", "0", "2", "1"),
        ("2", "40", "1909", "0", "2", "1"),
    ]
    egypt = asked(client, "/diplomatic-exchange.csv?country=EGY&from=1966&to=1967&day=07-01")
    assert [row["DR_at_2"] for row in egypt] == ["3", "9"]
    # Where no level is stated the rank of the head of a mission tells it.
    for sender, receiver, more in (("EGY", "USA", {"head_rank": "minister"}), ("EGY", "CUB", {"kind": "consulate"})):
        make_mission(sender, receiver, opened_on="1950", **more)
    (row,) = asked(client, "/diplomatic-exchange.csv?country=EGY&partner=USA&from=1966&to=1966&day=07-01")
    assert (row["DR_at_1"], row["dyad_verdict_at_1"], row["DR_at_2"]) == ("2", "on_that_day", "3")
    assert asked(client, "/diplomatic-exchange.csv?country=IRN&from=1960&to=1960") == []


def test_panel_has_a_row_where_nothing_is_stated_and_one_for_each_side(client):
    make_period("recognition", "recognised", held_by=make_country("PRK"), began_on="1963-08-24")
    table = asked(client, "/dyad-years.csv?country=EGY&track=recognition&track=legal&from=1962&to=1963")
    assert [(row["year"], row["track"], row["holder"], row["value"], row["verdict"]) for row in table] == [
        ("1962", "legal", "", "", "not_stated"),
        ("1962", "recognition", "EGY", "", "not_stated"),
        ("1962", "recognition", "PRK", "", "not_stated"),
        ("1963", "legal", "", "", "not_stated"),
        ("1963", "recognition", "EGY", "", "not_stated"),
        ("1963", "recognition", "PRK", "recognised", "on_that_day"),
    ]
    assert (table[-1]["certain"], table[-1]["possible"], table[-1]["evidence"]) == ("true", "true", "1")
    assert [table[0][name] for name in ("certain", "possible", "differ", "evidence")] == [*["false"] * 3, "0"]


def test_possible_states_and_differing_sources_are_marked(client):
    make_period("legal", "established", began_on="[1960..1970]", slug="early")
    late = make_period("legal", "severed", began_on="1980", modality="disputed", slug="late")
    cite(late, stance="contradicts", value="established")  # which supports nothing
    one, two = asked(client, "/dyad-years.csv?country=EGY&track=legal&from=1965&to=1965") + asked(
        client, "/dyad-years.csv?country=EGY&track=legal&from=1985&to=1985"
    )
    assert (one["value"], one["certain"], one["possible"], one["differ"]) == ("established", "false", "true", "false")
    assert (two["value"], two["records"], two["evidence"]) == ("established; severed", "early; late", "2")
    assert (two["certain"], two["differ"], two["modality"]) == ("true", "true", "disputed")


def test_a_period_does_not_stand_as_a_mission_of_the_same_key_does(client):
    period = make_period(began_on="1975")
    make_mission("EGY", "PRK", pk=period.pk, opened_on="1960")
    (row,) = asked(client, "/dyad-years.csv?country=EGY&track=legal&from=1970&to=1970")
    assert (row["value"], row["verdict"]) == ("", "not_stated")


def test_country_years_count_the_relations_with_the_same_status(client):
    make_lifespan("PRK", "1948-09-09")
    for code in ("EGY", "IRN"):
        make_period(relation=make_relation("PRK", code), began_on="1963")
    make_period(
        "level", "ambassador", relation=make_relation("PRK", "EGY"), held_by=make_country("EGY"), began_on="1963"
    )
    table = asked(client, "/country-years.csv?country=PRK&track=legal&track=level&from=1970&to=1970")
    assert [
        (row["existence"], row["track"], row["side"], row["value"], row["relations"], row["partners"], row["evidence"])
        for row in table
    ] == [
        ("on_that_day", "legal", "mutual", "established", "2", "EGY; IRN", "2"),
        ("on_that_day", "level", "own", "", "2", "EGY; IRN", "0"),
        ("on_that_day", "level", "partner", "", "1", "IRN", "0"),
        ("on_that_day", "level", "partner", "ambassador", "1", "EGY", "1"),
    ]


@pytest.mark.parametrize(
    ("spans", "verdict"),
    [
        ([], "not_stated"),
        ([("1948", "")], "on_that_day"),
        ([("1970", "")], "possibly"),
        ([("1970-07-01", "")], "on_that_day"),
        ([("1971", "")], "did_not_exist_yet"),
        ([("1948", "1969")], "no_longer_existed"),
        ([("1948", "1970")], "possibly"),
        ([("1948", "1970-07-01")], "on_that_day"),
        ([("1948", "1960"), ("1980", "")], "did_not_exist"),
        ([("", "1980")], "possibly"),
    ],
)
def test_existence_follows_from_the_lifespans(spans, verdict):
    for first, last in spans:
        make_lifespan("YMD", first, last)
    assert existence(make_country("YMD"), date(1970, 7, 1)) == verdict


def test_numbers_are_those_of_the_year():
    country = make_country("DEU")
    country.codes.create(scheme="cow", value="255", valid_from=1816, valid_until=1945)
    country.codes.create(scheme="cow", value="255", valid_from=1990)
    codes = Codes()
    assert [codes.of("DEU", "cow", year) for year in (1815, 1816, 1945, 1946, 1990, 2020)] == [
        "",
        "255",
        "255",
        "",
        "255",
        "255",
    ]
    assert codes.of("DEU", "gw", 1990) == ""


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ("from=1980&to=1970", "1970 lies before 1980."),
        ("from=1000", "years are too many; a panel has at most 300."),
        ("from=x", "“x” is not a year such as 1963."),
        ("from=00000", "is not a year"),
        ("from=99999", "is not a year"),
        ("day=02-30", "“02-30” is not one of the values allowed."),
        ("size=10", "“size” is not a parameter of this page."),
    ],
)
def test_panel_refuses_what_makes_no_sense(client, parameters, reason):
    response = client.get(f"/dyad-years.csv?{parameters}")
    assert (response.status_code, reason in response.content.decode()) == (400, True)


def test_panel_begins_where_anything_does_and_ends_this_year(client):
    make_period(began_on="2025")
    years = {row["year"] for row in asked(client, "/dyad-years.csv?track=legal")}
    assert years == {str(year) for year in range(2025, date.today().year + 1)}  # noqa: DTZ011 - the year will do


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dates(date(1955, 1, 1), date(1995, 12, 31)), min_size=2, max_size=2, unique=True))
def test_panel_says_of_any_day_what_the_page_says(days):
    if not Relation.objects.exists():
        make_lifespan("YMD", "1967-11-30", "1990-05-22")
        for number, code in enumerate(("EGY", "YMD")):
            relation = make_relation("PRK", code)
            make_period("legal", "established", relation=relation, began_on=f"196{number}~")
            make_period("legal", "severed", relation=relation, began_on="[1974..1980]")
            make_period("military", "assistance", relation=relation, began_on="1970")
            make_period("level", "ambassador", relation=relation, began_on="1963-08-24", ended_on="1985")
            make_period("character", "cordial", relation=relation, subject="Nasser", began_on="197X")
    relations = Relation.objects.order_by("country_a", "country_b")
    told = [row[NAMES.index("as_of") :] for row in dyad_years(relations, days, [*Track])]
    of_pages = [
        (day, answer) for relation in relations for day in days for answer in status_on(relation, day, [*Track]).answers
    ]
    for record in (record for _, answer in of_pages for record in answer.records):
        record.supporting = record.citations.count()  # each of which supports it
    assert told == [(day, *panels.answer_cells(answer)) for day, answer in of_pages]
