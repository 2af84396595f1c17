"""Status on a day."""

from datetime import date

import pytest

from relations.models import Relation, Source
from relations.models.tracks import Track
from relations.models.vocabularies import Verdict
from relations.status import missions_of, status_on, statuses_on
from tests.factories import cite, make_country, make_lifespan, make_mission, make_period, make_relation, make_source

DAY = date(1970, 6, 15)


def the_answer(day, track=Track.LEGAL, relation=None):
    """The verdict of a mutual track, with the slugs of its records."""
    day = date.fromisoformat(day)
    (answer,) = status_on(relation or make_relation(), day, [track]).answers
    assert (answer.day, answer.track, answer.holder) == (day, track, None)
    return answer.verdict, [period.slug for period in answer.records]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("1963-08-23", (Verdict.NOT_STATED, [])),
        ("1963-08-24", (Verdict.ON, ["established"])),
        ("1963-08-25", (Verdict.ON, ["established"])),
        ("1979-12-31", (Verdict.ON, ["established"])),
        ("1980-01-01", (Verdict.POSSIBLY, ["established", "severed"])),
        ("1980-12-30", (Verdict.POSSIBLY, ["established", "severed"])),
        # On the last day it can have begun it certainly has; what it replaced can only have lasted until then.
        ("1980-12-31", (Verdict.ON, ["severed"])),
        ("1981-01-01", (Verdict.ON, ["severed"])),
        ("2026-01-01", (Verdict.ON, ["severed"])),
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
        ("1966-05-31", (Verdict.ON, ["established"])),
        ("1966-06-01", (Verdict.POSSIBLY, ["established"])),
        ("1966-06-30", (Verdict.POSSIBLY, ["established"])),
        ("1966-07-01", (Verdict.ENDED, ["established"])),
        ("1979-12-31", (Verdict.ENDED, ["established"])),
        ("1980-01-01", (Verdict.POSSIBLY, ["severed"])),
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
    assert (verdict, slugs[0]) == (Verdict.ON, "established")


@pytest.mark.django_db
def test_status_is_not_ended_in_another_relation():
    make_period("legal", "established", slug="established", began_on="1963")
    make_period("legal", "severed", relation=make_relation("IRQ", "PRK"), began_on="1980")
    assert the_answer("1990-01-01") == (Verdict.ON, ["established"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("1973-12-31", (Verdict.NOT_STATED, [])),
        ("1980-01-01", (Verdict.POSSIBLY, ["established", "severed"])),
        ("2018-12-31", (Verdict.ON, ["severed"])),
    ],
)
def test_status_a_value_that_may_have_begun_later_comes_after(day, expected):
    make_period(slug="established", began_on="1974")
    make_period(value="severed", slug="severed", began_on="[1974..2018]")
    assert the_answer(day) == expected


@pytest.mark.django_db
def test_status_that_two_sources_tell_differently_is_disputed():
    make_period("legal", "established", slug="established", began_on="1963")
    make_period("legal", "severed", slug="severed", began_on="1970", modality="disputed")
    assert the_answer("1969-12-31") == (Verdict.ON, ["established"])
    assert the_answer("1970-01-01") == (Verdict.ON, ["established"])
    assert the_answer("1970-12-31") == (Verdict.ON, ["established", "severed"])
    disputed = [
        status_on(make_relation(), date(year, 12, 31), ["legal"]).answers[0].is_disputed for year in (1969, 1970)
    ]
    assert disputed == [False, True]


@pytest.mark.django_db
def test_status_that_two_records_tell_alike_is_certain():
    make_period("legal", "established", slug="first", began_on="1963")
    make_period("legal", "established", slug="second", began_on="1964")
    assert the_answer("1970-01-01") == (Verdict.ON, ["first", "second"])
    assert not status_on(make_relation(), date(1970, 1, 1), ["legal"]).answers[0].is_disputed


