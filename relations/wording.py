"""What a record is called in a heading, in words of the field."""

from functools import singledispatch
from typing import Any

from django.utils.text import capfirst

from relations.models import ArmsTransfer, Country, Mission, Observation, Relation, RelationPeriod
from relations.models.vocabularies import ONE_SIDED_TRACKS, OPEN_TRACKS


@singledispatch
def title(thing: Any) -> str:
    """The name of a record or thing on a page of its own or among others."""
    return str(thing)


@title.register
def _(relation: Relation) -> str:
    return f"{relation.country_a} and {relation.country_b}"


@title.register
def _(period: RelationPeriod) -> str:
    value = period.get_value_display()
    if period.track in (*OPEN_TRACKS, *ONE_SIDED_TRACKS):
        sides = (period.relation.country_a, period.relation.country_b)
        other = next((side for side in sides if period.held_by_id and side.pk != period.held_by_id), None)
        who = f"{period.held_by} towards {other}" if period.held_by else title(period.relation)
    else:
        who = title(period.relation)
    words = f"{who}: {period.get_track_display().lower()}, {value.lower()}"
    return f"{words} – {period.subject}" if period.subject else words


@title.register
def _(mission: Mission) -> str:
    return f"{mission.get_kind_display()} of {mission.sending} to {mission.accredited_to}"


@title.register
def _(transfer: ArmsTransfer) -> str:
    what = transfer.designation or transfer.description or transfer.get_category_display()
    return f"{capfirst(what)}, {transfer.supplier} to {recipient(transfer)}"


@title.register
def _(observation: Observation) -> str:
    words = f"{observation.get_indicator_display()}, {observation.from_country} to {observation.to_country}"
    return f"{words} – {observation.subject}" if observation.subject else words


def recipient(transfer: ArmsTransfer) -> str:
    """Who received, or was to, in words."""
    party: Country | Any = transfer.recipient or transfer.recipient_actor or transfer.recipient_named_as
    return str(party or "a recipient that is not stated")
