"""Status on a day: what the sources support about a relation, for each track, and about its missions."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import Any, cast

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from relations.dates import FuzzyDate
from relations.models import Country, Mission, Relation, RelationPeriod
from relations.models.citation import evidence
from relations.models.lasting import LastingQuerySet
from relations.models.standing import Standing
from relations.models.tracks import ONE_SIDED_TRACKS, OPEN_TRACKS, LevelOfRepresentation, Track
from relations.models.vocabularies import Verdict
from relations.prepared import planned, prefetched, read_parts

SIDES: tuple[Any, ...] = tuple(Relation._meta.get_field(name) for name in Relation.natural_key_fields)


@dataclass(frozen=True)
class Moment:
    """A relation on a day, and for each of its two states the `absence` on that day, if any."""

    relation: Relation
    day: date
    absences: tuple[Verdict | None, Verdict | None]

    @classmethod
    def of(cls, relation: Relation, day: date, why: Callable[[Country, date], Verdict | None]) -> "Moment":
        """Builds the moment; `why` is `absence` or a cached version of it."""
        return cls(relation, day, (why(relation.country_a, day), why(relation.country_b, day)))


@dataclass(frozen=True)
class Answer:
    """The status of one track, of one holder's side of a one-sided track, or of one mission, on a day."""

    day: date
    verdict: Verdict
    relation: Relation
    records: tuple[Any, ...] = ()  # periods or missions, each with its `verdict`
    track: Track | None = None
    holder: Country | None = None
    # The countries that did not exist on the day (not yet, no longer, or in between), if that is the verdict.
    absent: tuple[Country, ...] = ()
    # On the legal track, if legal status is not stated: the periods that state a level of representation.
    levels: tuple[Any, ...] = ()

    @property
    def is_disputed(self) -> bool:
        """Whether records with different values are certain for the day, on a track where only one can be true."""
        is_one = self.track is not None and self.verdict == Verdict.ON
        return is_one and len({record.value for record in self.records}) > 1

    @cached_property
    def reach(self) -> FuzzyDate | None:
        """The latest date that the cited sources cover: the date of issue, else `speaks_until`; None without either."""
        dates = [
            citation.source.issued_on or citation.source.speaks_until
            for record in self.records
            for citation in prefetched(record, "citations")
        ]
        return max(filter(None, dates), key=bound, default=None)

    @property
    def known_until(self) -> date | None:
        """The last day that `reach` may mean."""
        return bound(self.reach) if self.reach else None

    @property
    def has_later_information(self) -> bool:
        """Whether the sources cover the day of the answer, or their dates are unknown."""
        return self.known_until is None or self.day <= self.known_until


@dataclass(frozen=True)
class RelationStatus:
    """The answers for one relation: one per mutual track, side of a one-sided track, period of an open track, mission.

    On an open track (`OPEN_TRACKS`) several values can hold at a time.
    """

    relation: Relation
    day: date
    answers: tuple[Answer, ...]
    missions: tuple[Answer, ...]

    @property
    def stated(self) -> list[Answer]:
        """The answers that have records, sorted: legal status and level of representation, missions, other tracks."""
        stated = [answer for answer in self.answers if answer.records or answer.levels]
        first = [answer for answer in stated if answer.track in (Track.LEGAL, Track.LEVEL)]
        return [*first, *self.missions, *(answer for answer in stated if answer not in first)]

    @property
    def unstated(self) -> list[Answer]:
        """The answers that have no records."""
        return [answer for answer in self.answers if not (answer.records or answer.levels)]

    @property
    def reach(self) -> FuzzyDate | None:
        """The `reach` of the answers if none of them covers the day and all have the same; else None."""
        answers = [answer for answer in self.stated if answer.records]
        dates = {None if answer.has_later_information else answer.reach for answer in answers}
        return dates.pop() if len(dates) == 1 else None

    def of(self, track: str) -> list[Answer]:
        """The answers on one track."""
        return [answer for answer in self.answers if answer.track == track]


