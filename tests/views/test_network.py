"""The network of arms transfers: suppliers, recipients, numbers of deals, and hedges."""

from typing import Any

import pytest
from django.test import Client

from relations.views import network
from tests.factories import make_actor, make_transfer

pytestmark = pytest.mark.django_db


def lines(client: Client, query: str = "") -> list[tuple[str, int, str]]:
    found = client.get(f"/network/{query}").context["network"].lines
    return [(line.title, line.plain, line.url) for line in found]


def test_deals_are_drawn_by_direction_with_their_hedges_apart(client: Client) -> None:
    make_transfer("PRK", "IRN", slug="a")
    make_transfer("PRK", "IRN", slug="b", modality="alleged")
    make_transfer("PRK", "IRN", slug="c", modality="reported")
    make_transfer("IRN", "PRK", slug="back")
    make_transfer("PRK", "SYR", slug="only", modality="alleged")
    make_transfer("PRK", "SYR", slug="never", negated=True)
    make_transfer("PRK", "SYR", slug="draft", state="draft")
    assert lines(client) == [
        (
            "North Korea to Iran: 3 deals, 1 reported, 1 alleged",
            1,
            "/arms-transfers/?country=PRK&partner=IRN&role=supplier&negated=no",
        ),
        ("Iran to North Korea: 1 deal", 1, "/arms-transfers/back/"),
        ("North Korea to Syria: 1 deal, 1 alleged", 0, "/arms-transfers/only/"),
    ]
    page = client.get("/network/").content.decode()
    assert 'aria-label="North Korea to Iran: 3 deals, 1 reported, 1 alleged"' in page
    assert page.count('class="partly hedged"') == 2  # one line, and the legend


def test_each_line_leads_to_as_many_deals_as_it_says(client: Client) -> None:
    firm = make_actor("firm", name="A firm")
    for number in range(2):
        make_transfer("PRK", "IRN", slug=f"iran-{number}")
        make_transfer("IRN", "PRK", slug=f"back-{number}")
        make_transfer("PRK", None, slug=f"firm-{number}", recipient_actor=firm)
        make_transfer("PRK", None, slug=f"unnamed-{number}", recipient_named_as="rebels abroad")
    make_transfer("PRK", "IRN", slug="never", negated=True)
    make_transfer("PRK", "IRN", slug="mines", category="naval_weapons", designation="A mine")
    for line in client.get("/network/").context["network"].lines:
        assert client.get(line.url).context["count"] == line.number, line.title
    ((title, _, url),) = lines(client, "?category=naval_weapons")
    assert (title, url) == ("North Korea to Iran: 1 deal", "/arms-transfers/mines/")
    kept = [url for _, _, url in lines(client, "?category=missiles&country=IRN")]
    assert kept[0] == "/arms-transfers/?country=IRN&partner=PRK&role=supplier&category=missiles&negated=no"


def test_it_takes_what_the_list_takes_and_says_so_where_nothing_answers(client: Client) -> None:
    make_transfer("PRK", "IRN", slug="a", ordered_on="1985")
    make_transfer("PRK", "SYR", slug="b", ordered_on="1991")
    assert [title for title, _, _ in lines(client, "?from=1990")] == ["North Korea to Syria: 1 deal"]
    assert client.get("/network/?country=Iran").headers["Location"] == "/network/?country=IRN"
    assert client.get("/network/?country=&q=").headers["Location"] == "/network/"
    strangers = ("sort=date", "after=x", "negated=yes")
    assert [client.get(f"/network/?{query}").status_code for query in strangers] == [400] * 3
    assert "Nothing public answers to this." in client.get("/network/?from=2010").content.decode()


def test_the_order_of_parties_is_that_of_deals_and_crosses_little(client: Client) -> None:
    for supplier, recipient, number in (("PRK", "SYR", 1), ("PRK", "IRN", 3), ("IRN", "LBN", 2), ("PRK", "EGY", 2)):
        for each in range(number):
            make_transfer(supplier, recipient, slug=f"{supplier}-{recipient}-{each}".lower())
    found = client.get("/network/").context["network"]
    assert [party.name for party in found.suppliers] == ["North Korea", "Iran"]
    assert [party.name for party in found.recipients] == ["Iran", "Egypt", "Syria", "Country LBN"]
    assert found.view_box == "0 0 100 40"
    assert [(line.path, line.thickness) for line in found.lines] == [
        ("M0 5C50 5 50 5 100 5", 9.0),
        ("M0 15C50 15 50 35 100 35", 6.5),
        ("M0 5C50 5 50 15 100 15", 6.5),
        ("M0 5C50 5 50 25 100 25", 4.0),
    ]


def test_of_very_many_parties_those_of_most_deals_are_drawn(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "MOST", 2)
    for recipient, number in (("IRN", 3), ("SYR", 2), ("EGY", 1)):
        for each in range(number):
            make_transfer("PRK", recipient, slug=f"{recipient}-{each}".lower())
    found = client.get("/network/").context["network"]
    assert ([party.name for party in found.recipients], found.is_cut) == (["Iran", "Syria"], True)
    assert "Drawn are the parties of most deals." in client.get("/network/").content.decode()


def test_it_costs_the_same_however_many_deals_there_are(client: Client, django_assert_num_queries: Any) -> None:
    for number in range(3):
        make_transfer("PRK", ("IRN", "SYR", "EGY")[number], slug=f"deal-{number}")
        with django_assert_num_queries(5):
            assert len(lines(client)) == number + 1
