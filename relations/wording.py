"""Titles of records and things in English, with hedge and denial where a title stands alone."""

import re
from functools import singledispatch
from typing import Any

from django.utils.text import capfirst

from relations.models import ArmsTransfer, Event, Mission, Observation, Relation, RelationPeriod
from relations.models.figure import PARTS
from relations.models.tracks import ONE_SIDED_TRACKS, OPEN_TRACKS, TRACK_VALUES, Track
from relations.models.vocabularies import ArmamentCategory, Measure, MissionKind, Modality

# Words in a title that express its modality already.
HEDGE_WORDS = {
    Modality.ANNOUNCED: re.compile(r"\b(announc|indicat)", re.IGNORECASE),
    Modality.REPORTED: re.compile(r"\breport(s|ed|edly)?\b", re.IGNORECASE),
    Modality.INFERRED: re.compile(r"\b(inferred|probabl[ey]|suggest(s|ed)?)\b", re.IGNORECASE),
    Modality.ALLEGED: re.compile(r"\balleg", re.IGNORECASE),
    Modality.DISPUTED: re.compile(r"\bdisput", re.IGNORECASE),
}
# The columns that a title is made of: a hedge on one of these is a hedge on the title.
NAMED_BY: dict[Any, tuple[str, ...]] = {
    RelationPeriod: ("relation", "track", "value", "held_by", "subject"),
    Mission: ("kind", "sending", "accredited_to"),
    Event: ("title",),
    ArmsTransfer: (
        *("designation", "description", "category"),
        *("supplier", "supplier_actor", "supplier_named_as"),
        *("recipient", "recipient_actor", "recipient_named_as"),
    ),
    Observation: ("measure", "from_country", "to_country", "subject"),
}
# The first words of the title of a negated record.
DENIALS: dict[type[Any], str] = {
    RelationPeriod: "Was not so",
    Mission: "Did not exist",
    Event: "Did not happen",
    ArmsTransfer: "Did not take place",
    Observation: "Was not so",
}


def heading(thing: Any) -> str:
    """The title of a record or thing with its hedge, for places without the badge of its modality."""
    return led(name(thing), thing)


def led(words: str, thing: Any) -> str:
    """Words prefixed with the hedge and denial of a record: “Reported: …”, “Reported that it did not happen: …”.

    A hedge that the words express themselves is not repeated.
    """
    modality, denied = Modality(getattr(thing, "modality", Modality.ASSERTED)), denial(thing)
    if says(words, modality):
        return f"{denied}: {words}" if denied else words
    return f"{modality.label} that it {denied.lower()}: {words}" if denied else f"{modality.label}: {words}"


def says(words: str, modality: str) -> bool:
    """Whether the words express the hedge of this modality themselves; an assertion has no hedge to express."""
    return modality == Modality.ASSERTED or bool(HEDGE_WORDS[Modality(modality)].search(words))


def title(thing: Any) -> str:
    """The title of a record or thing with its denial, for places where a badge shows its modality."""
    return f"{denial(thing)}: {name(thing)}" if denial(thing) else name(thing)


def denial(thing: Any) -> str:
    """The first words of the title of a negated record; empty for others."""
    return DENIALS[type(thing)] if getattr(thing, "negated", False) else ""


@singledispatch
def name(thing: Any) -> str:
    """The title of a record or thing, without hedge and denial."""
    return str(thing)


@name.register
def _(relation: Relation) -> str:
    return f"{relation.country_a} and {relation.country_b}"


@name.register
def _(period: RelationPeriod) -> str:
    track = Track(period.track)
    value = TRACK_VALUES[track].named(period.value)
    if period.track in (*OPEN_TRACKS, *ONE_SIDED_TRACKS):
        other = period.relation.other_than(period.held_by_id)
        who = f"{period.held_by} towards {other}" if period.held_by else name(period.relation)
    else:
        who = name(period.relation)
    words = f"{who}: {track.label.lower()}, {value.lower()}"
    return f"{words} – {period.subject}" if period.subject else words


@name.register
def _(mission: Mission) -> str:
    words = f"{MissionKind.named(mission.kind)} of {mission.sending} to {mission.accredited_to}"
    return f"{words}, protected by {mission.protecting_power}" if mission.protecting_power else words


@name.register
def _(transfer: ArmsTransfer) -> str:
    what = transfer.designation or transfer.description or ArmamentCategory.named(transfer.category)
    return f"{capfirst(what)}, {party(transfer, 'supplier')} to {party(transfer, 'recipient')}"


@name.register
def _(observation: Observation) -> str:
    words = f"{Measure.named(observation.measure)}, {observation.from_country} to {observation.to_country}"
    return f"{words} – {observation.subject}" if observation.subject else words


def column_label(name: str) -> str:
    """The name of a column in words: “happened on” for `happened_on`, “value” for `value_low`."""
    return re.sub(rf"(?<=.)_({'|'.join(PARTS)})$", "", name).replace("_", " ")


def party(transfer: ArmsTransfer, side: str) -> str:
    """The supplier or recipient of a deal in words."""
    named = getattr(transfer, side) or getattr(transfer, f"{side}_actor") or getattr(transfer, f"{side}_named_as")
    return str(named or f"a {side} that is not stated")
