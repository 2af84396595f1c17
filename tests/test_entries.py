"""The read model: its contents, that it follows every change of the records, and rebuilding it."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from io import StringIO
from itertools import combinations_with_replacement
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import ProtectedError, QuerySet

from relations.coding.checks import CHECKS
from relations.dates import FuzzyDate
from relations.models import (
    RECORD_TYPES,
    ArmsTransfer,
    Citation,
    DealParty,
    Entry,
    Event,
    Lifespan,
    Listing,
    Mission,
    Participation,
    Record,
    Relation,
    RelationPeriod,
    Standing,
    Tally,
)
from relations.models.entry import places_for
from relations.models.vocabularies import VOTES
from relations.read_model import differences, install, rebuild
from relations.search.queries import read_query
from relations.search.suggestions import entries_with
from tests.factories import (
    cite,
    make_actor,
    make_country,
    make_event,
    make_lifespan,
    make_mission,
    make_observation,
    make_one_of_everything,
    make_period,
    make_relation,
    make_transfer,
)
from tests.refusals import without_triggers

pytestmark = pytest.mark.django_db


def under(record: Any) -> list[str]:
    """The names that the entries of a record are listed under, in order of code points."""
    listings = Listing.objects.filter(collection=record.collection, record_id=record.pk)
    return sorted(set(listings.values_list("under", flat=True)))


def test_a_published_record_has_an_entry_for_each_side_and_a_draft_none():
    make_event(slug="draft", state="draft")
    make_mission(slug="embassy", opened_on="1964", closed_on="1967-06")
    make_transfer(slug="undated")
    make_transfer(slug="delivered", delivered_on="1984")
    entries = Entry.objects.order_by("slug", "side").values_list("slug", "side", "leads", "earliest__year")
    assert list(entries) == [
        ("delivered", 1, True, 1984),
        ("embassy", 0, True, 1964),
        ("embassy", 1, False, 1967),
        ("undated", 0, True, None),
    ]


def test_an_entry_says_what_lists_filter_by():
    cite(make_event("PRK", happened_on="1973"), field="happened_on", modality="announced")
    deal = make_transfer("PRK", "EGY", transit_country=make_country("SYR"), modality="reported")
    cite(deal, field="recipient", modality="alleged")
    cite(deal, modality="inferred")  # of the whole record, whose own modality is shown
    cite(deal, field="supplier", modality="")
    entry = Entry.objects.get(record_id=deal.pk, collection="arms-transfers")
    assert sorted(entry.terms) == [
        "category=missiles",
        "condition=",
        "kind=equipment",
        "modality=alleged",
        "modality=reported",
        "negated=no",
        "status=delivered",
    ]
    roles = ["recipient:EGY", "supplier:PRK", "transit:SYR"]
    assert under(deal) == ["EGY", "EGY-PRK", "EGY-SYR", "PRK", "PRK-SYR", "SYR", *roles]


def test_an_actor_brings_its_country_and_a_host_makes_no_pair():
    event = make_event("PRK")
    Participation.objects.create(event=event, actor=make_actor(country=make_country("EGY")), role="recipient")
    embassy = make_mission("PRK", "SYR", host_country=make_country("EGY"))
    roles = ["actor:PRK", "recipient:EGY", "recipient:orascom"]
    assert under(event) == sorted(["EGY", "EGY-PRK", "PRK", "orascom", *roles])
    assert Entry.objects.get(slug=event.slug).terms[-3:] == ["role=actor", "role=recipient", "modality=asserted"]
    roles = ["accredited_to:SYR", "host:EGY", "sending:PRK"]
    assert under(embassy) == sorted(["EGY", "PRK", "PRK-SYR", "SYR", *roles])


def test_an_actor_with_two_parts_is_listed_once():
    actor = make_actor()
    deal = make_transfer("PRK", None, recipient_actor=actor)
    DealParty.objects.create(transfer=deal, actor=actor, role="brokered")
    assert under(deal) == ["PRK", "brokered:orascom", "orascom", "recipient:orascom", "supplier:PRK"]
    assert Listing.objects.filter(under="orascom").count() == 1
    assert list(differences()) == []


def test_voters_form_pairs_with_the_subjects_of_the_vote_and_not_with_one_another():
    vote = make_event("PRK", kind="un_vote")
    for code, role in zip(("EGY", "SYR", "TUR"), VOTES, strict=True):
        Participation.objects.create(event=vote, country=make_country(code), role=role)
    names = [name for name in under(vote) if ":" not in name]
    assert names == ["EGY", "EGY-PRK", "PRK", "PRK-SYR", "PRK-TUR", "SYR", "TUR"]


def change_at_random(random: Random) -> None:
    """Makes one random change, in one statement with one or several rows."""
    model = random.choice(RECORD_TYPES)
    records = model.objects.order_by("pk")
    record = random.choice(records or Event.objects.order_by("pk"))
    countries = [make_country(code) for code in ("EGY", "PRK", "SYR", "TUR")]
    one, other = random.sample(countries, 2)
    changes: list[Callable[[], Any]] = [
        lambda: make_event(one.pk, other.pk, happened_on=random.choice(("", "1970", "1971/1972"))),
        lambda: make_transfer(one.pk, other.pk, ordered_on=random.choice(("", "1980")), delivered_on="1984"),
        lambda: make_mission(one.pk, other.pk, closed_on=random.choice(("", "1990"))),
        lambda: make_observation(one.pk, other.pk, period="2010"),
        lambda: make_period("character", "close", relation=make_relation(one.pk, other.pk), subject="all of it"),
        lambda: Participation.objects.create(event=random.choice(Event.objects.all()), country=one, role="host"),
        lambda: cite(record, field=model.starts_on, modality=random.choice(("", "alleged"))),
        lambda: records.filter(pk=record.pk).update(modality=random.choice(("reported", "asserted"))),
        lambda: records.update(note=str(random.random())),
        lambda: records.filter(pk=record.pk).update(state=random.choice(("draft", "published"))),
        lambda: records.filter(pk=record.pk).update(**{model.starts_on: random.choice(("", "1960", "[..1961]"))}),
        lambda: Citation.objects.filter(stance="supports").exclude(modality="").delete(),
        lambda: Participation.objects.filter(role="host").update(role="mediator"),
        lambda: Participation.objects.filter(role="mediator").delete(),
        lambda: Participation.objects.filter(country=one).update(event=random.choice(Event.objects.all())),
        record.delete,
        lambda: make_period(value=random.choice(("established", "severed")), relation=make_relation(one.pk, other.pk)),
        lambda: RelationPeriod.objects.filter(track="legal").update(began_on=random.choice(("1963", "1977~", ""))),
        lambda: records.filter(pk=record.pk).update(negated=random.choice((False, True))),
        lambda: make_lifespan(one.pk, "", random.choice(("1967-06", "1990/.."))),
        lambda: Lifespan.objects.filter(country=other).delete(),
        lambda: make_actor(f"actor-{random.random()}".replace(".", "-"), country=one),
    ]
    with suppress(IntegrityError, ProtectedError), transaction.atomic():  # a refused change has no effect
        random.choice(changes)()


@pytest.mark.parametrize("seed", range(4))
def test_entries_follow_whatever_changes(seed):
    make_one_of_everything()
    actor = make_event("PRK").participations.create(actor=make_actor("ministry"), role="host").actor
    random = Random(seed)  # noqa: S311 - nothing secret
    for _ in range(15):
        change_at_random(random)
        assert list(differences()) == []
    for columns in ({"country": make_country("TUR")}, {"country": None}, {"slug": "renamed"}):
        type(actor).objects.filter(pk=actor.pk).update(**columns)
        assert list(differences()) == []


def test_a_statement_is_followed_by_all_records_that_it_touches():
    one, two = make_event("PRK", slug="one"), make_event("PRK", slug="two")
    egypt = make_country("EGY")
    Participation.objects.bulk_create(Participation(event=event, country=egypt, role="host") for event in (one, two))
    assert under(one) == under(two) == ["EGY", "EGY-PRK", "PRK", "actor:PRK", "host:EGY"]
    one.participations.filter(role="actor").update(event=two, role="recipient")
    assert under(one) == ["EGY", "host:EGY"]
    assert under(two) == ["EGY", "EGY-PRK", "PRK", "actor:PRK", "host:EGY", "recipient:PRK"]
    assert list(differences()) == []


def test_records_of_several_types_with_one_number_leave_the_entries_of_each_other():
    number = 10**6
    make_event("PRK", "EGY", pk=number)
    make_period(pk=number, relation=make_relation("PRK", "EGY"))
    make_mission("PRK", "EGY", pk=number)
    for model in (Event, RelationPeriod, Mission):
        assert {len(table.objects.values("collection").distinct()) for table in (Entry, Listing)} == {3}
        assert len(Standing.objects.values("collection").distinct()) == 2
        model.objects.update(negated=True)
        assert list(differences()) == []
    Mission.objects.all().delete()
    assert list(differences()) == []


def test_changes_made_with_disabled_triggers_are_found_and_repaired():
    kept, gone = make_event(slug="kept"), make_event(slug="gone")
    with without_triggers():
        Event.objects.filter(pk=kept.pk).update(modality="alleged")
        Citation.objects.filter(event=gone).delete()
        Participation.objects.filter(event=gone).delete()
        Event.objects.filter(pk=gone.pk).delete()
    found = [
        ("events/kept", "its entry is missing"),
        ("events/gone", "its entry is one too many"),
        ("events/kept", "its entry is one too many"),
    ]
    assert sorted(differences()) == sorted(found)
    (check,) = (check for check in CHECKS if check.kind == "read model")
    assert sorted(check.find()) == sorted(found)
    out = StringIO()
    call_command("rebuild_entries", stdout=out)
    assert out.getvalue() == "1 entries\n"
    assert list(differences()) == []


@pytest.mark.parametrize("column", ["affirmed", "denied"])
def test_a_wrong_tally_is_found(column):
    make_event("PRK")
    Tally.objects.filter(under="PRK").update(**{column: 7})
    assert list(differences()) == [("events?PRK", "its tally is wrong")]


def test_a_record_with_several_wrong_entries_is_reported_once():
    make_mission(slug="closed", opened_on="1964", closed_on="1970")
    with without_triggers():
        Entry.objects.update(words="something else")
    assert Entry.objects.count() == 2
    assert list(differences()) == [
        ("missions/closed", "its entry is missing"),
        ("missions/closed", "its entry is one too many"),
    ]


def test_entries_are_rebuilt_when_their_function_changes():
    make_event()
    with without_triggers():
        Event.objects.update(modality="alleged")
    install("default")
    assert list(differences()) != []
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION public.keep_entries(type text, ids bigint[]) RETURNS void "
            "LANGUAGE plpgsql AS $$BEGIN END$$"
        )
    install("default")
    assert list(differences()) == []


def test_a_statement_costs_the_same_however_many_records_it_writes(django_assert_num_queries):
    for _ in range(3):
        make_event()
    with django_assert_num_queries(1):
        Event.objects.update(note="Changed")
    assert list(differences()) == []


def test_rebuilding_changes_nothing_that_is_right():
    make_one_of_everything()
    tables = {
        Entry: ("slug", "side", "terms"),
        Listing: ("slug", "under"),
        Standing: ("slug", "question", "days"),
        Tally: ("under", "affirmed", "denied"),
    }
    before = {table: sorted(table.objects.values_list(*columns)) for table, columns in tables.items()}
    rebuild()
    assert {table: sorted(table.objects.values_list(*columns)) for table, columns in tables.items()} == before


def test_an_entry_knows_the_end_in_effect():
    dyad = make_relation("PRK", "YMD")
    make_lifespan("YMD", "1967", "1990-05-22")
    make_period(slug="first", relation=dyad, value="established", began_on="1968")
    ends = Entry.objects.filter(slug="first", leads=True).values_list("ends_earliest", "ends_latest")
    assert list(ends.all()) == [(date(1990, 5, 22), date(1990, 5, 22))]
    next_value = make_period(slug="next", relation=dyad, value="severed", began_on="1977")
    assert list(ends.all()) == [(date(1977, 1, 1), date(1977, 12, 31))]
    RelationPeriod.objects.filter(pk=next_value.pk).update(state="draft")
    assert list(ends.all()) == [(date(1990, 5, 22), date(1990, 5, 22))]
    Lifespan.objects.update(country=make_country("SYR"))
    assert list(ends.all()) == [(None, None)]
    Lifespan.objects.update(country=make_country("YMD"))
    assert list(ends.all()) == [(date(1990, 5, 22), date(1990, 5, 22))]
    Lifespan.objects.all().delete()
    assert list(ends.all()) == [(None, None)]
    make_lifespan("YMD", "1967", "1990-05-22")
    assert list(ends.all()) == [(date(1990, 5, 22), date(1990, 5, 22))]
    assert list(differences()) == []


def test_a_period_lasts_again_when_its_successor_is_deleted():
    dyad = make_relation("EGY", "PRK")
    make_period(slug="first", relation=dyad, value="established", began_on="1963")
    next_value = make_period(slug="next", relation=dyad, value="severed", began_on="1977")
    ends = Entry.objects.filter(leads=True).order_by("slug").values_list("slug", "ends_latest")
    assert list(ends.all()) == [("first", date(1977, 12, 31)), ("next", None)]
    next_value.delete()
    assert list(ends.all()) == [("first", None)]
    assert list(differences()) == []
    RelationPeriod.objects.all().delete()
    assert list(ends.all()) == []
    assert list(differences()) == []


def test_a_standing_says_what_the_record_answers_about_whom():
    dyad = make_relation("PRK", "YMD")
    make_period(slug="mutual", relation=dyad, value="established")
    make_period("level", "ambassador", slug="one-sided", relation=dyad, held_by=make_country("YMD"))
    make_period("character", "close", slug="open", relation=dyad, subject="all of it")
    make_period("legal", "severed", slug="draft", relation=dyad, state="draft")
    make_mission("YMD", "PRK", slug="mission")
    standings = Standing.objects.order_by("slug").values_list("slug", "pair", "question", "is_exclusive")
    assert list(standings) == [
        ("mission", "PRK-YMD", "missions:YMD", False),
        ("mutual", "PRK-YMD", "legal", True),
        ("one-sided", "PRK-YMD", "level:YMD", True),
        ("open", "PRK-YMD", None, False),
    ]


@pytest.mark.django_db(transaction=True)
def test_an_unchanged_part_leaves_the_entries_to_the_transaction_that_locks_the_record():
    with transaction.atomic():
        event = make_event("PRK", slug="one")
    other = connection.copy()
    try:
        with transaction.atomic():
            Event.objects.filter(pk=event.pk).update(state="draft")
            with other.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
                cursor.execute("UPDATE relations_participation SET named_as = named_as")
    finally:
        other.close()
    assert list(differences()) == []
    assert Tally.objects.under("PRK") == {}


def test_a_record_of_very_many_names_is_counted_too(monkeypatch):
    monkeypatch.setattr("relations.read_model.MOST_NAMES", 1)
    install("default")
    for number in (1, 2, 3):
        event = make_event("PRK", "EGY", "SYR")
        assert Tally.objects.under("PRK") == {"events": number}
        assert Tally.objects.filter(under="PRK").count() == number  # one for each writer
        assert list(differences()) == []
    event.delete()
    assert Tally.objects.under("EGY-SYR") == {"events": 2}
    assert list(differences()) == []


DAYS = (
    *("1963", "1963-08", "1963-08-24", "1964-12-31", "1964-02-29/1965-03-01", "1964-02-29/1965-02-28"),
    *("196X", "19XX", "[..1963]", "[1964..]", "[1962,1965]", "1960/..", "0001", "9999-12-31", ""),
)


def test_a_place_is_vague_if_its_bounds_are_over_a_year_apart_or_open():
    days = {"day": "1973-03-04", "year": "1972", "years": "197X", "before": "[..1961]", "undated": ""}
    for slug, day in days.items():
        make_event("PRK", slug=slug, happened_on=day)
    vague = dict(Entry.objects.values_list("slug", "is_vague"))
    assert vague == {"day": False, "year": False, "years": True, "before": True, "undated": False}


def test_vague_dates_within_the_days_are_found():
    """Asserts the result that follows from the bounds of the dates, whichever index PostgreSQL uses."""
    dates = {make_event(happened_on=day).slug: FuzzyDate(day) if day else None for day in DAYS}
    edges = [
        date.min,
        date(1962, 12, 31),
        date(1963, 8, 24),
        date(1964, 3, 1),
        date(1965, 3, 1),
        date(1969, 12, 31),
        date.max,
    ]
    for first, last in combinations_with_replacement(edges, 2):
        possibly = {
            slug
            for slug, day in dates.items()
            if day and (day.earliest or date.min) <= last and (day.latest or date.max) >= first
        }
        certainly = {
            slug
            for slug in possibly
            if (bounds := dates[slug]) and bounds.earliest and bounds.latest
            if first <= bounds.earliest and bounds.latest <= last
        }
        for reading, expected in (("possibly", possibly), ("certainly", certainly)):
            places = Entry.objects.leading(Event).between(Event, first, last, reading)
            assert set(places.values_list("slug", flat=True)) == expected, (first, last, reading)


def test_listings_of_a_name_are_read_in_date_order_and_no_further_than_needed():
    for slug, days in {
        "delivered": {"delivered_on": "1970"},
        "ordered": {"ordered_on": "1971", "delivered_on": "1960"},
        "later": {"ordered_on": "1980"},
        "undated": {},
    }.items():
        make_transfer("PRK", "EGY", slug=slug, **days)
    make_transfer("PRK", "SYR", slug="of-others", ordered_on="1950")
    deals = [ArmsTransfer.objects.listed_under("EGY-PRK", most) for most in (1, 2, 3, 4, None)]
    in_order = ["delivered", "ordered", "later", "undated"]
    assert [[deal.slug for deal in found.in_order()] for found in deals] == [
        *(in_order[:most] for most in (1, 2, 3, 4)),
        in_order,
    ]


def test_one_name_uses_listings_and_several_conditions_use_entries():
    make_event("EGY", "PRK", slug="visit", happened_on="1963-08-24")
    make_event("EGY", slug="undated")
    make_event("PRK", slug="of-others", happened_on="1963")
    make_event("EGY", slug="draft", state="draft")
    make_mission("PRK", "EGY", slug="mission", opened_on="1963", closed_on="1970")
    make_transfer("PRK", "EGY", slug="deal", ordered_on="1970", delivered_on="1963")
    expected = {
        "Egypt": (Listing, ["deal", "mission", "undated", "visit"]),
        "Egypt in August 1963": (Listing, ["deal", "mission", "visit"]),
        "Egypt since 1970": (Listing, ["deal", "mission"]),
        "Egypt North Korea": (Entry, ["deal", "mission", "visit"]),
        "Egypt or North Korea": (Entry, ["deal", "mission", "of-others", "undated", "visit"]),
        "Egypt -North Korea": (Entry, ["undated"]),
        "Egypt visit": (Entry, ["undated", "visit"]),
        "1963": (Entry, ["deal", "mission", "of-others", "visit"]),
        "": (Entry, []),
    }
    found = {}
    for query in expected:
        places = [places_for(model, read_query(query)) for model in RECORD_TYPES]
        (table,) = {each.model for each in places}
        found[query] = table, sorted(slug for each in places for slug in each.values_list("slug", flat=True))
    assert found == expected


def test_a_tally_counts_records_and_not_their_sides():
    make_mission("PRK", "EGY", opened_on="1964", closed_on="1970")
    make_event("PRK", "EGY")
    denied = make_event("PRK", negated=True)
    assert Tally.objects.under("PRK") == {"missions": 1, "events": 1}
    assert Tally.objects.under("EGY-PRK") == {"missions": 1, "events": 1}
    assert Tally.objects.under("sending:PRK") == {"missions": 1}
    make_event("SYR", negated=True)
    assert (Tally.objects.under("SYR"), Tally.objects.known_under("SYR")) == ({}, {"events": 1})
    assert Tally.objects.under("") == {"missions": 1, "events": 1}
    assert Tally.objects.get(under="PRK", collection="events").denied == 1
    Event.objects.filter(pk=denied.pk).update(negated=False)
    assert Tally.objects.under("PRK") == {"missions": 1, "events": 2}
    Event.objects.all().delete()
    assert Tally.objects.under("PRK") == {"missions": 1}
    assert list(differences()) == []


def test_a_dyad_is_public_as_long_as_anything_is_listed_under_it():
    def is_public() -> bool:
        known = Relation.objects.public().filter(pk=dyad.pk).exists()
        assert known is Listing.objects.filter(under="EGY-PRK").exists()
        return known

    dyad = make_relation("EGY", "PRK")
    make_relation("EGY", "SYR")
    assert not is_public()
    denied = make_event("PRK", "EGY", negated=True)
    mission = make_mission("PRK", "EGY")
    assert is_public()
    mission.delete()
    assert is_public()
    Event.objects.filter(pk=denied.pk).update(state="draft")
    assert not is_public()
    assert Relation.objects.public().count() == 0
    Event.objects.filter(pk=denied.pk).update(state="published")
    assert is_public()
    assert Relation.objects.public().count() == 1


def test_a_tally_of_a_year_counts_the_entries_that_stand_in_it():
    make_mission("PRK", "EGY", opened_on="1964", closed_on="1964-06")
    visit = make_event("PRK", "EGY", happened_on="1964-05")
    make_event("PRK", happened_on="1970", negated=True)
    make_event("PRK", happened_on="")
    make_event("PRK", happened_on="1964", state="draft")
    assert Tally.objects.by_year(["missions", "events"]) == {1964: 3, 1970: 1}
    Event.objects.filter(pk=visit.pk).update(happened_on="1971/1973")
    assert Tally.objects.by_year(["missions", "events"]) == {1964: 2, 1970: 1, 1971: 1}
    assert Tally.objects.by_year(["events"]) == {1970: 1, 1971: 1}
    assert not Tally.objects.filter(under="in 1964", collection="events").exists()
    # Rows that are not merged yet.
    for number in (1, -1):
        Tally.objects.create(collection="events", under="in 1980", affirmed=number, denied=0)
    assert Tally.objects.by_year(["events"]) == {1970: 1, 1971: 1}
    assert Tally.objects.under("PRK") == {"missions": 1, "events": 2}


@pytest.mark.django_db(transaction=True)
def test_moving_an_actor_to_another_country_waits_for_writers_of_records():
    with transaction.atomic():
        make_country("EGY")
        make_event("PRK").participations.create(actor=make_actor("ministry"), role="host")
    moved = "UPDATE relations_actor SET country_id = 'EGY' WHERE slug = 'ministry'"
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            with transaction.atomic():
                make_event("SYR")
                cursor.execute("SET lock_timeout = '200ms'")
                cursor.execute("UPDATE relations_actor SET name = 'Changed'")  # a column that no entry depends on
                with pytest.raises(OperationalError, match="lock timeout"):
                    cursor.execute(moved)
            cursor.execute(moved)
    finally:
        other.close()
    assert Tally.objects.under("EGY-PRK") == {"events": 1}
    assert list(differences()) == []


@pytest.mark.django_db(transaction=True)
def test_writers_wait_only_for_writers_of_the_same_relation():
    with transaction.atomic():
        dyad = make_relation("EGY", "PRK")
        make_period(slug="second", relation=make_relation("PRK", "SYR"), value="severed", began_on="1977")
    statement = "UPDATE relations_relationperiod SET relation_id = %s WHERE slug = 'second'"
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            with transaction.atomic():
                make_period(slug="first", relation=dyad, began_on="1963")
                cursor.execute("SET lock_timeout = '200ms'")
                cursor.execute("UPDATE relations_relationperiod SET modality = 'alleged' WHERE slug = 'second'")
                with pytest.raises(OperationalError, match="lock timeout"):
                    cursor.execute(statement, [dyad.pk])
            cursor.execute(statement, [dyad.pk])
    finally:
        other.close()
    assert Entry.objects.get(slug="first", leads=True).ends_latest == date(1977, 12, 31)
    assert list(differences()) == []


@pytest.mark.django_db(transaction=True)
def test_writers_of_the_same_country_do_not_wait_for_one_another():
    with transaction.atomic():
        make_event("PRK", slug="one")
    other = connection.copy()
    try:
        with transaction.atomic():
            make_event("PRK", slug="two")
            with other.cursor() as cursor:
                cursor.execute("SET lock_timeout = '1s'")
                cursor.execute("UPDATE relations_event SET negated = true WHERE slug = 'one'")
    finally:
        other.close()
    assert Tally.objects.filter(under="PRK").count() == 2
    assert Tally.objects.under("PRK") == {"events": 1}
    assert list(differences()) == []
    Event.objects.filter(slug="two").update(note="Changed")  # a column that no tally depends on
    assert Tally.objects.filter(under="PRK").count() == 2
    Event.objects.filter(slug="two").update(negated=True)
    assert list(Tally.objects.filter(under="PRK").values_list("affirmed", "denied")) == [(0, 2)]
    assert list(differences()) == []


def indexes_of_content(rows: QuerySet) -> list[str]:
    """The indexes by which PostgreSQL would look for rows, if it had no others than those of arrays and words."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE relations_entry DROP CONSTRAINT relations_entry_pkey")
        cursor.execute("DROP INDEX entry_in_order, entry_of_kind, entry_changed, entry_vague")
        cursor.execute("SET LOCAL enable_seqscan = off")
    return sorted(re.findall(r"Bitmap Index Scan on (\w+)", rows.explain()))


@pytest.mark.parametrize("model", RECORD_TYPES)
def test_words_of_a_type_are_looked_for_in_an_index_of_their_own(model: type[Record]) -> None:
    assert indexes_of_content(Entry.objects.for_query(model, read_query("visit"))) == [index_of(model, "words")]


@pytest.mark.parametrize("model", RECORD_TYPES)
def test_names_and_terms_of_a_type_are_looked_for_in_an_index_of_their_own(model: type[Record]) -> None:
    entries = Entry.objects.leading(model).answering([["EGY", "PRK"]], [["negated=no"]])
    assert indexes_of_content(entries) == [index_of(model, "names")]


def test_words_of_any_type_are_looked_for_in_all_of_these_indexes() -> None:
    indexes = [index_of(model, "words") for model in RECORD_TYPES]
    assert indexes_of_content(entries_with.build("'visit'")) == sorted(indexes)


def index_of(model: type[Record], content: str) -> str:
    return f"entry_{content}_of_{model.collection.value.replace('-', '_')}"
