"""One question to everything: the relation or thing that it is about first, then what has its words."""

from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations
from operator import or_
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import SearchRank, SearchVectorField
from django.db.models import F, FloatField, Func, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from relations.addresses import records_at
from relations.expressions import Both, Sought, SoughtExactly, Words, Written, text_of
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
from relations.models.tracks import Track
from relations.paging import counted
from relations.parameters import StrictForm, WordsField
from relations.search import RANKED, Reading, found_nowhere, nearest, read_query, sentences, with_words
from relations.status import RelationStatus, statuses_on
from relations.views.base import StrictView, tally
from relations.views.excerpts import Excerpts, words_of
from relations.views.links import address

# The types of records; those with the best answer come first, of alike ones in this order.
TYPES = (Event, ArmsTransfer, RelationPeriod, Mission, Observation)
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
    asked = {True: read_query(query), False: read_query(query, actors=False)}

    def anything(weaker: dict[bool, Reading]) -> bool:
        return any(counted(Entry.objects.read(model, weaker[bool(model.actors)])) for model in TYPES)

    understood = asked[True].settled(lambda each: anything({True: each, False: like(asked[False], each)}))
    groups = [group(model, understood if model.actors else like(asked[False], understood), query) for model in TYPES]
    found = sorted((each for each in groups if each.records), key=lambda each: each.merit, reverse=True)
    places = best_sentences(query, understood)
    things = named(understood)
    has_answer = bool(found or places or any(things.values()))
    is_whole = has_answer and understood.has_all
    unknown = [] if is_whole else found_nowhere(understood.words or understood.missing)
    excerpts = Excerpts(
        " ".join([query, *understood.also_looked_for]), [record for each in found for record in each.records], places
    )
    return {
        "understood": understood,
        "relations": relations_of([*understood.countries, *(each.pk for each in things["countries"])]),
        "is_about_relations": not found or not understood.words or len(understood.countries) > 1,
        "things": things,
        "groups": found,
        "passages": places,
        "excerpts": excerpts,
        "unknown": unknown,
        "nearest": suggestion(query, unknown) if unknown else {},
    }


def like(reading: Reading, other: Reading) -> Reading:
    """The reading without actors that is as weak as the other."""
    return next((each for each in (reading, *reading.weaker()) if each.weakness == other.weakness), reading)


def group(model: Any, reading: Reading, query: str) -> Group:
    """The best records of one type, and how many there are; of very many the best of some.

    What has the words as they are written comes before what has others of their stems, in its title before elsewhere.
    """
    places = Entry.objects.read(model, reading)
    best: QuerySet = places.order_by(F("sort_on").asc(nulls_last=True), "slug")
    values: tuple[str, ...] = ("collection", "slug")
    if reading.words:
        some = Entry.objects.leading(model).filter(best_of(model, reading))
        best = some.annotate(written=as_written(model, reading), rank=SearchRank(F("words"), reading.matching()))
        best, values = best.order_by("-written", "-rank", "slug"), (*values, "written", "rank")
    rows = list(best.values_list(*values)[:BEST])
    records = records_at((collection, slug) for collection, slug, *_ in rows)
    found = [records[row[:2]] for row in rows if row[:2] in records]
    return Group(
        model._meta,
        found,
        tally(counted(places)) if found else {},
        address(reverse(f"{model._meta.model_name}-list"), [("q", query)]),
        rows[0][2:] if rows and reading.words else (0, 0),
    )


def best_of(model: Any, reading: Reading) -> Q:
    """The records of a type that are put in order: of very many some, and some that have the very words."""
    readings = [reading, replace(reading, also={})] if reading.also else [reading]
    found = (Entry.objects.read(model, each).values("record_id")[:RANKED] for each in readings)
    return reduce(or_, (Q(record_id__in=places) for places in found))


def as_written(model: Any, reading: Reading) -> Subquery:
    """How often the texts of a record have the words as they are written, where its title counts ten times."""
    title, *_ = columns = model._meta.get_field("search").columns
    texts = Both(Weighted(Written(Words(title))), Written(Words(text_of(columns))))
    any_of_them = SoughtExactly(" or ".join(words_of(reading.words)))
    return Subquery(
        model._default_manager.filter(pk=OuterRef("record_id")).values_list(SearchRank(texts, any_of_them), flat=True),
        output_field=FloatField(),
    )


def relations_of(countries: list[str]) -> list[RelationStatus]:
    """The status today of the relations between the countries of a query; of one, that with the studied state."""
    codes, studied = list(dict.fromkeys(countries)), settings.REGISTER.studied_state
    if len(codes) == 1 and studied and studied not in codes:
        codes.append(studied)
    pairs = [tuple(sorted(pair)) for pair in combinations(codes, 2)][:MOST_PAIRS]
    if not pairs:
        return []
    either = Q()
    for first, second in pairs:
        either |= Q(country_a=first, country_b=second)
    relations = Relation.objects.public().filter(either).with_shown()
    return statuses_on(relations, timezone.localdate(), (Track.LEGAL, Track.LEVEL))


def named(reading: Reading) -> dict[str, list[Any]]:
    """The public things that a query names, and those that have its words in their names."""
    countries: Any = Country.objects.public()
    actors: Any = Actor.objects.public().with_shown()
    exact: dict[str, list[Any]] = {
        "countries": list(countries.filter(pk__in=reading.countries)),
        "actors": list(actors.filter(slug__in=reading.actors)),
    }
    words = reading.words or reading.missing
    sources = Source.objects.alias(search_words=Source.described).filter(search_words=reading.matching())
    keys = list(sources.order_by().values_list("pk", flat=True)[:RANKED]) if reading.words else []
    return {
        "countries": (exact["countries"] + list(with_words(countries, words)[:BEST]))[:BEST],
        "actors": (exact["actors"] + list(with_words(actors, words)[:BEST]))[:BEST],
        "sources": list(Source.objects.public().filter(pk__in=keys)[:BEST]),
    }


def best_sentences(query: str, understood: Reading) -> list[Passage]:
    """The sentences whose digests have all words of a query, else what it was read as, the best first."""
    for sought in dict.fromkeys((Sought(query), understood.in_sentences())):
        best = sentences(sought).annotate(rank=SearchRank(Passage.described, sought))
        if found := list(best.select_related("source").order_by("-rank", "source", "position")[:BEST]):
            return found
    return []


def suggestion(query: str, unknown: list[str]) -> dict[str, str]:
    """A query that may have been meant, with its address; nothing where no name is near one of the words."""
    meant = nearest(query, unknown)
    return {"query": meant, "url": address(reverse("search"), [("q", meant)])} if meant else {}
