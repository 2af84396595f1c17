"""The United Arab Emirates and North Korea: ten years of relations, and arms before, during and after."""

from datetime import date

import pytest

from relations.models import ArmsTransfer, RelationPeriod
from tests.register.rows import (
    context_of,
    deal,
    deals,
    event,
    evidence,
    figures,
    known_until,
    observation,
    parties,
    standing,
)

POSSIBLY_EITHER = [("possibly", "established", "severed")]


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("1971-12-01", [("did_not_exist_yet",)]),
        ("2006-12-31", [("not_stated",)]),
        ("2007-01-01", [("possibly", "established")]),
        ("2007-12-30", [("possibly", "established")]),
        ("2007-12-31", [("on_that_day", "established")]),
        ("2008-01-01", [("on_that_day", "established")]),
        ("2016-12-31", [("on_that_day", "established")]),
        ("2017-01-01", POSSIBLY_EITHER),
        ("2017-12-30", POSSIBLY_EITHER),
        ("2017-12-31", [("on_that_day", "severed")]),
        ("2018-01-01", [("on_that_day", "severed")]),
    ],
)
def test_legal_status(day: str, answer: list) -> None:
    assert standing("ARE-PRK", "legal", day) == answer


def test_who_severed_relations_is_not_stated_nor_why() -> None:
    severed = RelationPeriod.objects.get(slug="are-prk-legal-severed-2017")

    assert (severed.held_by, severed.reason, severed.began_on, severed.modality) == (None, "", "2017", "asserted")


def test_repeated_tests_before_the_severance_are_a_practice_of_no_stated_beginning() -> None:
    slug = "north-korea-repeatedly-tests-nuclear-weapons-and-missiles"

    assert event(slug) == ("nuclear_test", "/2017", "asserted")
    assert parties(slug) == {("actor", "PRK")}
    assert context_of("uae.1.3") == set()


def test_nothing_is_known_after_2018() -> None:
    assert known_until("ARE-PRK", "legal", "2026-01-01") == (date(2018, 12, 31), False)


def test_both_sales_of_scuds_are_reported_and_no_delivery_is_stated() -> None:
    assert deals("PRK", "ARE") == ["prk-are-scud-1999", "prk-are-scud-type"]
    assert deals("ARE", "PRK") == []
    assert deal("prk-are-scud-type")[3:] == ("Scud-type", "ordered", "[1986..1989]", "", "reported")
    assert deal("prk-are-scud-1999")[3:] == ("Scud", "ordered", "1999", "", "reported")
    numbers = ArmsTransfer.objects.filter(recipient="ARE").order_by("slug")
    assert [(str(row.number_ordered), str(row.number_delivered)) for row in numbers] == [("30 missiles", ""), ("", "")]


def test_the_interdicted_cargo_was_for_iran() -> None:
    slug = "emirates-interdict-north-korean-arms-cargo"

    assert event(slug) == ("seizure", "2009", "asserted")
    assert parties(slug) == {("actor", "ARE"), ("recipient", "PRK"), ("concerned", "IRN")}
    cargo = "cargo shipment of arms"
    assert deal("prk-irn-arms-interdicted") == (
        "PRK", "IRN", "equipment", cargo, "interdicted", "[..2009]", "", "asserted"
    )  # fmt: skip
    assert ArmsTransfer.objects.get(slug="prk-irn-arms-interdicted").event.slug == slug


def test_the_deal_of_2015_is_alleged_and_has_no_direction() -> None:
    slug = "firm-in-emirates-discusses-arms-deal-with-north-korea"

    assert event(slug) == ("talks", "2015", "alleged")
    assert figures(slug) == [("money", "100,000,000 USD", "the arms deal discussed")]
    assert not ArmsTransfer.objects.filter(citations__passage__ref="uae.1.7").exists()


def test_a_businessman_and_a_restaurant_act_for_themselves() -> None:
    assert event("mohammed-alabbar-visits-pyongyang") == ("visit", "2007", "asserted")
    assert parties("mohammed-alabbar-visits-pyongyang") == {("actor", "mohammed-alabbar"), ("host", "PRK")}
    assert event("okryu-gwan-opens-branch-in-dubai") == ("business", "2010", "asserted")
    assert parties("okryu-gwan-opens-branch-in-dubai") == {("actor", "okryu-gwan"), ("host", "ARE")}


def test_workers_are_uncounted() -> None:
    assert observation("prk-are-workers") == ("workers", "PRK", "ARE", "", "uncounted", "asserted")


def test_end_of_visas_is_announced_in_line_with_resolutions() -> None:
    assert event("emirates-announce-end-of-visas") == ("restriction", "2017-10", "announced")
    assert evidence("event", "emirates-announce-end-of-visas") == {
        ("uae.1.9", "", "", "announced that it would", "UAE government", ""),
        ("uae.1.9", "reason", "", "in line with", "UAE government", ""),
    }
