"""The chronology: its entries, their order, and its pages."""

from datetime import date

import pytest
from django.db import connection

from relations.chronology import KINDS, chronology
from relations.wording import title
from tests.factories import (
    cite,
    make_actor,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_period,
    make_relation,
    make_transfer,
)

pytestmark = pytest.mark.django_db


def lines(**asked):
    """The lines of one page, one for each entry; pages are long by default."""
    page = chronology(**{"size": 100} | asked)
    return [f"{entry.day or 'undated'} {entry.record.slug} {entry.what}" for entry in page.rows]


def all_lines(size, **asked):
    """All lines, page after page."""
    read, cursors = [], [""]
    while len(cursors) == 1 or cursors[-1]:
        page = chronology(size=size, after=cursors[-1], **asked)
        assert len(page.rows) == size or not page.next
        assert page.next not in cursors[1:]  # otherwise the pages would never end
        read += [f"{entry.day or 'undated'} {entry.record.slug} {entry.what}" for entry in page.rows]
        cursors.append(page.next)
    return read


def make_one_of_each_side():
    make_event(slug="talks", happened_on="1973-03-01/1973-03-07")
    make_transfer(slug="scud", ordered_on="1980", delivered_on="1984~")
    make_mission(slug="embassy", opened_on="1964", closed_on="1967-06")
    make_period(slug="established", began_on="1963-08-24", ended_on="[1980..1982]")


def test_each_side_is_an_entry():
    make_one_of_each_side()
    assert lines() == [
        "1963-08-24 established began",
        "1964 embassy opened",
        "1967-06 embassy closed",
        "1973-03-01/1973-03-07 talks event",
        "1980 scud deal",
        "[1980..1982] established ended",
        "1984~ scud delivered",
    ]


def test_entry_holds_record_date_and_place():
    talks = make_event(happened_on="[..2016-10]")
    (entry,) = chronology().rows
    assert (entry.record, entry.what, entry.day, entry.sort_on) == (talks, "event", "[..2016-10]", date(2016, 10, 31))
    assert entry.day.spoken == "by October 2016"


def test_only_what_is_stated_is_an_entry():
    make_transfer(slug="delivered-only", delivered_on="1984")
    make_transfer(slug="ordered-only", ordered_on="1985")
    make_period(slug="ended-only", ended_on="1986")
    # The next value ends this one, and is in the list itself.
    make_period(slug="begun-only", began_on="1987")
    make_period("legal", "severed", slug="following", began_on="1988")
    assert lines() == [
        "1984 delivered-only delivered",
        "1985 ordered-only deal",
        "1986 ended-only ended",
        "1987 begun-only began",
        "1988 following began",
    ]


def test_undated_entries_come_last_once_by_kind_and_slug():
    make_period(slug="p")
    make_event(slug="b")
    make_event(slug="a")
    make_mission(slug="m")
    make_transfer(slug="t")
    make_event(slug="dated", happened_on="9999")
    assert lines() == [
        "9999 dated event",
        "undated t deal",
        "undated a event",
        "undated b event",
        "undated m opened",
        "undated p began",
    ]


def test_order_is_by_earliest_else_latest_then_kind_slug_and_side():
    make_period("character", "close", subject="s", slug="p", began_on="1970", ended_on="1970")
    make_mission(slug="m", opened_on="1970-01-01", closed_on="1970")
    make_event(slug="e-2", happened_on="1970")
    make_event(slug="e-10", happened_on="1970-01")
    make_event(slug="later", happened_on="1970-01-02")
    make_event(slug="by-then", happened_on="[..1970-01-01]")
    make_transfer(slug="t", ordered_on="1970", delivered_on="1970")
    assert lines() == [
        "1970 t deal",
        "1970 t delivered",
        "[..1970-01-01] by-then event",
        "1970-01 e-10 event",
        "1970 e-2 event",
        "1970-01-01 m opened",
        "1970 m closed",
        "1970 p began",
        "1970 p ended",
        "1970-01-02 later event",
    ]


def test_pages_of_any_size_lose_and_repeat_nothing():
    """Ties in every part of the key: day, kind, slug and side."""
    for slug in ("a", "b"):
        make_event(slug=slug, happened_on="1970")
        make_transfer(slug=slug, ordered_on="1970", delivered_on="1970")
        make_mission(slug=slug, opened_on="1970", closed_on="1970")
        make_period("character", "close", subject=slug, slug=slug, began_on="1970", ended_on="1971")
        make_event(slug=f"{slug}-undated")
    whole = lines()
    assert len(whole) == len(set(whole)) == 16
    for size in range(1, 18):
        assert all_lines(size) == whole, size


@pytest.mark.parametrize("kinds", [KINDS, ["events"]])
def test_pages_are_in_order_whatever_was_entered_first(kinds):
    for slug, day in (("d", "1970"), ("c", "1970"), ("a", "1972"), ("b", "1971"), ("f", ""), ("e", "")):
        make_event(slug=slug, happened_on=day)
        make_event(slug=f"draft-{slug}", happened_on=day, state="draft")
    ordered = ["1970 c event", "1970 d event", "1971 b event", "1972 a event", "undated e event", "undated f event"]
    assert all_lines(1, kinds=kinds) == all_lines(4, kinds=kinds) == ordered


