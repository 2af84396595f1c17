"""The base class of records: slug, modality, state, stamps, and a QuerySet with filters by date, party and state."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self, cast

import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import get_script_prefix

from relations.expressions import sort_on
from relations.fields import ProseField
from relations.models import triggers
from relations.models.constraints import LONGEST_SLUG, stated_when_published, well_formed_slug
from relations.models.keyed import Keyed, KeyedQuerySet, Versioned
from relations.models.vocabularies import Collection, Modality, State

DESK_ONLY = ("editor_note", "created_at")  # columns that no page of readers shows
POSSIBLY, CERTAINLY = READINGS = ("possibly", "certainly")


def starts_by(column: str, day: date) -> Q:
    """A condition: the date may lie on or before the day; an unknown bound does not rule it out."""
    return Q(**{f"{column}_earliest__lte": day}) | Q(**{f"{column}_earliest__isnull": True})


def ends_from(column: str, day: date) -> Q:
    """A condition: the date may lie on or after the day; an unknown bound does not rule it out."""
    return Q(**{f"{column}_latest__gte": day}) | Q(**{f"{column}_latest__isnull": True})


class RecordQuerySet(KeyedQuerySet):
    """QuerySet methods that every type of record has."""

    @property
    def record_type(self) -> "type[Record]":
        """The type of the records."""
        return cast("type[Record]", self.model)

    @property
    def date_columns(self) -> tuple[str, str]:
        """The fields of the dates on which a record begins and ends; twice the same field if it has one date only."""
        return self.record_type.starts_on, self.record_type.ends_on

    def published(self) -> Self:
        """Published records; the columns that only the desk shows are deferred."""
        return self.filter(state=State.PUBLISHED).defer(*DESK_ONLY)

    def listed_under(self, name: str, most: int | None = None) -> Self:
        """Published records listed under the name of a country, pair or actor; with `most`, only the earliest ones."""
        from relations.models.entry import Listing

        listings = Listing.objects.leading(self.record_type).filter(under=name)
        first = listings.order_by(F("sort_on").asc(nulls_last=True), "slug")[:most]
        # As an array: planning a join with it, besides those of `with_shown`, takes PostgreSQL longer than the query.
        return self.published().filter(pk__among=ArraySubquery(first.values("record_id")))

    def affirmed(self) -> Self:
        """Leaves out negated records, which say that something did not happen; they are not counted or drawn."""
        return self.filter(negated=False)

    def possibly_within(self, first: date, last: date) -> Self:
        """Records that may overlap the days first to last; an undated record never does."""
        start, end = self.date_columns
        dated = ~Q(**{start: ""}) | ~Q(**{end: ""})
        return self.filter(dated, starts_by(start, last), ends_from(end, first))

    def involving(self, *codes: Any) -> Self:
        """Records in which each of these countries takes part, itself or through one of its actors."""
        parties = self.record_type.parties
        lookups = [lookup for of_role in parties.values() for lookup in of_role]
        records = self
        for code in codes:
            records = records.filter(reduce(or_, (Q(**{lookup: code}) for lookup in lookups)))
        return records

    def with_hedges(self) -> Self:
        """Prefetches as `hedges` the citations for single fields that have a modality or announce a date."""
        from relations.models.citation import hedges

        return self.prefetch_related(hedges())

    def with_parties(self) -> Self:
        """Prefetches the parties that are rows of their own, since a hedge may be about one; no title names them."""
        return self

    def possibly_same_as(self, key: Any, named: Any) -> Self:
        """The possible doubles of a record: the one that it refers to, `named`, and those that refer to its `key`."""
        return self.filter(Q(pk=named) | Q(possibly_same_as=key))

    def in_order(self) -> Self:
        """Annotates `sort_on`, and orders by it and the slug; undated records come last and are never left out."""
        return self.annotate(sort_on=sort_on(*self.date_columns)).order_by(F("sort_on").asc(nulls_last=True), "slug")


class RecordManager(models.Manager):
    """Defers the search column, which only PostgreSQL reads."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().defer("search")


class Record(Versioned, Keyed):
    """A claim coded from sources.

    Subclasses declare:

    - `starts_on`, `ends_on`: the fields of its dates; both the same if it has only one.
    - `slug_fields`: the fields from which a slug is proposed.
    - `parties`: by role, the lookups of the countries that take part in it.
    - `bystanders`: the roles in `parties` that are not sides of the relation the record is about.
    - `actors`: the lookups of the actors that take part in it.
    - `terms`: by query parameter, the columns with closed lists that its list is filtered by. The first is the kind of
      the record; every type has at least this one.
    - `lasts`: whether it is a state of affairs that lasts until it ends; otherwise it happens on its dates.
    """

    slug = models.CharField(
        max_length=LONGEST_SLUG,
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
    negated = models.BooleanField(
        default=False,
        help_text="The source says that it did not happen, or was not so; not that it is unknown.",
    )
    state = models.CharField(
        max_length=10,
        choices=State,
        default=State.DRAFT,
        help_text="Only published records are public; publishing needs a citation.",
    )
    note = ProseField(
        blank=True, help_text="Public: how it was coded, what is doubtful in the source, what a reader should know."
    )
    editor_note = ProseField(
        blank=True, help_text="For editors only, never public: what is still to be looked up, asked or decided."
    )
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

    objects: Any
    collection: ClassVar[Collection]
    starts_on: ClassVar[str]
    ends_on: ClassVar[str]
    slug_fields: ClassVar[tuple[str, ...]]
    parties: ClassVar[dict[str, tuple[str, ...]]]
    bystanders: ClassVar[tuple[str, ...]] = ()
    actors: ClassVar[tuple[str, ...]] = ()
    terms: ClassVar[dict[str, str]]
    lasts: ClassVar[bool] = False

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """The path of its public page: collection and slug, after the script prefix."""
        return f"{get_script_prefix()}{self.collection}/{self.slug}/"

    def sides(self) -> set[str]:
        """The codes of the countries whose relation it is about; for an actor that is a side, the actor's country."""
        lookups = [name for role, of_role in self.parties.items() if role not in self.bystanders for name in of_role]
        codes = set()
        for lookup in lookups:
            *path, last = lookup.split("__")
            owner: Any = reduce(lambda row, name: row and getattr(row, name), path, self)
            codes.add(owner and getattr(owner, f"{last}_id"))
        return codes - {None}


def possible_double(help_text: str) -> models.ForeignKey:
    """A foreign key to another record that may be about the same event or deal."""
    return models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="possible_doubles",
        help_text=help_text,
    )


def record_rules(owner: str, *needed: str) -> list[models.CheckConstraint]:
    """The CHECK constraints of every record; `needed` are text columns that must be filled before publication."""
    return [
        well_formed_slug(owner),
        *stated_when_published(owner, *needed),
    ]


def record_indexes(owner: str, starts_on: str, ends_on: str) -> list[models.Index]:
    """Indexes for searching, for published records in order of date, and for unpublished records at the desk."""
    return [
        GinIndex(name=f"{owner}_search", fields=["search"]),
        models.Index(sort_on(starts_on, ends_on), "slug", name=f"{owner}_in_order", condition=Q(state=State.PUBLISHED)),
        models.Index(name=f"{owner}_in_work", fields=["state", "changed_at"], condition=~Q(state=State.PUBLISHED)),
    ]


def record_triggers(collection: Collection, citation_column: str) -> list[pgtrigger.Trigger]:
    """The triggers of every record."""
    return [
        triggers.NeverReused(collection),
        triggers.KeepsAddress(collection),
        triggers.PublishedIsCited(citation_column),
    ]