def bound(day: FuzzyDate) -> date:
    """The last day that a date may mean, or the first where its end is open."""
    return cast("date", day.latest or day.earliest)


def status_on(relation: Relation, day: date, tracks: Iterable[str] | None = None) -> RelationStatus:
    """The status of a relation on a day, on all tracks or on some."""
    return statuses_on([relation], day, tracks)[0]


def statuses_on(relations: Iterable[Relation], day: date, tracks: Iterable[str] | None = None) -> list[RelationStatus]:
    """The status of many relations on one day, with the same number of queries as for one."""
    relations = list(relations)
    if not relations:
        return []
    wanted = [Track(track) for track in (Track if tracks is None else tracks)]
    periods = periods_on(evidence)([relation.pk for relation in relations], needed_for(wanted), day)
    missions = missions_on([relation.code for relation in relations], day)
    return assemble(relations, day, wanted, periods, missions)


def answers_on(
    relations: Sequence[Relation], day: date, tracks: Sequence[Track], citations: Callable[[], Prefetch]
) -> list[RelationStatus]:
    """The status of many relations on one day, on some tracks and without their missions.

    `citations` returns the Prefetch for the citations of the periods.
    """
    if not relations:
        return []
    periods = periods_on(citations)([relation.pk for relation in relations], needed_for(tracks), day)
    return assemble(relations, day, list(tracks), periods, missions=())


def needed_for(tracks: Sequence[Track]) -> list[str]:
    """The tracks whose periods must be read for these tracks: legal status also needs the level of representation."""
    return [*{*tracks, Track.LEVEL}] if Track.LEGAL in tracks else [*tracks]


def periods_of(relations: Any, tracks: Any) -> LastingQuerySet:
    """The public periods of the relations with these keys, on these tracks."""
    periods: LastingQuerySet = RelationPeriod.objects.published().filter(relation__among=relations, track__among=tracks)
    return periods


def missions_of(pairs: Any) -> LastingQuerySet:
    """The public missions between the two states of these pairs, such as `EGY-PRK`."""
    standing = Standing.objects.filter(pair__among=pairs, collection=Mission.collection)
    missions: LastingQuerySet = Mission.objects.published().filter(pk__in=standing.values("record_id"))
    return missions


@cache
def periods_on(citations: Callable[[], Prefetch]) -> planned:
    """A planned query for the periods that answer for a day, ordered by time, with these citations prefetched."""

    def periods(relations: Any, tracks: Any, day: Any) -> QuerySet:
        standing = periods_of(relations, tracks).standing_on(day).with_ends().in_order()
        return standing.prefetch_related(citations())

    return planned(periods)


@planned
def missions_on(pairs: Any, day: Any) -> QuerySet:
    """The missions that answer for a day, ordered by time."""
    standing = missions_of(pairs).standing_on(day).with_shown().with_ends().in_order()
    return standing.prefetch_related(evidence())


def assemble(
    relations: Sequence[Relation],
    day: date,
    tracks: list[Track],
    periods: Iterable[RelationPeriod],
    missions: Iterable[Mission],
) -> list[RelationStatus]:
    """Builds the status of relations on a day from the records that answer for it, annotated with their `verdict`."""
    with_one_object_a_country(relations)
    of_relation, of_pair, why = by_relation(relations, periods), by_pair(missions), cache(absence)
    return [
        status_of(
            Moment.of(relation, day, why),
            tracks,
            of_relation.get(relation.pk, ()),
            of_pair.get(frozenset(relation.natural_key()), ()),
        )
        for relation in relations
    ]


def by_relation(relations: Iterable[Relation], periods: Iterable[RelationPeriod]) -> dict[Any, list[RelationPeriod]]:
    """The periods by key of their relation; each refers to the same relation and country objects as the argument."""
    by_key = {relation.pk: relation for relation in relations}
    of_relation: dict[Any, list[RelationPeriod]] = defaultdict(list)
    for period in periods:
        relation = period.relation = by_key[period.relation_id]
        if period.held_by_id:
            period.held_by = next(side for side in sides(relation) if side.pk == period.held_by_id)
        of_relation[relation.pk].append(period)
    return of_relation


