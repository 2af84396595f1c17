"""Lists: the rows that each parameter selects, the same on the page and in its file; and refusals in words."""

import csv
import html
import re
from itertools import combinations, permutations, product
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from relations.filters import PARAMETERS, ArmsTransferForm, EventForm, MissionForm, ObservationForm, RelationPeriodForm
from relations.models import ArmsTransfer, DealParty, Event, Mission, Observation, Participation, RelationPeriod
from tests.factories import (
    make_actor,
    make_country,
    make_event,
    make_mission,
    make_observation,
    make_period,
    make_relation,
    make_source,
    make_transfer,
)

pytestmark = pytest.mark.django_db


def page_of(client: Client, path: str) -> Any:
    """The response of a list's page."""
    response = client.get(path)
    assert response.status_code == 200, response.content.decode()
    return response


def rows_of(page: Any) -> list[str]:
    """The keys of the rows on a list's page."""
    return [str(getattr(row, "slug", None) or getattr(row, "key", None) or row.code) for row in page.context["rows"]]


def on_page(client: Client, path: str) -> list[str]:
    return rows_of(page_of(client, path))


def in_file(client: Client, page: Any) -> list[str]:
    """The keys of the rows of the file that the page of a list links to."""
    response = client.get(page.context["files"][0][1])
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = csv.DictReader(b"".join(response.streaming_content).decode().splitlines())
    return [
        row.get("slug") or row.get("key") or row.get("code") or f"{row['country_a']}-{row['country_b']}" for row in rows
    ]


def listed(client: Client, path: str) -> list[str]:
    """The keys of a list; asserts that its page and its file agree."""
    page = page_of(client, path)
    assert in_file(client, page) == rows_of(page)
    return rows_of(page)


@pytest.fixture
def events() -> None:
    """Four visits and votes of Egypt, Iraq and South Korea, and an unpublished one."""
    make_event(
        "PRK", "EGY", slug="agreement", kind="agreement", happened_on="1957", title="A trade agreement is signed"
    )
    make_event("PRK", "IRQ", slug="visit", kind="visit", happened_on="1963-08-24", title="A minister travels")
    vote = make_event("EGY", slug="vote", kind="un_vote", happened_on="1962/1966", modality="reported", title="A vote")
    Participation.objects.create(event=vote, country=make_country("KOR"), role="concerned")
    gift = make_event("IRQ", slug="gift", kind="food_aid", title="Orascom’s Café is praised")
    Participation.objects.create(event=gift, actor=make_actor("orascom", country=make_country("EGY")), role="mediator")
    make_event("PRK", "SYR", slug="secret", kind="visit", happened_on="1963", title="A secret visit", state="draft")


EVENTS_KEPT = {
    "": ["agreement", "vote", "visit", "gift"],
    "sort=-date": ["visit", "vote", "agreement", "gift"],
    "country=EGY": ["agreement", "vote", "gift"],
    "country=EGY&country=IRQ": ["agreement", "vote", "visit", "gift"],
    "&".join(["country=EGY", *["country=IRQ"] * 99]): ["agreement", "vote", "visit", "gift"],
    "country=EGY&country=IRQ&partner=EGY&partner=IRQ": ["gift"],
    "country=PRK&partner=EGY": ["agreement"],
    "country=PRK&partner=EGY&partner=IRQ": ["agreement", "visit"],
    "partner=IRQ": ["visit", "gift"],
    "country=EGY&role=actor": ["vote"],
    "country=EGY&role=recipient&role=mediator": ["agreement", "gift"],
    "role=mediator": ["gift"],
    "actor=orascom": ["gift"],
    "actor=orascom&role=actor": [],
    "kind=visit": ["visit"],
    "kind=visit&kind=un_vote": ["vote", "visit"],
    "modality=reported": ["vote"],
    "from=1963&to=1963": ["visit", "vote"],
    "from=1963&to=1963&reading=possibly": ["visit", "vote"],
    "from=1963&to=1963&reading=certainly": ["visit"],
    "from=1963-08-25": ["vote"],
    "to=1961": ["agreement"],
    "q=agreement": ["agreement"],
    "q=sign agreements": ["agreement"],
    "q=cafe": ["gift"],
    "q=Egypt": ["agreement", "vote", "gift"],
    "q=egypt vote": ["vote"],
    "q=Orascom": ["gift"],
    'q="Orascom"': ["gift"],
    'q="Egypt"': [],
    "q=secret": [],
    "utm_source=letter&fbclid=1&gclid=2&kind=visit": ["visit"],
}


