"""How much is known of each state and of each pair: the number of published records that are listed under them."""

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from relations.models import ArmsTransfer, Country, Relation, Tally

MOST = 24


def records_under(name: str) -> Coalesce:
    """How many records are listed under a name, in whatever type; what did not happen is known, too."""
    tallies: Any = Tally.objects.filter(under=OuterRef(name)).order_by().values("under")
    return Coalesce(Subquery(tallies.annotate(number=Sum(F("affirmed") + F("denied"))).values("number")), 0)


def deals_under(name: str) -> Coalesce:
    """How many arms transfers are listed under a name; what did not take place is none."""
    deals = Tally.objects.filter(under=OuterRef(name), collection=ArmsTransfer.collection).order_by().values("under")
    return Coalesce(Subquery(deals.annotate(number=Sum("affirmed")).values("number")), 0)


def best_known(things: QuerySet, name: str) -> list[Any]:
    """The things of which most is published, the best known first; what did not happen is known, too."""
    tallies = Tally.objects.filter(under__in=things.order_by().values(name)).order_by().values_list("under")
    known = tallies.annotate(number=Sum(F("affirmed") + F("denied"))).filter(number__gt=0).order_by("-number", "under")
    names = [under for under, _ in known[:MOST]]
    found = {getattr(thing, name): thing for thing in things.filter(**{f"{name}__in": names})}
    return [found[under] for under in names]


def best_known_states() -> list[Country]:
    """The states of which most is published."""
    return best_known(Country.objects.all(), "code")


def best_known_pairs() -> list[Relation]:
    """The dyads of which most is published."""
    return best_known(Relation.objects.with_pair().with_shown(), "pair")
