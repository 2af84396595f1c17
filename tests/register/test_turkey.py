"""Turkey and North Korea: relations from 2001, carried on from third countries."""

import pytest

from relations.models import Event, Mission, RelationPeriod
from tests.register.pages import after, lines
from tests.register.rows import coverage, hedges, parties, posts, standing, transfers_between

EFFORTS = (
    "international efforts against the spread of weapons of mass destruction and of the means to deliver them,"
    " for a world without nuclear weapons"
)
REFS = ["turkey.1.1", "turkey.2.1", "turkey.2.2", "turkey.3.1", "turkey.4.1", "turkey.4.2"]


def test_sentences_are_all_coded() -> None:
    assert coverage("turkey") == dict.fromkeys(REFS, "coded")


@pytest.mark.parametrize(("track", "value", "sides"), [("legal", "established", 1), ("level", "ambassador", 2)])
@pytest.mark.parametrize(
    ("day", "begun"),
    [("2001-01-15", False), ("2001-06-26", False), ("2001-06-27", True), ("2001-06-28", True), ("2018-12-31", True)],
)
def test_status_begins_with_the_joint_announcement(track: str, value: str, sides: int, day: str, begun: bool) -> None:
    assert standing("PRK-TUR", track, day) == [("on_that_day", value) if begun else ("not_stated",)] * sides


def test_announcement_is_of_both_and_dated() -> None:
    for slug, holder in (
        ("prk-tur-legal-established-2001", None),
        ("prk-tur-level-ambassador-prk-2001", "PRK"),
        ("prk-tur-level-ambassador-tur-2001", "TUR"),
    ):
        period = RelationPeriod.objects.get(slug=slug)
        citation = period.citations.get(field="")
        assert period.citations.get(field="began_on").is_announcement
        assert (period.modality, period.held_by_id) == ("announced", holder)
        assert (citation.attributed_to, citation.attributed_on) == ("Turkey and North Korea", "2001-06-27")


def test_missions_sit_in_third_countries() -> None:
    assert posts("TUR", "PRK", "2018-12-31") == {
        ("not_dated", "TUR", "PRK", "Seoul", "KOR"),
        ("not_dated", "PRK", "TUR", "Sofia", "BGR"),
    }
    assert {post.is_resident for post in Mission.objects.published().involving("TUR", "PRK")} == {False}


def test_memorandum_came_before_relations_and_is_not_their_establishment() -> None:
    memorandum = Event.objects.get(slug="turkey-and-north-korea-sign-memorandum")

    assert (memorandum.kind, memorandum.happened_on, memorandum.place) == ("agreement", "2001-01-15", "Beijing")
    assert parties(memorandum.slug) == {("actor", "TUR"), ("actor", "PRK")}


def test_legal_process_was_complete_by_the_day_of_the_announcement() -> None:
    process = Event.objects.get(slug="turkey-and-north-korea-complete-legal-process")

    assert (process.kind, process.happened_on) == ("legal_procedure", "[..2001-06-27]")
    assert parties(process.slug) == {("actor", "TUR"), ("actor", "PRK")}


def test_positions_are_turkeys_and_undated() -> None:
    positions = RelationPeriod.objects.filter(relation__country_a="PRK", relation__country_b="TUR", track="position")

    assert set(positions.values_list("held_by", "value", "subject", "began_on", "ended_on")) == {
        ("TUR", "favours", EFFORTS, "", ""),
        ("TUR", "favours", "a Korean Peninsula without nuclear weapons", "", ""),
        ("TUR", "favours", "the resolutions of the UN Security Council", "", ""),
        ("TUR", "complies", "the resolutions of the UN Security Council", "", ""),
        ("TUR", "favours", "international sanctions against North Korea", "", ""),
    }


def test_relations_are_called_limited() -> None:
    assert standing("PRK-TUR", "character", "2018-12-31") == [("not_dated", "limited")]


def test_announcement_is_the_only_hedge_and_there_are_no_arms() -> None:
    words = "made a simultaneous joint announcement"

    assert {(ref, hedge) for ref, _, _, hedge in hedges("turkey")} == {("turkey.2.2", words)}
    assert transfers_between("PRK", "TUR") == []


def test_page_says_where_each_mission_sits() -> None:
    since = ["non-resident", "not stated", "no end stated"]

    assert after("/relations/PRK-TUR/", "Missions", 18) == [
        "Missions, from when to when, and where they sit",
        *["Mission", "Sits in", "Opened", "Ended", "Sources say"],
        *["Embassy of North Korea to Turkey", "Sofia, Bulgaria", *since, "turkey.3.1"],
        *["Embassy of Turkey to North Korea", "Seoul, South Korea", *since, "turkey.3.1"],
    ]


def test_page_answers_for_the_day_before_and_of_the_announcement() -> None:
    before = lines("/relations/PRK-TUR/?as_of=2001-06-26")
    assert "Legal status" not in before[: before.index("States of affairs")]
    assert any(line.startswith("Not stated: whether North Korea and Turkey have dip") for line in before)
    announced = "North Korea and Turkey have diplomatic relations, as Turkey and North Korea announced on 27 June 2001"
    answer = [f"{announced} – when it took effect is not stated.", "Announced"]
    assert after("/relations/PRK-TUR/?as_of=2001-06-27", "Legal status", 2) == answer
