"""The API: lists, pages, as_of, updated_since, and conditional requests."""

import json
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relations.models import Event, FormerAddress, RelationPeriod
from relations.views.lists import LISTS
from tests.factories import (
    cite,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_observation,
    make_one_of_everything,
    make_passage,
    make_period,
    make_relation,
)

pytestmark = pytest.mark.django_db
V1 = "/api/v1/"


def asked(client, path: str, **headers: str):
    response = client.get(f"{V1}{path}", headers=headers)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


def refused(client, path: str, status: int, **headers: str):
    response = client.get(f"{V1}{path}", headers=headers)
    problem = json.loads(response.content)
    assert (response.status_code, response["Content-Type"], problem["status"]) == (
        status,
        "application/problem+json",
        status,
    )
    assert problem.keys() >= {"type", "title", "detail"}
    return problem


def test_every_type_has_a_list_and_each_of_its_rows_an_address_with_the_same_answer(client):
    make_one_of_everything()
    make_observation(slug="one-more")
    for collection in LISTS:
        rows = asked(client, f"{collection}/")["results"]
        assert rows, collection
        for row in rows:
            key = urlsplit(row["permalink"]).path.strip("/").rpartition("/")[2]
            assert asked(client, f"{collection}/{key}/") == row
            assert json.loads(client.get(f"/{collection}/{key}.json").content) == row


def test_list_is_the_list_of_the_site_and_is_the_file(client):
    for number in range(13):
        make_event("PRK", "EGY" if number % 2 else "IRN", slug=f"event-{number:02}", happened_on=f"{1960 + number}")
    found, path = [], "events/?country=EGY&from=1963&size=10&sort=-date"
    while path:
        page = asked(client, path)
        found += page["results"]
        path = page["next"] and page["next"].removeprefix(f"http://testserver{V1}")
    assert [row["slug"] for row in found] == [f"event-{number:02}" for number in (11, 9, 7, 5, 3)]
    assert json.loads(client.get("/events.json?country=EGY&from=1963&sort=-date").getvalue()) == found


