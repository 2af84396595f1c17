"""Many relations at a glance: the legal status of each on a day, numbers of records, and the last dated act."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.fields import TextField
from django.db.models.functions import Cast

from relations.addresses import records_at
from relations.chronology import KINDS, SIDES, Cursor
from relations.dates import FuzzyDate
from relations.models import ArmsTransfer, Listing, Mission, Relation, Tally
from relations.models.citation import evidence
from relations.models.tracks import Track
from relations.models.vocabularies import Verdict
from relations.prepared import planned
from relations.status import Answer, RelationStatus, answers_on

# The words for a relation without a status, because a state did not exist.
ABSENT = {
    Verdict.NO_LONGER: "Former state",
    Verdict.NOT_YET: "Not yet a state",
    Verdict.BETWEEN: "Not a state at that time",
}


@dataclass(frozen=True)
class Glance:
    """A relation on a day, with its legal status."""

    status: RelationStatus

    @property
    def relation(self) -> Relation:
        return self.status.relation

    @cached_property
    def legal(self) -> Answer:
        """The answer on its legal status."""
        return self.status.of(Track.LEGAL)[0]

    @property
    def is_stated(self) -> bool:
        """Whether a legal status is stated, and both states existed on the day."""
        return bool(self.legal.records) and not self.legal.absent

    @property
    def word(self) -> str:
        """The legal status in a few words, as a heading for all relations with the same status."""
        legal = self.legal
        if legal.absent:
            return ABSENT[legal.verdict]
        if not legal.records:
            return "Not stated, though represented" if legal.levels else "Not stated"
        if legal.is_disputed:
            return "Sources contradict each other"
        label = legal.records[0].get_value_display()
        return label if legal.verdict == Verdict.ON else f"{label} ({Verdict(legal.verdict).label.lower()})"


@dataclass(frozen=True)
class WithLastAct(Glance):
    """A relation on a day, with the record of its last dated act and the date of it; None and "" if there is none."""

    last: Any
    last_on: FuzzyDate | str


@dataclass(frozen=True)
class Row(WithLastAct):
    """A row in the list of relations: also with the number of records by type."""

    counts: dict[str, int]

    @property
    def missions(self) -> int:
        return self.counts.get(Mission.collection, 0)

    @property
    def deals(self) -> int:
        return self.counts.get(ArmsTransfer.collection, 0)


def glances(relations: Iterable[Relation], day: date, citations: Callable[[], Prefetch] = evidence) -> list[Glance]:
    """These relations on a day, with a constant number of queries.

    `citations` returns the Prefetch for the citations of their periods.
    """
    return [Glance(status) for status in answers_on(list(relations), day, [Track.LEGAL], citations)]


def overview(relations: Iterable[Relation], day: date) -> list[Row]:
    """The rows of the list of relations for a day."""
    rows = glances(relations, day)
    places = last_places([row.relation.pk for row in rows])
    with_acts = with_last(rows, places, records_at(place.address for place in places.values()))
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for under, collection, affirmed in tallies_of([each.relation.code for each in with_acts]):
        of_type = counts[under]
        of_type[collection] = of_type.get(collection, 0) + affirmed
    return [Row(each.status, each.last, each.last_on, counts[each.relation.code]) for each in with_acts]


def with_last(
    rows: Iterable[Glance], places: dict[int, Cursor], records: dict[tuple[str, str], Any]
) -> list[WithLastAct]:
    """Adds the last dated acts, from the last place of each relation by key and the records by address."""
    columns = {(side.collection, side.number): side.column for side in SIDES}
    found = []
    for row in rows:
        place = places.get(row.relation.pk)
        last = records.get(place.address) if place else None
        last_on = getattr(last, columns[place.collection, place.side]) if place and last else ""
        found.append(WithLastAct(row.status, last, last_on))
    return found


@planned
def tallies_of(names: Any) -> QuerySet:
    """The number of records of each type under some names; there may be several rows that must be added up."""
    return Tally.objects.filter(under__among=names).order_by().values_list("under", "collection", "affirmed")


def last_places(keys: list[int]) -> dict[int, Cursor]:
    """The last dated place in the chronology of each relation, by its key."""
    found = last_of_types(keys) if keys else []
    last = {key: max(filter(None, places)) for key, *places in found if any(places)}
    return {
        key: Cursor(date.fromisoformat(day), collection, slug, int(side))
        for key, (day, collection, slug, side) in last.items()
    }


@planned
def last_of_types(keys: Any) -> QuerySet:
    """For each relation the last dated place of each type, from the index of listings under its pair.

    An end with only an earliest day does not count, because it may not have come.
    """
    relations: QuerySet = Relation.objects.filter(pk__among=keys).with_pair()
    columns = (Cast(column, TextField()) for column in Cursor._fields)
    place = Func(*columns, template="ARRAY[%(expressions)s]", output_field=ArrayField(TextField()))
    for number, kind in enumerate(KINDS):
        listed = Listing.objects.filter(under=OuterRef("pair"), collection=kind, sort_on__isnull=False)
        listed = listed.filter(Q(side=0) | Q(latest__isnull=False))
        latest = listed.order_by("-sort_on", "-slug", "-side").values_list(place)[:1]
        relations = relations.annotate(**{f"last_{number}": Subquery(latest)})
    names = [f"last_{number}" for number in range(len(KINDS))]
    return relations.order_by().values_list("pk", *names)
