"""Kuwait and North Korea: workers, an expelled ambassador, and what was announced."""

import pytest

from relations.models import Event, Mission
from tests.register.rows import context_of, event, evidence, figures, observation, parties, records_from, standing


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("2000-12-31", ("not_stated",)),
        ("2001-01-01", ("possibly", "established")),
        ("2001-12-30", ("possibly", "established")),
        ("2001-12-31", ("on_that_day", "established")),
        ("2002-01-01", ("on_that_day", "established")),
        ("2017-10-01", ("on_that_day", "established")),
    ],
)
def test_legal_status_outlives_the_expulsion(day: str, answer: tuple[str, ...]) -> None:
    assert standing("KWT-PRK", "legal", day) == [answer]


def test_expulsion_touches_neither_level_nor_missions() -> None:
    assert event("kuwait-expels-north-korean-ambassador") == ("expulsion", "2017-09", "asserted")
    assert parties("kuwait-expels-north-korean-ambassador") == {
        ("actor", "KWT"),
        ("recipient", "PRK"),
        ("recipient", "resident ambassador of North Korea"),
    }
    assert standing("KWT-PRK", "level", "2018-01-01") == [("not_stated",)] * 2
    assert not Mission.objects.involving("KWT", "PRK").exists()


def test_sixth_nuclear_test_is_dated_by_the_expulsion_alone() -> None:
    assert event("north-korea-carries-out-sixth-nuclear-test") == ("nuclear_test", "[..2017-09]", "asserted")
    assert parties("north-korea-carries-out-sixth-nuclear-test") == {("actor", "PRK")}
    assert context_of("kuwait.3.2") == set()


def test_fund_is_only_reported_to_have_financed_projects() -> None:
    slug = "kuwait-fund-finances-projects-in-pyongyang"

    assert event(slug) == ("business", "", "reported")
    assert figures(slug) == [("items", "uncounted", "projects financed")]
    assert parties(slug) == {
        ("actor", "kuwait-fund-for-arab-economic-development"),
        ("host", "PRK"),
        ("concerned", "KWT"),
    }


def test_route_was_opened_in_2011_and_halted_by_october_2016() -> None:
    assert event("air-koryo-opens-route-to-kuwait-city") == ("business", "2011", "asserted")
    assert event("air-koryo-flights-to-kuwait-city-intermittent") == ("business", "", "asserted")
    assert event("air-koryo-flights-to-kuwait-city-halted") == ("business", "[..2016-10]", "asserted")
    assert not [party for role, party in parties("air-koryo-flights-to-kuwait-city-halted") if role == "actor"]


def test_only_the_purpose_of_the_route_is_reported() -> None:
    assert event("air-koryo-carries-north-korean-labourers") == ("labour", "", "reported")
    assert len(records_from("kuwait.2.2")) == 4


def test_workers_are_about_3000_and_the_soldiers_among_them_uncounted() -> None:
    assert observation("prk-kwt-workers") == ("workers", "PRK", "KWT", "", "about 3,000 persons", "reported")
    assert observation("prk-kwt-workers-soldiers") == ("workers", "PRK", "KWT", "", "uncounted", "reported")


def test_visas_and_licences_are_announcements_of_the_month_of_the_expulsion() -> None:
    for slug in ("kuwait-announces-end-of-entry-visas", "kuwait-announces-end-of-commercial-licences"):
        assert event(slug) == ("restriction", "2017-09", "announced")
        assert evidence("event", slug) == {("kuwait.3.3", "", "", "announced … that it would", "Kuwait", "")}


def test_that_workers_may_stay_is_only_indicated() -> None:
    slug = "kuwait-lets-north-korean-workers-stay"
    assert event(slug) == ("permission", "2017-09", "announced")
    assert Event.objects.get(slug=slug).title.startswith("Kuwait indicates that")
    assert evidence("event", slug) == {("kuwait.3.4", "", "", "indicated … would be allowed", "Kuwaiti government", "")}


def test_unreported_exports_are_not_zero() -> None:
    assert observation("prk-kwt-exports-2017") == ("exports", "PRK", "KWT", "2017", "250,000 USD", "asserted")
    assert observation("kwt-prk-exports-2017") == ("exports", "KWT", "PRK", "2017", "not reported", "asserted")
