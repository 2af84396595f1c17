"""Status on a day: what the sources let one say about a relation, track by track, and about its missions."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from relations.models import Citation, Country, Mission, Record, Relation, RelationPeriod
from relations.models.vocabularies import DYAD, ONE_SIDED_TRACKS, OPEN_TRACKS, Track, Vocabulary

Sides = tuple[Any, Any]  # two countries, whose bounds a type checker does not see


class Verdict(Vocabulary):
    """How far the sources answer what was the case on a day."""

    CERTAIN = "certain", "Certain", "It had begun by that day and had not ended, whatever its vague dates mean.", DYAD
    POSSIBLE = "possible", "Possible", "Its vague, open or missing dates allow it on that day.", DYAD
    DISPUTED = "disputed", "Disputed", "Records that differ certainly cover that day.", DYAD
    UNDATED = "undated", "Undated", "The sources state it and give no date at all.", DYAD
    NOT_YET = "did_not_exist_yet", "Did not exist yet", "One of the two did not exist yet on that day.", DYAD
    NO_LONGER = "no_longer_existed", "No longer existed", "One of the two no longer existed on that day.", DYAD
    NOT_STATED = "not_stated", "Not stated", "The sources say nothing about it.", DYAD


@dataclass(frozen=True)
class Answer:
    """What is known of one track, of one holder's side of it, or of one mission on a day."""

    day: date
    verdict: Verdict
    records: tuple[Record, ...] = ()
    track: Track | None = None
    holder: Country | None = None
    # The countries for whose sake the verdict is that they did not exist yet, or no longer.
    absent: tuple[Country, ...] = ()

    @property
    def known_until(self) -> date | None:
        """The latest day that the sources of the records can tell of: of their publication, else of their last word."""
        dates = [
            citation.source.issued_on or citation.source.speaks_until
            for record in self.records
            for citation in record.citations.all()  # type: ignore[attr-defined]
        ]
        return max((day for known in dates if known and (day := known.latest or known.earliest)), default=None)

    @property
    def has_later_information(self) -> bool:
        """Whether the sources reach to the day asked for; where they do not, nothing later is known."""
        return self.known_until is None or self.day <= self.known_until


@dataclass(frozen=True)
class RelationStatus:
    """The answers for one relation: one per mutual track, one per side of a one-sided track, one per open value."""

    relation: Relation
    day: date
    answers: tuple[Answer, ...]

    def of(self, track: str) -> list[Answer]:
        """The answers on one track."""
        return [answer for answer in self.answers if answer.track == track]


def in_force(
    day: date,
    *,
    begins: tuple[date | None, date | None],
    ends: tuple[date | None, date | None],
    has_begin: bool,
    has_end: bool,
) -> Verdict | None:
    """Whether something was the case on a day, from the bounds of its beginning and its end; None: it was not."""
    if not (has_begin or has_end):
        return Verdict.UNDATED
    begins_earliest, begins_latest = begins
    ends_earliest, ends_latest = ends
    has_not_begun = begins_earliest is not None and day < begins_earliest
    has_ended = ends_latest is not None and day > ends_latest
    if has_not_begun or has_ended:
        return None
    has_begun = begins_latest is not None and day >= begins_latest
    has_not_ended = not has_end or (ends_earliest is not None and day < ends_earliest)
    return Verdict.CERTAIN if has_begun and has_not_ended else Verdict.POSSIBLE


def status_on(relation: Relation, day: date, tracks: Iterable[str] | None = None) -> RelationStatus:
    """What the sources let one say about a relation on a day, on all or some of its tracks."""
    return statuses_on([relation], day, tracks)[0]


def statuses_on(relations: Iterable[Relation], day: date, tracks: Iterable[str] | None = None) -> list[RelationStatus]:
    """The status of many relations on one day, by the same few queries as for one."""
    relations = list(relations)
    asked = [Track(track) for track in (Track if tracks is None else tracks)]
    prefetch_related_objects(relations, "country_a", "country_b")
    periods = RelationPeriod.objects.published().filter(relation__in=relations, track__in=asked)
    sides = {relation.pk: (relation.country_a, relation.country_b) for relation in relations}
    in_order = periods.select_related("held_by").with_ends().in_order()
    standing = _standing(in_order, day, lambda period: sides[period.relation_id])
    of_relation: dict[int, list[tuple[Verdict, RelationPeriod]]] = {relation.pk: [] for relation in relations}
    for verdict, period in standing:
        of_relation[period.relation_id].append((verdict, period))
    return [
        RelationStatus(relation, day, tuple(_answers(relation, day, asked, of_relation[relation.pk])))
        for relation in relations
    ]


