"""How much is known of each state and of each pair: the number of published records that are listed under them."""

from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from relations.models import ArmsTransfer, Country, Relation, Tally
from relations.prepared import prepared

MOST = 24  # of what is known best
MOST_STATES = 48  # between which the best known dyads are looked for, of very many


def records_under(name: str) -> Coalesce:
    """How many records are listed under a name, in whatever type; what did not happen is known, too."""
    tallies: Any = Tally.objects.filter(under=OuterRef(name)).order_by().values("under")
    return Coalesce(Subquery(tallies.annotate(number=Sum(F("affirmed") + F("denied"))).values("number")), 0)


def deals_under(name: str) -> Coalesce:
    """How many arms transfers are listed under a name; what did not take place is none."""
    deals = Tally.objects.filter(under=OuterRef(name), collection=ArmsTransfer.collection).order_by().values("under")
    return Coalesce(Subquery(deals.annotate(number=Sum("affirmed")).values("number")), 0)


class BestKnown(NamedTuple):
    """The states and the dyads of which most is published, the best known first."""

    states: list[Country]
    relations: list[Relation]


def best_known() -> BestKnown:
    """What is known best: `MOST` states, and as many dyads between `MOST_STATES` of them.

    All that is listed under a pair is listed under both of its states, so that no dyad of another state is known better
    than these states are.
    """
    codes = [code for code, _ in names_of_states(most=MOST_STATES)]
    pairs = [pair for pair, _ in names_of_pairs(codes, most=MOST)]
    states = {state.code: state for state in states_of(codes[:MOST])}
    relations = {relation.code: relation for relation in relations_of(pairs)}
    return BestKnown(
        [states[code] for code in codes if code in states], [relations[pair] for pair in pairs if pair in relations]
    )


def known(tallies: QuerySet, most: int) -> QuerySet:
    """The names of most records, each with how many there are; what did not happen is known, too."""
    numbers = tallies.order_by().values_list("under").annotate(number=Sum(F("affirmed") + F("denied")))
    return numbers.filter(number__gt=0).order_by("-number", "under")[:most]


@prepared
def names_of_states(*, most: int) -> QuerySet:
    """The codes of the states of which most is published."""
    return known(Tally.objects.filter(under__in=Country.objects.order_by().values("code")), most)


@prepared
def names_of_pairs(codes: Any, *, most: int) -> QuerySet:
    """The pairs of some states of which most is published."""
    pairs: Any = Relation.objects.with_pair().filter(country_a__among=codes, country_b__among=codes)
    return known(Tally.objects.filter(under__among=ArraySubquery(pairs.order_by().values("pair"))), most)


@prepared
def states_of(codes: Any) -> QuerySet:
    """The states of some codes."""
    return Country.objects.filter(code__among=codes)


@prepared
def relations_of(pairs: Any) -> QuerySet:
    """The dyads of some pairs."""
    relations: Any = Relation.objects.with_pair().with_shown()
    return relations.filter(pair__among=pairs)
