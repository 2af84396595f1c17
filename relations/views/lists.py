"""The lists of things and records: filtered, paginated by key, and as files."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict, StreamingHttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.views.generic import ListView

from relations import filters
from relations.exchange.columns import collection_of
from relations.exchange.exports import TYPES, columns_in
from relations.facets import COUNTED, facets
from relations.models import Actor, ArmsTransfer, Country, Event, Mission, Observation, Relation, RelationPeriod, Source
from relations.paging import Page, counted, first_of_all, number_of_all
from relations.phrasing import read_hedges
from relations.prepared import planned
from relations.views.base import ONLY_ON_PAGE, CitedList, file_of, tally
from relations.views.evidence import sayings
from relations.views.links import address, chips, page, paging, query_parameters, years
from relations.views.maps import MOST_DRAWN, Map, drawn_of, map_of
from relations.views.overview import Glance, glances, overview

MOST_CHIPS = 6  # filters of an empty list that are tried one by one, to show how many rows there are without each


def files(request: HttpRequest, model: str, only_on_page: tuple[str, ...] = ONLY_ON_PAGE) -> list[tuple[str, str]]:
    """The formats in which the current list can be downloaded, each with the URL of its file."""
    parameters = query_parameters(request, without=only_on_page)
    return [(form.upper(), address(page(f"{model}-{form}"), parameters)) for form in TYPES]


class FilteredList(CitedList, ListView):
    """The rows of `queryset` that match the filters of `form_class`: one page of them, or all in a file."""

    form_class: type[filters.ListForm]
    queryset: Any
    context_object_name = "rows"
    only_on_page: tuple[str, ...] = ONLY_ON_PAGE
    object_list: Any

    def file(self) -> StreamingHttpResponse:
        rows = self.get_queryset().prefetch_related(None)
        return file_of(self, collection_of(rows.model), [rows], columns_in(rows, "public"))

    def list_title(self) -> str:
        return self.heading or capfirst(self.queryset.model._meta.verbose_name_plural)

    def get_queryset(self) -> QuerySet:
        return self.form.apply(super().get_queryset())

    def page(self) -> tuple[Page, int]:
        """The requested page, and the number of all rows."""
        return self.page_of(self.object_list, [self.object_list])

    def page_of(self, rows: QuerySet, parts: list[QuerySet]) -> tuple[Page, int]:
        """The requested page of rows that are read in several consecutive parts, and the number of all rows."""
        values = self.form.cleaned_data
        page = values["sort"].page(parts, values["after"], values["size"])
        return page, page.number_of(rows, values["after"], self.form.counted_to)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        model = self.object_list.model
        page, count = self.page()
        return super().get_context_data(
            object_list=page.rows,
            groups=[("", page.rows)],
            **tally(count, self.form.counted_to),
            verdicts=self.form.verdicts() if count <= self.form.counted_to else [],
            about=model._meta,
            form=self.form,
            chips=chips(self.request, self.form),
            files=files(self.request, str(model._meta.model_name), self.only_on_page),
            **paging(self.request, page.next),
        )


@cache
def by_key(records: QuerySet) -> planned:
    """A planned query that reads records by a list of primary keys."""
    return planned(lambda keys: records.filter(pk__among=keys))


@cache
def by_key_with_verdict(records: Any) -> planned:
    """A planned query that reads records by a list of primary keys, with their verdict on a day."""
    return planned(lambda keys, day: records.with_verdict(day).filter(pk__among=keys))


class ThingList(FilteredList):
    """Things that a published record or source refers to."""

    form: filters.ThingForm
    queryset: QuerySet

    def page(self) -> tuple[Page, int]:
        values = self.form.cleaned_data
        if values["after"] or not self.form.is_whole:
            return super().page()
        size, sort = values["size"], values["sort"]
        page = sort.cut(first_of_all(self.queryset, sort)(most=size + 1), size)
        return page, number_of_all(self.queryset) if page.next else len(page.rows)


class RecordList(FilteredList):
    """The records that match a form. The read model finds their places; the records of a page are then read by key.

    With `from` or `to`, the records that certainly lie within these days come before those that only may (`is_split`).
    """

    form: filters.RecordForm
    certain: tuple[int, int] | None = None  # how many records certainly lie within the days, and how many only may
    certain_keys: set[int]  # the keys of the records on the page that certainly do
    queryset: QuerySet

    def get_queryset(self) -> QuerySet:
        """The filtered records for a file; for a page all records, of which `records` reads some by key."""
        return super().get_queryset() if self.is_file else self.queryset

    def page(self) -> tuple[Page, int]:
        page, number = self.split() if self.form.is_split else self.places()
        records = self.records([place.record_id for place in page.rows])
        # A record that was withdrawn or changed between the two queries may no longer match.
        rows = [records[place.record_id] for place in page.rows if place.record_id in records]
        return Page([row for row in rows if getattr(row, "verdict", row)], page.next), number

    def places(self) -> tuple[Page, int]:
        """The places of the requested page, and the number of all places."""
        values, parts = self.form.cleaned_data, self.form.parts
        if values["after"] or len(parts) > 1 or self.form.is_in_order:
            return self.page_of(self.form.places, parts)
        return values["sort"].first_page(self.form.places, values["size"], self.form.counted_to)

    def records(self, keys: list[int]) -> dict[int, Any]:
        """The records with these keys, by key; with their verdict if the parameter `as_of` is set."""
        if not keys:
            return {}
        day = self.form.cleaned_data.get("as_of")
        found = by_key_with_verdict(self.queryset)(keys, day) if day else by_key(self.queryset)(keys)
        read_hedges(found)
        return {record.pk: record for record in found}

    def split(self) -> tuple[Page, int]:
        """The requested page of a list with days, and the number of all places.

        The places that certainly lie within the days come first, then those that may; MAY before a cursor says that
        it points into the second group.
        """
        sort, after, size = (self.form.cleaned_data[name] for name in ("sort", "after", "size"))
        number, total = (counted(places) for places in (self.form.certain[0], self.form.places))
        is_counted = total <= self.form.counted_to
        self.certain = (number, max(total - number, 0)) if is_counted else None
        page = Page([], "")
        if not after.startswith(filters.MAY):
            page, after = sort.page(self.form.certain, after, size), filters.MAY
        self.certain_keys = {place.record_id for place in page.rows}
        if page.next or (is_counted and number >= total):
            return page, total
        if len(page.rows) == size:
            return Page(page.rows, filters.MAY), total
        rest = sort.page(self.form.possible, after.removeprefix(filters.MAY), size - len(page.rows))
        return Page(page.rows + rest.rows, rest.next and filters.MAY + rest.next), total

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if context["count"] <= COUNTED:
            for name, numbers in facets(self.form).items():
                self.form.fields[name].widget.counts = numbers
        return context | {
            "certain": self.certain,
            "groups": self.by_year(context["object_list"]),
            "instead": [] if context["count"] else self.filters_to_drop(),
        }

    def by_year(self, rows: list[Any]) -> list[tuple[str, list[Any]]]:
        """The rows grouped under headings of years; one group without a heading if the list is not sorted by date."""
        if not self.form.is_by_date:
            return [("", rows)]
        return [(year, list(group)) for year, group in groupby(rows, self.year_of)]

    def year_of(self, record: Any) -> str:
        """The heading of a record: the year or years of its date, or that it only may lie within the days."""
        if self.form.is_split and record.pk not in self.certain_keys:
            return f"May be {self.form.time}"
        day = getattr(record, record.starts_on) or getattr(record, record.ends_on)
        if not day:
            return "No date"
        first, last = day.earliest, day.latest
        if first and last:
            return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
        return f"{first.year} or later" if first else f"{last.year} or before"

    def filters_to_drop(self) -> list[dict[str, Any]]:
        """The filters of an empty list without which it would have rows, each with their number."""
        found = []
        for chip in chips(self.request, self.form)[:MOST_CHIPS]:
            form = self.form_class(QueryDict(chip["without"].partition("?")[2]))
            if form.is_valid() and (number := counted(form.places)):  # type: ignore[attr-defined]
                found.append({**chip, **tally(number)})
        return found


class CountryList(ThingList):
    """Countries."""

    queryset = Country.objects.public().prefetch_related("lifespans")
    form_class = filters.CountryForm


class ActorList(ThingList):
    """Actors."""

    queryset = Actor.objects.public().with_shown()
    form_class = filters.ActorForm


class RelationList(ThingList):
    """Dyads with published records, each with its status today or on a day."""

    queryset = Relation.objects.public().with_shown()
    form_class = filters.RelationForm
    only_on_page = (*ONLY_ON_PAGE, "as_of")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        today = timezone.localdate()
        day = self.form.cleaned_data["as_of"] or today
        rows = overview(context["object_list"], day)
        kept = query_parameters(self.request, without=("after", "as_of"))
        return context | {
            "groups": [("", rows)],
            "day": day,
            "is_today": day == today,
            "when": "Today" if day == today else f"On {date_format(day, 'j F Y')}",
            "years": years(self.request.path, kept, day),
            "map": None if context["first"] else self.map([] if context["next"] else rows, day),
        }

    def map(self, rows: Sequence[Glance], day: date) -> Map | None:
        """The map of one state: the only country of the filter, else the studied state of the register.

        It shows these rows or, if there are none because the list has more pages, all that match.
        """
        countries = self.form.cleaned_data["country"]
        state = countries[0] if len(countries) == 1 else settings.REGISTER.studied_state
        if state and not rows:
            rows = glances(self.of_state(state), day, sayings)
        return map_of(state, rows)

    def of_state(self, code: str) -> list[Relation]:
        """The relations of a state among those that match the filters, at most MOST_DRAWN."""
        is_of_all = not self.form.cleaned_data["q"] and self.form.cleaned_data["country"] in ([], [code])
        return drawn_of(code) if is_of_all else list(self.object_list.involving(code)[:MOST_DRAWN])


class SourceList(ThingList):
    """Sources that are cited by something public."""

    queryset = Source.objects.public()
    form_class = filters.SourceForm


class RelationPeriodList(RecordList):
    """Periods: states of affairs between two states."""

    queryset = RelationPeriod.objects.published().with_shown().with_ends()
    form_class = filters.RelationPeriodForm
    heading = "Periods"


class MissionList(RecordList):
    """Missions."""

    queryset = Mission.objects.published().with_shown().with_ends()
    form_class = filters.MissionForm


class EventList(RecordList):
    """Events."""

    queryset = Event.objects.published().with_who("role", "pk")
    form_class = filters.EventForm


class ArmsTransferList(RecordList):
    """Arms transfers."""

    queryset = ArmsTransfer.objects.published().with_shown()
    form_class = filters.ArmsTransferForm


class ObservationList(RecordList):
    """Observations: figures about pairs of states."""

    queryset = Observation.objects.published().with_shown()
    form_class = filters.ObservationForm


LISTS: dict[str, type[FilteredList]] = {
    collection_of(of_all.queryset.model): of_all
    for of_all in (
        *(CountryList, RelationList, ActorList, SourceList),
        *(RelationPeriodList, MissionList, EventList, ArmsTransferList, ObservationList),
    )
}
