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
    """The day on which status is asked for."""

    as_of = DayField("On the day")
    template = "relations/parts/day.html"

    @property
    def understood(self) -> str:
        """The day that is understood, where that is not what was typed."""
        typed = self.data.get("as_of", "")
        words = self.in_words("as_of", typed) if typed and self.is_valid() else ""
        return "" if words == typed else words


class PublicDetail(StrictView, DetailView):
    """One row of `queryset` by its public address: 301 where it has moved, 410 where it is gone, 404 where none was.

    What stands behind the address is what `form_class` takes.
    """

    below = ""  # what stands in its address below that of the row
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
        """What stands at the address: the page of the row."""
        return super().get(request)

    def resolve(self) -> addresses.Outcome:
        """What the parts of the address name."""
        page: Any = type(self)
        find = finder_of(page, self.queryset)
        return addresses.resolve(collection_of(self.get_queryset().model), self.kwargs["key"], find)

    def get_object(self, queryset: QuerySet | None = None) -> Any:
        if isinstance(self.outcome, addresses.Found):
            return self.outcome.object
        raise Http404


@cache
def finder_of(page: type[PublicDetail], rows: QuerySet) -> planned:
    """Finds what a page is of among some rows, with all that it shows of it."""
    return addresses.finder(page(queryset=rows).get_queryset())


class ReferencedDetail(PublicDetail):
    """A row whose page says how it is cited; in a format of references the answer is that alone."""

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
        """How the page of the row is cited."""
        return Reference(thing, self.request.build_absolute_uri(thing.get_absolute_url()))


class CitedDetail(ReferencedDetail):
    """A record or thing, with the citations that are for it."""

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().prefetch_related(evidence())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(evidence=Evidence(self.object), **kwargs)


class RecordDetail(CitedDetail):
    """A record, its evidence, and the relations of its parties."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(relations=self.relations(), note=with_links(self.object.note), **kwargs)

    def relations(self) -> list[Relation]:
        """The public relations of its parties."""
        return relations_among([*self.object.sides()])


@planned
def relations_among(codes: Any) -> QuerySet:
    """The public dyads of which both sides are among some countries."""
    return Relation.objects.public().filter(country_a__among=codes, country_b__among=codes).with_shown()


class DoubtfulDetail(RecordDetail):
    """A record, and others that may tell of the same."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        model: Any = type(self.object)
        doubles = doubles_of(model)(self.object.pk, self.object.possibly_same_as_id)
        read_hedges([*doubles, *self.records_in_it()])
        return super().get_context_data(doubles=doubles, **kwargs)

    def records_in_it(self) -> list[Any]:
        """Records that are told in a line each because they are a part of it."""
        return []


@cache
def doubles_of(model: Any) -> planned:
    """Finds what is published of a type and may tell of the same as one of its records."""
    published = model._default_manager.published().with_shown()
    return planned(lambda key, named: published.possibly_same_as(key, named).in_order())


class RelationPeriodDetail(RecordDetail):
    """A state of affairs."""

    queryset = RelationPeriod.objects.published().with_shown().with_ends()

    def relations(self) -> list[Relation]:
        """None beside its own, to which its page leads anyway."""
        return []


class MissionDetail(RecordDetail):
    """An accreditation."""

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
    """Something that happened."""

    queryset = (
        Event.objects.published()
        .with_parties()
        .prefetch_related(
            "figures",
            Prefetch("arms_transfers", ArmsTransfer.objects.published().with_shown().in_order(), to_attr="transfers"),
        )
    )

    def records_in_it(self) -> list[Any]:
        """The deals of which the arms were seized, shown or used in it."""
        return self.object.transfers


class ArmsTransferDetail(DoubtfulDetail):
    """A deal."""

    queryset = (
        ArmsTransfer.objects.published()
        .with_shown()
        .with_parties()
        .prefetch_related(Prefetch("event", Event.objects.published()))
    )


class ObservationDetail(RecordDetail):
    """A figure."""

    queryset = Observation.objects.published().with_shown()
