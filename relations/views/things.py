"""The pages of countries, dyads and actors, with what is published about each."""

from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone

from relations.addresses import records_at
from relations.chronology import chronology, lines_at, places_of
from relations.density import density
from relations.expressions import has_any
from relations.models import (
    Actor,
    ArmsTransfer,
    Country,
    Mission,
    Observation,
    Relation,
    RelationPeriod,
    Succession,
)
from relations.models.citation import evidence
from relations.models.tracks import Track
from relations.models.vocabularies import ActorKind
from relations.paging import Page
from relations.phrasing import read_hedges
from relations.prepared import planned
from relations.status import RelationStatus, assemble, status_on
from relations.tally import records_under
from relations.text import alphabetical
from relations.views.around import deals_of, events_in, records_sharing_sentences, roles_of
from relations.views.base import counts
from relations.views.charts import multiples, timeline
from relations.views.evidence import sayings
from relations.views.overview import glances, last_places, with_last
from relations.views.records import AsOfForm, CitedDetail

LATEST = 30
MOST_OTHERS = 60  # relations offered for comparison; the page of comparisons takes any
MOST_ROWS = 50  # rows of a table on the page of a dyad
MOST_OF_COUNTRY = 30  # relations and missions on the page of a country; the lists have all


class CountryDetail(CitedDetail):
    """A country with its relations, missions, deals, predecessors, successors, actors and chronology."""

    queryset = Country.objects.public().prefetch_related("lifespans", "codes")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        country = self.object
        relations = best_known_of(country.code, most=MOST_OF_COUNTRY + 1)
        shown = relations[:MOST_OF_COUNTRY]
        places, last = places_of(country=country.code, size=LATEST), last_places([each.pk for each in shown])
        records = records_at(place.address for place in [*places.rows, *last.values()])
        lines = lines_at(places.rows, records)
        ground, related = events_in(country), records_sharing_sentences([line.record for line in lines], country.code)
        read_hedges([*ground, *related])
        successions = successions_of(country.code)
        return super().get_context_data(
            successors=[each.successor for each in successions if each.predecessor_id == country.code],
            predecessors=[each.predecessor for each in successions if each.successor_id == country.code],
            actors=actors_of(country.code),
            relations=sorted(
                with_last(glances(shown, timezone.localdate(), sayings), last, records),
                key=lambda row: alphabetical(row.relation.other_than(country.code)),
            ),
            has_more=len(relations) > MOST_OF_COUNTRY,
            deals=deals_of(country),
            ground=ground,
            beside=related,
            density=density(country.code),
            missions=cut(missions_under(country.code, most=MOST_OF_COUNTRY + 1), MOST_OF_COUNTRY),
            counts=counts(country.code, country=country.code),
            chronology=Page(lines, places.next),
            **kwargs,
        )


@planned
def successions_of(code: Any) -> QuerySet:
    """The successions to and from a country in which both states are public."""
    both_public = (has_any(Country.objects.public().filter(pk=OuterRef(side))) for side in ("predecessor", "successor"))
    successions = Succession.objects.filter(Q(predecessor=code) | Q(successor=code), *both_public)
    return successions.select_related("predecessor", "successor").order_by("predecessor__name", "successor__name")


@planned
def actors_of(code: Any) -> QuerySet:
    """The public actors of a country."""
    return Actor.objects.public().filter(country=code)


class Cut(NamedTuple):
    """The first rows of a list, and whether it has more."""

    rows: list[Any]
    is_more: bool


def cut(found: list[Any], most: int) -> Cut:
    """At most `most` of the records found; more were read only if there are more."""
    return Cut(found[:most], len(found) > most)


def first_rows(records: Any, most: int) -> QuerySet:
    """The first records by date, with their citations."""
    rows: QuerySet = records.with_shown().in_order().prefetch_related(evidence())[:most]
    return rows


@planned
def missions_under(name: Any, *, most: int) -> QuerySet:
    """The first missions of a country or pair."""
    return first_rows(Mission.objects.listed_under(name, most).with_ends(), most)


@planned
def missions_with_answers(pair: Any, day: Any, *, most: int) -> QuerySet:
    """The first missions of a pair, annotated with whether they answer for a day."""
    return first_rows(Mission.objects.listed_under(pair, most).with_ends().with_answers(day), most)


@planned
def transfers_under(name: Any, *, most: int) -> QuerySet:
    """The first arms transfers of a pair."""
    return first_rows(ArmsTransfer.objects.listed_under(name, most), most)


