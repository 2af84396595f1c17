"""The terms of closed lists: which list a column holds, and which term stands in a row."""

from functools import cache
from typing import Any

from django.db import models

from relations.models.tracks import TRACK_VALUES, Track
from relations.models.vocabularies import AddressReason, Collection, FileFormat, State, Vocabulary

# What only the desk sees, or what is no list of terms, is not explained to readers.
NOT_EXPLAINED: set[type[Vocabulary]] = {State, Collection, AddressReason, FileFormat}


def closed_lists(kind: type[Vocabulary] = Vocabulary) -> set[type[Vocabulary]]:
    """All closed lists of a kind: the classes with terms."""
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
    """The term that stands in a column of a record; the values of a period are those of its track."""
    model: Any = type(instance)
    is_of_track = name == "value" and hasattr(instance, "track")
    terms = terms_of_track(instance.track) if is_of_track else terms_of_column(model, name)
    return terms.get(getattr(instance, name))


@cache
def terms_of_column(model: type[models.Model], name: str) -> dict[str, Vocabulary]:
    """The terms of the closed list that a column holds, by their values; none where it holds no such list."""
    vocabulary = vocabulary_of(model._meta.get_field(name))
    return {term.value: term for term in vocabulary or ()}


@cache
def terms_of_track(track: str) -> dict[str, Vocabulary]:
    """The terms of a track, by their values."""
    return {term.value: term for term in TRACK_VALUES[Track(track)]}
