"""What a list can be asked: one strict form for each, the same for its page and its file.

Different parameters must all hold; a parameter given twice means either. `country` and `partner` mean the pair.
"""

from collections.abc import Iterator
from datetime import date
from functools import reduce
from itertools import permutations
from operator import or_
from typing import Any, ClassVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Concat
from django.http import QueryDict

from relations.chronology import KINDS, Cursor
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
from relations.paging import Sort, day, letters, moment
from relations.parameters import (
    CursorField,
    DayField,
    PlainDateField,
    SizeField,
    SortField,
    StrictForm,
    TermField,
    TermsField,
    WordsField,
    quoted,
)
from relations.search import Reading, read_query

# All there are, in the order in which a form shows them.
PARAMETERS = (
    *("q", "country", "partner", "actor", "role", "kind", "category", "track", "value", "status", "modality"),
    *("from", "to", "reading", "as_of", "sort", "after", "size"),
)
READING_CHOICES = [("", "Possibly (default)"), *((name, name.capitalize()) for name in READINGS)]


class NamesForm(StrictForm):
    """A form that offers the public countries and actors by their names."""

    field_order = PARAMETERS

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        countries = Country.objects.public().values_list("code", "name")
        actors = Actor.objects.public().values_list("slug", "name")
        for name, names in (("country", countries), ("partner", countries), ("actor", actors)):
            field = self.fields.get(name)
            if isinstance(field, TermsField):
                field.choices = names
            elif isinstance(field, TermField):
                field.choices = [("", "Any"), *names]


class DaysForm(NamesForm):
    """Days between which something lies, and how vague dates are read."""

    locals()["from"] = PlainDateField("From")  # a word of Python, which cannot be declared as the others are
    to = PlainDateField("To")
    reading = TermField("Reading", READING_CHOICES)

    def contradictions(self) -> Iterator[tuple[str, str]]:
        yield from super().contradictions()
        values = self.cleaned_data
        if values["from"] and values["to"] and values["from"].earliest > values["to"].latest:
            yield "to", f"{quoted(values['to'])} lies before from, {quoted(values['from'])}."
        if values["reading"] and not (values["from"] or values["to"]):
            yield "reading", "says how from and to are meant; give at least one of them."

    @property
    def days(self) -> tuple[date | None, date | None, str]:
        """The first day and the last, either of which may be open, and the reading: what `between()` takes."""
        values = self.cleaned_data
        first = values["from"].earliest if values["from"] else None
        last = values["to"].latest if values["to"] else None
        return first, last, values["reading"] or POSSIBLY


class ListForm(NamesForm):
    """What a list can be asked; `apply()` keeps the rows that answer to it, `understood` is how the words were read.

    A file is never cut into pages, so that its form has no `after` and no `size`.
    """

    q = WordsField("Words")
    after = CursorField("After")
    size = SizeField("Rows a page")
    understood = Reading()

    def __init__(self, data: QueryDict, *, is_file: bool = False) -> None:
        super().__init__(data)
        self.is_file = is_file
        if is_file:
            del self.fields["after"], self.fields["size"]

    def contradictions(self) -> Iterator[tuple[str, str]]:
        yield from super().contradictions()
        if cursor := self.cleaned_data.get("after"):
            try:
                self.cleaned_data["sort"].read(cursor)
            except ValueError:
                yield "after", f"{quoted(cursor)} is not a place in this list. Leave it out for the first page."

    def apply(self, queryset: Any) -> Any:
        """The rows that answer to all that is asked, in the order asked for."""
        for name, field in self.fields.items():
            if isinstance(field, TermsField) and field.column and (terms := self.cleaned_data[name]):
                queryset = queryset.filter(**{f"{field.column}__in": terms})
        if words := self.cleaned_data["q"]:
            queryset = self.by_words(queryset, words)
        return self.cleaned_data["sort"].apply(queryset)

    def by_words(self, queryset: Any, words: str) -> Any:
        """What the words find."""
        raise NotImplementedError


