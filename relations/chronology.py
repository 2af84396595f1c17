"""The chronology: events, deals, and the beginnings and ends of periods and missions in one order, paginated."""

import re
from collections.abc import Collection as CollectionOf
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from relations.addresses import records_at
from relations.dates import FuzzyDate
from relations.models import Actor, ArmsTransfer, Entry, Event, Listing, Mission, Record, RelationPeriod
from relations.models.entry import PlaceQuerySet
from relations.models.record import POSSIBLY
from relations.paging import Page
from relations.phrasing import announcement, read_hedges
from relations.prepared import prepared

CURSOR = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?~([a-z-]+)~([a-z0-9-]{1,80})~([01])")


# What to say instead if the date is that of an announcement.
ANNOUNCED = {
    **dict.fromkeys(("deal", "event", "began"), "announced"),
    "delivered": "delivery announced",
    "opened": "opening announced",
    "closed": "closing announced",
    "ended": "end announced",
}


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
        """The collection of the record, which is the first part of its address."""
        return self.model.collection.value

    def happened(self, record: Record) -> str:
        """What happened on that date: a value of `Line.what`."""
        return ANNOUNCED[self.what] if announcement(record, self.column) else self.what


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
    """The place of an entry in the order. It is unique, so that pages neither repeat nor skip entries."""

    sort_on: date | None
    collection: str
    slug: str
    side: int

    @property
    def address(self) -> tuple[str, str]:
        """The two parts of the address of the record."""
        return self.collection, self.slug

    def __str__(self) -> str:
        day = self.sort_on.isoformat() if self.sort_on else ""
        return f"{day}~{self.collection}~{self.slug}~{self.side}"

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Parses a cursor; ValueError if it is not one."""
        match = CURSOR.fullmatch(text)
        if not match or (match[2], int(match[4])) not in {(side.collection, side.number) for side in SIDES}:
            raise ValueError("This is no place in the chronology.")
        day, collection, slug, side = match.groups()
        return cls(date.fromisoformat(day) if day else None, collection, slug, int(side))


START = Cursor(None, "", "", 0)  # stands for the beginning, before all entries


@dataclass(frozen=True)
class Line:
    """An entry with its record; `what` is deal, delivered, event, opened, closed, began, ended, or announced."""

    record: Any
    what: str
    day: FuzzyDate | str
    sort_on: date | None


def chronology(**filters: Any) -> Page:
    """One page of lines; takes the arguments of `places_of`."""
    places = places_of(**filters)
    return Page(lines_at(places.rows, records_at(place.address for place in places.rows)), places.next)


def places_of(
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
    """One page of places, filtered by country, pair, actor, days and kinds; undated entries come last, by slug."""
    if not kinds:
        return Page([], "")
    cursor = Cursor.read(after) if after else START
    has_days = bool(first or last)
    names = _names(country, partner, actor)
    fixed = {
        "names": len(names),
        "kinds": tuple(kind for kind in KINDS if kind in kinds),
        "reading": reading if has_days else "",
        "most": size + 1,
    }

    def places_after(cursor: Cursor, *, dated: bool) -> list[Cursor]:
        values = *[*names, "", ""][:2], first or date.min, last or date.max, cursor.sort_on, cursor.slug, cursor.side
        return [Cursor(*place) for place in _places(*values, dated=dated, after=cursor.collection, **fixed)]

    places: list[Cursor] = []
    if cursor is START or cursor.sort_on:
        places = places_after(cursor, dated=True)
        cursor = START
    if len(places) <= size and not has_days:
        places += places_after(cursor, dated=False)
    return Page(places[:size], str(places[size - 1]) if len(places) > size else "")


def _names(country: str | None, partner: str | None, actor: Actor | None) -> list[str]:
    """The names that entries must be listed under: a country or a pair, and an actor."""
    codes = sorted(code for code in (country, partner) if code)
    return [*(["-".join(codes)] if codes else []), *([actor.slug] if actor else [])]


@prepared
def _places(  # noqa: PLR0917 - each is a place in the query
    one: Any,
    other: Any,
    first: Any,
    last: Any,
    day: Any,
    slug: Any,
    side: Any,
    *,
    names: int,
    kinds: Sequence[str],
    reading: str,
    dated: bool,
    after: str,
    most: int,
) -> QuerySet:
    """The first `most` places after a cursor, either those with a day or those without.

    `names` is the number of `one` and `other` that they must be listed under. `first` and `last` are used only with a
    `reading`. The cursor is `day`, `slug` and `side` of the kind `after`, which is empty for the first page. Each kind
    is limited to `most` before the union is sorted.
    """
    entries: PlaceQuerySet = Listing.objects.filter(under=other if names > 1 else one) if names else Entry.objects.all()
    if names > 1:
        key = {name: OuterRef(name) for name in ("record_id", "collection", "side")}
        entries = entries.filter(Exists(Listing.objects.filter(under=one, **key)))
    if reading:
        entries = entries.within(first, last, reading)
    entries = entries.filter(sort_on__isnull=not dated)
    cursor = Cursor(day if dated else None, after, slug, side) if after else None
    order = ("sort_on", "collection", "slug", "side")
    parts = [
        entries.filter(_after(kind, cursor), collection=kind).order_by(*order).values_list(*order)[:most]
        for kind in kinds
    ]
    return parts[0].union(*parts[1:], all=True).order_by(*order)[:most] if len(parts) > 1 else parts[0]


def _after(kind: str, cursor: Cursor | None) -> Q:
    """The condition that an entry of this kind comes after the cursor in the order of all kinds."""
    if cursor is None:
        return Q()
    if kind == cursor.collection:
        ties = Q(slug__gt=cursor.slug) | Q(slug=cursor.slug, side__gt=cursor.side)
    else:
        none = Q(slug__in=())
        ties = ~none if kind > cursor.collection else none
    if cursor.sort_on is None:
        return ties
    # The first condition is redundant, but lets the index scan start at the cursor.
    return Q(sort_on__gte=cursor.sort_on) & (Q(sort_on__gt=cursor.sort_on) | ties)


def lines_at(places: list[Cursor], records: dict[tuple[str, str], Any]) -> list[Line]:
    """The lines of the chronology at these places; `records` must have their records by address.

    Places whose record is missing are skipped. If the date is that of an announcement, the line says so.
    """
    found = dict.fromkeys(records[place.address] for place in places if place.address in records)
    read_hedges(found)
    sides = {(side.collection, side.number): side for side in SIDES}
    return [
        Line(record, side.happened(record), getattr(record, side.column), place.sort_on)
        for place in places
        for side in [sides[place.collection, place.side]]
        if (record := records.get(place.address))
    ]
