"""Status on a day."""

from datetime import date
from itertools import product

import pytest

from relations.models.vocabularies import Track
from relations.status import Verdict, in_force, missions_on, status_on, statuses_on
from tests.factories import cite, make_country, make_mission, make_period, make_relation, make_source

DAY = date(1970, 6, 15)
DAYS = {"before": date(1970, 6, 14), "on": DAY, "after": date(1970, 6, 16), "open": None}

# Whether it had begun by the day, by the earliest and the latest day of its beginning; None: no beginning is stated.
BEGUN = {
    None: "maybe",
    ("before", "before"): "yes",
    ("before", "on"): "yes",
    ("before", "after"): "maybe",
    ("before", "open"): "maybe",
    ("on", "on"): "yes",
    ("on", "after"): "maybe",
    ("on", "open"): "maybe",
    ("after", "after"): "no",
    ("after", "open"): "no",
    ("open", "before"): "yes",
    ("open", "on"): "yes",
    ("open", "after"): "maybe",
}
# Whether it had ended by the day; None: nothing ends it.
ENDED = {
    None: "no",
    ("before", "before"): "yes",
    ("before", "on"): "maybe",
    ("before", "after"): "maybe",
    ("before", "open"): "maybe",
    ("on", "on"): "maybe",
    ("on", "after"): "maybe",
    ("on", "open"): "maybe",
    ("after", "after"): "no",
    ("after", "open"): "no",
    ("open", "before"): "yes",
    ("open", "on"): "maybe",
    ("open", "after"): "maybe",
}
VERDICTS = {
    ("yes", "no"): Verdict.CERTAIN,
    ("yes", "maybe"): Verdict.POSSIBLE,
    ("yes", "yes"): None,
    ("maybe", "no"): Verdict.POSSIBLE,
    ("maybe", "maybe"): Verdict.POSSIBLE,
    ("maybe", "yes"): None,
    ("no", "no"): None,
    ("no", "maybe"): None,
    ("no", "yes"): None,
}
CASES = [
    pytest.param(
        begin,
        end,
        VERDICTS[BEGUN[begin], ENDED[end]] if begin or end else Verdict.UNDATED,
        id=f"begins {' to '.join(begin or ['?'])}, ends {' to '.join(end or ['?'])}",
    )
    for begin, end in product(BEGUN, ENDED)
]


@pytest.mark.parametrize(("begin", "end", "verdict"), CASES)
def test_in_force(begin, end, verdict):
    bounds = [tuple(DAYS[bound] for bound in side) if side else (None, None) for side in (begin, end)]
    found = in_force(DAY, begins=bounds[0], ends=bounds[1], has_begin=begin is not None, has_end=end is not None)
    assert found == verdict


def the_answer(day, track=Track.LEGAL, relation=None):
    """The verdict of a mutual track with the slugs of its records."""
    day = date.fromisoformat(day)
    (answer,) = status_on(relation or make_relation(), day, [track]).answers
    assert (answer.day, answer.track, answer.holder) == (day, track, None)
    return answer.verdict, [period.slug for period in answer.records]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("1963-08-23", (Verdict.NOT_STATED, [])),
        ("1963-08-24", (Verdict.CERTAIN, ["established"])),
        ("1963-08-25", (Verdict.CERTAIN, ["established"])),
        ("1979-12-31", (Verdict.CERTAIN, ["established"])),
        ("1980-01-01", (Verdict.POSSIBLE, ["established", "severed"])),
        ("1980-12-30", (Verdict.POSSIBLE, ["established", "severed"])),
        # On the last day it can have begun it certainly has; what it replaced can only have lasted until then.
        ("1980-12-31", (Verdict.CERTAIN, ["severed"])),
        ("1981-01-01", (Verdict.CERTAIN, ["severed"])),
        ("2026-01-01", (Verdict.CERTAIN, ["severed"])),
    ],
)
def test_status_the_next_value_ends_the_one_before(day, expected):
    make_period("legal", "established", slug="established", began_on="1963-08-24")
    make_period("legal", "severed", slug="severed", began_on="1980")
    assert the_answer(day) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("1966-05-31", (Verdict.CERTAIN, ["established"])),
        ("1966-06-01", (Verdict.POSSIBLE, ["established"])),
        ("1966-06-30", (Verdict.POSSIBLE, ["established"])),
        ("1966-07-01", (Verdict.NOT_STATED, [])),
        ("1979-12-31", (Verdict.NOT_STATED, [])),
    ],
)
def test_status_an_entered_end_goes_before_the_next_value(day, expected):
    make_period("legal", "established", slug="established", began_on="1963", ended_on="1966-06")
    make_period("legal", "severed", slug="severed", began_on="1980")
    assert the_answer(day) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"value": "severed", "state": "draft"}, id="draft"),
        pytest.param({"value": "established"}, id="same value"),
        pytest.param({"value": "severed", "began_on": ""}, id="undated"),
        pytest.param({"value": "severed", "began_on": "1962"}, id="earlier value"),
        pytest.param({"track": "level", "value": "consular"}, id="other track"),
        pytest.param({"value": "severed", "modality": "disputed", "ended_on": "1981"}, id="disputed"),
    ],
)
def test_status_is_ended_by_nothing_else(other):
    make_period("legal", "established", slug="established", began_on="1963")
    make_period(**{"slug": "other", "track": "legal", "began_on": "1970"} | other)
    verdict, slugs = the_answer("1990-01-01")
    assert (verdict, slugs[0]) == (Verdict.CERTAIN, "established")


