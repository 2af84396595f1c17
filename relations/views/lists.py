"""The lists: filtered, page by page, and as files."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.views.generic import ListView

from relations import filters
from relations.exchange.exports import base_address, csv_response
from relations.models import (
    Actor,
    ArmsTransfer,
    Country,
    Event,
    Mission,
    Observation,
    Relation,
    RelationPeriod,
    Source,
)
from relations.views.base import StrictView
from relations.views.links import address, chips, given, paging, tidy


class FilteredList(StrictView, ListView):
    """The rows of `queryset` that `form_class` keeps, page by page; as a file, all of them."""

    form_class: type[filters.ListForm]
    heading = ""  # what the model is called, unless said otherwise
    is_file = False
    context_object_name = "rows"
    object_list: QuerySet

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.form = self.form_class(request.GET, is_file=self.is_file)
        self.form.check()
        if self.is_file:
            return csv_response(self.get_queryset().prefetch_related(None), base_url=base_address(request))
        if tidied := tidy(request, usual=("sort", self.form.fields["sort"].initial)):
            return HttpResponseRedirect(tidied)
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        return self.form.apply(super().get_queryset())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        model = self.object_list.model
        values = self.form.cleaned_data
        page = values["sort"].page(self.object_list, values["after"], values["size"])
        return super().get_context_data(
            object_list=page.rows,
            count=self.object_list.count(),
            heading=self.heading or capfirst(model._meta.verbose_name_plural),
            about=model._meta,
            form=self.form,
            chips=chips(self.request, self.form),
            file=address(reverse(f"{model._meta.model_name}-csv"), given(self.request, without=("after", "size"))),
            **paging(self.request, page.next),
        )


class CountryList(FilteredList):
    """Countries that something published names."""

    queryset = Country.objects.public()
    form_class = filters.CountryForm


class ActorList(FilteredList):
    """Actors that something published names."""

    queryset = Actor.objects.public().with_shown()
    form_class = filters.ActorForm


class RelationList(FilteredList):
    """Dyads about which something is published."""

    queryset = Relation.objects.public().with_shown()
    form_class = filters.RelationForm


class SourceList(FilteredList):
    """Documents that are evidence for something public."""

    queryset = Source.objects.public()
    form_class = filters.SourceForm


class RelationPeriodList(FilteredList):
    """States of affairs."""

    queryset = RelationPeriod.objects.published().with_shown()
    form_class = filters.RelationPeriodForm
    heading = "Periods"


class MissionList(FilteredList):
    """Accreditations."""

    queryset = Mission.objects.published().with_shown()
    form_class = filters.MissionForm


class EventList(FilteredList):
    """Things that happened."""

    queryset = Event.objects.published().with_parties()
    form_class = filters.EventForm


class ArmsTransferList(FilteredList):
    """Deals in arms."""

    queryset = ArmsTransfer.objects.published().with_shown()
    form_class = filters.ArmsTransferForm


class ObservationList(FilteredList):
    """Figures about pairs."""

    queryset = Observation.objects.published().with_shown()
    form_class = filters.ObservationForm
