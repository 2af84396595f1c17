"""URLs of other pages, and of the current page with other parameters."""

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
FIRST_DECADE = 1950  # the first that is offered as a link; other years can be typed
# The parameters that take the name of a thing as well as its key: the manager, the key field and the form of a key.
TYPED: dict[str, tuple[Any, str, re.Pattern[str]]] = {
    "country": (Country.objects, "code", CODE),
    "partner": (Country.objects, "code", CODE),
    "actor": (Actor.objects, "slug", re.compile(SLUG)),
}


@cache
def page_url(name: str, script_prefix: str) -> str:
    """The URL of a page without arguments, cached by the prefix that the site is served under."""
    return reverse(name)


def page(name: str) -> str:
    """The URL of a page without arguments; faster than {% url %}, which resolves it again in each row of a table."""
    return page_url(name, get_script_prefix())


def query_parameters(request: HttpRequest, *, without: Iterable[str] = ()) -> Parameters:
    """The parameters of the request that are not empty, except those named in `without` and ignored ones."""
    return [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if value and name not in without and not IGNORED.fullmatch(name)
    ]


def address(path: str, parameters: Parameters) -> str:
    """A path with a query string."""
    return f"{path}?{urlencode(parameters)}" if parameters else path


def tidied(request: HttpRequest, usual: tuple[str, str] = ("", "")) -> str:
    """The URL without empty parameters and the `usual` (default) name and value; empty if it has none of these."""
    sent = [(name, value) for name, values in request.GET.lists() for value in values]
    if all(value for _, value in sent) and usual not in sent:
        return ""
    return address(request.path, [pair for pair in query_parameters(request) if pair != usual])


def with_keys(request: HttpRequest) -> str:
    """The URL with names of countries and actors replaced by their keys; empty if there is nothing to replace."""
    sent = [(name, value) for name, values in request.GET.lists() for value in values]
    meant = [(name, key_of(name, value) if name in TYPED else value) for name, value in sent]
    return "" if meant == sent else address(request.path, meant)


def key_of(parameter: str, typed: str) -> str:
    """The key of the only public thing with this name, in any spelling and language; else the text as typed."""
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
    """The filters that are set, each with its label, its value in words, and the URL of the list without it."""
    kept = query_parameters(request, without=("after",))
    return [
        {
            "label": str(form.fields[name].label),
            "words": form.in_words(name, value),
            "without": address(request.path, [pair for pair in kept if pair != (name, value)]),
        }
        for name, value in query_parameters(request, without=PAGING)
    ]


def paging(request: HttpRequest, following: str) -> dict[str, str]:
    """The URLs of the next page (`following` is its cursor) and of the first page; each empty if there is none."""
    kept = query_parameters(request, without=("after",))
    return {
        "next": address(request.path, [*kept, ("after", following)]) if following else "",
        "first": address(request.path, kept) if request.GET.get("after") else "",
    }


def years(path: str, kept: Parameters, day: date) -> list[tuple[int, str]]:
    """Links to the status in other years: the decades since FIRST_DECADE, and the years of the decade of `day`."""
    this_year = timezone.localdate().year
    decades = range(FIRST_DECADE, this_year + 1, 10)
    own = range(day.year // 10 * 10, min(day.year // 10 * 10 + 10, this_year + 1))
    return [(year, address(path, [*kept, ("as_of", str(year))])) for year in sorted({*decades, *own})]