def test_pages_follow_one_another_by_a_cursor_without_a_gap(client):
    for number in range(25):
        make_event(slug=f"event-{number:02}", happened_on="1960" if number % 2 else "")
    sizes, slugs, path = [], [], "events/?size=10"
    while path:
        page = asked(client, path)
        sizes.append(len(page["results"]))
        slugs += [row["slug"] for row in page["results"]]
        path = page["next"] and page["next"].removeprefix(f"http://testserver{V1}")
    assert sizes == [10, 10, 5]
    assert sorted(slugs) == [f"event-{number:02}" for number in range(25)]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_so_many_queries_however_many_rows_it_has(client, rows):
    for number in range(rows):
        make_figure(make_event(slug=f"event-{number}", happened_on="1973"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(asked(client, "events/")["results"]) == rows
    assert len(queries) == 5


def test_row_has_its_parts_and_its_evidence(client):
    event = make_event("PRK", "EGY", slug="visit")
    cite(event, passage=make_passage(ref="egypt.2.2"), field="place", hedge="reportedly", modality="reported")
    row = asked(client, "events/visit/")
    assert [(part["country"], part["role"]) for part in row["participants"]] == [("PRK", "actor"), ("EGY", "recipient")]
    (whole, of_field) = row["citations"][::-1] if row["citations"][0]["field"] else row["citations"]
    assert (whole["field"], whole["stance"]) == (None, "supports")
    assert (of_field["source"], of_field["passage"], of_field["hedge"], of_field["modality"]) == (
        "test-source",
        "egypt.2.2",
        "reportedly",
        "reported",
    )


def test_drafts_are_nowhere(client):
    make_event(slug="hidden", state="draft")
    make_event(slug="shown")
    assert [row["slug"] for row in asked(client, "events/")["results"]] == ["shown"]
    refused(client, "events/hidden/", 404)
    assert client.get("/events/hidden.json").status_code == 404


def test_as_of_a_day_periods_and_missions_say_how_they_stand_to_it(client):
    make_period(slug="early", began_on="1963", ended_on="1970")
    make_period(slug="late", began_on="1980")
    make_mission(slug="post", opened_on="[1965..1972]")
    told = asked(client, "periods/?as_of=1966-03-04")["results"]
    assert [(row["slug"], row["as_of"], row["verdict"]) for row in told] == [("early", "1966-03-04", "on_that_day")]
    assert [row["verdict"] for row in asked(client, "missions/?as_of=1966")["results"]] == ["possibly"]
    assert asked(client, "periods/early/?as_of=1999")["verdict"] == "ended"
    assert "verdict" not in asked(client, "periods/early/")
    refused(client, "events/?as_of=1966", 400)
    make_event(slug="visit")
    refused(client, "events/visit/?as_of=1966", 400)


def test_as_of_a_day_a_relation_says_what_is_stated_of_it(client):
    make_period("legal", "established", slug="ties", began_on="1963-08-24")
    told = asked(client, "relations/EGY-PRK/?as_of=1970-01-01")
    assert told["as_of"] == "1970-01-01"
    legal = next(answer for answer in told["status"] if answer["track"] == "legal")
    assert (legal["value"], legal["verdict"], legal["certain"], legal["evidence"]) == (
        "established",
        "on_that_day",
        True,
        1,
    )
    assert {answer["verdict"] for answer in told["status"] if answer["track"] != "legal"} == {"not_stated"}
    assert "status" not in asked(client, "relations/EGY-PRK/")


def test_as_of_a_day_each_relation_of_a_list_says_what_it_says_alone(client):
    make_period("legal", "established", slug="ties", began_on="1963-08-24")
    make_period("legal", "severed", slug="no-ties", relation=make_relation("PRK", "SYR"), began_on="1960")
    told = asked(client, "relations/?as_of=1970-01-01")["results"]
    assert [row["permalink"].rpartition("/relations/")[2] for row in told] == ["EGY-PRK/", "PRK-SYR/"]
    assert told == [asked(client, f"relations/{pair}/?as_of=1970-01-01") for pair in ("EGY-PRK", "PRK-SYR")]
    assert [row["status"][0]["value"] for row in told] == ["established", "severed"]
    assert "status" not in asked(client, "relations/")["results"][0]


def test_updated_since_lists_changed_rows_and_addresses_that_are_no_longer_public(client):
    event = make_event(slug="changed")
    stamp = event.changed_at = Event.objects.get().changed_at
    FormerAddress.objects.create(collection="events", slug="gone", reason="deleted")
    FormerAddress.objects.create(collection="events", slug="other", now_at="changed", reason="merged")
    FormerAddress.objects.create(collection="missions", slug="post", reason="deleted")
    told = asked(client, f"events/?updated_since={stamp.isoformat().replace('+', '%2B')}")
    assert [row["slug"] for row in told["results"]] == ["changed"]
    assert [(row["slug"], row["reason"], row["now_at"]) for row in told["deleted"]] == [
        ("gone", "deleted", None),
        ("other", "merged", "changed"),
    ]
    later = asked(client, "events/?updated_since=2999-01-01")
    assert (later["results"], later["deleted"]) == ([], [])
    assert len(asked(client, "events/?updated_since=2020-01-01&country=EGY")["results"]) == 1
    assert asked(client, "events/?updated_since=2020-01-01&country=EGY&country=PRK&q=nothing")["results"] == []
    assert [row["code"] for row in asked(client, "countries/?updated_since=2020-01-01&sort=code")["results"]] == [
        "EGY",
        "PRK",
    ]
    assert asked(client, "countries/?updated_since=2999-01-01")["results"] == []
    assert "deleted" not in asked(client, "events/")
    refused(client, "events/?updated_since=yesterday", 400)


def test_address_leads_on_where_a_record_has_another_and_says_where_it_is_gone(client):
    make_relation("EGY", "PRK", summary="Cordial.")
    make_period()
    response = client.get(f"{V1}relations/prk-egy/?as_of=1970")
    assert (response.status_code, response["Location"]) == (301, f"{V1}relations/EGY-PRK/?as_of=1970")
    make_event(slug="here")
    FormerAddress.objects.create(collection="events", slug="before", now_at="here", reason="renamed")
    FormerAddress.objects.create(collection="events", slug="gone", reason="withdrawn")
    assert client.get("/events/before.json")["Location"] == "/events/here.json"
    problem = refused(client, "events/gone/", 410)
    assert (problem["reason"], problem["detail"]) == ("withdrawn", "It stands here no more: withdrawn.")


def test_what_makes_no_sense_is_refused_in_one_shape(client):
    problem = refused(client, "events/?kind=nothing&country=XXX&colour=red", 400)
    assert len(problem["problems"]) == 3
    assert "“red”" not in problem["detail"]
    assert any("kind: “nothing” is not one of the values allowed." in each for each in problem["problems"])
    refused(client, "events/?after=x", 400)
    refused(client, "events/?size=1000", 400)
    refused(client, "nothing/", 404)
    refused(client, "events/nothing/", 404)
    refused(client, "figures/?size=1", 400)
    response = client.post(f"{V1}events/")
    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
    assert "GET" in response["Allow"]
    assert client.get("/nothing/")["Content-Type"].startswith("text/html")


def test_answer_is_confirmed_while_nothing_has_changed(client):
    make_event(slug="visit")
    for path in ("events/", "events/visit/", "openapi.json"):
        first = client.get(f"{V1}{path}")
        again = client.get(f"{V1}{path}", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    etag = client.get(f"{V1}events/")["ETag"]
    make_event(slug="another")
    assert client.get(f"{V1}events/", headers={"If-None-Match": etag}).status_code == 200


def test_pages_of_other_hosts_may_ask_and_no_cookie_is_set(client):
    make_event(slug="visit")
    for path in ("events/", "events/visit/", "events/?no=1", "nothing/"):
        response = client.get(f"{V1}{path}", headers={"Origin": "https://elsewhere.example"})
        assert (response["Access-Control-Allow-Origin"], bool(response.cookies)) == ("*", False)
    before = client.options(f"{V1}events/")
    assert (before.status_code, before["Access-Control-Allow-Headers"]) == (204, "Content-Type, If-None-Match")
    file = client.get("/events.csv")
    assert (file["Access-Control-Allow-Origin"], file.getvalue()[:10]) == ("*", b"permalink,")
    assert "Access-Control-Allow-Origin" not in client.get("/events/")


def test_figures_are_listed_as_in_their_file(client):
    make_figure(make_event(slug="visit", happened_on="1973"), low="20.50", high="20.50")
    (figure,) = asked(client, "figures/?measure=persons")["results"]
    assert [figure] == json.loads(client.get("/figures.json").getvalue())
    assert (figure["figure_low"], figure["slug"], figure["dated_on"]) == (20.5, "visit", "1973")
    assert asked(client, "figures/?measure=money") == {"results": [], "next": None}


def test_page_of_a_record_leads_to_its_data(client):
    make_event(slug="visit")
    assert '<a href="/events/visit.json" type="application/json">' in client.get("/events/visit/").content.decode()


def test_page_of_the_api_names_every_question(client):
    make_country("EGY")
    page = client.get("/api/").content.decode()
    for collection in LISTS:
        assert f"<code>/api/v1/{collection}/</code>" in page
        assert f"<code>/api/v1/{collection}/{{key}}/</code>" in page
    assert "<script" not in page
    assert RelationPeriod.objects.count() == 0
