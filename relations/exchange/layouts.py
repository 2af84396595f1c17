"""Files in the columns of other registers, for whom code that reads these is at hand.

What their columns cannot hold is left out and never rounded into them: what did not happen, what was only sought or
talked about, what has no certain place. Columns of ours at the end lead back to the record.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from relations.dates import FuzzyDate
from relations.exchange.column import Column
from relations.exchange.panels import Codes, column, states, statuses
from relations.models import ArmsTransfer, CountryCode, Event
from relations.models.figure import without_zeros
from relations.models.tracks import LevelOfRepresentation, Track
from relations.models.vocabularies import (
    ArmamentCategory,
    CodeScheme,
    Condition,
    DealStatus,
    EventKind,
    HeadRank,
    MissionKind,
    Qualifier,
    Role,
    TransferKind,
    Verdict,
)
from relations.status import Answer, RelationStatus

Row = tuple[Any, ...]
Rows = Callable[[QuerySet, str], Iterator[Row]]
CHUNK_SIZE = 500


@dataclass(frozen=True)
class Layout:
    """The columns of another register: the name of its file, whose they are, which of our lists fills them, and how."""

    name: str
    whose: str
    collection: str
    columns: tuple[Column, ...]
    rows: Rows


def named(*names: str) -> tuple[Column, ...]:
    """Columns as another register calls them, whose cells are put together here."""
    return tuple(column(name, "text", "As in that register.") for name in names)


BACK = (
    column("dyad_slug", "code", "The slug of the record here."),
    column("dyad_modality", "term", "How its sources put it."),
    column("dyad_permalink", "code", "The address of the record here."),
)


def back(record: Any, base_url: str) -> Row:
    """What leads back to a record."""
    return record.slug, record.modality, f"{base_url.rstrip('/')}{record.get_absolute_url()}"


# SIPRI's register of arms transfers, as it was exported until 2024, and since

STATUSES = {
    Condition.NEW: "New",
    Condition.SECOND_HAND: "Second hand",
    Condition.MODERNISED: "Second hand but modernized",
    "": "",
}
CATEGORIES: dict[str, str] = {
    ArmamentCategory.AIR_DEFENCE: "Air defence systems",
    ArmamentCategory.OTHER_MAJOR: "Other",
}
IN_THE_REGISTER = (
    *(DealStatus.ORDERED, DealStatus.PAID_NOT_DELIVERED, DealStatus.PARTLY_DELIVERED, DealStatus.DELIVERED),
)
CLASSIC = (
    *("Recipient", "Supplier", "Year of order", " ", "Number ordered", " ", "Weapon designation"),
    *("Weapon description", "Number delivered", " ", "Year(s) of delivery", "status", "Comments"),
    *("SIPRI TIV per unit", "SIPRI TIV for total order", "SIPRI TIV of delivered weapons"),
)
SINCE_2025 = (
    *("SIPRI AT Database ID", "Supplier", "Recipient", "Designation", "Description", "Armament category"),
    *("Order date", "Order date is estimate", "Numbers delivered", "Numbers delivered is estimate"),
    *("Delivery year", "Delivery year is estimate", "Status", "SIPRI estimate", "TIV deal unit"),
    *("TIV delivery values", "Local production"),
)


def deals(queryset: QuerySet) -> Iterator[ArmsTransfer]:
    """The deals of which that register tells: major arms that were ordered, at least."""
    rows = queryset.filter(kind=TransferKind.EQUIPMENT, deal_status__in=IN_THE_REGISTER, negated=False)
    return rows.order_by("slug").iterator(CHUNK_SIZE)


def party(deal: Any, side: str) -> str:
    """A supplier or recipient by name; one star marks an armed group, two an international organisation."""
    country, actor = getattr(deal, side), getattr(deal, f"{side}_actor")
    if country:
        return str(country.name)
    if actor is None:
        return f"unknown {side}(s)"
    stars = {"armed_group": "*", "international_organisation": "**"}.get(actor.kind, "")
    return f"{actor.name}{stars}"


def years(day: FuzzyDate | str) -> tuple[str, bool]:
    """The years of a date, and whether they are doubtful: one, several that are named, or the first and the last."""
    if not day:
        return "", False
    listed = re.findall(r"(?<![\d-])\d{4}", str(day)) if "," in str(day) else []
    if str(day).startswith("{") and listed:
        return "; ".join(listed), False
    known = FuzzyDate(day)
    ends = [bound.year for bound in (known.earliest, known.latest) if bound]
    if not re.search(r"[?~%X\[]", str(day)) and len(set(ends)) == 1:
        return str(ends[0]), False
    stated = re.findall(r"\d{4}", str(day))
    if "/" in str(day):
        return "-".join(dict.fromkeys(stated)), bool(re.search(r"[?~%]", str(day)))
    return (stated[0] if stated else ""), True


def number(deal: Any, name: str) -> tuple[str, bool]:
    """A number, and whether it is an estimate; of one that lies between two the lower, as one."""
    figure = getattr(deal, name)
    known = figure.low if figure.low is not None else figure.high
    if known is None:
        return "", False
    return without_zeros(known), figure.qualifier != Qualifier.EXACT or figure.low != figure.high


def points(value: Any) -> str:
    """Trend-indicator values, in millions."""
    return "" if value is None else without_zeros(value)


def mark(is_doubtful: bool) -> str:
    """SIPRI's mark of what is uncertain."""
    return "?" if is_doubtful else ""


