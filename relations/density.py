"""The drawing of how many entries there are per year, grouped into clickable steps of several years."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections

from config.databases import current
from relations.chronology import KINDS
from relations.models import Tally

MOST_STEPS = 12  # so that each is wide enough to tap on a phone
STEPS = (10, 20, 50, 100, 200, 500, 1000)
COUNTED = 300  # entries of one type are counted up to this per bar
HEIGHT = 40  # units of the drawing
# The listings of one type under a name.
LISTED = "FROM public.relations_listing WHERE under = %(under)s AND collection = of_type"
EXTENT = f"""
    SELECT extract(year FROM min(day))::int, extract(year FROM max(day))::int
    FROM unnest(%(kinds)s::text[]) AS of_type, LATERAL (
        (SELECT sort_on AS day {LISTED} AND sort_on IS NOT NULL ORDER BY sort_on LIMIT 1)
        UNION ALL
        (SELECT sort_on {LISTED} AND sort_on IS NOT NULL ORDER BY sort_on DESC LIMIT 1)
    ) AS bounds
"""  # noqa: S608 - a text of ours
BY_YEAR = f"""
    SELECT year, sum(number)::int
    FROM unnest(%(starts)s::int[]) AS year, unnest(%(kinds)s::text[]) AS of_type,
        LATERAL (SELECT count(*) AS number FROM (
            SELECT {LISTED} AND sort_on >= make_date(year, 1, 1)
                AND sort_on <= make_date(least(year + %(width)s - 1, 9999), 12, 31) LIMIT %(most)s
        ) AS few) AS counted
    GROUP BY year ORDER BY year
"""  # noqa: S608 - the same


@dataclass(frozen=True)
class Bar:
    """The bar of one or several years: x and width in percent of the drawing, y and height in its units."""

    x: float
    width: float
    y: float
    height: float


@dataclass(frozen=True)
class Step:
    """Several years that are one link: the number of their entries, and x and width in percent of the drawing."""

    first: int
    last: int
    count: int
    is_more: bool
    x: float
    width: float
    bars: Sequence[Bar]

    @property
    def name(self) -> str:
        """The label: “1970s” or “1900–1949”."""
        return f"{self.first}s" if self.last - self.first == 9 else f"{self.first}–{self.last}"


def density(under: str = "", kinds: Sequence[str] = KINDS) -> list[Step]:
    """The entries of the chronology by year, all or those under a name; an empty list if none has a date.

    Each entry counts for the earliest year in which it may begin. Under a name, at most COUNTED + 1 are counted per bar
    and type.
    """
    by_year = {} if under else Tally.objects.by_year(kinds)
    first, last = extent(under, kinds) if under else (min(by_year, default=None), max(by_year, default=None))
    if first is None or last is None:
        return []
    step = next(step for step in STEPS if last // step - first // step < MOST_STEPS)
    width = step // 10
    starts = range(max(first // step * step, 1), (last // step + 1) * step, width)
    if under:
        return steps(numbers_from(under, kinds, starts), step, width, COUNTED)
    counts = {start: sum(by_year.get(year, 0) for year in range(start, start + width)) for start in starts}
    return steps(counts, step, width)


def extent(under: str, kinds: Sequence[str]) -> tuple[int | None, int | None]:
    """The first and the last year of the entries listed under a name; None and None if none has a date."""
    with connections[current.database].cursor() as cursor:
        cursor.execute(EXTENT, {"under": under, "kinds": list(kinds)})
        return cursor.fetchone()


def numbers_from(under: str, kinds: Sequence[str], starts: range) -> dict[int, int]:
    """The number of entries under a name from each of these years to the next, at most COUNTED + 1 per type."""
    values: dict[str, Any] = {"under": under, "kinds": list(kinds), "starts": list(starts)}
    with connections[current.database].cursor() as cursor:
        cursor.execute(BY_YEAR, {**values, "width": starts.step, "most": COUNTED + 1})
        return dict(cursor.fetchall())


def steps(counts: dict[int, int], step: int, width: int, most: int | None = None) -> list[Step]:
    """The steps for these counts, which are by the first of `width` years.

    A count above `most`, if given, means that there are more entries than were counted.
    """
    tallest = max(counts.values())
    starts = sorted({year // step * step for year in counts})
    share = 100 / len(starts)
    drawn = []
    for place, start in enumerate(starts):
        own = {year: number for year, number in counts.items() if start <= year < start + step}
        bars = [
            Bar(
                round((place + (year - start) / step) * share, 3),
                round(width / step * share * 0.85, 3),
                round(HEIGHT - number / tallest * HEIGHT, 2),
                round(number / tallest * HEIGHT, 2),
            )
            for year, number in sorted(own.items())
            if number
        ]
        is_more = most is not None and any(number > most for number in own.values())
        drawn.append(
            Step(max(start, 1), start + step - 1, sum(own.values()), is_more, round(place * share, 3), share, bars)
        )
    return drawn
