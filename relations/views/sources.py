"""The pages of sources and of their sentences: what each is evidence for, and how far a document is coded."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.text import capfirst
from django.utils.translation import get_language_info

from relations import addresses
from relations.models import Citation, Passage, Source
from relations.parameters import CursorField, StrictForm
from relations.prepared import planned, prepared
from relations.text import quoted
from relations.views.charts import coverage_bar
from relations.views.evidence import coverage_of, with_targets
from relations.views.records import PublicDetail, ReferencedDetail

MOST_PLACES = 200  # sentences, and other places, per page of a source; the files have all
DESCRIBED = (
    *("container_title", "publisher", "publisher_place", "volume", "issue", "page", "edition", "language"),
    *("doi", "isbn"),
)


def with_evidence(passages: QuerySet) -> QuerySet:
    """Sentences with their coverage and their public citations, whose targets are still to be set."""
    citations = Prefetch("citations", Citation.objects.public().order_by("id"), to_attr="evidence_for")
    return passages.with_coverage(Citation.objects.public()).prefetch_related(citations)  # type: ignore[attr-defined]


class PlaceForm(StrictForm):
    """The cursor of a page of a source: among its sentences, or among its rows and other places."""

    SENTENCES, ROWS = "sentences", "rows"
    after = CursorField("After")
    template = "relations/parts/none.html"

    def contradictions(self) -> Iterator[tuple[str, str]]:
        yield from super().contradictions()
        if self.cleaned_data["after"] and not re.fullmatch(r"(sentences|rows)~[0-9]{1,18}", self.cleaned_data["after"]):
            yield "after", f"{quoted(self.cleaned_data['after'])} is no place in this source. Leave it out."

    @property
    def place(self) -> tuple[str, int]:
        """Which of the two the page shows, and the position or key after which it begins."""
        kind, _, number = (self.cleaned_data["after"] or f"{self.SENTENCES}~0").partition("~")
        return kind, int(number)


class SourceDetail(ReferencedDetail):
    """A source: its description, its coverage, and what it is evidence for, paginated."""

    queryset = Source.objects.public()
    form_class = PlaceForm
    form: PlaceForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        source = self.object
        kind, number = self.form.place
        of_rows, of_sentences = kind == PlaceForm.ROWS, kind == PlaceForm.SENTENCES
        passages = self.sentences(source, number) if of_sentences else []
        places = self.places(source, number if of_rows else 0)
        shown, rows = passages[:MOST_PLACES], places[:MOST_PLACES]
        counts = coverage_of([source])[source.pk]
        return super().get_context_data(
            sections=[(name, list(group)) for name, group in groupby(shown, lambda passage: passage.section)],
            coverage=coverage_bar(counts),
            passage_count=sum(counts.values()),
            located=[list(place) for _, place in groupby(rows, lambda row: (row.locator, row.target))],
            is_first=number == 0,
            next_sentences=f"sentences~{shown[-1].position}" if len(passages) > MOST_PLACES else "",
            next_rows=f"rows~{rows[-1].pk}" if len(places) > MOST_PLACES else "",
            description=described(source),
            **kwargs,
        )

    def sentences(self, source: Source, position: int) -> list[Passage]:
        """The sentences after a position, one more than a page shows."""
        found = (texts_after if source.text_is_public else sentences_after)(source.pk, position, most=MOST_PLACES + 1)
        for passage in found:
            passage.source = source
        with_targets([citation for passage in found for citation in passage.evidence_for])
        return found

    def places(self, source: Source, key: int) -> list[Citation]:
        """The citations of rows and other places after a key, ordered by key, one more than a page shows."""
        keys = places_after(source.pk, key, most=MOST_PLACES + 1)
        return with_targets(citations_at(keys)) if keys else []


def sentences_of(source: Any, position: Any) -> Any:
    """The sentences of a source after a position."""
    return with_evidence(Passage.objects.filter(source=source, position__gt=position).order_by("position"))


@planned
def sentences_after(source: Any, position: Any, *, most: int) -> QuerySet:
    """The first sentences of a source after a position."""
    return sentences_of(source, position)[:most]


@planned
def texts_after(source: Any, position: Any, *, most: int) -> QuerySet:
    """The first sentences of a source after a position, with their texts; only for sources whose text is public."""
    return sentences_of(source, position).select_related("loaded")[:most]


@prepared
def places_after(source: Any, key: Any, *, most: int) -> QuerySet:
    """The keys of the first citations of rows and other places of a source after a key."""
    located = Citation.objects.public().filter(source=source, passage=None, pk__gt=key).order_by("pk")
    return located.values_list("pk", flat=True)[:most]


@planned
def citations_at(keys: Any) -> QuerySet:
    """The public citations with these keys, ordered by key."""
    return Citation.objects.public().filter(pk__among=keys).order_by("pk")


def described(source: Source) -> list[tuple[str, str]]:
    """The labels and values of the bibliographic fields of a source that are not empty, without title and authors."""
    known = {name: value for name in DESCRIBED if (value := getattr(source, name))}
    if "language" in known:
        known["language"] = language_name(known["language"])
    columns: Any = source._meta
    return [(capfirst(columns.get_field(name).verbose_name), value) for name, value in known.items()]


def language_name(tag: str) -> str:
    """The English name of a language tag; the tag itself if Django does not know it."""
    try:
        return get_language_info(tag)["name"]
    except KeyError:
        return tag


class PassageDetail(PublicDetail):
    """A sentence of a document: its digest, and what it is evidence for."""

    queryset = with_evidence(Passage.objects.select_related("source"))

    def resolve(self) -> addresses.Outcome:
        return addresses.resolve_passage(self.kwargs["key"], self.kwargs["ref"], self.get_queryset())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        with_targets(self.object.evidence_for)
        passages = self.object.source.passages.order_by("position")
        return super().get_context_data(
            previous=passages.filter(position__lt=self.object.position).last(),
            next=passages.filter(position__gt=self.object.position).first(),
            **kwargs,
        )
