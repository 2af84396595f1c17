"""Files other than those of the lists: tables of parts, panels, and the layouts of other registers."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from relations.addresses import public
from relations.exchange import panels
from relations.exchange.exports import base_address
from relations.exchange.layouts import LAYOUTS, Layout, diplomatic_exchange
from relations.exchange.tidy import TIDY, Tidy
from relations.filters import NamesForm
from relations.models import Country, Entry, Relation, RelationPeriod
from relations.models.tracks import Track
from relations.parameters import Parameter, StrictForm, TermField, TermsField
from relations.text import quoted
from relations.views.base import StrictView, file_of, file_of_rows
from relations.views.lists import FilteredList

DAYS = [
    ("", "The last of the year (default)"),
    (panels.MIDDLE, "The first of July"),
    (panels.FIRST_DAY, "The first of the year"),
]


class TidyFile(StrictView):
    """The parts of the rows of a list, with the filters of that list; parts of several types take no parameters."""

    tidy: Tidy = TIDY[0]
    of_all: type[FilteredList] | None = None

    def get(self, request: HttpRequest) -> Any:
        if self.of_all is None:
            StrictForm(request.GET).check()
            return file_of(self, self.tidy.name, self.tidy.runs(public), self.tidy.columns)
        form = self.of_all.form_class(request.GET, is_file=True)
        form.check()
        owners = form.apply(self.of_all.queryset.prefetch_related(None))
        return file_of(self, self.tidy.name, self.tidy.runs(lambda _: owners), self.tidy.columns)


class LayoutFile(StrictView):
    """The rows of a list in the columns of another register, with the filters of that list."""

    layout: Layout = LAYOUTS[0]
    of_all: type[FilteredList] = FilteredList

    def get(self, request: HttpRequest) -> Any:
        form = self.of_all.form_class(request.GET, is_file=True)
        form.check()
        rows = self.layout.rows(form.apply(self.of_all.queryset.prefetch_related(None)), base_address(request))
        return file_of_rows(self, self.layout.name, self.layout.columns, rows)


class YearField(Parameter):
    """A year from 1 to 9999."""

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:5]) <= date.max.year):
            raise ValidationError(f"{quoted(text)} is not a year such as 1963.")
        return int(text)


class PanelForm(NamesForm):
    """The parameters of a panel: countries, tracks, years, and the day of each year."""

    MOST_YEARS = 300

    country = TermsField("Country")
    track = TermsField("Track", Track.choices)
    locals()["from"] = YearField("From")  # a keyword of Python, so that it cannot be assigned by name
    to = YearField("To")
    day = TermField("Day of the year", DAYS)

    def contradictions(self) -> Any:
        yield from super().contradictions()
        first, last = self.years
        if first > last:
            yield "to", f"{last} lies before {first}."
        elif last - first >= self.MOST_YEARS:
            yield "from", f"{last - first + 1} years are too many; a panel has at most {self.MOST_YEARS}."

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year; by default from the earliest beginning of a period to the current year."""
        values = self.cleaned_data
        today = timezone.localdate().year
        first, last = values.get("from"), values.get("to") or today
        if first is None:
            earliest = Entry.objects.leading(RelationPeriod).filter(sort_on__isnull=False).order_by("sort_on").first()
            first = earliest.sort_on.year if earliest and earliest.sort_on else today
            first = max(first, last - self.MOST_YEARS + 1)
        return first, last

    @property
    def days(self) -> list[date]:
        """The selected day of each year."""
        first, last = self.years
        return panels.on_days(range(first, last + 1), self.cleaned_data["day"] or panels.LAST_DAY)

    @property
    def tracks(self) -> list[str]:
        """The selected tracks in the order of `Track`; all if none is selected."""
        return [track for track in Track if track in (self.cleaned_data["track"] or Track)]


class DyadForm(PanelForm):
    """The parameters of a panel of dyads: also a partner."""

    partner = TermsField("Partner")

    def relations(self) -> QuerySet:
        """The selected dyads, ordered by their codes."""
        countries, partners = self.cleaned_data["country"], self.cleaned_data["partner"]
        rows = Relation.objects.public().order_by("country_a", "country_b")
        for codes in (countries, partners):
            if codes:
                rows = rows.filter(Q(country_a__in=codes) | Q(country_b__in=codes))
        return rows


class ExchangeForm(DyadForm):
    """The parameters of a panel that has only levels of representation."""

    track = None  # type: ignore[assignment]


class DyadYears(StrictView):
    """A row for each dyad, year and track."""

    def get(self, request: HttpRequest) -> Any:
        form = DyadForm(request.GET)
        form.check()
        rows = panels.dyad_years(form.relations().iterator(), form.days, form.tracks)
        return file_of_rows(self, "dyad-years", panels.DYAD_YEARS, rows)


class CountryYears(StrictView):
    """A row for each country, year, track, value and verdict."""

    def get(self, request: HttpRequest) -> Any:
        form = PanelForm(request.GET)
        codes = form.check()["country"]
        countries = Country.objects.public().order_by("code").prefetch_related("lifespans")
        relations = Relation.objects.public().order_by("country_a", "country_b")
        rows = panels.country_years(
            list(countries.filter(code__in=codes) if codes else countries), relations, form.days, form.tracks
        )
        return file_of_rows(self, "country-years", panels.COUNTRY_YEARS, rows)


class ExchangeFile(StrictView):
    """Levels of representation and missions in the columns of the Diplomatic Exchange."""

    def get(self, request: HttpRequest) -> Any:
        form = ExchangeForm(request.GET)
        form.check()
        rows = diplomatic_exchange.exchange(form.relations(), form.days)
        return file_of_rows(self, "diplomatic-exchange", diplomatic_exchange.EXCHANGE, rows)