@pytest.mark.django_db
def test_status_without_any_date_is_undated_and_gives_way_to_what_is_possible():
    make_period("legal", "established", slug="undated")
    assert the_answer("1970-01-01") == (Verdict.UNDATED, ["undated"])
    make_period("legal", "severed", slug="possible", began_on="[..1980]")
    assert the_answer("1970-01-01") == (Verdict.POSSIBLY, ["possible"])
    assert the_answer("1981-01-01") == (Verdict.ON, ["possible"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"states": ("IRQ", "PRK")}, id="other relation"),
        pytest.param({"track": "military", "value": "alliance"}, id="other track"),
        pytest.param({"value": "severed", "negated": True}, id="denied"),
    ],
)
def test_status_what_is_possible_gives_way_to_nothing_else_that_is_certain(other):
    make_period(slug="possible", began_on="[..1980]")
    relation = make_relation(*other.pop("states", ("EGY", "PRK")))
    make_period(**{"slug": "certain", "relation": relation, "began_on": "1960"} | other)
    assert the_answer("1970-01-01") == (Verdict.POSSIBLY, ["possible"])


@pytest.mark.django_db
def test_status_with_an_end_alone_is_possible_until_then():
    make_period("legal", "established", slug="ended", ended_on="1975-03-01")
    assert the_answer("1960-01-01") == (Verdict.POSSIBLY, ["ended"])
    assert the_answer("1975-03-01") == (Verdict.POSSIBLY, ["ended"])
    assert the_answer("1975-03-02") == (Verdict.ENDED, ["ended"])


@pytest.mark.django_db
def test_status_one_sided_track_answers_for_either_holder():
    relation = make_relation("ISR", "PRK")
    israel, korea = make_country("ISR"), make_country("PRK")
    make_period("recognition", "recognised", relation=relation, held_by=israel, slug="israels", began_on="1950")
    make_period("recognition", "not_recognised", relation=relation, held_by=korea, slug="koreas", began_on="1960")
    answers = status_on(relation, date(1970, 1, 1), ["recognition"]).answers
    assert [(a.holder, a.verdict, [period.slug for period in a.records]) for a in answers] == [
        (israel, Verdict.ON, ["israels"]),
        (korea, Verdict.ON, ["koreas"]),
    ]
    answers = status_on(relation, date(1955, 1, 1), ["recognition"]).answers
    assert [(a.holder, a.verdict) for a in answers] == [(israel, Verdict.ON), (korea, Verdict.NOT_STATED)]


@pytest.mark.django_db
def test_status_open_track_returns_all_that_stands():
    egypt = make_country("EGY")
    make_period("position", "favours", slug="a", subject="unity", held_by=egypt, began_on="1960", ended_on="[1975..]")
    make_period("position", "opposes", slug="b", subject="nuclear tests", held_by=egypt, began_on="[1960..1980]")
    make_period("position", "opposes", slug="c", subject="sanctions")
    make_period("position", "opposes", slug="d", subject="the war", began_on="1950", ended_on="1953")
    make_period("position", "opposes", slug="e", subject="secret", began_on="1950", state="draft")
    answers = status_on(make_relation(), date(1970, 1, 1), ["position"]).answers
    assert [(a.verdict, a.holder, [period.slug for period in a.records]) for a in answers] == [
        (Verdict.ON, egypt, ["a"]),
        (Verdict.POSSIBLY, egypt, ["b"]),
        (Verdict.UNDATED, None, ["c"]),
    ]


