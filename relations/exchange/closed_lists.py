"""Terms of closed lists, read strictly; what is none is told with what is allowed, or where a long list stands."""

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
    """The terms of a list, and its page in the codebook where it has one."""

    terms: tuple[str, ...]
    page: str = ""

    def read(self, text: str) -> str:
        """The term, or nothing."""
        if text and text not in self.terms:
            raise CellError(none_of(text, self.terms, self.page))
        return text


@lru_cache
def list_of(field: Any) -> ClosedList:
    """The closed list of a column of a model; empty where it has none."""
    vocabulary = vocabulary_of(field)
    return ClosedList(tuple(value for value, _ in field.choices or ()), page_of(vocabulary) if vocabulary else "")


@lru_cache
def list_of_terms(vocabulary: type[Vocabulary]) -> ClosedList:
    """A closed list whose terms stand among the parts in a cell."""
    return ClosedList(tuple(vocabulary.values), page_of(vocabulary))


@lru_cache
def list_of_fields(model: Model) -> ClosedList:
    """The columns of a model that a citation may be evidence for."""
    return ClosedList(tuple(citable_fields(model)), reverse("codebook-table", args=[collection_of(model)]))


def page_of(vocabulary: type[Vocabulary]) -> str:
    """The page of a closed list."""
    return reverse("closed-list", args=[codebook.anchor(vocabulary)])
