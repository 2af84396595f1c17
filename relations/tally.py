"""The states and pairs with the most published records."""

from collections.abc import Callable
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from relations.models import ArmsTransfer, Country, Relation, Tally
from relations.prepared import planned, prepared
from relations.remembered import Remembered

MOST = 24  # states or pairs


def records_under(name: str) -> Coalesce:
    """An expression for the number of records of all types listed under a name, including negated ones."""
    tallies: Any = Tally.objects.filter(under=OuterRef(name)).order_by().values("under")
    return Coalesce(Subquery(tallies.annotate(number=Sum(F("affirmed") + F("denied"))).values("number")), 0)


def deals_under(name: str) -> Coalesce:
    """An expression for the number of arms transfers listed under a name, without negated ones."""
    deals = Tally.objects.filter(under=OuterRef(name), collection=ArmsTransfer.collection).order_by().values("under")
    return Coalesce(Subquery(deals.annotate(number=Sum("affirmed")).values("number")), 0)


class BestKnown:
    """The MOST things with the most published records, including negated ones, most first.

    `things` returns a QuerySet, and `name` is its column that records are listed under. The order is computed from all
    tallies and cached per data version.
    """

    def __init__(self, things: Callable[[], QuerySet], name: str) -> None:
        self.things = things
        self.name = name
        self.in_order = prepared(self.names_in_order)
        self.names = Remembered(lambda: [under for under, _ in self.in_order()], most=1)
        self.named = planned(self.of_names)

    def __call__(self) -> list[Any]:
        names = self.names()
        found = {getattr(thing, self.name): thing for thing in self.named(names)}
        return [found[under] for under in names if under in found]

    def names_in_order(self) -> QuerySet:
        """The names with the most records, and these numbers."""
        of_things = self.things().order_by().values(self.name)
        tallies = Tally.objects.filter(under__in=of_things).order_by().values_list("under")
        known = tallies.annotate(number=Sum(F("affirmed") + F("denied"))).filter(number__gt=0)
        return known.order_by("-number", "under")[:MOST]

    def of_names(self, names: Any) -> QuerySet:
        """The things with these names."""
        return self.things().filter(**{f"{self.name}__among": names})


best_known_states = BestKnown(Country.objects.all, "code")
best_known_pairs = BestKnown(Relation.objects.with_pair().with_shown().all, "pair")
