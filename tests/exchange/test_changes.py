"""Comparing files with the register: which parts are removed, and which are not touched."""

import pytest

from relations.exchange.changes import Changes, Difference, compare
from relations.exchange.existing_rows import ExistingRows
from relations.exchange.rows import Place, Refusals, Row, Wanted
from relations.models import Citation, Event
from tests.factories import make_event, make_source

pytestmark = pytest.mark.django_db


def wanted(*sources: str) -> Wanted:
    """An event with a complete list of citations, one of each source."""
    event = Row(Event, {"slug": "a-visit"}, Place(2, "line 2"))
    values = dict.fromkeys(Citation.natural_key_fields) | {"event": event.key, "field": "", "stance": "supports"}
    citations = [
        Row(Citation, {**values, "source": (source,), "locator": "p. 4"}, event.place, cell="citations")
        for source in sources
    ]
    return Wanted([event, *citations], {(Citation, event.owner): (event, "citations")})


def test_parts_that_are_not_listed_are_removed():
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


def test_a_change_is_attributed_to_the_row_of_the_owner_or_else_to_a_part():
    event, citation, _ = wanted("a-book", "another").rows
    for rows in ([event, citation], [citation, event]):
        assert Changes([Difference(row) for row in rows]).owners() == {event.owner: event}
    assert Changes([Difference(citation)]).owners() == {event.owner: citation}


def test_no_part_is_removed_if_one_is_refused():
    make_event("PRK", slug="a-visit")
    refusals = Refusals()
    assert not compare(wanted("a-book"), ExistingRows(), refusals)
    assert [str(told) for told in refusals.all] == ["line 2, column citations: 'a-book' is not a known source"]


def test_parts_are_loaded_only_for_the_given_owners():
    one, other, _ = (make_event("PRK", slug=slug) for slug in ("one", "other", "asked-by-nobody"))
    existing = ExistingRows()
    asked = [(Event, (slug,)) for slug in ("one", "other", "not-there")]
    existing.find(Event, [key for _, key in asked])
    existing.lock_parts(Citation, asked)
    held = {owner: list(parts.values()) for (_, owner), parts in existing.parts.items()}
    assert held == {asked[0]: [one.citations.get()], asked[1]: [other.citations.get()]}
