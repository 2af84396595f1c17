"""The geometry of charts. The templates draw them as SVG, and a table on the page has the same data in words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from relations.dates import FuzzyDate
from relations.models import Mission, Observation, RelationPeriod
from relations.models.source import PassageQuerySet
from relations.models.tracks import Track
from relations.phrasing import announcement
from relations.wording import heading, led, title

WIDTH = 1000  # units of the coverage bar of a document
LEAST = 0.5  # the least width of a bar in percent of the axis, so that a single day is visible


@dataclass(frozen=True)
class Bar:
    """The bar of a period or mission: the days it may have covered, and as core those it certainly did.

    All numbers are percent of the axis.
    """

    record: Any
    label: str
    x: float
    width: float
    core_x: float
    core_width: float


@dataclass(frozen=True)
class Timeline:
    """Bars over years, in groups with names, and ticks: years with their place in percent."""

    groups: list[tuple[str, list[Bar]]]
    ticks: list[tuple[int, float]]

    @property
    def denies(self) -> bool:
        """Whether any bar is of a negated record."""
        return any(bar.record.negated for _, bars in self.groups for bar in bars)


def timeline(*groups: tuple[str, Sequence[Any]]) -> Timeline | None:
    """The timeline of groups of periods and missions, each group with a name; None if no record has a date."""
    dated = [(name, [record for record in records if is_dated(record)]) for name, records in groups]
    days = [day for _, records in dated for record in records for day in bounds(record) if day]
    if not days:
        return None
    first_year = min(days).year // 10 * 10
    last_year = (max(days).year // 10 + 1) * 10
    first, last = date(max(first_year, 1), 1, 1).toordinal(), date(min(last_year, 9999), 1, 1).toordinal()

    def place(day: date) -> float:
        return round((min(max(day.toordinal(), first), last) - first) / (last - first) * 100, 2)

    def bar(record: Any) -> Bar:
        began, begun, ends, ended = bounds(record)
        x, end = place(began) if began else 0, place(ended) if ended else 100
        core_x = place(begun) if begun else 100
        is_open = record.fades or (ended and not ends) or is_announced(record)
        core_end = core_x if is_open else place(ends) if ends else 100
        core_width = round(max(core_end - core_x, 0), 2)
        return Bar(record, short(record), x, round(max(end - x, LEAST), 2), core_x, core_width)

    years = last_year - first_year
    step = 2 if years == 10 else 5 if years == 20 else 10 if years <= 100 else 50
    return Timeline(
        [(name, [bar(record) for record in records]) for name, records in dated if records],
        [(year, place(date(year, 1, 1))) for year in range(max(first_year, 1), last_year, step)],
    )


def is_announced(record: Any) -> bool:
    """Whether the date of its beginning or end is that of an announcement, so that it may have been at another time."""
    return any(announcement(record, column) for column in (record.starts_on, record.ends_on))


def short(record: RelationPeriod | Mission) -> str:
    """The label of a bar among others of the same dyad, with the hedge of the record."""
    if isinstance(record, Mission):
        return heading(record)
    words = f"{Track.named(record.track)}, {record.get_value_display().lower()}"
    return led(f"{words} (by {record.held_by})" if record.held_by else words, record)


def is_dated(record: Any) -> bool:
    """Whether the record has a date of its own; the end of a state, as its effective end, does not count."""
    return bool(getattr(record, record.starts_on) or getattr(record, record.ends_on))


def bounds(record: Any) -> tuple[date | None, date | None, date | None, date | None]:
    """The earliest and latest day of the beginning, then of the effective end; None where open."""
    end = record.end and record.end.on
    return (
        getattr(record, f"{record.starts_on}_earliest"),
        getattr(record, f"{record.starts_on}_latest"),
        end and end.earliest,
        end and end.latest,
    )


@dataclass(frozen=True)
class Share:
    """A part of a coverage bar: the number of sentences that are coded, context, out of scope, or to do."""

    name: str
    count: int
    x: float
    width: float


def coverage_bar(counts: Mapping[str, int]) -> list[Share]:
    """The parts of the coverage bar of a document, from the number of sentences by coverage."""
    names = (PassageQuerySet.CODED, PassageQuerySet.CONTEXT, PassageQuerySet.OUT_OF_SCOPE, PassageQuerySet.TO_DO)
    shares, x = [], 0.0
    for name in names:
        number = counts.get(name, 0)
        width = number / sum(counts.values()) * WIDTH if number else 0.0
        shares.append(Share(name, number, round(x, 1), round(width, 1)))
        x += width
    return shares


@dataclass(frozen=True)
class Point:
    """The bar of a figure: position and height in percent of the chart."""

    record: Observation
    year: int
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Multiple:
    """One of several small charts with the same axis: the figures of one measure, direction and unit by year."""

    name: str
    unit: str
    points: list[Point]
    ticks: list[tuple[int, float]]


def multiples(observations: Sequence[Observation]) -> list[Multiple]:
    """A chart for each measure, direction and unit that has at least two dated figures; a bar shows the upper bound."""
    alike: dict[tuple[str, str], list[tuple[int, Observation]]] = defaultdict(list)
    for record in observations:
        figure, period = record.figure, cast("FuzzyDate | None", record.period or None)
        day = period and period.earliest
        if day and figure.high is not None and not record.negated:
            alike[title(record), figure.unit].append((day.year, record))
    drawn = [(words, unit, figures) for (words, unit), figures in alike.items() if len(figures) > 1]
    years = [year for _, _, figures in drawn for year, _ in figures]
    return [multiple(words, unit, figures, min(years), max(years)) for words, unit, figures in drawn]


def multiple(words: str, unit: str, figures: list[tuple[int, Observation]], first: int, last: int) -> Multiple:
    """One of the charts, on an axis from the first to the last year."""
    highest = max(float(record.figure.high) for _, record in figures) or 1.0
    span = last - first + 1
    points = []
    for year, record in figures:
        height = round(max(float(record.figure.high) / highest * 100, LEAST), 2)
        points.append(Point(record, year, round((year - first) / span * 100, 2), round(100 - height, 2), height))
    return Multiple(words, unit, points, [(first, 0.0), (last, 100.0)] if last > first else [(first, 0.0)])
