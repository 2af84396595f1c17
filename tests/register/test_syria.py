"""Syria and North Korea: close since the late 1960s."""

import pytest
from django.test import Client

from relations.models import EventFigure
from tests.register.rows import event, evidence, mission, open_missions, parties, period, standing


@pytest.mark.parametrize(
    ("day", "close", "assistance"),
    [
        ("1965-12-31", None, None),
        ("1966-01-01", "possibly", "possibly"),
        ("1969-12-30", "possibly", "possibly"),
        ("1969-12-31", "on_that_day", "on_that_day"),
        # The document says that relations have been close since, not that the help continued.
        ("1970-01-01", "on_that_day", "possibly"),
        ("2017-12-31", "on_that_day", "possibly"),
        ("2018-06-01", "possibly", "possibly"),
    ],
)
def test_since_the_late_1960s(day: str, close: str | None, assistance: str | None) -> None:
    assert standing("PRK-SYR", "character", day) == ([(close, "close")] if close else [])
    assert standing("PRK-SYR", "military", day) == [(assistance, "assistance") if assistance else ("not_stated",)]


def test_north_korea_assisted_syria() -> None:
    assert period("prk-syr-military-assistance")[2] == "PRK"


def test_embassies_stand_in_both_capitals_and_no_establishment_is_stated() -> None:
    assert mission("prk-syr-embassy") == ("PRK", "SYR", "SYR", "", "", "")
    assert mission("syr-prk-embassy") == ("SYR", "PRK", "PRK", "", "", "")
    assert open_missions("PRK", "SYR", "2000-01-01") == [("not_dated", "prk-syr-embassy")]
    assert open_missions("SYR", "PRK", "2000-01-01") == [("not_dated", "syr-prk-embassy")]
    assert standing("PRK-SYR", "legal", "2000-01-01") == [("not_stated",)]


def test_reactor_was_built_without_a_date_and_destroyed_in_2007() -> None:
    assert event("north-korea-builds-nuclear-reactor-in-syria") == ("nuclear_cooperation", "", "asserted")
    assert parties("north-korea-builds-nuclear-reactor-in-syria") == {("actor", "PRK"), ("host", "SYR")}
    assert event("israel-destroys-syrian-reactor") == ("air_strike", "2007", "asserted")
    assert parties("israel-destroys-syrian-reactor") == {("actor", "ISR"), ("recipient", "SYR"), ("concerned", "PRK")}


def test_nobody_died_in_the_sentence_on_the_reactor() -> None:

    assert not EventFigure.objects.filter(event__slug="israel-destroys-syrian-reactor").exists()


def test_the_act_is_american_and_concerns_three() -> None:
    assert event("united-states-signs-nonproliferation-act") == ("legislation", "2000", "asserted")
    assert parties("united-states-signs-nonproliferation-act") == {
        ("actor", "USA"),
        ("concerned", "IRN"),
        ("concerned", "PRK"),
        ("concerned", "SYR"),
    }


def test_troops_are_reported_and_2016_is_the_year_of_the_reports() -> None:
    assert event("north-korean-troops-fight-for-syrian-government") == ("combat", "[..2016]", "reported")
    assert evidence("event", "north-korean-troops-fight-for-syrian-government") == {
        ("syria.2.4", "", "", "there were reports that", "", "2016")
    }


@pytest.mark.parametrize(
    ("slug", "other"),
    [
        ("israel-destroys-syrian-reactor", "israeli-air-force-strikes-target-in-deir-ez-zor"),
        ("israeli-air-force-strikes-target-in-deir-ez-zor", "israel-destroys-syrian-reactor"),
    ],
)
def test_the_strike_told_twice_names_its_other_telling_on_both_pages(slug: str, other: str, client: Client) -> None:
    page = client.get(f"/events/{slug}/")
    assert [double.slug for double in page.context["doubles"]] == [other]
    assert "Possibly the same event" in page.content.decode()


def test_an_event_told_once_names_no_other(client: Client) -> None:
    page = client.get("/events/united-states-signs-nonproliferation-act/")
    assert list(page.context["doubles"]) == []
    assert "Possibly the same event" not in page.content.decode()
