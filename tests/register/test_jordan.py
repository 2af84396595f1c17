"""Jordan and North Korea: a cut announced in 2018, of which nobody says when it was made."""

from datetime import date

import pytest

from tests.register.rows import evidence, known_until, mission, open_missions, period, standing

POSSIBLY_EITHER = [("possible", "established", "severed")]


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("1973-12-31", [("not_stated",)]),
        ("1974-01-01", POSSIBLY_EITHER),
        ("1974-12-30", POSSIBLY_EITHER),
        ("1974-12-31", POSSIBLY_EITHER),
        ("1998-12-31", POSSIBLY_EITHER),
        ("2018-12-30", POSSIBLY_EITHER),
        ("2018-12-31", [("certain", "severed")]),
        ("2019-01-01", [("certain", "severed")]),
    ],
)
def test_legal_status(day: str, answer: list) -> None:
    assert standing("JOR-PRK", "legal", day) == answer


def test_2018_is_the_year_of_the_announcement_and_not_of_the_cut() -> None:
    assert period("jor-prk-legal-severed") == ("legal", "severed", "JOR", "[1974..2018]", "", "announced")
    assert evidence("period", "jor-prk-legal-severed") == {("jordan.1.3", "", "", "announced that", "Jordan", "2018")}


def test_nothing_is_known_after_2018() -> None:
    assert known_until("JOR-PRK", "legal", "2018-12-31") == (date(2018, 12, 31), True)
    assert known_until("JOR-PRK", "legal", "2019-01-01") == (date(2018, 12, 31), False)


def test_closed_embassy() -> None:
    assert mission("prk-jor-embassy") == ("PRK", "JOR", "JOR", "", "", "1998")
    assert open_missions("PRK", "JOR", "1997-12-31") == [("possible", "prk-jor-embassy")]
    assert open_missions("PRK", "JOR", "1998-12-31") == [("possible", "prk-jor-embassy")]
    assert open_missions("PRK", "JOR", "1999-01-01") == []
    assert open_missions("JOR", "PRK", "1997-12-31") == []
