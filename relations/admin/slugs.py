"""Proposed slugs, made of the columns in `slug_fields` of a record."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from relations.addresses import shortened
from relations.dates import FuzzyDate
from relations.models import FormerAddress, Record
from relations.models.constraints import LONGEST_SLUG
from relations.names import folded

NOT_LATIN = "Write a slug: the %(name)s is not in the letters a–z, of which one could be made."


def propose(model: type[Record], values: dict[str, Any]) -> str:
    """A free slug for a record with these values; ValidationError if they are not in the Latin script."""
    return free_slug(model, slug_words(model, values))


def slug_words(model: type[Record], values: dict[str, Any]) -> str:
    """The words of a slug for these values, joined by hyphens; ValidationError if they are not in the Latin script."""
    if values.get("designation"):
        values = {**values, "description": ""}
    texts = {name: text for name in model.slug_fields if (text := slug_text(values.get(name)))}
    words = []
    for name, text in zip(texts, folded(texts.values()), strict=True):
        if not (latin := latin_words(text)):
            raise ValidationError(NOT_LATIN, params={"name": name.replace("_", " ")})
        words += latin
    return "-".join(words) or str(model._meta.verbose_name)


def is_outdated(record: Record, was: Record) -> bool:
    """Whether the slug is the one proposed for the old values (`was`), and the new values would get another."""
    try:
        before, now = (
            shortened(slugify(slug_words(type(each), {name: getattr(each, name) for name in each.slug_fields})))
            for each in (was, record)
        )
    except ValidationError:
        return False
    return before != now and re.fullmatch(rf"{re.escape(before)}(-\d+)?", record.slug) is not None


def propose_or_empty(model: type[Record], values: dict[str, Any]) -> str:
    """The proposed slug; empty if the user has to write one."""
    try:
        return propose(model, values)
    except ValidationError:
        return ""


def propose_key(model: Any, words: str) -> str:
    """A free key or slug made of these words; empty if they are not in the Latin script."""
    (text,) = folded([words])
    return free_slug(model, "-".join(latin)) if (latin := latin_words(text)) else ""


def slug_text(value: Any) -> str:
    """The text of a value in a slug: the code of a country, the slug of an actor, the year of a date, or the value.

    A date that may lie in several years gives an empty text: a slug is permanent, and must not be more precise than
    its record.
    """
    if isinstance(value, FuzzyDate):
        years = {day and day.year for day in (value.earliest, value.latest)}
        return f"{years.pop():04d}" if len(years) == 1 and None not in years else ""
    return str(getattr(value, "code", None) or getattr(value, "slug", None) or value or "")


def latin_words(text: str) -> list[str]:
    """The ASCII words of a text; an empty list if half of its words or more, not counting numbers, are not ASCII."""
    words = re.findall(r"[^\W_]+", text)
    latin = [word for word in words if word.isascii()]
    lost = len(words) - len(latin)
    return [] if lost and lost >= sum(not word.isdigit() for word in latin) else latin


def free_slug(model: Any, wanted: str) -> str:
    """The wanted slug, or the first of -2, -3 … that no row has and no public row ever had."""
    stem = shortened(slugify(wanted))
    (column,), beginning = model.natural_key_fields, shortened(stem, LONGEST_SLUG - 5)
    there = model._default_manager.filter(**{f"{column}__startswith": beginning})
    former = FormerAddress.objects.filter(collection=model.collection, slug__startswith=beginning)
    taken = {*there.values_list(column, flat=True), *former.values_list("slug", flat=True)}
    return next(slug for slug in numbered(stem) if slug not in taken)


def numbered(stem: str) -> Iterable[str]:
    """The slug itself, then with -2, -3 …, each shortened to the maximum length."""
    yield stem
    number = 2
    while True:
        yield f"{shortened(stem, LONGEST_SLUG - 1 - len(str(number)))}-{number}"
        number += 1
