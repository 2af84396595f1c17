"""Chronology: events, deals, and the beginnings and ends of periods and missions in one order, page by page."""

import re
from collections.abc import Collection as CollectionOf
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Collate

from relations.dates import FuzzyDate
from relations.fields import sort_on
from relations.models import Actor, ArmsTransfer, Event, Mission, Participation, Record, RelationPeriod
from relations.models.record import CERTAINLY, POSSIBLY, ends_from, starts_by
from relations.paging import Page

CURSOR = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?~([a-z-]+)~([a-z0-9-]{1,80})~([01])")


class Side(NamedTuple):
    """One way in which records of a kind enter the chronology: which of their dates, and what happened on it."""

    model: type[Record]
    number: int
    what: str

    @property
    def column(self) -> str:
        """The date of the record that places it."""
        return self.model.ends_on if self.number else self.model.starts_on

    @property
    def collection(self) -> str:
        """The kind of the record, by the first part of its address."""
        return self.model.collection.value


SIDES = (
    Side(ArmsTransfer, 0, "deal"),
    Side(ArmsTransfer, 1, "delivered"),
    Side(Event, 0, "event"),
    Side(Mission, 0, "opened"),
    Side(Mission, 1, "closed"),
    Side(RelationPeriod, 0, "began"),
    Side(RelationPeriod, 1, "ended"),
)
KINDS: tuple[str, ...] = tuple(dict.fromkeys(side.collection for side in SIDES))


class Cursor(NamedTuple):
    """The place of an entry in the order; nothing comes twice and nothing is lost when a page starts after it."""

    sort_on: date | None
    collection: str
    slug: str
    side: int

    def __str__(self) -> str:
        day = self.sort_on.isoformat() if self.sort_on else ""
        return f"{day}~{self.collection}~{self.slug}~{self.side}"

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """The place that a page's `next` names; ValueError for anything else."""
        match = CURSOR.fullmatch(text)
        if not match or (match[2], int(match[4])) not in {(side.collection, side.number) for side in SIDES}:
            raise ValueError("This is no place in the chronology.")
        day, collection, slug, side = match.groups()
        return cls(date.fromisoformat(day) if day else None, collection, slug, int(side))


@dataclass(frozen=True)
class Entry:
    """One line of the chronology; `what` is one of deal, delivered, event, opened, closed, began, ended."""

    record: Any
    what: str
    day: FuzzyDate | str
    sort_on: date | None


def chronology(
    *,
    country: str | None = None,
    partner: str | None = None,
    actor: Actor | None = None,
    first: date | None = None,
    last: date | None = None,
    reading: str = POSSIBLY,
    kinds: CollectionOf[str] = KINDS,
    after: str = "",
    size: int = 50,
) -> Page:
    """One page of what is published, by country, pair, actor, days and kinds; undated entries come last, by slug."""
    cursor = Cursor.read(after) if after else None
    sides = [side for side in SIDES if side.collection in kinds]
    if actor is not None:
        sides = [side for side in sides if side.model in (ArmsTransfer, Event)]
    codes = [code for code in (country, partner) if code]
    records = {side: _within(_of_parties(side.model, codes, actor), side, first, last, reading) for side in sides}
    places: list[Cursor] = []
    if cursor is None or cursor.sort_on:
        places = _places({side: rows.filter(sort_on__isnull=False) for side, rows in records.items()}, cursor, size + 1)
        cursor = None
    if len(places) <= size and first is None and last is None:
        undated = {side: rows.filter(sort_on__isnull=True) for side, rows in records.items()}
        places += _places(undated, cursor, size + 1 - len(places))
    return Page(_entries(places[:size]), str(places[size - 1]) if len(places) > size else "")


def _of_parties(model: type[Record], codes: list[str], actor: Actor | None) -> QuerySet:
    records: QuerySet = model.objects.published().involving(*codes)  # type: ignore[attr-defined]
    if actor is not None and model is Event:
        return records.filter(pk__in=Participation.objects.filter(actor=actor).values("event"))
    if actor is not None:
        return records.filter(recipient_actor=actor)
    return records


def _within(records: QuerySet, side: Side, first: date | None, last: date | None, reading: str) -> QuerySet:
    """The records with this side, placed; when days are asked for, it is the date of the side that lies in them."""
    column, stated = side.column, ~Q(**{side.column: ""})
    if side.number == 0:
        # What has no date at all is shown once, among the undated; of what only ended, the end alone.
        stated |= Q(**{side.model.ends_on: ""})
    records = records.filter(stated).annotate(sort_on=sort_on(column))
    if first is None and last is None:
        return records
    first, last = first or date.min, last or date.max
    if reading == CERTAINLY:
        return records.filter(**{f"{column}_earliest__gte": first, f"{column}_latest__lte": last})
    return records.filter(starts_by(column, last), ends_from(column, first))


def _places(records: dict[Side, QuerySet], cursor: Cursor | None, count: int) -> list[Cursor]:
    """The first so many places after the cursor: every kind is cut to that length before they are put together."""
    parts = []
    for side, rows in records.items():
        parts.append(
            (_after(rows, side, cursor) if cursor else rows)
            .annotate(collection=Collate(Value(side.collection), "C"), side=Value(side.number))
            .order_by("sort_on", "slug")
            .values_list("sort_on", "collection", "slug", "side")[:count]
        )
    if len(parts) > 1:
        order = ("sort_on", "collection", "slug", "side")
        parts = [parts[0].union(*parts[1:], all=True).order_by(*order)[:count]]
    return [Cursor(*place) for part in parts for place in part]


def _after(rows: QuerySet, side: Side, cursor: Cursor) -> QuerySet:
    """The rows of one side that come after the cursor in the order of all."""
    if side.collection < cursor.collection:
        ties = Q(pk__in=())
    elif side.collection > cursor.collection:
        ties = ~Q(pk__in=())
    elif side.number > cursor.side:
        ties = Q(slug__gte=cursor.slug)
    else:
        ties = Q(slug__gt=cursor.slug)
    if cursor.sort_on is None:
        return rows.filter(ties)
    # The first condition says nothing new, but it lets the index begin at the cursor.
    return rows.filter(Q(sort_on__gte=cursor.sort_on), Q(sort_on__gt=cursor.sort_on) | ties)


def _entries(places: list[Cursor]) -> list[Entry]:
    """The records at these places, each kind read at once with what its titles name."""
    records: dict[tuple[str, str], Record] = {}
    for model in dict.fromkeys(side.model for side in SIDES):
        slugs = {place.slug for place in places if place.collection == model.collection}
        found = model.objects.published().with_shown().in_bulk(slugs, field_name="slug")  # type: ignore[attr-defined]
        records |= {(model.collection, slug): record for slug, record in found.items()}
    sides = {(side.collection, side.number): side for side in SIDES}
    entries = []
    for place in places:
        side = sides[place.collection, place.side]
        # A record that was withdrawn between the two queries is not public any more.
        if record := records.get((place.collection, place.slug)):
            entries.append(Entry(record, side.what, getattr(record, side.column), place.sort_on))
    return entries
