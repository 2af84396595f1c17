"""Panels: what the sources let one say of every dyad, or country, in every year, track by track.

A row is an answer that the page of a relation gives, put together by the same function, so that a panel and a page
cannot differ. Where nothing is stated a row says so: a panel has no gaps, and not stated is not zero.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch, Value

from relations.exchange.columns import Column, Kind
from relations.models import Country, CountryCode, Relation
from relations.models.tracks import Track
from relations.models.vocabularies import CodeScheme, Modality, Stance, Verdict, Vocabulary
from relations.status import Answer, RelationStatus, absence, answers_on

NUMBERS = (CodeScheme.COW, CodeScheme.GW)
AT_ONCE = 50  # relations, so that a panel of any length needs little memory
LAST_DAY, MIDDLE, FIRST_DAY = "12-31", "07-01", "01-01"
HOLDS, OTHER, MUTUAL = "own", "partner", "mutual"
JOIN = "; "
Row = tuple[Any, ...]


def column(name: str, kind: Kind, help_text: str, vocabulary: type[Vocabulary] | None = None) -> Column:
    """A column of a panel, which no query reads."""
    return Column(name, help_text, Value(""), kind, vocabulary=vocabulary)


def coded(name: str, what: str) -> list[Column]:
    """A country with its name, and with its numbers in that year."""
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
    column("as_of", "day", "The day of the year that was asked for."),
]
TRACK = column("track", "term", "The side of the relation.", Track)
VERDICT = column("verdict", "term", "How what the sources say stands to that day.", Verdict)
EVIDENCE = column("evidence", "number", "How many citations support it.")
DYAD_YEARS = (
    *coded("country_a", "the country whose code comes first"),
    *coded("country_b", "the country whose code comes second"),
    *YEAR,
    TRACK,
    column("holder", "key", "The side whose representation, recognition or view it is; empty for both."),
    column("subject", "text", "What it is about, on open tracks and of a recognition of a title."),
    column("value", "term", f"The state of affairs; several where the sources differ, joined by “{JOIN}”."),
    VERDICT,
    column("certain", "boolean", "Whether it was so on that day, whatever vague dates mean."),
    column("possible", "boolean", "Whether it was, or may have been, so on that day."),
    column("differ", "boolean", "Whether sources differ of which only one can be right."),
    column("modality", "term", "How the sources put it; the weakest where several apply.", Modality),
    column("records", "parts", f"The slugs of the periods that say so, joined by “{JOIN}”."),
    EVIDENCE,
)
COUNTRY_YEARS = (
    *coded("country", "the country"),
    *YEAR,
    column("existence", "term", "Whether it existed as a state on that day, by its lifespans.", Verdict),
    TRACK,
    column("side", "term", f"Whose it is: {HOLDS}, {OTHER}, or {MUTUAL} where both sides have it."),
    column("value", "term", f"The state of affairs; several where the sources differ, joined by “{JOIN}”."),
    VERDICT,
    column("relations", "number", "In how many of its relations it stands so."),
    column("partners", "parts", f"The codes of the other sides, joined by “{JOIN}”."),
    EVIDENCE,
)


class Codes:
    """The numbers of countries in other schemes, each in the years in which it was theirs."""

    def __init__(self) -> None:
        self.spells: dict[tuple[str, str], list[tuple[int, int, str]]] = defaultdict(list)
        for code in CountryCode.objects.filter(scheme__in=NUMBERS):
            spell = (code.valid_from or 0, code.valid_until or date.max.year, code.value)
            self.spells[code.country_id, code.scheme].append(spell)

    def of(self, country: str, scheme: str, year: int) -> str:
        """The number of a country in a year; empty where it had none."""
        return next((code for first, last, code in self.spells[country, scheme] if first <= year <= last), "")

    def cells(self, country: Country, year: int) -> Row:
        """A country as the columns of `coded` have it."""
        numbers = (self.of(country.pk, scheme, year) for scheme in NUMBERS)
        return (country.pk, country.name, *numbers)


def on_days(years: Iterable[int], day: str) -> list[date]:
    """That day of each year."""
    return [date.fromisoformat(f"{year:04}-{day}") for year in years]


def weakest(records: Iterable[Any]) -> str:
    """The weakest modality of some records."""
    said = {record.modality for record in records}
    return next((str(modality) for modality in reversed(Modality) if modality in said), "")


def support(answer: Answer) -> int:
    """How many citations support an answer."""
    citations = (citation for record in answer.records for citation in record.citations.all())  # type: ignore[attr-defined]
    return sum(citation.stance == Stance.SUPPORTS for citation in citations)


def value_of(answer: Answer) -> str:
    """What the records of an answer say, each value once."""
    return JOIN.join(dict.fromkeys(record.value for record in answer.records))  # type: ignore[attr-defined]


def cells(answer: Answer) -> Row:
    """An answer as the columns of a panel have it, from the track on."""
    return (
        str(answer.track),
        answer.holder.pk if answer.holder else "",
        JOIN.join(dict.fromkeys(record.subject for record in answer.records if record.subject)),  # type: ignore[attr-defined]
        value_of(answer),
        str(answer.verdict),
        answer.verdict == Verdict.ON,
        answer.verdict in (Verdict.ON, Verdict.POSSIBLY),
        answer.is_disputed,
        weakest(answer.records),
        JOIN.join(record.slug for record in answer.records),
        support(answer),
    )


def all_citations() -> Prefetch:
    """The citations themselves."""
    return Prefetch("citations")


def statuses(
    relations: Sequence[Relation], days: list[date], tracks: list[str]
) -> Iterator[tuple[date, RelationStatus]]:
    """The status of each relation, day by day."""
    for first in range(0, len(relations), AT_ONCE):
        some = list(relations[first : first + AT_ONCE])
        of_days = [answers_on(some, day, [*map(Track, tracks)], all_citations) for day in days]
        for place in range(len(some)):
            for day, of_day in zip(days, of_days, strict=True):
                yield day, of_day[place]


def dyad_years(relations: Sequence[Relation], days: list[date], tracks: list[str]) -> Iterator[Row]:
    """A row for each dyad, year and track, and of one-sided tracks for each side."""
    codes = Codes()
    for day, status in statuses(relations, days, tracks):
        sides = (status.relation.country_a, status.relation.country_b)
        before = (*(cell for side in sides for cell in codes.cells(side, day.year)), day.year, day)
        for answer in status.answers:
            yield (*before, *cells(answer))


@dataclass
class Share:
    """In how many relations of a country something stands alike, with whom, and what supports it."""

    partners: list[str] = field(default_factory=list)
    evidence: int = 0


def country_years(countries: Sequence[Country], relations: Any, days: list[date], tracks: list[str]) -> Iterator[Row]:
    """A row for each country, year, track, value and verdict: in how many of its relations it stands so."""
    codes = Codes()
    for country in countries:
        shares: dict[date, dict[Row, Share]] = {day: defaultdict(Share) for day in days}
        told = statuses(list(relations.involving(country.pk)), days, tracks)
        for day, answer in ((day, answer) for day, status in told for answer in status.answers):
            partner = next(code for code in answer.relation.natural_key() if code != country.pk)
            side = MUTUAL if answer.holder is None else HOLDS if answer.holder.pk == country.pk else OTHER
            share = shares[day][str(answer.track), side, value_of(answer), str(answer.verdict)]
            share.partners.append(partner)
            share.evidence += support(answer)
        for day, of_day in shares.items():
            before = (*codes.cells(country, day.year), day.year, day, str(existence(country, day)))
            for key, share in sorted(of_day.items()):
                partners = sorted(set(share.partners))
                yield (*before, *key, len(partners), JOIN.join(partners), share.evidence)


def existence(country: Country, day: date) -> Verdict:
    """Whether a country existed as a state on a day, as far as its lifespans tell."""
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
