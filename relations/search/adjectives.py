"""Adjectives of countries and names of their people: Syrian, French, Emirati, Dutchmen.

They are read from a file, because no spelling rule derives French from France. Countries that are not in it are found
only by their names.
"""

import csv
from collections import defaultdict
from functools import cache

from django.conf import settings
from django.utils.text import slugify

from relations.text import runs

FILE = settings.BASE_DIR / "fixtures" / "reference" / "adjectives.csv"


@cache
def countries_by_adjective() -> dict[str, tuple[str, ...]]:
    """Adjectives and their plurals, words joined by hyphens, with the codes of the countries that each may mean."""
    codes: dict[str, list[str]] = defaultdict(list)
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            adjective = slugify(row["adjective"])
            for form in (adjective, f"{adjective}s"):
                codes[form].append(row["country"])
    return {form: tuple(of) for form, of in codes.items()}


@cache
def known_states() -> frozenset[str]:
    """The codes of the countries in the list: common knowledge, so that search may name them without public records."""
    return frozenset(code for codes in countries_by_adjective().values() for code in codes)


def adjectives_in(query: str) -> dict[str, tuple[str, ...]]:
    """The adjectives that may occur in a query, longest first, each with the codes of its countries."""
    known = countries_by_adjective()
    longest = max(form.count("-") for form in known) + 1
    forms = {"-".join(run) for run in runs(slugify(query).split("-"), longest)}
    return {form: known[form] for form in sorted(forms & known.keys(), key=lambda form: (-len(form), form))}