def test_events_are_kept(client: Client, events: None) -> None:
    assert {query: listed(client, f"/events/?{query}") for query in EVENTS_KEPT} == EVENTS_KEPT


ARMS_TRANSFERS_KEPT = {
    "": ["scud", "grenades", "parts", "talk"],
    "country=EGY&role=supplier": ["scud"],
    "country=EGY&role=recipient": ["grenades"],
    "country=PRK&role=supplier": ["grenades", "talk"],
    "country=PRK&role=recipient": ["scud"],
    "country=SYR&role=transit": ["talk"],
    "country=SYR": ["talk"],
    "actor=orascom": ["grenades"],
    "kind=technology": ["talk"],
    "category=small_arms_light_weapons": ["grenades"],
    "status=interdicted&status=delivered": ["scud", "grenades"],
    "from=1980&to=1980": ["scud", "grenades"],
    "from=1979&to=1980&reading=certainly": ["scud"],
    "from=1980&to=1980&reading=certainly": [],
    "q=grenades": ["grenades"],
    "actor=maker": ["scud", "parts"],
    "country=IRQ&role=supplier": ["parts"],
    "country=IRQ&partner=BGR": ["parts"],
    "condition=second_hand": ["parts"],
}


def test_arms_transfers_are_kept(client: Client) -> None:
    scud = make_transfer("EGY", "PRK", slug="scud", designation="Scud-B", delivered_on="[1979,1980]")
    maker = make_actor("maker", country=make_country("IRQ"))
    make_transfer(None, "BGR", slug="parts", supplier_actor=maker, condition="second_hand", deal_status="sought")
    DealParty.objects.create(transfer=scud, actor=maker, role="brokered")
    make_transfer(
        "PRK",
        None,
        slug="grenades",
        recipient_actor=make_actor(country=make_country("EGY")),
        category="small_arms_light_weapons",
        designation="",
        description="rocket-propelled grenades",
        deal_status="interdicted",
        ordered_on="[..2016]",
    )
    make_transfer(
        "PRK", "IRQ", slug="talk", kind="technology", deal_status="discussed", transit_country=make_country("SYR")
    )
    make_transfer("PRK", "EGY", slug="hidden", designation="grenades", state="in_review")

    assert {query: listed(client, f"/arms-transfers/?{query}") for query in ARMS_TRANSFERS_KEPT} == ARMS_TRANSFERS_KEPT


PERIODS_KEPT = {
    "": ["raised", "severed", "favours"],
    "track=legal": ["severed"],
    "value=ambassador&value=favours": ["raised", "favours"],
    "country=IRQ": ["severed"],
    "as_of=1963-08-23": ["favours"],
    "as_of=1963-08-24": ["raised", "favours"],
    "as_of=24+August+1963": ["raised", "favours"],
    "as_of=1990-01-01": ["raised", "severed", "favours"],
    "from=1980&to=1980": ["raised", "severed"],
    "from=1980&to=1980&side=begins": ["severed"],
    "from=1963-08&to=1963-08&side=begins&reading=certainly": ["raised"],
    "from=1980&to=1980&side=ends": [],
    "to=1980&side=begins&track=level": ["raised"],
    "q=sanctions": ["favours"],
}


def test_periods_are_kept(client: Client) -> None:
    make_period("level", "ambassador", slug="raised", began_on="1963-08-24")
    make_period("legal", "severed", slug="severed", relation=make_relation("IRQ", "PRK"), began_on="1980-10")
    make_period("position", "favours", slug="favours", subject="sanctions", held_by=make_country("EGY"))
    make_period("military", "severed", slug="unseen", began_on="1960", state="draft")

    assert {query: listed(client, f"/periods/?{query}") for query in PERIODS_KEPT} == PERIODS_KEPT


