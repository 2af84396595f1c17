"""What a dossier says about a record in addition to its title or sentence: facts, hedges, doubles and notes."""

from collections.abc import Iterable
from decimal import Decimal
from functools import singledispatch
from typing import Any

from relations.dates import FuzzyDate
from relations.models import ArmsTransfer, Event, Mission, Observation
from relations.models.figure import without_zeros
from relations.models.vocabularies import Condition, DealStatus, Measure, ValueKind
from relations.phrasing import hedges
from relations.prepared import prefetched
from relations.wording import heading


def more(record: Any) -> str:
    """All further facts of a record, as sentences to append to its title or sentence."""
    hedged = (f"{name}, {modality.label.lower()}" for name, modality in hedges(record))
    doubles = [*filter(None, [getattr(record, "possibly_same_as", None)]), *getattr(record, "doubled_by", ())]
    said = {"Why": getattr(record, "reason", ""), "Put in another way": "; ".join(hedged), "Note": record.note}
    return sentences(
        [
            *facts(record),
            *(f"{label}: {words}" for label, words in said.items() if words),
            *(f"Possibly the same as: {heading(double)}" for double in doubles),
        ]
    )


def sentences(said: Iterable[str]) -> str:
    """Joins texts as sentences, with a space before and a full stop after each where needed; skips empty ones."""
    return "".join(f" {words if words[-1] in '.?!…' else f'{words}.'}" for words in said if words)


@singledispatch
def facts(record: Any) -> Iterable[str]:
    """Facts that the title or sentence of a record leaves out, by type; none by default."""
    return ()


@facts.register
def _(mission: Mission) -> Iterable[str]:
    yield f"Rank of its head: {mission.get_head_rank_display().lower()}" if mission.head_rank else ""


@facts.register
def _(event: Event) -> Iterable[str]:
    yield event.summary
    yield f"Who: {', '.join(map(str, prefetched(event, 'participations')))}"
    yield f"Where: {event.place}" if event.place else ""
    yield "; ".join(
        f"{measured(Measure.named(figure.measure), figure.of)}: {figure.figure}"
        for figure in prefetched(event, "figures")
    )


@facts.register
def _(observation: Observation) -> Iterable[str]:
    yield str(observation.figure)
    yield f"Reported by {observation.reporter}" if observation.reporter else ""


@facts.register
def _(deal: ArmsTransfer) -> Iterable[str]:
    denied, status = "not " if deal.negated else "", DealStatus.named(deal.deal_status).lower()
    if deal.ordered_on and deal.delivered_on:
        delivered = f"delivered {FuzzyDate(deal.delivered_on).spoken}"
        status = delivered if deal.deal_status == DealStatus.DELIVERED else f"{status}; {denied}{delivered}"
    figures = {
        "number ordered": deal.number_ordered,
        "number delivered": deal.number_delivered,
        measured("value", ValueKind.named(deal.value_kind).lower()): deal.value,
        "TIV per unit": points(deal.tiv_per_unit),
        "TIV of the order": points(deal.tiv_ordered),
        "TIV delivered": points(deal.tiv_delivered),
    }
    stated = {
        "description": deal.description if deal.designation else "",
        "condition": Condition.named(deal.condition).lower(),
        "passed through": deal.transit_country,
    }
    said = [f"{label}: {words}" for label, words in (figures | stated).items() if words]
    licence = "made by the recipient under a licence of the supplier" if deal.licence_production else ""
    yield "; ".join(filter(None, [denied + status, *said, licence]))
    parties = ", ".join(map(str, deal.deal_parties.all()))
    yield f"Participants: {parties}" if parties else ""
    yield f"Seized, shown or used in: {heading(deal.event)}" if deal.event else ""


def points(tiv: Decimal | None) -> str:
    """A SIPRI trend-indicator value, in millions of points; empty if None."""
    return "" if tiv is None else without_zeros(tiv)


def measured(what: str, of: str) -> str:
    """What a figure measures, and of what: “persons (pilots)”, “value (down payment)”."""
    return f"{what} ({of})" if of else what
