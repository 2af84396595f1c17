"""Matches names and codes from other data with countries and actors, by the Reconciliation API 0.2 of the W3C group.

OpenRefine and similar clients send the values of a column and get candidates, each with a score.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from relations.addresses import COUNTRIES
from relations.api.views import ApiView
from relations.exchange.exports import base_address
from relations.foreign_names import countries_spelt
from relations.models import Actor, Country, CountryCode
from relations.models.vocabularies import CodeScheme, Collection
from relations.names import folded, names_of
from relations.parameters import BadParameters, StrictForm, TextParameter
from relations.text import quoted

COUNTRY, ACTOR = "country", "actor"
TYPES = {COUNTRY: "Country", ACTOR: "Actor"}
OWN = "code"  # the property for the register's own country codes
YEAR = "year"
MOST_QUERIES, MOST_ANSWERS, USUAL_ANSWERS, LONGEST = 50, 25, 5, 200
# Scores from 0 to 100: the least that is returned, the least for a match, and the lead that a match needs.
LEAST, SURE, APART = 40.0, 95.0, 5.0
IN_ANOTHER_LANGUAGE = SURE  # the score of a name in another language
PREFIX = 3  # the least letters with which a word may be abbreviated
BEGINNING, ALIKE, OF_THEN, OF_ANOTHER_TIME = 0.9, 90, 100.0, 60.0
NO_CHARACTERS = re.compile("[\0\ud800-\udfff]")  # valid in JSON strings, but not in PostgreSQL
SMALL_WORDS = {"of", "the", "and", "de", "al"}


@dataclass(frozen=True)
class Query:
    """A query: words, or codes by scheme (`codes`), optionally of one type (`kind`) and for one year."""

    words: str
    kind: str
    limit: int
    year: int | None
    codes: dict[str, str]

    @classmethod
    def read(cls, name: str, query: Any) -> "Query":
        """Parses a query of the protocol; raises BadParameters if it is invalid."""
        if not isinstance(query, dict) or not isinstance(query.get("query", ""), str):
            raise BadParameters([f"queries: {quoted(name)} is no query: an object with “query”, a text."])
        kind = query.get("type") or ""
        if kind not in ("", *TYPES):
            raise BadParameters([f"queries: {quoted(name)}: type is one of {', '.join(TYPES)}."])
        limit, properties = query.get("limit", USUAL_ANSWERS), query.get("properties", [])
        if type(limit) is not int or limit < 1:
            raise BadParameters([f"queries: {quoted(name)}: limit is a whole number from 1."])
        codes = dict(cls.properties(name, properties))
        year = codes.pop(YEAR, "")
        if year and not re.fullmatch("[0-9]{1,4}", year):
            raise BadParameters([f"queries: {quoted(name)}: {quoted(year)} is no year."])
        words = NO_CHARACTERS.sub("", query.get("query", "")).strip()[:LONGEST]
        return cls(words, kind, min(limit, MOST_ANSWERS), int(year) if year else None, codes)

    @staticmethod
    def properties(name: str, properties: Any) -> Iterator[tuple[str, str]]:
        """Yields the known properties, with their first value; unknown ones are ignored, as the protocol requires."""
        if not isinstance(properties, list):
            raise BadParameters([f"queries: {quoted(name)}: properties is a list."])
        for each in properties:
            value = each.get("v") if isinstance(each, dict) else None
            if isinstance(value, list):
                value = next(iter(value), None)
            if isinstance(value, str | int) and each.get("pid") in (OWN, YEAR, *CodeScheme):
                yield each["pid"], str(value).strip()


@dataclass(frozen=True)
class Candidate:
    """A country or actor that a query may mean, with a score from 0 to 100."""

    kind: str
    key: str
    name: str
    score: float

    def answer(self, *, is_match: bool) -> dict[str, Any]:
        """The candidate as an object of the protocol."""
        collection = COUNTRIES if self.kind == COUNTRY else Collection.ACTORS.value
        return {
            "id": f"{collection}/{self.key}",
            "name": self.name,
            "type": [{"id": self.kind, "name": TYPES[self.kind]}],
            "score": round(self.score, 1),
            "match": is_match,
        }


class Known:
    """The public countries and actors by their folded names, and the codes of countries with their years."""

    def __init__(self) -> None:
        countries = names_of(Country.objects.public(), COUNTRY, "code", "name", "official_name")
        actors = names_of(Actor.objects.public(), ACTOR, "slug", "name")
        self.names: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.called: dict[tuple[str, str], str] = {}
        for spelling, kind, key, name in countries.union(actors, all=True):
            self.names[kind, key].append(spelling)
            self.called[kind, key] = name
        self.codes = list(CountryCode.objects.filter(country__in=Country.objects.public()))

    def candidates(self, query: Query, folded: str) -> list[dict[str, Any]]:
        """The candidates for a query, best first; `folded` is its words as `names.folded` writes them."""
        scores: dict[tuple[str, str], float] = defaultdict(float)
        for thing, names in self.names.items():
            if query.kind in ("", thing[0]) and folded:
                scores[thing] = max(likeness(folded, name) for name in names)
        if query.kind in ("", COUNTRY):
            abroad = [(code, IN_ANOTHER_LANGUAGE) for code in countries_spelt(folded) if (COUNTRY, code) in self.called]
            for code, score in [*self.coded(query), *abroad]:
                scores[COUNTRY, code] = max(scores[COUNTRY, code], score)
        found = [Candidate(*thing, self.called[thing], score) for thing, score in scores.items() if score >= LEAST]
        found.sort(key=lambda each: (-each.score, each.kind, each.key))
        is_sure = bool(found) and found[0].score >= SURE and not (found[1:] and found[0].score - found[1].score < APART)
        return [each.answer(is_match=is_sure and not place) for place, each in enumerate(found[: query.limit])]

    def coded(self, query: Query) -> Iterator[tuple[str, float]]:
        """Yields the countries that have or had one of the codes, with a score: higher if it was valid in the year."""
        for scheme, value in [*query.codes.items()] or [("", query.words)]:
            code = value.upper()
            if scheme in ("", OWN) and (COUNTRY, code) in self.called:
                yield code, OF_THEN
            for row in self.codes:
                if row.value.upper() == code and scheme in ("", row.scheme):
                    yield row.country_id, OF_THEN if is_of(row, query.year) else OF_ANOTHER_TIME


def is_of(code: CountryCode, year: int | None) -> bool:
    """Whether a code was valid in a year; without a year, whether it is valid today."""
    if year is None:
        return code.valid_until is None
    return (code.valid_from or 0) <= year <= (code.valid_until or year)


def likeness(one: str, other: str) -> float:
    """The similarity of two folded names, from 0 to 100, by words and by letters; words may be abbreviated (rep)."""
    if one == other:
        return 100.0
    words, others = words_of(one), words_of(other)
    left, matched = list(others), 0.0
    for word in words:
        if word in left:
            left.remove(word)
            matched += 1
        elif begun := next((each for each in left if len(word) >= PREFIX and each.startswith(word)), None):
            left.remove(begun)
            matched += BEGINNING
    by_words = 200 * matched / (len(words) + len(others)) if words and others else 0
    matcher = SequenceMatcher(None, one, other)
    return max(by_words, matcher.ratio() * ALIKE if matcher.quick_ratio() * ALIKE > max(by_words, LEAST) else 0)


def words_of(folded: str) -> list[str]:
    """The words of a name without small ones such as “of”."""
    return [word for word in re.findall(r"\w+", folded) if word not in SMALL_WORDS]


class ReconcileForm(StrictForm):
    """The parameters of a GET request."""

    queries = TextParameter("Queries")


@method_decorator(csrf_exempt, name="dispatch")
class Reconcile(ApiView):
    """The manifest of the service or, with queries, the candidates for each."""

    def get(self, request: HttpRequest) -> HttpResponse:
        text = ReconcileForm(request.GET).check()["queries"]
        return JsonResponse(self.answers(text) if "queries" in request.GET else manifest(base_address(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        return JsonResponse(self.answers(request.POST.get("queries", "")))

    def answers(self, text: str) -> dict[str, Any]:
        """The candidates for each query in a JSON object; raises BadParameters if it is invalid."""
        try:
            batch = json.loads(text)
        except (ValueError, RecursionError):
            batch = None
        if not isinstance(batch, dict):
            raise BadParameters(["queries: an object in JSON, with a name for each query."])
        if len(batch) > MOST_QUERIES:
            raise BadParameters([f"queries: {len(batch)} at once are too many; send at most {MOST_QUERIES}."])
        queries = {name: Query.read(name, query) for name, query in batch.items()}
        known = Known()
        words = folded(query.words for query in queries.values())
        return {
            name: {"result": known.candidates(query, word)}
            for (name, query), word in zip(queries.items(), words, strict=True)
        }


def manifest(site: str) -> dict[str, Any]:
    """The manifest of the service, as the protocol defines it."""
    site = site.rstrip("/")
    return {
        "versions": ["0.2"],
        "name": f"{settings.REGISTER.title}: countries and actors",
        "identifierSpace": f"{site}/",
        "schemaSpace": f"{site}/codebook/",
        "defaultTypes": [{"id": kind, "name": name} for kind, name in TYPES.items()],
        "view": {"url": f"{site}/{{{{id}}}}/"},
        "batchSize": MOST_QUERIES,
    }