MISSIONS_KEPT = {
    "": ["cairo", "section", "sofia"],
    "country=BGR": ["sofia"],
    "country=BGR&role=host": ["sofia"],
    "country=BGR&role=sending": [],
    "country=BGR&role=protecting": [],
    "country=CHE&role=protecting": ["section"],
    "country=CHE&partner=PRK": [],
    "kind=interests_section": ["section"],
    "country=TUR&partner=PRK": ["sofia"],
    "kind=consulate": [],
    "as_of=1960-12-31": ["section", "sofia"],
    "as_of=1970-06-01": ["cairo", "section", "sofia"],
    "as_of=1980-01-01": ["cairo", "section", "sofia"],
    "from=1961&to=1961&side=begins": ["cairo"],
    "from=1970&to=1971-06&side=ends": ["cairo"],
    "from=1970&to=1971-06&side=ends&reading=certainly": [],
    "from=1961&to=1961&side=ends": [],
    "from=1971&side=ends&as_of=1970-06-01": ["cairo"],
}


def test_missions_are_kept(client: Client) -> None:
    make_mission("PRK", "EGY", slug="cairo", city="Cairo", opened_on="1961", closed_on="1971")
    make_mission("PRK", "TUR", slug="sofia", city="Sofia", host_country=make_country("BGR"))
    make_mission("PRK", "SYR", slug="damascus", opened_on="1961", state="draft")
    swiss = {"kind": "interests_section", "protecting_power": make_country("CHE")}
    make_mission("PRK", "KOR", slug="section", **swiss)

    assert {query: listed(client, f"/missions/?{query}") for query in MISSIONS_KEPT} == MISSIONS_KEPT


OBSERVATIONS_KEPT = {
    "": ["rank", "workers"],
    "measure=workers": ["workers"],
    "country=EGY&role=from": ["rank"],
    "country=EGY&role=to": [],
    "from=2010": ["rank"],
}


def test_observations_are_kept(client: Client) -> None:
    make_observation("EGY", "PRK", slug="rank", measure="trade_rank", period="2010", figure_unit="rank")
    make_observation("PRK", "KWT", slug="workers", measure="workers", figure_unit="persons")
    make_observation("PRK", "OMN", slug="guess", state="draft")

    assert {query: listed(client, f"/observations/?{query}") for query in OBSERVATIONS_KEPT} == OBSERVATIONS_KEPT


THINGS_KEPT = {
    "/countries/": ["EGY", "PRK"],
    "/countries/?q=gypt": ["EGY"],
    "/countries/?q=EGYPTE": ["EGY"],
    "/countries/?q=l’egypte": ["EGY"],
    "/countries/?q=-": [],
    "/countries/?kind=territory": [],
    "/relations/": ["EGY-PRK"],
    "/relations/?country=EGY": ["EGY-PRK"],
    "/relations/?country=PRK&q=korea": ["EGY-PRK"],
    "/actors/": ["orascom"],
    "/actors/?kind=person": [],
    "/actors/?country=EGY": ["orascom"],
    "/sources/": ["test-source"],
    "/sources/?kind=report": [],
    "/sources/?q=TEST": ["test-source"],
    "/sources/?q=test source": ["test-source"],
    "/relations/?q=egy-prk": ["EGY-PRK"],
    "/actors/?q=ORASCOM": ["orascom"],
    "/actors/?q=o.t.": ["orascom"],
    "/actors/?q=ba'ath": [],
}


def test_things_are_kept(client: Client) -> None:
    egypt = make_country("EGY", aliases=["L'Égypte"])
    event = make_event("PRK", "EGY")
    actor = make_actor("orascom", country=egypt, aliases=["OT"])
    Participation.objects.create(event=event, actor=actor, role="actor")
    make_relation("EGY", "PRK")
    make_relation("IRQ", "PRK")
    make_event("PRK", "IRQ", state="draft")
    make_actor("nobody")
    make_source("unused")

    assert {path: listed(client, path) for path in THINGS_KEPT} == THINGS_KEPT


