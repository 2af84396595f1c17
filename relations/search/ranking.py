"""The best of what a search finds: what has the words as they are written before what has others of their stems."""

from functools import cache
from typing import Any

from django.contrib.postgres.search import SearchRank, SearchVectorField
from django.db.models import F, FloatField, Func, OuterRef, QuerySet, Subquery

from relations.entries import labels_and_years
from relations.expressions import ExactWordQuery, JoinedLexemes, LexemeQuery, UnstemmedLexemes, Words, text_of
from relations.models import Entry, Passage
from relations.prepared import prepared
from relations.search.suggestions import of_public_documents

BEST = 5  # of each type


class Weighted(Func):
    """Words that count ten times what others do."""

    function = "setweight"
    template = "%(function)s(%(expressions)s, 'A')"
    output_field = SearchVectorField()


@cache
def ranked(model: Any) -> prepared:
    """Finds the best of the records of a type that have some keys: by what is sought, and by words as they are written.

    A title counts ten times as much as other texts, and what its terms are called and the years it names as these.
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
    """The best of the sentences with some keys, by words as they are written, then by what is sought."""
    best = of_public_documents(keys).annotate(
        written=SearchRank(UnstemmedLexemes(Words("digest")), ExactWordQuery(any_as_written)),
        rank=SearchRank(Passage.described, LexemeQuery(sought)),
    )
    return best.select_related("source").order_by("-written", "-rank", "source", "position")[:BEST]