def test_last_page_names_no_next():
    make_event(happened_on="1970")
    assert chronology(size=1).next == ""
    make_event()
    assert chronology(size=1).next != ""
    assert chronology(size=2).next == ""


def test_nothing_is_an_empty_page():
    assert (chronology().rows, chronology().next) == ([], "")
    assert chronology(kinds=()).rows == []


def test_cursor_says_where_the_next_page_begins():
    make_event(slug="first", happened_on="[..1970]")
    make_event(slug="second")
    make_event(slug="third")
    assert chronology(size=1).next == "1970-12-31~events~first~0"
    assert chronology(size=2).next == "~events~second~0"
    assert lines(after="~events~second~0") == ["undated third event"]


def test_cursor_outlives_the_entry_it_names():
    make_event(slug="stays", happened_on="1971")
    assert lines(after="1970-12-31~events~gone~0") == ["1971 stays event"]


@pytest.mark.parametrize(
    "after",
    [
        "x",
        "1970-01-01",
        "1970-01-01~events~talks",
        "1970-01-01~events~talks~2",
        "1970-01-01~events~talks~1",
        "1970-01-01~sources~talks~0",
        "1970-01-01~events~Talks~0",
        "1970-01-01~events~talks\x00~0",
        "1970-01-01~events~talks~0\n",
        "1970-02-30~events~talks~0",
        "0000-01-01~events~talks~0",
        "19700101~events~talks~0",
        "١٩٧٠-01-01~events~talks~0",
        f"1970-01-01~events~{'a' * 81}~0",
    ],
)
def test_cursor_that_no_page_gave_is_refused(after):
    with pytest.raises(ValueError):
        chronology(after=after)


@pytest.mark.parametrize("state", ["draft", "in_review"])
def test_only_published_records_are_entries(state):
    make_event(happened_on="1970", state=state)
    make_event(state=state)
    make_transfer(ordered_on="1980", delivered_on="1981", state=state)
    make_mission(opened_on="1964", closed_on="1967", state=state)
    make_period(began_on="1963", ended_on="1970", state=state)
    assert lines() == []


def test_record_that_is_withdrawn_while_a_page_is_read_is_left_out():
    event = make_event(slug="withdrawn", happened_on="1970")
    make_mission(slug="stays", opened_on="1971")

    def withdraw(execute, sql, *arguments):
        places = execute(sql, *arguments)
        if "UNION ALL" in sql:
            type(event).objects.filter(pk=event.pk).update(state="draft")
        return places

    with connection.execute_wrapper(withdraw):
        assert lines() == ["1971 stays opened"]


def test_country_and_partner():
    make_event("PRK", "EGY", slug="egypt", happened_on="1970")
    make_event("PRK", "IRQ", slug="iraq", happened_on="1971")
    make_transfer("PRK", "SYR", slug="via-egypt", ordered_on="1972", transit_country=make_country("EGY"))
    make_mission("EGY", "PRK", slug="egypts", opened_on="1973")
    make_mission("IRQ", "PRK", slug="iraqs-in-cairo", host_country=make_country("EGY"), opened_on="1974")
    make_period(relation=make_relation("PRK", "EGY"), slug="of-the-pair", began_on="1975")
    make_period(relation=make_relation("EGY", "IRQ"), slug="of-others", began_on="1976")
    assert lines(country="EGY") == [
        "1970 egypt event",
        "1972 via-egypt deal",
        "1973 egypts opened",
        "1974 iraqs-in-cairo opened",
        "1975 of-the-pair began",
        "1976 of-others began",
    ]
    pair = ["1970 egypt event", "1972 via-egypt deal", "1973 egypts opened", "1975 of-the-pair began"]
    assert lines(country="EGY", partner="PRK") == pair
    assert lines(country="PRK", partner="EGY") == pair


def test_actor():
    orascom, hezbollah = make_actor("orascom"), make_actor("hezbollah")
    event = make_event(slug="joint-venture", happened_on="2008")
    event.participations.create(actor=orascom, role="actor")
    event.participations.create(actor=orascom, role="host")
    make_event(slug="another", happened_on="2008").participations.create(actor=hezbollah, role="actor")
    make_transfer("PRK", None, recipient_actor=orascom, slug="deal", ordered_on="2009")
    make_transfer("PRK", None, recipient_actor=hezbollah, slug="other-deal", ordered_on="2009")
    make_mission(opened_on="2010")
    make_period(began_on="2010")
    assert lines(actor=orascom) == ["2008 joint-venture event", "2009 deal deal"]
    assert lines(actor=orascom, country="IRQ") == []


