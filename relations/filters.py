"""What a list can be asked: one strict FilterSet per type, the same for its page and its file.

Different parameters must all hold; a parameter given twice means either. `country` and `partner` mean the pair.
"""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from itertools import product
from operator import or_
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.http import QueryDict

from relations.chronology import KINDS
from relations.fields import Words, sort_on
from relations.models import Actor, Country, Participation
from relations.models.record import POSSIBLY, READINGS
from relations.models.vocabularies import (
    TRACK_VALUES,
    ActorKind,
    ArmamentCategory,
    Collection,
    CountryKind,
    DealStatus,
    EventKind,
    Indicator,
    MissionKind,
    Modality,
    Role,
    SourceType,
    Track,
    TransferKind,
)
from relations.paging import Page, Sort, moment, page
from relations.parameters import (
    BadParameters,
    DayField,
    Parameter,
    PlainDateField,
    SizeField,
    StrictForm,
    TermField,
    Terms,
    TermsField,
    WordsField,
    shown,
)
from relations.search import Reading, read_query

# All there are, in the order in which a form shows them.
PARAMETERS = (
    *("q", "country", "partner", "actor", "role", "kind", "category", "track", "value", "status", "modality"),
    *("from", "to", "reading", "as_of", "sort", "after", "size"),
)
READING_CHOICES = [("", "Possibly (default)"), *((name, name.capitalize()) for name in READINGS)]
RECORD_SORTS = {
    "date": Sort("oldest first", "sort_on", read=date.fromisoformat),
    "-date": Sort("newest first", "sort_on", descending=True, read=date.fromisoformat),
    "-changed": Sort("latest changes first", "changed_at", descending=True, read=moment),
}


class RegisterFilterSet(django_filters.FilterSet):
    """A list of the register: refuses what it does not know, and says how it read the rest."""

    sorts: dict[str, Sort]
    understood: Reading = Reading()

    class Meta:
        form = StrictForm

    q = Parameter(WordsField, "Words")
    after = Parameter(WordsField, "After")
    size = Parameter(SizeField, "Rows a page")

    @classmethod
    def get_filters(cls) -> Any:
        """The declared filters, and the order of the list."""
        sorts = [(name, sort.label.capitalize()) for name, sort in getattr(cls, "sorts", {}).items()]
        found = super().get_filters() | {"sort": Parameter(TermField, "Sort", choices=sorts)}
        return {name: found[name] for name in PARAMETERS if name in found}

    def __init__(self, data: QueryDict, queryset: QuerySet, *, is_file: bool = False) -> None:
        super().__init__(data, queryset)
        if is_file:  # a file is never cut into pages
            del self.filters["after"], self.filters["size"]
        if "country" in self.filters:
            names = list(Country.objects.public().values_list("code", "name"))
            for name in {"country", "partner"} & self.filters.keys():
                self.form.fields[name].choices = names
        if "actor" in self.filters:
            names = list(Actor.objects.public().values_list("slug", "name"))
            self.form.fields["actor"].choices = names
        self.form.check()
        if problems := [*self.contradictions()]:
            raise BadParameters(problems)

    def contradictions(self) -> Iterable[str]:
        """Values that do not go together."""
        if cursor := self.form.cleaned_data.get("after"):
            try:
                self.sort.place(cursor)
            except ValueError:
                yield f"after: {shown(cursor)} is not a place in this list. Leave it out for the first page."

    @property
    def sort(self) -> Sort:
        """The order asked for, or the first of the list's."""
        return self.sorts[self.form.cleaned_data["sort"] or next(iter(self.sorts))]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """All filters, and the words."""
        queryset = super().filter_queryset(queryset)
        query = self.form.cleaned_data["q"]
        return self.by_words(queryset, query) if query else queryset

    def by_words(self, queryset: Any, query: str) -> Any:
        """What the words find."""
        raise NotImplementedError

    def page(self) -> Page:
        """The page asked for."""
        values = self.form.cleaned_data
        return page(self.qs, self.sort, values["after"], values["size"])

    def rows(self) -> QuerySet:
        """All rows, in the order asked for."""
        return self.sort.apply(self.qs)


def contradictory_days(values: dict[str, Any]) -> Iterable[str]:
    """What is wrong with a span of days, and with the way to read it."""
    if values["from"] and values["to"] and values["from"].earliest > values["to"].latest:
        yield f"to: {shown(values['to'])} lies before from, {shown(values['from'])}."
    if values["reading"] and not (values["from"] or values["to"]):
        yield "reading: says how from and to are meant; give at least one of them."