def powerset(codes: tuple[str, ...]) -> list[list[str]]:
    return [list(some) for size in range(1, len(codes) + 1) for some in combinations(codes, size)]


@pytest.fixture
def pairs() -> None:
    """Records of every type between some of three countries: with actors, hosts, countries of transit, and alone."""
    egypt, iraq = make_country("EGY"), make_country("IRQ")
    of_egypt, of_iraq = make_actor("of-egypt", country=egypt), make_actor("of-iraq", country=iraq)
    for codes in (("PRK",), ("EGY",), ("PRK", "EGY"), ("EGY", "IRQ"), ("PRK", "SYR"), ("PRK", "EGY", "IRQ")):
        make_event(*codes, slug="-".join(codes).lower())
    for slug, codes, actors in (
        ("of-one", ["EGY"], [of_egypt]),
        ("of-two", ["EGY"], [of_iraq]),
        ("of-actors", [], [of_egypt, of_iraq]),
        ("of-nobody", ["SYR"], [make_actor("rebels")]),
    ):
        event = make_event(*codes or ["SYR"], slug=slug)
        for actor in actors:
            Participation.objects.create(event=event, actor=actor, role="host")
    for first, second in (("PRK", "EGY"), ("EGY", "PRK"), ("IRQ", "PRK"), ("EGY", "IRQ"), ("SYR", "BGR")):
        slug = f"{first}-{second}".lower()
        make_transfer(first, second, slug=slug)
        make_observation(first, second, slug=slug)
        make_mission(first, second, slug=slug)
        make_period(relation=make_relation(first, second), slug=slug)
    make_transfer("PRK", "SYR", slug="through-egypt", transit_country=egypt)
    make_transfer("EGY", None, slug="to-its-own", recipient_actor=of_egypt)
    make_transfer("EGY", None, slug="to-its-own-through-iraq", recipient_actor=of_egypt, transit_country=iraq)
    make_transfer("PRK", None, slug="to-an-actor", recipient_actor=of_iraq)
    make_mission("PRK", "TUR", slug="in-egypt", host_country=egypt)
    make_mission("PRK", "EGY", slug="in-iraq", host_country=iraq)


FORMS = {
    EventForm: Event,
    ArmsTransferForm: ArmsTransfer,
    MissionForm: Mission,
    RelationPeriodForm: RelationPeriod,
    ObservationForm: Observation,
}


def test_a_pair_is_any_of_the_countries_with_any_other_of_the_partners(pairs: None) -> None:
    subsets = powerset(("EGY", "IRQ", "PRK"))
    for form_class, model in FORMS.items():
        published = model.objects.published()
        involving = {
            codes: set(published.involving(*codes).values_list("slug", flat=True))
            for codes in permutations(("EGY", "IRQ", "PRK"), 2)
        }
        for countries, partners in product(subsets, subsets):
            if countries == partners and len(partners) == 1:
                continue
            form = form_class(QueryDict(urlencode({"country": countries, "partner": partners}, doseq=True)))
            form.check()

            found = set(form.apply(published).values_list("slug", flat=True))

            expected = [slugs for pair, slugs in involving.items() if pair[0] in countries and pair[1] in partners]
            assert found == set().union(*expected), (model, countries, partners)
        assert all(involving.values()), model


def test_pages_lose_and_repeat_nothing(client: Client) -> None:
    days = ["1963", "1963", "1961-03", "", "[..1970]", "1980/..", "", "1963-08-24", "1990", "1963", "2001", "2002"]
    for number, day in enumerate(days):
        make_event(slug=f"event-{number:02}-of-many", happened_on=day)
    for sort in ("", "sort=-date&", "sort=-changed&"):
        whole = on_page(client, f"/events/?{sort}size=200")
        first = client.get(f"/events/?{sort}size=10")
        second = client.get(first.context["next"])

        assert [row.slug for row in (*first.context["rows"], *second.context["rows"])] == whole
        assert (len(first.context["rows"]), len(second.context["rows"]), second.context["next"]) == (10, 2, "")
        assert second.context["first"] == f"/events/?{sort}size=10"


