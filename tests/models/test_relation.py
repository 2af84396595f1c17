"""Relations, and their periods on mutual, one-sided and open tracks."""

from datetime import date

import pytest

from relations.models import Relation, RelationPeriod
from tests.factories import (
    cite,
    make_country,
    make_event,
    make_event_of,
    make_mission,
    make_observation,
    make_organ,
    make_period,
    make_relation,
    make_transfer,
)
from tests.refusals import forbidden, refused

pytestmark = pytest.mark.django_db


def test_relation_is_called_by_both_codes():
    relation = make_relation("PRK", "EGY")
    assert (relation.code, str(relation), relation.natural_key()) == ("EGY-PRK", "EGY-PRK", ("EGY", "PRK"))
    assert Relation.objects.get_by_natural_key("EGY", "PRK") == relation
    assert Relation.objects.of_pair("PRK", "EGY").get() == Relation.objects.of_pair("EGY", "PRK").get() == relation


def test_relation_involves_both_its_sides():
    egypt, iraq = make_relation("EGY", "PRK"), make_relation("IRQ", "PRK")
    assert list(Relation.objects.involving("PRK")) == [egypt, iraq]
    assert list(Relation.objects.involving("PRK", "EGY")) == [egypt]
    assert list(Relation.objects.involving("EGY", "IRQ")) == []


def test_pair_never_changes():
    relation = make_relation("EGY", "PRK")
    make_country("IRQ")
    for columns in ({"country_a": "IRQ"}, {"country_b": "EGY"}):
        with forbidden("pair_never_changes|Cannot update"):
            Relation.objects.filter(pk=relation.pk).update(**columns)
    Relation.objects.filter(pk=relation.pk).update(summary="Close.")
    assert Relation.objects.get().summary == "Close."


@pytest.mark.parametrize("state", ["published", "draft"])
def test_period_is_held_by_a_side(state):
    make_country("IRQ")
    with refused("relationperiod_held_by_a_side"):
        make_period(held_by_id="IRQ", state=state)
    period = make_period(held_by_id="EGY", state=state)
    with refused("relationperiod_held_by_a_side"):
        RelationPeriod.objects.filter(pk=period.pk).update(held_by="IRQ")
    with refused("relationperiod_held_by_a_side"):
        RelationPeriod.objects.filter(pk=period.pk).update(relation=make_relation("IRQ", "PRK"))
    RelationPeriod.objects.filter(pk=period.pk).update(held_by="PRK")
    RelationPeriod.objects.filter(pk=period.pk).update(held_by=None)


# One value at a time. This period certainly covers 31 December 1964 to 31 December 1969.
FIRST = {"began_on": "[1963,1964]", "ended_on": "1970"}
OVERLAPPING = [
    {"began_on": "1960", "ended_on": "1966"},
    {"began_on": "1960", "ended_on": "1965-01-01"},
    {"began_on": "1965", "ended_on": "1967"},
    {"began_on": "1960", "ended_on": "1980"},
    {"began_on": "1969", "ended_on": "1980"},
]
FITTING = [
    pytest.param({"began_on": "1970", "ended_on": "1980"}, id="begins when the first has ended"),
    pytest.param({"began_on": "[1969,1970]", "ended_on": "1980"}, id="may have begun after"),
    pytest.param({"began_on": "1960", "ended_on": "1964-12-31"}, id="has ended on the first of these days"),
    pytest.param({"began_on": "[1965..1985]", "ended_on": "1990"}, id="begun nobody knows when"),
    pytest.param({"began_on": "1965", "ended_on": ""}, id="the next value ends it"),
    pytest.param({"began_on": "", "ended_on": "1967"}, id="no beginning"),
    pytest.param({"began_on": "1966", "ended_on": "1966"}, id="certain on no day"),
]


def make_value(track, value="established", **columns):
    return make_period(**{"track": track, "value": value} | columns)


@pytest.mark.parametrize(("track", "value"), [("legal", "severed"), ("legal", "none"), ("military", "alliance")])
@pytest.mark.parametrize("columns", OVERLAPPING, ids=lambda columns: "/".join(columns.values()))
def test_mutual_track_has_one_value_at_a_time(track, value, columns):
    make_value(track, value, **FIRST)
    with refused("relationperiod_one_mutual_value"):
        make_value(track, value, **columns)
    make_value(track, value, **columns, state="draft")
    make_value(track, value, **columns, modality="disputed")
    make_value(track, value, **columns, relation=make_relation("IRQ", "PRK"))


@pytest.mark.parametrize("columns", FITTING)
def test_mutual_track_takes_what_does_not_certainly_overlap(columns):
    make_value("legal", **FIRST)
    make_value("legal", "severed", **columns)


def test_mutual_track_whoever_brought_it_about():
    make_value("legal", held_by_id="EGY", relation=make_relation(), **FIRST)
    with refused("relationperiod_one_mutual_value"):
        make_value("legal", held_by_id="PRK", **OVERLAPPING[0])
    make_value("level", "minister", **OVERLAPPING[0])


def test_two_values_that_go_on_cannot_begin_on_one_day():
    make_value("legal", began_on="1963-08-24")
    with refused("relationperiod_one_mutual_value"):
        make_value("legal", "severed", began_on="1963-08-24")
    make_value("legal", "severed", began_on="1963-08-25")
    make_value("legal", "severed", began_on="1963-08")  # it is unknown which of the two came first
    make_value("level", "minister", began_on="1963-08-24")


def test_overlap_is_refused_when_a_draft_is_published():
    make_value("legal", **FIRST)
    draft = make_value("legal", "severed", **OVERLAPPING[0], state="draft")
    cite(draft)
    with refused("relationperiod_one_mutual_value"):
        RelationPeriod.objects.filter(pk=draft.pk).update(state="published")


