"""Writing in sets: cases that no reader of files can produce."""

import pytest
from django.db import DataError, OperationalError, connection, transaction

from relations.bulk import update_rows
from relations.exchange.changes import Changes, Difference
from relations.exchange.existing_rows import ExistingRows, only_writer
from relations.exchange.rows import NEEDED, Place, Refusals, Row
from relations.exchange.writing import UNCITED, Writing, write
from relations.models import Actor, Citation, Event, Mission, Participation, Source
from tests.factories import make_actor, make_country, make_event, make_source

pytestmark = pytest.mark.django_db


def test_columns_of_many_rows_are_written_in_one_statement(django_assert_num_queries):
    make_country("EGY")
    actors = [make_actor(slug, aliases=["A; B"]) for slug in ("first", "second", "third")]
    for number, actor in enumerate(actors[:2]):
        actor.name, actor.aliases, actor.country_id = f"Named {number}", [f"Alias {number}", "C"], "EGY"
    with django_assert_num_queries(1):
        update_rows(Actor, ["name", "aliases", "country"], actors[:2])
    assert list(Actor.objects.order_by("slug").values_list("name", "aliases", "country")) == [
        ("Named 0", ["Alias 0", "C"], "EGY"),
        ("Named 1", ["Alias 1", "C"], "EGY"),
        ("Third", ["A; B"], None),
    ]


def test_text_that_is_too_long_for_its_column_is_refused_and_not_cut():
    actor = make_actor()
    actor.name = "x" * 151
    with pytest.raises(DataError, match=r"value too long for type character varying\(150\)"):
        update_rows(Actor, ["name"], [actor])


def test_rows_that_are_differently_changed_keep_their_other_columns():
    rows = [make_event("PRK", slug=slug, title="Old", place="Cairo") for slug in ("a", "b")]
    existing, refusals = ExistingRows(), Refusals()
    existing.lock(Event, [("a",), ("b",)])
    differences = [
        Difference(
            Row(Event, {"slug": slug, column: "New"}, Place(1, "line 1")), existing.rows[Event][slug,], {column: ""}
        )
        for slug, column in (("a", "title"), ("b", "place"))
    ]
    write(Changes(updated=differences), existing, refusals)
    assert refusals.all == []
    assert list(Event.objects.order_by("slug").values_list("title", "place", "version")) == [
        ("New", "Cairo", rows[0].version),
        ("Old", "New", rows[1].version),
    ]


def test_rows_that_are_not_refused_are_written():
    """A caller may keep the rows that are not refused, including whole sets."""
    rows = [
        Row(Event, {"slug": slug, "kind": "visit", "title": slug}, Place(at, f"line {at}"))
        for at, slug in enumerate("aBcD", 2)
    ]
    refusals = Refusals()
    with only_writer(Event):
        write(Changes(added=[Difference(row) for row in rows]), ExistingRows(), refusals)
    assert [(told.place.words, told.column, told.value) for told in refusals.in_order()] == [
        ("line 3", "slug", ""),
        ("line 5", "slug", ""),
    ]
    assert list(Event.objects.order_by("slug").values_list("slug", flat=True)) == ["a", "c"]


def test_a_record_may_refer_to_one_of_the_same_set_and_is_refused_silently_with_it():
    def event(at: int, slug: str, kind: str = "visit", names: str = "") -> Difference:
        values = {"slug": slug, "kind": kind, "title": slug, "possibly_same_as": (names,) if names else None}
        return Difference(Row(Event, values, Place(at, f"line {at}")))

    refusals = Refusals()
    with only_writer(Event):
        added = [event(2, "a", names="b"), event(3, "b"), event(4, "c", kind="gift"), event(5, "d", names="c")]
        write(Changes(added=added), ExistingRows(), refusals)
    assert [(told.place.words, told.column) for told in refusals.all] == [("line 4", "kind")]
    assert list(Event.objects.order_by("slug").values_list("slug", "possibly_same_as__slug")) == [
        ("a", "b"),
        ("b", None),
    ]


def test_missing_evidence_is_not_reported_for_refused_records():
    """Neither record has support: the citation of the first is refused, and the second has none."""
    records = [
        Row(Event, {"slug": slug, "kind": "visit", "title": slug, "state": "published"}, Place(at, f"line {at}"))
        for at, slug in ((2, "refused"), (3, "uncited"))
    ]
    make_source("a-book")
    values = dict.fromkeys(Citation.natural_key_fields) | {"event": records[0].key, "source": ("a-book",)}
    told = {"field": "", "part": "", "locator": "p. 4", "stance": "supports", "hedge": "x" * 1000}
    citation = Row(Citation, {**values, **told}, records[0].place, cell="citations")
    refusals, existing = Refusals(), ExistingRows()
    with only_writer(Event):
        existing.find(Source, [("a-book",)])
        write(Changes(added=[Difference(row) for row in (*records, citation)]), existing, refusals)
        transaction.set_rollback(True)
    assert [(told.place.words, told.value, told.reason == UNCITED) for told in refusals.in_order()] == [
        ("line 2", "", False),
        ("line 3", "", True),
    ]


def test_values_are_written_as_their_columns_have_them():
    event = Row(Event, {"slug": "a", "kind": "visit", "title": " A  visit"}, Place(2, "line 2"))
    key = {"event": event.key, "role": "host", "country": None, "actor": None, "named_as": "others"}
    party = Row(Participation, {**key, "count": 3.0}, event.place)
    refusals = Refusals()
    write(Changes(added=[Difference(event), Difference(party)]), ExistingRows(), refusals)
    assert refusals.all == []
    assert list(Participation.objects.values_list("event__title", "count")) == [("A visit", 3)]


def test_a_new_row_needs_all_required_columns_even_if_the_file_lacks_them():
    refusals = Refusals()
    row = Row(Mission, {"slug": "a"}, Place(2, "line 2"))
    assert not Writing(ExistingRows(), refusals, by=None).fill_in(Difference(row))
    assert sorted(told.column for told in refusals.all) == ["accredited_to", "kind", "sending"]
    assert {told.reason for told in refusals.all} == {NEEDED}


def test_a_timeout_is_not_reported_as_the_fault_of_a_row():
    rows = [Difference(Row(Event, {"slug": slug}, Place(2, "line 2"))) for slug in ("a", "b")]
    refusals, calls = Refusals(), []

    def sleep(rows):
        calls.append(len(rows))
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 10")
            cursor.execute("SELECT pg_sleep(10)")

    with pytest.raises(OperationalError, match="statement timeout"):
        Writing(ExistingRows(), refusals, by=None).attempt(rows, sleep)
    assert (calls, refusals.all) == ([2], [])