@planned
def observations_under(name: Any, *, most: int) -> QuerySet:
    """The first observations of a pair."""
    return first_rows(Observation.objects.listed_under(name, most), most)


@planned
def periods_with_answers(relation: Any, day: Any) -> QuerySet:
    """The periods of a dyad, annotated with whether they answer for a day, with their citations."""
    periods = RelationPeriod.objects.published().with_shown().filter(relation=relation)
    return periods.with_ends().with_answers(day).in_order().prefetch_related(evidence())


class RelationDetail(CitedDetail):
    """A dyad: its status today or on a day, its periods, missions, deals, figures and chronology."""

    queryset = Relation.objects.public().with_shown()
    form_class = AsOfForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        relation = self.object
        today = timezone.localdate()
        day = self.form.cleaned_data["as_of"] or today
        a, b = relation.country_a_id, relation.country_b_id
        periods = periods_with_answers(relation.pk, day)
        missions = cut(missions_with_answers(relation.code, day, most=MOST_ROWS + 1), MOST_ROWS)
        transfers = cut(transfers_under(relation.code, most=MOST_ROWS + 1), MOST_ROWS)
        observations = cut(observations_under(relation.code, most=MOST_ROWS + 1), MOST_ROWS)
        return super().get_context_data(
            form=self.form,
            status=status_among(relation, day, periods, missions),
            is_today=day == today,
            tracks=[
                (track, [period for period in periods if period.track == track])
                for track in Track
                if any(period.track == track for period in periods)
            ],
            timeline=timeline(("", [*periods, *missions.rows])),
            others=others(relation),
            missions=missions,
            transfers=transfers,
            directions=directions(relation, transfers.rows),
            observations=observations,
            multiples=multiples(observations.rows),
            chronology=chronology(country=a, partner=b, size=LATEST),
            **kwargs,
        )


def status_among(relation: Relation, day: date, periods: list[Any], missions: Cut) -> RelationStatus:
    """The status on a day, computed from the records of the page, or queried if the page does not have all missions."""
    if missions.is_more:
        return status_on(relation, day)
    periods, posts = ([record for record in records if record.answers] for records in (periods, missions.rows))
    return assemble([relation], day, [*Track], periods, posts)[0]


def others(relation: Relation) -> list[tuple[str, str]]:
    """Relations offered for comparison with a dyad: others of the studied state or of its first country, by name."""
    pair = relation.natural_key()
    of = settings.REGISTER.studied_state if settings.REGISTER.studied_state in pair else pair[0]
    named = [
        (f"{a}-{b}", name_of_b if a == of else name_of_a)
        for a, b, name_of_a, name_of_b in first_named(of, most=MOST_OTHERS + 1)
        if (a, b) != pair
    ]
    return sorted(named[:MOST_OTHERS], key=lambda each: alphabetical(each[1]))


@planned
def best_known_of(code: Any, *, most: int) -> QuerySet:
    """The public dyads of a country with the most published records."""
    known = Relation.objects.public().involving(code).with_shown()
    return known.order_by(records_under("pair").desc(), "country_a_id", "country_b_id")[:most]


@planned
def first_named(code: Any, *, most: int) -> QuerySet:
    """The codes and names of both sides of the first public dyads of a country."""
    first = Relation.objects.public().involving(code)[:most]
    return first.values_list("country_a_id", "country_b_id", "country_a__name", "country_b__name")


def directions(relation: Relation, transfers: list[ArmsTransfer]) -> list[tuple[str, list[ArmsTransfer]]]:
    """The deals of a dyad by direction; those in which one of the two states is only a transit country come last."""
    a, b = relation.country_a, relation.country_b
    there, back, through = [], [], []
    for transfer in transfers:
        if transfer.direction == (a.pk, b.pk):
            there.append(transfer)
        elif transfer.direction == (b.pk, a.pk):
            back.append(transfer)
        else:
            through.append(transfer)
    named_directions = [
        (f"{a} to {b}", there),
        (f"{b} to {a}", back),
        ("Of one of them, passing through the other", through),
    ]
    return [(name, deals) for name, deals in named_directions if deals]


class ActorDetail(CitedDetail):
    """An actor with the records in which it takes part, and its role in each."""

    queryset = Actor.objects.public().with_shown()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = chronology(actor=self.object, size=LATEST)
        roles = roles_of(self.object, [line.record for line in page.rows])
        return super().get_context_data(
            chronology=page,
            parts=[(line, roles.get((line.record.collection, line.record.slug), [])) for line in page.rows],
            is_person=self.object.kind == ActorKind.PERSON,
            density=density(self.object.slug),
            **kwargs,
        )