def test_in_a_list_of_days_vague_records_follow_certain_ones(client: Client) -> None:
    days = [*("1963", "1963-08", "[..1970]", "[1950..]", "196X", "19XX", "1940/1962", "1990", "[..1995]", "1961-12-31")]
    days += [f"196{number}-03" for number in range(10)] + ["", "2001", "1930"]
    for number, day in enumerate(days):
        make_event(slug=f"event-{number:02}", happened_on=day)
    placed = on_page(client, "/events/?size=200")
    for country in ("", "country=PRK&"):
        for sort in ("", "sort=-date&", "sort=-changed&"):
            path, read = f"/events/?{country}from=1962&to=1966&{sort}size=10", []
            while path:
                page = client.get(path).context
                read += [row.slug for row in page["rows"]]
                path = page["next"]
            assert page["count"] == len(read) == 13
            if sort != "sort=-changed&":
                certain = on_page(client, f"/events/?{country}from=1962&to=1966&reading=certainly")
                in_order = [slug for slug in (placed[::-1] if sort else placed) if slug in read]
                assert read == sorted(in_order, key=lambda slug: slug not in certain)


UNSEEN = "holds the unseen character U+0000 control character; take it out."
HOSTILE = [
    ("/events/?foo=1", "“foo” is not a parameter of this page."),
    ("/events/?contry=EGY", "Did you mean country?"),
    ("/events/?as_of=1962-01-01", "“as_of” is not a parameter of this page."),
    ("/events/?page=2", "“page” is not a parameter of this page."),
    (
        "/events/?country=ЕGY",
        "“ЕGY” (Е is U+0415 CYRILLIC CAPITAL LETTER IE) is not one of the values allowed.",
    ),
    ("/events/?country=Egypy", "country: “Egypy” is not one of the values allowed. Did you mean EGY?"),
    ("/events/?country=EGX", "country: “EGX” is not one of the values allowed. Allowed:"),
    ("/chronology/?country=PRX", "country: “PRX” is not one of the values allowed. Allowed:"),
    ("/events/?country=EGY&country=XXX", "country: “XXX” is not one of the values allowed."),
    ("/events/?country=SYR", "country: “SYR” is not one of the values allowed."),
    ("/events/?country=%00", f"“country” {UNSEEN}"),
    ("/events/?kind=visits", "Did you mean visit?"),
    ("/events/?kind=visit,talks", "kind: “visit,talks” is not one of the values allowed."),
    ("/events/?modality=sure", "modality: “sure” is not one of the values allowed."),
    ("/events/?role=villain", "role: “villain” is not one of the values allowed."),
    ("/events/?actor=nobody", "actor: “nobody” is not one of the values allowed."),
    ("/events/?q=%00", f"“q” {UNSEEN}"),
    ("/events/?q=" + "x" * 201, "q: At most 200 characters are looked for, and these are 201."),
    ("/events/?q=a&q=b", "“q” is given 2 times; it takes one value."),
    ("/events/?from=1962&from=1963", "“from” is given 2 times; it takes one value."),
    ("/events/?from=1962/1966", "from: “1962/1966” is not a day, month or year"),
    ("/events/?from=199X", "from: “199X” is not a day, month or year"),
    ("/events/?from=1962-21", "from: “1962-21” is not a day, month or year"),
    ("/events/?from=1962-02-30", "from: “1962-02-30” is not a day, month or year"),
    ("/events/?from=0000", "from: “0000” is not a day, month or year"),
    ("/events/?from=%D9%A1%D9%A9%D9%A6%D9%A2", "is not a day, month or year"),
    ("/events/?from=NaN", "from: “NaN” is not a day, month or year"),
    ("/events/?from=1970&to=1960", "to: “1960” lies before from, “1970”."),
    ("/events/?reading=maybe&from=1960", "reading: “maybe” is not one of the values allowed."),
    ("/events/?reading=certainly", "reading: says how from and to are meant"),
    ("/periods/?side=ends", "side: says what is to lie between from and to; give at least one of them."),
    ("/periods/?side=middle&from=1960", "side: “middle” is not one of the values allowed. Allowed: begins, ends."),
    ("/events/?side=ends&from=1960", "“side” is not a parameter of this page."),
    ("/events/?sort=colour", "sort: “colour” is not one of the values allowed."),
    ("/events/?size=9", "size: “9” is not a whole number from 10 to 200."),
    ("/events/?size=201", "size: “201” is not a whole number from 10 to 200."),
    ("/events/?size=1e2", "size: “1e2” is not a whole number"),
    ("/events/?size=" + "9" * 5000, "…” is not a whole number"),
    ("/events/?after=soon", "after: “soon” is not a place in this list."),
    ("/events/?after=1962-13-01~x", "after: “1962-13-01~x” is not a place in this list."),
    ("/events/?sort=-changed&after=2020-01-01~x", "is not a place in this list."),
    ("/events/?sort=-changed&after=0001-01-01T00:00:00%2B23:59~x", "is not a place in this list."),
    ("/events/?sort=-changed&after=9999-12-31T23:59:59-23:59~x", "is not a place in this list."),
    ("/events/?after=1962-01-01~%00", f"“after” {UNSEEN}"),
    ("/events/?country=EGY&partner=EGY", "partner: “EGY” is the country itself; give another."),
    ("/events/?" + "country=EGY&" * 101, "country: 101 values are too many; it takes at most 100."),
    ("/events/?" + "country=XXX&" * 101, "country: 101 values are too many; it takes at most 100."),
    ("/arms-transfers/?role=supplier", "role: says which part the country has; give country too."),
    ("/periods/?as_of=1962-21", "as_of: “1962-21” is not a day such as 1962-01-01"),
    ("/periods/?as_of=1962-02-30", "as_of: “1962-02-30” is not a day such as 1962-01-01"),
    ("/relations/EGY-PRK/?as_of=yesterday", "as_of: “yesterday” is not a day such as 1962-01-01"),
    ("/relations/EGY-PRK/?on=1962-01-01", "“on” is not a parameter of this page."),
    ("/events/visit/?foo=1", "Parameter “foo” is none of this page, which takes none."),
    ("/events/visit/versions/?after=1", "Parameter “after” is none of this page, which takes none."),
    ("/relations/EGY-PRK/dossier/?as_of=never", "as_of: “never” is not"),
    (
        "/missions/?country=EGY&country=PRK&partner=PRK&role=host",
        "role: says which part one country has with a partner; give one country, or leave the partner out.",
    ),
    ("/chronology/?country=EGY&country=PRK", "“country” is given 2 times; it takes one value."),
    ("/chronology/?kind=observations", "kind: “observations” is not one of the values allowed."),
    ("/chronology/?country=EGY&partner=EGY", "partner: “EGY” is the country itself; give another."),
    ("/chronology/?after=x", "after: This is no place in the chronology."),
    ("/chronology/?after=1962-13-01~events~x~0", "after: "),
    ("/search/?query=x", "“query” is not a parameter of this page."),
    ("/search/?q=%00", f"“q” {UNSEEN}"),
]


