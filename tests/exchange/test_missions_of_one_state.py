"""The missions of one state, day by day, as levels and missions: what a page and the lists show on a day.

The rows are those of five countries in "U.S. diplomatic missions", version 0.1, by Brenton Kenkel (CC BY 4.0).
"""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.http import QueryDict
from django.test import Client

from relations.filters import MissionForm, RecordForm, RelationPeriodForm
from relations.models import Mission, RelationPeriod
from relations.status import status_on
from tests.exchange.test_imports import csv_of, imported
from tests.factories import make_country, make_lifespan, make_relation, make_source

pytestmark = pytest.mark.django_db

RANGES = """\
country_code_cow,date_start,date_end,us_mission_status
40,1902-05-20,1902-05-26,None
40,1902-05-27,1906-09-25,Legation
40,1909-01-23,1923-02-09,Legation
40,1923-02-10,1961-01-02,Embassy
40,1961-01-03,1977-08-31,None
40,1977-09-01,2015-07-19,Interests
40,2015-07-20,2024-12-31,Embassy
651,1855-01-01,1882-09-15,Consulate
651,1937-05-26,1946-10-09,Legation
651,1946-10-10,1967-06-05,Embassy
651,1967-06-06,1967-06-06,None
651,1967-06-07,1974-02-27,Interests
651,1974-02-28,2024-12-31,Embassy
630,1855-01-01,1883-06-10,None
630,1883-06-11,1944-08-20,Legation
630,1944-08-21,1980-04-06,Embassy
630,1980-04-07,1980-05-20,None
630,1980-05-21,2024-12-31,Interests
332,1842-01-01,1860-03-15,None
800,1887-01-01,1941-12-07,Legation
800,1941-12-08,1946-01-04,None
800,1946-01-05,1947-05-08,Legation
800,1947-05-09,2024-12-31,Embassy
"""
CODES = {"40": "CUB", "651": "EGY", "630": "IRN", "332": "XMO", "800": "THA"}
SEEN_UNTIL = "2024-12-31"  # the last day of the table, which is the end of nothing
# What each status means: a level, and the kind of post where there is one.
MEANS = {
    "None": ("none", ""),
    "Consulate": ("consular", "consulate"),
    "Interests": ("interests_section", "interests_section"),
    "Legation": ("minister", "legation"),
    "Embassy": ("ambassador", "embassy"),
}
ON, ENDED = "on_that_day", "ended"
# Of a country and a day: the verdict and value of the level, and the post with its verdict.
ANSWERS = {
    ("CUB", "1904-07-01"): ([(ON, "minister")], [(ON, "legation")]),
    ("CUB", "1907-07-01"): ([("did_not_exist", None)], []),
    ("CUB", "1950-07-01"): ([(ON, "ambassador")], [(ON, "embassy")]),
    ("CUB", "1970-06-30"): ([(ON, "none")], [(ENDED, "embassy")]),
    ("CUB", "1990-07-01"): ([(ON, "interests_section")], [(ON, "interests_section")]),
    ("CUB", "2020-07-01"): ([(ON, "ambassador")], [(ON, "embassy")]),
    ("EGY", "1967-06-06"): ([(ON, "none")], [(ENDED, "embassy")]),
    ("EGY", "1970-07-01"): ([(ON, "interests_section")], [(ON, "interests_section")]),
    ("EGY", "1980-07-01"): ([(ON, "ambassador")], [(ON, "embassy")]),
    ("IRN", "1900-07-01"): ([(ON, "minister")], [(ON, "legation")]),
    ("IRN", "1980-05-01"): ([(ON, "none")], [(ENDED, "embassy")]),
    ("IRN", "2003-07-01"): ([(ON, "interests_section")], [(ON, "interests_section")]),
    ("THA", "1944-07-01"): ([(ON, "none")], [(ENDED, "legation")]),
    ("XMO", "1850-07-01"): ([(ON, "none")], []),
}


def bring_in() -> list[dict[str, str]]:
    """Each row as a level of the United States, ended by the next one, and as a mission if there is a post."""
    make_source("us-missions", csl_type="dataset", licence="CC BY 4.0")
    make_country("USA", name="United States")
    make_lifespan("CUB", "1902-05-20", "1906-09-25")
    make_lifespan("CUB", "1909-01-23")
    rows = list(csv.DictReader(io.StringIO(RANGES)))
    began = {(row["country_code_cow"], row["date_start"]) for row in rows}
    levels, missions = [], []
    for number, row in enumerate(rows, 1):
        code, (level, kind) = CODES[row["country_code_cow"]], MEANS[row["us_mission_status"]]
        ended = "" if row["date_end"] == SEEN_UNTIL else row["date_end"]
        day_after = str(date.fromisoformat(row["date_end"]) + timedelta(1))
        ended_itself = "" if (row["country_code_cow"], day_after) in began else ended
        common = {"slug": f"row-{number}", "citations": f"us-missions@row {number}", "state": "published"}
        of_level = {"track": "level", "value": level, "held_by": "USA", "relation": make_relation(code, "USA").code}
        levels.append({**common, **of_level, "began_on": row["date_start"], "ended_on": ended_itself})
        if kind:
            post = {"sending": "USA", "accredited_to": code, "kind": kind}
            missions.append({**common, **post, "opened_on": row["date_start"], "closed_on": ended})
    imported(RelationPeriod, csv_of(*levels))
    imported(Mission, csv_of(*missions))
    return rows


def test_level_and_post_of_a_day_are_those_of_the_table(client: Client) -> None:
    """In the status of the pair and in the lists, which have nothing on a state that did not exist."""
    bring_in()
    told, listed = {}, {}
    for code, day in ANSWERS:
        status = status_on(make_relation(code, "USA"), date.fromisoformat(day), ["level"])
        (level,) = (answer for answer in status.answers if answer.holder and answer.holder.code == "USA")
        values: list[Any] = [record.value for record in level.records] or [None]
        missions = [(str(post.verdict), record.kind) for post in status.missions for record in post.records]
        told[code, day] = [(str(level.verdict), value) for value in values], missions
        asked = QueryDict(f"as_of={day}&country=USA&partner={code}")
        listed[code, day] = (
            rows_of(RelationPeriodForm(asked), RelationPeriod).values_list("verdict", "value"),
            rows_of(MissionForm(asked), Mission).values_list("verdict", "kind"),
        )
    assert told == ANSWERS
    assert {key: tuple(map(list, rows)) for key, rows in listed.items()} == ANSWERS | {("CUB", "1907-07-01"): ([], [])}
    page = client.get("/relations/USA-XMO/?as_of=1850-07-01").content.decode()
    assert "United States is not represented to Country XMO – since 1 January 1842; ended on 15 March 1860." in page


def test_files_say_by_which_row_a_level_ended(client: Client) -> None:
    bring_in()
    file = csv.DictReader(io.StringIO(client.get("/periods.csv?country=EGY&sort=date").getvalue().decode()))
    assert [[row[f"effective_end{part}"] for part in ("", "_basis", "_by")] for row in file] == [
        ["1882-09-15", "stated", ""],
        ["1946-10-10", "next_value", "row-10"],
        ["1967-06-06", "next_value", "row-11"],
        ["1967-06-07", "next_value", "row-12"],
        ["1974-02-28", "next_value", "row-13"],
        ["", "", ""],
    ]


def rows_of(form: RecordForm, model: Any) -> QuerySet:
    """The published records that match the parameters of a form."""
    form.check()
    return form.apply(model.objects.published())
