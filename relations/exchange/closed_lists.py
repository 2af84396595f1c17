"""Parses terms of closed lists strictly; the error names the allowed terms, or the page of a long list."""

from functools import lru_cache
from typing import Any, NamedTuple

from django.urls import reverse

from relations.exchange import codebook
from relations.exchange.cell_errors import CellError, none_of
from relations.exchange.columns import collection_of
from relations.exchange.rows import Model
from relations.models.citation import citable_fields
from relations.models.terms import vocabulary_of
from relations.models.vocabularies import Vocabulary


class ClosedList(NamedTuple):
    """The terms of a closed list, and its page in the codebook, if any."""

    terms: tuple[str, ...]
    page: str = ""

    def read(self, text: str) -> str:
        """The term, or an empty string; raises CellError for any other text."""
        if text and text not in self.terms:
            raise CellError(none_of(text, self.terms, self.page))
        return text


@lru_cache
def list_of(field: Any) -> ClosedList:
    """The closed list of a model field; without terms if the field has no choices."""
    vocabulary = vocabulary_of(field)
    return ClosedList(tuple(value for value, _ in field.choices or ()), list_url(vocabulary) if vocabulary else "")


@lru_cache
def list_of_terms(vocabulary: type[Vocabulary]) -> ClosedList:
    """The closed list of a vocabulary."""
    return ClosedList(tuple(vocabulary.values), list_url(vocabulary))


@lru_cache
def list_of_fields(model: Model) -> ClosedList:
    """The fields of a model that a citation may be evidence for, as a closed list."""
    return ClosedList(tuple(citable_fields(model)), reverse("codebook-table", args=[collection_of(model)]))


def list_url(vocabulary: type[Vocabulary]) -> str:
    """The URL of the page of a closed list."""
    return reverse("closed-list", args=[codebook.anchor(vocabulary)])
