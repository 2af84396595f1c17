"""The page of one record: every field, its evidence, and links both ways."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.generic import DetailView

from relations import addresses
from relations.exchange.columns import collection_of
from relations.models import ArmsTransfer, Event, Mission, Observation, Relation, RelationPeriod
from relations.views.base import StrictView
from relations.views.evidence import Evidence, evidence


class PublicDetail(StrictView, DetailView):
    """One row of `queryset` by its public address: 301 where it has moved, 410 where it is gone, 404 where none was."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.outcome = self.resolve(self.get_queryset())
        if isinstance(self.outcome, addresses.Moved):
            query = request.META.get("QUERY_STRING", "")
            path = self.outcome.to.get_absolute_url()
            return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
        if isinstance(self.outcome, addresses.Gone):
            return render(request, "410.html", {"address": self.outcome.address}, status=410)
        return super().get(request, *args, **kwargs)

    def resolve(self, queryset: QuerySet) -> addresses.Outcome:
        """What the parts of the address name."""
        return addresses.resolve(collection_of(queryset.model), self.kwargs["key"], queryset)

    def get_object(self, queryset: QuerySet | None = None) -> Any:
        if isinstance(self.outcome, addresses.Found):
            return self.outcome.object
        raise Http404


class CitedDetail(PublicDetail):
    """A record or thing, with the citations that are for it."""

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().prefetch_related(evidence())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(evidence=Evidence(self.object), **kwargs)


class RecordDetail(CitedDetail):
    """A record, its evidence, and the relations of its parties."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        codes = self.object.sides()
        relations = Relation.objects.public().filter(country_a__in=codes, country_b__in=codes)
        return super().get_context_data(relations=relations.with_shown(), **kwargs)


class RelationPeriodDetail(RecordDetail):
    """A state of affairs."""

    queryset = RelationPeriod.objects.published().with_shown().with_ends()


class MissionDetail(RecordDetail):
    """An accreditation."""

    queryset = Mission.objects.published().with_shown()


class EventDetail(RecordDetail):
    """Something that happened."""

    queryset = (
        Event.objects.published()
        .with_parties()
        .prefetch_related(
            "figures",
            Prefetch("arms_transfers", ArmsTransfer.objects.published().with_shown().in_order(), to_attr="transfers"),
        )
    )


class ArmsTransferDetail(RecordDetail):
    """A deal."""

    queryset = (
        ArmsTransfer.objects.published()
        .with_shown()
        .prefetch_related(
            Prefetch("event", Event.objects.published()),
            Prefetch("possibly_same_as", ArmsTransfer.objects.published().with_shown()),
            Prefetch("possible_doubles", ArmsTransfer.objects.published().with_shown().in_order(), to_attr="doubles"),
        )
    )


class ObservationDetail(RecordDetail):
    """A figure."""

    queryset = Observation.objects.published().with_shown()
