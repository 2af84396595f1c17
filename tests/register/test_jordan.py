"""Jordan and North Korea: a cut announced in 2018, of which nobody says when it was made."""

from datetime import date

import pytest

from relations.models import Citation
from tests.register.pages import after
from tests.register.rows import evidence, known_until, mission, open_missions, period, standing

POSSIBLY_EITHER = [("possibly", "established", "severed")]
ESTABLISHED = [("on_that_day", "established")]


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("1973-12-31", [("not_stated",)]),
        ("1974-01-01", [("possibly", "established")]),
        ("1974-12-31", ESTABLISHED),
        ("1998-12-31", ESTABLISHED),
        ("2017-12-31", ESTABLISHED),
        ("2018-01-01", POSSIBLY_EITHER),
        ("2018-12-30", POSSIBLY_EITHER),
        ("2018-12-31", [("on_that_day", "severed")]),
        ("2019-01-01", [("on_that_day", "severed")]),
    ],
)
def test_legal_status(day: str, answer: list) -> None:
    assert standing("JOR-PRK", "legal", day) == answer


def test_2018_is_the_year_of_the_announcement_and_not_of_the_cut() -> None:
    assert period("jor-prk-legal-severed") == ("legal", "severed", "JOR", "2018", "", "announced")
    assert evidence("period", "jor-prk-legal-severed") == {
        ("jordan.1.3", "", "", "announced that", "Jordan", "2018"),
        ("jordan.1.3", "began_on", "", "", "", ""),
    }
    assert Citation.objects.get(period__slug="jor-prk-legal-severed", field="began_on").is_announcement
    severed = "Jordan has severed diplomatic relations with North Korea, as Jordan announced in 2018"
    words = [f"{severed} – when it took effect is not stated.", "Announced", "jordan.1.3"]
    assert after("/relations/JOR-PRK/?as_of=2019-01-01", "Legal status", 3) == words
    assert after("/relations/JOR-PRK/", "Announced: Legal status, severed (by Jordan)", 0) == []


def test_nothing_is_known_after_2018() -> None:
    assert known_until("JOR-PRK", "legal", "2018-12-31") == (date(2018, 12, 31), True)
    assert known_until("JOR-PRK", "legal", "2019-01-01") == (date(2018, 12, 31), False)


def test_closed_embassy() -> None:
    assert mission("prk-jor-embassy") == ("PRK", "JOR", "JOR", "", "", "1998")
    assert open_missions("PRK", "JOR", "1997-12-31") == [("possibly", "prk-jor-embassy")]
    assert open_missions("PRK", "JOR", "1998-12-31") == [("possibly", "prk-jor-embassy")]
    assert open_missions("PRK", "JOR", "1999-01-01") == [("ended", "prk-jor-embassy")]
    assert open_missions("JOR", "PRK", "1997-12-31") == []
