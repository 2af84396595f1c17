"""Qatar and North Korea: labourers, and two halves of a trade table."""

import pytest

from tests.register.rows import event, evidence, figures, observation, parties, standing


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("1992-12-31", ("not_stated",)),
        ("1993-01-01", ("possibly", "established")),
        ("1993-12-30", ("possibly", "established")),
        ("1993-12-31", ("on_that_day", "established")),
        ("1994-01-01", ("on_that_day", "established")),
    ],
)
def test_legal_status(day: str, answer: tuple[str, ...]) -> None:
    assert standing("PRK-QAT", "legal", day) == [answer]


def test_more_than_a_thousand_labourers_at_no_stated_time() -> None:
    assert event("north-korean-labourers-sent-to-qatar") == ("labour", "", "asserted")
    assert figures("north-korean-labourers-sent-to-qatar") == [("workers", "more than 1,000 persons", "labourers")]


def test_who_sent_the_labourers_is_not_stated() -> None:
    assert not [party for role, party in parties("north-korean-labourers-sent-to-qatar") if role == "actor"]


def test_150_workers_by_2018_are_qatars_figure() -> None:
    assert observation("prk-qat-workers") == ("workers", "PRK", "QAT", "[..2018]", "150 persons", "reported")
    assert evidence("observation", "prk-qat-workers") == {
        ("qatar.2.2", "", "", "by 2018, Qatar reported that only", "Qatar", "[..2018]")
    }


def test_halt_of_visas_is_announced() -> None:
    assert event("qatar-announces-halt-of-visas") == ("restriction", "2017-09", "announced")


def test_unreported_exports_are_not_zero() -> None:
    assert observation("prk-qat-exports-2017") == ("exports", "PRK", "QAT", "2017", "462,000 USD", "asserted")
    assert observation("qat-prk-exports-2017") == ("exports", "QAT", "PRK", "2017", "not reported", "asserted")