def missions_on(country: str, partner: str, day: date) -> list[Answer]:
    """The missions of two countries to one another that were, or may have been, open on a day."""
    missions = Mission.objects.published().involving(country, partner)
    in_order = missions.select_related("sending", "accredited_to", "host_country").with_ends().in_order()
    standing = _standing(in_order, day, lambda mission: (mission.sending, mission.accredited_to))
    return [Answer(day, verdict, (mission,)) for verdict, mission in standing]


def not_yet(countries: Sides, day: date) -> tuple[Any, ...]:
    """Those of two countries that certainly did not exist yet on a day."""
    return tuple(c for c in countries if c.existed_from_earliest and day < c.existed_from_earliest)


def no_longer(countries: Sides, day: date) -> tuple[Any, ...]:
    """Those of two countries that certainly did not exist any more on a day."""
    return tuple(c for c in countries if c.existed_until_latest and day > c.existed_until_latest)


def _is_silent(record: Any, sides: Sides, day: date) -> bool:
    """Whether only a missing date would carry the record into days on which one of its sides did not exist.

    What a record itself says of such days stands: a lifespan is reference data and overrides no date of a record.
    """
    begins = getattr(record, f"{record.starts_on}_earliest")
    if begins is None and not_yet(sides, day):
        return True
    return not record.has_end and any(begins is None or begins <= c.existed_until_latest for c in no_longer(sides, day))


def _standing(records: QuerySet, day: date, sides_of: Callable[[Any], Sides]) -> list[tuple[Verdict, Any]]:
    """The records that were or may have been in force on the day, each with its verdict; with their citations."""
    standing = []
    for record in records:
        begins = record.starts_on
        verdict = in_force(
            day,
            begins=(getattr(record, f"{begins}_earliest"), getattr(record, f"{begins}_latest")),
            ends=(record.ends_earliest, record.ends_latest),
            has_begin=bool(getattr(record, begins)),
            has_end=record.has_end,
        )
        if verdict is not None and not _is_silent(record, sides_of(record), day):
            standing.append((verdict, record))
    citations = Citation.objects.select_related("source", "passage")
    prefetch_related_objects([record for _, record in standing], Prefetch("citations", citations))
    return standing


def _answers(
    relation: Relation, day: date, tracks: list[Track], standing: list[tuple[Verdict, RelationPeriod]]
) -> Iterator[Answer]:
    for track in tracks:
        of_track = [(verdict, period) for verdict, period in standing if period.track == track]
        if track in OPEN_TRACKS:
            for verdict, period in of_track:
                yield Answer(day, verdict, (period,), track, period.held_by)
        elif track in ONE_SIDED_TRACKS:
            for side in (relation.country_a, relation.country_b):
                of_side = [(verdict, period) for verdict, period in of_track if period.held_by_id == side.pk]
                yield _answer(relation, day, of_side, track, side)
        else:
            yield _answer(relation, day, of_track, track)


def _answer(relation: Relation, day: date, standing: list, track: Track, holder: Country | None = None) -> Answer:
    """One answer where one value can hold at a time: the surest records, else the states' lifespans."""
    for verdict in (Verdict.CERTAIN, Verdict.POSSIBLE, Verdict.UNDATED):
        records = tuple(period for found, period in standing if found == verdict)
        if records:
            disputed = verdict == Verdict.CERTAIN and len({period.value for period in records}) > 1
            return Answer(day, Verdict.DISPUTED if disputed else verdict, records, track, holder)
    sides = (relation.country_a, relation.country_b)
    if absent := not_yet(sides, day):
        return Answer(day, Verdict.NOT_YET, (), track, holder, absent)
    if absent := no_longer(sides, day):
        return Answer(day, Verdict.NO_LONGER, (), track, holder, absent)
    return Answer(day, Verdict.NOT_STATED, (), track, holder)
