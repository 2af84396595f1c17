"""Lasting records: the end in effect, and the verdict for a day on each record by itself."""

from datetime import date
from itertools import product

import pytest

from relations.models import Citation, Entry, Mission, RelationPeriod
from relations.models.vocabularies import Verdict
from tests.factories import make_country, make_lifespan, make_mission, make_period, make_relation, make_source

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
    ("yes", "no"): Verdict.ON,
    ("yes", "maybe"): Verdict.POSSIBLY,
    ("yes", "yes"): Verdict.ENDED,
    ("maybe", "no"): Verdict.POSSIBLY,
    ("maybe", "maybe"): Verdict.POSSIBLY,
    ("maybe", "yes"): Verdict.ENDED,
    ("no", "no"): None,
    ("no", "maybe"): None,
    ("no", "yes"): None,
}
CASES = list(product(BEGUN, ENDED))


def written(bounds):
    """The EDTF date for any day between two bounds, one of which may be open."""
    if bounds is None:
        return ""
    first, last = ("" if DAYS[bound] is None else DAYS[bound].isoformat() for bound in bounds)
    return first if first == last else f"[{first}..{last}]"


@pytest.mark.django_db
def test_verdict_of_every_beginning_with_every_end():
    """Combines all beginnings and ends that are certainly, possibly or not before the day."""
    egypt, korea = make_country("EGY"), make_country("PRK")
    columns = {"sending": egypt, "accredited_to": korea, "kind": "embassy", "state": "published"}
    missions = {
        (begin, end): Mission(slug=f"m-{number}", opened_on=written(begin), closed_on=written(end), **columns)
        for number, (begin, end) in enumerate(CASES)
    }
    # An end that certainly lies before the beginning is refused when it is written.
    possible = {
        case: mission
        for case, mission in missions.items()
        if not (mission.closed_on_latest and mission.opened_on_earliest)
        or mission.closed_on_latest >= mission.opened_on_earliest
    }
    source = make_source()
    Mission.objects.bulk_create(possible.values())
    Citation.objects.bulk_create(
        Citation(mission=mission, source=source, locator="p. 1") for mission in possible.values()
    )
    found = dict(Mission.objects.with_verdict(DAY).values_list("slug", "verdict"))
    expected = {
        mission.slug: VERDICTS[BEGUN[begin], ENDED[end]] if begin or end else Verdict.UNDATED
        for (begin, end), mission in possible.items()
    }
    assert found == expected
    assert len(found) == 153


# The end in effect


def end_of(record):
    """The basis, date and cause of the end in effect."""
    end = type(record).objects.with_ends().get(pk=record.pk).end
    return (end.basis, end.on, end.by) if end else None


@pytest.mark.django_db
def test_end_is_the_one_stated():
    period = make_period(began_on="1963", ended_on="[1965..]")
    make_period(value="severed", began_on="1970")
    assert end_of(period) == ("stated", "[1965..]", "")


@pytest.mark.django_db
def test_end_is_the_beginning_of_the_next_value():
    period = make_period(began_on="1963")
    make_period(value="severed", slug="later", began_on="1980")
    make_period(value="suspended", slug="next", began_on="[1970,1972]")
    assert end_of(period) == ("next_value", "[1970,1972]", "next")


@pytest.mark.django_db
@pytest.mark.parametrize("began", ["1968", "[..1980]", "", "1990-05"])
def test_end_is_that_of_the_first_state_that_ended(began):
    make_lifespan("YMD", "1967-11", "1990-05-22")
    make_lifespan("SUN", "1922", "1991-12")
    columns = {"relation": make_relation("SUN", "YMD"), "began_on": began}
    expected = ("end_of_state", "1990-05-22", "YMD")
    assert end_of(make_period(**columns)) == end_of(make_mission("SUN", "YMD", opened_on=began)) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(("next_began", "basis"), [("1989", "next_value"), ("1991", "end_of_state")])
