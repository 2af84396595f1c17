"""Palestine and North Korea: recognised, and spoken for."""

import pytest

from tests.register.rows import event, evidence, parties, period, standing

MINISTRY = "ministry-of-foreign-affairs-of-north-korea"


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("1965-12-31", ("not_stated",)),
        ("1966-01-01", ("possibly", "established")),
        ("1966-12-30", ("possibly", "established")),
        ("1966-12-31", ("on_that_day", "established")),
        ("1967-01-01", ("on_that_day", "established")),
    ],
)
def test_diplomatic_relations_since_1966(day: str, answer: tuple[str, ...]) -> None:
    assert standing("PRK-PSE", "legal", day) == [answer]


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("1987-12-31", ("not_stated",)),
        ("1988-01-01", ("possibly", "recognised")),
        ("1988-12-30", ("possibly", "recognised")),
        ("1988-12-31", ("on_that_day", "recognised")),
        ("1989-01-01", ("on_that_day", "recognised")),
    ],
)
def test_north_korea_recognises_palestine_since_1988(day: str, answer: tuple[str, ...]) -> None:
    assert standing("PRK-PSE", "recognition", day) == [answer, ("not_stated",)]


def test_the_year_comes_from_one_section_and_the_exception_from_the_other() -> None:
    slug = "prk-pse-recognition-recognised-by-prk-1988"

    assert period(slug) == ("recognition", "recognised", "PRK", "1988", "", "asserted")
    assert {(place, field) for place, field, *_ in evidence("period", slug)} == {
        ("israel.1.2", ""),
        ("palestine.1.2", ""),
        ("israel.1.2", "began_on"),
        ("palestine.1.2", "exception"),
    }
    assert period("prk-syr-position-favours-golan-heights") == ("position", "favours", "PRK", "", "", "asserted")


@pytest.mark.parametrize(
    "slug",
    [
        "north-koreas-part-in-israeli-palestinian-conflict-declines",
        "north-korea-shifts-from-exporting-revolution-to-pragmatism",
    ],
)
def test_the_soviet_union_whose_end_places_them_is_concerned(slug: str) -> None:
    assert parties(slug) == {("actor", "PRK"), ("concerned", "PSE"), ("concerned", "ISR"), ("concerned", "SUN")}


def test_what_declined_is_dated_by_nothing_printed() -> None:
    assert event("north-koreas-part-in-israeli-palestinian-conflict-declines") == ("policy", "", "asserted")
    assert event("north-korea-shifts-from-exporting-revolution-to-pragmatism") == ("policy", "", "asserted")


def test_statements_are_dated_by_the_war_they_were_made_in_or_after() -> None:
    assert event("north-korea-condemns-israel-in-gaza-war") == ("condemnation", "[2008..2009]", "asserted")
    assert event("sin-son-ho-declares-support-for-palestinians") == ("support", "[2008..]", "asserted")
    assert event("north-korean-foreign-ministry-condemns-gaza-flotilla-raid")[1] == "[2010..]"
    assert event("north-korea-supports-palestinian-self-determination") == ("support", "[2010..]", "asserted")
    assert event("north-korean-foreign-ministry-condemns-israel-in-gaza") == ("condemnation", "2014", "asserted")


def test_who_raided_the_flotilla_is_not_stated() -> None:
    assert parties("north-korean-foreign-ministry-condemns-gaza-flotilla-raid") == {
        ("actor", "PRK"),
        ("actor", MINISTRY),
        ("recipient", "those who raided the Gaza flotilla"),
        ("recipient", "USA"),
        ("concerned", "PSE"),
    }


def test_north_korea_spoke_by_its_representative_in_the_general_assembly() -> None:
    assert parties("sin-son-ho-declares-support-for-palestinians") == {
        ("actor", "PRK"),
        ("actor", "sin-son-ho"),
        ("recipient", "PSE"),
        ("concerned", "ISR"),
        ("host", "united-nations-general-assembly"),
    }
