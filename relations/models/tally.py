"""The read model, counted: how many records are listed under each name, and stand in each year; never entered."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from relations.expressions import has_any
from relations.prepared import planned

IN_YEAR = "in "  # before a year among the names of tallies


class TallyQuerySet(models.QuerySet):
    """Tallies, added up."""

    def under(self, name: str) -> dict[str, int]:
        """How many records of each type are listed under a name, or in all, without what did not happen."""
        return dict(affirmed_under(name))

    def known_under(self, name: str) -> dict[str, int]:
        """The same with what did not happen."""
        rows = self.filter(under=name).order_by().values_list("collection")
        return dict(rows.annotate(number=Sum(F("affirmed") + F("denied"))))

    def by_year(self, kinds: Iterable[str]) -> dict[int, int]:
        """How many entries of some types stand in each year, also of what did not happen."""
        rows = self.filter(under__startswith=IN_YEAR, collection__in=kinds).order_by().values_list("under")
        numbers = rows.annotate(number=Sum(F("affirmed") + F("denied"))).filter(number__gt=0)
        return {int(name.removeprefix(IN_YEAR)): number for name, number in numbers}


@planned
def affirmed_under(name: Any) -> models.QuerySet:
    """The types of which records are listed under a name, each with their number."""
    rows = Tally.objects.filter(under=name).order_by("collection").values_list("collection")
    return rows.annotate(number=Sum("affirmed")).filter(number__gt=0)


class Tally(models.Model):
    """How many published records of a type are listed under a name, or in all; several rows of one name add up.

    Of a year, `in 1963`, it is how many entries stand in it.

    Who changes a count adds a row and takes those together that nobody else is writing, so that no writer waits.
    """

    collection = models.CharField(max_length=14, db_collation="C", help_text="The type of record.")
    under = models.CharField(max_length=100, db_collation="C", help_text="The name; empty for all records of the type.")
    affirmed = models.IntegerField(help_text="How many tell of what was so.")
    denied = models.IntegerField(help_text="How many tell of what did not happen, or was not so.")

    objects = TallyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="tally_under", fields=["under", "collection"], include=["affirmed", "denied"])]
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.collection} {self.under}"


def is_counted(name: Any) -> Coalesce:
    """Whether any record is counted under a pair; there are so many pairs that tallies answer sooner."""
    tallies = Tally.objects.filter(under=name).order_by().values("under")
    return has_any(tallies.annotate(number=Sum(F("affirmed") + F("denied"))).filter(number__gt=0))
