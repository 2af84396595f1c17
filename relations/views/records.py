"""The page of one record: every field, its evidence, and links both ways."""

from functools import cache
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.generic import DetailView

from relations import addresses
from relations.exchange.columns import collection_of
from relations.models import ArmsTransfer, Event, Mission, Observation, Relation, RelationPeriod
from relations.models.citation import evidence
from relations.parameters import DayField, StrictForm
from relations.phrasing import read_hedges
from relations.prepared import planned
from relations.views.base import NoParameters, StrictView
from relations.views.evidence import Evidence
from relations.views.formats import Format
from relations.views.mentions import with_links
from relations.views.references import Reference


class AsOfForm(StrictForm):
    """The parameter of pages that show status on a day."""

    as_of = DayField("On the day")
    template = "relations/parts/day.html"

    @property
    def understood(self) -> str:
        """The day in words, if they differ from what was typed; else empty."""
        typed = self.data.get("as_of", "")
        words = self.in_words("as_of", typed) if typed and self.is_valid() else ""
        return "" if words == typed else words


class PublicDetail(StrictView, DetailView):
    """One row of `queryset` by its public address: 301 if it has moved, 410 if it is gone, 404 if there never was one.

    `form_class` validates the parameters.
    """

    below = ""  # the rest of the path, after the address of the row
    form_class: type[StrictForm] = NoParameters

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.outcome = self.resolve()
        if isinstance(self.outcome, addresses.Moved):
            query = request.META.get("QUERY_STRING", "")
            path = self.outcome.to.get_absolute_url() + self.below
            return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
        if isinstance(self.outcome, addresses.Gone):
            return render(request, "410.html", {"address": self.outcome.address}, status=410)
        self.form = self.form_class(request.GET)
        self.form.check()
        return self.answer(request)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The response if the row was found: its page."""
        return super().get(request)

    def resolve(self) -> addresses.Outcome:
        """Looks the row up by the arguments of the URL."""
        page: Any = type(self)
        find = finder_of(page, self.queryset)
        return addresses.resolve(collection_of(self.get_queryset().model), self.kwargs["key"], find)

    def get_object(self, queryset: QuerySet | None = None) -> Any:
        if isinstance(self.outcome, addresses.Found):
            return self.outcome.object
        raise Http404


@cache
def finder_of(page: type[PublicDetail], rows: QuerySet) -> planned:
    """The planned query that finds the row of a page by its key, with everything the page prefetches."""
    return addresses.finder(page(queryset=rows).get_queryset())


class ReferencedDetail(PublicDetail):
    """A row whose page shows a reference for citing it; a view with `cited_in` responds with that alone, as a file."""

    cited_in: Format | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.cited_in:
            self.below = f"cite.{self.cited_in.ending}"

    def answer(self, request: HttpRequest) -> HttpResponse:
        if self.cited_in is None:
            return super().answer(request)
        item = self.reference(self.get_object()).item
        return HttpResponse(self.cited_in.write(item), content_type=self.cited_in.content_type)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(reference=self.reference(self.object), **kwargs)

    def reference(self, thing: Any) -> Reference:
        """The reference for citing the page of the row."""
        return Reference(thing, self.request.build_absolute_uri(thing.get_absolute_url()))


class CitedDetail(ReferencedDetail):
    """A record or thing with its citations."""

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().prefetch_related(evidence())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(evidence=Evidence(self.object), **kwargs)


class RecordDetail(CitedDetail):
    """A record with its evidence and the relations between its parties."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(relations=self.relations(), note=with_links(self.object.note), **kwargs)

    def relations(self) -> list[Relation]:
        """The public relations between its parties."""
        return relations_among([*self.object.sides()])


@planned
def relations_among(codes: Any) -> QuerySet:
    """The public dyads between the countries with these codes."""
    return Relation.objects.public().filter(country_a__among=codes, country_b__among=codes).with_shown()


class DoubtfulDetail(RecordDetail):
    """A record with others that may describe the same event or deal (`possibly_same_as`)."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        model: Any = type(self.object)
        doubles = doubles_of(model)(self.object.pk, self.object.possibly_same_as_id)
        read_hedges([*doubles, *self.records_in_it()])
        return super().get_context_data(doubles=doubles, **kwargs)

    def records_in_it(self) -> list[Any]:
        """Related records that the page lists, for which hedges must be read."""
        return []


@cache
def doubles_of(model: Any) -> planned:
    """A planned query for the published records that may describe the same as one of the same type."""
    published = model._default_manager.published().with_shown()
    return planned(lambda key, named: published.possibly_same_as(key, named).in_order())


class RelationPeriodDetail(RecordDetail):
    """A period: a state of affairs between two states."""

    queryset = RelationPeriod.objects.published().with_shown().with_ends()

    def relations(self) -> list[Relation]:
        """An empty list: the page links to the relation of the period anyway."""
        return []


class MissionDetail(RecordDetail):
    """A mission."""

    queryset = (
        Mission.objects.published()
        .with_shown()
        .with_ends()
        .prefetch_related(
            Prefetch("reopens", Mission.objects.published().with_shown().with_hedges()),
            Prefetch(
                "reopened_as",
                Mission.objects.published().with_shown().with_hedges().in_order(),
                to_attr="reopenings",
            ),
        )
    )


class EventDetail(DoubtfulDetail):
    """An event."""

    queryset = (
        Event.objects.published()
        .with_parties()
        .prefetch_related(
            "figures",
            Prefetch("arms_transfers", ArmsTransfer.objects.published().with_shown().in_order(), to_attr="transfers"),
        )
    )

    def records_in_it(self) -> list[Any]:
        """The deals whose arms were seized, shown or used in the event."""
        return self.object.transfers


class ArmsTransferDetail(DoubtfulDetail):
    """An arms transfer."""

    queryset = (
        ArmsTransfer.objects.published()
        .with_shown()
        .with_parties()
        .prefetch_related(Prefetch("event", Event.objects.published()))
    )


class ObservationDetail(RecordDetail):
    """An observation: a figure about a pair of states."""

    queryset = Observation.objects.published().with_shown()