def test_what_is_not_understood_is_refused_in_words(client: Client) -> None:
    make_event("PRK", "EGY", slug="visit")
    make_event("PRK", "SYR", state="draft")
    make_relation("EGY", "PRK")

    for path, reason in HOSTILE:
        response = client.get(path)

        assert response.status_code == 400, path
        assert [problem for problem in response.context["problems"] if reason in problem] != [], path
        assert html.escape(response.context["problems"][0]) in response.content.decode(), path


@pytest.mark.parametrize("file", ["countries", "events", "figures", "periods"])
def test_a_file_refuses_in_text_one_problem_a_line(client: Client, file: str) -> None:
    make_event("PRK", "EGY")

    response = client.get(f"/{file}.csv?size=10&sort=-nothing")

    assert (response.status_code, response.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    size, sort = response.content.decode().splitlines()
    assert size.startswith("Parameter “size” is not a parameter of this page.")
    assert sort.startswith("sort: “-nothing” is not one of the values allowed.")
    assert client.get(f"/{file}/?size=1").headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/relations/EGY-PRK/?as_of=yesterday", 'name="as_of" value="yesterday"'),
        ("/periods/?as_of=1962-21&q=talks", 'name="q" value="talks"'),
        ("/search/?q=a&x=1", 'name="q" value="a"'),
    ],
)
def test_a_refusal_keeps_the_form_and_its_values(client: Client, path: str, kept: str) -> None:
    make_relation("EGY", "PRK")
    make_event("PRK", "EGY")

    page = client.get(path).content.decode()

    assert f'action="{path.partition("?")[0]}' in page
    assert kept in page


