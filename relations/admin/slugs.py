"""Proposed slugs: from the title of a record, or from its parts."""

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
    """A free slug for a record with those values; where their words are of another script, somebody must write one."""
    return free(model, words_of(model, values))


def words_of(model: type[Record], values: dict[str, Any]) -> str:
    """What a slug for those values is made of, joined by hyphens; ValidationError where that is of another script."""
    if values.get("designation"):
        values = {**values, "description": ""}
    texts = {name: text for name in model.slug_fields if (text := text_of(values.get(name)))}
    words = []
    for name, text in zip(texts, folded(texts.values()), strict=True):
        if not (kept := kept_of(text)):
            raise ValidationError(NOT_LATIN, params={"name": name.replace("_", " ")})
        words += kept
    return "-".join(words) or str(model._meta.verbose_name)


def is_outdated(record: Record, was: Record) -> bool:
    """Whether a record has the slug that was proposed for what it was, and another would be proposed by now."""
    try:
        before, now = (
            shortened(slugify(words_of(type(each), {name: getattr(each, name) for name in each.slug_fields})))
            for each in (was, record)
        )
    except ValidationError:
        return False
    return before != now and re.fullmatch(rf"{re.escape(before)}(-\d+)?", record.slug) is not None


def proposed(model: type[Record], values: dict[str, Any]) -> str:
    """The slug that is proposed for what is typed so far; nothing where somebody must write one."""
    try:
        return propose(model, values)
    except ValidationError:
        return ""


def proposed_key(model: Any, words: str) -> str:
    """A free address of these words; nothing where they are of another script."""
    (text,) = folded([words])
    return free(model, "-".join(kept)) if (kept := kept_of(text)) else ""


def text_of(value: Any) -> str:
    """What a value gives to a slug: the code of a country, the slug of an actor, the one year of a date, or its words.

    A date that may lie in several years gives nothing: a slug is for ever, and says no more than its record.
    """
    if isinstance(value, FuzzyDate):
        years = {day and day.year for day in (value.earliest, value.latest)}
        return f"{years.pop():04d}" if len(years) == 1 and None not in years else ""
    return str(getattr(value, "code", None) or getattr(value, "slug", None) or value or "")


def kept_of(text: str) -> list[str]:
    """The words of a text that a slug can have; none where as many or more are lost."""
    words = re.findall(r"[^\W_]+", text)
    kept = [word for word in words if word.isascii()]
    lost = len(words) - len(kept)
    return [] if lost and lost >= sum(not word.isdigit() for word in kept) else kept


def free(model: Any, wanted: str) -> str:
    """The slug, or the first of -2, -3 … that neither a row has nor a public one ever had."""
    stem = shortened(slugify(wanted))
    (column,), beginning = model.natural_key_fields, shortened(stem, LONGEST_SLUG - 5)
    there = model._default_manager.filter(**{f"{column}__startswith": beginning})
    former = FormerAddress.objects.filter(collection=model.collection, slug__startswith=beginning)
    taken = {*there.values_list(column, flat=True), *former.values_list("slug", flat=True)}
    return next(slug for slug in numbered(stem) if slug not in taken)


def numbered(stem: str) -> Iterable[str]:
    yield stem
    number = 2
    while True:
        yield f"{shortened(stem, LONGEST_SLUG - 1 - len(str(number)))}-{number}"
        number += 1