def yes(holds: bool) -> str:
    """Yes or no."""
    return "Yes" if holds else "No"


def classic(queryset: QuerySet, base_url: str) -> Iterator[Row]:
    """The rows of SIPRI's register as it was exported until 2024."""
    for deal in deals(queryset):
        ordered, delivered = number(deal, "number_ordered"), number(deal, "number_delivered")
        order, delivery = years(deal.ordered_on), years(deal.delivered_on)
        yield (
            *(party(deal, "recipient"), party(deal, "supplier"), order[0], mark(order[1])),
            *(ordered[0], mark(ordered[1]), deal.designation, deal.description, delivered[0], mark(delivered[1])),
            *(f"{delivery[0]}{mark(delivery[1])}", STATUSES[deal.condition], deal.note),
            *(points(deal.tiv_per_unit), points(deal.tiv_ordered), points(deal.tiv_delivered)),
            *back(deal, base_url),
        )


def since_2025(queryset: QuerySet, base_url: str) -> Iterator[Row]:
    """The rows of SIPRI's register as it is exported since 2025, one for each deal and not for each of its years."""
    for deal in deals(queryset):
        delivered = number(deal, "number_delivered")
        order, delivery = years(deal.ordered_on), years(deal.delivered_on)
        category = ArmamentCategory(deal.category).label if deal.category else ""
        yield (
            *(deal.slug, party(deal, "supplier"), party(deal, "recipient"), deal.designation, deal.description),
            *(CATEGORIES.get(deal.category, category), order[0], yes(order[1])),
            *(delivered[0], yes(delivered[1]), delivery[0], yes(delivery[1]), STATUSES[deal.condition]),
            *(points(deal.tiv_per_unit), points(deal.tiv_per_unit), points(deal.tiv_delivered)),
            yes(deal.licence_production),
            *back(deal, base_url),
        )


# PLOVER's events

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
    column("dyad_date", "fuzzy date", "The date (EDTF), of which the Event Date is the earliest day."),
    column("dyad_date_latest", "day", "The latest day that it may mean."),
)


def plover_of(kind: str, role: str) -> tuple[str, str, str]:
    """The event, mode and contexts of a kind; where it may be one of several only what these have in common."""
    if role in VOTES_AS:
        return VOTES_AS[Role(role)], "", "diplomatic"
    found = [match.groupdict() for term in EventKind(kind).plover.split(" or ") if (match := TERM.fullmatch(term))]
    common = [{term[part] or "" for term in found} for part in ("type", "mode", "contexts")]
    event, mode, contexts = (values.pop() if len(values) == 1 else "" for values in common)
    return event, mode if event else "", contexts.replace(", ", ";")


def plover(queryset: QuerySet, base_url: str) -> Iterator[Row]:
    """A row for each event and each pair of who did it and to whom; of what is said to have happened."""
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
                    *back(event, base_url),
                )


def sides(participation: Any, day: date | None, codes: Codes) -> Row:
    """A party by name, by the country it is or is of, and by the number of that."""
    if participation is None:
        return "", "", ""
    actor = participation.actor
    code = participation.country_id or (actor and actor.country_id) or ""
    return participation.party, code, codes.of(code, CodeScheme.COW, day.year) if code and day else ""


