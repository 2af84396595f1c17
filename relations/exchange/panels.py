"""Panels: the status of every dyad, or country, in every year, track by track.

A row is an answer of the page of a relation, from the same function, so that panels and pages cannot differ. Years
without a statement have rows too: a panel has no gaps, and “not stated” is not zero.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from django.db.models import Count, Value

from relations.exchange.column import Column, Kind
from relations.models import Citation, Country, CountryCode, Relation, RelationPeriod
from relations.models.standing import Standing
from relations.models.tracks import Track
from relations.models.vocabularies import CodeScheme, Modality, Stance, Verdict, Vocabulary
from relations.status import (
    Answer,
    Moment,
    RelationStatus,
    absence,
    by_pair,
    by_relation,
    missions_of,
    needed_for,
    periods_of,
    status_of,
)

NUMBERS = (CodeScheme.COW, CodeScheme.GW)
MOST_RELATIONS, MOST_ANSWERS = 1_000, 20_000  # whose records are read at once
OF_PERIODS = ("relation", "track", "value", "held_by", "subject", "slug", "modality")  # the fields that panels need
LAST_DAY, MIDDLE, FIRST_DAY = "12-31", "07-01", "01-01"
HOLDS, OTHER, MUTUAL = "own", "partner", "mutual"
JOIN = "; "
Row = tuple[Any, ...]


def column(name: str, kind: Kind, help_text: str, vocabulary: type[Vocabulary] | None = None) -> Column:
    """A column of a panel, whose cells are computed in Python."""
    return Column(name, help_text, Value(""), kind, vocabulary=vocabulary)


def country_columns(name: str, what: str) -> list[Column]:
    """The columns of a country: its code and name, and its numbers in other schemes."""
    side = f"_{name[-1]}" if name != "country" else ""
    return [
        column(name, "key", f"The code of {what}."),
        column(f"{name}_label", "text", f"The name of {what}."),
        *(
            column(
                f"{scheme.value}{side}", "code", f"The {scheme.label} of {what} in that year; empty where it had none."
            )
            for scheme in NUMBERS
        ),
    ]


YEAR = [
    column("year", "number", "The year."),
    column("as_of", "day", "The requested day of the year."),
]
TRACK = column("track", "term", "The side of the relation.", Track)
VERDICT = column("verdict", "term", "The verdict for that day, from what the sources say.", Verdict)
EVIDENCE = column("evidence", "number", "How many citations support it.")
DYAD_YEARS = (
    *country_columns("country_a", "the country whose code comes first"),
    *country_columns("country_b", "the country whose code comes second"),
    *YEAR,
    TRACK,
    column("holder", "key", "The side whose representation, recognition or view it is; empty for both."),
    column("subject", "text", "What it is about, on open tracks and of a recognition of a title."),
    column("value", "term", f"The state of affairs; several where the sources differ, joined by “{JOIN}”."),
    VERDICT,
    column("certain", "boolean", "Whether it was true on that day, however vague dates are read."),
    column("possible", "boolean", "Whether it was, or may have been, true on that day."),
    column("differ", "boolean", "Whether sources contradict each other, so that only one can be right."),
    column("modality", "term", "How the sources put it; the weakest where several apply.", Modality),
    column("records", "parts", f"The slugs of the periods that say so, joined by “{JOIN}”."),
    EVIDENCE,
)
COUNTRY_YEARS = (
    *country_columns("country", "the country"),
    *YEAR,
    column("existence", "term", "Whether it existed as a state on that day, by its lifespans.", Verdict),
    TRACK,
    column("side", "term", f"Whose it is: {HOLDS}, {OTHER}, or {MUTUAL} where both sides have it."),
    column("value", "term", f"The state of affairs; several where the sources differ, joined by “{JOIN}”."),
    VERDICT,
    column("relations", "number", "The number of its relations with that value and verdict."),
    column("partners", "parts", f"The codes of the other sides, joined by “{JOIN}”."),
    EVIDENCE,
)


class Codes:
    """The numbers of countries in other schemes, by year."""

    def __init__(self) -> None:
        self.cache: dict[tuple[str, int], Row] = {}
        self.spells: dict[tuple[str, str], list[tuple[int, int, str]]] = defaultdict(list)
        for code in CountryCode.objects.filter(scheme__in=NUMBERS):
            spell = (code.valid_from or 0, code.valid_until or date.max.year, code.value)
            self.spells[code.country_id, code.scheme].append(spell)

    def of(self, country: str, scheme: str, year: int) -> str:
        """The number of a country in a year; empty if it had none."""
        return next((code for first, last, code in self.spells[country, scheme] if first <= year <= last), "")

    def cells(self, country: Country, year: int) -> Row:
        """The cells of a country, for the columns of `country_columns`."""
        key = (country.pk, year)
        if key not in self.cache:
            numbers = (self.of(country.pk, scheme, year) for scheme in NUMBERS)
            self.cache[key] = (country.pk, country.name, *numbers)
        return self.cache[key]


def on_days(years: Iterable[int], day: str) -> list[date]:
    """That day of each year."""
    return [date.fromisoformat(f"{year:04}-{day}") for year in years]


def weakest(records: Iterable[Any]) -> str:
    """The weakest modality of some records."""
    modalities = {record.modality for record in records}
    return next((str(modality) for modality in reversed(Modality) if modality in modalities), "")


def citations_of(answer: Answer) -> int:
    """How many citations support an answer."""
    return sum(record.supporting for record in answer.records)


def value_of(answer: Answer) -> str:
    """The values of an answer, each once, joined."""
    return JOIN.join(dict.fromkeys(record.value for record in answer.records))


def answer_cells(answer: Answer) -> Row:
    """The cells of an answer, for the columns of a panel from the track on."""
    if not answer.records:
        holder = answer.holder.pk if answer.holder else ""
        return (str(answer.track), holder, "", "", str(answer.verdict), False, False, False, "", "", 0)
    return (
        str(answer.track),
        answer.holder.pk if answer.holder else "",
        JOIN.join(dict.fromkeys(record.subject for record in answer.records if record.subject)),
        value_of(answer),
        str(answer.verdict),
        answer.verdict == Verdict.ON,
        answer.verdict in (Verdict.ON, Verdict.POSSIBLY),
        answer.is_disputed,
        weakest(answer.records),
        JOIN.join(record.slug for record in answer.records),
        citations_of(answer),
    )


def states() -> dict[str, Country]:
    """All countries by code, with their lifespans."""
    return Country.objects.prefetch_related("lifespans").in_bulk()


def statuses(
    relations: Iterable[Relation],
    days: list[date],
    tracks: Iterable[str],
    countries: dict[str, Country],
    *,
    with_missions: bool = False,
) -> Iterator[RelationStatus]:
    """The status of each relation on each day, on some tracks; sorted by relation, then by day.

    Records are read once for all days, for as many relations at once as MOST_ANSWERS allows. Periods get an attribute
    `supporting`, the number of their supporting citations.
    """
    wanted, why = [*map(Track, tracks)], cache(absence)
    every, at_once = iter(relations), min(MOST_RELATIONS, 1 + MOST_ANSWERS // len(days))
    while some := list(islice(every, at_once)):
        for relation in some:
            relation.country_a = countries[relation.country_a_id]
            relation.country_b = countries[relation.country_b_id]
        periods = periods_of([relation.pk for relation in some], needed_for(wanted))
        of_relation = by_relation(some, with_support(periods.in_order().only(*OF_PERIODS)))
        pairs = [relation.code for relation in some] if with_missions else []
        of_pair = by_pair(missions_of(pairs).in_order()) if pairs else {}
        verdicts = [verdicts_of(of_relation, days), verdicts_of(of_pair, days)]
        for relation in some:
            records = (of_relation.get(relation.pk, ()), of_pair.get(frozenset(relation.natural_key()), ()))
            for day in days:
                answering = (as_of(each, of_days[day]) for each, of_days in zip(records, verdicts, strict=True))
                yield status_of(Moment.of(relation, day, why), wanted, *answering)


def with_support(periods: Iterable[RelationPeriod]) -> list[Any]:
    """The periods, with the number of their supporting citations in the attribute `supporting`."""
    found: list[Any] = list(periods)
    citations = Citation.objects.filter(period__pk__among=[period.pk for period in found], stance=Stance.SUPPORTS)
    numbers = dict(citations.values_list("period").annotate(Count("pk")))
    for period in found:
        period.supporting = numbers.get(period.pk, 0)
    return found


def verdicts_of(records: Mapping[Any, list[Any]], days: list[date]) -> dict[date, dict[int, Verdict]]:
    """For each day, the verdicts of the records that answer for it, by primary key."""
    every = [record for some in records.values() for record in some]
    if not every:
        return {day: {} for day in days}
    kept = Standing.objects.filter(record_id__among=[record.pk for record in every], collection=every[0].collection)
    return kept.answering_on_each(days)


def as_of(records: Iterable[Any], verdicts: dict[int, Verdict]) -> list[Any]:
    """Copies of the records that answer for a day, each with its verdict."""
    answering = []
    for record in records:
        if record.pk in verdicts:
            answering.append(copy(record))
            answering[-1].verdict = verdicts[record.pk]
    return answering


def dyad_years(relations: Iterable[Relation], days: list[date], tracks: list[str]) -> Iterator[Row]:
    """A row for each dyad, year and track; on one-sided tracks, a row for each side."""
    codes = Codes()
    for status in statuses(relations, days, tracks, states()):
        day, relation = status.day, status.relation
        year = day.year
        before = (*codes.cells(relation.country_a, year), *codes.cells(relation.country_b, year), year, day)
        for answer in status.answers:
            yield (*before, *answer_cells(answer))


@dataclass
class Share:
    """The partners of a country with the same status, and the number of supporting citations."""

    partners: list[str] = field(default_factory=list)
    evidence: int = 0


def country_years(countries: Iterable[Country], relations: Any, days: list[date], tracks: list[str]) -> Iterator[Row]:
    """A row for each country, year, track, value and verdict, with the number of its relations that have them."""
    codes, every = Codes(), states()
    for country in countries:
        shares: dict[date, dict[Row, Share]] = {day: defaultdict(Share) for day in days}
        of_country = statuses(relations.involving(country.pk).iterator(), days, tracks, every)
        for day, answer in ((status.day, answer) for status in of_country for answer in status.answers):
            partner = next(code for code in answer.relation.natural_key() if code != country.pk)
            side = MUTUAL if answer.holder is None else HOLDS if answer.holder.pk == country.pk else OTHER
            share = shares[day][str(answer.track), side, value_of(answer), str(answer.verdict)]
            share.partners.append(partner)
            share.evidence += citations_of(answer)
        for day, of_day in shares.items():
            before = (*codes.cells(country, day.year), day.year, day, str(existence(country, day)))
            for key, share in sorted(of_day.items()):
                partners = sorted(set(share.partners))
                yield (*before, *key, len(partners), JOIN.join(partners), share.evidence)


def existence(country: Country, day: date) -> Verdict:
    """Whether a country existed as a state on a day, according to its lifespans."""
    if absent := absence(country, day):
        return absent
    spans = list(country.lifespans.all())
    covering = any(
        span.existed_from
        and span.existed_from.latest
        and span.existed_from.latest <= day
        and not (span.existed_until and (span.existed_until.earliest is None or span.existed_until.earliest < day))
        for span in spans
    )
    return Verdict.ON if covering else Verdict.POSSIBLY if spans else Verdict.NOT_STATED
