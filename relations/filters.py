"""What a list can be asked: one strict form for each, the same for its page and its file.

Different parameters must all hold; a parameter given twice means either. `country` and `partner` mean the pair.
"""

from collections.abc import Iterator
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.db.models import Count, F, OuterRef, Q, QuerySet, Value
from django.http import QueryDict
from django.utils.functional import cached_property

from relations.addresses import RECORDS
from relations.chronology import KINDS, Cursor
from relations.everything import Place
from relations.fields import Words, has_any, sort_on
from relations.figures import Figures, Records
from relations.models import (
    Actor,
    ArmsTransfer,
    Country,
    Entry,
    Event,
    Listing,
    Mission,
    Observation,
    Record,
    RelationPeriod,
)
from relations.models.entry import BEGINS, ENDS, EntryQuerySet, PlaceQuerySet
from relations.models.record import POSSIBLY, READINGS
from relations.models.standing import Standing
from relations.models.tracks import TRACK_VALUES, Track
from relations.models.vocabularies import (
    ActorKind,
    ArmamentCategory,
    Collection,
    Condition,
    CountryKind,
    DealStatus,
    EventKind,
    Measure,
    MissionKind,
    Modality,
    Role,
    SourceType,
    TransferKind,
    Verdict,
)
from relations.paging import MANY, Sort, counted, day, letters, moment
from relations.parameters import (
    CursorField,
    DayField,
    NameField,
    NamesField,
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
from relations.tally import records_under

# All there are, in the order in which a form shows them.
PARAMETERS = (
    *("q", "country", "partner", "actor", "role", "kind", "measure", "category", "condition"),
    *("track", "value", "status", "modality", "negated"),
    *("from", "to", "side", "reading", "as_of", "sort", "after", "size"),
)
MAY = "may:"  # before a cursor among what only may lie within the days that are asked for
Names = tuple[tuple[str, str], ...]  # of things, each with its key
NEGATED_CHOICES = [
    ("", "Also what did not happen"),
    ("no", "Without what did not happen"),
    ("yes", "Only what did not happen"),
]
READING_CHOICES = [("", "Possibly (default)"), *((name, name.capitalize()) for name in READINGS)]


class NamesForm(StrictForm):
    """A form that offers the public countries and actors by their names."""

    field_order = PARAMETERS

    def __init__(self, data: QueryDict, *, known: "NamesForm | None" = None) -> None:
        """Of the names of another form, where this is part of one."""
        super().__init__(data)
        self.countries: Names = ()
        self.actors: Names = ()
        if "country" in self.fields:
            self.countries = known.countries if known else tuple(Country.objects.public().values_list("code", "name"))
        if "actor" in self.fields:
            self.actors = known.actors if known else tuple(Actor.objects.public().values_list("slug", "name"))
        for name, names in (("country", self.countries), ("partner", self.countries), ("actor", self.actors)):
            if field := self.fields.get(name):
                widget: Any = field.widget
                field.choices = names  # type: ignore[attr-defined]
                widget.list_id = f"names-of-{'actors' if name == 'actor' else 'countries'}"
                widget.brings_list = name != "partner"


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
    def time(self) -> str:
        """The days that are asked for, in words."""
        first, last = self.cleaned_data["from"], self.cleaned_data["to"]
        if first and last:
            return f"in {first.spoken}" if first == last else f"between {first.spoken} and {last.spoken}"
        return f"since {first.spoken}" if first else f"until {last.spoken}"

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
    is_split = False  # whether what certainly lies within the days asked for comes before what may lie there
    counted_to = MANY  # rows; of more the list says so

    def __init__(self, data: QueryDict, *, is_file: bool = False, known: NamesForm | None = None) -> None:
        super().__init__(data, known=known)
        self.is_file = is_file
        if is_file:
            del self.fields["after"], self.fields["size"]

    def contradictions(self) -> Iterator[tuple[str, str]]:
        yield from super().contradictions()
        cursor = self.cleaned_data.get("after")
        if cursor and not (self.is_split and cursor == MAY):
            try:
                self.cleaned_data["sort"].read(cursor.removeprefix(MAY) if self.is_split else cursor)
            except ValueError:
                yield "after", f"{quoted(cursor)} is not a place in this list. Leave it out for the first page."

    def apply(self, queryset: Any) -> Any:
        """The rows that answer to all that is asked, in the order asked for."""
        raise NotImplementedError

    def verdicts(self) -> list[tuple[str, int]]:
        """How many of the rows stand how to the day that is asked for; nothing where none is."""
        return []


class RecordForm(DaysForm, ListForm):
    """A list of records of `model`: by words, parties, dates, modality, and whether it happened.

    What is asked is asked of the read model: `places` are the places of the records that answer.
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
        """The places of the records that answer to all that is asked, in no order."""
        places: Any = self.by_days(self.listed_and_termed().leading(self.model))
        if self.cleaned_data["q"]:
            reading = read_query(self.cleaned_data["q"], actors=bool(self.model.actors))
            self.understood = reading.settled(lambda each: counted(places.read(self.model, each)) > 0)
            places = places.read(self.model, self.understood)
        return places

    def entries(self) -> EntryQuerySet:
        """The entries of these records, with all that they are listed under."""
        entries: EntryQuerySet = self.by_days(self.answering().leading(self.model))  # type: ignore[assignment]
        return entries.read(self.model, self.understood) if self.cleaned_data["q"] else entries

    def by_days(self, places: PlaceQuerySet) -> PlaceQuerySet:
        """The places of records within the days."""
        return places.between(self.model, *self.days)

    def shown(self, queryset: Any) -> Any:
        """Records with what the form asks to see beside them."""
        return queryset

    @property
    def is_by_date(self) -> bool:
        """Whether the records are in the order of their days."""
        return bool(self.cleaned_data["sort"].by == F("sort_on"))

    @property
    def parts(self) -> list[Any]:
        """The places, as parts that follow one another in the order of days, each from where it begins."""
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
        """Of such a list, the places of what certainly lies within the days."""
        return [self.places.certainly_between(self.model, *self.days[:2])]

    @property
    def possible(self) -> list[Any]:
        """Of such a list, the places of what only may."""
        first, last, _ = self.days
        rest = self.places.only_possibly_between(self.model, first, last)
        return rest.by_nearness(first, last) if self.model.starts_on == self.model.ends_on else [rest]

    def listed_and_termed(self) -> Any:
        """The places with the names and terms asked for; those of one name or kind from where they stand in order."""
        names, terms, kind = self.names(), self.terms(), next(iter(self.model.terms))
        if (
            self.is_by_date
            and not self.cleaned_data["q"]
            and terms.keys() <= {kind}
            and [len(choice) for choice in names] in ([], [1])
        ):
            places: Any = Listing.objects.filter(under=names[0][0]) if names else Entry.objects.all()
            return places.filter(kind__in=terms[kind]) if terms else places
        return self.answering()

    def answering(self) -> EntryQuerySet:
        """The entries with the names and terms asked for."""
        terms = [[f"{name}={term}" for term in choice] for name, choice in self.terms().items()]
        return Entry.objects.answering(self.names(), terms)

    def names(self) -> list[list[str]]:
        """What a record is listed under: one name of each choice."""
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
        """What is asked of a record beside: one term of each choice."""
        values = self.cleaned_data
        asked = {name: values[name] for name in (*self.model.terms, "modality")}
        asked["negated"] = [values["negated"]] if values.get("negated") else []
        if not self.role_needs_country and not values["country"] and not values["actor"]:
            asked["role"] = values["role"]
        return {name: choice for name, choice in asked.items() if choice}


class EventForm(RecordForm):
    """Events; a role alone means: of anybody."""

    model = Event
    role_needs_country = False

    actor = NamesField("Actor")
    kind = TermsField("Kind", EventKind.choices)
    role = TermsField("Role", Role.choices)


class ArmsTransferForm(RecordForm):
    """Arms transfers."""

    model = ArmsTransfer

    actor = NamesField("Actor")
    kind = TermsField("Kind", TransferKind.choices)
    condition = TermsField("Condition", Condition.choices)
    category = TermsField("Armament category", ArmamentCategory.choices)
    status = TermsField("Deal status", DealStatus.choices)
    role = TermsField(
        "Role of the country", [("supplier", "Supplier"), ("recipient", "Recipient"), ("transit", "Transit")]
    )


class NetworkForm(ArmsTransferForm):
    """What a network of arms transfers can be asked: as their list, in no order and in one piece."""

    is_by_date = False

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, is_file=True)
        del self.fields["sort"], self.fields["negated"]

    def apply(self, queryset: Any) -> Any:
        if any(self.cleaned_data.values()):
            return queryset.filter(pk__in=self.places.order_by().values("record_id"))
        return queryset


class LastingForm(RecordForm):
    """What lasts: also what stands on a day, and what began or ended, in effect, within the days."""

    COUNTED_OF_A_DAY = 1000  # each of which is worked out

    side = TermField("In that time", [("", "Lasted (default)"), (BEGINS, "Began"), (ENDS, "Ended")])
    as_of = DayField("On the day")

    def contradictions(self) -> Iterator[tuple[str, str]]:
        yield from super().contradictions()
        values = self.cleaned_data
        if values["side"] and not (values["from"] or values["to"]):
            yield "side", "says what is to lie between from and to; give at least one of them."

    @property
    def counted_to(self) -> int:  # type: ignore[override]
        return self.COUNTED_OF_A_DAY if self.cleaned_data["as_of"] else MANY

    def by_days(self, places: PlaceQuerySet) -> PlaceQuerySet:
        values = self.cleaned_data
        if values["as_of"]:
            stands = Standing.objects.answering(values["as_of"])
            places = places.filter(
                has_any(stands.filter(collection=OuterRef("collection"), record_id=OuterRef("record_id")))
            )
        return places.side_within(values["side"], *self.days) if values["side"] else super().by_days(places)

    def shown(self, queryset: Any) -> Any:
        day = self.cleaned_data["as_of"]
        return queryset.with_verdict(day) if day else queryset

    def verdicts(self) -> list[tuple[str, int]]:
        if not self.cleaned_data["as_of"]:
            return []
        records: Any = self.shown(self.model._default_manager.filter(pk__in=self.places.values("record_id")))
        numbers = dict(records.order_by().values_list("verdict").annotate(number=Count("pk")))
        return [(verdict.label.lower(), numbers[verdict]) for verdict in Verdict if verdict in numbers]


class MissionForm(LastingForm):
    """Missions."""

    model = Mission

    kind = TermsField("Kind", MissionKind.choices)
    role = TermsField(
        "Role of the country",
        [
            *(("sending", "Sending"), ("accredited_to", "Accredited to")),
            *(("host", "Host"), ("protecting", "Protecting power")),
        ],
    )


class RelationPeriodForm(LastingForm):
    """States of affairs."""

    model = RelationPeriod

    track = TermsField("Track", Track.choices)
    value = TermsField("Value", {term.value: term.label for values in TRACK_VALUES.values() for term in values}.items())


class ObservationForm(RecordForm):
    """Figures about pairs."""

    model = Observation

    measure = TermsField("Measure", Measure.choices)
    role = TermsField("Role of the country", [("from", "From"), ("to", "To")])


class FigureForm(RecordForm):
    """Figures of events, deals and observations, by what they measure and by their records."""

    measure = TermsField("Measure", Measure.choices)
    sort = SortField(
        {
            "date": Sort("oldest first", F("day"), "key", parse=day),
            "-date": Sort("newest first", F("day"), "key", descending=True, parse=day),
        }
    )
    OWN = ("measure", "sort", "after", "size")
    is_split = False

    def figures(self) -> Figures:
        """The figures of the records that answer to all else that is asked."""
        asked = self.data.copy()
        for name in self.OWN:
            asked.pop(name, None)
        records: Records = {}
        for form_class in (EventForm, ArmsTransferForm, ObservationForm):
            form = form_class(asked, is_file=True, known=self)
            form.check()
            published: Any = form.model._default_manager.all()
            records[form.model] = form.apply(published.published()).order_by()
            self.understood = form.understood
        return Figures(records, self.cleaned_data["measure"])


class EverythingForm(DaysForm):
    """Records of all types, by what all of them have."""

    q = WordsField("Words")
    country = NamesField("Country")
    partner = NamesField("Partner")
    actor = NamesField("Actor")
    kind = TermsField("Type", [(term.value, term.label) for term in Collection if term.value in RECORDS])
    modality = TermsField("How the sources put it", Modality.choices)
    negated = TermField("Did not happen", NEGATED_CHOICES)
    after = CursorField("After")
    size = SizeField("Rows a page")
    OWN = ("kind", "after", "size")

    def contradictions(self) -> Iterator[tuple[str, str]]:
        yield from super().contradictions()
        if self.cleaned_data["after"]:
            try:
                Place.read(self.cleaned_data["after"])
            except ValueError as error:
                yield "after", f"{error} Leave it out for the first page."

    @cached_property
    def forms(self) -> list[RecordForm]:
        """The form of each type that is asked for and can have all that is asked, with what else is asked of it."""
        asked = self.data.copy()
        for name in self.OWN:
            asked.pop(name, None)
        kinds = self.cleaned_data["kind"] or RECORDS
        forms: list[RecordForm] = []
        for form_class in (EventForm, ArmsTransferForm, RelationPeriodForm, MissionForm, ObservationForm):
            if form_class.model.collection.value not in kinds:
                continue
            if self.cleaned_data["actor"] and not form_class.model.actors:
                continue
            form = form_class(asked, is_file=True, known=self)
            form.check()
            forms.append(form)
        return forms


class ChronologyForm(DaysForm):
    """What the chronology can be asked: one country, one pair or one actor, days and kinds."""

    country = NameField("Country")
    partner = NameField("Partner")
    actor = NameField("Actor")
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
        for name, field in self.fields.items():
            if isinstance(field, TermsField) and field.column and (terms := self.cleaned_data[name]):
                queryset = queryset.filter(**{f"{field.column}__in": terms})
        if words := self.cleaned_data["q"]:
            queryset = self.by_words(queryset, words)
        return queryset if self.is_file else self.cleaned_data["sort"].apply(queryset)

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

    country = NamesField("Country", column="country")
    kind = TermsField("Kind", ActorKind.choices, column="kind")
    sort = SortField({"name": Sort("by name", letters("name"))})


class RelationForm(ThingForm):
    """Dyads, and the day on which their status is asked for; a file of them has no status."""

    name_columns = ("country_a__name", "country_b__name", "pair")

    country = NamesField("Country")
    as_of = DayField("On the day")
    sort = SortField(
        {
            "code": Sort("by code", F("country_a_id"), "country_b_id"),
            "-records": Sort("most records first", records_under("pair"), "pair", descending=True, parse=int),
        }
    )

    def __init__(self, data: QueryDict, *, is_file: bool = False) -> None:
        super().__init__(data, is_file=is_file)
        if is_file:
            del self.fields["as_of"]

    def apply(self, queryset: Any) -> Any:
        if countries := self.cleaned_data["country"]:
            queryset = queryset.filter(Q(country_a__in=countries) | Q(country_b__in=countries))
        return super().apply(queryset.with_pair())


class SourceForm(ThingForm):
    """Sources."""

    name_columns = ("key", "title", "authors", "container_title")

    kind = TermsField("Type", SourceType.choices, column="csl_type")
    sort = SortField({"key": Sort("by key", F("key"), "key"), "title": Sort("by title", letters("title"), "key")})
