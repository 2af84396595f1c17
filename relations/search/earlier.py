"""The predecessors of a state that a query names: Yemen in 1988 was two other states.

A state that records name stands for its predecessors only in the days of the query, or else in the years among its
words. A state that no public record names stands for them at any time, unless the query has days.
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
    """For each country code, its public predecessors that existed in the days of the query, as names by code.

    The days are those of the query, or else the years among its words; the result is empty if it has neither.
    Predecessors that the query names itself are left out.
    """
    first, last = (days.first, days.last) if days else range_of_years(words)
    return {} if first is None and last is None else standing_before(codes, first, last)


def standing_before(codes: list[str], first: date | None, last: date | None) -> dict[str, dict[str, str]]:
    """For each country code, its public predecessors that existed between two days (None is open), as names by code."""
    if not codes:
        return {}
    before, spans = lineages()
    lines = {code: [each for each in states_before(code, before) if each not in codes] for code in codes}
    then = {code: [each for each in line if may_have_existed(spans[each], first, last)] for code, line in lines.items()}
    names = dict(public_states([each for line in then.values() for each in line])) if any(then.values()) else {}
    found = {code: {each: names[each] for each in line if each in names} for code, line in then.items()}
    return {code: line for code, line in found.items() if line}


def range_of_years(words: Iterable[str]) -> tuple[date | None, date | None]:
    """The first and last day of the years among some words; None and None if there are no years."""
    years = [int(word) for word in words if YEAR.fullmatch(word) and FIRST_YEAR <= int(word) <= LAST_YEAR]
    return (date(min(years), 1, 1), date(max(years), 12, 31)) if years else (None, None)


@remembered(most=1)
def lineages() -> tuple[dict[str, list[str]], dict[str, list[Span]]]:
    """The direct predecessors of each state that has any, and the lifespans of these predecessors."""
    before = predecessors()
    followed = {each for line in before.values() for each in line}
    return before, {code: [] for code in followed} | Lifespan.objects.filter(country__in=followed).spans()


def states_before(code: str, before: dict[str, list[str]]) -> list[str]:
    """The predecessors of a state, and theirs in turn, each once, nearest first."""
    found: list[str] = []
    following = [code]
    while following:
        following = [each for follower in following for each in before.get(follower, []) if each not in found]
        found += following
    return list(dict.fromkeys(found))


@planned
def public_states(codes: Any) -> QuerySet:
    """The codes and names of those of these countries that are public."""
    return Country.objects.public().filter(pk__among=codes).order_by("name").values_list("code", "name")
