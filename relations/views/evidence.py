"""Evidence on a page: the citations of a record or thing, numbered, and found again at the field they are for."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from relations.models import Citation, Source
from relations.models.citation import TARGETS
from relations.models.figure import PARTS
from relations.models.vocabularies import Stance


def evidence() -> Prefetch:
    """What a QuerySet prefetches so that `Evidence(row)` costs no query: its citations with their places."""
    return Prefetch("citations", Citation.objects.select_related("source", "passage"))


def sayings() -> Prefetch:
    """What a QuerySet prefetches of records whose sentences are said, but not where these are taken from."""
    return Prefetch("citations", Citation.objects.saying())


def published_citations() -> QuerySet:
    """Citations for what is public, with what naming their targets needs.

    The targets of each type are read by a query of their own: to plan one with 28 joins takes PostgreSQL 50 ms.
    """
    targets = [
        Prefetch(target, model._default_manager.select_related(*(getattr(model, "shown", ()) or (None,))))
        for target, model in TARGETS.items()
    ]
    return Citation.objects.public().prefetch_related(*targets)


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

    def licensed(self) -> list[Source]:
        """The sources that support it and have a licence of their own."""
        sources = [note.source for _, note in self.notes if note.stance == Stance.SUPPORTS and note.source.licence]
        return list(dict.fromkeys(sources))

    def for_field(self, name: str) -> list[tuple[int, Citation]]:
        """The citations for that field, for one column of that figure, or for all of the participants."""
        columns = {name, *(f"{name}_{part}" for part in PARTS)}
        return [note for note in self.notes if note[1].field in columns and not note[1].part]

    def for_participant(self, key: str) -> list[tuple[int, Citation]]:
        """The citations for one participant."""
        return [note for note in self.notes if note[1].part == key]

    def for_heading(self) -> list[tuple[int, Citation]]:
        """The citations for a record as a whole, or for what it is called."""
        return [note for note in self.notes if note[1].field in ("", "title", "name")]
