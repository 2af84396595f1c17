"""The search page: first the relations and things that a query names, then records and sentences with its words."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from relations.addresses import records_at
from relations.expressions import LexemeQuery
from relations.models import (
    Actor,
    ArmsTransfer,
    Country,
    Entry,
    Event,
    Mission,
    Observation,
    Passage,
    Record,
    Relation,
    RelationPeriod,
    Source,
)
from relations.models.entry import certain, places_for
from relations.models.tracks import Track
from relations.names import with_words
from relations.paging import counted
from relations.parameters import StrictForm, WordsField
from relations.phrasing import read_hedges
from relations.prepared import planned, prepared
from relations.search.days import days_in
from relations.search.queries import EXCLUDED, MARKS, ParsedQuery, read_query
from relations.search.ranking import BEST, best_of_sentences, ranked
from relations.search.sought import is_plain, lexemes
from relations.search.suggestions import RANKED, found_nowhere, nearest, with_digests
from relations.status import RelationStatus, statuses_on
from relations.views.base import StrictView, tally
from relations.views.excerpts import Excerpts, words_of
from relations.views.links import address

# The types of records; groups are sorted by their best result, and in this order if equal.
TYPES = (Event, ArmsTransfer, RelationPeriod, Mission, Observation)
LASTING = (RelationPeriod, Mission)
MOST_PAIRS = 3  # relations whose status is shown


class SearchForm(StrictForm):
    """The parameters of the search page."""

    q = WordsField("Words")


@dataclass(frozen=True)
class Group:
    """The best results of one type, the number of all, and the ranks of the first one (`merit`)."""

    about: Any
    records: list[Record]
    tally: dict[str, Any]
    all: str  # the URL of the list with the same query
    today: str  # the URL of the list as of today, if the query asks about today
    merit: tuple[float, float]

    def place(self, parsed: ParsedQuery) -> tuple[bool, bool, tuple[float, float]]:
        """The sort key, greatest first: as of today if asked, periods if the query is about ties, then by rank."""
        return bool(self.today), parsed.is_of_ties and self.about.model is RelationPeriod, self.merit


class Search(StrictView, TemplateView):
    """The search page."""

    template_name = "relations/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        search = SearchForm(self.request.GET)
        query = search.check()["q"]
        context = super().get_context_data(form=search, query=query, **kwargs)
        if query:
            context |= answers(query)
        return context


def answers(query: str) -> dict[str, Any]:
    """The results of a query, as context for the template.

    Types of records without actors are searched with a parse in which names of actors are words.
    """
    parsed = read_query(query)
    names_actors = bool(parsed.actors or parsed.excluded)
    without_actors = read_query(query, actors=False) if names_actors else parsed

    def by_actors(weaker: ParsedQuery) -> dict[bool, ParsedQuery]:
        """The query by whether a type of records has actors."""
        return {True: weaker, False: weakened_like(without_actors, weaker)}

    def matches(weaker: ParsedQuery) -> bool:
        queries = by_actors(weaker)
        return any(counted(places_for(model, queries[bool(model.actors)])) for model in TYPES)

    understood = parsed.settled(matches)
    queries = by_actors(understood)
    groups = [group(model, queries[bool(model.actors)], query) for model in TYPES]
    found = sorted((each for each in groups if each.records), key=lambda each: each.place(understood), reverse=True)
    places = best_sentences(query, understood)
    things = things_named(understood)
    titled = sources_titled(query) if understood.question_words or not (found and understood.has_all) else []
    things["sources"] = list(dict.fromkeys([*titled, *things["sources"]]))[:BEST]
    has_answer = bool(found or places or any(things.values()))
    is_whole = has_answer and understood.has_all
    words = EXCLUDED.sub(" ", f"{understood.words} {understood.missing}")
    unknown = [] if is_whole or titled else found_nowhere(words)
    marked = [word for word in days_in(query)[0].split() if word.lower().strip(MARKS) not in understood.question_words]
    records = [record for each in found for record in each.records]
    read_hedges(records)
    asks_for_records = bool(understood.words or understood.days)
    excerpts = Excerpts(" ".join([*marked, *understood.also_looked_for]), records, places)
    return {
        "understood": understood,
        "relations": relations_of([*understood.countries, *(each.pk for each in things["countries"])]),
        "is_about_relations": not found or not asks_for_records or understood.is_of_relations,
        "is_about_names": not asks_for_records or bool(titled),
        "things": things,
        "groups": found,
        "passages": places,
        "excerpts": excerpts,
        "unknown": unknown,
        "nearest": suggestion(query, [word for word in unknown if word not in understood.synonyms]),
    }


def weakened_like(parsed: ParsedQuery, other: ParsedQuery) -> ParsedQuery:
    """Another parse of the same query, weakened in the same way as `other`; unchanged if that is impossible."""
    return next((each for each in (parsed, *parsed.weaker()) if each.weakness == other.weakness), parsed)


def group(model: Any, parsed: ParsedQuery, query: str) -> Group:
    """The best records of one type and the number of all; at most RANKED records (twice that with synonyms) are ranked.

    Records with the words as written come before those with other forms of their stems.
    """
    places = places_for(model, parsed)
    some: list[int] = []
    if parsed.words:
        some = keys_of(places)
        if parsed.synonyms:  # also some with the words themselves, which may not be among the first RANKED
            some += keys_of(Entry.objects.for_query(model, replace(parsed, synonyms={})))
        rows = ranked(model)(some, parsed.sought, any_of(parsed.words)) if some else []
    else:
        first = places.order_by(*by_day(model, parsed), "slug")
        rows = [(slug, 0, 0) for slug in first.values_list("slug", flat=True)[:BEST]]
    collection = model.collection.value
    records = records_at((collection, slug) for slug, *_ in rows)
    found = [records[collection, slug] for slug, *_ in rows if (collection, slug) in records]
    number = len({*some}) if 0 < len(some) < RANKED else counted(places) if found else 0
    all_of_them = reverse(f"{model._meta.model_name}-list")
    today = [("q", parsed.in_short), ("as_of", "today")]
    return Group(
        model._meta,
        found,
        tally(number) if found else {},
        address(all_of_them, [("q", query)]),
        address(all_of_them, today) if parsed.is_of_today and model in LASTING else "",
        rows[0][1:] if rows else (0, 0),
    )


def by_day(model: Any, parsed: ParsedQuery) -> list[Any]:
    """The arguments for order_by(): by date and, if the query has days, those that certainly lie in them first."""
    if not parsed.days:
        return [F("sort_on").asc(nulls_last=True)]
    is_certain = certain(model, parsed.days.first or date.min, parsed.days.last or date.max)
    return [
        ExpressionWrapper(is_certain, output_field=BooleanField()).desc(nulls_last=True),
        F("sort_on").asc(nulls_last=True),
    ]


def keys_of(places: QuerySet) -> list[int]:
    """The keys of the records at these places, at most RANKED."""
    return list(places.order_by().values_list("record_id", flat=True)[:RANKED])


def relations_of(countries: list[str]) -> list[RelationStatus]:
    """The status today of the relations between these countries; for one country, of that with the studied state."""
    codes, studied = list(dict.fromkeys(countries)), settings.REGISTER.studied_state
    if len(codes) == 1 and studied and studied not in codes:
        codes.append(studied)
    pairs = [tuple(sorted(pair)) for pair in combinations(codes, 2)][:MOST_PAIRS]
    if not pairs:
        return []
    relations = Relation.objects.public().of_pairs(pairs).with_shown()
    return statuses_on(relations, timezone.localdate(), (Track.LEGAL, Track.LEVEL))


def things_named(parsed: ParsedQuery) -> dict[str, list[Any]]:
    """The public things that a query names, and those whose names or descriptions have its words."""
    words = parsed.words or parsed.missing
    of_words = words if is_plain(words) else ""
    countries = countries_of_codes([*parsed.countries]) if parsed.countries else []
    actors = actors_of_slugs([*parsed.actors]) if parsed.actors else []
    keys = described_by(parsed.sought) if parsed.words else []
    return {
        "countries": (countries + (countries_with(of_words) if of_words else []))[:BEST],
        "actors": (actors + (actors_with(of_words) if of_words else []))[:BEST],
        "sources": sources_of(keys) if keys else [],
    }


def sources_titled(query: str) -> list[Source]:
    """The public sources whose description has all words of the query as typed, including question words."""
    (sought,) = lexemes(query)
    keys = described_by(sought) if sought else []
    return sources_of(keys) if keys else []


@planned
def countries_of_codes(codes: Any) -> QuerySet:
    """The public countries with these codes."""
    return Country.objects.public().filter(pk__among=codes)


@planned
def actors_of_slugs(slugs: Any) -> QuerySet:
    """The public actors with these slugs."""
    return Actor.objects.public().with_shown().filter(slug__among=slugs)


@prepared
def countries_with(words: Any) -> QuerySet:
    """The first public countries with these words in their names."""
    return with_words(Country.objects.public(), words)[:BEST]


@prepared
def actors_with(words: Any) -> QuerySet:
    """The first public actors with these words in their names."""
    return with_words(Actor.objects.public().with_shown(), words)[:BEST]


@prepared
def described_by(sought: Any) -> QuerySet:
    """The keys of at most RANKED sources whose description matches a tsquery."""
    found = Source.objects.alias(search_words=Source.described).filter(search_words=LexemeQuery(sought))
    return found.order_by().values_list("pk", flat=True)[:RANKED]


@planned
def sources_of(keys: Any) -> QuerySet:
    """The first public sources with these keys."""
    return Source.objects.public().filter(pk__among=keys)[:BEST]


def best_sentences(query: str, understood: ParsedQuery) -> list[Passage]:
    """The best sentences whose digests match the query as typed or, if there are none, as it was parsed."""
    for sought in dict.fromkeys(understood.in_sentences(query)):
        if sought and (keys := with_digests(sought)) and (found := best_of_sentences(keys, sought, any_of(query))):
            return found
    return []


def any_of(query: str) -> str:
    """A query that matches any of the words of a query."""
    return " or ".join(words_of(query))


def suggestion(query: str, unknown: list[str]) -> dict[str, str]:
    """A query that may have been meant, with its URL; an empty dict if no name is similar to an unknown word."""
    meant = nearest(query, unknown) if unknown else ""
    return {"query": meant, "url": address(reverse("search"), [("q", meant)])} if meant else {}
