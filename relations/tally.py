"""Which states and pairs have most published records."""

from collections.abc import Callable
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from relations.models import ArmsTransfer, Country, Relation, Tally
from relations.prepared import planned, prepared
from relations.remembered import Remembered

MOST = 24


def records_under(name: str) -> Coalesce:
    """How many records are listed under a name, in whatever type; what did not happen is known, too."""
    tallies: Any = Tally.objects.filter(under=OuterRef(name)).order_by().values("under")
    return Coalesce(Subquery(tallies.annotate(number=Sum(F("affirmed") + F("denied"))).values("number")), 0)


def deals_under(name: str) -> Coalesce:
    """How many arms transfers are listed under a name; what did not take place is none."""
    deals = Tally.objects.filter(under=OuterRef(name), collection=ArmsTransfer.collection).order_by().values("under")
    return Coalesce(Subquery(deals.annotate(number=Sum("affirmed")).values("number")), 0)


class BestKnown:
    """The things of which most is published, the best known first; what did not happen is known, too.

    `name` is the column of what records are listed under. All tallies are added up to find the first, once while
    nothing changes.
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
        """The names of most records, with how many there are."""
        of_things = self.things().order_by().values(self.name)
        tallies = Tally.objects.filter(under__in=of_things).order_by().values_list("under")
        known = tallies.annotate(number=Sum(F("affirmed") + F("denied"))).filter(number__gt=0)
        return known.order_by("-number", "under")[:MOST]

    def of_names(self, names: Any) -> QuerySet:
        """The things of some names."""
        return self.things().filter(**{f"{self.name}__among": names})


best_known_states = BestKnown(Country.objects.all, "code")
best_known_pairs = BestKnown(Relation.objects.with_pair().with_shown().all, "pair")
