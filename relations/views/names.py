"""What the lines and headings of records show, read together with them, so that no template asks for more."""

from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from relations.models import (
    ArmsTransfer,
    Event,
    EventFigure,
    Mission,
    Observation,
    Participation,
    Record,
    RelationPeriod,
)

COUNTRIES: dict[type[Record], tuple[str, ...]] = {
    RelationPeriod: ("relation__country_a", "relation__country_b", "held_by"),
    Mission: ("sending", "accredited_to", "host_country"),
    ArmsTransfer: ("supplier", "recipient", "recipient_actor", "transit_country"),
    Observation: ("from_country", "to_country"),
}
PARTICIPATIONS = Prefetch("participations", Participation.objects.select_related("country", "actor"))
FIGURES = Prefetch("figures", EventFigure.objects.all())


def codes_of(record: Any) -> set[str]:
    """The countries that a record names as its parties, an actor's country among them."""
    parties: list[Any] = []
    if isinstance(record, Event):
        for part in record.participations.all():
            parties += [part.country_id, part.actor and part.actor.country_id]
    elif isinstance(record, RelationPeriod):
        parties += [record.relation.country_a_id, record.relation.country_b_id]
    elif isinstance(record, Mission):
        parties += [record.sending_id, record.accredited_to_id]
    elif isinstance(record, ArmsTransfer):
        actor = record.recipient_actor
        parties += [record.supplier_id, record.recipient_id, actor and actor.country_id]
    else:
        parties += [record.from_country_id, record.to_country_id]
    return {code for code in parties if code}


def counts(records_of: dict[Any, Any]) -> list[dict[str, Any]]:
    """How many records of each type there are, with the address of their list."""
    return [
        {
            "number": number,
            "name": model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural,
            "url": reverse(f"{model._meta.model_name}-list"),
        }
        for model, records in records_of.items()
        for number in [records.count()]
    ]


def named(model: type[Record]) -> Any:
    """The published records of a type, with what their lines show."""
    records: Any = model._default_manager
    if model is Event:
        return records.published().prefetch_related(PARTICIPATIONS)
    return records.published().select_related(*COUNTRIES[model])
