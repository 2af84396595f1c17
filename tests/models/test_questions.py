"""QuerySets of records: filters by date, party and state, and order."""

from datetime import date
from itertools import product

import pytest

from relations.models import RECORD_TYPES, ArmsTransfer, Country, Entry, Event, Mission, Observation, RelationPeriod
from relations.models.record import READINGS
from tests.factories import (
    make_actor,
    make_country,
    make_event,
    make_mission,
    make_observation,
    make_period,
    make_relation,
    make_transfer,
)
from tests.models.records import EACH_RECORD, MAKERS
from tests.refusals import refused

# Filters by date; the window is the year 1970.

WINDOW = date(1970, 1, 1), date(1970, 12, 31)
YES, NO = True, False
ONE_DATE = [
    ("", NO, NO),
    ("1969", NO, NO),
    ("1969-12-31", NO, NO),
    ("1970-01-01", YES, YES),
    ("1970", YES, YES),
    ("1970-12-31", YES, YES),
    ("1971-01-01", NO, NO),
    ("1970-02/1970-03", YES, YES),
    ("1969/1970", YES, NO),
    ("1970/1971", YES, NO),
    ("1960/1980", YES, NO),
    ("[1969,1970]", YES, NO),
    ("[1969,1971]", YES, NO),
    ("197X", YES, NO),
    ("1970~", YES, NO),
    ("1971~", YES, NO),
    ("1972~", NO, NO),
    ("[..1969]", NO, NO),
    ("[..1970]", YES, NO),
    ("[..1980]", YES, NO),
    ("[1960..]", YES, NO),
    ("1970/..", YES, NO),
    ("1971/..", NO, NO),
    ("/1969", NO, NO),
    ("/1970", YES, NO),
]
LASTING = [
    ("", "", NO, NO),
    ("1969", "", YES, NO),
    ("1970", "", YES, NO),
    ("1971", "", NO, NO),
    ("", "1969", NO, NO),
    ("", "1970", YES, NO),
    ("", "1971", YES, NO),
    ("1960", "1969", NO, NO),
    ("1960", "1970", YES, NO),
    ("1960", "1980", YES, NO),
    ("1970", "1970", YES, YES),
    ("1970-02", "1970-03", YES, YES),
    ("1970", "1971", YES, NO),
    ("1971", "1980", NO, NO),
    ("[1969,1970]", "1970", YES, NO),
    ("1970", "[1970,1971]", YES, NO),
    ("1970", "[1970..]", YES, NO),
    ("[..1970]", "1970", YES, NO),
    ("[1960..]", "[1970..]", YES, NO),
    ("[1970..]", "", YES, NO),
    ("[1971..]", "", NO, NO),
]
# Two dates, either of which may be unknown: the order and the delivery of a deal.
TWO_DATES = [
    ("", "", NO, NO),
    ("1970", "", YES, YES),
    ("", "1970", YES, YES),
    ("1970", "1970", YES, YES),
    ("1969", "1970", YES, NO),
    ("1970", "1971", YES, NO),
    ("1969", "1971", NO, NO),
    ("1969", "", NO, NO),
    ("", "1971", NO, NO),
    ("197X", "", YES, NO),
    ("", "[..1970]", YES, NO),
    ("1970", "[1970,1971]", YES, NO),
]


def within(record):
    records = type(record).objects.filter(pk=record.pk)
    places = Entry.objects.filter(record_id=record.pk).leading(type(record))
    found = [places.between(type(record), *WINDOW, reading).exists() for reading in READINGS]
    assert records.possibly_within(*WINDOW).exists() == found[0]
    assert places.between(type(record), None, None, "certainly").exists()
    return tuple(found)


@pytest.mark.django_db
@pytest.mark.parametrize(("when", "possibly", "certainly"), ONE_DATE)
def test_one_date_within(when, possibly, certainly):
    assert within(make_event(happened_on=when)) == (possibly, certainly)
    assert within(make_observation(period=when)) == (possibly, certainly)