@pytest.mark.parametrize(
    ("track", "value", "other"), [("recognition", "recognised", "not_recognised"), ("level", "minister", "none")]
)
def test_one_sided_track_has_one_value_at_a_time_for_each_holder(track, value, other):
    relation = make_relation("EGY", "PRK")
    columns = {"track": track, "relation": relation, "held_by_id": "EGY"}
    make_value(value=value, **columns, **FIRST)
    with refused("relationperiod_one_value_per_holder"):
        make_value(value=other, **columns, **OVERLAPPING[0])
    make_value(value=other, **columns | {"held_by_id": "PRK"}, **OVERLAPPING[0])
    make_value(value=other, **columns, **OVERLAPPING[0], modality="disputed")
    make_value(value=other, **columns, began_on="1970", ended_on="1980")


@pytest.mark.parametrize(
    ("track", "value"), [("position", "favours"), ("cooperation", "under_way"), ("character", "close")]
)
def test_open_track_has_any_number_of_values(track, value):
    for _ in range(2):
        make_value(track, value, subject="reunification", **FIRST)
    assert RelationPeriod.objects.published().count() == 2


def ends(period):
    end = RelationPeriod.objects.with_ends().get(pk=period.pk).end
    return (bool(end), end.on.earliest, end.on.latest) if end else OPEN_END


OPEN_END = (False, None, None)


def test_value_is_ended_by_the_next_of_its_track():
    first = make_period("legal", "established", began_on="1963")
    second = make_period("legal", "suspended", began_on="[1970..1972]")
    third = make_period("legal", "established", began_on="1980")
    assert ends(first) == (True, date(1970, 1, 1), date(1972, 12, 31))
    assert ends(second) == (True, date(1980, 1, 1), date(1980, 12, 31))
    assert ends(third) == OPEN_END


def test_value_is_ended_by_its_own_end_first():
    period = make_period("legal", "established", began_on="1963", ended_on="[1965..]")
    make_period("legal", "severed", began_on="1970")
    assert ends(period) == (True, date(1965, 1, 1), None)


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"value": "established"}, id="same value"),
        pytest.param({"began_on": ""}, id="undated"),
        pytest.param({"began_on": "1963"}, id="not later"),
        pytest.param({"state": "in_review"}, id="not public"),
        pytest.param({"track": "level", "value": "consular"}, id="other track"),
        pytest.param({"modality": "disputed"}, id="disputed"),
    ],
)
def test_value_is_ended_by_nothing_else(columns):
    period = make_period("legal", "established", began_on="1963")
    make_period(**{"track": "legal", "value": "severed", "began_on": "1970"} | columns)
    make_period("legal", "severed", relation=make_relation("IRQ", "PRK"), began_on="1970")
    assert ends(period) == OPEN_END


def test_disputed_values_end_one_another():
    disputed = make_period("legal", "severed", began_on="1970", modality="disputed")
    make_period("legal", "suspended", began_on="1975", modality="disputed")
    assert ends(disputed) == (True, date(1975, 1, 1), date(1975, 12, 31))


@pytest.mark.parametrize(
    ("track", "value", "other"), [("recognition", "recognised", "not_recognised"), ("level", "minister", "none")]
)
def test_one_sided_value_is_ended_by_the_same_holder_alone(track, value, other):
    columns = {"track": track, "relation": make_relation("EGY", "PRK")}
    period = make_period(value=value, held_by_id="EGY", began_on="1963", **columns)
    make_period(value=other, held_by_id="PRK", began_on="1970", **columns)
    assert ends(period) == OPEN_END
    make_period(value=other, held_by_id="EGY", began_on="1980", **columns)
    assert ends(period) == (True, date(1980, 1, 1), date(1980, 12, 31))


def test_open_track_is_ended_by_no_other():
    period = make_period("character", "close", subject="relations", began_on="1963")
    make_period("character", "hostile", subject="relations", began_on="1970")
    assert ends(period) == OPEN_END


def test_value_is_named_in_the_list_of_its_track():
    assert make_period("legal", "severed").get_value_display() == "Severed"
    assert make_period("level", "charge_d_affaires").get_value_display() == "Chargé d'affaires"
    assert make_period("level", "", state="draft").get_value_display() == ""


NAMING = {
    "period": lambda state: make_period(relation=make_relation("EGY", "PRK"), state=state),
    "mission": lambda state: make_mission("PRK", "EGY", state=state),
    "event": lambda state: make_event("PRK", "EGY", state=state),
    "actors of both": lambda state: make_event_of(make_organ("EGY"), make_organ("PRK"), state=state),
    "transfer": lambda state: make_transfer("PRK", "EGY", state=state),
    "recipient actor": lambda state: make_transfer("PRK", None, recipient_actor=make_organ("EGY"), state=state),
    "transit": lambda state: make_transfer("PRK", "SYR", transit_country_id="EGY", state=state),
    "observation": lambda state: make_observation("EGY", "PRK", state=state),
}


@pytest.mark.parametrize("naming", NAMING)
def test_relation_is_public_when_anything_published_names_both_sides(naming):
    relation = make_relation("EGY", "PRK")
    make_relation("EGY", "IRQ")
    for state in ("draft", "in_review"):
        NAMING[naming](state)
    assert list(Relation.objects.public()) == []
    NAMING[naming]("published")
    assert list(Relation.objects.public()) == [relation]


def test_relation_is_not_public_for_what_names_one_side_or_is_only_cited():
    relation = make_relation("EGY", "PRK")
    make_event("PRK", "IRQ")
    make_event("EGY")
    make_mission("SYR", "PRK", host_country_id="EGY")
    cite(relation)
    assert list(Relation.objects.public()) == []
