"""What every record has in common: address, modality, state, stamps, and the questions one can ask of its dates."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self, cast

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse

from relations.fields import ProseField, sort_on
from relations.models import triggers
from relations.models.constraints import stated_when_published, well_formed_slug
from relations.models.keyed import Keyed, KeyedQuerySet, Versioned
from relations.models.vocabularies import Collection, Modality, State

POSSIBLY, CERTAINLY = READINGS = ("possibly", "certainly")


def starts_by(column: str, day: date) -> Q:
    """The date may lie on or before the day; an unknown bound does not forbid it."""
    return Q(**{f"{column}_earliest__lte": day}) | Q(**{f"{column}_earliest__isnull": True})


def ends_from(column: str, day: date) -> Q:
    """The date may lie on or after the day; an unknown bound does not forbid it."""
    return Q(**{f"{column}_latest__gte": day}) | Q(**{f"{column}_latest__isnull": True})


class RecordQuerySet(KeyedQuerySet):
    """The questions that every kind of record answers."""

    @property
    def date_columns(self) -> tuple[str, str]:
        """The names of the fuzzy dates on which it begins and ends; one name for what happens once."""
        model = cast("type[Record]", self.model)
        return model.starts_on, model.ends_on

    def published(self) -> Self:
        """Only what is public."""
        return self.filter(state=State.PUBLISHED)

    def between(self, first: date | None, last: date | None, reading: str = POSSIBLY) -> Self:
        """Within the days first to last, either of which may be open; `possibly` or `certainly`."""
        if first is None and last is None:
            return self
        within = self.certainly_within if reading == CERTAINLY else self.possibly_within
        return within(first or date.min, last or date.max)

    def possibly_within(self, first: date, last: date) -> Self:
        """What can lie at least partly within the days first to last; nothing undated can be said to."""
        start, end = self.date_columns
        dated = ~Q(**{start: ""}) | ~Q(**{end: ""})
        return self.filter(dated, starts_by(start, last), ends_from(end, first))

    def certainly_within(self, first: date, last: date) -> Self:
        """What, by its sources, lies wholly within the days first to last."""
        start, end = self.date_columns
        return self.filter(**{f"{start}_earliest__gte": first, f"{end}_latest__lte": last})

    def involving(self, *codes: Any) -> Self:
        """Records in which every one of these countries has a part, itself or by an actor of it."""
        parties = cast("type[Record]", self.model).parties
        lookups = [lookup for of_role in parties.values() for lookup in of_role]
        records = self
        for code in codes:
            records = records.filter(reduce(or_, (Q(**{lookup: code}) for lookup in lookups)))
        return records

    def in_order(self) -> Self:
        """Adds `sort_on` and orders by it and the slug; undated records come last and are never dropped."""
        return self.annotate(sort_on=sort_on(*self.date_columns)).order_by(F("sort_on").asc(nulls_last=True), "slug")


class LastingQuerySet(RecordQuerySet):
    """What lasts: between a beginning and an end, each of which may be vague, open or unknown."""

    def with_ends(self) -> Self:
        """Adds `has_end`, `ends_earliest` and `ends_latest`: the bounds of the day on which it ended."""
        _, end = self.date_columns
        return self.annotate(
            has_end=Case(When(**{end: ""}, then=Value(False)), default=Value(True), output_field=models.BooleanField()),
            ends_earliest=F(f"{end}_earliest"),
            ends_latest=F(f"{end}_latest"),
        )

    def possibly_within(self, first: date, last: date) -> Self:
        """What can have lasted on at least one of the days first to last."""
        start, _ = self.date_columns
        return self.with_ends().filter(
            ~Q(**{start: ""}) | Q(has_end=True),
            starts_by(start, last),
            Q(has_end=False) | Q(ends_latest__isnull=True) | Q(ends_latest__gte=first),
        )

    def certainly_within(self, first: date, last: date) -> Self:
        """What began and ended within the days first to last, whatever its vague dates turn out to be."""
        return self.with_ends().filter(
            **{f"{self.date_columns[0]}_earliest__gte": first}, has_end=True, ends_latest__lte=last
        )

    def in_force_on(self, day: date) -> Self:
        """What can have lasted on that day, certainly or possibly; undated rows cannot be said to."""
        return self.possibly_within(day, day)


class RecordManager(models.Manager):
    """Finds records by their slug, and leaves the search column in the database, where it is used."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().defer("search")


class Record(Versioned, Keyed):
    """A claim coded from sources.

    Subclasses name the columns of their dates in `starts_on` and `ends_on`, what a proposed slug is made of in
    `slug_fields`, and in `parties` the lookups of the countries that have a part in it, by role; who has a role of
    `bystanders` is no side of the relation it is about.
    """

    slug = models.CharField(
        max_length=80,
        unique=True,
        db_collation="C",
        help_text="Address and key: lower-case words and digits with hyphens. Frozen at first publication.",
    )
    modality = models.CharField(
        max_length=10,
        choices=Modality,
        default=Modality.ASSERTED,
        help_text="How the sources put it; the weakest where two apply.",
    )
    state = models.CharField(
        max_length=10,
        choices=State,
        default=State.DRAFT,
        help_text="Only published records are public; publishing needs a citation.",
    )
    note = ProseField(blank=True, help_text="Public: how the record was coded, and what a reader should know.")
    editor_note = ProseField(blank=True, help_text="For editors only, never public: doubts about what is printed.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        serialize=False,
        related_name="+",
        help_text="Who created the record; empty when it was loaded.",
    )
    created_at = models.DateTimeField(
        db_default=models.functions.Now(),
        editable=False,
        serialize=False,
        help_text="When the record was entered (UTC).",
    )
    published_at = models.DateTimeField(
        null=True, editable=False, serialize=False, help_text="When the record was first published (UTC)."
    )

    collection: ClassVar[Collection]
    starts_on: ClassVar[str]
    ends_on: ClassVar[str]
    slug_fields: ClassVar[tuple[str, ...]]
    parties: ClassVar[dict[str, tuple[str, ...]]]
    bystanders: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse(f"{self._meta.model_name}-detail", args=[self.slug])

    def sides(self) -> set[str]:
        """The codes of the countries whose relations it is about, that of an actor's country among them."""
        lookups = [name for role, of_role in self.parties.items() if role not in self.bystanders for name in of_role]
        codes = set()
        for lookup in lookups:
            *path, last = lookup.split("__")
            owner: Any = reduce(lambda row, name: row and getattr(row, name), path, self)
            codes.add(owner and getattr(owner, f"{last}_id"))
        return codes - {None}


def record_rules(owner: str, *needed: str) -> list[models.CheckConstraint]:
    """The CHECKs of every record; `needed` are the text columns without which it cannot be published."""
    return [
        well_formed_slug(owner),
        *stated_when_published(owner, *needed),
    ]


def record_indexes(owner: str, starts_on: str, ends_on: str) -> list[models.Index]:
    """What lists read: the words, and the published records in the order of their dates."""
    return [
        GinIndex(name=f"{owner}_search", fields=["search"]),
        models.Index(sort_on(starts_on, ends_on), "slug", name=f"{owner}_in_order", condition=Q(state=State.PUBLISHED)),
    ]


def record_triggers(collection: Collection, citation_column: str) -> list[pgtrigger.Trigger]:
    """The triggers of every record."""
    return [
        triggers.NeverReused(collection),
        triggers.KeepsAddress(collection),
        triggers.PublishedIsCited(citation_column),
    ]
