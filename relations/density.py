"""How much is known of each time: a drawing of the entries by year, in steps that one can click."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections

from config.databases import reading
from relations.chronology import KINDS
from relations.models import Entry, Listing

MOST_STEPS = 12  # so that each is wide enough for a finger on a phone
STEPS = (10, 20, 50, 100, 200, 500, 1000)
COUNTED = 300  # entries of a year and type
HEIGHT = 40
EXTENT = """
    SELECT extract(year FROM min(day))::int, extract(year FROM max(day))::int
    FROM unnest(%(kinds)s::text[]) AS of_type, LATERAL (
        (SELECT sort_on AS day FROM {table} WHERE {under} collection = of_type AND sort_on IS NOT NULL
         ORDER BY sort_on LIMIT 1)
        UNION ALL
        (SELECT sort_on FROM {table} WHERE {under} collection = of_type AND sort_on IS NOT NULL
         ORDER BY sort_on DESC LIMIT 1)
    ) AS bounds
"""
BY_YEAR = """
    SELECT year, sum(number)::int
    FROM generate_series(%(first)s, %(last)s, %(width)s) AS year, unnest(%(kinds)s::text[]) AS of_type,
        LATERAL (SELECT count(*) AS number FROM (
            SELECT FROM {table} WHERE {under} collection = of_type AND sort_on >= make_date(year, 1, 1)
                AND sort_on <= make_date(least(year + %(width)s - 1, 9999), 12, 31) LIMIT %(most)s
        ) AS few) AS counted
    GROUP BY year ORDER BY year
"""


@dataclass(frozen=True)
class Bar:
    """The entries of a year, or of some: where they stand in their step, and how high, in percent and points."""

    x: float
    width: float
    y: float
    height: float


@dataclass(frozen=True)
class Step:
    """Some years with their entries, and where they stand in the drawing."""

    first: int
    last: int
    count: int
    is_more: bool
    x: float
    width: float
    bars: Sequence[Bar]

    @property
    def name(self) -> str:
        """What stands below it: “1970s”, or “1900–1949”."""
        return f"{self.first}s" if self.last - self.first == 9 else f"{self.first}–{self.last}"


def density(under: str = "", kinds: Sequence[str] = KINDS) -> list[Step]:
    """The entries of a chronology by year, in all or under a name; nothing where none has a date.

    Each stands in the year in which it begins at the earliest. Of very many only some are counted.
    """
    table = (Listing if under else Entry)._meta.db_table
    asked: dict[str, Any] = {"under": under, "kinds": list(kinds), "most": COUNTED + 1}
    parts = {"table": table, "under": "under = %(under)s AND" if under else ""}
    with connections[reading.database].cursor() as cursor:
        cursor.execute(EXTENT.format(**parts), asked)
        first, last = cursor.fetchone()
        if first is None:
            return []
        step = next(step for step in STEPS if last // step - first // step < MOST_STEPS)
        width = step // 10
        first, last = max(first // step * step, 1), (last // step + 1) * step - 1
        cursor.execute(BY_YEAR.format(**parts), {**asked, "first": first, "last": last, "width": width})
        counts = dict(cursor.fetchall())
    return steps(counts, step, width)


def steps(counts: dict[int, int], step: int, width: int) -> list[Step]:
    """The drawing of these numbers, of years or of some years each."""
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
        is_more = any(number > COUNTED for number in own.values())
        drawn.append(
            Step(max(start, 1), start + step - 1, sum(own.values()), is_more, round(place * share, 3), share, bars)
        )
    return drawn
