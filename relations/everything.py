"""All published records of all types, ordered by date, paginated."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q

from relations.addresses import records_at
from relations.models import Record
from relations.models.entry import PlaceQuerySet
from relations.paging import Page
from relations.phrasing import read_hedges

CURSOR = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?~([a-z-]+)~([a-z0-9-]{1,80})")
KEY = ("sort_on", "collection", "slug")


class Cursor(NamedTuple):
    """The place of a record among all; records without a date come last."""

    sort_on: date | None
    collection: str
    slug: str

    def __str__(self) -> str:
        day = self.sort_on.isoformat() if self.sort_on else ""
        return f"{day}~{self.collection}~{self.slug}"

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Parses a cursor; ValueError if it is not one."""
        match = CURSOR.fullmatch(text)
        if not match:
            raise ValueError("This is no place in the list of everything.")
        return cls(date.fromisoformat(match[1]) if match[1] else None, match[2], match[3])


def everything(of_types: Iterable[PlaceQuerySet], after: str, size: int) -> Page:
    """The page of `size` records after a cursor; `of_types` has the filtered leading places of each type."""
    of_types = list(of_types)
    cursor = Cursor.read(after) if after else None
    found: list[Cursor] = []
    if cursor is None or cursor.sort_on:
        dated = [places.filter(sort_on__isnull=False) for places in of_types]
        found = first_of([after_day(places, cursor) for places in dated], size + 1)
        cursor = None
    if len(found) <= size:
        undated = [places.filter(sort_on__isnull=True) for places in of_types]
        found += first_of([after_key(places, cursor) for places in undated], size + 1 - len(found))
    records = records_at((place.collection, place.slug) for place in found[:size])
    read_hedges(records.values())
    rows: list[Record] = [
        records[place.collection, place.slug] for place in found[:size] if (place.collection, place.slug) in records
    ]
    return Page(rows, str(found[size - 1]) if len(found) > size else "")


def first_of(of_types: list[Any], count: int) -> list[Cursor]:
    """The first `count` places of all types together."""
    parts = [places.order_by(*KEY).values_list(*KEY)[:count] for places in of_types if not places.query.is_empty()]
    if len(parts) < 2:
        return [Cursor(*row) for part in parts for row in part]
    rows = parts[0].union(*parts[1:], all=True).order_by(*KEY)[:count]
    return [Cursor(*row) for row in rows]


def after_day(places: Any, cursor: Cursor | None) -> Any:
    """The dated places after a cursor."""
    if cursor is None:
        return places
    beyond = Q(sort_on__gt=cursor.sort_on) | (Q(sort_on=cursor.sort_on) & after_in_day(cursor))
    # The first condition is redundant, but lets the index scan start at the cursor.
    return places.filter(Q(sort_on__gte=cursor.sort_on), beyond)


def after_key(places: Any, cursor: Cursor | None) -> Any:
    """The undated places after a cursor."""
    return places if cursor is None else places.filter(after_in_day(cursor))


def after_in_day(cursor: Cursor) -> Q:
    """The condition that a place comes after the cursor among those with the same day, or without one."""
    return Q(collection__gt=cursor.collection) | Q(collection=cursor.collection, slug__gt=cursor.slug)
