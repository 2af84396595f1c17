"""Filters of the lists of records, which query the read model: words, parties, dates, modality and negation."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db.models import F, OuterRef
from django.utils.functional import cached_property

from relations.expressions import has_any, sort_on
from relations.filters.lists import DaysForm, ListForm
from relations.models import Entry, Listing, Record
from relations.models.entry import EntryQuerySet, PlaceQuerySet, places_for
from relations.models.record import POSSIBLY
from relations.models.vocabularies import Modality
from relations.paging import Sort, counted, day, moment
from relations.parameters import NamesField, SortField, TermField, TermsField
from relations.search.queries import ParsedQuery, read_query
from relations.text import quoted

NEGATED_CHOICES = [
    ("", "Also what did not happen"),
    ("no", "Without what did not happen"),
    ("yes", "Only what did not happen"),
]


class RecordForm(DaysForm, ListForm):
    """The filters of a list of records of `model`: words, parties, dates, modality and negation.

    They query the read model: `places` are the places of the records that match.
    """

    model: ClassVar[type[Record]]
    role_needs_country: ClassVar[bool] = True

    country = NamesField("Country")
    partner = NamesField("Partner")
    modality = TermsField("How the sources put it", Modality.choices)
    negated = TermField("Did not happen", NEGATED_CHOICES)
    sort = SortField(
        {
            "date": Sort("oldest first", F("sort_on"), parse=day),
            "-date": Sort("newest first", F("sort_on"), descending=True, parse=day),
            "-changed": Sort("latest changes first", F("changed_at"), descending=True, parse=moment),
        }
    )

    def contradictions(self) -> Iterator[tuple[str, str]]:
        yield from super().contradictions()
        values = self.cleaned_data
        if values.get("role") and self.role_needs_country and not values["country"]:
            yield "role", "says which part the country has; give country too."
        if values.get("role") and values["partner"] and len(values["country"]) > 1:
            yield "role", "says which part one country has with a partner; give one country, or leave the partner out."
        if len(values["partner"]) == 1 and values["partner"] == values["country"]:
            yield "partner", f"{quoted(values['partner'][0])} is the country itself; give another."

    def apply(self, queryset: Any) -> Any:
        rows = self.shown(queryset).annotate(sort_on=sort_on(self.model.starts_on, self.model.ends_on))
        if any(value for name, value in self.cleaned_data.items() if name not in ("sort", "after", "size")):
            rows = rows.filter(pk__in=self.places.order_by().values("record_id"))
        rows, order = self.cleaned_data["sort"].apply(rows), self.cleaned_data["sort"].order
        if not self.is_split:
            return rows
        return rows.annotate(is_certain=has_any(self.certain[0].filter(record_id=OuterRef("pk")))).order_by(
            "-is_certain", *order
        )

    @cached_property
    def places(self) -> PlaceQuerySet:
        """The places of the records that match all filters, unordered."""
        return self.by_days(self.of_any_day())

    def of_any_day(self) -> Any:
        """The places of the records that match all filters except the days."""
        return (
            self.matching(self.understood) if self.cleaned_data["q"] else self.listed_and_termed().leading(self.model)
        )

    def matching(self, parsed: ParsedQuery) -> PlaceQuerySet:
        """The places of the records that match the names and terms of the filters and a parsed query."""
        if self.is_by_date and not (self.names() or self.terms()):
            return places_for(self.model, parsed)
        return self.answering().leading(self.model).for_query(self.model, parsed)

    @cached_property
    def understood(self) -> ParsedQuery:  # type: ignore[override]
        """The query in `q`, weakened until any record matches it together with the other filters."""
        if not (self.is_valid() and self.cleaned_data["q"]):
            return ParsedQuery()
        parsed = read_query(self.cleaned_data["q"], actors=bool(self.model.actors))
        return parsed.settled(lambda each: counted(self.by_days(self.matching(each))) > 0)

    def entries(self) -> EntryQuerySet:
        """The entries of the records that match, with all that they are listed under."""
        entries: EntryQuerySet = self.by_days(self.answering().leading(self.model))  # type: ignore[assignment]
        return entries.for_query(self.model, self.understood) if self.cleaned_data["q"] else entries

    def by_days(self, places: PlaceQuerySet) -> PlaceQuerySet:
        """The places of records that lie within the days."""
        return places.between(self.model, *self.days)

    def shown(self, queryset: Any) -> Any:
        """The records with the annotations that the filters ask for, such as a verdict."""
        return queryset

    @property
    def is_by_date(self) -> bool:
        """Whether the list is sorted by date."""
        return bool(self.cleaned_data["sort"].by == F("sort_on"))

    @property
    def parts(self) -> list[Any]:
        """The places as consecutive QuerySets in ascending order of days, each of which an index can read in order."""
        first, last, _ = self.days
        has_one_date = self.model.starts_on == self.model.ends_on
        return (
            self.places.by_nearness(first, last)
            if has_one_date and self.is_by_date and (first or last)
            else [self.places]
        )

    @property
    def is_split(self) -> bool:  # type: ignore[override]
        first, last, reading = self.days
        return bool((first or last) and reading == POSSIBLY and self.is_by_date and not self.model.lasts)

    @property
    def certain(self) -> list[Any]:
        """If `is_split`: the places of the records that certainly lie within the days, as a list of one QuerySet."""
        return [self.of_any_day().certainly_between(self.model, *self.days[:2])]

    @property
    def possible(self) -> list[Any]:
        """If `is_split`: the places of the records that only may lie within the days, as consecutive QuerySets."""
        first, last, _ = self.days
        rest = self.places.only_possibly_between(self.model, first, last)
        return rest.by_nearness(first, last) if self.model.starts_on == self.model.ends_on else [rest]

    def listed_and_termed(self) -> Any:
        """The places with these names and terms, from the table that has an index in the order of the list, if any."""
        if not self.is_in_order:
            return self.answering()
        names, terms = self.names(), self.terms()
        places: Any = Listing.objects.filter(under=names[0][0]) if names else Entry.objects.all()
        for kinds in terms.values():
            places = places.filter(kind__in=kinds)
        return places

    @property
    def is_in_order(self) -> bool:
        """Whether an index has the places in the order of the list.

        It does for all records and, if sorted by date, for those under one name and of some kinds.
        """
        names, terms = self.names(), self.terms()
        if self.cleaned_data["q"]:
            return bool(self.places.model is Listing)
        if not (names or terms):
            return True
        is_under_one_name = [len(choice) for choice in names] in ([], [1])
        return self.is_by_date and is_under_one_name and terms.keys() <= {next(iter(self.model.terms))}

    def answering(self) -> EntryQuerySet:
        """The entries that match the names and terms of the filters."""
        terms = [[f"{name}={term}" for term in choice] for name, choice in self.terms().items()]
        return Entry.objects.answering(self.names(), terms)

    def names(self) -> list[list[str]]:
        """The names of the filters as lists of alternatives; a record must be listed under one name of each."""
        values = self.cleaned_data
        countries, partners, roles = values["country"], values["partner"], values.get("role", [])
        actors, acting = values.get("actor", []), [] if self.role_needs_country else values.get("actor", [])
        pairs = ["-".join(sorted((one, other))) for one in countries for other in partners if one != other]
        in_role = [[f"{role}:{party}" for role in roles for party in parties] for parties in (countries, acting)]
        choices = [
            *in_role,
            pairs or ([] if in_role[0] else countries or partners),
            [] if in_role[1] else actors,
        ]
        return [choice for choice in choices if choice]

    def terms(self) -> dict[str, list[str]]:
        """The terms of the filters by column, as lists of alternatives; a record must have one of each."""
        values = self.cleaned_data
        terms = {name: values[name] for name in (*self.model.terms, "modality")}
        terms["negated"] = [values["negated"]] if values.get("negated") else []
        if not self.role_needs_country and not values["country"] and not values["actor"]:
            terms["role"] = values["role"]
        return {name: choice for name, choice in terms.items() if choice}