@pytest.mark.django_db
def test_status_is_not_ended_in_another_relation():
    make_period("legal", "established", slug="established", began_on="1963")
    make_period("legal", "severed", relation=make_relation("IRQ", "PRK"), began_on="1980")
    assert the_answer("1990-01-01") == (Verdict.CERTAIN, ["established"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("1973-12-31", (Verdict.NOT_STATED, [])),
        ("1980-01-01", (Verdict.POSSIBLE, ["established", "severed"])),
        ("2018-12-31", (Verdict.CERTAIN, ["severed"])),
    ],
)
def test_status_what_may_have_begun_later_comes_after(day, expected):
    make_period(slug="established", began_on="1974")
    make_period(value="severed", slug="severed", began_on="[1974..2018]")
    assert the_answer(day) == expected


@pytest.mark.django_db
def test_status_that_two_sources_tell_differently_is_disputed():
    make_period("level", "ambassador", slug="ambassador", began_on="1963")
    make_period("level", "charge_d_affaires", slug="charge", began_on="1970", modality="disputed")
    assert the_answer("1969-12-31", Track.LEVEL) == (Verdict.CERTAIN, ["ambassador"])
    assert the_answer("1970-01-01", Track.LEVEL) == (Verdict.CERTAIN, ["ambassador"])
    assert the_answer("1970-12-31", Track.LEVEL) == (Verdict.DISPUTED, ["ambassador", "charge"])


@pytest.mark.django_db
def test_status_that_two_records_tell_alike_is_certain():
    make_period("legal", "established", slug="first", began_on="1963")
    make_period("legal", "established", slug="second", began_on="1964")
    assert the_answer("1970-01-01") == (Verdict.CERTAIN, ["first", "second"])


@pytest.mark.django_db
def test_status_without_any_date_is_undated_and_gives_way_to_what_is_possible():
    make_period("legal", "established", slug="undated")
    assert the_answer("1970-01-01") == (Verdict.UNDATED, ["undated"])
    make_period("legal", "severed", slug="possible", began_on="[..1980]")
    assert the_answer("1970-01-01") == (Verdict.POSSIBLE, ["possible"])
    assert the_answer("1981-01-01") == (Verdict.CERTAIN, ["possible"])


@pytest.mark.django_db
def test_status_with_an_end_alone_is_possible_until_then():
    make_period("legal", "established", slug="ended", ended_on="1975-03-01")
    assert the_answer("1960-01-01") == (Verdict.POSSIBLE, ["ended"])
    assert the_answer("1975-03-01") == (Verdict.POSSIBLE, ["ended"])
    assert the_answer("1975-03-02") == (Verdict.NOT_STATED, [])


@pytest.mark.django_db
def test_status_one_sided_track_answers_for_either_holder():
    relation = make_relation("ISR", "PRK")
    israel, korea = make_country("ISR"), make_country("PRK")
    make_period("recognition", "recognised", relation=relation, held_by=israel, slug="israels", began_on="1950")
    make_period("recognition", "not_recognised", relation=relation, held_by=korea, slug="koreas", began_on="1960")
    answers = status_on(relation, date(1970, 1, 1), ["recognition"]).answers
    assert [(a.holder, a.verdict, [period.slug for period in a.records]) for a in answers] == [
        (israel, Verdict.CERTAIN, ["israels"]),
        (korea, Verdict.CERTAIN, ["koreas"]),
    ]
    answers = status_on(relation, date(1955, 1, 1), ["recognition"]).answers
    assert [(a.holder, a.verdict) for a in answers] == [(israel, Verdict.CERTAIN), (korea, Verdict.NOT_STATED)]


