"""Earlier states of a row with its parts, after each of its changes."""

from typing import Any

import pytest
from django.db import transaction

from relations.models import Actor, Event, Participation
from relations.past import Past, bring_back, row_at
from tests.factories import make_actor, make_country, make_event

# A step is a transaction, so that each needs one of its own.
pytestmark = pytest.mark.django_db(transaction=True)


def make_draft(*codes: str, slug: str = "visit") -> Event:
    with transaction.atomic():
        return make_event(*codes, slug=slug, title="A visit", state="draft")


def stood_after(event: Event, step: int) -> list[tuple[str, Any]]:
    """The models of the rows that existed after a change, with the title of the record itself."""
    states = Past(Event, event.pk).after(step).values()
    return sorted((state.pgh_tracked_model.__name__, getattr(state, "title", None)) for state in states)


def test_a_version_is_found_where_the_row_stood_with_it_and_not_where_it_was_deleted():
    key = make_actor().pk
    Actor.objects.update(name="Orascom Telecom")
    row = Actor.objects.get()
    row.delete()
    row.pk = key
    bring_back(Actor, [row], [])
    past = Past(Actor, key)
    assert [(state.pgh_label, state.version) for state in past.states] == [
        ("insert", 1),
        ("update", 2),
        ("delete", 2),
        ("insert", 3),
    ]
    assert [past.step_of_version(version) for version in (1, 2, 3, 4, None)] == [0, 1, 3, None, None]
    assert past.last == 3
    assert Past(Actor, key + 1).last == -1


def test_the_state_after_a_change_includes_the_parts_of_that_time():
    visit = make_draft("PRK", "EGY")
    Event.objects.update(title="A state visit")
    Event.objects.all().delete()
    parts = [("Participation", None)] * 2
    assert [stood_after(visit, step) for step in range(-1, 3)] == [
        [],
        [("Event", "A visit"), *parts],
        [("Event", "A state visit"), *parts],
        [],
    ]


def test_a_part_that_moved_belongs_to_each_while_it_did():
    visit, other = make_draft(), make_draft(slug="other")
    Participation.objects.create(event=visit, country=make_country("SYR"), role="host")
    Participation.objects.filter(role="host").update(event=other)
    alone = [("Event", "A visit"), *[("Participation", None)] * 2]
    with_part = [*alone, ("Participation", None)]
    assert [stood_after(visit, step) for step in range(3)] == [alone, with_part, alone]
    assert [stood_after(other, step) for step in range(2)] == [alone, with_part]


def test_deleted_and_changed_rows_are_restored_as_they_were():
    there, gone = make_draft(), make_draft(slug="gone")
    was = [row_at(Past(Event, row.pk).states[0]) for row in (there, gone)]
    Event.objects.filter(pk=there.pk).update(title="Another")
    Event.objects.filter(pk=gone.pk).delete()
    bring_back(Event, was, [there.pk])
    assert list(Event.objects.order_by("slug").values_list("pk", "slug", "title")) == [
        (gone.pk, "gone", "A visit"),
        (there.pk, "visit", "A visit"),
    ]
