"""What the templates say in the same way everywhere: dates, terms, headings, fields with their evidence."""

import re
from typing import Any

from django import template
from django.conf import settings
from django.db.models import Model
from django.urls import reverse

from relations.dates import FuzzyDate
from relations.exchange import codebook
from relations.models import Citation, Record, RelationPeriod
from relations.models.figure import PARTS, FigureValue
from relations.models.vocabularies import Vocabulary
from relations.views.evidence import Evidence
from relations.wording import title

NOT_STATED = "not stated in the sources"

register = template.Library()

register.filter("heading", title)


@register.simple_tag
def site_title() -> str:
    """The name of the site, from the setting SITE_TITLE."""
    return settings.SITE_TITLE


@register.filter
def term(instance: Model, name: str) -> Vocabulary | None:
    """The term that a column of a record or thing holds; None where the column is empty or no closed list."""
    return codebook.term_of(instance, name)


@register.filter
def day_of(record: Record) -> FuzzyDate | str:
    """The date that places a record among others: that of its beginning, or else of its end."""
    return getattr(record, record.starts_on) or getattr(record, record.ends_on)


@register.filter
def end_in_words(period: RelationPeriod) -> str:
    """Why the end of a period is empty: the next value ended it, or no source states an end."""
    return "when the next value of its track began" if period.has_end else "no end stated in the sources"  # type: ignore[attr-defined]


@register.filter
def for_field(evidence: Evidence, name: str) -> list[Any]:
    """The numbered citations that are for one field of the record."""
    return evidence.for_field(name)


@register.filter
def places(record: Record) -> list[Citation]:
    """One citation for each sentence, or other place of a document, that is cited for a record."""
    return [notes[0][1] for notes in Evidence(record).by_place()]


@register.filter
def column_label(name: str) -> str:
    """A column's name in words: `happened_on` reads “happened on”, `value_low` reads “value”."""
    return re.sub(rf"(?<=.)_({'|'.join(PARTS)})$", "", name).replace("_", " ")


@register.inclusion_tag("relations/parts/date.html")
def fuzzy_date(day: FuzzyDate | str | None, absent: str = "undated") -> dict[str, Any]:
    """A fuzzy date in words; its string and its bounds on hover."""
    return {"day": day, "absent": absent}


@register.inclusion_tag("relations/parts/badge.html")
def badge(term: Vocabulary | None) -> dict[str, Any]:
    """A term with its definition on hover, leading to the codebook."""
    if term is None:
        return {"term": None}
    vocabulary = type(term)
    return {
        "term": term,
        "style": codebook.anchor(vocabulary, term.value),
        "url": f"{reverse('codebook')}#{codebook.anchor(vocabulary, term.value)}",
    }


@register.inclusion_tag("relations/parts/row.html", takes_context=True)
def row(context: template.Context, name: str, label: str = "", absent: str = NOT_STATED) -> dict[str, Any]:
    """A field of the page's record: its label, its value in words, and the evidence that is for it alone."""
    record = context["object"]
    value = getattr(record, name)
    kind = "text"
    if isinstance(value, FuzzyDate):
        kind = "date"
    elif isinstance(value, FigureValue):
        kind = "figure"
    elif isinstance(value, Model):
        kind = "link"
    elif term := codebook.term_of(record, name):
        kind, value = "term", term
    return {
        "label": label or column_label(name).capitalize(),
        "kind": kind,
        "value": value,
        "absent": absent,
        "notes": context["evidence"].for_field(name),
    }


@register.filter
def words_of_name(vocabulary: type[Vocabulary]) -> str:
    """The name of a closed list in words: `DealStatus` reads “Deal status”."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", vocabulary.__name__).capitalize()


@register.filter
def meaning(vocabulary: type[Vocabulary]) -> str:
    """What the terms of a closed list say of a record: the docstring of its class."""
    return vocabulary.__doc__ or ""


@register.simple_tag
def vocabulary_anchor(vocabulary: type[Vocabulary]) -> str:
    """The id of a closed list on the page of the codebook."""
    return codebook.anchor(vocabulary)


@register.simple_tag
def term_anchor(term: Vocabulary) -> str:
    """The id of a term on the page of the codebook."""
    return codebook.anchor(type(term), term.value)
