"""Evidence on a page: the citations of a record or thing, numbered, and found again at the field they are for."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from relations.models import Citation
from relations.models.citation import RECORD_TARGETS, TARGETS, THING_TARGETS
from relations.models.figure import PARTS
from relations.models.vocabularies import State

# What naming a target refers to, so that a list of citations is read in one query.
SHOWN = (*TARGETS, *(f"{target}__{name}" for target, model in TARGETS.items() for name in getattr(model, "shown", ())))


def evidence() -> Prefetch:
    """What a QuerySet prefetches so that `Evidence(row)` costs no query: its citations with their places."""
    return Prefetch("citations", Citation.objects.select_related("source", "passage"))


def published_citations() -> QuerySet:
    """Citations for what is public, with what naming their targets needs."""
    public: Any = Q()
    for target in RECORD_TARGETS:
        public |= Q(**{f"{target}__state": State.PUBLISHED})
    for target, model in THING_TARGETS.items():
        public |= Exists(model.objects.public().filter(pk=OuterRef(f"{target}_id")))
    searches = [f"{target}__search" for target in RECORD_TARGETS]
    return Citation.objects.filter(public).select_related(*SHOWN).defer(*searches)


class Evidence:
    """The citations of one record or thing in the order of their documents, each with its number on the page."""

    def __init__(self, owner: Any) -> None:
        self.notes: list[tuple[int, Citation]] = list(enumerate(owner.citations.all(), start=1))

    def __bool__(self) -> bool:
        return bool(self.notes)

    def by_place(self) -> list[list[tuple[int, Citation]]]:
        """The citations in groups of one sentence, or one other place of a document, each."""
        places: dict[tuple[Any, ...], list[tuple[int, Citation]]] = {}
        for number, citation in self.notes:
            place = (citation.source_id, citation.passage_id, citation.locator)
            places.setdefault(place, []).append((number, citation))
        return list(places.values())

    def for_field(self, name: str) -> list[tuple[int, Citation]]:
        """The citations for that field, or for one column of that figure."""
        columns = {name, *(f"{name}_{part}" for part in PARTS)}
        return [note for note in self.notes if note[1].field in columns]

    def for_heading(self) -> list[tuple[int, Citation]]:
        """The citations for a record as a whole, or for what it is called."""
        return [note for note in self.notes if note[1].field in ("", "title", "name")]
