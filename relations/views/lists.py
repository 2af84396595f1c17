"""The lists: filtered, page by page, and as files."""

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
from relations.views.links import address, chips, given, page, paging, years
from relations.views.maps import MOST_DRAWN, Map, drawn_of, map_of
from relations.views.overview import Glance, glances, overview

MOST_CHIPS = 6  # of an empty list, each of which is tried without


def files(request: HttpRequest, model: str, only_on_page: tuple[str, ...] = ONLY_ON_PAGE) -> list[tuple[str, str]]:
    """The formats in which the list at hand is to be had, each with the address of its file."""
    asked = given(request, without=only_on_page)
    return [(form.upper(), address(page(f"{model}-{form}"), asked)) for form in TYPES]


class FilteredList(CitedList, ListView):
    """The rows of `queryset` that `form_class` keeps, page by page; as a file, all of them."""

    form_class: type[filters.ListForm]
    queryset: Any
    context_object_name = "rows"
    only_on_page: tuple[str, ...] = ONLY_ON_PAGE
    object_list: Any

    def file(self) -> StreamingHttpResponse:
        rows = self.get_queryset().prefetch_related(None)
        return file_of(self, collection_of(rows.model), [rows], columns_in(rows, "public"))

    def called(self) -> str:
        return self.heading or capfirst(self.queryset.model._meta.verbose_name_plural)

    def get_queryset(self) -> QuerySet:
        return self.form.apply(super().get_queryset())

    def page(self) -> tuple[Page, int]:
        """The page asked for, and how many rows there are in all."""
        return self.page_of(self.object_list, [self.object_list])

    def page_of(self, rows: QuerySet, parts: list[QuerySet]) -> tuple[Page, int]:
        """Of some rows, which come in parts, the page asked for, and how many there are."""
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
def of_keys(records: QuerySet) -> planned:
    """Those of some records that have some keys."""
    return planned(lambda keys: records.filter(pk__among=keys))


@cache
def on_day(records: Any) -> planned:
    """The same with their verdict of a day."""
    return planned(lambda keys, day: records.with_verdict(day).filter(pk__among=keys))