class RecordFilterSet(RegisterFilterSet):
    """A list of records: by words, parties, dates and modality."""

    sorts = RECORD_SORTS

    country = Parameter(TermsField, "Country")
    partner = Parameter(TermsField, "Partner")
    modality = Terms("How the sources put it", "modality", Modality.choices)
    reading = Parameter(TermField, "Reading", choices=READING_CHOICES)

    @classmethod
    def get_filters(cls) -> Any:
        """`from` and `to` are words of Python, so that they cannot be declared as the others are."""
        days = {"from": Parameter(PlainDateField, "From"), "to": Parameter(PlainDateField, "To")}
        found = super().get_filters() | days
        return {name: found[name] for name in PARAMETERS if name in found}

    def contradictions(self) -> Iterable[str]:
        yield from super().contradictions()
        values = self.form.cleaned_data
        yield from contradictory_days(values)
        if values.get("role") and not self.parties_of_roles():
            yield "role: says which part the country has; give country too."

    def parties_of_roles(self) -> bool:
        """Whether it is said whose role is meant."""
        return bool(self.form.cleaned_data["country"])

    def filter_queryset(self, queryset: Any) -> Any:
        values = self.form.cleaned_data
        queryset = super().filter_queryset(queryset)
        queryset = self.by_parties(queryset, values["country"], values["partner"])
        if values.get("role"):
            queryset = self.by_role(queryset, values["role"], values["country"])
        if values.get("actor"):
            queryset = self.by_actors(queryset, values["actor"])
        if values.get("as_of"):
            queryset = queryset.in_force_on(values["as_of"])
        first = values["from"].earliest if values["from"] else None
        last = values["to"].latest if values["to"] else None
        queryset = queryset.between(first, last, values["reading"] or POSSIBLY)
        return queryset.annotate(sort_on=sort_on(queryset.model.starts_on, queryset.model.ends_on))

    def by_parties(self, queryset: Any, countries: list[str], partners: list[str]) -> Any:
        """Records of any of the countries with any of the partners."""
        pairs = [[code for code in pair if code] for pair in product(countries or [""], partners or [""])]
        if len(pairs) == 1:
            return queryset.involving(*pairs[0])
        either = Q()
        for pair in pairs:
            either |= Q(pk__in=queryset.model.objects.involving(*pair).values("pk"))
        return queryset.filter(either)

    def by_role(self, queryset: Any, roles: list[str], countries: list[str]) -> Any:
        """Records in which one of the countries has one of the roles."""
        either = Q()
        for role in roles:
            for column in queryset.model.parties[role]:
                either |= Q(**{f"{column}__in": countries})
        return queryset.filter(either)

    @classmethod
    def by_actors(cls, queryset: Any, slugs: list[str]) -> Any:
        """Records in which one of the actors has a part."""
        raise NotImplementedError

    def by_words(self, queryset: Any, query: str) -> Any:
        """Names of countries and actors mean these; the rest is full text."""
        self.understood = read_query(query, actors="actor" in self.filters)
        return self.by_reading(queryset, self.understood)

    @classmethod
    def by_reading(cls, queryset: Any, reading: Reading) -> Any:
        """Records of all the countries and actors that a query names, with all its other words."""
        if not reading:
            return queryset.none()
        queryset = queryset.involving(*reading.countries)
        for slug in reading.actors:
            queryset = cls.by_actors(queryset, [slug])
        return queryset.filter(search=reading.matching()) if reading.words else queryset


class EventFilterSet(RecordFilterSet):
    """Events."""

    actor = Parameter(TermsField, "Actor")
    kind = Terms("Kind", "kind", EventKind.choices)
    role = Parameter(TermsField, "Role", choices=Role.choices)

    def parties_of_roles(self) -> bool:
        """A role alone means: of anybody."""
        return True

    def by_role(self, queryset: Any, roles: list[str], countries: list[str]) -> Any:
        parts = Participation.objects.filter(event=OuterRef("pk"), role__in=roles)
        if countries:
            parts = parts.filter(Q(country__in=countries) | Q(actor__country__in=countries))
        if actors := self.form.cleaned_data["actor"]:
            parts = parts.filter(actor__slug__in=actors)
        return queryset.filter(Exists(parts))

    @classmethod
    def by_actors(cls, queryset: Any, slugs: list[str]) -> Any:
        return queryset.filter(Exists(Participation.objects.filter(event=OuterRef("pk"), actor__slug__in=slugs)))


