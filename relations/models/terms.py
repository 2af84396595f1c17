"""Terms of closed lists: the list of a column, and the term in a row."""

from functools import cache
from typing import Any

from django.db import models

from relations.models.tracks import TRACK_VALUES, Track
from relations.models.vocabularies import AddressReason, Collection, FileFormat, State, Vocabulary

# Lists that only the desk shows, or that are not lists of terms: the codebook leaves them out.
NOT_EXPLAINED: set[type[Vocabulary]] = {State, Collection, AddressReason, FileFormat}


def closed_lists(kind: type[Vocabulary] = Vocabulary) -> set[type[Vocabulary]]:
    """All subclasses of a kind that have terms."""
    return {kind} if len(kind) else {found for narrower in kind.__subclasses__() for found in closed_lists(narrower)}


VOCABULARIES: tuple[type[Vocabulary], ...] = tuple(
    sorted(closed_lists() - NOT_EXPLAINED, key=lambda vocabulary: vocabulary.__name__)
)


@cache
def vocabulary_of(field: Any) -> type[Vocabulary] | None:
    """The closed list of a column; None for free text, numbers, dates and keys."""
    choices = list(getattr(field, "choices", None) or ())
    return next((known for known in VOCABULARIES if choices and known.choices == choices), None)


def term_of(instance: Any, name: str) -> Vocabulary | None:
    """The term in a column of a row, for the value of a period that of its track; None if the column has no term."""
    model: Any = type(instance)
    is_of_track = name == "value" and hasattr(instance, "track")
    terms = terms_of_track(instance.track) if is_of_track else terms_of_column(model, name)
    return terms.get(getattr(instance, name))


@cache
def terms_of_column(model: type[models.Model], name: str) -> dict[str, Vocabulary]:
    """The terms of the closed list of a column, by value; empty if it has no closed list."""
    vocabulary = vocabulary_of(model._meta.get_field(name))
    return {term.value: term for term in vocabulary or ()}


@cache
def terms_of_track(track: str) -> dict[str, Vocabulary]:
    """The terms of a track, by value."""
    return {term.value: term for term in TRACK_VALUES[Track(track)]}
