"""The layout of PLOVER: a row for each event and each pair of an actor and a recipient."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from relations.dates import FuzzyDate
from relations.exchange.layouts.layout import CHUNK_SIZE, LINK_COLUMNS, Layout, Row, link_cells, their_columns
from relations.exchange.panels import Codes, column
from relations.models import Event
from relations.models.vocabularies import CodeScheme, EventKind, Role

TERM = re.compile(r"(?P<type>[A-Z]+)(?: (?P<mode>[a-z-]+))?(?: \((?P<contexts>[a-z_, ]+)\))?")
QUADS = {
    1: ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    2: ("COOPERATE", "AID", "RETREAT"),
    3: ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    4: ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
QUAD_OF = {event: quad for quad, events in QUADS.items() for event in events}
ACTS = (Role.ACTOR, Role.SPONSOR, Role.VOTED_FOR, Role.VOTED_AGAINST, Role.ABSTAINED)
SUFFERS = (Role.RECIPIENT, Role.ADDRESSEE, Role.VICTIM)
VOTES_AS = {Role.VOTED_FOR: "SUPPORT", Role.VOTED_AGAINST: "REJECT", Role.ABSTAINED: ""}
PLOVER_NAMES = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor COW", "Recipient Name", "Recipient Country", "Recipient COW"),
    *("Placename", "Headline"),
)
OF_DATES = (
    column("dyad_date", "fuzzy date", "The date (EDTF); Event Date is its earliest day."),
    column("dyad_date_latest", "day", "The latest day of the date."),
)


def plover_of(kind: str, role: str) -> tuple[str, str, str]:
    """The event, mode and contexts of a kind; if PLOVER has several terms for it, only what they have in common."""
    if role in VOTES_AS:
        return VOTES_AS[Role(role)], "", "diplomatic"
    found = [match.groupdict() for term in EventKind(kind).plover.split(" or ") if (match := TERM.fullmatch(term))]
    common = [{term[part] or "" for term in found} for part in ("type", "mode", "contexts")]
    event, mode, contexts = (values.pop() if len(values) == 1 else "" for values in common)
    return event, mode if event else "", contexts.replace(", ", ";")


def plover(queryset: QuerySet, base_url: str) -> Iterator[Row]:
    """A row for each event and each pair of actor and recipient, without negated events."""
    events = queryset.filter(negated=False).order_by("slug").prefetch_related(None)
    events = events.prefetch_related("participations__country", "participations__actor__country")
    codes = Codes()
    for event in events.iterator(CHUNK_SIZE):
        parties = list(event.participations.all())
        actors = [each for each in parties if each.role in ACTS]
        recipients = [each for each in parties if each.role in SUFFERS] or [None]
        day = event.happened_on and FuzzyDate(event.happened_on).earliest
        for actor in actors:
            kind, mode, contexts = plover_of(event.kind, actor.role)
            for recipient in recipients:
                yield (
                    *(event.slug, day.isoformat() if day else "", kind, mode, str(QUAD_OF.get(kind, "")), contexts),
                    *sides(actor, day, codes),
                    *sides(recipient, day, codes),
                    *(event.place, event.title, event.happened_on, event.happened_on_latest),
                    *link_cells(event, base_url),
                )


def sides(participation: Any, day: date | None, codes: Codes) -> Row:
    """The cells of a party: its name, its country, and the COW number of the country on that day."""
    if participation is None:
        return "", "", ""
    actor = participation.actor
    code = participation.country_id or (actor and actor.country_id) or ""
    return participation.party, code, codes.of(code, CodeScheme.COW, day.year) if code and day else ""


LAYOUTS = (
    Layout(
        "plover",
        "PLOVER's events",
        str(Event.collection),
        their_columns(*PLOVER_NAMES) + OF_DATES + LINK_COLUMNS,
        plover,
    ),
)