class ArmsTransferFilterSet(RecordFilterSet):
    """Arms transfers."""

    actor = Parameter(TermsField, "Actor")
    kind = Terms("Kind", "kind", TransferKind.choices)
    category = Terms("Armament category", "category", ArmamentCategory.choices)
    status = Terms("Deal status", "deal_status", DealStatus.choices)
    role = Parameter(
        TermsField,
        "Role of the country",
        choices=[("supplier", "Supplier"), ("recipient", "Recipient"), ("transit", "Transit")],
    )

    @classmethod
    def by_actors(cls, queryset: Any, slugs: list[str]) -> Any:
        return queryset.filter(recipient_actor__slug__in=slugs)


class MissionFilterSet(RecordFilterSet):
    """Missions."""

    kind = Terms("Kind", "kind", MissionKind.choices)
    role = Parameter(
        TermsField,
        "Role of the country",
        choices=[("sending", "Sending"), ("accredited_to", "Accredited to"), ("host", "Host")],
    )
    as_of = Parameter(DayField, "On the day")


class RelationPeriodFilterSet(RecordFilterSet):
    """States of affairs."""

    track = Terms("Track", "track", Track.choices)
    value = Terms(
        "Value", "value", {term.value: term.label for values in TRACK_VALUES.values() for term in values}.items()
    )
    as_of = Parameter(DayField, "On the day")


class ObservationFilterSet(RecordFilterSet):
    """Figures about pairs."""

    kind = Terms("Indicator", "indicator", Indicator.choices)
    role = Parameter(TermsField, "Role of the country", choices=[("from", "From"), ("to", "To")])


class ChronologyForm(StrictForm):
    """What the chronology can be asked: one country, one pair or one actor, days and kinds."""

    country = TermField(label="Country", required=False)
    partner = TermField(label="Partner", required=False)
    actor = TermField(label="Actor", required=False)
    kind = TermsField(
        label="Kind",
        required=False,
        choices=[(term.value, term.label) for term in Collection if term.value in KINDS],
    )
    reading = TermField(label="Reading", required=False, choices=READING_CHOICES)
    after = WordsField(label="After", required=False)
    size = SizeField(label="Rows a page", required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["from"] = PlainDateField(label="From", required=False)
        self.fields["to"] = PlainDateField(label="To", required=False)
        countries = Country.objects.public().values_list("code", "name")
        self.fields["country"].choices = self.fields["partner"].choices = [("", "Any"), *countries]  # type: ignore[attr-defined]
        actors = Actor.objects.public().values_list("slug", "name")
        self.fields["actor"].choices = [("", "Any"), *actors]  # type: ignore[attr-defined]

    def problems(self) -> list[str]:
        """What is wrong with the values, and what does not go together."""
        return super().problems() or list(contradictory_days(self.cleaned_data))


class ThingFilterSet(RegisterFilterSet):
    """A list of things, by their names."""

    name_columns: tuple[str, ...] = ("name",)

    def rows(self) -> QuerySet:
        """All rows; a file of things is in the order of their keys, which no locale changes."""
        return self.qs.order_by()

    def by_words(self, queryset: QuerySet, query: str) -> QuerySet:
        """Things of which a name has these letters, in whatever spelling."""
        names = [*self.name_columns, "aliases"] if hasattr(queryset.model, "aliases") else self.name_columns
        either = reduce(or_, (Q(**{f"{name}__folded": query}) for name in names))
        return queryset.alias(words=Words(Value(query))).filter(either).exclude(words="")


class CountryFilterSet(ThingFilterSet):
    """Countries."""

    sorts = {"name": Sort("by name", "name", "code"), "code": Sort("by code", "code", "code")}
    name_columns = ("code", "name", "official_name")
    kind = Terms("Kind", "kind", CountryKind.choices)


class ActorFilterSet(ThingFilterSet):
    """Actors."""

    sorts = {"name": Sort("by name", "name")}
    country = Terms("Country", "country", [])
    kind = Terms("Kind", "kind", ActorKind.choices)


class RelationFilterSet(ThingFilterSet):
    """Dyads."""

    sorts = {"code": Sort("by code", "pair", "pair")}
    name_columns = ("country_a__name", "country_b__name", "pair")
    country = Parameter(TermsField, "Country")

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        pair = Concat("country_a_id", Value("-"), "country_b_id", output_field=TextField())
        queryset = super().filter_queryset(queryset.annotate(pair=pair))
        countries = self.form.cleaned_data["country"]
        return queryset.filter(Q(country_a__in=countries) | Q(country_b__in=countries)) if countries else queryset


class SourceFilterSet(ThingFilterSet):
    """Sources."""

    sorts = {"key": Sort("by key", "key", "key"), "title": Sort("by title", "title", "key")}
    name_columns = ("key", "title", "authors", "container_title")
    kind = Terms("Type", "csl_type", SourceType.choices)
