"""Addresses of the page at hand with other parameters."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import HttpRequest

from relations.parameters import IGNORED, PAGING, StrictForm

Parameters = list[tuple[str, str]]


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