def test_a_problem_is_named_by_the_field_that_has_it(client: Client) -> None:
    page = client.get("/periods/?as_of=1962-21").content.decode()

    assert "<details open>" in page  # the form is open to correct the refused value
    assert "<details>" in client.get("/periods/?as_of=1962").content.decode()
    assert 'aria-describedby="id_as_of_error"' in page
    assert page.count('<li id="id_as_of_error">as_of: “1962-21” is not a day') == 1


@pytest.mark.parametrize("path", ["/events/", "/periods/", "/missions/", "/arms-transfers/", "/chronology/"])
def test_forms_show_their_parameters_in_one_order(client: Client, path: str) -> None:
    shown = list(client.get(path).context["form"].fields)

    assert shown == [name for name in PARAMETERS if name in shown]
    assert {"q", "from", "sort"} & set(shown)


def test_all_that_is_wrong_is_said_at_once(client: Client) -> None:
    problems = client.get("/events/?kind=x&foo=1&size=9").context["problems"]

    assert [problem.split(" is not ")[0] for problem in problems] == ["Parameter “foo”", "kind: “x”", "size: “9”"]
    many = client.get("/events/?" + "&".join(f"kind={number}" for number in range(100))).context["problems"]
    assert [problem.split(" is not ")[0] for problem in many] == [f"kind: “{number}”" for number in range(5)]


def test_a_form_with_empty_fields_leads_to_a_tidy_address(client: Client) -> None:
    make_event("PRK", "EGY")

    response = client.get("/events/?q=&country=EGY&from=&to=&reading=&sort=date&utm_source=x")

    assert (response.status_code, response.headers["Location"]) == (302, "/events/?country=EGY")


def test_chips_lead_to_the_list_without_them(client: Client, events: None) -> None:
    chips = client.get("/events/?country=EGY&country=IRQ&kind=visit&size=20").context["chips"]

    assert chips == [
        {"label": "Country", "words": "Egypt", "without": "/events/?country=IRQ&kind=visit&size=20"},
        {"label": "Country", "words": "Iraq", "without": "/events/?country=EGY&kind=visit&size=20"},
        {"label": "Kind", "words": "Visit", "without": "/events/?country=EGY&country=IRQ&size=20"},
    ]


def test_a_chip_says_how_vague_dates_are_meant(client: Client, events: None) -> None:
    chips = client.get("/events/?from=1963&reading=certainly").context["chips"]
    assert [(chip["label"], chip["words"]) for chip in chips] == [("From", "1963"), ("Vague dates", "Certainly within")]


