"""Addresses: of pages that take nothing, and of the page at hand with other parameters."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, TextField, Value
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils import timezone

from relations.foreign_names import countries_called
from relations.models import Actor, Country
from relations.models.constraints import SLUG
from relations.parameters import CODE, IGNORED, PAGING, StrictForm

Parameters = list[tuple[str, str]]
FIRST_DECADE = 1950  # that is offered for a day; any other is typed
# The parameters that take the name of a thing as well as its key: of which things, by which key, and how that looks.
TYPED: dict[str, tuple[Any, str, re.Pattern[str]]] = {
    "country": (Country.objects, "code", CODE),
    "partner": (Country.objects, "code", CODE),
    "actor": (Actor.objects, "slug", re.compile(SLUG)),
}


@cache
def page_url(name: str, script_prefix: str) -> str:
    """The address of a page that takes nothing, where the site is below a path."""
    return reverse(name)


def page(name: str) -> str:
    """The address of a page that takes nothing, which {% url %} would look for anew in each row."""
    return page_url(name, get_script_prefix())


def given(request: HttpRequest, *, without: Iterable[str] = ()) -> Parameters:
    """The parameters of the page that are not empty, without some of them."""
    return [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if value and name not in without and not IGNORED.fullmatch(name)
    ]


def address(path: str, parameters: Parameters) -> str:
    """A path with its parameters."""
    return f"{path}?{urlencode(parameters)}" if parameters else path


def tidy(request: HttpRequest, usual: tuple[str, str] = ("", "")) -> str:
    """The address without empty parameters and without the `usual` one; empty where it is tidy already."""
    sent = [(name, value) for name, values in request.GET.lists() for value in values]
    if all(value for _, value in sent) and usual not in sent:
        return ""
    return address(request.path, [pair for pair in given(request) if pair != usual])


def by_keys(request: HttpRequest) -> str:
    """The address with the keys of countries and actors for their names; empty where no known name is typed."""
    sent = [(name, value) for name, values in request.GET.lists() for value in values]
    meant = [(name, key_of(name, value) if name in TYPED else value) for name, value in sent]
    return "" if meant == sent else address(request.path, meant)


def key_of(parameter: str, typed: str) -> str:
    """The key of the one public thing that is called so, in whichever spelling and language; else what was typed."""
    things, key, is_key = TYPED[parameter]
    if not typed.strip() or is_key.fullmatch(typed):
        return typed
    name = Func(Value([typed], ArrayField(TextField())), function="public.names")
    found = things.public().order_by().alias(search_names=things.model.names, typed=name)
    keys = list(found.filter(search_names__contains=F("typed")).exclude(typed=[]).values_list(key, flat=True)[:2])
    if not keys and things.model is Country:
        keys = list(things.public().filter(pk__in=countries_called(typed)).values_list(key, flat=True)[:2])
    return keys[0] if len(keys) == 1 else typed


def chips(request: HttpRequest, form: StrictForm) -> list[dict[str, str]]:
    """The values that narrow a list, each with the address of the list without it."""
    kept = given(request, without=("after",))
    return [
        {
            "label": str(form.fields[name].label),
            "words": form.in_words(name, value),
            "without": address(request.path, [pair for pair in kept if pair != (name, value)]),
        }
        for name, value in given(request, without=PAGING)
    ]


def paging(request: HttpRequest, following: str) -> dict[str, str]:
    """The addresses of the next page and of the first, where there are any."""
    kept = given(request, without=("after",))
    return {
        "next": address(request.path, [*kept, ("after", following)]) if following else "",
        "first": address(request.path, kept) if request.GET.get("after") else "",
    }


def years(path: str, kept: Parameters, day: date) -> list[tuple[int, str]]:
    """The decades of living memory, and the years of the one that a day lies in, each with its address."""
    this_year = timezone.localdate().year
    decades = range(FIRST_DECADE, this_year + 1, 10)
    own = range(day.year // 10 * 10, min(day.year // 10 * 10 + 10, this_year + 1))
    return [(year, address(path, [*kept, ("as_of", str(year))])) for year in sorted({*decades, *own})]
