"""Overviews: the status of many relations, the coverage of documents, and the density of entries by year."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from relations.density import density
from tests.factories import (
    cite,
    make_country,
    make_event,
    make_lifespan,
    make_mission,
    make_passage,
    make_period,
    make_relation,
    make_source,
    make_transfer,
)

pytestmark = pytest.mark.django_db


def test_home_says_the_status_of_each_relation_today_and_since_when(client: Client) -> None:
    period = make_period("legal", "severed", slug="severed", relation=make_relation("EGY", "PRK"), began_on="2018")
    cite(period, field="began_on", is_announcement=True)
    make_period("legal", "established", relation=make_relation("PRK", "SYR"), began_on="1966", slug="syria")
    make_period("military", "severed", relation=make_relation("PRK", "TUR"), slug="turkey")
    make_period("level", "ambassador", relation=make_relation("IRQ", "PRK"), held_by=make_country("IRQ"), slug="iraq")
    make_lifespan("YMD", "1967", "1990")
    make_period("legal", "established", relation=make_relation("PRK", "YMD"), began_on="1968", slug="aden")
    page = client.get("/")
    found = {status: [row.relation.code for _, row in rows] for status, rows in page.context["by_status"]}
    assert found == {
        "Established": ["PRK-SYR"],
        "Severed": ["EGY-PRK"],
        "Not stated": ["PRK-TUR"],
        "Not stated, though represented": ["IRQ-PRK"],
        "Former state": ["PRK-YMD"],
    }
    assert list(found) == [
        "Established",
        "Severed",
        "Former state",
        "Not stated",
        "Not stated, though represented",
    ]
    html = " ".join(page.content.decode().split())
    assert 'Egypt</a> <span class="definition">announced in 2018</span>' in html
    assert 'Syria</a> <span class="definition">since 1966</span>' in html
    listed = " ".join(re.sub("<[^>]+>", "", client.get("/relations/").content.decode()).split())
    assert "not stated; represented: ambassador of Iraq" in listed
    assert "South Yemen no longer exists." in listed


def test_home_says_how_far_each_document_is_coded(client: Client) -> None:
    source = make_source("report")
    cite(make_event("EGY"), source=source, passage=make_passage(source, "egypt.1.1", finished=True))
    make_passage(source, "egypt.1.2")
    found = {made_of.key: (shares, number) for made_of, shares, number in client.get("/").context["sources"]}
    shares, sentences = found["report"]
    assert ([(share.name, share.count) for share in shares if share.count], sentences) == (
        [("coded", 1), ("to do", 1)],
        2,
    )


def test_time_is_drawn_in_steps_that_lead_to_its_chronology(client: Client) -> None:
    for slug, day in (("a", "1956/.."), ("b", "1956-05"), ("c", "1973"), ("d", ""), ("e", "199X")):
        make_event("EGY", slug=slug, happened_on=day)
    make_mission("EGY", "PRK", slug="m", opened_on="1960", closed_on="1979")
    drawn = [(step.name, step.count, len(step.bars)) for step in density()]
    assert drawn == [("1950s", 2, 1), ("1960s", 1, 1), ("1970s", 2, 2), ("1980s", 0, 0), ("1990s", 1, 1)]
    assert [(step.name, step.count) for step in density("PRK")] == [("1960s", 1), ("1970s", 1)]
    assert density("PRK", ["events"]) == []
    tallest = density()[0].bars[0]
    assert (tallest.x, tallest.width, tallest.y, tallest.height) == (12.0, 1.7, 0.0, 40.0)
    page = client.get("/").content.decode()
    assert 'href="/chronology/?from=1950&amp;to=1959" aria-label="1950s: 2"' in page
    assert client.get("/chronology/?from=1950&to=1959").status_code == 200
    make_event("EGY", slug="old", happened_on="0850")
    assert [(step.name, step.count) for step in density()][:2] == [("800–899", 1), ("900–999", 0)]
    assert len(density()) == 12
    make_event("EGY", slug="oldest", happened_on="0050")
    assert [(step.name, step.count) for step in density()][:2] == [("1–199", 1), ("200–399", 0)]


def test_of_all_entries_of_a_year_every_one_is_counted_and_of_very_many_under_a_name_some(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("relations.density.COUNTED", 2)
    for slug in "abcd":
        make_event("EGY", slug=slug, happened_on="1961", negated=slug == "d")
    make_event("EGY", slug="e", happened_on="1972")
    make_event("EGY", slug="draft", happened_on="1961", state="draft")
    assert [(step.count, step.is_more) for step in density()] == [(4, False), (1, False)]
    assert [(step.count, step.is_more) for step in density("EGY")] == [(3, True), (1, False)]
    assert density(kinds=["missions"]) == []


def rows(client: Client, query: str = "") -> list[tuple[Any, ...]]:
    ((_, found),) = client.get(f"/relations/?{query}").context["groups"]
    return [(row.relation.code, row.word, row.missions, row.deals, str(row.last_on)) for row in found]


def test_relations_are_a_table_of_what_is_known_of_each_on_a_day(client: Client) -> None:
    make_period("legal", "established", relation=make_relation("EGY", "PRK"), began_on="1963", slug="began")
    make_period("legal", "severed", relation=make_relation("EGY", "PRK"), began_on="1980", slug="severed")
    make_mission("PRK", "EGY", opened_on="1964", closed_on="1981-05")
    make_mission("EGY", "PRK", slug="to-prk", closed_on="[2018..]")  # may never have closed
    make_transfer("PRK", "EGY", slug="deal")
    make_transfer("PRK", "EGY", slug="no-deal", negated=True)
    make_relation("EGY", "SYR")
    make_relation("EGY", "IRQ")
    make_event("EGY", "SYR", happened_on="1956/..")
    make_event("EGY", "IRQ", slug="draft", state="draft")
    assert rows(client) == [
        ("EGY-PRK", "Severed", 2, 1, "1981-05"),
        ("EGY-SYR", "Not stated", 0, 0, "1956/.."),
    ]
    assert rows(client, "as_of=1970")[0][1] == "Established"
    assert rows(client, "as_of=1962")[0][1] == "Not stated"
    assert [row[0] for row in rows(client, "sort=-records")] == ["EGY-PRK", "EGY-SYR"]
    for number in range(5):
        make_event("EGY", "SYR", slug=f"more-{number}")
    assert [row[0] for row in rows(client, "sort=-records")] == ["EGY-SYR", "EGY-PRK"]
    assert [row[0] for row in rows(client, "country=SYR")] == ["EGY-SYR"]


def test_the_day_of_the_table_is_a_link_for_each_year_and_stays_out_of_the_file(client: Client) -> None:
    make_country("PRK")
    make_period("legal", "established", relation=make_relation("EGY", "PRK"), began_on="1963")
    page = client.get("/relations/?as_of=1965&country=EGY")
    years = dict(page.context["years"])
    assert years[1963] == "/relations/?country=EGY&as_of=1963"
    assert {1950, 1960, 1969, 1970} <= years.keys()
    assert 1971 not in years
    assert "on 31 December 1965, as far as the sources go" in page.content.decode()
    assert page.context["files"][0][1] == "/relations.csv?country=EGY"
    assert client.get("/relations.csv?as_of=1965").status_code == 400


def test_where_a_status_is_taken_from_is_read_only_where_it_is_shown(client: Client) -> None:
    cite(make_period("legal", "established", relation=make_relation("EGY", "PRK")))
    place, joins = '"relations_citation"."passage_id" = "relations_passage"."id"', {}
    for path in ("/", "/countries/EGY/", "/relations/"):
        with CaptureQueriesContext(connection) as asked:
            assert "Established" in client.get(path).content.decode()
        read = [query["sql"] for query in asked if '"relations_citation"."period_id" = ANY' in query["sql"]]
        joins[path] = any(place in sql and '"relations_source"."title"' in sql for sql in read)
    assert joins == {"/": False, "/countries/EGY/": False, "/relations/": True}


def test_relations_are_sorted_by_what_the_heads_of_their_columns_say(client: Client) -> None:
    make_period("legal", "severed", relation=make_relation("EGY", "PRK"), began_on="1980", slug="egypt")
    make_period("legal", "established", relation=make_relation("EGY", "PRK"), began_on="1963", slug="egypt-before")
    make_period("legal", "established", relation=make_relation("PRK", "SYR"), began_on="1966", slug="syria")
    make_period("legal", "established", relation=make_relation("IRQ", "PRK"), slug="iraq")
    make_period("military", "severed", relation=make_relation("PRK", "TUR"), slug="turkey")
    for slug in ("a", "b"):
        make_transfer("PRK", "SYR", slug=slug)
    make_transfer("PRK", "EGY", slug="one")
    make_transfer("PRK", "IRQ", slug="none", negated=True)

    def codes(query: str) -> list[str]:
        return [row[0] for row in rows(client, query)]

    assert codes("sort=status") == ["IRQ-PRK", "PRK-SYR", "EGY-PRK", "PRK-TUR"]
    assert codes("sort=status&as_of=1970") == ["EGY-PRK", "IRQ-PRK", "PRK-SYR", "PRK-TUR"]
    assert codes("sort=since") == ["PRK-SYR", "EGY-PRK", "IRQ-PRK", "PRK-TUR"]
    assert codes("sort=since&as_of=1970") == ["EGY-PRK", "PRK-SYR", "IRQ-PRK", "PRK-TUR"]
    assert codes("sort=-deals") == ["PRK-SYR", "EGY-PRK", "PRK-TUR", "IRQ-PRK"]
    page = client.get("/relations/?sort=since&as_of=1970&q=PRK").content.decode()
    assert (
        '<th scope="col" aria-sort="ascending"><a rel="nofollow" href="/relations/?as_of=1970&amp;q=PRK&amp;sort=since"'
        in page
    )
    assert '<th scope="col"><a rel="nofollow" href="/relations/?as_of=1970&amp;q=PRK&amp;sort=-deals"' in page
    assert len(client.get("/relations.csv?sort=since").getvalue().splitlines()) == 5


@pytest.mark.parametrize("sort", ["status", "since", "-deals", "code"])
def test_sorted_relations_are_read_page_by_page_none_twice(client: Client, sort: str) -> None:
    for number in range(23):
        code = f"A{chr(65 + number)}A"
        relation = make_relation(code, "PRK")
        if number % 3:
            make_period("legal", ("established", "severed")[number % 2], relation=relation, began_on=f"19{60 + number}")
        make_event(code, "PRK", slug=f"event-{number}")
    read: list[str] = []
    path = f"/relations/?sort={sort}&size=10" if sort != "code" else "/relations/?size=10"
    while path:
        page = client.get(path)
        read += [relation.code for relation in page.context["object_list"]]
        path = page.context["next"]
    assert (sorted(read), len(read)) == (sorted(set(read)), 23)
