"""The home page, the chronology, and the pages that document the register."""

from collections import defaultdict
from functools import cache
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.generic import RedirectView, TemplateView

from relations import filters
from relations.addresses import COUNTRIES, public_finder, records_at
from relations.chronology import KINDS, Line, chronology
from relations.dates import FuzzyDate
from relations.density import Step, density
from relations.exchange import codebook
from relations.exchange.releases import releases
from relations.models import (
    RECORD_TYPES,
    Actor,
    Entry,
    Record,
    Relation,
    Source,
)
from relations.models.record import CERTAINLY, POSSIBLY
from relations.models.terms import VOCABULARIES
from relations.phrasing import read_hedges
from relations.prepared import planned, prepared
from relations.tally import best_known_pairs, best_known_states
from relations.text import alphabetical
from relations.views.base import FilterView, PlainView, counts
from relations.views.charts import Share, coverage_bar
from relations.views.evidence import coverage_of, sayings
from relations.views.links import address, chips, page, paging, query_parameters, years
from relations.views.maps import map_of
from relations.views.overview import Glance, glances
from relations.wording import heading

LATEST_CHANGES = 6
MOST_RELATIONS = 60  # on the home page; the list has all


class Home(PlainView, TemplateView):
    """The home page: what the register is, the status of relations today, and links to everything."""

    template_name = "relations/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        studied = settings.REGISTER.studied_state
        relations = relations_of(studied) if studied else best_known_pairs()
        today = timezone.localdate()
        rows, latest = glances(relations[:MOST_RELATIONS], today, sayings), latest_changes()
        read_hedges(latest)
        return super().get_context_data(
            studied=next(iter(public_finder(COUNTRIES)(studied)), None) if studied else "",
            states=[] if studied else best_known_states(),
            by_status=by_status(rows, studied),
            map=map_of(studied, rows),
            years=years(page("relation-list"), [], today),
            has_more=len(relations) > MOST_RELATIONS,
            density=density(),
            counts=counts(),
            latest=latest,
            sources=coverage(first_documents()),
            **kwargs,
        )


def by_status(rows: list[Glance], studied: str) -> list[tuple[str, list[tuple[Any, Glance]]]]:
    """Relations grouped by legal status, each with the name of the other state, or of both.

    The most frequent status comes first; groups without a stated status come last.
    """
    groups: dict[str, list[tuple[Any, Glance]]] = defaultdict(list)
    for row in rows:
        a, b = row.relation.country_a, row.relation.country_b
        other = b if a.pk == studied else a if b.pk == studied else heading(row.relation)
        groups[row.word].append((other, row))
    return sorted(groups.items(), key=lambda group: (not group[1][0][1].is_stated, -len(group[1]), group[0]))


def coverage(sources: list[Source]) -> list[tuple[Source, list[Share], int]]:
    """Documents with the bar of their coverage and the number of their sentences, with one query for all."""
    of_source = coverage_of(sources) if sources else {}
    return [(each, coverage_bar(of_source[each.pk]), sum(of_source[each.pk].values())) for each in sources]


def latest_changes(most: int = LATEST_CHANGES) -> list[Record]:
    """The published records that changed last."""
    found = [(collection, slug) for _, collection, slug in last_changed(most)()]
    records = records_at(found)
    return [records[address] for address in found if address in records]


@cache
def last_changed(most: int) -> prepared:
    """A prepared query for time, collection and slug of the `most` published records that changed last."""

    def places() -> QuerySet:
        latest = [
            Entry.objects.leading(model)
            .order_by("-changed_at", "-slug")
            .values_list("changed_at", "collection", "slug")[:most]
            for model in RECORD_TYPES
        ]
        return latest[0].union(*latest[1:], all=True).order_by("-changed_at", "collection", "slug")[:most]

    return prepared(places)


def relations_of(code: str) -> list[Relation]:
    """The public dyads of a country, sorted by the name of the other state."""
    return sorted(
        all_involving(code),
        key=lambda relation: alphabetical(relation.other_than(code)),
    )


@planned
def all_involving(code: Any) -> QuerySet:
    """The public dyads of a country."""
    return Relation.objects.public().involving(code).with_shown()


@prepared
def first_documents() -> QuerySet:
    """The first public documents that are coded sentence by sentence."""
    return Source.objects.public().documents()[:LATEST_CHANGES]


class Chronology(FilterView, TemplateView):
    """The chronology: events, deals, and the beginnings and ends of periods and missions in one order."""

    template_name = "relations/chronology.html"
    form_class = filters.ChronologyForm

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
            decades=[(decade, list(lines)) for decade, lines in groupby(page.rows, decade_of)],
            density=self.density(),
            certainly=self.certainly() if (first or last) and reading == POSSIBLY else "",
            chips=chips(self.request, self.form),
            **paging(self.request, page.next),
            **kwargs,
        )

    def certainly(self) -> str:
        """The URL of the same page without entries that only may lie in the days."""
        kept = query_parameters(self.request, without=("reading", "after"))
        return address(self.request.path, [*kept, ("reading", CERTAINLY)])

    def density(self) -> list[Step]:
        """The density of entries under the country, pair or actor; empty for two names, which no index combines."""
        country, partner, actor = (self.form.cleaned_data[name] for name in ("country", "partner", "actor"))
        names = [*filter(None, ["-".join(sorted(filter(None, (country, partner)))), actor])]
        return density(*names) if len(names) < 2 else []


def decade_of(line: Line) -> str:
    """The decade of the earliest beginning of an entry: “1970s”, or “No date”."""
    return f"{line.sort_on.year // 10 * 10}s" if line.sort_on else "No date"


class About(PlainView, TemplateView):
    """What the register is and how to read it."""

    template_name = "relations/about.html"
    DATES = ("1963-08-24", "2017-09", "1974", "199X", "2010~", "1962/1966", "1988/..", "[1979,1980]", "[..2016-10]")
    extra_context = {"dates": [(text, FuzzyDate(text).spoken) for text in DATES]}


class Codebook(PlainView, TemplateView):
    """The index of the codebook: all tables and closed lists."""

    template_name = "relations/codebook.html"
    extra_context = {"groups": codebook.groups(), "vocabularies": VOCABULARIES}


class CodebookTable(PlainView, TemplateView):
    """The codebook page of a table: its columns, their terms, and the rules for its rows."""

    template_name = "relations/codebook_table.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        table = codebook.tables().get(kwargs["name"])
        if table is None:
            raise Http404
        return super().get_context_data(table=table, **kwargs)


class ClosedLists(PlainView, RedirectView):
    """Redirects to the closed lists on the page of the codebook."""

    http_method_names = ("get", "head", "options")

    def get_redirect_url(self) -> str:
        return f"{reverse('codebook')}#lists"


class ClosedList(PlainView, TemplateView):
    """The codebook page of a closed list: its terms with definitions and origins, and the tables that use it."""

    template_name = "relations/codebook_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        vocabulary = codebook.LISTS.get(kwargs["name"])
        if vocabulary is None:
            raise Http404
        held_by = [table for table in codebook.tables().values() if vocabulary in table.closed_lists]
        return super().get_context_data(vocabulary=vocabulary, tables=held_by, **kwargs)


# A new release does not change the data version, so this page must be revalidated each time.
@method_decorator(cache_control(public=True, max_age=0, must_revalidate=True), name="dispatch")
class Data(PlainView, TemplateView):
    """The page of downloads: all tables and panels as files, and all releases."""

    template_name = "relations/data.html"
    extra_context = {"groups": codebook.groups()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(releases=releases(), **kwargs)
