"""One question to everything: the relation or thing that it is about first, then what has its words."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import combinations
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import SearchRank, SearchVectorField
from django.db.models import BooleanField, ExpressionWrapper, F, FloatField, Func, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from relations.addresses import records_at
from relations.expressions import Both, LookedFor, SoughtExactly, Words, Written, text_of
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
from relations.models.entry import certain, places_read
from relations.models.tracks import Track
from relations.names import with_words
from relations.paging import counted
from relations.parameters import StrictForm, WordsField
from relations.phrasing import read_hedges
from relations.prepared import planned, prepared
from relations.search.days import days_in
from relations.search.queries import EXCLUDED, MARKS, Reading, read_query
from relations.search.sought import is_plain
from relations.search.suggestions import RANKED, found_nowhere, nearest, of_public_documents, with_digests
from relations.status import RelationStatus, statuses_on
from relations.views.base import StrictView, tally
from relations.views.excerpts import Excerpts, words_of
from relations.views.links import address

# The types of records; those with the best answer come first, of alike ones in this order.
TYPES = (Event, ArmsTransfer, RelationPeriod, Mission, Observation)
LASTING = (RelationPeriod, Mission)
BEST = 5
MOST_PAIRS = 3  # whose status is said


class SearchForm(StrictForm):
    """What the search page can be asked."""

    q = WordsField("Words")


class Weighted(Func):
    """Words that count ten times what others do."""

    function = "setweight"
    template = "%(function)s(%(expressions)s, 'A')"
    output_field = SearchVectorField()


@dataclass(frozen=True)
class Group:
    """The best of one type, how many there are, and how well the first of them answers."""

    about: Any
    records: list[Record]
    tally: dict[str, Any]
    all: str
    today: str  # the address of what is so today, where that is asked for
    merit: tuple[float, float]


class Search(StrictView, TemplateView):
    """Names of countries and actors are understood, and so is a question about two of them."""

    template_name = "relations/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        search = SearchForm(self.request.GET)
        query = search.check()["q"]
        context = super().get_context_data(form=search, query=query, **kwargs)
        if query:
            context |= answers(query)
        return context


def answers(query: str) -> dict[str, Any]:
    """What a query is answered by."""
    reading = read_query(query)
    names_actors = bool(reading.actors or reading.without)
    asked = {True: reading, False: read_query(query, actors=False) if names_actors else reading}

    def anything(weaker: dict[bool, Reading]) -> bool:
        return any(counted(places_read(model, weaker[bool(model.actors)])) for model in TYPES)

    understood = asked[True].settled(lambda each: anything({True: each, False: like(asked[False], each)}))
    groups = [group(model, understood if model.actors else like(asked[False], understood), query) for model in TYPES]
    found = sorted(
        (each for each in groups if each.records), key=lambda each: (bool(each.today), each.merit), reverse=True
    )
    places = best_sentences(query, understood)
    things = named(understood)
    has_answer = bool(found or places or any(things.values()))
    is_whole = has_answer and understood.has_all
    asked_for = EXCLUDED.sub(" ", f"{understood.words} {understood.missing}")
    unknown = [] if is_whole else found_nowhere(asked_for)
    told = [word for word in days_in(query)[0].split() if word.lower().strip(MARKS) not in understood.asking]
    records = [record for each in found for record in each.records]
    read_hedges(records)
    asks_for_records = bool(understood.words or understood.days)
    excerpts = Excerpts(" ".join([*told, *understood.also_looked_for]), records, places)
    return {
        "understood": understood,
        "relations": relations_of([*understood.countries, *(each.pk for each in things["countries"])]),
        "is_about_relations": not found or not asks_for_records or understood.is_of_relations,
        "is_about_names": not asks_for_records,
        "things": things,
        "groups": found,
        "passages": places,
        "excerpts": excerpts,
        "unknown": unknown,
        "nearest": suggestion(query, [word for word in unknown if word not in understood.also]),
    }


def like(reading: Reading, other: Reading) -> Reading:
    """The reading without actors that is as weak as the other."""
    return next((each for each in (reading, *reading.weaker()) if each.weakness == other.weakness), reading)


def group(model: Any, reading: Reading, query: str) -> Group:
    """The best records of one type, and how many there are; of very many the best of some.

    What has the words as they are written comes before what has others of their stems, in its title before elsewhere.
    """
    places = places_read(model, reading)
    some: list[int] = []
    if reading.words:
        some = keys_of(places)
        if reading.also:  # of very many some, and some that have the very words
            some += keys_of(Entry.objects.read(model, replace(reading, also={})))
        rows = ranked(model)(some, reading.sought, " or ".join(words_of(reading.words))) if some else []
    else:
        first = places.order_by(*by_day(model, reading), "slug")
        rows = [(slug, 0, 0) for slug in first.values_list("slug", flat=True)[:BEST]]
    collection = model.collection.value
    records = records_at((collection, slug) for slug, *_ in rows)
    found = [records[collection, slug] for slug, *_ in rows if (collection, slug) in records]
    number = len({*some}) if 0 < len(some) < RANKED else counted(places) if found else 0
    all_of_them = reverse(f"{model._meta.model_name}-list")
    today = [("q", reading.in_short), ("as_of", "today")]
    return Group(
        model._meta,
        found,
        tally(number) if found else {},
        address(all_of_them, [("q", query)]),
        address(all_of_them, today) if reading.is_of_today and model in LASTING else "",
        rows[0][1:] if rows else (0, 0),
    )


def by_day(model: Any, reading: Reading) -> list[Any]:
    """The order of days; where a query names days, what certainly lies in them comes before what only may."""
    if not reading.days:
        return [F("sort_on").asc(nulls_last=True)]
    is_certain = certain(model, reading.days.first or date.min, reading.days.last or date.max)
    return [
        ExpressionWrapper(is_certain, output_field=BooleanField()).desc(nulls_last=True),
        F("sort_on").asc(nulls_last=True),
    ]


def keys_of(places: QuerySet) -> list[int]:
    """The keys of the records at some places, of very many of some."""
    return list(places.order_by().values_list("record_id", flat=True)[:RANKED])


@cache
def ranked(model: Any) -> prepared:
    """Finds the best of the records of a type that have some keys: by what is sought, and by words as they are written.

    A title counts ten times as much as other texts.
    """
    title, *_ = columns = model._meta.get_field("search").columns
    texts = Both(Weighted(Written(Words(title))), Written(Words(text_of(columns))))

    def best(keys: Any, sought: Any, any_as_written: Any) -> QuerySet:
        rank = SearchRank(texts, SoughtExactly(any_as_written))
        written = model._default_manager.filter(pk=OuterRef("record_id")).values_list(rank, flat=True)
        return (
            Entry.objects.leading(model)
            .filter(record_id__among=keys)
            .annotate(
                written=Subquery(written, output_field=FloatField()), rank=SearchRank(F("words"), LookedFor(sought))
            )
            .order_by("-written", "-rank", "slug")
            .values_list("slug", "written", "rank")[:BEST]
        )

    return prepared(best)


def relations_of(countries: list[str]) -> list[RelationStatus]:
    """The status today of the relations between the countries of a query; of one, that with the studied state."""
    codes, studied = list(dict.fromkeys(countries)), settings.REGISTER.studied_state
    if len(codes) == 1 and studied and studied not in codes:
        codes.append(studied)
    pairs = [tuple(sorted(pair)) for pair in combinations(codes, 2)][:MOST_PAIRS]
    if not pairs:
        return []
    relations = Relation.objects.public().of_pairs(pairs).with_shown()
    return statuses_on(relations, timezone.localdate(), (Track.LEGAL, Track.LEVEL))


def named(reading: Reading) -> dict[str, list[Any]]:
    """The public things that a query names, and those that have its words in their names."""
    words = reading.words or reading.missing
    of_words = words if is_plain(words) else ""
    countries = countries_of_codes([*reading.countries]) if reading.countries else []
    actors = actors_of_slugs([*reading.actors]) if reading.actors else []
    keys = described_by(reading.sought) if reading.words else []
    return {
        "countries": (countries + (countries_with(of_words) if of_words else []))[:BEST],
        "actors": (actors + (actors_with(of_words) if of_words else []))[:BEST],
        "sources": sources_of(keys) if keys else [],
    }


@planned
def countries_of_codes(codes: Any) -> QuerySet:
    """The public countries with some codes."""
    return Country.objects.public().filter(pk__among=codes)


@planned
def actors_of_slugs(slugs: Any) -> QuerySet:
    """The public actors with some slugs."""
    return Actor.objects.public().with_shown().filter(slug__among=slugs)


@prepared
def countries_with(words: Any) -> QuerySet:
    """The first public countries that have some words in their names."""
    return with_words(Country.objects.public(), words)[:BEST]


@prepared
def actors_with(words: Any) -> QuerySet:
    """The first public actors that have some words in their names."""
    return with_words(Actor.objects.public().with_shown(), words)[:BEST]


@prepared
def described_by(sought: Any) -> QuerySet:
    """The keys of sources of which the description has what is sought, of very many some."""
    found = Source.objects.alias(search_words=Source.described).filter(search_words=LookedFor(sought))
    return found.order_by().values_list("pk", flat=True)[:RANKED]


@planned
def sources_of(keys: Any) -> QuerySet:
    """The first public sources with some keys."""
    return Source.objects.public().filter(pk__among=keys)[:BEST]


def best_sentences(query: str, understood: Reading) -> list[Passage]:
    """The sentences whose digests have all words of a query, else what it was read as, the best first."""
    for sought in dict.fromkeys(understood.in_sentences(query)):
        if sought and (keys := with_digests(sought)) and (found := best_of_sentences(keys, sought)):
            return found
    return []


@prepared
def best_of_sentences(keys: Any, sought: Any) -> QuerySet:
    """The best of the sentences with some keys, by what is sought."""
    best = of_public_documents(keys).annotate(rank=SearchRank(Passage.described, LookedFor(sought)))
    return best.select_related("source").order_by("-rank", "source", "position")[:BEST]


def suggestion(query: str, unknown: list[str]) -> dict[str, str]:
    """A query that may have been meant, with its address; nothing where no name is near one of the words."""
    meant = nearest(query, unknown) if unknown else ""
    return {"query": meant, "url": address(reverse("search"), [("q", meant)])} if meant else {}