def test_a_list_of_a_day_shows_the_verdict_of_each_row(client: Client) -> None:
    """Verdicts are in words next to each row, and in two columns of its file; a list without a day has neither."""
    make_period("level", "ambassador", slug="a-begun", began_on="1960")
    make_period("position", "favours", slug="b-perhaps", subject="talks", began_on="[1970,1972]")
    make_period("position", "favours", slug="c-undated", subject="sanctions")
    make_mission(slug="cairo", opened_on="1961", closed_on="1971")

    def told(path: str) -> tuple[list[tuple[str, ...]], list[tuple[Any, ...]]]:
        page = client.get(path)
        file = client.get(page.context["files"][0][1]).getvalue().decode()
        rows = [(row["slug"], row.get("as_of"), row.get("verdict")) for row in csv.DictReader(file.splitlines())]
        words = re.findall(r'<td data-label="On ([^"]*)"><a [^>]*>([^<]*)</a>\s*</td>', page.content.decode())
        return words, rows

    assert told("/periods/") == ([], [("a-begun", None, None), ("b-perhaps", None, None), ("c-undated", None, None)])
    assert told("/periods/?as_of=1971-01-02") == (
        [
            ("2 January 1971", "On that day"),
            ("2 January 1971", "Possibly on that day"),
            ("2 January 1971", "Not dated"),
        ],
        [
            ("a-begun", "1971-01-02", "on_that_day"),
            ("b-perhaps", "1971-01-02", "possibly"),
            ("c-undated", "1971-01-02", "not_dated"),
        ],
    )
    assert told("/missions/") == ([], [("cairo", None, None)])
    ended = [("1 January 1972", "Ended")], [("cairo", "1972-01-01", "ended")]
    assert told("/missions/?as_of=1972-01-01") == ended


def test_a_list_of_a_day_counts_verdicts_on_every_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(11):
        make_mission(slug=f"open-{number:02}", sending=f"A{chr(65 + number)}A", opened_on="1961")
    make_mission("EGY", "SYR", slug="perhaps", opened_on="[1970,1972]")
    make_mission("EGY", "IRQ", slug="undated")
    make_mission("EGY", "JOR", slug="closed", opened_on="1961", closed_on="1965")

    def told(path: str) -> list[str]:
        tally = client.get(path).content.decode().partition('<p aria-live="polite">')[2].partition("</p>")[0]
        return re.findall(r"\((.*)\)", tally)

    counted = ["11 on that day, 1 possibly on that day, 1 not dated, 1 ended"]
    first = client.get("/missions/?as_of=1971&size=10")
    assert told("/missions/?as_of=1971") == told("/missions/?as_of=1971&size=10") == counted
    assert told(first.context["next"]) == counted
    assert told("/missions/?as_of=1971&country=EGY&q=Syria") == ["1 possibly on that day"]
    assert told("/missions/?as_of=1950&country=SYR") == told("/missions/") == told("/events/") == []

    monkeypatch.setattr(MissionForm, "COUNTED_OF_A_DAY", 13)
    assert told("/missions/?as_of=1971&size=10") == []  # there are more than are counted
    monkeypatch.setattr(MissionForm, "COUNTED_OF_A_DAY", 14)
    assert told("/missions/?as_of=1971&size=10") == counted


def test_a_single_name_works_with_every_sort_order_and_filter(client: Client) -> None:
    make_event("EGY", "PRK", slug="visit", happened_on="1963-08-24")
    make_event("EGY", slug="talks", kind="talks", happened_on="1970")
    make_event("IRQ", "PRK", slug="of-others", happened_on="1965")
    make_mission("PRK", "EGY", slug="embassy", opened_on="1963", closed_on="1975")
    make_event("COD", slug="coup", happened_on="1960")
    make_event("COG", slug="revolt", happened_on="1963")
    expected = {
        "": ["visit", "talks"],
        " 1960s": ["visit"],
        " 1970s": ["talks"],
        "&sort=-date": ["talks", "visit"],
        "&sort=-changed": ["visit", "talks"],  # of one moment, by slug
        "&after=1963-08-24~visit": ["talks"],
        "&country=PRK": ["visit"],
        "&kind=talks": ["talks"],
        "&from=1965": ["talks"],
        "&negated=yes": [],
    }
    assert {asked: on_page(client, f"/events/?q=Egypt{asked}") for asked in expected} == expected
    assert on_page(client, "/events/?q=Congolese") == ["coup", "revolt"]  # of one state or the other
    assert on_page(client, "/missions/?q=Egypt") == ["embassy"]  # which is listed where it ends, too
