"""Relations (dyads), and their periods: the states of affairs that lasted in them."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Case, CheckConstraint, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat
from django.urls import get_script_prefix

from relations.expressions import Hyphenated, sort_on
from relations.fields import FuzzyDateField, LineField, ProseField, SearchColumn
from relations.models import triggers
from relations.models.constraints import DRAFT_OR, in_order, rule
from relations.models.country import Country
from relations.models.keyed import DESK_PERMISSIONS, RECORD_PERMISSIONS, Keyed, KeyedQuerySet, Versioned, registered
from relations.models.lasting import LastingQuerySet
from relations.models.record import Record, RecordManager, record_indexes, record_rules, record_triggers
from relations.models.tally import is_counted
from relations.models.tracks import FADES, MUTUAL_TRACKS, ONE_SIDED_TRACKS, OPEN_TRACKS, TRACK_VALUES, Track, TrackValue
from relations.models.vocabularies import Collection, Modality, State


class RelationQuerySet(KeyedQuerySet):
    """Dyads by country or pair, and those that are public."""

    def of_pair(self, *codes: str) -> Self:
        """The dyad of two countries, in either order."""
        return self.of_pairs([(min(codes), max(codes))])

    def of_pairs(self, pairs: Iterable[tuple[str, ...]]) -> Self:
        """The dyads of these pairs of country codes; in each pair the lesser code comes first."""
        return self.filter(reduce(or_, (Q(country_a=first, country_b=second) for first, second in pairs)))

    def involving(self, *codes: str) -> Self:
        """Dyads of which each of these countries is a side."""
        relations = self
        for code in codes:
            relations = relations.filter(Q(country_a=code) | Q(country_b=code))
        return relations

    def with_pair(self) -> Self:
        """Annotates `pair`, both codes as one text, which is the name that records are listed under."""
        return self.annotate(pair=Hyphenated("country_a", "country_b"))

    def public(self) -> Self:
        """Dyads with at least one published record."""
        return self.with_pair().filter(is_counted(OuterRef("pair")))


@registered
class Relation(Versioned, Keyed):
    """A dyad: two countries, the one with the lesser code first. It is addressed by both codes and has no slug."""

    country_a = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", help_text="The country whose code comes first."
    )
    country_b = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", help_text="The country whose code comes second."
    )
    summary = ProseField(blank=True, help_text="The relation in our words, from the sources alone.")

    natural_key_fields = shown = ("country_a", "country_b")
    parties = {"side": ("country_a", "country_b")}
    objects = RelationQuerySet.as_manager()

    class Meta:
        default_permissions = DESK_PERMISSIONS
        ordering = ["country_a", "country_b"]
        constraints = [
            rule(
                "relation_is_in_order",
                Q(country_a__lt=F("country_b")),
                "country_a: two different countries, the one with the lesser code first.",
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="pair_never_changes", fields=["country_a", "country_b"])]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return f"{get_script_prefix()}relations/{self.code}/"

    @property
    def states(self) -> tuple[Country, Country]:
        """The two sides, in the order of their codes."""
        return self.country_a, self.country_b

    def other_than(self, code: str | None) -> Country:
        """The side that is not the country of this code."""
        return self.country_b if self.country_a_id == code else self.country_a

    @property
    def code(self) -> str:
        """Both codes, the lesser first: `EGY-PRK`."""
        return f"{self.country_a_id}-{self.country_b_id}"


def value_fades() -> Q:
    """A condition: the value of the period is one that fades on its track."""
    fades = {track: [term for term in terms if term.persistence == FADES] for track, terms in TRACK_VALUES.items()}
    return reduce(or_, (Q(track=track, value__in=terms) for track, terms in fades.items() if terms))


class RelationPeriodQuerySet(LastingQuerySet):
    """Periods. On a track that allows one value at a time, each value ends when the next one begins."""

    fades = value_fades()
    coexists = Q(track__in=OPEN_TRACKS)
    question = Case(
        When(track__in=MUTUAL_TRACKS, then=F("track")),
        When(track__in=ONE_SIDED_TRACKS, then=Concat("track", Value(":"), "held_by", output_field=models.TextField())),
        output_field=models.TextField(),
    )
    sibling_key = "relation"

    def followers(self) -> QuerySet:
        """Later published periods of the same track with another value; on a one-sided track, of the same holder."""
        earliest, latest = "began_on_earliest", "began_on_latest"
        began, last = Coalesce(OuterRef(earliest), OuterRef(latest)), Coalesce(OuterRef(latest), date.max)
        of_the_same = Q(track__in=MUTUAL_TRACKS) | Q(track__in=ONE_SIDED_TRACKS, held_by=OuterRef("held_by"))
        return (
            RelationPeriod.objects.published()
            .affirmed()
            .filter(
                of_the_same,
                # A disputed period does not end one that is not disputed.
                ~Q(modality=Modality.DISPUTED) | Q(modality=OuterRef("modality")),
                relation=OuterRef("relation"),
                track=OuterRef("track"),
                negated=OuterRef("negated"),  # never true for a negated one, so nothing ends it
            )
            .exclude(value=OuterRef("value"))
            .annotate(sort_on=sort_on("began_on"), last=Coalesce(latest, date.max))
            # Of two with the same earliest day, the one with the later latest day comes after.
            .filter(Q(sort_on__gt=began) | Q(sort_on=began, last__gt=last))
            .order_by("sort_on", "last", "slug")
        )


def values_of_tracks() -> list[CheckConstraint]:
    """One CHECK constraint for each track and its closed list of values, so that its message can name these values."""
    return [
        rule(
            f"relationperiod_value_on_{track}",
            ~Q(track=track) | Q(value__in=["", *values.values]),
            f"value: use one of {', '.join(values.values)} on the track {track}.",
        )
        for track, values in TRACK_VALUES.items()
    ]


def no_overlap(name: str, tracks: tuple[Track, ...], *key: tuple[Any, str]) -> ExclusionConstraint:
    """An exclusion constraint: two published rows with the same key must not certainly cover the same day.

    It does not apply to disputed and negated rows.
    """
    return ExclusionConstraint(
        name=name,
        expressions=[
            (models.Func(F("relation"), F("relation"), Value("[]"), function="int8range"), "="),
            (models.Func(F("track"), F("track"), Value("[]"), function="public.textrange"), "="),
            *key,
            (
                models.Func(
                    *("began_on_earliest", "began_on_latest", "ended_on_earliest"), function="public.period_core"
                ),
                "&&",
            ),
        ],
        condition=Q(state=State.PUBLISHED, negated=False, track__in=tracks) & ~Q(modality=Modality.DISPUTED),
        violation_error_message="Another published value of this track certainly covers some of the same days.",
    )


@registered
class RelationPeriod(Record):
    """A state of affairs in a dyad, on one track; the act that brought it about is its beginning, not an event."""

    relation = models.ForeignKey(Relation, on_delete=models.PROTECT, related_name="periods", help_text="The dyad.")
    track = models.CharField(max_length=12, choices=Track, help_text="The side of the relation it is about.")
    value = LineField(max_length=20, blank=True, help_text="The state of affairs; each track has its own list.")
    held_by = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The side that brought it about, or whose representation, recognition or view it is; empty for both.",
    )
    subject = LineField(
        max_length=200,
        blank=True,
        help_text="What it is about, in our words: on open tracks always, of a recognition where it is of a title.",
    )
    exception = LineField(max_length=200, blank=True, help_text="What is excepted from the subject, in our words.")
    began_on = FuzzyDateField(instants_only=True, help_text="When it began (EDTF); empty where not stated.")
    ended_on = FuzzyDateField(
        instants_only=True,
        help_text="When it ended (EDTF), only where a source states an end without saying what followed.",
    )
    reason = ProseField(
        blank=True, help_text="Why, where the source says so; its hedge is on the citation of this field."
    )
    search = SearchColumn("subject", "exception", "reason", "note")

    collection = Collection.PERIODS
    starts_on, ends_on = "began_on", "ended_on"
    lasts = True
    terms = {"track": "track", "value": "value"}
    slug_fields = ("relation", "track", "value", "held_by", "subject", "began_on")
    shown = ("relation__country_a", "relation__country_b", "held_by")
    parties = {"side": ("relation__country_a", "relation__country_b")}
    objects = RecordManager.from_queryset(RelationPeriodQuerySet)()

    class Meta:
        default_permissions = RECORD_PERMISSIONS
        ordering = ["slug"]
        constraints = [
            *record_rules("relationperiod", "value"),
            *values_of_tracks(),
            rule(
                "relationperiod_holder_when_one_sided",
                ~Q(track__in=ONE_SIDED_TRACKS) | Q(held_by__isnull=False),
                "held_by: a one-sided track needs its holder.",
            ),
            rule(
                "relationperiod_subject_when_open",
                DRAFT_OR
                | (Q(track__in=OPEN_TRACKS) & ~Q(subject=""))
                | Q(track=Track.RECOGNITION)
                | (~Q(track__in=OPEN_TRACKS) & Q(subject="")),
                "subject: needed on an open track, allowed for a recognition, and on no other track.",
            ),
            rule(
                "relationperiod_excepts_from_a_subject",
                Q(exception="") | ~Q(subject=""),
                "exception: give the subject too, of which it is an exception.",
            ),
            in_order("relationperiod", "began_on", "ended_on"),
            no_overlap("relationperiod_one_mutual_value", MUTUAL_TRACKS),
            no_overlap(
                "relationperiod_one_value_per_holder",
                ONE_SIDED_TRACKS,
                (models.Func(F("held_by"), F("held_by"), Value("[]"), function="public.textrange"), "="),
            ),
        ]
        indexes = record_indexes("relationperiod", "began_on", "ended_on")
        triggers = [*record_triggers(Collection.PERIODS, "period_id"), triggers.HeldByASide()]

    @property
    def states(self) -> tuple[Country, Country]:
        """The two states of its relation."""
        return self.relation.states

    @property
    def term(self) -> TrackValue:
        """The value as a term of its track. ValueError for a draft without a value."""
        return TRACK_VALUES[Track(self.track)](self.value)

    @property
    def fades(self) -> bool:
        """Whether its value fades and no end is stated: it then only possibly goes on after the day it had begun by."""
        return bool(self.value) and self.term.persistence == FADES and not self.ended_on

    def get_value_display(self) -> str:
        """The label of the value; an empty string for a draft without a value."""
        return self.term.label if self.value else ""
