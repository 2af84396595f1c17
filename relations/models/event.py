"""Events, their participations and their figures."""

from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, Func, OuterRef, Prefetch, Q, TextField, Value
from django.db.models.functions import NullIf

from relations.expressions import LexemesOf, WordQuery
from relations.fields import FuzzyDateField, LineField, ProseField, SearchColumn
from relations.models import triggers
from relations.models.actor import Actor
from relations.models.constraints import exactly_one, not_its_own_double, rule
from relations.models.country import Country
from relations.models.figure import Figure, figure_rules, money_has_a_currency, stated
from relations.models.keyed import RECORD_PERMISSIONS, Part, registered
from relations.models.record import (
    Record,
    RecordManager,
    RecordQuerySet,
    possible_double,
    record_indexes,
    record_rules,
    record_triggers,
)
from relations.models.vocabularies import Collection, EventKind, Measure, Role

PLACED = LexemesOf("place")  # by which a search finds the place of an event
PARTY = Func(  # `Participation.party` in SQL
    *(Value(" "), NullIf("count", Value(0)), NullIf("named_as", Value("")), "country__name", "actor__name"),
    function="concat_ws",
    output_field=TextField(),
)


class EventQuerySet(RecordQuerySet):
    """Events, filtered by party and place."""

    def involving(self, *codes: Any) -> Self:
        """Events in which each of these countries, or one of its actors, takes part in any role."""
        events = self
        for code in codes:
            parts = Participation.objects.filter(Q(country=code) | Q(actor__country=code), event=OuterRef("pk"))
            events = events.filter(Exists(parts))
        return events

    def at_place(self, words: Any) -> Self:
        """Events whose place matches these words, which are read as a search query."""
        return self.exclude(place="").alias(words_of_place=PLACED).filter(words_of_place=WordQuery(words))

    def with_parties(self) -> Self:
        """Prefetches the participations, with what is needed to name them."""
        return self.prefetch_related(Prefetch("participations", Participation.objects.with_shown()))

    def with_who(self, *order: str) -> Self:
        """Annotates `who`, the names of all parties, in this order of participations, without reading their rows."""
        parts = Participation.objects.filter(event=OuterRef("pk")).order_by(*order)
        return self.annotate(who=ArraySubquery(parts.values_list(PARTY)))


@registered
class Event(Record):
    """Something that happened between parties: said, done, asked, voted, allowed, seized, fired."""

    kind = models.CharField(max_length=24, choices=EventKind, help_text="What sort of event it is.")
    happened_on = FuzzyDateField(help_text="When it happened (EDTF); a span where it lasted; empty where not stated.")
    title = LineField(max_length=160, blank=True, help_text="What happened, in our words, without the date.")
    summary = ProseField(blank=True, help_text="The event in our words.")
    place = LineField(max_length=120, blank=True, help_text="Where, as far as the source says.")
    reason = ProseField(
        blank=True, help_text="Why, where the source says so; its hedge is on the citation of this field."
    )
    possibly_same_as = possible_double("A record that may be of the same event; the two are never merged or added up.")
    search = SearchColumn("title", "summary", "place", "reason", "note")

    collection = Collection.EVENTS
    starts_on = ends_on = "happened_on"
    terms = {"kind": "kind"}
    slug_fields = ("title", "happened_on")
    cited_parts = ("participants", "figures")
    parties = {"": ("participations__country", "participations__actor__country")}
    actors = ("participations__actor",)
    objects = RecordManager.from_queryset(EventQuerySet)()

    class Meta:
        default_permissions = RECORD_PERMISSIONS
        ordering = ["slug"]
        constraints = [*record_rules("event", "title"), not_its_own_double("event")]
        indexes = [
            *record_indexes("event", "happened_on", "happened_on"),
            GinIndex(PLACED, name="event_place", condition=~Q(place="")),
        ]
        triggers = [*record_triggers(Collection.EVENTS, "event_id"), triggers.PublishedHasParties()]

    def __str__(self) -> str:
        return self.title or self.slug

    def sides(self) -> set[str]:
        parts = self.participations.all()
        return {code for part in parts for code in (part.country_id, part.actor and part.actor.country_id) if code}


@registered
class Participation(Part):
    """A party of an event: a country, an actor, or somebody the source does not name."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participations", help_text="The event.")
    role = models.CharField(max_length=16, choices=Role, help_text="The part it had.")
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        help_text="A country; or …",
    )
    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        help_text="… an actor; or …",
    )
    named_as = LineField(
        max_length=120, blank=True, help_text="… what the source calls a party that it does not name, in our words."
    )
    count = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many such unnamed parties there were; empty where not stated."
    )

    natural_key_fields = ("event", "role", "country", "actor", "named_as")
    shown = ("country", "actor")
    owner_fields = ("event",)

    class Meta:
        ordering = ["event", "role", "id"]
        constraints = [
            rule(
                "participation_names_one_party",
                exactly_one("country", "actor", text=("named_as",)),
                "Give exactly one of country, actor and named_as.",
            ),
            rule(
                "participation_counts_the_unnamed",
                Q(count__isnull=True) | ~Q(named_as=""),
                "count: only for parties that are not named.",
            ),
        ]
        triggers = [triggers.KeepsParties(), triggers.StaysNamed("event_id")]

    def __str__(self) -> str:
        return f"{self.party} ({Role.named(self.role).lower()})"

    @property
    def key(self) -> str:
        """The value of `Citation.part` in citations for it: a code, a slug or the words for it."""
        return self.country_id or (self.actor.slug if self.actor else self.named_as)

    @property
    def party(self) -> str:
        """The party in words, with their number if they are unnamed."""
        if self.named_as:
            return f"{self.count} {self.named_as}" if self.count else self.named_as
        return str(self.country or self.actor)


@registered
class EventFigure(Part):
    """A figure of an event, such as the number of killed."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="figures", help_text="The event.")
    measure = models.CharField(max_length=12, choices=Measure, help_text="What the number counts.")
    of = LineField(max_length=120, blank=True, help_text="Of what or whom, in our words.")
    figure = Figure("Number")

    natural_key_fields = ("event", "measure", "of")
    owner_fields = ("event",)

    class Meta:
        ordering = ["event", "measure", "of"]
        constraints = [
            *figure_rules("eventfigure", "figure"),
            rule("eventfigure_says_something", stated("figure"), "Give a number, or why there is none."),
            money_has_a_currency("eventfigure"),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.get_measure_display()}:", str(self.figure), self.of) if part)
