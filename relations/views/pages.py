"""The pages that stand alone: home, chronology, search, and what explains the register."""

from operator import attrgetter
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import SearchRank
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.generic import TemplateView

from relations import filters
from relations.chronology import KINDS, chronology
from relations.dates import FuzzyDate
from relations.exchange import codebook
from relations.models import (
    RECORD_TYPES,
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
from relations.parameters import StrictForm, WordsField
from relations.search import Reading, read_query
from relations.views.base import StrictView, counts
from relations.views.links import address, chips, paging, tidy

FORMS: dict[Any, type[filters.RecordForm]] = {
    Event: filters.EventForm,
    ArmsTransfer: filters.ArmsTransferForm,
    RelationPeriod: filters.RelationPeriodForm,
    Mission: filters.MissionForm,
    Observation: filters.ObservationForm,
}


class Home(TemplateView):
    """What the register is, and the way into everything."""

    template_name = "relations/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        studied = settings.STUDIED_STATE
        published = {model: model._default_manager.published() for model in RECORD_TYPES}  # type: ignore[attr-defined]
        latest = [
            record
            for records in published.values()
            for record in records.with_shown().order_by("-changed_at", "slug")[:6]
        ]
        return super().get_context_data(
            studied=Country.objects.public().filter(code=studied).first(),
            relations=sorted(
                Relation.objects.public().involving(studied).with_shown(),
                key=lambda relation: str(
                    relation.country_b if relation.country_a_id == studied else relation.country_a
                ),
            ),
            counts=counts(published),
            latest=sorted(latest, key=attrgetter("changed_at"), reverse=True)[:6],
            sources=Source.objects.public().exclude(passages=None),
            **kwargs,
        )


class Chronology(StrictView, TemplateView):
    """Events, deals, and the beginnings and ends of periods and missions, in one order."""

    template_name = "relations/chronology.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = filters.ChronologyForm(request.GET)
        self.form.check()
        if tidied := tidy(request):
            return HttpResponseRedirect(tidied)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        values = self.form.cleaned_data
        first, last, reading = self.form.days
        page = chronology(
            country=values["country"],
            partner=values["partner"],
            actor=Actor.objects.get(slug=values["actor"]) if values["actor"] else None,
            first=first,
            last=last,
            reading=reading,
            kinds=values["kind"] or KINDS,
            after=values["after"],
            size=values["size"],
        )
        return super().get_context_data(
            form=self.form,
            page=page,
            chips=chips(self.request, self.form),
            **paging(self.request, page.next),
            **kwargs,
        )


class SearchForm(StrictForm):
    """What the search page can be asked."""

    q = WordsField("Words")


class Search(StrictView, TemplateView):
    """One question to everything; names of countries and actors are understood."""

    template_name = "relations/search.html"
    BEST = 5

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        search = SearchForm(self.request.GET)
        query = search.check()["q"]
        context = super().get_context_data(form=search, query=query, **kwargs)
        if query:
            understood, without_actors = read_query(query), read_query(query, actors=False)
            groups = [
                self.group(model, form, understood if "actor" in form.base_fields else without_actors, query)
                for model, form in FORMS.items()
            ]
            context |= {"understood": understood, "groups": [group for group in groups if group["count"]]}
        return context

    def group(self, model: Any, form: Any, reading: Reading, query: str) -> dict[str, Any]:
        """The best records of one type, and how many there are."""
        records = form.by_reading(model._default_manager.published().with_shown(), reading)
        best = records.in_order()
        if reading.words:
            best = records.annotate(rank=SearchRank(F("search"), reading.matching())).order_by("-rank", "slug")
        return {
            "about": model._meta,
            "count": records.count(),
            "records": best[: self.BEST],
            "all": address(reverse(f"{model._meta.model_name}-list"), [("q", query)]),
        }


class About(TemplateView):
    """What the register is, and how to read it."""

    template_name = "relations/about.html"
    DATES = ("1963-08-24", "2017-09", "1974", "199X", "2010~", "1962/1966", "1988/..", "[1979,1980]", "[..2016-10]")
    extra_context = {"dates": [(text, FuzzyDate(text).spoken) for text in DATES]}


class Codebook(TemplateView):
    """Every column and every closed list."""

    template_name = "relations/codebook.html"
    extra_context = {"tables": codebook.tables(), "vocabularies": codebook.VOCABULARIES}


class Data(TemplateView):
    """Every list as a file."""

    template_name = "relations/data.html"
    extra_context = {"tables": [table for table in codebook.tables() if table.has_file]}
