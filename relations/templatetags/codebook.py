"""How templates name and find the closed lists, their terms and what they mean."""

import re

from django import template
from django.urls import reverse

from relations.exchange import codebook
from relations.models.vocabularies import Vocabulary

register = template.Library()


@register.filter
def words_of_name(vocabulary: type[Vocabulary]) -> str:
    """The name of a closed list in words: `DealStatus` reads “Deal status”."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", vocabulary.__name__).capitalize()


@register.filter
def meaning(vocabulary: type[Vocabulary]) -> str:
    """What the terms of a closed list say of a record: the first paragraph of the docstring of its class."""
    return (vocabulary.__doc__ or "").partition("\n\n")[0]


@register.simple_tag
def vocabulary_anchor(vocabulary: type[Vocabulary]) -> str:
    """What a closed list is called in addresses."""
    return codebook.anchor(vocabulary)


@register.simple_tag
def term_anchor(term: Vocabulary) -> str:
    """What a term is called in addresses."""
    return codebook.anchor(type(term), term.value)


@register.simple_tag
def list_url(vocabulary: type[Vocabulary]) -> str:
    """The page of a closed list."""
    return reverse("closed-list", args=[codebook.anchor(vocabulary)])


@register.simple_tag
def term_url(term: Vocabulary) -> str:
    """Where a term is explained."""
    return f"{list_url(type(term))}#{term_anchor(term)}"
