"""The versions of a record: changes while it was public, and nothing that never was public."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from relations.models import ArmsTransfer, Citation, Event
from relations.versions import Change, Version, versions_of
from tests.factories import (
    cite,
    make_actor,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_passage,
    make_period,
    make_source,
    make_transfer,
)

CITED = (
    "source: A report; passage: egypt.1.1; field: happened_on; stance: Supports; modality: Reported; hedge: reportedly"
)
# A version is the state that a transaction left.
pytestmark = pytest.mark.django_db(transaction=True)


def make_visit(**columns: Any) -> Event:
    with transaction.atomic():
        return make_event("PRK", "EGY", slug="visit", title="A visit", happened_on="1973", **columns)


def change(model: Any, slug: str, **columns: Any) -> None:
    model.objects.filter(slug=slug).update(**columns)


def changes(client: Client, path: str) -> list[tuple[int, list[tuple[str, str, str]] | None]]:
    """The versions on a page, newest first, each with its changes."""
    steps = client.get(path).context["steps"]
    return [(version.number, told and [(c.what, c.old, c.new) for c in told]) for version, told in steps]


def test_each_change_of_a_public_record_is_shown_with_old_and_new_value(client: Client) -> None:
    make_visit()
    change(Event, "visit", happened_on="1973-03~", title="A visit to Cairo", kind="talks")
    change(Event, "visit", summary="They met.", modality="reported", negated=True)
    assert changes(client, "/events/visit/versions/") == [
        (3, [("modality", "Asserted", "Reported"), ("negated", "", "yes"), ("summary", "", "They met.")]),
        (
            2,
            [
                ("kind", "Visit", "Talks"),
                ("happened on", "1973", "about March 1973 (1973-03~)"),
                ("title", "A visit", "A visit to Cairo"),
            ],
        ),
        (1, None),
    ]
    page = client.get("/events/visit/versions/").content.decode()
    assert '<dt>Title</dt><dd><span class="unseen">Before:</span> <del>A visit</del> <span aria-hidden' in page
    assert "<ins>A visit to Cairo</ins>" in page
    assert '<a href="/events/visit/versions/">version 3</a>' in client.get("/events/visit/").content.decode()


def test_parts_and_evidence_are_shown_as_added_and_removed_lines(client: Client) -> None:
    event = make_visit()
    make_figure(event, "killed", 20, 30, figure_qualifier="about", figure_unit="persons")
    source = make_source("report", title="A report")
    cite(event, passage=make_passage(source, "egypt.1.1"), field="happened_on", hedge="reportedly", modality="reported")
    event.participations.get(role="recipient").delete()
    steps = changes(client, "/events/visit/versions/")
    assert [number for number, _ in steps] == [4, 3, 2, 1]
    assert steps[:3] == [
        (4, [("participations", "role: Recipient; country: Egypt", "")]),
        (
            3,
            [
                ("citations", "", CITED),
            ],
        ),
        (2, [("event figures", "", "measure: Killed; figure: about 20 to 30 persons")]),
    ]


def test_states_that_were_not_public_are_never_shown(client: Client) -> None:
    make_visit(state="draft", editor_note="a secret")
    cite(Event.objects.get(slug="visit"))
    change(Event, "visit", title="A rumour")
    change(Event, "visit", title="A visit of state", state="published")
    change(Event, "visit", editor_note="another secret")
    change(Event, "visit", state="draft", title="A slander")
    change(Event, "visit", state="published", title="A state visit")
    assert changes(client, "/events/visit/versions/") == [
        (7, [("title", "A visit of state", "A state visit")]),
        (5, []),
        (4, None),
    ]
    pages = ["/events/visit/versions/", *(f"/events/visit/versions/{number}/" for number in range(9))]
    answers = [client.get(path) for path in pages]
    assert [answer.status_code for answer in answers] == [200, 404, 404, 404, 404, 200, 200, 404, 200, 404]
    told = "".join(answer.content.decode() for answer in answers)
    assert [word for word in ("secret", "rumour", "slander") if word in told] == []
    assert "Nothing that is public changed." in told


def test_a_version_is_read_whole_as_it_was(client: Client) -> None:
    event = make_visit()
    make_figure(event, of="trainers")
    change(Event, "visit", title="Another title", place="Cairo")
    html = " ".join(client.get("/events/visit/versions/2/").content.decode().split())
    assert "<div><dt>Title</dt><dd>A visit</dd></div>" in html
    assert '<span class="definition">measure</span> Persons' in html
    assert "As it was in version 2" in html
    assert "<dt>Place</dt>" not in html
    assert "Version 3, as it is now" in " ".join(client.get("/events/visit/versions/3/").content.decode().split())


def test_only_what_is_public_has_versions_and_what_is_gone_says_so(client: Client) -> None:
    make_visit()
    make_event(slug="draft", state="draft")
    paths = ("/events/visit/versions/", "/events/visit/versions/1/")
    assert [client.get(path).status_code for path in paths] == [200, 200]
    assert client.get("/events/Visit/versions/1/").headers["Location"] == "/events/visit/versions/1/"
    assert client.get("/events/draft/versions/").status_code == 404
    assert client.get("/countries/EGY/versions/").status_code == 404
    change(Event, "visit", state="draft")
    assert [client.get(path).status_code for path in paths] == [410, 410]


def test_a_draft_that_a_record_refers_to_is_not_named(client: Client) -> None:
    with transaction.atomic():
        draft = make_transfer(slug="a-rumour", designation="Nodong", state="draft")
        known = make_transfer(slug="known", designation="Scud-C", modality="alleged")
        make_transfer(slug="deal", possibly_same_as=draft)
    change(ArmsTransfer, "deal", possibly_same_as=known)
    (_, told), _ = changes(client, "/arms-transfers/deal/versions/")
    assert told == [("possibly same as", "", "Alleged: Scud-C, North Korea to Egypt")]


def test_every_type_of_record_has_versions_and_reads_them_at_the_same_cost(
    client: Client, django_assert_num_queries: Any
) -> None:
    with transaction.atomic():
        make_period(slug="p", value="severed")
        make_mission(slug="m", city="Cairo")
        make_transfer(slug="t", number_ordered_low=5, number_ordered_high=5, number_ordered_qualifier="exact")
    assert versions_of(ArmsTransfer.objects.get())[0].facts["number ordered"] == "5"
    for path in ("/periods/p/versions/1/", "/missions/m/versions/1/", "/arms-transfers/t/versions/1/"):
        assert client.get(path).status_code == 200, path
    page = client.get("/periods/p/versions/1/")
    assert '<a href="/periods/p/versions/">Versions</a> · 1</p>' in page.content.decode()
    facts = dict(page.context["facts"])
    assert facts == {"modality": "Asserted", "relation": "EGY-PRK", "track": "Legal status", "value": "Severed"}
    event = make_visit()
    event.participations.create(actor=make_actor(country=make_country("EGY")), role="host")
    for title in ("B", "C", "D"):
        with django_assert_num_queries(8):
            found = versions_of(event)
        change(Event, "visit", title=title)
    assert [version.facts["title"] for version in found] == ["A visit", "A visit", "B", "C"]


def test_a_part_that_moved_to_another_record_is_no_part_any_more() -> None:
    first = make_visit()
    moved = Citation.objects.get()
    with transaction.atomic():
        second = make_event(slug="other")
    cite(first, passage=make_passage(ref="kept.1.1"))
    moved.event = second
    moved.save()
    numbers = [len(version.parts["citations"]) for version in versions_of(Event.objects.get(pk=first.pk))]
    assert numbers == [1, 2, 1]


def test_a_changed_value_is_shown_once_and_an_unchanged_one_not_at_all() -> None:
    before = Version(1, None, {"a": "1", "b": "2"}, {"parts": [{"x": "1"}, {"x": "2"}]})
    after = Version(2, None, {"a": "1", "c": "3"}, {"parts": [{"x": "2"}, {"x": "3", "y": "4"}]})
    assert after.since(before) == [
        Change("b", "2", ""),
        Change("c", "", "3"),
        Change("parts", "x: 1", ""),
        Change("parts", "", "x: 3; y: 4"),
    ]
    assert after.since(after) == []