@pytest.mark.django_db
def test_status_asks_every_track_in_the_order_of_the_list():
    status = status_on(make_relation(), DAY)
    assert [(answer.track, answer.verdict) for answer in status.answers] == [
        ("legal", Verdict.NOT_STATED),
        ("level", Verdict.NOT_STATED),
        ("level", Verdict.NOT_STATED),
        ("military", Verdict.NOT_STATED),
        ("recognition", Verdict.NOT_STATED),
        ("recognition", Verdict.NOT_STATED),
    ]
    assert status.of("recognition") == list(status.answers[4:])
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
    make_lifespan("YMD", "1967-11", "1990-05-22")
    make_lifespan("PRK", "1948-09")
    (answer,) = status_on(make_relation("YMD", "PRK"), date.fromisoformat(day), ["legal"]).answers
    assert (answer.verdict, [country.code for country in answer.absent]) == (verdict, absent)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("dates", "day", "expected"),
    [
        # Only that nobody states an end, or a beginning, would carry the record past the state.
        pytest.param({"began_on": "1968"}, "1990-06-01", (Verdict.NO_LONGER, []), id="no end stated"),
        pytest.param({"began_on": "1968"}, "1990-05-21", (Verdict.ON, ["told"]), id="the last full day"),
        # What ends on a day may or may not have lasted through it.
        pytest.param({"began_on": "1968"}, "1990-05-22", (Verdict.POSSIBLY, ["told"]), id="the last day"),
        pytest.param({}, "1990-06-01", (Verdict.NO_LONGER, []), id="undated, after"),
        pytest.param({}, "1967-10-31", (Verdict.NOT_YET, []), id="undated, before"),
        pytest.param({"began_on": "[..1980]"}, "1967-10-31", (Verdict.NOT_YET, []), id="no beginning stated"),
        pytest.param({"began_on": "[..1995]"}, "1996-01-01", (Verdict.NO_LONGER, []), id="begun by a later day"),
        pytest.param({"ended_on": "1980"}, "1967-10-31", (Verdict.NOT_YET, []), id="an end alone"),
        # What a record itself says of such days is not overridden by reference data.
        pytest.param({"began_on": "1968", "ended_on": "1992"}, "1991-01-01", (Verdict.ON, ["told"]), id="later end"),
        pytest.param({"began_on": "1968", "ended_on": "1980"}, "1991-01-01", (Verdict.NO_LONGER, []), id="earlier end"),
        pytest.param({"began_on": "1991"}, "1992-01-01", (Verdict.ON, ["told"]), id="later beginning"),
        pytest.param({"began_on": "1990-05-22"}, "1991-01-01", (Verdict.NO_LONGER, []), id="begun on the last day"),
        pytest.param({"began_on": "1990-05-23"}, "1991-01-01", (Verdict.ON, ["told"]), id="begun on the day after"),
        pytest.param({"began_on": "1966"}, "1967-01-01", (Verdict.ON, ["told"]), id="earlier beginning"),
    ],
)
def test_status_of_a_record_outside_the_lifespan_of_a_state(dates, day, expected):
    make_lifespan("YMD", "1967-11", "1990-05-22")
    relation = make_relation("YMD", "PRK")
    make_period(relation=relation, slug="told", **dates)
    assert the_answer(day, relation=relation) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "verdict", "absent"),
    [
        ("1902-05-19", Verdict.NOT_YET, ["CUB"]),
        ("1906-09-25", Verdict.NOT_STATED, []),
        ("1906-09-26", Verdict.BETWEEN, ["CUB"]),
        ("1909-01-22", Verdict.BETWEEN, ["CUB"]),
        ("1909-01-23", Verdict.NOT_STATED, []),
        ("1959-01-02", Verdict.NO_LONGER, ["CUB"]),
    ],
)
def test_status_of_a_state_that_existed_more_than_once(day, verdict, absent):
    make_lifespan("CUB", "1909-01-23", "1959-01-01")
    make_lifespan("CUB", "1902-05-20", "1906-09-25")
    (answer,) = status_on(make_relation("CUB", "USA"), date.fromisoformat(day), ["legal"]).answers
    assert (answer.verdict, [country.code for country in answer.absent]) == (verdict, absent)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("dates", "day", "expected"),
    [
        pytest.param({"began_on": "1902"}, "1904-01-01", (Verdict.ON, ["told"]), id="in its lifespan"),
        pytest.param({"began_on": "1902"}, "1906-09-26", (Verdict.BETWEEN, []), id="between two"),
        pytest.param({"began_on": "1902"}, "1910-01-01", (Verdict.POSSIBLY, ["told"]), id="in the next one"),
        pytest.param({"began_on": "1909-02"}, "1910-01-01", (Verdict.ON, ["told"]), id="begun in the next one"),
        pytest.param({"began_on": "[..1909]"}, "1907-01-01", (Verdict.BETWEEN, []), id="begun by then, between two"),
        pytest.param({"began_on": "[..1909]"}, "1910-01-01", (Verdict.ON, ["told"]), id="begun by then"),
        pytest.param({"began_on": "[..1905]"}, "1910-01-01", (Verdict.POSSIBLY, ["told"]), id="begun by the first"),
        pytest.param({}, "1904-01-01", (Verdict.UNDATED, ["told"]), id="undated, in the first one"),
        pytest.param({}, "1907-01-01", (Verdict.BETWEEN, []), id="undated, between two"),
        pytest.param({}, "1910-01-01", (Verdict.UNDATED, ["told"]), id="undated, in the next one"),
        pytest.param({"ended_on": "1950"}, "1907-01-01", (Verdict.BETWEEN, []), id="an end alone, between two"),
        pytest.param({"ended_on": "1950"}, "1910-01-01", (Verdict.POSSIBLY, ["told"]), id="an end alone, before it"),
        # What a record itself says of such days is not overridden by reference data.
        pytest.param({"began_on": "1902", "ended_on": "1950"}, "1907-01-01", (Verdict.ON, ["told"]), id="later end"),
        pytest.param({"began_on": "1907"}, "1908-01-01", (Verdict.ON, ["told"]), id="begun between two"),
    ],
)
def test_status_of_a_record_of_a_state_that_existed_more_than_once(dates, day, expected):
    make_lifespan("CUB", "1909-01-23")
    make_lifespan("CUB", "1902-05-20", "1906-09-25")  # in whichever order they were entered
    make_lifespan("USA", "1776-07-04")
    relation = make_relation("CUB", "USA")
    make_period(relation=relation, slug="told", **dates)
    assert the_answer(day, relation=relation) == expected


