"""Drawings in numbers: where bars begin and end; the templates draw them as SVG, and a table says the same in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from relations.models import Mission, Passage, RelationPeriod
from relations.models.source import PassageQuerySet

WIDTH, ROW, TOP = 1000, 38, 44


@dataclass(frozen=True)
class Bar:
    """A state of affairs: the days it may have covered, and among them those it certainly did."""

    record: Any
    label: str
    y: int
    x: float
    width: float
    core_x: float
    core_width: float

    @property
    def label_y(self) -> int:
        """The label stands above its bar."""
        return self.y - 6

    @property
    def is_late(self) -> bool:
        """Whether the label would run out of the drawing if it began with its bar."""
        return self.x > WIDTH * 0.6


@dataclass(frozen=True)
class Timeline:
    """Bars over years."""

    bars: list[Bar]
    ticks: list[tuple[int, float]]
    height: int
    width: int = WIDTH


def timeline(periods: Sequence[RelationPeriod], missions: Sequence[Mission]) -> Timeline | None:
    """The dated states of affairs and missions of a dyad; None where there is nothing dated to draw."""
    lasting: list[Any] = [*periods, *missions]
    dated = [record for record in lasting if any(bounds(record))]
    days = [day for record in dated for day in bounds(record) if day]
    if not days:
        return None
    first_year = min(days).year // 10 * 10
    last_year = (max(days).year // 10 + 1) * 10
    first, last = date(max(first_year, 1), 1, 1).toordinal(), date(min(last_year, 9999), 1, 1).toordinal()

    def place(day: int) -> float:
        return round((min(max(day, first), last) - first) / (last - first) * WIDTH, 1)

    bars = []
    for row, record in enumerate(dated):
        began, begun, ends, ended = bounds(record)
        x = place(began.toordinal() if began else first)
        end = place(ended.toordinal() if ended else last)
        core_x = place(begun.toordinal() if begun else last)
        core_end = place(ends.toordinal()) if ends else (place(last) if not ended else core_x)
        bars.append(Bar(record, short(record), TOP + row * ROW, x, max(end - x, 3), core_x, max(core_end - core_x, 0)))
    step = 10 if last_year - first_year <= 100 else 50
    ticks = [(year, place(date(year, 1, 1).toordinal())) for year in range(max(first_year, 1), last_year, step)]
    return Timeline(bars, ticks, TOP + len(bars) * ROW + 4)


def short(record: RelationPeriod | Mission) -> str:
    """What a bar is called among others of the same dyad."""
    if isinstance(record, Mission):
        return f"{record.get_kind_display()} of {record.sending} to {record.accredited_to}"
    words = f"{record.get_track_display()}: {record.get_value_display().lower()}"
    return f"{words} (by {record.held_by})" if record.held_by else words


def bounds(record: Any) -> tuple[date | None, date | None, date | None, date | None]:
    """The earliest and latest day of the beginning, and of the end."""
    return (
        getattr(record, f"{record.starts_on}_earliest"),
        getattr(record, f"{record.starts_on}_latest"),
        record.ends_earliest,
        record.ends_latest,
    )


@dataclass(frozen=True)
class Share:
    """How many sentences of a document are coded, context, out of scope, or to do."""

    name: str
    count: int
    x: float
    width: float


def coverage_bar(passages: Sequence[Passage]) -> list[Share]:
    """The shares of a document's sentences, side by side."""
    names = (PassageQuerySet.CODED, PassageQuerySet.CONTEXT, PassageQuerySet.OUT_OF_SCOPE, PassageQuerySet.TO_DO)
    counts = Counter(passage.coverage for passage in passages)  # type: ignore[attr-defined]
    shares, x = [], 0.0
    for name in names:
        width = counts[name] / len(passages) * WIDTH if passages else 0.0
        shares.append(Share(name, counts[name], round(x, 1), round(width, 1)))
        x += width
    return shares