def test_end_is_what_came_first(next_began, basis):
    make_lifespan("YMD", "1967-11", "1990-05-22")
    period = make_period(relation=make_relation("PRK", "YMD"), began_on="1968")
    make_period(value="severed", relation=period.relation, began_on=next_began)
    assert end_of(period)[0] == basis


@pytest.mark.django_db
@pytest.mark.parametrize(
    "lifespans",
    [
        pytest.param([], id="none known"),
        pytest.param([("1967", "")], id="living"),
        pytest.param([("1902", "1906"), ("1909", "")], id="living again"),
        pytest.param([("1902", "1906"), ("1909", "1950")], id="ended before it began"),
    ],
)
def test_end_is_none_where_nothing_ends_it(lifespans):
    make_lifespan("YMD", "1967-11", "1990-05-22")
    for first, last in lifespans:
        make_lifespan("CUB", first, last)
    assert end_of(make_period(relation=make_relation("CUB", "USA"), began_on="1968")) is None
    assert end_of(make_mission("CUB", "USA", opened_on="1968")) is None


@pytest.mark.django_db
def test_end_is_that_of_the_last_lifespan():
    make_lifespan("CUB", "1902", "1906")
    make_lifespan("CUB", "1909", "1950")
    assert end_of(make_period(relation=make_relation("CUB", "USA"), began_on="1903"))[:2] == ("end_of_state", "1950")


@pytest.mark.django_db
def test_records_of_two_types_that_have_one_key_are_told_apart():
    mission = make_mission(opened_on="1963", closed_on="1965")
    period = make_period(pk=mission.pk, began_on="1963")
    make_period(value="severed", slug="next", began_on="1980")
    assert end_of(period) == ("next_value", "1980", "next")
    verdicts = [type(record).objects.with_verdict(DAY).get(pk=record.pk).verdict for record in (mission, period)]
    assert verdicts == [Verdict.ENDED, Verdict.ON]


@pytest.mark.django_db
def test_ends_take_one_query(django_assert_num_queries):
    for year in (1963, 1970, 1980):
        make_period("legal", "established" if year == 1970 else "severed", began_on=str(year))
    with django_assert_num_queries(1):
        ends = [period.end for period in RelationPeriod.objects.with_ends().in_order()]
    assert [end and end.on for end in ends] == ["1970", "1980", None]
    with django_assert_num_queries(1):
        assert len(RelationPeriod.objects.standing_on(DAY)) == 2


# Records that began or ended within some days

SEVENTIES = date(1970, 1, 1), date(1979, 12, 31)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("side", "reading", "expected"),
    [
        ("begins", "possibly", ["established", "perhaps", "severed"]),
        ("begins", "certainly", ["perhaps", "severed"]),
        ("ends", "possibly", ["consular", "established"]),
        ("ends", "certainly", ["established"]),
    ],
)
def test_sides_within_days(side, reading, expected):
    make_period("legal", "established", slug="established", began_on="[1969,1970]")
    make_period("legal", "severed", slug="severed", began_on="1975")
    make_period("level", "consular", slug="consular", began_on="1960", ended_on="[1979,1980]")
    make_period("military", "alliance", slug="perhaps", began_on="197X", ended_on="[1980..]")
    make_period("military", "severed", slug="undated", relation=make_relation("IRQ", "PRK"))
    make_period("military", "severed", slug="before", relation=make_relation("PRK", "SYR"), began_on="1969")
    found = Entry.objects.leading(RelationPeriod).side_within(side, *SEVENTIES, reading)
    assert sorted(found.values_list("slug", flat=True)) == expected


@pytest.mark.django_db
def test_sides_within_days_of_which_one_is_open():
    make_period(slug="a", began_on="1969", ended_on="1975")
    found = [
        Entry.objects.leading(RelationPeriod).side_within(side, *days, "possibly").exists()
        for side in ("begins", "ends")
        for days in ((None, SEVENTIES[0]), (SEVENTIES[0], None), (None, None))
    ]
    assert found == [True, False, True, False, True, True]