class RecordForm(DaysForm, ListForm):
    """A list of records: by words, parties, dates and modality."""

    role_needs_country: ClassVar[bool] = True

    country = TermsField("Country")
    partner = TermsField("Partner")
    modality = TermsField("How the sources put it", Modality.choices, column="modality")
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
        if len(values["partner"]) == 1 and values["partner"] == values["country"]:
            yield "partner", f"{quoted(values['partner'][0])} is the country itself; give another."

    def apply(self, queryset: Any) -> Any:
        values = self.cleaned_data
        countries, partners = values["country"], values["partner"]
        if countries and partners:
            queryset = self.by_pairs(queryset, countries, partners)
        elif countries or partners:
            queryset = self.by_parties(queryset, countries or partners)
        if values.get("role"):
            queryset = self.by_role(queryset, values["role"], countries)
        if values.get("actor"):
            queryset = self.by_actors(queryset, values["actor"])
        if values.get("as_of"):
            queryset = queryset.in_force_on(values["as_of"])
        dates = queryset.model.starts_on, queryset.model.ends_on
        return super().apply(queryset.between(*self.days).annotate(sort_on=sort_on(*dates)))

    def by_parties(self, queryset: Any, codes: list[str]) -> Any:
        """Records in which one of the countries has a part."""
        return self.by_role(queryset, list(queryset.model.parties), codes)

    def by_pairs(self, queryset: Any, countries: list[str], partners: list[str]) -> Any:
        """Records in which one of the countries has a part, and one of the partners, which is another country."""
        parties = [lookup for lookups in queryset.model.parties.values() for lookup in lookups]
        either = [
            Q(**{f"{one}__in": countries, f"{other}__in": partners}) & ~Q(**{one: F(other)})
            for one, other in permutations(parties, 2)
        ]
        return queryset.filter(reduce(or_, either))

    def by_role(self, queryset: Any, roles: list[str], countries: list[str]) -> Any:
        """Records in which one of the countries has one of the roles."""
        lookups = [lookup for role in roles for lookup in queryset.model.parties[role]]
        return queryset.filter(reduce(or_, (Q(**{f"{lookup}__in": countries}) for lookup in lookups)))

    @classmethod
    def by_actors(cls, queryset: Any, slugs: list[str]) -> Any:
        """Records in which one of the actors has a part."""
        raise NotImplementedError

    def by_words(self, queryset: Any, words: str) -> Any:
        """Names of countries and actors mean these; the rest is full text."""
        self.understood = read_query(words, actors="actor" in self.fields)
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


def of_any(codes: list[str]) -> Q:
    """The participations of these countries, and of their actors."""
    return Q(country__in=codes) | Q(actor__country__in=codes)


class EventForm(RecordForm):
    """Events; a role alone means: of anybody."""

    role_needs_country = False

    actor = TermsField("Actor")
    kind = TermsField("Kind", EventKind.choices, column="kind")
    role = TermsField("Role", Role.choices)

    def by_parties(self, queryset: Any, codes: list[str]) -> Any:
        return queryset.filter(Exists(Participation.objects.filter(of_any(codes), event=OuterRef("pk"))))

    def by_pairs(self, queryset: Any, countries: list[str], partners: list[str]) -> Any:
        parts = Participation.objects.annotate(code=Coalesce("country", "actor__country"))
        others = parts.filter(of_any(partners), event=OuterRef("event")).exclude(code=OuterRef("code"))
        return queryset.filter(Exists(parts.filter(of_any(countries), Exists(others), event=OuterRef("pk"))))

    def by_role(self, queryset: Any, roles: list[str], countries: list[str]) -> Any:
        parts = Participation.objects.filter(event=OuterRef("pk"), role__in=roles)
        if countries:
            parts = parts.filter(of_any(countries))
        if actors := self.cleaned_data["actor"]:
            parts = parts.filter(actor__slug__in=actors)
        return queryset.filter(Exists(parts))

    @classmethod
    def by_actors(cls, queryset: Any, slugs: list[str]) -> Any:
        return queryset.filter(Exists(Participation.objects.filter(event=OuterRef("pk"), actor__slug__in=slugs)))


class ArmsTransferForm(RecordForm):
    """Arms transfers."""

    actor = TermsField("Actor")
    kind = TermsField("Kind", TransferKind.choices, column="kind")
    category = TermsField("Armament category", ArmamentCategory.choices, column="category")
    status = TermsField("Deal status", DealStatus.choices, column="deal_status")
    role = TermsField(
        "Role of the country", [("supplier", "Supplier"), ("recipient", "Recipient"), ("transit", "Transit")]
    )

    @classmethod
    def by_actors(cls, queryset: Any, slugs: list[str]) -> Any:
        return queryset.filter(recipient_actor__slug__in=slugs)


