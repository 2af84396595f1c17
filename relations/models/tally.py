"""Counts over the read model: records under each name, entries in each year. Maintained by triggers."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from relations.expressions import has_any
from relations.prepared import planned

IN_YEAR = "in "  # before a year among the names of tallies


class TallyQuerySet(models.QuerySet):
    """Sums of tallies."""

    def under(self, name: str) -> dict[str, int]:
        """The number of affirmed records by type under a name, or of all records if the name is empty."""
        return dict(affirmed_under(name))

    def known_under(self, name: str) -> dict[str, int]:
        """The number of records by type under a name, negated ones included; of all records if the name is empty."""
        rows = self.filter(under=name).order_by().values_list("collection")
        return dict(rows.annotate(number=Sum(F("affirmed") + F("denied"))))

    def by_year(self, kinds: Iterable[str]) -> dict[int, int]:
        """The number of entries of some types by year, those of negated records included."""
        rows = self.filter(under__startswith=IN_YEAR, collection__in=kinds).order_by().values_list("under")
        numbers = rows.annotate(number=Sum(F("affirmed") + F("denied"))).filter(number__gt=0)
        return {int(name.removeprefix(IN_YEAR)): number for name, number in numbers}


@planned
def affirmed_under(name: Any) -> models.QuerySet:
    """The number of affirmed records by type under a name; types without any are left out."""
    rows = Tally.objects.filter(under=name).order_by("collection").values_list("collection")
    return rows.annotate(number=Sum("affirmed")).filter(number__gt=0)


class Tally(models.Model):
    """The number of published records of a type that are listed under a name, or of all; rows of one name add up.

    The name of a year, `in 1963`, counts the entries in it.

    A writer that changes a count adds a row, and merges the rows that no other writer has locked, so that none waits.
    """

    collection = models.CharField(max_length=14, db_collation="C", help_text="The type of record.")
    under = models.CharField(max_length=100, db_collation="C", help_text="The name; empty for all records of the type.")
    affirmed = models.IntegerField(help_text="How many are not negated.")
    denied = models.IntegerField(help_text="How many are negated.")

    objects = TallyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="tally_under", fields=["under", "collection"], include=["affirmed", "denied"])]
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.collection} {self.under}"


def is_counted(name: Any) -> Coalesce:
    """A condition: a record is counted under this pair. For many pairs this is faster than looking for an entry."""
    tallies = Tally.objects.filter(under=name).order_by().values("under")
    return has_any(tallies.annotate(number=Sum(F("affirmed") + F("denied"))).filter(number__gt=0))