def test_event_of_actors_alone_is_an_entry():
    event = make_event(slug="meeting", happened_on="1970")
    event.participations.create(actor=make_actor("hezbollah"), role="host")
    event.participations.exclude(country=None).delete()
    assert lines() == ["1970 meeting event"]


def test_kinds():
    make_one_of_each_side()
    assert KINDS == ("arms-transfers", "events", "missions", "periods")
    assert lines(kinds=["events"]) == ["1973-03-01/1973-03-07 talks event"]
    assert lines(kinds=["missions", "arms-transfers"]) == [
        "1964 embassy opened",
        "1967-06 embassy closed",
        "1980 scud deal",
        "1984~ scud delivered",
    ]


@pytest.mark.parametrize(
    ("first", "last", "possibly", "certainly"),
    [
        (None, None, ["began", "ended", "undated"], ["began", "ended", "undated"]),
        (date(1960, 1, 1), date(1990, 1, 1), ["began", "ended"], ["began", "ended"]),
        # The date of the entry counts, not the time between the two.
        (date(1970, 1, 1), date(1970, 12, 31), [], []),
        (date(1962, 12, 31), date(1963, 1, 1), ["began"], []),
        (date(1963, 12, 31), date(1964, 1, 1), ["began"], []),
        (date(1963, 1, 1), date(1963, 12, 31), ["began"], ["began"]),
        (date(1963, 1, 2), date(1963, 12, 31), ["began"], []),
        (date(1964, 1, 1), None, ["ended"], ["ended"]),
        (None, date(1979, 12, 31), ["began"], ["began"]),
        (date(1980, 1, 1), None, ["ended"], ["ended"]),
        (None, date(1980, 1, 1), ["began", "ended"], ["began"]),
        (date(1983, 1, 1), None, [], []),
    ],
)
def test_days_are_those_of_the_entry(first, last, possibly, certainly):
    make_period(slug="p", began_on="1963", ended_on="[1980..1982]")
    make_event(slug="undated")
    for reading, expected in (("possibly", possibly), ("certainly", certainly)):
        entries = chronology(first=first, last=last, reading=reading).rows
        assert [e.record.slug if e.day == "" else e.what for e in entries] == expected


def test_open_dates_within_days():
    make_event(slug="by", happened_on="[..1970]")
    make_event(slug="since", happened_on="1988/..")
    assert lines(first=date(1950, 1, 1), last=date(1960, 1, 1)) == ["[..1970] by event"]
    assert lines(first=date(1990, 1, 1), last=date(2000, 1, 1)) == ["1988/.. since event"]
    assert lines(first=date(1950, 1, 1), last=date(2000, 1, 1), reading="certainly") == []


def test_filters_hold_on_every_page():
    for number in range(5):
        make_event("PRK", "EGY", slug=f"egypt-{number}", happened_on=f"197{number}")
        make_event("PRK", "IRQ", slug=f"iraq-{number}", happened_on=f"197{number}")
    asked = {"country": "EGY", "first": date(1971, 1, 1), "last": date(1973, 12, 31)}
    assert all_lines(1, **asked) == ["1971 egypt-1 event", "1972 egypt-2 event", "1973 egypt-3 event"]


@pytest.mark.parametrize("parts", [1, 3])
@pytest.mark.parametrize("records", [1, 3])
def test_query_count(django_assert_num_queries, records, parts):
    egypt = make_country("EGY")
    for number in range(records):
        made = [
            make_period(began_on="1963", held_by=egypt),
            make_mission(opened_on="1964", host_country=egypt),
            make_event("PRK", happened_on="1970"),
            make_transfer("PRK", None, ordered_on="1980", recipient_actor=make_actor(f"rebels-{number}")),
        ]
        for part in range(parts):
            make_figure(made[2], of=f"kind {part}")
            made[2].participations.create(actor=make_actor(f"actor-{number}-{part}"), role="host")
        for record in made:
            for _ in range(parts - 1):
                cite(record)
    # Places with and without a date, the records of four types, and announced dates.
    with django_assert_num_queries(7):
        shown = [title(entry.record) for entry in chronology().rows]
    assert len(shown) == 4 * records
    # No undated entry lies within given days.
    with django_assert_num_queries(6):
        chronology(first=date(1900, 1, 1))
    with django_assert_num_queries(6):
        chronology(last=date(2000, 1, 1))


def test_a_date_of_an_announcement_is_told_as_one() -> None:
    severed = make_period("legal", "severed", began_on="2018", ended_on="2020", slug="severed")
    opened = make_mission("EGY", "PRK", opened_on="1963", closed_on="1999", slug="embassy")
    visit = make_event("PRK", "EGY", happened_on="1973", slug="visit")
    cite(severed, field="began_on", is_announcement=True)
    cite(opened, field="closed_on", is_announcement=True)
    cite(visit, field="happened_on")
    assert [(line.record.slug, line.what) for line in chronology().rows] == [
        ("embassy", "opened"),
        ("visit", "event"),
        ("embassy", "closing announced"),
        ("severed", "announced"),
        ("severed", "ended"),
    ]
