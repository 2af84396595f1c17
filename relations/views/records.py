"""The page of one record: every field, its evidence, and links both ways."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.shortcuts import render

from relations import addresses
from relations.models import ArmsTransfer, Event, Mission, Observation, Relation, RelationPeriod
from relations.views.base import PublicPage
from relations.views.evidence import Evidence, evidence


class Page(PublicPage):
    """What stands at an address: 200, or 301 where it has moved, 410 where it is gone, 404 where nothing ever stood."""

    collection = ""
    context_object_name = "object"

    def get_queryset(self) -> QuerySet:
        """What is public, with all that the page shows."""
        raise NotImplementedError

    def find(self, **address: str) -> addresses.Outcome:
        """What stands there."""
        return addresses.resolve(self.collection, address["key"], self.get_queryset())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        outcome = self.find(**kwargs)
        if isinstance(outcome, addresses.Moved):
            query = request.META.get("QUERY_STRING", "")
            path = outcome.to.get_absolute_url()
            return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
        if isinstance(outcome, addresses.Gone):
            return render(request, "410.html", {"address": outcome.address}, status=410)
        if isinstance(outcome, addresses.Missing):
            raise Http404
        self.object = outcome.object
        return self.render_to_response({"object": self.object, **self.facts(self.object)})

    def facts(self, thing: Any) -> dict[str, Any]:
        """What the page shows beside the thing itself."""
        return {"evidence": Evidence(thing)}


class RecordPage(Page):
    """A record, its evidence, and the relations of its parties."""

    def facts(self, thing: Any) -> dict[str, Any]:
        codes = thing.sides()
        relations = Relation.objects.public().filter(country_a__in=codes, country_b__in=codes)
        return super().facts(thing) | {"relations": relations.with_shown()}


class RelationPeriodPage(RecordPage):
    """A state of affairs."""

    collection = RelationPeriod.collection.value
    template_name = "relations/relationperiod_detail.html"

    def get_queryset(self) -> QuerySet:
        return RelationPeriod.objects.published().with_shown().with_ends().prefetch_related(evidence())


class MissionPage(RecordPage):
    """An accreditation."""

    collection = Mission.collection.value
    template_name = "relations/mission_detail.html"

    def get_queryset(self) -> QuerySet:
        return Mission.objects.published().with_shown().prefetch_related(evidence())


class EventPage(RecordPage):
    """Something that happened."""

    collection = Event.collection.value
    template_name = "relations/event_detail.html"

    def get_queryset(self) -> QuerySet:
        transfers = Prefetch(
            "arms_transfers", ArmsTransfer.objects.published().with_shown().in_order(), to_attr="transfers"
        )
        return Event.objects.published().with_shown().prefetch_related("figures", transfers, evidence())


class ArmsTransferPage(RecordPage):
    """A deal."""

    collection = ArmsTransfer.collection.value
    template_name = "relations/armstransfer_detail.html"

    def get_queryset(self) -> QuerySet:
        twins = ArmsTransfer.objects.published().with_shown().in_order()
        return (
            ArmsTransfer.objects.published()
            .with_shown()
            .prefetch_related(
                Prefetch("event", Event.objects.published().with_shown()),
                Prefetch("possibly_same_as", twins),
                Prefetch("possible_doubles", twins, to_attr="doubles"),
                evidence(),
            )
        )


class ObservationPage(RecordPage):
    """A figure."""

    collection = Observation.collection.value
    template_name = "relations/observation_detail.html"

    def get_queryset(self) -> QuerySet:
        return Observation.objects.published().with_shown().prefetch_related(evidence())
