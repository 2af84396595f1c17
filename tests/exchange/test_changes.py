"""What is compared: the parts that go, and those of which nothing can be said."""

import pytest

from relations.exchange.changes import Changes, Difference, compare
from relations.exchange.existing_rows import ExistingRows
from relations.exchange.rows import Place, Refusals, Row, Wanted
from relations.models import Citation, Event
from tests.factories import make_event, make_source

pytestmark = pytest.mark.django_db


def wanted(*sources: str) -> Wanted:
    """An event of which all citations are told: one of each source."""
    event = Row(Event, {"slug": "a-visit"}, Place(2, "line 2"))
    values = dict.fromkeys(Citation.natural_key_fields) | {"event": event.key, "field": "", "stance": "supports"}
    citations = [
        Row(Citation, {**values, "source": (source,), "locator": "p. 4"}, event.place, cell="citations")
        for source in sources
    ]
    return Wanted([event, *citations], {(Citation, event.owner): (event, "citations")})


def test_parts_that_are_not_told_go():
    event = make_event("PRK", slug="a-visit")
    make_source("a-book")
    refusals = Refusals()
    changes = compare(wanted("a-book"), ExistingRows(), refusals)
    assert refusals.all == changes.updated == []
    assert [(each.model, each.file_columns) for each in changes.added] == [
        (Citation, ["citations"]),
    ]
    assert [(each.instance, each.file_columns) for each in changes.removed] == [(event.citations.get(), ["citations"])]
    assert list(changes.owners()) == [(Event, ("a-visit",))]
    assert changes
    assert not changes.without({(Event, ("a-visit",))})


def test_what_changes_is_asked_for_by_its_own_row_where_that_does_and_else_by_a_part():
    event, citation, _ = wanted("a-book", "another").rows
    for rows in ([event, citation], [citation, event]):
        assert Changes([Difference(row) for row in rows]).owners() == {event.owner: event}
    assert Changes([Difference(citation)]).owners() == {event.owner: citation}


def test_nothing_goes_where_a_part_is_refused():
    make_event("PRK", slug="a-visit")
    refusals = Refusals()
    assert not compare(wanted("a-book"), ExistingRows(), refusals)
    assert [str(told) for told in refusals.all] == ["line 2, column citations: 'a-book' is not a known source"]


def test_parts_are_held_with_their_owners_and_those_of_nobody_else():
    one, other, _ = (make_event("PRK", slug=slug) for slug in ("one", "other", "asked-by-nobody"))
    existing = ExistingRows()
    asked = [(Event, (slug,)) for slug in ("one", "other", "not-there")]
    existing.find(Event, [key for _, key in asked])
    existing.lock_parts(Citation, asked)
    held = {owner: list(parts.values()) for (_, owner), parts in existing.parts.items()}
    assert held == {asked[0]: [one.citations.get()], asked[1]: [other.citations.get()]}
