"""Bahrain and North Korea: relations, and an agent who was handed over."""

import pytest

from relations.models import Event
from tests.register.rows import event, figures, parties, standing


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("1987-06-01", ("not_stated",)),
        ("2000-12-31", ("not_stated",)),
        ("2001-01-01", ("possibly", "established")),
        ("2001-12-30", ("possibly", "established")),
        ("2001-12-31", ("on_that_day", "established")),
        ("2002-01-01", ("on_that_day", "established")),
    ],
)
def test_legal_status(day: str, answer: tuple[str, ...]) -> None:
    assert standing("BHR-PRK", "legal", day) == [answer]


def test_before_bahrain_was_a_state_there_was_no_relation() -> None:
    assert standing("BHR-PRK", "legal", "1971-08-14") == [("did_not_exist_yet",)]


def test_nobody_is_named_for_the_bombing() -> None:
    slug = "bombing-of-korean-air-flight-858"

    assert event(slug) == ("bombing", "[..1987]", "asserted")
    assert figures(slug) == [("killed", "115 persons", "")]
    assert parties(slug) == {
        ("recipient", "korean-air"),
        ("victim", "people killed in the bombing of Korean Air Flight 858"),
    }
    assert not Event.objects.involving("PRK").filter(slug=slug).exists()


def test_agent_was_apprehended_in_bahrain_and_handed_over_to_south_korea() -> None:
    assert event("kim-hyon-hui-apprehended-in-bahrain") == ("arrest", "1987", "asserted")
    assert parties("kim-hyon-hui-apprehended-in-bahrain") == {
        ("recipient", "kim-hyon-hui"),
        ("host", "BHR"),
        ("concerned", "PRK"),
    }
    assert event("kim-hyon-hui-extradited-to-south-korea") == ("extradition", "1987", "asserted")
    assert parties("kim-hyon-hui-extradited-to-south-korea") == {
        ("recipient", "kim-hyon-hui"),
        ("recipient", "KOR"),
        ("concerned", "BHR"),
        ("concerned", "PRK"),
    }