@pytest.mark.django_db
def test_status_is_no_longer_certain_in_a_later_lifespan_of_either_state():
    for code, spans in {"CUB": (("1902", "1906"), ("1909", "")), "SYR": (("1946", "1958"), ("1961", ""))}.items():
        for first, last in spans:
            make_lifespan(code, first, last)
    relation = make_relation("CUB", "SYR")
    make_period(relation=relation, slug="told", began_on="1903")
    assert the_answer("1950-01-01", relation=relation) == (Verdict.POSSIBLY, ["told"])


@pytest.mark.django_db
def test_status_of_an_end_that_is_stated_outlasts_a_state_of_which_the_beginning_is_unknown():
    make_lifespan("YMD", "", "1990-05-22")
    relation = make_relation("YMD", "PRK")
    make_period(relation=relation, slug="told", ended_on="1992")
    assert the_answer("1991-01-01", relation=relation) == (Verdict.POSSIBLY, ["told"])


@pytest.mark.django_db
def test_status_open_track_is_silent_after_the_end_of_a_state():
    make_lifespan("YMD", "", "1990-05-22")
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


# What lasts until something ends it, and what fades


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("track", "value", "columns", "verdicts"),
    [
        # On the last day of its vague beginning it had begun; after that, what fades is possible and no more.
        pytest.param("military", "assistance", {"began_on": "1966"}, "possibly on possibly possibly", id="fades"),
        pytest.param("military", "assistance", {"began_on": "[..1966]"}, "possibly on possibly possibly", id="by then"),
        pytest.param("military", "alliance", {"began_on": "1966"}, "possibly on on on", id="lasts"),
        pytest.param("character", "close", {"began_on": "1966"}, "possibly on possibly possibly", id="open track"),
        pytest.param(
            *("character", "close", {"began_on": "1966", "ended_on": "[2000..]"}, "possibly on on possibly"),
            id="stated to go on until then",
        ),
        pytest.param(
            *("military", "cooperation", {"began_on": "1966", "ended_on": "1980"}, "possibly on on ended"),
            id="with its end",
        ),
        pytest.param("legal", "none", {"began_on": "1966"}, "possibly on on on", id="absence"),
    ],
)
def test_status_of_what_fades_is_only_possible_after_it_had_begun(track, value, columns, verdicts):
    make_period(track, value, subject="all" if track == "character" else "", **columns)
    days = ["1966-06-01", "1966-12-31", "1970-01-01", "2018-01-01"]
    answers = [status_on(make_relation(), date.fromisoformat(day), [track]).answers for day in days]
    words = {"on": Verdict.ON, "possibly": Verdict.POSSIBLY, "ended": Verdict.ENDED}
    assert [of_day[0].verdict for of_day in answers] == [words[word] for word in verdicts.split()]