class ThingList(FilteredList):
    """Things that something published names."""

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
    """The records that answer to a form, by their places in the read model."""

    form: filters.RecordForm
    certain: tuple[int, int] | None = None  # how many certainly lie within the days asked for, and how many only may
    surely: set[int]  # the keys of those on the page that do
    queryset: QuerySet

    def get_queryset(self) -> QuerySet:
        """All that a file has; a page reads its records by their places."""
        return super().get_queryset() if self.is_file else self.queryset

    def page(self) -> tuple[Page, int]:
        page, number = self.split() if self.form.is_split else self.places()
        records = self.records([place.record_id for place in page.rows])
        # A record that was withdrawn or changed between the two queries may be no answer any more.
        rows = [records[place.record_id] for place in page.rows if place.record_id in records]
        return Page([row for row in rows if getattr(row, "verdict", row)], page.next), number

    def places(self) -> tuple[Page, int]:
        """The places of the page asked for, and how many there are in all."""
        values, parts = self.form.cleaned_data, self.form.parts
        if values["after"] or len(parts) > 1 or self.form.is_in_order:
            return self.page_of(self.form.places, parts)
        return values["sort"].first_page(self.form.places, values["size"], self.form.counted_to)

    def records(self, keys: list[int]) -> dict[int, Any]:
        """The records with some keys, with their verdict where a day is asked for."""
        if not keys:
            return {}
        day = self.form.cleaned_data.get("as_of")
        found = on_day(self.queryset)(keys, day) if day else of_keys(self.queryset)(keys)
        read_hedges(found)
        return {record.pk: record for record in found}

    def split(self) -> tuple[Page, int]:
        """The page of a list of some days: what certainly lies within them, then what may; and how many in all."""
        sort, after, size = (self.form.cleaned_data[name] for name in ("sort", "after", "size"))
        number, all_of_them = (counted(places) for places in (self.form.certain[0], self.form.places))
        is_counted = all_of_them <= self.form.counted_to
        self.certain = (number, max(all_of_them - number, 0)) if is_counted else None
        page = Page([], "")
        if not after.startswith(filters.MAY):
            page, after = sort.page(self.form.certain, after, size), filters.MAY
        self.surely = {place.record_id for place in page.rows}
        if page.next or (is_counted and number >= all_of_them):
            return page, all_of_them
        if len(page.rows) == size:
            return Page(page.rows, filters.MAY), all_of_them
        rest = sort.page(self.form.possible, after.removeprefix(filters.MAY), size - len(page.rows))
        return Page(page.rows + rest.rows, rest.next and filters.MAY + rest.next), all_of_them

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if context["count"] <= COUNTED:
            for name, numbers in facets(self.form).items():
                self.form.fields[name].widget.counts = numbers
        return context | {
            "certain": self.certain,
            "groups": self.by_year(context["object_list"]),
            "instead": [] if context["count"] else self.instead(),
        }

    def by_year(self, rows: list[Any]) -> list[tuple[str, list[Any]]]:
        """The rows under the years that their dates lie in; all under none where they are in no order of days."""
        if not self.form.is_by_date:
            return [("", rows)]
        return [(year, list(group)) for year, group in groupby(rows, self.year_of)]

    def year_of(self, record: Any) -> str:
        """The year in which the date lies that places a record, or that it may lie in another."""
        if self.form.is_split and record.pk not in self.surely:
            return f"May be {self.form.time}"
        day = getattr(record, record.starts_on) or getattr(record, record.ends_on)
        if not day:
            return "No date"
        first, last = day.earliest, day.latest
        if first and last:
            return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
        return f"{first.year} or later" if first else f"{last.year} or before"

    def instead(self) -> list[dict[str, Any]]:
        """The filters of which each keeps all rows out, with how many there are without it."""
        found = []
        for chip in chips(self.request, self.form)[:MOST_CHIPS]:
            asked = QueryDict(chip["without"].partition("?")[2])
            form = self.form_class(asked)
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
    """Dyads about which something is published, each with its status today or on a day."""

    queryset = Relation.objects.public().with_shown()
    form_class = filters.RelationForm
    only_on_page = (*ONLY_ON_PAGE, "as_of")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        today = timezone.localdate()
        day = self.form.cleaned_data["as_of"] or today
        rows = overview(context["object_list"], day)
        kept = given(self.request, without=("after", "as_of"))
        return context | {
            "groups": [("", rows)],
            "day": day,
            "is_today": day == today,
            "when": "Today" if day == today else f"On {date_format(day, 'j F Y')}",
            "years": years(self.request.path, kept, day),
            "map": None if context["first"] else self.map([] if context["next"] else rows, day),
        }

    def map(self, rows: Sequence[Glance], day: date) -> Map | None:
        """The map of the one state that is asked for, or is studied: of these rows, or of all that answer."""
        asked = self.form.cleaned_data["country"]
        state = asked[0] if len(asked) == 1 else settings.REGISTER.studied_state
        if state and not rows:
            rows = glances(self.of_state(state), day, sayings)
        return map_of(state, rows)

    def of_state(self, code: str) -> list[Relation]:
        """The relations of a state among those that answer."""
        is_of_all = not self.form.cleaned_data["q"] and self.form.cleaned_data["country"] in ([], [code])
        return drawn_of(code) if is_of_all else list(self.object_list.involving(code)[:MOST_DRAWN])


class SourceList(ThingList):
    """Documents that are evidence for something public."""

    queryset = Source.objects.public()
    form_class = filters.SourceForm


class RelationPeriodList(RecordList):
    """States of affairs."""

    queryset = RelationPeriod.objects.published().with_shown().with_ends()
    form_class = filters.RelationPeriodForm
    heading = "Periods"


class MissionList(RecordList):
    """Accreditations."""

    queryset = Mission.objects.published().with_shown().with_ends()
    form_class = filters.MissionForm


class EventList(RecordList):
    """Things that happened."""

    queryset = Event.objects.published().with_who("role", "pk")
    form_class = filters.EventForm


class ArmsTransferList(RecordList):
    """Deals in arms."""

    queryset = ArmsTransfer.objects.published().with_shown()
    form_class = filters.ArmsTransferForm


class ObservationList(RecordList):
    """Figures about pairs."""

    queryset = Observation.objects.published().with_shown()
    form_class = filters.ObservationForm


LISTS: dict[str, type[FilteredList]] = {
    collection_of(of_all.queryset.model): of_all
    for of_all in (
        *(CountryList, RelationList, ActorList, SourceList),
        *(RelationPeriodList, MissionList, EventList, ArmsTransferList, ObservationList),
    )
}
