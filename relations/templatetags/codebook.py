"""Template tags and filters for the names, meanings and URLs of closed lists and their terms."""

import re

from django import template

from relations.exchange import codebook
from relations.exchange.closed_lists import list_url
from relations.models.vocabularies import Vocabulary

register = template.Library()
register.simple_tag(list_url)


@register.filter
def words_of_name(vocabulary: type[Vocabulary]) -> str:
    """The name of a closed list in words: `DealStatus` reads “Deal status”."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", vocabulary.__name__).capitalize()


@register.filter
def meaning(vocabulary: type[Vocabulary]) -> str:
    """The meaning of a closed list: the first paragraph of the docstring of its class."""
    return (vocabulary.__doc__ or "").partition("\n\n")[0]


@register.simple_tag
def vocabulary_anchor(vocabulary: type[Vocabulary]) -> str:
    """The name of a closed list in URLs."""
    return codebook.anchor(vocabulary)


@register.simple_tag
def term_anchor(term: Vocabulary) -> str:
    """The anchor of a term in URLs."""
    return codebook.anchor(type(term), term.value)


@register.simple_tag
def term_url(term: Vocabulary) -> str:
    """The URL of the definition of a term."""
    return f"{list_url(type(term))}#{term_anchor(term)}"