@pytest.mark.django_db
def test_status_open_track_returns_all_that_stands():
    egypt = make_country("EGY")
    make_period("position", "favours", slug="a", subject="reunification", held_by=egypt, began_on="1960")
    make_period("position", "opposes", slug="b", subject="nuclear tests", held_by=egypt, began_on="[1960..1980]")
    make_period("position", "opposes", slug="c", subject="sanctions")
    make_period("position", "opposes", slug="d", subject="the war", began_on="1950", ended_on="1953")
    make_period("position", "opposes", slug="e", subject="secret", began_on="1950", state="draft")
    answers = status_on(make_relation(), date(1970, 1, 1), ["position"]).answers
    assert [(a.verdict, a.holder, [period.slug for period in a.records]) for a in answers] == [
        (Verdict.CERTAIN, egypt, ["a"]),
        (Verdict.POSSIBLE, egypt, ["b"]),
        (Verdict.UNDATED, None, ["c"]),
    ]


@pytest.mark.django_db
def test_status_asks_every_track_in_the_order_of_the_list():
    status = status_on(make_relation(), DAY)
    assert [(answer.track, answer.verdict) for answer in status.answers] == [
        ("legal", Verdict.NOT_STATED),
        ("level", Verdict.NOT_STATED),
        ("military", Verdict.NOT_STATED),
        ("recognition", Verdict.NOT_STATED),
        ("recognition", Verdict.NOT_STATED),
    ]
    assert status.of("recognition") == list(status.answers[3:])
    assert status.of("position") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "verdict", "absent"),
    [
        ("1967-10-31", Verdict.NOT_YET, ["YMD"]),
        ("1948-08-31", Verdict.NOT_YET, ["PRK", "YMD"]),
        # Within the vague month, and between the two, nothing forbids that it existed.
        ("1967-11-01", Verdict.NOT_STATED, []),
        ("1990-05-22", Verdict.NOT_STATED, []),
        ("1990-05-23", Verdict.NO_LONGER, ["YMD"]),
    ],
)
def test_status_outside_the_lifespan_of_a_state(day, verdict, absent):
    make_country("YMD", existed_from="1967-11", existed_until="1990-05-22")
    make_country("PRK", existed_from="1948-09")
    (answer,) = status_on(make_relation("YMD", "PRK"), date.fromisoformat(day), ["legal"]).answers
    assert (answer.verdict, [country.code for country in answer.absent]) == (verdict, absent)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("dates", "day", "expected"),
    [
        # Only that nobody states an end, or a beginning, would carry the record past the state.
        pytest.param({"began_on": "1968"}, "1990-06-01", (Verdict.NO_LONGER, []), id="no end stated"),
        pytest.param({"began_on": "1968"}, "1990-05-22", (Verdict.CERTAIN, ["told"]), id="the last day"),
        pytest.param({}, "1990-06-01", (Verdict.NO_LONGER, []), id="undated, after"),
        pytest.param({}, "1967-10-31", (Verdict.NOT_YET, []), id="undated, before"),
        pytest.param({"began_on": "[..1980]"}, "1967-10-31", (Verdict.NOT_YET, []), id="no beginning stated"),
        pytest.param({"ended_on": "1980"}, "1967-10-31", (Verdict.NOT_YET, []), id="an end alone"),
        # What a record itself says of such days is not overridden by reference data.
        pytest.param(
            {"began_on": "1968", "ended_on": "1992"}, "1991-01-01", (Verdict.CERTAIN, ["told"]), id="later end"
        ),
        pytest.param({"began_on": "1991"}, "1992-01-01", (Verdict.CERTAIN, ["told"]), id="later beginning"),
        pytest.param({"began_on": "1990-05-22"}, "1991-01-01", (Verdict.NO_LONGER, []), id="begun on the last day"),
        pytest.param(
            {"began_on": "1990-05-23"}, "1991-01-01", (Verdict.CERTAIN, ["told"]), id="begun on the day after"
        ),
        pytest.param({"began_on": "1966"}, "1967-01-01", (Verdict.CERTAIN, ["told"]), id="earlier beginning"),
    ],
)
def test_status_of_a_record_outside_the_lifespan_of_a_state(dates, day, expected):
    make_country("YMD", existed_from="1967-11", existed_until="1990-05-22")
    relation = make_relation("YMD", "PRK")
    make_period(relation=relation, slug="told", **dates)
    assert the_answer(day, relation=relation) == expected


