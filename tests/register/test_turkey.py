"""Turkey and North Korea: relations from 2001, carried on from third countries."""

import pytest

from relations.models import Event, Mission, RelationPeriod
from tests.register.pages import after
from tests.register.rows import coverage, hedges, parties, posts, standing, transfers_between

REFS = ["turkey.1.1", "turkey.2.1", "turkey.2.2", "turkey.3.1", "turkey.4.1", "turkey.4.2"]


def test_sentences_are_all_coded() -> None:
    assert coverage("turkey") == dict.fromkeys(REFS, "coded")


@pytest.mark.parametrize(("track", "value"), [("legal", "established"), ("level", "ambassador")])
@pytest.mark.parametrize(
    ("day", "begun"),
    [("2001-01-15", False), ("2001-06-26", False), ("2001-06-27", True), ("2001-06-28", True), ("2018-12-31", True)],
)
def test_status_begins_with_the_joint_announcement(track: str, value: str, day: str, begun: bool) -> None:
    assert standing("PRK-TUR", track, day) == [("certain", value) if begun else ("not_stated",)]


def test_announcement_is_of_both_and_dated() -> None:
    for slug in ("prk-tur-legal-established-2001", "prk-tur-level-ambassador-2001"):
        period = RelationPeriod.objects.get(slug=slug)
        citation = period.citations.get()
        assert (period.modality, period.held_by_id) == ("announced", None)
        assert (citation.attributed_to, citation.attributed_on) == ("Turkey and North Korea", "2001-06-27")


def test_missions_sit_in_third_countries() -> None:
    assert posts("TUR", "PRK", "2018-12-31") == {
        ("undated", "TUR", "PRK", "Seoul", "KOR"),
        ("undated", "PRK", "TUR", "Sofia", "BGR"),
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
        ("TUR", "favours", "international efforts against the proliferation of weapons of mass destruction", "", ""),
        ("TUR", "favours", "a Korean Peninsula without nuclear weapons", "", ""),
        ("TUR", "favours", "the resolutions of the UN Security Council", "", ""),
        ("TUR", "complies", "the resolutions of the UN Security Council", "", ""),
        ("TUR", "favours", "international sanctions against North Korea", "", ""),
    }


def test_relations_are_called_limited() -> None:
    assert standing("PRK-TUR", "character", "2018-12-31") == [("undated", "limited")]


def test_announcement_is_the_only_hedge_and_there_are_no_arms() -> None:
    words = "made a simultaneous joint announcement"

    assert {(ref, hedge) for ref, _, _, hedge in hedges("turkey")} == {("turkey.2.2", words)}
    assert transfers_between("PRK", "TUR") == []


def test_page_says_where_each_mission_sits() -> None:
    since = ["non-resident", "not stated", "not stated", "Asserted"]

    assert after("/relations/PRK-TUR/", "Missions", 17) == [
        *["Mission", "Sits in", "Opened", "Closed", "Sources say"],
        *["Embassy of North Korea to Turkey", "Sofia, Bulgaria", *since],
        *["Embassy of Turkey to North Korea", "Seoul, South Korea", *since],
    ]


def test_page_answers_for_the_day_before_and_of_the_announcement() -> None:
    assert after("/relations/PRK-TUR/?as_of=2001-06-26", "Legal status", 1) == ["Not stated"]
    assert after("/relations/PRK-TUR/?as_of=2001-06-27", "Legal status", 2) == ["Certain", "Established"]