@pytest.mark.django_db
@pytest.mark.parametrize(("begins", "ends", "possibly", "certainly"), LASTING)
def test_lasting_within(begins, ends, possibly, certainly):
    assert within(make_mission(opened_on=begins, closed_on=ends)) == (possibly, certainly)
    assert within(make_period(began_on=begins, ended_on=ends)) == (possibly, certainly)


@pytest.mark.django_db
@pytest.mark.parametrize(("ordered", "delivered", "possibly", "certainly"), TWO_DATES)
def test_transfer_within(ordered, delivered, possibly, certainly):
    assert within(make_transfer(ordered_on=ordered, delivered_on=delivered)) == (possibly, certainly)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("next_began", "possibly", "certainly"),
    [("1969", NO, NO), ("1970", YES, NO), ("1970-02", YES, NO), ("1971", YES, NO), ("[1969,1970]", YES, NO)],
)
def test_value_within_until_the_next_begins(next_began, possibly, certainly):
    period = make_period("legal", "established", began_on="1968")
    make_period("legal", "severed", began_on=next_began)
    assert within(period) == (possibly, certainly)


@pytest.mark.django_db
def test_value_within_when_the_next_began_within():
    period = make_period("legal", "established", began_on="1970-02")
    make_period("legal", "severed", began_on="1970-06")
    assert within(period) == (YES, YES)


@pytest.mark.django_db
def test_between_may_be_open_on_either_side():
    for slug, when in (("a", "1969"), ("b", "1970"), ("c", "1971"), ("d", "")):
        make_event(slug=slug, happened_on=when)

    def found(*days):
        places = Entry.objects.leading(Event).between(Event, *days, "possibly")
        return list(places.order_by("slug").values_list("slug", flat=True))

    assert found(None, None) == ["a", "b", "c", "d"]
    assert found(WINDOW[0], None) == ["b", "c"]
    assert found(None, WINDOW[1]) == ["a", "b"]
    assert found(*WINDOW) == ["b"]


@pytest.mark.django_db
@EACH_RECORD
def test_published_is_what_is_public(owner):
    for state in ("draft", "in_review", "published"):
        MAKERS[owner](slug=state.replace("_", "-"), state=state)
    model = next(model for model in RECORD_TYPES if model._meta.model_name == owner)
    assert [record.slug for record in model.objects.published()] == ["published"]


@pytest.mark.django_db
def test_in_order_is_by_earliest_else_latest_then_slug_and_undated_last():
    for slug, when in (("d", ""), ("c", "1970"), ("b", "1970-01"), ("a", "[..1971]"), ("e", "1969/1980"), ("f", "")):
        make_event(slug=slug, happened_on=when)
    assert [(e.slug, e.sort_on) for e in Event.objects.in_order()] == [
        ("e", date(1969, 1, 1)),
        ("b", date(1970, 1, 1)),
        ("c", date(1970, 1, 1)),
        ("a", date(1971, 12, 31)),
        ("d", None),
        ("f", None),
    ]
    make_mission(slug="ended", closed_on="1967")
    make_mission(slug="begun", opened_on="1968", closed_on="1969")
    assert [(m.slug, m.sort_on) for m in Mission.objects.in_order()] == [
        ("ended", date(1967, 1, 1)),
        ("begun", date(1968, 1, 1)),
    ]


