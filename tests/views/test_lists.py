"""Lists: facets, typed names, certain before possible matches, and the list of everything."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from relations.models import Participation
from relations.paging import counted
from tests.factories import (
    cite,
    make_actor,
    make_country,
    make_event,
    make_mission,
    make_observation,
    make_period,
    make_transfer,
)

pytestmark = pytest.mark.django_db


def counts(client: Client, path: str) -> dict[str, dict[str, int]]:
    """The number next to each check box, by field and value."""
    page = client.get(path).content.decode()
    boxes = re.findall(
        r'name="(\w+)" value="([^"]*)" id="\S+"(?: checked)?> [^<]* <span class="count">([\d,]+)</span>', page
    )
    found: dict[str, dict[str, int]] = {}
    for name, value, number in boxes:
        found.setdefault(name, {})[value] = int(number.replace(",", ""))
    return found


@pytest.fixture
def events() -> None:
    make_event("PRK", "EGY", slug="a", kind="visit", happened_on="1961")
    make_event("PRK", "EGY", slug="b", kind="talks", happened_on="1962", modality="alleged")
    make_event("PRK", "SYR", slug="c", kind="visit", happened_on="1963")
    event = make_event("SYR", slug="d", kind="talks", happened_on="1964", negated=True)
    Participation.objects.create(event=event, actor=make_actor("envoy", country=make_country("PRK")), role="host")
    make_event("IRQ", "EGY", slug="draft", kind="visit", state="draft")


LEFT: list[tuple[str, str, dict[str, int] | None]] = [
    ("", "kind", {"visit": 2, "talks": 2}),
    ("", "country", {"PRK": 4, "EGY": 2, "SYR": 2}),
    ("", "modality", {"asserted": 3, "alleged": 1}),
    ("", "actor", {"envoy": 1}),
    ("", "partner", None),
    ("", "role", {"actor": 4, "host": 1, "recipient": 3}),
    ("country=EGY", "kind", {"visit": 1, "talks": 1}),
    ("country=EGY", "country", {"PRK": 4, "EGY": 2, "SYR": 2}),
    ("country=EGY", "partner", {"PRK": 2}),
    ("country=EGY", "role", None),
    ("partner=SYR&country=PRK", "country", {"PRK": 2}),
    ("partner=SYR&country=PRK", "partner", {"EGY": 2, "SYR": 2}),
    ("country=EGY&kind=visit", "kind", {"visit": 1, "talks": 1}),
    ("country=EGY&kind=visit", "modality", {"asserted": 1}),
    ("kind=visit&kind=talks&modality=alleged", "kind", {"talks": 1, "visit": 0}),
    ("from=1962&to=1963", "kind", {"visit": 1, "talks": 1}),
    ("negated=yes", "country", {"SYR": 1, "PRK": 1}),
    ("q=egypt", "country", {"PRK": 2, "EGY": 2}),
]


def test_each_filter_says_how_many_it_would_leave(client: Client, events: None) -> None:
    for query, field, numbers in LEFT:
        assert counts(client, f"/events/?{query}").get(field) == numbers, (query, field)
        for value, number in (numbers or {}).items():
            kept = "&".join(part for part in query.split("&") if part and not part.startswith(f"{field}="))
            page = client.get(f"/events/?{kept}&{field}={value}", follow=True).context
            assert page["count"] == number, (query, field, value)


def test_a_list_of_words_too_common_to_look_for_counts_nothing(client: Client, events: None) -> None:
    for path in ("/events/?q=the", "/everything/?q=the", "/events/?q=the&kind=visit"):
        page = client.get(path)
        assert (page.status_code, page.context["count"]) == (200, 0)


def test_longer_lists_are_not_counted_by_filter(client: Client, events: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("relations.facets", "relations.views.lists"):
        monkeypatch.setattr(f"{module}.COUNTED", 3)
    assert counts(client, "/events/") == {}
    assert counts(client, "/events/?negated=no")["kind"] == {"visit": 2, "talks": 1}
    assert counts(client, "/events/?negated=no&kind=visit")["kind"] == {"visit": 2, "talks": 1}
    assert "kind" not in counts(client, "/events/?kind=visit")
    assert counts(client, "/events/?kind=visit")["modality"] == {"asserted": 2}
    assert 'value="visit"' in client.get("/events/").content.decode()


TYPED = {
    "/events/?country=egypt": "/events/?country=EGY",
    "/events/?country=EGY&country=": "/events/?country=EGY",
    "/events/?country=l’egypte&partner=prk": "/events/?country=EGY&partner=PRK",
    "/events/?actor=The+Envoy&kind=visit": "/events/?actor=envoy&kind=visit",
    "/chronology/?country=Egypt": "/chronology/?country=EGY",
    "/figures/?country=Egypt": "/figures/?country=EGY",
    "/relations/?country=Egypt": "/relations/?country=EGY",
    "/relations/?country=Nordkorea": "/relations/?country=PRK",
    "/everything/?country=Egypt": "/everything/?country=EGY",
}


def test_a_name_that_is_typed_leads_to_the_address_with_its_key(client: Client) -> None:
    event = make_event("PRK", "EGY")
    country = make_country("EGY")
    country.aliases = ["L'Égypte"]
    country.save()
    Participation.objects.create(event=event, actor=make_actor("envoy", name="The Envoy"), role="host")
    answers = {path: client.get(path) for path in TYPED}
    assert {path: answer.headers.get("Location") for path, answer in answers.items()} == TYPED
    assert {answer.status_code for answer in answers.values()} == {302}
    assert {client.get(path).status_code for path in TYPED.values()} == {200}


def test_a_country_is_found_in_its_list_by_its_name_in_another_language(client: Client) -> None:
    make_event("PRK", "EGY")
    for words, codes in (("Corée du Nord", ["PRK"]), ("مصر", ["EGY"]), ("Deutschland", [])):
        rows = client.get("/countries/", {"q": words}).context["rows"]
        assert [country.code for country in rows] == codes


@pytest.mark.parametrize("typed", ["Atlantis", "Iraq", "Irak", "Yemen", "?!"])
def test_a_name_of_nothing_or_of_two_is_refused_and_kept(client: Client, typed: str) -> None:
    make_event("PRK", "EGY")
    make_country("IRQ")  # without public records
    for code in ("YEM", "YAR"):
        country = make_country(code)
        country.aliases = ["Yemen"]
        country.save()
        make_event(code)
    response = client.get("/events/", {"country": typed})
    assert response.status_code == 400
    assert client.get("/events.csv", {"country": "Egypt"}).status_code == 400


def years(client: Client, path: str) -> list[tuple[str, list[str]]]:
    return [(year, [record.slug for record in records]) for year, records in client.get(path).context["groups"]]


def test_what_certainly_lies_within_the_days_comes_before_what_may(client: Client) -> None:
    for slug, day in (
        *(("day", "1961-05-01"), ("year", "1961"), ("span", "1960/1961"), ("open", "1956/..")),
        *(("before", "1960"), ("never", ""), ("until", "../1970"), ("next", "1962")),
    ):
        make_event("EGY", slug=slug, happened_on=day)
    asked = "/events/?from=1961&to=1961"
    assert years(client, asked) == [("1961", ["year", "day"]), ("May be in 1961", ["open", "span", "until"])]
    page = client.get(asked)
    assert page.context["certain"] == (2, 3)
    assert "(2 in 1961, then 3 that may be)" in page.content.decode()
    assert years(client, f"{asked}&sort=-date") == [
        ("1961", ["day", "year"]),
        ("May be in 1961", ["until", "span", "open"]),
    ]
    assert years(client, f"{asked}&reading=certainly") == [("1961", ["year", "day"])]
    assert years(client, "/events/?from=1961-02&to=1961-05") == [
        ("1961", ["day"]),
        ("May be between February 1961 and May 1961", ["open", "span", "year", "until"]),
    ]
    assert years(client, "/events/?sort=-changed")[0][0] == ""
    assert years(client, "/events/") == [
        ("1956 or later", ["open"]),
        ("1960", ["before"]),
        ("1960 to 1961", ["span"]),
        ("1961", ["year", "day"]),
        ("1962", ["next"]),
        ("1970 or before", ["until"]),
        ("No date", ["never"]),
    ]


@pytest.mark.parametrize("sort", ["date", "-date"])
@pytest.mark.parametrize(("sure", "possible"), [(10, 12), (11, 3), (20, 0), (0, 20), (9, 1), (10, 0), (10, 1)])
def test_pages_of_some_days_lose_nothing_where_what_may_be_begins(
    client: Client, sort: str, sure: int, possible: int
) -> None:
    for number in range(sure):
        make_event("EGY", slug=f"sure-{number:02}", happened_on="1961")
    for number in range(possible):
        make_event("EGY", slug=f"may-{number:02}", happened_on="1960/1961")
    path, found = f"/events/?from=1961&to=1961&size=10&sort={sort}", []
    pages = 0
    while path:
        page = client.get(path, follow=True)
        assert page.status_code == 200
        found += [record.slug for record in page.context["rows"]]
        path, pages = page.context["next"], pages + 1
    assert len(found) == len(set(found)) == sure + possible
    assert [slug.partition("-")[0] for slug in found] == ["sure"] * sure + ["may"] * possible
    assert pages == max(-(-(sure + possible) // 10), 1)


def test_what_may_be_is_read_on_where_a_list_is_too_long_to_be_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relations.filters.EventForm.counted_to", 5)
    monkeypatch.setattr("relations.views.lists.counted", lambda rows: counted(rows, 5))
    for number in range(10):
        make_event("EGY", slug=f"sure-{number}", happened_on="1961")
    make_event("EGY", slug="may", happened_on="1960/1961")
    page = client.get("/events/?from=1961&to=1961&size=10")
    assert page.context["certain"] is None
    assert [row.slug for row in client.get(page.context["next"]).context["rows"]] == ["may"]
    assert client.get(page.context["next"]).context["next"] == ""


@pytest.mark.parametrize("cursor", ["may:", "may:1961-01-01~a", "may:x"])
def test_a_cursor_among_what_may_be_is_one_of_such_a_list_alone(client: Client, cursor: str) -> None:
    make_event("EGY", slug="a", happened_on="1961")
    assert client.get("/events/", {"after": cursor}).status_code == 400
    asked = {"from": "1961", "to": "1961", "after": cursor}
    assert client.get("/events/", asked).status_code == (400 if cursor == "may:x" else 200)


def test_deals_are_certain_where_all_their_dates_are(client: Client) -> None:
    make_transfer(slug="both", ordered_on="1961", delivered_on="1961")
    make_transfer(slug="one", ordered_on="1961", delivered_on="1963")
    make_transfer(slug="ordered", ordered_on="1961")
    assert years(client, "/arms-transfers/?from=1961&to=1961") == [
        ("1961", ["both", "ordered"]),
        ("May be in 1961", ["one"]),
    ]


def test_an_empty_list_says_which_filter_keeps_all_out(client: Client, events: None) -> None:
    page = client.get("/events/?country=EGY&kind=visit&modality=alleged")
    text = html.unescape(page.content.decode())
    assert [(chip["label"], chip["number"], chip["without"]) for chip in page.context["instead"]] == [
        ("Kind", "1", "/events/?country=EGY&modality=alleged"),
        ("How the sources put it", "1", "/events/?country=EGY&kind=visit"),
    ]
    assert "Without Kind: Visit</a>" in text
    assert client.get("/events/?country=EGY").context["instead"] == []


def everything(client: Client, query: str = "") -> list[str]:
    return [record.slug for record in client.get(f"/everything/?{query}").context["rows"]]


@pytest.fixture
def all_types() -> None:
    make_period("legal", "established", slug="period", began_on="1963")
    make_mission("PRK", "EGY", slug="mission", opened_on="1964", modality="alleged")
    make_event("PRK", "SYR", slug="event", happened_on="1964")
    deal = make_transfer("PRK", "EGY", slug="deal", ordered_on="1962", delivered_on="1970")
    cite(deal, field="ordered_on", modality="alleged")
    make_observation("PRK", "EGY", slug="figure", period="1961", negated=True)
    make_event("EGY", slug="undated")
    make_period("military", "severed", slug="undated-too")
    make_event("EGY", slug="draft", happened_on="1960", state="draft")


OF_ALL_TYPES = {
    "": ["figure", "deal", "period", "event", "mission", "acted", "undated", "undated-too"],
    "modality=alleged": ["deal", "mission"],
    "modality=alleged&kind=missions": ["mission"],
    "kind=events&kind=periods": ["period", "event", "acted", "undated", "undated-too"],
    "country=SYR": ["event"],
    "country=PRK&partner=EGY": ["figure", "deal", "period", "mission", "undated-too"],
    "from=1964&to=1964": ["period", "event", "mission"],
    "negated=yes": ["figure"],
    "q=severed": ["undated-too"],
    "actor=nobody-else": ["acted"],
}


def test_everything_is_one_list_of_all_types(client: Client, all_types: None) -> None:
    event = make_event("IRQ", slug="acted", happened_on="1999")
    Participation.objects.create(event=event, actor=make_actor("nobody-else"), role="host")
    for query, slugs in OF_ALL_TYPES.items():
        assert everything(client, query) == slugs, query
        page = client.get(f"/everything/?{query}").context
        assert page["count"] == len(slugs), query
        for type_ in page["types"]:
            assert client.get(type_["url"]).context["count"] == type_["count"], (query, type_)
            lines = b"".join(client.get(type_["file"]).streaming_content).count(b"\n")
            assert lines == type_["count"] + 1, (query, type_)


def test_everything_is_read_page_by_page(client: Client) -> None:
    for number in range(11):
        make_event("EGY", slug=f"dated-{number:02}", happened_on="1961")
        make_mission("PRK", "EGY", slug=f"mission-{number:02}", opened_on="1961")
        make_event("EGY", slug=f"undated-{number:02}")
    path, found = "/everything/?size=10", []
    while path:
        page = client.get(path)
        found += [record.slug for record in page.context["rows"]]
        path = page.context["next"]
    assert len(found) == len(set(found)) == 33
    assert found == [
        *sorted(slug for slug in found if "un" not in slug),
        *(f"undated-{number:02}" for number in range(11)),
    ]
    for cursor in ("x", "1961-13-01~events~a", "1961-01-01~events~a~0"):
        assert client.get("/everything/", {"after": cursor}).status_code == 400


def test_everything_counts_by_filter_and_says_so_where_there_is_nothing(client: Client, all_types: None) -> None:
    assert counts(client, "/everything/")["modality"] == {"asserted": 6, "alleged": 2}
    assert counts(client, "/everything/?modality=alleged")["country"] == {"PRK": 2, "EGY": 2}
    page: Any = client.get("/everything/?modality=alleged&country=SYR")
    assert "Nothing public answers to this." in page.content.decode()


@pytest.mark.parametrize("path", ["/events/", "/periods/", "/everything/", "/chronology/", "/network/"])
def test_the_first_day_and_the_last_stand_side_by_side(client: Client, path: str) -> None:
    html = client.get(path).content.decode()
    beside = html.partition('<div class="span">')[2].partition("</div>")[0]
    assert re.findall(r'name="(\w+)"', beside) == ["from", "to"]
    assert [html.count(f'name="{name}"') for name in ("from", "to")] == [1, 1]
