"""The sentences of answers: direction, hedge, and what is known of the time."""

from datetime import date
from typing import Any

import pytest
from django.utils.timezone import localdate

from relations.models import Citation
from relations.models.vocabularies import Modality
from relations.phrasing import HEDGES, reach, sentence, silence, silences
from relations.status import status_on
from tests.factories import cite, make_country, make_lifespan, make_mission, make_period, make_relation, make_source

pytestmark = pytest.mark.django_db
DAY = date(2018, 6, 1)


def answers_on(day: date = DAY, pair: tuple[str, str] = ("EGY", "PRK")) -> list[tuple[str, str, str]]:
    """All answers for a day: verdict, claim, and what is known of the time."""
    status = status_on(make_relation(*pair), day)
    found = [
        (answer.verdict.label, *sentence(record, answer.verdict).split(" – "))
        for answer in (*status.answers, *status.missions)
        for record in answer.records
    ]
    return [(verdict, claim, times) for verdict, claim, times in found]


@pytest.fixture(autouse=True)
def named() -> None:
    for code, name in (("ISR", "Israel"), ("JOR", "Jordan"), ("USA", "United States"), ("PAK", "Pakistan")):
        make_country(code, name=name)


def test_recognition_has_a_direction() -> None:
    relation = make_relation("ISR", "PRK")
    make_period("recognition", "not_recognised", relation=relation, held_by_id="PRK")
    assert answers_on(pair=("ISR", "PRK")) == [
        ("Not dated", "North Korea does not recognise Israel", "stated, no date given.")
    ]
    silent = [silence(answer) for answer in status_on(relation, DAY, ["recognition"]).answers if not answer.records]
    assert silent == ["Whether Israel recognises North Korea is not stated."]
    of_two = status_on(relation, DAY, ["military", "recognition"]).unstated
    ties = "what military ties Israel and North Korea have"
    assert silences(of_two) == f"Not stated: {ties}; whether Israel recognises North Korea."
    assert silences([]) == ""


def test_recognition_of_a_title_names_it_and_its_exception() -> None:
    title = {"subject": "the sovereignty of Egypt over the canal", "exception": "its bed"}
    make_period("recognition", "recognised", held_by_id="PRK", began_on="1988", **title)
    assert answers_on() == [
        ("On that day", "North Korea recognises the sovereignty of Egypt over the canal, except its bed", "since 1988.")
    ]


def make_announced(modality: str = "announced", **columns: Any) -> None:
    """Jordan has severed relations, as it announced in 2018."""
    relation = make_relation("JOR", "PRK")
    period = make_period(
        value="severed", relation=relation, held_by_id="JOR", began_on="2018", modality=modality, **columns
    )
    citation = period.citations.get()
    Citation.objects.filter(pk=citation.pk).update(attributed_to="Jordan", attributed_on="2018")
    cite(period, passage=citation.passage, field="began_on", is_announcement=True)


def test_announcements_are_worded_as_such() -> None:
    make_announced()
    severed = "Jordan has severed diplomatic relations with North Korea, as Jordan announced in 2018"
    assert answers_on(pair=("JOR", "PRK")) == [("Possibly on that day", severed, "when it took effect is not stated.")]


def test_announcement_that_is_only_reported_keeps_both() -> None:
    make_announced("reported")
    Citation.objects.exclude(attributed_to="").update(attributed_to="Sedki Sobhi, defence minister")
    ((verdict, claim, times),) = answers_on(date(2019, 1, 1), ("JOR", "PRK"))
    assert (verdict, times) == ("On that day", "when it took effect is not stated.")
    assert claim.startswith("It is reported that Jordan has severed diplomatic relations with North Korea, ")
    assert claim.endswith(", as Sedki Sobhi, defence minister, announced in 2018")


def test_an_announcement_without_a_named_author() -> None:
    make_announced()
    Citation.objects.update(attributed_to="")
    assert answers_on(pair=("JOR", "PRK"))[0][1].endswith("with North Korea, as was announced in 2018")