INVOLVING = {
    "period": (lambda: make_period(relation=make_relation("EGY", "PRK")), ["EGY", "PRK"]),
    "mission": (lambda: make_mission("EGY", "PRK"), ["EGY", "PRK"]),
    "transfer": (lambda: make_transfer("PRK", "EGY", transit_country_id="SYR"), ["EGY", "PRK", "SYR"]),
    "transfer to an actor": (
        lambda: make_transfer("PRK", None, recipient_actor=make_actor("hezbollah", country_id="EGY")),
        ["EGY", "PRK"],
    ),
    "transfer to somebody": (lambda: make_transfer("PRK", None, recipient_named_as="rebels"), ["PRK"]),
    "observation": (lambda: make_observation("PRK", "SYR"), ["PRK", "SYR"]),
    "event": (lambda: make_event("PRK", "EGY"), ["EGY", "PRK"]),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", INVOLVING)
def test_involving(name):
    for code in ("EGY", "IRQ", "PRK", "SYR"):
        make_country(code)
    make, codes = INVOLVING[name]
    records = type(make()).objects
    asked = ("EGY", "IRQ", "PRK", "SYR")
    assert [code for code in asked if records.involving(code).exists()] == codes
    pairs = [(a, b) for a, b in product(asked, asked) if a != b]
    assert [pair for pair in pairs if records.involving(*pair).exists()] == [
        (a, b) for a, b in pairs if a in codes and b in codes
    ]
    assert records.involving().count() == 1


@pytest.mark.django_db
def test_involving_an_actor_of_the_country_and_no_row_twice():
    event = make_event("PRK")
    for number in range(2):
        event.participations.create(actor=make_actor(f"company-{number}", country=make_country("EGY")), role="host")
    assert list(Event.objects.involving("EGY")) == list(Event.objects.involving("EGY", "PRK")) == [event]


@pytest.mark.django_db
def test_mission_involves_its_host_but_is_not_of_that_pair():
    mission = make_mission("IRQ", "PRK", host_country=make_country("EGY"))
    assert list(Mission.objects.involving("EGY")) == [mission]
    assert list(Mission.objects.involving("EGY", "PRK")) == []
    assert (mission.is_resident, make_mission(host_country_id="PRK").is_resident, make_mission().is_resident) == (
        False,
        True,
        None,
    )


@pytest.mark.django_db
def test_mission_involves_its_protecting_power_but_is_not_of_that_pair():
    mission = make_mission("IRN", "USA", kind="interests_section", protecting_power=make_country("PAK"))
    assert list(Mission.objects.involving("PAK")) == [mission]
    assert list(Mission.objects.involving("IRN", "PAK")) == []
    assert mission.sides() == {"IRN", "USA"}


@pytest.mark.django_db
def test_mission_reopens_one_of_the_same_two_states():
    first = make_mission("EGY", "PRK", closed_on="1991", ending="suspended")
    again = make_mission("EGY", "PRK", opened_on="1994", reopens=first)
    assert list(first.reopened_as.all()) == [again]
    for other in (make_mission("PRK", "EGY"), make_mission("EGY", "IRQ"), make_mission("SYR", "PRK")):
        with refused("mission_reopens_its_own"):
            Mission.objects.filter(pk=again.pk).update(reopens=other)
    for columns in ({"sending": "SYR"}, {"accredited_to": "IRQ"}):
        for mission in (first, again):
            with refused("mission_reopens_its_own"):
                Mission.objects.filter(pk=mission.pk).update(**columns)
    with refused("mission_reopens_its_own"):
        make_mission("SYR", "PRK", reopens=first)


@pytest.mark.django_db
def test_search_column_is_left_in_the_database():
    make_event(title="Talks in Cairo")
    event = Event.objects.get()
    assert "search" in event.get_deferred_fields()
    assert Event.objects.filter(search="cairo").exists()
    assert not Event.objects.filter(search="baghdad").exists()


@pytest.mark.django_db
def test_countries_are_named_by_records_themselves_or_by_an_actor():
    for code in ("BGR", "SYR", "IRQ"):
        make_country(code)
    make_event("PRK", slug="visit", state="draft").participations.create(
        actor=make_actor(country=make_country("EGY")), role="host"
    )
    make_transfer(
        "PRK", None, recipient_actor=make_actor("ministry", country=make_country("TUR")), transit_country_id="SYR"
    )
    make_mission("PRK", "POL", host_country_id="BGR")
    named = {model: sorted(Country.objects.named_by(model).values_list("code", flat=True)) for model in RECORD_TYPES}
    assert named == {
        RelationPeriod: [],
        Mission: ["BGR", "POL", "PRK"],
        Event: ["EGY", "PRK"],
        ArmsTransfer: ["PRK", "SYR", "TUR"],
        Observation: [],
    }
