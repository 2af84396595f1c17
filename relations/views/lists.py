"""The lists: filtered, page by page, and as files."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

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
from relations.views.base import PublicPage
from relations.views.links import address, chips, given, paging, tidy


class FilteredList(PublicPage):
    """A filtered list, page by page; as a file, all of it."""

    model: Any
    form_class: type[filters.ListForm]
    heading = ""
    is_file = False

    def get_queryset(self) -> QuerySet:
        """What is public, with what the lines show."""
        return self.model._default_manager.published().with_shown()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = self.form_class(request.GET, is_file=self.is_file)
        values = form.check()
        rows = form.apply(self.get_queryset())
        if self.is_file:
            return csv_response(rows.prefetch_related(None), base_url=base_address(request))
        if tidied := tidy(request, usual=("sort", form.fields["sort"].initial)):
            return HttpResponseRedirect(tidied)
        page = values["sort"].page(rows, values["after"], values["size"])
        file = address(reverse(f"{self.model._meta.model_name}-csv"), given(request, without=("after", "size")))
        return self.render_to_response(
            {
                "heading": self.heading,
                "about": self.model._meta,
                "form": form,
                "rows": page.rows,
                "count": rows.count(),
                "chips": chips(request, form),
                "file": file,
                **paging(request, page.next),
            }
        )


class CountryList(FilteredList):
    """Countries that something published names."""

    model, form_class, heading = Country, filters.CountryForm, "Countries"
    template_name = "relations/country_list.html"

    def get_queryset(self) -> QuerySet:
        return Country.objects.public()


class ActorList(FilteredList):
    """Actors that something published names."""

    model, form_class, heading = Actor, filters.ActorForm, "Actors"
    template_name = "relations/actor_list.html"

    def get_queryset(self) -> QuerySet:
        return Actor.objects.public().with_shown()


class RelationList(FilteredList):
    """Dyads about which something is published."""

    model, form_class, heading = Relation, filters.RelationForm, "Relations"
    template_name = "relations/relation_list.html"

    def get_queryset(self) -> QuerySet:
        return Relation.objects.public().with_shown()


class SourceList(FilteredList):
    """Documents that are evidence for something public."""

    model, form_class, heading = Source, filters.SourceForm, "Sources"
    template_name = "relations/source_list.html"

    def get_queryset(self) -> QuerySet:
        return Source.objects.public()


class RelationPeriodList(FilteredList):
    """States of affairs."""

    model, form_class, heading = RelationPeriod, filters.RelationPeriodForm, "Periods"
    template_name = "relations/relationperiod_list.html"


class MissionList(FilteredList):
    """Accreditations."""

    model, form_class, heading = Mission, filters.MissionForm, "Missions"
    template_name = "relations/mission_list.html"


class EventList(FilteredList):
    """Things that happened."""

    model, form_class, heading = Event, filters.EventForm, "Events"
    template_name = "relations/event_list.html"


class ArmsTransferList(FilteredList):
    """Deals in arms."""

    model, form_class, heading = ArmsTransfer, filters.ArmsTransferForm, "Arms transfers"
    template_name = "relations/armstransfer_list.html"


class ObservationList(FilteredList):
    """Figures about pairs."""

    model, form_class, heading = Observation, filters.ObservationForm, "Observations"
    template_name = "relations/observation_list.html"
