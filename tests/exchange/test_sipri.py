"""Rows of SIPRI's register as deals: what its columns become, tested with made-up rows in its two layouts."""

import csv
import io

import pytest
from django.test import Client

from relations.models import ArmsTransfer, Citation
from tests.exchange.test_imports import csv_of, imported
from tests.factories import make_actor, make_country, make_source

pytestmark = pytest.mark.django_db

DEAL = {"kind": "equipment", "state": "published"}
NEW = {"condition": "new"}


def number(name: str, amount: str, qualifier: str = "exact") -> dict[str, str]:
    """A figure in pieces; SIPRI's question mark applies to the number, not to the deal."""
    return {
        f"{name}_low": amount,
        f"{name}_high": amount,
        f"{name}_qualifier": qualifier,
        f"{name}_unit": "pieces",
    }


DEALS = [
    {
        **DEAL,
        **NEW,
        **number("number_ordered", "40", "estimated"),
        **number("number_delivered", "40", "estimated"),
        "slug": "specimen-1",
        "supplier": "SUN",
        "recipient": "EGY",
        "category": "aircraft",
        "designation": "Specimen-1",
        "description": "fighter aircraft",
        "deal_status": "delivered",
        "ordered_on": "1961?",
        "delivered_on": "1962/1965",
        "tiv_per_unit": "4",
        "tiv_ordered": "160",
        "tiv_delivered": "160",
        "note": "Delivered in 1962, 1963 and 1965.",
    },
    {
        **DEAL,
        **number("number_ordered", "12"),
        **number("number_delivered", "7"),
        "slug": "specimen-2",
        "supplier": "USA",
        "recipient": "TUR",
        "category": "armoured_vehicles",
        "designation": "Specimen-2",
        "description": "APC",
        "condition": "second_hand_modernised",
        "deal_status": "partly_delivered",
        "ordered_on": "2001",
        "delivered_on": "2003/2004",
        "tiv_per_unit": "0.2",
        "tiv_ordered": "2.4",
        "tiv_delivered": "1.4",
        "note": "Señor version",
    },
    {
        **DEAL,
        **NEW,
        **number("number_delivered", "20", "estimated"),
        "number_ordered_missing": "uncounted",
        "slug": "specimen-3",
        "supplier": "IRN",
        "recipient_actor": "hezbollah",
        "category": "missiles",
        "designation": "Specimen-3",
        "description": "portable SAM",
        "deal_status": "delivered",
        "ordered_on": "2005?",
        "delivered_on": "2006",
        "tiv_per_unit": "0.02",
        "tiv_delivered": "0.4",
    },
    {
        **DEAL,
        **NEW,
        **number("number_ordered", "5"),
        **number("number_delivered", "5"),
        "slug": "specimen-4",
        "supplier": "USA",
        "recipient_actor": "nato",
        "category": "aircraft",
        "designation": "Specimen-4",
        "description": "UAV",
        "deal_status": "delivered",
        "ordered_on": "2010",
        "delivered_on": "2019",
        "tiv_per_unit": "10",
        "tiv_ordered": "50",
        "tiv_delivered": "50",
    },
    {
        **DEAL,
        **NEW,
        **number("number_ordered", "10", "estimated"),
        **number("number_delivered", "10", "estimated"),
        "slug": "specimen-5",
        "supplier": "CHN",
        "recipient_named_as": "an unknown recipient",
        "category": "missiles",
        "designation": "Specimen-5",
        "description": "anti-ship missile",
        "deal_status": "delivered",
        "ordered_on": "1990?",
        "delivered_on": "1991",
        "tiv_per_unit": "0.3",
        "tiv_ordered": "3",
        "tiv_delivered": "3",
    },
    {
        **DEAL,
        **NEW,
        **number("number_ordered", "2"),
        **number("number_delivered", "2"),
        "slug": "specimen-6",
        "supplier_named_as": "an unknown supplier",
        "recipient": "IRQ",
        "category": "satellites",
        "designation": "Specimen-6",
        "description": "satellite",
        "deal_status": "delivered",
        "ordered_on": "1985?",
        "delivered_on": "1986",
        "tiv_per_unit": "1",
        "tiv_ordered": "2",
        "tiv_delivered": "2",
    },
    {
        **DEAL,
        **NEW,
        **number("number_ordered", "3"),
        "slug": "specimen-7",
        "supplier": "DDR",
        "recipient": "CIV",
        "category": "ships",
        "designation": "Specimen-7",
        "description": "patrol boat",
        "deal_status": "ordered",
        "ordered_on": "1980",
        "tiv_per_unit": "2",
        "tiv_ordered": "6",
    },
    {
        **DEAL,
        **NEW,
        **number("number_delivered", "110", "estimated"),
        "slug": "specimen-10",
        "supplier": "RUS",
        "recipient": "IND",
        "category": "armoured_vehicles",
        "designation": "Specimen-10",
        "description": "tank",
        "licence_production": "true",
        "deal_status": "delivered",
        "ordered_on": "2001?",
        "delivered_on": "2002/2003",
        "tiv_per_unit": "3",
        "tiv_delivered": "330",
    },
]