@pytest.mark.parametrize("modality", Modality)
def test_hedge_leads_the_sentence(modality: Modality) -> None:
    make_period("military", "alliance", began_on="1961-07", modality=modality)
    words = "Egypt and North Korea are allied by treaty"
    hedges = {
        "asserted": words,
        "announced": f"It was announced that {words}",
        "reported": f"It is reported that {words}",
        "inferred": f"It is inferred that {words}",
        "alleged": f"It is alleged that {words}",
        "disputed": f"It is disputed that {words}",
    }
    assert answers_on() == [("On that day", hedges[modality], "since July 1961.")]
    assert [*HEDGES] == [*Modality]


def test_who_says_so_is_named() -> None:
    period = make_period("character", "cordial", subject="trade", modality="reported")
    period.citations.update(attributed_to="news agencies")
    cite(period, field="subject", attributed_to="somebody else")
    called = "It is reported that relations between Egypt and North Korea are called cordial (trade)"
    assert answers_on() == [("Not dated", f"{called}, according to news agencies", "no date given.")]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"began_on": "1963-08-24"}, "since 24 August 1963."),
        ({"began_on": "[1979,1980]"}, "since 1979 or 1980."),
        ({"began_on": "[..1980-10]"}, "by October 1980 at the latest; since when is not stated."),
        ({"began_on": "[1966..1969]"}, "begun some time from 1966 to 1969."),
        (
            {"began_on": "[1979..1990]", "ended_on": "[2018..]"},
            "begun some time from 1979 to 1990; had not ended before 2018; no end stated.",
        ),
        ({"ended_on": "2019-05-02"}, "since when is not stated; ended on 2 May 2019."),
        ({"began_on": "1970", "ended_on": "[..2030]"}, "since 1970; ended by 2030."),
        ({"began_on": "1970", "ended_on": "2030~"}, "since 1970; ended in about 2030."),
    ],
)
def test_times_say_what_is_known_and_what_is_not(columns: dict[str, str], words: str) -> None:
    make_period("military", "alliance", **columns)
    assert [times for _, _, times in answers_on()] == [words]


def test_fading_values_are_worded_in_the_past_tense_without_an_end() -> None:
    make_period("military", "assistance", held_by_id="PRK", began_on="1966")
    assert answers_on(date(1966, 12, 31)) == [
        ("On that day", "North Korea helps the armed forces of Egypt", "since 1966; no end stated.")
    ]
    assert answers_on() == [
        ("Possibly on that day", "North Korea helped the armed forces of Egypt", "since 1966; no end stated.")
    ]


def test_next_value_and_end_of_a_state_are_named() -> None:
    make_period(began_on="1963")
    make_period(value="none", began_on="1980-10")
    claim, times = (
        "Egypt and North Korea have diplomatic relations",
        "since 1963; until the next state of affairs, in October 1980.",
    )
    assert answers_on(date(1970, 1, 1)) == [("On that day", claim, times)]
    make_lifespan("YMD", "1967", "1990-05-21")
    make_mission("PRK", "YMD", opened_on="1988")
    assert answers_on(date(1989, 1, 1), ("PRK", "YMD")) == [
        (
            "On that day",
            "The embassy of North Korea to South Yemen is open",
            "since 1988; until the end of South Yemen, on 21 May 1990.",
        )
    ]


def test_after_an_end_the_answer_is_that_end() -> None:
    make_period("level", "minister", held_by_id="EGY", began_on="1902", ended_on="1906-09-25")
    assert answers_on() == [
        (
            "Ended",
            "Egypt was represented to North Korea at the level of minister",
            "since 1902; ended on 25 September 1906; no later information for that day.",
        )
    ]


NO_DATE, LATER = "stated, no date given.", "no later information for that day."
SECTION = {"kind": "interests_section", "protecting_power_id": "PAK", "opened_on": "1981"}


