"""Figures: the numbers of events, deals and observations in one list, page by page and as a file."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from relations.figures import COLUMNS, Figure
from relations.models.vocabularies import Measure
from tests.factories import cite, make_actor, make_event, make_figure, make_observation, make_transfer

pytestmark = pytest.mark.django_db
EXACT = {"figure_qualifier": "exact"}


def page_of(client: Client, query: str = "") -> Any:
    """The rows of the list."""
    response = client.get(f"/figures/{query}")
    assert response.status_code == 200, response.content.decode()
    return response.context


def on_page(client: Client, query: str = "") -> list[tuple[str, str]]:
    """The slug and the figure in words of each row of the list."""
    return [(line.figure.slug, str(line.figure.value)) for line in page_of(client, query)["rows"]]


def in_file(client: Client, query: str = "") -> list[dict[str, str]]:
    """The rows of the file that the page links to."""
    return rows_of(client, page_of(client, query)["files"][0][1])


def rows_of(client: Client, path: str) -> list[dict[str, str]]:
    """The rows of a file."""
    response: Any = client.get(path)
    assert response.headers["Content-Disposition"].startswith('attachment; filename="figures_')
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


@pytest.fixture
def register() -> None:
    """Figures of every kind of owner, of several measures, times and pairs."""
    workers = {"measure": "workers", "figure_unit": "persons", "figure_low": 300, "figure_high": 300}
    make_observation("PRK", "OMN", slug="in-oman", period="2015", subject="labourers", **workers)
    sent = make_event("PRK", "QAT", slug="sent", title="Workers are sent", modality="reported", happened_on="2010")
    make_figure(sent, "workers", 1000, None, figure_qualifier="more_than", figure_unit="persons", of="labourers")
    make_figure(sent, "money", 5, 5, figure_unit="USD", of="pay")
    strike = make_event("ISR", "SYR", slug="strike", title="A strike", happened_on="2007")
    make_figure(strike, "killed", 10, 10, figure_unit="persons")
    pieces = {"low": 30, "high": 30, "qualifier": "about", "unit": "pieces"}
    money = {"low": 26, "high": 26, "qualifier": "exact", "unit": "USD"}
    columns = {f"number_delivered_{part}": value for part, value in pieces.items()}
    columns |= {f"value_{part}": value for part, value in money.items()}
    make_transfer("PRK", "EGY", slug="rockets", ordered_on="2016", value_kind="estimate", **columns)
    make_observation("PRK", "KWT", slug="draft", state="draft", **workers)
    make_figure(make_event("PRK", "KWT", slug="secret", state="in_review"), "workers")


ASKED = {
    "": ["strike", "sent", "sent", "in-oman", "rockets", "rockets"],
    "?sort=-date": ["rockets", "in-oman", "sent", "sent", "strike", "rockets"],
    "?measure=workers": ["sent", "in-oman"],
    "?measure=money": ["sent", "rockets"],
    "?measure=items": ["rockets"],
    "?measure=killed&measure=aid": ["strike"],
    "?measure=aid": [],
    "?country=PRK": ["sent", "sent", "in-oman", "rockets", "rockets"],
    "?country=PRK&partner=QAT": ["sent", "sent"],
    "?country=SYR": ["strike"],
    "?modality=reported": ["sent", "sent"],
    "?negated=yes": [],
    "?from=2010&to=2015": ["sent", "sent", "in-oman"],
    "?q=labourers": ["sent", "sent", "in-oman"],
    '?q="labourers"': ["in-oman"],
    "?q=Syria": ["strike"],
}


def test_list_and_file_hold_what_is_asked_for(client: Client, register: None) -> None:
    for query, expected in ASKED.items():
        page = page_of(client, query)
        assert [line.figure.slug for line in page["rows"]] == expected, query
        assert [row["slug"] for row in rows_of(client, page["files"][0][1])] == expected, query
        assert page["count"] == len(expected), query


def test_figures_are_told_as_their_records_tell_them(client: Client, register: None) -> None:
    assert on_page(client, "?measure=workers") == [("sent", "more than 1,000 persons"), ("in-oman", "300 persons")]
    assert on_page(client, "?measure=items&measure=money") == [
        ("sent", "5 USD"),
        ("rockets", "26 USD"),
        ("rockets", "about 30 pieces"),
    ]
    page = client.get("/figures/?measure=workers").content.decode()
    assert '<a href="/events/sent/">Workers are sent</a>' in page
    assert '<a href="/observations/in-oman/">Workers, North Korea to ' in page


def test_row_of_the_file_says_where_the_figure_stands_and_of_whom(client: Client, register: None) -> None:
    parts = {"supplier_actor": make_actor(), "recipient_named_as": 'a "buyer"', "number_ordered_missing": "uncounted"}
    make_transfer(None, None, slug="parts", **parts)
    rows = {(row["slug"], row["of"]): row for row in in_file(client)}
    assert rows["sent", "labourers"] == {
        "permalink": "http://testserver/events/sent/",
        "collection": "events",
        "slug": "sent",
        "title": "Workers are sent",
        "measure": "workers",
        "of": "labourers",
        "figure_low": "1000",
        "figure_high": "",
        "figure_qualifier": "more_than",
        "figure_unit": "persons",
        "figure_missing": "",
        "dated_on": "2010",
        "dated_on_earliest": "2010-01-01",
        "dated_on_latest": "2010-12-31",
        "participants": "PRK:actor; QAT:recipient",
        "modality": "reported",
        "negated": "false",
    }
    told = {key: (row["measure"], row["title"], row["dated_on"], row["participants"]) for key, row in rows.items()}
    assert told["in-oman", ""] == ("workers", "labourers", "2015", "PRK:from; OMN:to")
    assert told["rockets", "estimate"] == ("money", "Scud-B", "2016", "PRK:supplier; EGY:recipient")
    assert told["rockets", "delivered"] == ("items", "Scud-B", "", "PRK:supplier; EGY:recipient")
    parties = r'actor/orascom:supplier; "a \"buyer\"":recipient'
    assert told["parts", "ordered"] == ("items", "Scud-B", "", parties)


def test_columns_are_those_of_a_figure() -> None:
    assert [column.name for column in COLUMNS] == ["permalink", *Figure._fields[2:]]


@pytest.mark.parametrize("sort", ["", "sort=-date&"])
def test_pages_together_are_the_list_whatever_ends_one(client: Client, sort: str) -> None:
    event = make_event("PRK", slug="dated", happened_on="1999")
    for number in range(8):
        make_figure(event, of=f"part {number}")
        make_figure(make_event("PRK", slug=f"undated-{number}"), "items")
        make_observation(slug=f"observed-{number}", period="1999" if number % 2 else "")
    whole = [row["slug"] + row["of"] for row in in_file(client, f"?{sort}")]
    found, path = [], f"/figures/?{sort}size=10"
    while path:
        page = client.get(path)
        found += [line.figure.slug + line.figure.of for line in page.context["rows"]]
        path = page.context["next"]
    assert found == whole
    assert len(whole) == 24


# What nobody should add up


def caveats(client: Client, query: str = "") -> list[str]:
    return client.get(f"/figures/{query}").context["caveats"]


def test_one_figure_needs_no_caveat(client: Client) -> None:
    assert caveats(client) == []
    make_observation()
    assert caveats(client) == []
    assert "Do not add these up" not in client.get("/figures/").content.decode()


def test_equal_figures_are_marked_as_possible_duplicates(client: Client) -> None:
    for _ in range(2):
        make_observation(period="2017")
    assert caveats(client) == ["one may be a part of another, or the same told twice"]
    assert "<strong>Do not add these up</strong>: one may be" in client.get("/figures/").content.decode()


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"measure": "aid"}, "they measure different things"),
        ({"figure_unit": "EUR"}, "they are in different units (EUR, USD)"),
        ({"figure_qualifier": "about"}, "not all are exact (about)"),
        (
            {"figure_low": None, "figure_high": None, "figure_qualifier": "", "figure_missing": "not_reported"},
            "some have no number (not reported)",
        ),
        ({"negated": True}, "some are of what did not happen"),
        ({"period": "2018"}, "they are of different times"),
        ({"period": ""}, "they are of different times"),
    ],
)
def test_list_says_why_its_figures_are_no_sum(client: Client, other: dict[str, Any], reason: str) -> None:
    make_observation(period="2017")
    make_observation(**{"period": "2017"} | other)
    assert caveats(client) == [reason, "one may be a part of another, or the same told twice"]


def test_reasons_are_those_of_the_list_and_not_of_the_register(client: Client) -> None:
    for _ in range(2):
        make_observation(period="2017")
    make_figure(make_event(happened_on="2016"))
    assert len(caveats(client)) == 4
    assert caveats(client, "?measure=exports") == ["one may be a part of another, or the same told twice"]


def test_list_says_how_a_figure_is_put_and_nothing_of_other_fields(client: Client) -> None:
    event, observation = make_event(), make_observation()
    make_figure(event, "killed", figure_unit="persons")
    deal = make_transfer(number_ordered_missing="uncounted", number_delivered_missing="unknown")
    for record, field in ((event, "figures"), (observation, "figure_low"), (deal, "number_delivered")):
        cite(record, field=field, modality="reported")
        cite(record, field=field, modality="asserted")
    for record, field in ((event, "place"), (observation, "reporter"), (deal, "recipient")):
        cite(record, field=field, modality="alleged")
    lines = client.get("/figures/").context["rows"]
    assert {(line.figure.collection, line.figure.of): line.modalities for line in lines} == {
        ("events", ""): ["reported"],
        ("observations", ""): ["reported"],
        ("arms-transfers", "ordered"): [],
        ("arms-transfers", "delivered"): ["reported"],
    }
    page = client.get("/figures/").content.decode()
    assert page.count('<span class="hedge-of">figure <a class="badge modality-reported"') == 3


def test_every_measure_can_be_asked_for(client: Client) -> None:
    for measure in Measure:
        assert on_page(client, f"?measure={measure}") == []
    assert client.get("/figures/?measure=gold").status_code == 400
    assert client.get("/figures/?after=nonsense").status_code == 400


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_however_much_it_shows(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for number in range(rows):
        event = make_event("PRK", "EGY")
        for part in range(rows):
            make_figure(event, of=f"part {part}")
        make_observation(period=f"200{number}")
        make_transfer(number_ordered_missing="uncounted")
    with django_assert_num_queries(10):
        client.get("/figures/")
