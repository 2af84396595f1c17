"""Israel and North Korea: not recognised, and struck at in Syria."""

import pytest

from relations.models import ArmsTransfer
from tests.register.pages import after
from tests.register.rows import deal, event, evidence, figures, parties, period, records_from, standing

STRIKE = "israeli-air-force-strikes-target-in-deir-ez-zor"


def test_north_korea_does_not_recognise_israel_and_of_israel_nothing_is_said() -> None:
    assert period("isr-prk-recognition-not-recognised-by-prk") == (
        "recognition",
        "not_recognised",
        "PRK",
        "",
        "",
        "asserted",
    )
    assert standing("ISR-PRK", "recognition", "2000-01-01") == [("not_stated",), ("not_dated", "not_recognised")]
    assert standing("ISR-PRK", "legal", "2000-01-01") == [("not_stated",)]
    assert standing("ISR-PRK", "character", "2000-01-01") == [("not_dated", "hostile")]


def test_the_denunciation_told_twice_is_one_record() -> None:
    found = evidence("period", "isr-prk-position-opposes-imperialist-satellite")

    assert {place for place, *_ in found} == {"israel.1.1", "palestine.1.2"}


@pytest.mark.parametrize("country", ["IRN", "SYR", "LBY", "EGY"])
def test_missile_technology_was_supplied_to_four_without_a_date(country: str) -> None:
    assert deal(f"prk-{country.lower()}-missile-technology") == (
        "PRK",
        country,
        "technology",
        "missile technology",
        "delivered",
        "",
        "",
        "asserted",
    )


def test_missile_technology_was_supplied_to_no_fifth() -> None:
    assert ArmsTransfer.objects.filter(citations__passage__ref="israel.2.1").count() == 4


def test_the_strike_is_stated_and_the_dead_are_reported() -> None:
    assert event(STRIKE) == ("air_strike", "2007-09-06", "asserted")
    assert figures(STRIKE) == [("killed", "10 persons", "North Korean nuclear scientists")]
    hedge, by = "According to Media and IAEA investigative reports", "media and the International Atomic Energy Agency"
    assert evidence("event", STRIKE) == {
        ("israel.2.3", "", "", "", "", ""),
        ("israel.2.4", "figures", "reported", hedge, by, ""),
        ("israel.2.4", "participants", "reported", hedge, by, ""),
    }


def test_the_page_of_the_strike_says_beside_the_dead_that_they_are_reported() -> None:
    dead = ["Killed: 10 persons", "North Korean nuclear scientists", "Reported"]

    assert after(f"/events/{STRIKE}/", "Figures", 4) == [*dead, "According to Media and IAEA investigative reports"]


def test_the_strike_is_israels_on_syria_and_north_korea_is_only_concerned() -> None:
    assert parties(STRIKE) == {
        ("actor", "ISR"),
        ("actor", "israeli-air-force"),
        ("recipient", "SYR"),
        ("concerned", "PRK"),
        ("victim", "North Korean nuclear scientists"),
    }


def test_the_strike_and_the_destroyed_reactor_stay_apart() -> None:
    assert records_from("israel.2.3") == {f"event/{STRIKE}"}
    assert records_from("syria.2.2") == {"event/israel-destroys-syrian-reactor"}


def test_tourists_of_four_countries_were_kept_out() -> None:
    slug = "north-korea-excludes-tourists-of-four-countries"

    assert event(slug) == ("restriction", "1986", "asserted")
    assert parties(slug) == {("actor", "PRK"), *(("recipient", code) for code in ("ISR", "JPN", "USA", "ZAF"))}
    assert event("north-korea-opens-to-western-tourists") == ("permission", "1986", "asserted")


def test_the_model_of_the_nuclear_programme_is_a_suggestion() -> None:
    assert event("north-korea-models-nuclear-programme-on-israel") == ("policy", "", "inferred")
    assert evidence("event", "north-korea-models-nuclear-programme-on-israel") == {
        ("israel.3.2", "", "", "It has been suggested that … has sought to", "", "")
    }