@pytest.mark.parametrize(
    ("columns", "words", "times"),
    [
        ({}, "embassy of Egypt to North Korea is", NO_DATE),
        ({"city": "Sofia", "host_country_id": "BGR"}, "embassy of Egypt to North Korea in Sofia, Bulgaria is", NO_DATE),
        ({"city": "Pyongyang", "host_country_id": "PRK"}, "embassy of Egypt to North Korea in Pyongyang is", NO_DATE),
        ({"host_country_id": "PRK"}, "embassy of Egypt to North Korea is", NO_DATE),
        (SECTION, "interests section of Egypt to North Korea, protected by Pakistan, is", "since 1981."),
        (
            {"closed_on": "1995", "ending": "suspended"},
            "embassy of Egypt to North Korea was",
            f"since when is not stated; suspended in 1995; {LATER}",
        ),
        (
            {"closed_on": "1995"},
            "embassy of Egypt to North Korea was",
            f"since when is not stated; closed in 1995; {LATER}",
        ),
    ],
)
def test_mission_says_where_it_sits_and_how_it_ended(columns: dict[str, str], words: str, times: str) -> None:
    make_country("BGR")
    make_mission("EGY", "PRK", **columns)
    assert [told for _, *told in answers_on()] == [[f"The {words} open", times]]


def test_mission_that_is_only_possibly_open_may_be_open() -> None:
    make_mission("EGY", "PRK", opened_on="2018")
    make_mission("PRK", "EGY", opened_on="1970", closed_on="[2010..2020]")
    of_korea, of_egypt = answers_on()
    assert of_egypt == ("Possibly on that day", "The embassy of Egypt to North Korea may be open", "since 2018.")
    assert of_korea[:2] == ("Possibly on that day", "The embassy of North Korea to Egypt may be open")


@pytest.mark.parametrize(
    ("issued_on", "words"),
    [
        ("2018", "after 2018"),
        ("2017-09", "after September 2017"),
        ("2017-09-03", "after 3 September 2017"),
        ("[2009..]", "after 2009"),
        ("[2009,2011]", "after 2011"),
        ("2010~", "after about 2010"),
    ],
)
def test_sources_reach_as_far_as_they_are_dated(issued_on: str, words: str) -> None:
    period = make_period(began_on="1963")
    cite(period, source=make_source("report", issued_on=issued_on), locator="p. 1")
    (answer,) = status_on(period.relation, date(2026, 1, 1), ["legal"]).answers
    assert reach(answer) == f"Its sources tell of nothing {words}."
    (answer,) = status_on(period.relation, date(2000, 1, 1), ["legal"]).answers
    assert reach(answer) == ""


def test_absence_names_the_state_and_stated_absence_is_an_answer() -> None:
    make_lifespan("YMD", "1967", "1990-05-21")
    relation = make_relation("PRK", "YMD")
    for year, words in ((1960, "did not exist yet"), (1995, "no longer existed")):
        (answer,) = status_on(relation, date(year, 1, 1), ["legal"]).answers
        assert silence(answer) == f"South Yemen {words}."
        assert silences(status_on(relation, date(year, 1, 1)).unstated) == f"South Yemen {words}."
    make_lifespan("BGR", "1908", "1990")
    (answer,) = status_on(relation, localdate(), ["legal"]).answers
    assert silence(answer) == "South Yemen no longer exists."
    (answer,) = status_on(make_relation("BGR", "YMD"), localdate(), ["legal"]).answers
    assert silence(answer) == "Bulgaria and South Yemen no longer exist."
    make_period("level", "none", held_by_id="EGY", began_on="1961-01-03")
    make_period("legal", "none", began_on="1961-01-03")
    assert answers_on() == [
        ("On that day", "Egypt and North Korea have no diplomatic relations", "since 3 January 1961."),
        ("On that day", "Egypt is not represented to North Korea", "since 3 January 1961."),
    ]