class MissionForm(RecordForm):
    """Missions."""

    kind = TermsField("Kind", MissionKind.choices, column="kind")
    role = TermsField(
        "Role of the country", [("sending", "Sending"), ("accredited_to", "Accredited to"), ("host", "Host")]
    )
    as_of = DayField("On the day")

    def by_pairs(self, queryset: Any, countries: list[str], partners: list[str]) -> Any:
        """The missions of one to the other; who only hosts a mission is no side of it."""
        there = Q(sending__in=countries, accredited_to__in=partners)
        return queryset.filter(there | Q(sending__in=partners, accredited_to__in=countries))


class RelationPeriodForm(RecordForm):
    """States of affairs."""

    track = TermsField("Track", Track.choices, column="track")
    value = TermsField(
        "Value",
        {term.value: term.label for values in TRACK_VALUES.values() for term in values}.items(),
        column="value",
    )
    as_of = DayField("On the day")


class ObservationForm(RecordForm):
    """Figures about pairs."""

    kind = TermsField("Indicator", Indicator.choices, column="indicator")
    role = TermsField("Role of the country", [("from", "From"), ("to", "To")])


class ChronologyForm(DaysForm):
    """What the chronology can be asked: one country, one pair or one actor, days and kinds."""

    country = TermField("Country")
    partner = TermField("Partner")
    actor = TermField("Actor")
    kind = TermsField("Kind", [(term.value, term.label) for term in Collection if term.value in KINDS])
    after = CursorField("After")
    size = SizeField("Rows a page")

    def contradictions(self) -> Iterator[tuple[str, str]]:
        yield from super().contradictions()
        values = self.cleaned_data
        if values["partner"] and values["partner"] == values["country"]:
            yield "partner", f"{quoted(values['partner'])} is the country itself; give another."
        if values["after"]:
            try:
                Cursor.read(values["after"])
            except ValueError as error:
                yield "after", f"{error} Leave it out for the first page."


class ThingForm(ListForm):
    """A list of things, by their names."""

    name_columns: ClassVar[tuple[str, ...]] = ("name",)

    def apply(self, queryset: Any) -> Any:
        """A file of things is in the order of their keys, which no locale changes."""
        rows = super().apply(queryset)
        return rows.order_by() if self.is_file else rows

    def by_words(self, queryset: QuerySet, words: str) -> QuerySet:
        """Things of which a name has these letters, in whatever spelling."""
        names = [*self.name_columns, "aliases"] if hasattr(queryset.model, "aliases") else self.name_columns
        either = reduce(or_, (Q(**{f"{name}__folded": words}) for name in names))
        return queryset.alias(words=Words(Value(words))).filter(either).exclude(words="")


class CountryForm(ThingForm):
    """Countries."""

    name_columns = ("code", "name", "official_name")

    kind = TermsField("Kind", CountryKind.choices, column="kind")
    sort = SortField({"name": Sort("by name", letters("name"), "code"), "code": Sort("by code", F("code"), "code")})


class ActorForm(ThingForm):
    """Actors."""

    country = TermsField("Country", column="country")
    kind = TermsField("Kind", ActorKind.choices, column="kind")
    sort = SortField({"name": Sort("by name", letters("name"))})


class RelationForm(ThingForm):
    """Dyads."""

    name_columns = ("country_a__name", "country_b__name", "pair")

    country = TermsField("Country")
    sort = SortField({"code": Sort("by code", F("pair"), "pair")})

    def apply(self, queryset: Any) -> Any:
        if countries := self.cleaned_data["country"]:
            queryset = queryset.filter(Q(country_a__in=countries) | Q(country_b__in=countries))
        pair = Concat("country_a_id", Value("-"), "country_b_id", output_field=TextField())
        return super().apply(queryset.annotate(pair=pair))


class SourceForm(ThingForm):
    """Sources."""

    name_columns = ("key", "title", "authors", "container_title")

    kind = TermsField("Type", SourceType.choices, column="csl_type")
    sort = SortField({"key": Sort("by key", F("key"), "key"), "title": Sort("by title", letters("title"), "key")})