@pytest.mark.django_db
def test_status_of_what_fades_is_ended_by_the_next_value():
    make_period("military", "assistance", slug="assistance", began_on="1966")
    make_period("military", "severed", slug="severed", began_on="1980")
    assert the_answer("1970-01-01", Track.MILITARY) == (Verdict.POSSIBLY, ["assistance"])
    assert the_answer("1981-01-01", Track.MILITARY) == (Verdict.ON, ["severed"])


# What is stated beside a legal status that is not


@pytest.mark.django_db
def test_status_that_is_not_stated_names_what_is():
    make_period("level", "ambassador", slug="level", held_by_id="EGY", began_on="1963")
    make_period("level", "none", slug="none", held_by_id="PRK", began_on="1963")
    make_mission("EGY", "PRK", slug="embassy")
    make_mission("PRK", "EGY", slug="closed", closed_on="1965")
    relation = make_relation()

    def beside(tracks):
        return [[record.slug for record in answer.levels] for answer in status_on(relation, DAY, tracks).answers]

    assert beside(["legal"]) == [["level"]]  # a mission says nothing of a level
    assert beside(["military"]) == [[]]
    make_period(began_on="1960")
    assert beside(["legal"]) == [[]]


@pytest.mark.django_db
def test_status_tells_relations_and_representation_first():
    relation = make_relation()
    make_period("position", "favours", subject="peace", held_by_id="EGY")
    make_period("level", "ambassador", held_by_id="EGY", began_on="1963")
    make_mission("EGY", "PRK")
    status = status_on(relation, DAY)
    assert [answer.track and str(answer.track) for answer in status.stated] == ["legal", "level", None, "position"]
    silent = [(str(answer.track), answer.holder and answer.holder.pk) for answer in status.unstated]
    assert silent == [("level", "PRK"), ("military", None), ("recognition", "EGY"), ("recognition", "PRK")]


@pytest.mark.django_db
def test_status_names_the_day_after_which_nothing_is_told_where_it_is_one():
    relation = make_relation()
    for track, value, source in (("legal", "established", "a"), ("military", "alliance", "b")):
        period = make_period(track, value, began_on="1963")
        period.citations.all().delete()
        cite(period, source=make_source(source, speaks_until="1965"))
    assert status_on(relation, DAY).reach == "1965"
    assert status_on(relation, date(1964, 1, 1)).reach is None
    Source.objects.filter(key="b").update(speaks_until="1966")
    assert status_on(relation, DAY).reach is None
    assert status_on(make_relation("IRQ", "PRK"), DAY).reach is None