@pytest.mark.django_db
def test_status_open_track_is_silent_after_the_end_of_a_state():
    make_country("YMD", existed_until="1990-05-22")
    relation = make_relation("YMD", "PRK")
    make_period("character", "close", relation=relation, subject="relations as a whole", began_on="1970")
    assert [len(status_on(relation, date(year, 1, 1), ["character"]).answers) for year in (1990, 1991)] == [1, 0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sources", "known_until"),
    [
        pytest.param([{}], None, id="nothing known of the source"),
        pytest.param([{"issued_on": "1990-03"}], date(1990, 3, 31), id="published"),
        pytest.param([{"speaks_until": "2018"}], date(2018, 12, 31), id="only what it tells of"),
        pytest.param([{"issued_on": "1990", "speaks_until": "1988"}], date(1990, 12, 31), id="publication goes first"),
        pytest.param([{"issued_on": "[2015..]"}], date(2015, 1, 1), id="published then or later"),
        pytest.param([{"issued_on": "1990"}, {"speaks_until": "2018"}, {}], date(2018, 12, 31), id="the latest counts"),
    ],
)
def test_status_is_known_until_the_latest_of_its_sources(sources, known_until):
    period = make_period(began_on="1963")
    for number, columns in enumerate(sources):
        cite(period, source=make_source(f"source-{number}", **columns), locator="p. 1")
    later = date(2020, 1, 1)
    (answer,) = status_on(period.relation, later, ["legal"]).answers
    assert (answer.known_until, answer.has_later_information) == (known_until, known_until is None)
    (answer,) = status_on(period.relation, known_until or later, ["legal"]).answers
    assert answer.has_later_information


@pytest.mark.django_db
@pytest.mark.parametrize("citations", [1, 3])
@pytest.mark.parametrize("periods", [1, 3])
@pytest.mark.parametrize("relations", [1, 3])
def test_statuses_take_as_many_queries_for_many_as_for_one(django_assert_num_queries, relations, periods, citations):
    dyads = [make_relation(code, "PRK") for code in ("EGY", "IRQ", "SYR")[:relations]]
    for dyad in dyads:
        for number in range(periods):
            period = make_period("character", "close", relation=dyad, subject=f"subject {number}", held_by_id="PRK")
            for page in range(citations - 1):
                cite(period, source=make_source(), locator=f"p. {page}")
    dyads = [type(dyad).objects.get(pk=dyad.pk) for dyad in dyads]
    with django_assert_num_queries(4):  # either country of the relations, their periods, the citations of those
        statuses = statuses_on(dyads, DAY)
        shown = [
            [
                (answer.holder and answer.holder.name, answer.known_until, [str(c) for c in record.citations.all()])
                for answer in status.of("character")
                for record in answer.records
            ]
            for status in statuses
        ]
    assert [len(answers) for answers in shown] == [periods] * relations
    assert [len(cited) for answers in shown for _, _, cited in answers] == [citations] * periods * relations


@pytest.mark.django_db
def test_statuses_keep_the_order_and_the_relations_apart():
    egypt, iraq = make_relation("EGY", "PRK"), make_relation("IRQ", "PRK")
    make_period("legal", "severed", relation=iraq, began_on="1960")
    statuses = statuses_on([iraq, egypt], DAY, ["legal"])
    assert [(s.relation, s.day, s.answers[0].verdict) for s in statuses] == [
        (iraq, DAY, Verdict.CERTAIN),
        (egypt, DAY, Verdict.NOT_STATED),
    ]


@pytest.mark.django_db
def test_missions_on_a_day(django_assert_num_queries):
    make_mission("EGY", "PRK", slug="open", opened_on="1965", host_country=make_country("PRK"))
    make_mission("PRK", "EGY", slug="perhaps", closed_on="1971")
    make_mission("PRK", "EGY", slug="undated")
    make_mission("PRK", "EGY", slug="closed", opened_on="1960", closed_on="1964")
    make_mission("PRK", "EGY", slug="draft", opened_on="1960", state="draft")
    make_mission("SYR", "PRK", slug="another", opened_on="1960", host_country=make_country("EGY"))
    with django_assert_num_queries(2):
        answers = [
            (answer.verdict, [(m.slug, m.sending.name, m.citations.all()[0].source.key) for m in answer.records])
            for answer in missions_on("PRK", "EGY", DAY)
        ]
    assert answers == [
        (Verdict.CERTAIN, [("open", "Egypt", "test-source")]),
        (Verdict.POSSIBLE, [("perhaps", "North Korea", "test-source")]),
        (Verdict.UNDATED, [("undated", "North Korea", "test-source")]),
    ]


@pytest.mark.django_db
def test_missions_do_not_outlast_a_state():
    make_country("YMD", existed_until="1990-05-22")
    make_mission("PRK", "YMD", opened_on="1988")
    assert [len(missions_on("PRK", "YMD", date(year, 1, 1))) for year in (1990, 1991)] == [1, 0]
