"""Queries for the pages of countries and actors: events in a country, deals by direction, roles, related records."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from relations.models import Actor, ArmsTransfer, Citation, Country, Entry, Event, Listing
from relations.models.citation import RECORD_TARGETS, THING_TARGETS, targets_among
from relations.models.vocabularies import Stance
from relations.prepared import planned, prepared
from relations.views.evidence import nameable, with_targets

MOST_EVENTS = 30
MOST_CITATIONS = 200  # citations that are read to find records that share sentences


def events_in(country: Country) -> list[Event]:
    """The events in a country: those that it hosted, and those whose place contains its name."""
    name = country.name.replace('"', " ")
    keys = hosted_or_at(f"host:{country.code}", f'"{name}"')
    return events_of([*{*keys}]) if keys else []


@prepared
def hosted_or_at(host: Any, words: Any) -> QuerySet:
    """The keys of the first events with a host, and of the first whose place matches some words."""
    listed = Listing.objects.filter(under=host, collection=Event.collection)
    hosted = listed.order_by(F("sort_on").asc(nulls_last=True), "slug").values_list("record_id", flat=True)
    at_place = Event.objects.published().at_place(words).in_order().values_list("pk", flat=True)
    return hosted[:MOST_EVENTS].union(at_place[:MOST_EVENTS], all=True)


@planned
def events_of(keys: Any) -> QuerySet:
    """The first of the events with these keys."""
    return Event.objects.published().filter(pk__among=keys).with_shown().in_order()[:MOST_EVENTS]


def records_sharing_sentences(records: Iterable[Any], code: str) -> list[Any]:
    """Other records that cite the same sentences as these records, and in which the country has no part."""
    own = list(records)
    keys = [[record.pk for record in own if type(record) is model] for model in RECORD_TARGETS.values()]
    citations = with_targets(citations_beside(*keys)) if own else []
    found = dict.fromkeys(citation.target for citation in citations)
    has_part = set(listed_of(code, [record.pk for record in found])) if found else set()
    return [record for record in found if record not in own and (record.collection, record.pk) not in has_part]  # type: ignore[attr-defined]


@partial(planned, names=RECORD_TARGETS)
def citations_beside(*keys: Any) -> QuerySet:
    """The first public citations of the sentences that support some records; a list of keys for each type of record."""
    on_records = Citation.objects.filter(targets_among(*keys), stance=Stance.SUPPORTS)
    passages = on_records.filter(passage__isnull=False).values("passage")
    beside = Citation.objects.public().filter(passage__in=passages, stance=Stance.SUPPORTS).order_by("id")
    return beside.filter(**{f"{target}__isnull": True for target in THING_TARGETS})[:MOST_CITATIONS]


@planned
def listed_of(name: Any, keys: Any) -> QuerySet:
    """Collection and key of the records with these keys, of any type, that are listed under a name."""
    return Listing.objects.filter(under=name, record_id__among=keys).values_list("collection", "record_id")


@dataclass(frozen=True)
class Deals:
    """The number of deals of a country with a partner in each direction, and the widths of the bars in percent."""

    partner: Country
    supplied: int
    received: int
    supplied_width: float
    received_width: float


def deals_of(country: Country) -> list[Deals]:
    """The deals of a country by partner and direction, most first, without negated ones."""
    supplied: Counter[str] = Counter()
    received: Counter[str] = Counter()
    for supplier, recipient, number in deals_by_parties(country.code):
        if supplier and recipient and supplier != recipient:
            direction, partner = (supplied, recipient) if supplier == country.code else (received, supplier)
            direction[partner] += number
    most = max([*supplied.values(), *received.values()], default=0)
    codes = supplied.keys() | received.keys()
    deals = [
        Deals(
            partner,
            supplied[partner.code],
            received[partner.code],
            round(supplied[partner.code] / most * 100, 1),
            round(received[partner.code] / most * 100, 1),
        )
        for partner in (nameable(Country)([*codes]) if codes else ())
    ]
    return sorted(deals, key=lambda each: (-(each.supplied + each.received), each.partner.name))


@planned
def deals_by_parties(code: Any) -> QuerySet:
    """Supplier, recipient and number of the deals in which a country or one of its actors is supplier or recipient.

    Deals of an actor count for its country.
    """
    actors = ArraySubquery(Actor.objects.filter(country=code).order_by().values("pk"))
    own = Q(supplier=code) | Q(supplier_actor__among=actors) | Q(recipient=code) | Q(recipient_actor__among=actors)
    deals = ArmsTransfer.objects.published().filter(own, negated=False).order_by()
    countries = (Coalesce(f"{role}_id", f"{role}_actor__country_id") for role in ("supplier", "recipient"))
    return deals.values_list(*countries).annotate(number=Count("pk"))


def roles_of(actor: Actor, records: Iterable[Any]) -> dict[tuple[str, str], list[str]]:
    """The roles of an actor in some records, by collection and slug of the record."""
    places = Entry.objects.filter(record_id__in=[record.pk for record in records], leads=True)
    roles: dict[tuple[str, str], list[str]] = {}
    for collection, slug, under in places.values_list("collection", "slug", "under"):
        found = (name.partition(":") for name in under)
        own = {role.replace("_", " ") for role, sign, who in found if sign and who == actor.slug}
        roles[collection, slug] = sorted(own)
    return roles