# The Correlates of War's Diplomatic Exchange

RANKS = {
    LevelOfRepresentation.NONE: "0",
    LevelOfRepresentation.CHARGE: "1",
    LevelOfRepresentation.MINISTER: "2",
    LevelOfRepresentation.AMBASSADOR: "3",
}
RANKS_OF_HEADS = {HeadRank.CHARGE: "1", HeadRank.MINISTER: "2", HeadRank.AMBASSADOR: "3"}
NO_EVIDENCE, OTHER_RANK = "0", "9"
DIPLOMATIC = (MissionKind.EMBASSY, MissionKind.LEGATION, MissionKind.HIGH_COMMISSION, MissionKind.INTERESTS_SECTION)
STANDS = (Verdict.ON, Verdict.POSSIBLY)
EXCHANGE = (
    *named("ccode1", "ccode2", "year", "DR_at_1", "DR_at_2", "DE", "version"),
    column("dyad_relation", "code", "Both codes here: those of the two sides."),
    column("dyad_verdict_at_1", "term", "How DR_at_1 stands to that day.", Verdict),
    column("dyad_verdict_at_2", "term", "How DR_at_2 stands to that day.", Verdict),
)


def exchange(relations: QuerySet, days: list[date]) -> Iterator[Row]:
    """A row for each dyad and year: `DR_at_1` is the rank of the representative of the second side at the first."""
    codes = Codes()
    numbered = CountryCode.objects.filter(scheme=CodeScheme.COW).values("country")
    both = relations.filter(country_a__in=numbered, country_b__in=numbered)
    for status in statuses(both.iterator(), days, [Track.LEVEL], states(), with_missions=True):
        day = status.day
        one, two = status.relation.natural_key()
        numbers = [codes.of(code, CodeScheme.COW, day.year) for code in (one, two)]
        if not all(numbers):
            continue
        at_sides = [rank_of(status, two), rank_of(status, one)]
        (first, at_1), (second, at_2) = sorted(zip(map(int, numbers), at_sides, strict=True))
        is_exchange = (at_1.code, at_2.code) != (NO_EVIDENCE, NO_EVIDENCE)
        yield (
            *(str(first), str(second), str(day.year), at_1.code, at_2.code, str(int(is_exchange)), ""),
            *(status.relation.code, at_1.verdict, at_2.verdict),
        )


class Rank(NamedTuple):
    """The rank of a representative as the Diplomatic Exchange codes it, and how it stands to the day."""

    code: str
    verdict: str


def rank_of(status: RelationStatus, sender: str) -> Rank:
    """The rank of the representative of a side, by the level that is stated, else by its missions."""
    level = next(answer for answer in status.answers if answer.holder and answer.holder.pk == sender)
    posts = [answer for answer in status.missions if sends(answer, sender)]
    for answer in [level, *posts]:
        if answer.verdict in STANDS and answer.records:
            return Rank(rank(answer.records[0]), str(answer.verdict))
    return Rank(NO_EVIDENCE, str(level.verdict))


def sends(answer: Answer, sender: str) -> bool:
    """Whether a mission is a diplomatic one of that country."""
    (post,) = answer.records
    return post.sending_id == sender and post.kind in DIPLOMATIC  # type: ignore[attr-defined]


def rank(record: Any) -> str:
    """A level, or the rank of the head of a mission, as that register has it."""
    if hasattr(record, "head_rank"):
        return RANKS_OF_HEADS.get(record.head_rank, OTHER_RANK)
    return RANKS.get(record.value, OTHER_RANK)


LAYOUTS = (
    Layout(
        "sipri",
        "SIPRI's register of arms transfers, as it was exported until 2024",
        str(ArmsTransfer.collection),
        named(*CLASSIC) + BACK,
        classic,
    ),
    Layout(
        "sipri-2025",
        "SIPRI's register of arms transfers, as it is exported since 2025",
        str(ArmsTransfer.collection),
        named(*SINCE_2025) + BACK,
        since_2025,
    ),
    Layout("plover", "PLOVER's events", str(Event.collection), named(*PLOVER_NAMES) + OF_DATES + BACK, plover),
)
