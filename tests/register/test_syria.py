"""Syria and North Korea: close since the late 1960s."""

import pytest

from relations.models import EventFigure
from tests.register.rows import event, evidence, mission, open_missions, parties, period, standing


@pytest.mark.parametrize(("track", "value"), [("character", "close"), ("military", "assistance")])
@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        ("1965-12-31", None),
        ("1966-01-01", "possible"),
        ("1969-12-30", "possible"),
        ("1969-12-31", "certain"),
        ("1970-01-01", "certain"),
    ],
)
def test_since_the_late_1960s(track: str, value: str, day: str, verdict: str | None) -> None:
    before = [] if track == "character" else [("not_stated",)]

    assert standing("PRK-SYR", track, day) == ([(verdict, value)] if verdict else before)


def test_north_korea_assisted_syria() -> None:
    assert period("prk-syr-military-assistance")[2] == "PRK"


def test_embassies_stand_in_both_capitals_and_no_establishment_is_stated() -> None:
    assert mission("prk-syr-embassy") == ("PRK", "SYR", "SYR", "", "", "")
    assert mission("syr-prk-embassy") == ("SYR", "PRK", "PRK", "", "", "")
    assert open_missions("PRK", "SYR", "2000-01-01") == [("undated", "prk-syr-embassy")]
    assert open_missions("SYR", "PRK", "2000-01-01") == [("undated", "syr-prk-embassy")]
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