def by_pair(missions: Iterable[Mission]) -> dict[Any, list[Mission]]:
    """The missions by pair of states, in either direction."""
    of_pair: dict[Any, list[Mission]] = defaultdict(list)
    for mission in missions:
        of_pair[frozenset([mission.sending_id, mission.accredited_to_id])].append(mission)
    return of_pair


def with_one_object_a_country(relations: Sequence[Relation]) -> None:
    """Makes relations of the same country share one Country object, so that its lifespans are read once."""
    if not all(side.is_cached(relation) for relation in relations for side in SIDES):
        prefetch_related_objects(relations, *(side.name for side in SIDES))
    countries: dict[str, Country] = {}
    for relation in relations:
        for side in SIDES:
            country = side.get_cached_value(relation)
            side.set_cached_value(relation, countries.setdefault(country.pk, country))
    read_parts([*countries.values()], "lifespans")


def sides(relation: Relation) -> tuple[Country, Country]:
    """The two states of a relation, in the order of their codes."""
    return relation.country_a, relation.country_b


def status_of(moment: Moment, tracks: list[Track], periods: Sequence[Any], missions: Sequence[Any]) -> RelationStatus:
    """The status of one relation, from the records that answer for the day."""
    relation, day = moment.relation, moment.day
    posts = tuple(Answer(day, Verdict(post.verdict), relation, (post,)) for post in missions)
    return RelationStatus(relation, day, tuple(_answers(moment, tracks, periods)), posts)


def absence(country: Any, day: date) -> Verdict | None:
    """Why a country certainly did not exist on a day, by its lifespans; None if it may have existed or has none."""
    spans = prefetched(country, "lifespans")
    if not spans or not all(span.is_to_come(day) or span.is_over(day) for span in spans):
        return None
    if all(span.is_over(day) for span in spans):
        return Verdict.NO_LONGER
    return Verdict.NOT_YET if all(span.is_to_come(day) for span in spans) else Verdict.BETWEEN


def _answers(moment: Moment, tracks: list[Track], periods: Sequence[Any]) -> Iterator[Answer]:
    relation, day = moment.relation, moment.day
    for track in tracks:
        of_track = [period for period in periods if period.track == track]
        if track in OPEN_TRACKS:
            for period in of_track:
                yield Answer(day, Verdict(period.verdict), relation, (period,), track, period.held_by)
        elif track in ONE_SIDED_TRACKS:
            for side in sides(relation):
                of_side = [period for period in of_track if period.held_by_id == side.pk]
                yield _answer(moment, of_side, track, side)
        else:
            answer = _answer(moment, of_track, track)
            is_silent = track == Track.LEGAL and answer.verdict == Verdict.NOT_STATED
            yield replace(answer, levels=_levels(periods)) if is_silent and periods else answer


def _answer(moment: Moment, records: list[Any], track: Track, holder: Any = None) -> Answer:
    """The answer on a track with one value at a time: from the records of the day, else from the states' lifespans."""
    relation, day = moment.relation, moment.day
    if records:
        return Answer(day, Verdict(records[0].verdict), relation, tuple(records), track, holder)
    for verdict in (Verdict.NOT_YET, Verdict.NO_LONGER, Verdict.BETWEEN):
        if verdict in moment.absences:
            absent = tuple(side for side, why in zip(sides(relation), moment.absences, strict=True) if why == verdict)
            return Answer(day, verdict, relation, (), track, holder, absent)
    return Answer(day, Verdict.NOT_STATED, relation, (), track, holder)


def _levels(periods: Sequence[Any]) -> tuple[Any, ...]:
    """The levels of representation on the day. They imply diplomatic relations; that conclusion is the reader's."""
    return tuple(
        period
        for period in periods
        if period.track == Track.LEVEL
        and period.value != LevelOfRepresentation.NONE
        and period.verdict != Verdict.ENDED
    )
