"""The read model: a row for each side of a published record, maintained by triggers and never written by hand."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import get_script_prefix

from relations.expressions import has_any
from relations.models.keyed import Stored
from relations.models.record import CERTAINLY, POSSIBLY, Record, ends_from
from relations.models.vocabularies import Collection

BEGINS, ENDS = "begins", "ends"
A_YEAR = timedelta(days=366)


def stated(side: str) -> Q:
    """A condition: the date of a side has a bound; `side` is a prefix: empty, or `ends_` for the end in effect."""
    return Q(**{f"{side}earliest__isnull": False}) | Q(**{f"{side}latest__isnull": False})


def lies(side: str, first: date, last: date, reading: str) -> Q:
    """A condition: a side possibly or certainly lies within the days; an unknown bound rules nothing out."""
    earliest, latest = f"{side}earliest", f"{side}latest"
    if reading == CERTAINLY:
        return Q(**{f"{earliest}__gte": first, f"{latest}__lte": last})
    begins = Q(**{f"{earliest}__lte": last}) | Q(**{f"{earliest}__isnull": True})
    ends = Q(**{f"{latest}__gte": first}) | Q(**{f"{latest}__isnull": True})
    return stated(side) & begins & ends


class PlaceQuerySet(models.QuerySet):
    """Places, filtered by day. Each record has one *leading* place, which represents it where it is listed once."""

    def within(self, first: date | None, last: date | None, reading: str) -> Self:
        """Places whose date possibly or certainly lies within the days first to last; None for an open end."""
        if first is None and last is None:
            return self
        return self.filter(lies("", first or date.min, last or date.max, reading))

    def side_within(self, side: str, first: date | None, last: date | None, reading: str) -> Self:
        """Leading places of lasting records that begin, or in effect end, within the days."""
        first, last = first or date.min, last or date.max
        if side == BEGINS:
            return self.filter(lies("", first, last, reading), side=0)
        return self.filter(lies("ends_", first, last, reading))

    def leading(self, model: type[Record]) -> Self:
        """The leading place of each record of a type, with only the key and the slug of the record."""
        return self.filter(collection=model.collection.value, leads=True).only("record_id", "slug")

    def by_nearness(self, first: date | None, last: date | None) -> list[Self]:
        """Places of records with one date, within the days, in parts that are each one range of an index.

        The parts follow the order of days: first vague dates that begin long before, then those that begin near the
        days, then vague ones without a beginning.
        """
        near, last = year_before(first or date.min), last or date.max
        vague = self.filter(is_vague=True)
        return [
            vague.filter(sort_on__lt=near),
            self.filter(sort_on__range=(near, last)),
            vague.filter(sort_on__gt=last),
        ]

    def between(self, model: type[Record], first: date | None, last: date | None, reading: str) -> Self:
        """Leading places of a type whose records lie within the days first to last, either of which may be open.

        A lasting record possibly lies within them if it may have lasted on any of them, any other if one of its dates
        may lie there. It certainly does if everything that is known of its dates does.
        """
        if first is None and last is None:
            return self
        if reading == CERTAINLY:
            return self.certainly_between(model, first, last)
        first, last = first or date.min, last or date.max
        if model.lasts:
            begins = Q(side=1) | Q(earliest__lte=last) | Q(earliest__isnull=True)
            return self.filter(begins, ends_from("ends", first), sort_on__isnull=False)
        own, other = lies("", first, last, reading), lies("ends_", first, last, reading)
        if model.starts_on == model.ends_on:
            # The second condition says nothing new, but it lets an index begin where the days do.
            return self.filter(own, Q(sort_on__gte=year_before(first), sort_on__lte=last) | Q(is_vague=True))
        return self.filter(own | other)

    def dated(self, model: type[Record], first: date | None, last: date | None) -> Self:
        """Leading places of a type whose records happen, begin or end within the days.

        Records that only possibly do so count if the date in question is known to the year.
        """
        first, last = first or date.min, last or date.max
        own = lies("", first, last, CERTAINLY) | (lies("", first, last, POSSIBLY) & Q(is_vague=False))
        near = own & Q(sort_on__range=(year_before(first), last))
        if model.starts_on == model.ends_on:
            return self.filter(near)
        is_near = Q(ends_latest__lte=F("ends_earliest") + A_YEAR)
        return self.filter(
            near | lies("ends_", first, last, CERTAINLY) | (lies("ends_", first, last, POSSIBLY) & is_near)
        )

    def on_days(self, model: type[Record], parsed: Any) -> Self:
        """Leading places of a type whose records match the days of a `ParsedQuery`, some of them only possibly.

        A record known only to lie before some day would match all earlier days, so it is left out.
        """
        first, last = parsed.days.first, parsed.days.last
        if not parsed.is_vague:
            return self.dated(model, first, last)
        vaguely = self.between(model, first, last, POSSIBLY)
        return vaguely if model.lasts else vaguely.filter(earliest__isnull=False)

    def certainly_between(self, model: type[Record], first: date | None, last: date | None) -> Self:
        """Leading places of a type whose records certainly lie within the days, as far as their dates are known."""
        first, last = first or date.min, last or date.max
        if model.lasts:
            return self.filter(side=0, earliest__gte=first, ends_latest__lte=last)
        places = self.filter(sort_on__range=(first, last))
        if model.starts_on == model.ends_on:
            # `sort_on` is `earliest`; comparing that too would make PostgreSQL expect far too few rows.
            return places.filter(earliest__isnull=False, latest__lte=last)
        return places.filter(certain(model, first, last))

    def only_possibly_between(self, model: type[Record], first: date | None, last: date | None) -> Self:
        """Excludes places certainly within the days, from those possibly within them. Not for lasting records."""
        return self.exclude(certain(model, first or date.min, last or date.max))


def certain(model: type[Record], first: date, last: date) -> Q:
    """A condition: everything that is known of the dates of a record lies within the days. Not for lasting records."""
    own, other = lies("", first, last, CERTAINLY), lies("ends_", first, last, CERTAINLY)
    return own if model.starts_on == model.ends_on else own & (other | ~stated("ends_"))


def year_before(day: date) -> date:
    """The day a year before, but not before the first of year 1."""
    return day - min(A_YEAR, day - date.min)


class Place(Stored):
    """A place in the order of what is published: by day, type of record, slug and side; undated entries come last."""

    record_id = models.BigIntegerField(help_text="The key of the record in its own table.")
    collection = models.CharField(max_length=14, db_collation="C", help_text="The type of record.")
    side = models.SmallIntegerField(help_text="0 for its beginning or the whole of it, 1 for its end or delivery.")
    sort_on = models.DateField(null=True, help_text="The day by which it is sorted.")
    slug = models.CharField(max_length=80, db_collation="C", help_text="The slug of the record.")
    kind = models.CharField(max_length=24, db_collation="C", help_text="The first of the terms of its type.")
    earliest = models.DateField(null=True, help_text="The first day on which this side may lie.")
    latest = models.DateField(null=True, help_text="The last day on which this side may lie.")
    ends_earliest = models.DateField(null=True, help_text="The first day on which the record may end, in effect.")
    ends_latest = models.DateField(null=True, help_text="The last day on which the record may end, in effect.")
    is_vague = models.BooleanField(
        help_text="Whether this side may lie on days more than a year apart, or on any before or after one."
    )
    leads = models.BooleanField(help_text="Whether it represents the record in lists that have each record once.")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.collection}/{self.slug}"

    def get_absolute_url(self) -> str:
        """The address of its record."""
        return f"{get_script_prefix()}{self}/"


class EntryQuerySet(PlaceQuerySet):
    """Entries, filtered by everything that a list can be filtered by."""

    def answering(self, under: Iterable[Iterable[str]] = (), terms: Iterable[Iterable[str]] = ()) -> Self:
        """Entries listed under a name of each choice in `under`, and with a term of each choice in `terms`."""
        entries = self
        for column, choices in (("under", under), ("terms", terms)):
            for choice in map(list, choices):
                lookup = "contains" if len(choice) == 1 else "overlap"
                entries = entries.filter(**{f"{column}__{lookup}": choice})
        return entries

    def for_query(self, model: type[Record], parsed: Any) -> Self:
        """Leading entries of a type that match a `ParsedQuery`: its countries, actors, days and all other words."""
        if not parsed:
            return self.none()
        entries = self.leading(model).answering(parsed.choices)
        if parsed.excluded:
            entries = entries.exclude(under__overlap=list(parsed.excluded))
        if parsed.days:
            entries = entries.on_days(model, parsed)
        return entries.filter(words=parsed.matching()) if parsed.words else entries


class Entry(Place):
    """A side of a published record, with the columns that lists, pages, the chronology and the search filter by."""

    pk = models.CompositePrimaryKey("record_id", "collection", "side")
    under = ArrayField(
        models.CharField(max_length=100, db_collation="C"),
        help_text="What it is listed under: countries, pairs, actors, and the roles that these have.",
    )
    terms = ArrayField(
        models.CharField(max_length=120, db_collation="C"),
        help_text="What else it is filtered by: terms, roles, modalities, and whether it is negated.",
    )
    words = SearchVectorField(help_text="The words that a search finds it by.")
    changed_at = models.DateTimeField(help_text="When the record or one of its parts last changed (UTC).")

    objects = EntryQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        indexes = [
            models.Index(name="entry_in_order", fields=["collection", "sort_on", "slug", "side"]),
            models.Index(
                name="entry_of_kind", fields=["collection", "kind", "sort_on", "slug", "side"], include=["leads"]
            ),
            models.Index(name="entry_changed", fields=["collection", "changed_at", "slug"], condition=Q(leads=True)),
            models.Index(name="entry_vague", fields=["collection", "sort_on"], condition=Q(is_vague=True)),
            # One index for each type, because names, terms and words are looked up within one type.
            *(
                GinIndex(
                    name=f"entry_{name}_of_{collection.value.replace('-', '_')}",
                    fields=columns,
                    condition=Q(collection=collection.value, leads=True),
                )
                for name, columns in (("names", ["under", "terms"]), ("words", ["words"]))
                for collection in (
                    Collection.PERIODS,
                    Collection.MISSIONS,
                    Collection.EVENTS,
                    Collection.TRANSFERS,
                    Collection.OBSERVATIONS,
                )
            ),
        ]
        verbose_name_plural = "entries"


class Listing(Place):
    """An entry under one of its names, so that the entries of a name are a range of an index, in order."""

    pk = models.CompositePrimaryKey("record_id", "collection", "side", "under")
    under = models.CharField(
        max_length=100, db_collation="C", help_text="A country, a pair or an actor; or one with its role, host:EGY."
    )

    class Meta:
        indexes = [
            models.Index(name="listing_in_order", fields=["under", "collection", "sort_on", "slug", "side"]),
            models.Index(
                name="listing_of_kind",
                fields=["under", "collection", "kind", "sort_on", "slug", "side"],
                include=["leads"],
            ),
            models.Index(name="listing_vague", fields=["under", "collection", "sort_on"], condition=Q(is_vague=True)),
        ]


def places_for(model: type[Record], parsed: Any) -> PlaceQuerySet:
    """The leading places of a type that match a `ParsedQuery`.

    A query for a single name is answered by a range of the index of listings, any other by the entries.
    """
    if parsed.words or parsed.excluded or [len(choice) for choice in parsed.choices] != [1]:
        return Entry.objects.for_query(model, parsed)
    listed = Listing.objects.filter(under=parsed.choices[0][0]).leading(model)
    return listed.on_days(model, parsed) if parsed.days else listed


def is_listed(name: Any) -> Coalesce:
    """A condition: a published record is listed under this name, an expression of an outer query."""
    return has_any(Listing.objects.filter(under=name))
