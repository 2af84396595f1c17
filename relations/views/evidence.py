"""The evidence on a page: the numbered citations of a record or thing, also by the field that they are for."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from relations.models import Citation, Passage, Source
from relations.models.citation import TARGETS
from relations.models.figure import PARTS
from relations.models.vocabularies import Stance
from relations.prepared import planned, prefetched, prepared
from relations.remembered import remembered


def sayings() -> Prefetch:
    """The Prefetch of the citations that are needed to phrase a record, but not to show where they are from."""
    return Prefetch("citations", Citation.objects.saying())


def with_targets(citations: list[Citation]) -> list[Citation]:
    """Sets the targets of citations, with everything that naming them needs.

    The targets of each type are read by a query of their own: planning one with 28 joins takes PostgreSQL 50 ms.
    """
    for target, model in TARGETS.items():
        of_type = [citation for citation in citations if getattr(citation, f"{target}_id") is not None]
        keys = {getattr(citation, f"{target}_id") for citation in of_type}
        are_of_parts = any(citation.part for citation in of_type)
        found = {row.pk: row for row in nameable(model, with_parties=are_of_parts)([*keys])} if keys else {}
        for citation in of_type:
            if row := found.get(getattr(citation, f"{target}_id")):
                setattr(citation, target, row)
    return citations


@cache
def nameable(model: Any, *, with_parties: bool = False) -> planned:
    """A planned query for rows of a type by key, with what naming them needs, and optionally the parties of records."""
    rows = model._default_manager.with_shown() if getattr(model, "shown", ()) else model._default_manager.all()
    rows = rows.with_parties() if with_parties else rows
    return planned(lambda keys: rows.filter(pk__among=keys))


def coverage_of(sources: Iterable[Source]) -> dict[int, dict[str, int]]:
    """By key of the source, the number of its sentences that are coded, context, out of scope or to do."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for source, share, number in shares_of(*(source.pk for source in sources)):
        found[source][share] = number
    return found


@remembered(most=200)
def shares_of(*sources: int) -> list[tuple[int, str, int]]:
    """The counts of `counted_shares`, cached for all parts of the page of a document."""
    return counted_shares([*sources])


@prepared
def counted_shares(sources: Any) -> QuerySet:
    """Source, coverage and number of sentences of some sources; coverage is computed from public citations."""
    passages: Any = Passage.objects.filter(source__among=sources).with_coverage(Citation.objects.public())
    shares: QuerySet = passages.order_by().values_list("source", "coverage").annotate(Count("pk"))
    return shares


class Evidence:
    """The citations of one record or thing in the order of their documents, numbered from 1."""

    def __init__(self, owner: Any) -> None:
        self.notes: list[tuple[int, Citation]] = list(enumerate(prefetched(owner, "citations"), start=1))

    def __bool__(self) -> bool:
        return bool(self.notes)

    def by_place(self) -> list[list[tuple[int, Citation]]]:
        """The citations grouped by sentence or other place of a document."""
        places: dict[tuple[Any, ...], list[tuple[int, Citation]]] = {}
        for number, citation in self.notes:
            place = (citation.source_id, citation.passage_id, citation.locator)
            places.setdefault(place, []).append((number, citation))
        return list(places.values())

    def licensed(self) -> list[Source]:
        """The supporting sources that have a licence of their own."""
        sources = [note.source for _, note in self.notes if note.stance == Stance.SUPPORTS and note.source.licence]
        return list(dict.fromkeys(sources))

    def for_field(self, name: str) -> list[tuple[int, Citation]]:
        """The citations for a field, for any column of a figure, or for the participants as a whole."""
        columns = {name, *(f"{name}_{part}" for part in PARTS)}
        return [note for note in self.notes if note[1].field in columns and not note[1].part]

    def for_participant(self, key: str) -> list[tuple[int, Citation]]:
        """The citations for one participant."""
        return [note for note in self.notes if note[1].part == key]

    def for_heading(self) -> list[tuple[int, Citation]]:
        """The citations for the record as a whole, its title or its name."""
        return [note for note in self.notes if note[1].field in ("", "title", "name")]
