"""The pages of countries, dyads, actors, sources and passages: what is published about each."""

from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.text import capfirst

from relations import addresses
from relations.chronology import chronology
from relations.models import (
    RECORD_TYPES,
    Actor,
    ArmsTransfer,
    Country,
    Mission,
    Observation,
    Passage,
    Relation,
    RelationPeriod,
    Source,
)
from relations.models.vocabularies import Track
from relations.parameters import DayField, StrictForm
from relations.status import missions_on, status_on
from relations.views.base import counts
from relations.views.charts import coverage_bar, timeline
from relations.views.evidence import evidence, published_citations
from relations.views.records import CitedDetail, PublicDetail

LATEST = 30
DESCRIBED = (
    *("container_title", "publisher", "publisher_place", "volume", "issue", "page", "edition", "language"),
    *("doi", "isbn"),
)


class CountryDetail(CitedDetail):
    """A country: what it is, its relations, its missions, and all that is told of it."""

    queryset = Country.objects.public().prefetch_related("codes")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        country = self.object
        of_it: dict[Any, Any] = {
            model: model._default_manager.published().involving(country.code)  # type: ignore[attr-defined]
            for model in RECORD_TYPES
        }
        public = Country.objects.public()
        return super().get_context_data(
            successors=public.filter(pk__in=country.successors.values("pk")),
            predecessors=public.filter(pk__in=country.predecessors.values("pk")),
            actors=Actor.objects.public().filter(country=country),
            relations=Relation.objects.public().involving(country.code).with_shown(),
            missions=of_it[Mission].with_shown().in_order(),
            counts=counts(of_it),
            chronology=chronology(country=country.code, size=LATEST),
            **kwargs,
        )


class AsOfForm(StrictForm):
    """The day on which the status of a relation is asked for."""

    as_of = DayField("On the day")


class RelationDetail(CitedDetail):
    """A dyad: its states of affairs, its status on a day, its missions, deals, figures and chronology."""

    queryset = Relation.objects.public().with_shown()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        relation = self.object
        form = AsOfForm(self.request.GET)
        day = form.check()["as_of"]
        pair = a, b = relation.country_a_id, relation.country_b_id
        periods = list(
            RelationPeriod.objects.published()
            .with_shown()
            .filter(relation=relation)
            .with_ends()
            .in_order()
            .prefetch_related(evidence())
        )
        missions = list(Mission.objects.published().with_shown().involving(*pair).with_ends().in_order())
        transfers = list(ArmsTransfer.objects.published().with_shown().involving(*pair).in_order())
        return super().get_context_data(
            form=form,
            status=self.status(relation, day) if day else None,
            tracks=[
                (track, [period for period in periods if period.track == track])
                for track in Track
                if any(period.track == track for period in periods)
            ],
            timeline=timeline(periods, missions),
            missions=missions,
            directions=directions(relation, transfers),
            observations=Observation.objects.published().with_shown().involving(*pair).in_order(),
            chronology=chronology(country=a, partner=b, size=LATEST),
            **kwargs,
        )

    def status(self, relation: Relation, day: date) -> dict[str, Any]:
        """What is known of every track and mission on that day."""
        missions = missions_on(relation.country_a_id, relation.country_b_id, day)
        return {"day": day, "answers": status_on(relation, day).answers, "missions": missions}


def directions(relation: Relation, transfers: list[ArmsTransfer]) -> list[tuple[str, list[ArmsTransfer]]]:
    """The deals of a dyad by their direction; those in which one of the two only lets pass come last."""
    a, b = relation.country_a, relation.country_b
    there, back, through = [], [], []
    for transfer in transfers:
        received = transfer.recipient_id or (transfer.recipient_actor and transfer.recipient_actor.country_id)
        if (transfer.supplier_id, received) == (a.pk, b.pk):
            there.append(transfer)
        elif (transfer.supplier_id, received) == (b.pk, a.pk):
            back.append(transfer)
        else:
            through.append(transfer)
    named_directions = [
        (f"{a} to {b}", there),
        (f"{b} to {a}", back),
        ("Of one of them, passing through the other", through),
    ]
    return [(name, deals) for name, deals in named_directions if deals]


class ActorDetail(CitedDetail):
    """An actor: who it is, and its part in what is told."""

    queryset = Actor.objects.public().with_shown()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(chronology=chronology(actor=self.object, size=LATEST), **kwargs)


def with_evidence(passages: QuerySet) -> QuerySet:
    """Sentences with how far each is coded, and with what is public of all that it is evidence for."""
    citations = Prefetch("citations", published_citations().order_by("id"), to_attr="evidence_for")
    return passages.with_coverage(published_citations()).prefetch_related(citations)  # type: ignore[attr-defined]


class SourceDetail(PublicDetail):
    """A document: how it is described, how far it is coded, and what each of its sentences is evidence for."""

    queryset = Source.objects.public()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        source = self.object
        of_it = with_evidence(source.passages.order_by("position"))
        passages = list(of_it.select_related("loaded") if source.text_is_public else of_it)
        return super().get_context_data(
            sections=[(name, list(group)) for name, group in groupby(passages, lambda passage: passage.section)],
            coverage=coverage_bar(passages),
            passage_count=len(passages),
            located=published_citations().filter(source=source, passage=None).order_by("locator", "field", "id"),
            description=[
                (capfirst(source._meta.get_field(name).verbose_name), value)
                for name in DESCRIBED
                if (value := getattr(source, name))
            ],
            **kwargs,
        )


class PassageDetail(PublicDetail):
    """A sentence: its digest, and what it is evidence for."""

    queryset = with_evidence(Passage.objects.select_related("source"))

    def resolve(self, queryset: QuerySet) -> addresses.Outcome:
        return addresses.resolve_passage(self.kwargs["key"], self.kwargs["ref"], queryset)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        passages = self.object.source.passages.order_by("position")
        return super().get_context_data(
            previous=passages.filter(position__lt=self.object.position).last(),
            next=passages.filter(position__gt=self.object.position).first(),
            **kwargs,
        )
