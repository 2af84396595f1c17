"""The states that stood before one that a query names: Yemen in 1988 was two others.

A state that a record names stands for those before it only in the days that a query asks for, in years among its words
else. One that no record names stands for them at any time, unless the query asks for days.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from relations.models import Country
from relations.models.country import Lifespan, Span, may_have_existed, predecessors
from relations.prepared import planned
from relations.remembered import remembered
from relations.search.days import FIRST_YEAR, LAST_YEAR, Days

YEAR = re.compile(r"\d{4}")


def earlier_states(codes: list[str], days: Days | None, words: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Of each country that a query names, the public states before it that stood in some of its days, by code and name.

    The days are those of a query, or the years among its words; where it has neither, nobody stood before. A state that
    is named itself is none of them.
    """
    first, last = (days.first, days.last) if days else of_years(words)
    return {} if first is None and last is None else standing_before(codes, first, last)


def standing_before(codes: list[str], first: date | None, last: date | None) -> dict[str, dict[str, str]]:
    """Of each of some countries the public states before it that stood between two days, by code and name."""
    if not codes:
        return {}
    before, spans = lineages()
    lines = {code: [each for each in states_before(code, before) if each not in codes] for code in codes}
    then = {code: [each for each in line if may_have_existed(spans[each], first, last)] for code, line in lines.items()}
    names = dict(public_states([each for line in then.values() for each in line])) if any(then.values()) else {}
    found = {code: {each: names[each] for each in line if each in names} for code, line in then.items()}
    return {code: line for code, line in found.items() if line}


def of_years(words: Iterable[str]) -> tuple[date | None, date | None]:
    """The first day and the last of the years among some words."""
    years = [int(word) for word in words if YEAR.fullmatch(word) and FIRST_YEAR <= int(word) <= LAST_YEAR]
    return (date(min(years), 1, 1), date(max(years), 12, 31)) if years else (None, None)


@remembered(most=1)
def lineages() -> tuple[dict[str, list[str]], dict[str, list[Span]]]:
    """The states right before each that followed others, and the spans in which those that it followed stood."""
    before = predecessors()
    followed = {each for line in before.values() for each in line}
    return before, {code: [] for code in followed} | Lifespan.objects.filter(country__in=followed).spans()


def states_before(code: str, before: dict[str, list[str]]) -> list[str]:
    """The states before one, and those before these, each once, the nearest first."""
    found: list[str] = []
    following = [code]
    while following:
        following = [each for follower in following for each in before.get(follower, []) if each not in found]
        found += following
    return list(dict.fromkeys(found))


@planned
def public_states(codes: Any) -> QuerySet:
    """The public countries with some codes, each with its name."""
    return Country.objects.public().filter(pk__among=codes).order_by("name").values_list("code", "name")
