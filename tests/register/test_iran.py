"""Iran and North Korea: a word of news agencies, a pledge, and deals of which little is said."""

import pytest

from tests.register.pages import lines
from tests.register.rows import deal, deals, event, evidence, parties, period, standing


def test_positive_is_the_word_of_the_news_agencies() -> None:
    assert period("irn-prk-character-cordial") == ("character", "cordial", None, "", "", "reported")
    ((place, field, _, hedge, by, on),) = evidence("period", "irn-prk-character-cordial")
    assert (place, field, by, on) == ("iran.1.1", "", "official news agencies of Iran and North Korea", "")
    assert hedge.startswith("are described as being")


@pytest.mark.parametrize(
    ("day", "verdict"),
    [("1978-12-31", None), ("1979-01-01", "possibly"), ("1979-12-31", "possibly"), ("2018-01-01", "possibly")],
)
def test_relations_picked_up_at_some_time_after_the_revolution(day: str, verdict: str | None) -> None:
    growing = [(verdict, "growing")] if verdict else []

    assert [answer for answer in standing("IRN-PRK", "character", day) if answer[1] == "growing"] == growing


def test_no_establishment_is_stated() -> None:
    assert standing("IRN-PRK", "legal", "1985-01-01") == [("not_stated",)]


def test_of_nuclear_cooperation_the_reading_that_says_less_is_coded() -> None:
    assert event("iran-and-north-korea-pledge-cooperation") == ("pledge", "", "asserted")
    assert standing("IRN-PRK", "cooperation", "2000-01-01") == [("not_dated", "pledged")]
    assert period("irn-prk-cooperation-nuclear-programme-of-iran")[:3] == ("cooperation", "pledged", None)
    assert "whether that in Iran's nuclear programme was pledged too or took place" in " ".join(
        lines("/relations/IRN-PRK/")
    )


def test_arms_went_to_iran_and_none_came_from_it() -> None:
    assert deals("PRK", "IRN") == [
        "prk-irn-arms-deals",
        "prk-irn-arms-interdicted",
        "prk-irn-domestically-produced-weapons",
        "prk-irn-missile-technology",
    ]
    assert deals("IRN", "PRK") == []


def test_of_the_arms_deals_only_the_decade_of_their_beginning_is_known() -> None:
    assert deal("prk-irn-arms-deals")[3:] == ("arms, not named", "unknown", "1980~/..", "", "asserted")
    assert deal("prk-irn-domestically-produced-weapons")[4:] == ("ordered", "", "", "asserted")


def test_opposition_is_american_and_undated() -> None:
    slug = "united-states-opposes-north-korean-arms-deals-with-iran"

    assert event(slug) == ("condemnation", "", "asserted")
    assert parties(slug) == {("actor", "USA"), ("recipient", "PRK"), ("concerned", "IRN")}
    assert parties("george-w-bush-names-axis-of-evil") == {
        ("concerned", "USA"),
        ("actor", "george-w-bush"),
        ("recipient", "PRK"),
        ("recipient", "IRN"),
        ("recipient", "IRQ"),
    }
