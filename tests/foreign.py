"""Hypothesis strategies for odd requests: paths, query strings and forms for every route of the site."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from django.urls import URLResolver, get_resolver
from hypothesis import strategies as st

PLACE = re.compile(r"\(\?P<\w+>[^)]*\)|<[^>]*>")  # the placeholder of a value in a route
ODD = [
    *(
        "",
        "\0",
        "\x01",
        "\x7f",
        "é",
        "’",
        "٢٠٢٠",
        "\u202e",
        "\ufdd0",
        "𝟙",
        "'",
        '"',
        "\\",
        "(",
        "{",
        "%",
        "..",
        "/",
        "//x",
    ),
    *("0", "1", "-1", "1.0", "1e400", "NaN", "9" * 25, "9" * 5000, "1,x", "2020", "1970-02-30", "0000", "True", "None"),
    *(
        "x",
        "_00",
        "_5F",
        "id",
        "pk",
        "slug",
        "kind",
        "draft",
        "EGY",
        "EGY-PRK",
        "PRK,EGY",
        "relations",
        "event",
        "source",
    ),
]
values = st.one_of(
    st.sampled_from(ODD).map(str.encode), st.sampled_from([b"\xff", b"\xed\xa0\x80"]), st.binary(max_size=9)
)


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Yields the full paths of all routes of a resolver."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield f"/{route}"


def addresses(beginning: str) -> list[str]:
    """The routes that begin with a prefix, except logging out."""
    return [route for route in routes(get_resolver()) if route.startswith(beginning) and "logout" not in route]


def pairs(names: list[str]) -> st.SearchStrategy[str]:
    """Some parameters with some values, as for a query string or a form."""
    pair = st.builds(lambda name, value: f"{name}={quote(value)}", st.sampled_from(names), values)
    return st.lists(pair, max_size=3).map("&".join)


@st.composite
def asked(draw: st.DrawFn, beginning: str, names: list[str], known: list[str]) -> str:
    """A path that begins with a prefix, with a query string; half of its placeholders get existing values."""
    route = draw(st.sampled_from(addresses(beginning)))
    of_places = st.one_of(st.sampled_from(known), values.map(lambda value: quote(value, safe="")))
    path = PLACE.sub(lambda place: draw(of_places), route)
    return f"{path}?{draw(pairs(names))}"
