"""North Yemen, South Yemen and Yemen are three countries."""

import pytest

from relations.models import ArmsTransfer
from tests.register.rows import deal, deals, event, evidence, mission, open_missions, parties, period, standing


@pytest.mark.parametrize(
    ("day", "pair", "answer"),
    [
        ("1962-12-31", "PRK-YAR", ("not_stated",)),
        ("1963-01-01", "PRK-YAR", ("possibly", "established")),
        ("1963-12-30", "PRK-YAR", ("possibly", "established")),
        ("1963-12-31", "PRK-YAR", ("on_that_day", "established")),
        ("1964-01-01", "PRK-YAR", ("on_that_day", "established")),
        ("1967-12-31", "PRK-YMD", ("not_stated",)),
        ("1968-01-01", "PRK-YMD", ("possibly", "established")),
        ("1968-12-30", "PRK-YMD", ("possibly", "established")),
        ("1968-12-31", "PRK-YMD", ("on_that_day", "established")),
        ("1969-01-01", "PRK-YMD", ("on_that_day", "established")),
    ],
)
def test_relations_with_either_yemen(day: str, pair: str, answer: tuple[str, ...]) -> None:
    assert standing(pair, "legal", day) == [answer]


@pytest.mark.parametrize("day", ["1991-01-01", "1998-12-31", "2010-01-01"])
def test_the_unified_state_inherits_no_relations(day: str) -> None:
    assert standing("PRK-YEM", "legal", day) == [("not_stated",)]


def test_years_and_countries_of_the_embassies_pair_in_order() -> None:
    assert mission("prk-yar-embassy") == ("PRK", "YAR", "YAR", "", "1970", "")
    assert mission("prk-ymd-embassy") == ("PRK", "YMD", "YMD", "", "1988", "")
    assert mission("prk-yem-embassy") == ("PRK", "YEM", "YEM", "", "", "1998")


@pytest.mark.parametrize(
    ("country", "day", "verdict"),
    [
        ("YAR", "1969-12-31", None),
        ("YAR", "1970-01-01", "possibly"),
        ("YAR", "1970-12-31", "on_that_day"),
        ("YMD", "1987-12-31", None),
        ("YMD", "1988-01-01", "possibly"),
        ("YMD", "1988-12-31", "on_that_day"),
        ("YEM", "1998-12-31", "possibly"),
        ("YEM", "1999-01-01", "ended"),
    ],
)
def test_embassies_day_by_day(country: str, day: str, verdict: str | None) -> None:
    slug = f"prk-{country.lower()}-embassy"

    assert open_missions("PRK", country, day) == ([(verdict, slug)] if verdict else [])


def test_the_intercepted_shipment_went_on_and_its_arrival_is_not_stated() -> None:
    assert event("spanish-warships-intercept-north-korean-freighter") == ("seizure", "2002", "asserted")
    assert parties("spanish-warships-intercept-north-korean-freighter") == {
        ("actor", "ESP"),
        ("actor", "Spanish warships"),
        ("recipient", "PRK"),
        ("concerned", "YEM"),
    }
    assert event("north-korean-missile-shipment-for-yemen-released") == ("release", "[2002..]", "asserted")
    assert not [party for role, party in parties("north-korean-missile-shipment-for-yemen-released") if role == "actor"]
    assert deal("prk-yem-scud-intercepted") == (
        "PRK", "YEM", "equipment", "Scud", "released_onward", "[..2002]", "", "asserted"
    )  # fmt: skip


def test_missiles_fired_by_the_houthi_were_north_korean_only_by_allegation() -> None:
    slug = "houthi-forces-fire-scud-missiles-into-saudi-arabia"

    assert event(slug) == ("weapon_use", "2015", "asserted")
    assert parties(slug) == {
        ("actor", "houthi-forces"),
        ("recipient", "SAU"),
        ("concerned", "PRK"),
        ("concerned", "YEM"),
    }
    assert (
        "yemen.1.7",
        "participants",
        "alleged",
        "alleged to have been supplied … years earlier",
        "",
        "",
    ) in evidence("event", slug)
    assert deal("prk-yem-scud-fired-into-saudi-arabia")[4:] == ("delivered", "", "[..2015]", "alleged")


def test_the_two_shipments_may_be_one_and_are_two() -> None:
    assert deals("PRK", "YEM") == ["prk-yem-scud-fired-into-saudi-arabia", "prk-yem-scud-intercepted"]
    fired = ArmsTransfer.objects.get(slug="prk-yem-scud-fired-into-saudi-arabia")
    assert fired.possibly_same_as.slug == "prk-yem-scud-intercepted"


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("1995-01-01", ("possibly", "cooperation")),
        ("2008-12-31", ("possibly", "cooperation")),
        ("2009-01-01", ("possibly", "cooperation")),
        ("2011-12-31", ("possibly", "cooperation")),
        ("2012-01-01", ("ended", "cooperation")),
    ],
)
def test_military_cooperation_is_alleged_until_about_2010(day: str, answer: tuple[str, ...]) -> None:
    assert standing("PRK-YEM", "military", day) == [answer]
    assert period("prk-yem-military-cooperation") == ("military", "cooperation", None, "", "2010~", "alleged")


def test_that_yemen_took_its_distance_is_stated_plainly() -> None:
    assert event("yemen-distances-itself-from-north-korea") == ("policy", "[2002..]", "asserted")
    assert parties("yemen-distances-itself-from-north-korea") == {("actor", "YEM"), ("recipient", "PRK")}