def bring_in() -> None:
    """The imported rows, with the countries, actors and source that they refer to."""
    make_source("sipri-made-up", csl_type="dataset")
    for code in ("SUN", "EGY", "USA", "TUR", "IRN", "CHN", "IRQ", "DDR", "CIV", "RUS", "IND"):
        make_country(code)
    make_actor("hezbollah", kind="armed_group", country=make_country("LBN"))
    make_actor("nato", kind="international_organisation", name="NATO")
    columns = dict.fromkeys((name for deal in DEALS for name in deal), "")
    rows = [columns | deal | {"citations": f"sipri-made-up@{deal['designation']}"} for deal in DEALS]
    imported(ArmsTransfer, csv_of(*rows))


def test_every_column_of_the_register_comes_back_from_ours(client: Client) -> None:
    bring_in()
    page = client.get("/arms-transfers.csv?sort=date")
    told = {row["slug"]: row for row in csv.DictReader(io.StringIO(b"".join(page.streaming_content).decode()))}
    for deal in DEALS:
        written = {name: value for name, value in deal.items() if name != "state"}
        assert {name: told[deal["slug"]][name] for name in written} == written
    assert [slug for slug, row in told.items() if row["licence_production"] != "false"] == ["specimen-10"]
    undelivered = [slug for slug, row in told.items() if not (row["delivered_on"] or row["number_delivered_low"])]
    assert undelivered == ["specimen-7"]


def test_who_is_no_country_is_named_on_page_and_list(client: Client) -> None:
    bring_in()
    names = {
        "Specimen-3": "Iran to Hezbollah",
        "Specimen-4": "Country USA to NATO",
        "Specimen-5": "Country CHN to an unknown recipient",
        "Specimen-6": "an unknown supplier to Iraq",
    }
    page = client.get("/arms-transfers/").content.decode()
    assert [name for name, parties in names.items() if f"{name}, {parties}" not in page] == []
    assert "an unknown supplier" in client.get("/arms-transfers/specimen-6/").content.decode()


def test_points_are_shown_as_points_and_never_as_money(client: Client) -> None:
    bring_in()
    page = client.get("/arms-transfers/specimen-2/").content.decode()
    assert ["TIV per unit" in page, "TIV of the order" in page, "TIV delivered" in page] == [True, True, True]
    assert ArmsTransfer.objects.get(slug="specimen-2").value_unit == ""
    assert "TIV of the order" not in client.get("/arms-transfers/specimen-10/").content.decode()


def test_condition_and_licence_production_are_said_where_they_are_known(client: Client) -> None:
    bring_in()
    modernised = client.get("/arms-transfers/specimen-2/").content.decode()
    licensed = client.get("/arms-transfers/specimen-10/").content.decode()
    assert ("Second-hand, modernised" in modernised, "Licence production" in modernised) == (True, False)
    assert ("Second-hand" in licensed, "Licence production" in licensed) == (False, True)


def test_each_deal_is_cited_by_its_row_of_the_data_set() -> None:
    bring_in()
    places = Citation.objects.order_by("locator").values_list("transfer__designation", "locator", "passage")
    assert list(places) == sorted((deal["designation"], deal["designation"], None) for deal in DEALS)