@pytest.mark.django_db
def test_status_of_a_pair_with_only_a_stated_absence():
    make_period("level", "none", slug="none", relation=make_relation("EGY", "USA"), held_by_id="USA", began_on="1842")
    relation = Relation.objects.public().get()
    answers = status_on(relation, date(1850, 1, 1)).of("level")
    assert [(answer.holder.code, answer.verdict, [p.value for p in answer.records]) for answer in answers] == [
        ("EGY", Verdict.NOT_STATED, []),
        ("USA", Verdict.ON, ["none"]),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("relations", [1, 3])
def test_statuses_take_as_many_queries_for_many_as_for_one(django_assert_num_queries, relations, rows):
    codes = ("EGY", "IRQ", "SYR")[:relations]
    dyads = [make_relation(code, "PRK") for code in codes]
    for code, dyad in zip(codes, dyads, strict=True):
        make_lifespan(code, "1900")
        for number in range(rows):
            period = make_period("character", "close", relation=dyad, subject=f"subject {number}", held_by_id="PRK")
            mission = make_mission("PRK", code)
            for page in range(rows - 1):
                for record in (period, mission):
                    cite(record, source=make_source(), locator=f"p. {page}")
    dyads = [type(dyad).objects.get(pk=dyad.pk) for dyad in dyads]
    # Either country of the relations, and the lifespans of all; the periods, the missions, and the citations of each.
    with django_assert_num_queries(7):
        statuses = statuses_on(dyads, DAY)
        shown = [
            [
                (answer.holder and answer.holder.name, answer.known_until, [str(c) for c in record.citations.all()])
                for answer in (*status.of("character"), *status.missions)
                for record in answer.records
            ]
            for status in statuses
        ]
    assert [len(answers) for answers in shown] == [2 * rows] * relations
    assert [len(cited) for answers in shown for _, _, cited in answers] == [rows] * 2 * rows * relations


@pytest.mark.django_db
def test_statuses_keep_the_order_and_the_relations_apart():
    egypt, iraq = make_relation("EGY", "PRK"), make_relation("IRQ", "PRK")
    make_period("legal", "severed", relation=iraq, began_on="1960")
    statuses = statuses_on([iraq, egypt], DAY, ["legal"])
    assert [(s.relation, s.day, s.answers[0].verdict) for s in statuses] == [
        (iraq, DAY, Verdict.ON),
        (egypt, DAY, Verdict.NOT_STATED),
    ]


def the_missions(day, *pair):
    """The verdicts on the missions of a pair, with their slugs."""
    return [(a.verdict, a.records[0].slug) for a in status_on(make_relation(*pair), day, []).missions]


@pytest.mark.django_db
def test_of_missions_only_those_between_the_two_states_of_a_relation_are_read():
    relations = [make_relation("EGY", "PRK"), make_relation("IRN", "SYR")]
    for sending, accredited_to in (("EGY", "PRK"), ("SYR", "IRN"), ("EGY", "SYR"), ("PRK", "IRN")):
        make_mission(sending, accredited_to, slug=f"{sending}-{accredited_to}".lower())
    missions = missions_of([relation.code for relation in relations])
    assert set(missions.values_list("slug", flat=True)) == {"egy-prk", "syr-irn"}


@pytest.mark.django_db
def test_missions_on_a_day():
    make_mission("EGY", "PRK", slug="open", opened_on="1965", host_country=make_country("PRK"))
    make_mission("PRK", "EGY", slug="perhaps", closed_on="1971")
    make_mission("PRK", "EGY", slug="undated")
    make_mission("PRK", "EGY", slug="closed", opened_on="1960", closed_on="1964")
    make_mission("PRK", "EGY", slug="draft", opened_on="1960", state="draft")
    make_mission("PRK", "EGY", slug="denied", opened_on="1960", negated=True)
    make_mission("SYR", "PRK", slug="another", opened_on="1960", host_country=make_country("EGY"))
    assert the_missions(DAY, "EGY", "PRK") == [
        (Verdict.ON, "open"),
        (Verdict.POSSIBLY, "perhaps"),
        (Verdict.UNDATED, "undated"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("1959-12-31", []),
        ("1964-01-01", [(Verdict.ON, "first"), (Verdict.ON, "second")]),
        ("1966-01-01", [(Verdict.POSSIBLY, "second")]),
        # Where no mission stands, the one that can have ended last is left over.
        ("1975-01-01", [(Verdict.ENDED, "second")]),
        ("1985-01-01", [(Verdict.POSSIBLY, "third")]),
    ],
)
def test_the_last_ended_mission_is_named_if_none_is_open(day, expected):
    make_mission(slug="first", opened_on="1960", closed_on="1965")
    make_mission(slug="second", opened_on="1962", closed_on="[1965..1970]", kind="consulate")
    make_mission(slug="third", opened_on="1980", closed_on="[1982..]")
    make_mission("PRK", "EGY", slug="of-the-other", opened_on="1990")
    assert the_missions(date.fromisoformat(day)) == expected


@pytest.mark.django_db
def test_missions_do_not_outlast_a_state():
    make_lifespan("YMD", "", "1990-05-22")
    make_mission("PRK", "YMD", slug="aden", opened_on="1988")
    assert the_missions(date(1990, 1, 1), "PRK", "YMD") == [(Verdict.ON, "aden")]
    assert the_missions(date(1991, 1, 1), "PRK", "YMD") == []
