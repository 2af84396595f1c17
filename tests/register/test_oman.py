"""Oman and North Korea: workers who were reported, and are said to have left."""

import pytest

from tests.register.rows import event, evidence, figures, observation, parties, standing


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("1991-12-31", ("not_stated",)),
        ("1992-01-01", ("possibly", "established")),
        ("1992-12-30", ("possibly", "established")),
        ("1992-12-31", ("on_that_day", "established")),
        ("1993-01-01", ("on_that_day", "established")),
    ],
)
def test_legal_status(day: str, answer: tuple[str, ...]) -> None:
    assert standing("OMN-PRK", "legal", day) == [answer]


def test_300_workers_are_an_estimate_reported_in_2015() -> None:
    assert observation("prk-omn-workers") == (
        "workers", "PRK", "OMN", "[..2015]", "estimated 300 persons", "reported"
    )  # fmt: skip
    assert evidence("observation", "prk-omn-workers") == {
        ("oman.1.2", "", "", "it was reported that an estimated", "", "2015")
    }


def test_repatriation_is_what_the_government_stated_and_no_zero() -> None:
    slug = "north-korean-workers-repatriated-from-oman"

    assert event(slug) == ("labour", "[..2016]", "reported")
    assert figures(slug) == []
    assert parties(slug) == {("recipient", "North Korean workers in Oman"), ("recipient", "PRK"), ("host", "OMN")}
    assert evidence("event", slug) == {
        ("oman.1.2", "", "", "the Omani government stated that", "Omani government", "2016")
    }
