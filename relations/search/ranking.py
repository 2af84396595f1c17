"""The best results of a search: first those with the words as written, then those with other forms of their stems."""

from functools import cache
from typing import Any

from django.contrib.postgres.search import SearchRank, SearchVectorField
from django.db.models import F, FloatField, Func, OuterRef, QuerySet, Subquery

from relations.entries import labels_and_years
from relations.expressions import ExactWordQuery, JoinedLexemes, LexemeQuery, UnstemmedLexemes, Words, text_of
from relations.models import Entry, Passage
from relations.prepared import prepared
from relations.search.suggestions import of_public_documents

BEST = 5  # results of each type


class Weighted(Func):
    """A tsvector of weight A, which counts ten times as much as the default weight."""

    function = "setweight"
    template = "%(function)s(%(expressions)s, 'A')"
    output_field = SearchVectorField()


@cache
def ranked(model: Any) -> prepared:
    """A prepared query for the best BEST records of a type among some keys: rows of slug and two ranks.

    The first rank is by words as written, the second by stems. The title counts ten times as much as other texts and
    as the labels of terms and the years of the record.
    """
    title, *_ = columns = model._meta.get_field("search").columns
    texts = JoinedLexemes(
        Weighted(UnstemmedLexemes(Words(title))),
        UnstemmedLexemes(Words(text_of(columns))),
        UnstemmedLexemes(Words(labels_and_years(model))),
    )

    def best(keys: Any, sought: Any, any_as_written: Any) -> QuerySet:
        rank = SearchRank(texts, ExactWordQuery(any_as_written))
        written = model._default_manager.filter(pk=OuterRef("record_id")).values_list(rank, flat=True)
        return (
            Entry.objects.leading(model)
            .filter(record_id__among=keys)
            .annotate(
                written=Subquery(written, output_field=FloatField()), rank=SearchRank(F("words"), LexemeQuery(sought))
            )
            .order_by("-written", "-rank", "slug")
            .values_list("slug", "written", "rank")[:BEST]
        )

    return prepared(best)


@prepared
def best_of_sentences(keys: Any, sought: Any, any_as_written: Any) -> QuerySet:
    """The best BEST sentences among some keys, by words as written, then by stems."""
    best = of_public_documents(keys).annotate(
        written=SearchRank(UnstemmedLexemes(Words("digest")), ExactWordQuery(any_as_written)),
        rank=SearchRank(Passage.described, LexemeQuery(sought)),
    )
    return best.select_related("source").order_by("-written", "-rank", "source", "position")[:BEST]
