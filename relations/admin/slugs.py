"""Proposed slugs: from the title of a record, or from its parts."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.text import slugify

from relations.models import ArmsTransfer, Event, FormerAddress, Mission, Observation, RelationPeriod

LONGEST = 80
# What stands in the slug of a record, in this order; a date gives its year.
WORDS: dict[type[models.Model], tuple[str, ...]] = {
    RelationPeriod: ("relation", "track", "value", "held_by", "subject", "began_on"),
    Mission: ("sending", "kind", "accredited_to", "city", "opened_on"),
    Event: ("title", "happened_on"),
    ArmsTransfer: ("supplier", "recipient", "recipient_actor", "designation", "description", "ordered_on"),
    Observation: ("from_country", "to_country", "indicator", "subject", "period"),
}


def propose(model: type[models.Model], values: dict[str, Any]) -> str:
    """A free slug for a record with those values."""
    if values.get("designation"):
        values = {**values, "description": ""}
    words = [word_of(values.get(name)) for name in WORDS[model]]
    return free(model, "-".join(word for word in words if word) or str(model._meta.verbose_name))


def word_of(value: Any) -> str:
    """What a value gives to a slug: the code of a country, the slug of an actor, the year of a date, or its words."""
    if not value:
        return ""
    if earliest := getattr(value, "earliest", None) or getattr(value, "latest", None):
        return f"{earliest.year:04d}"
    key = getattr(value, "code", None) or getattr(value, "slug", None) or value
    return slugify(str(key).replace("_", "-").replace("’", ""))


def free(model: Any, wanted: str) -> str:
    """The slug, or the first of -2, -3 … that neither a record has nor a public one ever had."""
    stem = cut(slugify(wanted), LONGEST)
    beginning = {"slug__startswith": cut(stem, LONGEST - 5)}
    taken = set(model._default_manager.filter(**beginning).values_list("slug", flat=True))
    taken |= set(FormerAddress.objects.filter(collection=model.collection, **beginning).values_list("slug", flat=True))
    return next(slug for slug in numbered(stem) if slug not in taken)


def numbered(stem: str) -> Iterable[str]:
    yield stem
    number = 2
    while True:
        yield f"{cut(stem, LONGEST - 1 - len(str(number)))}-{number}"
        number += 1


def cut(slug: str, longest: int) -> str:
    """As much of a slug as fits, ending with a whole word where there is more than one."""
    if len(slug) <= longest:
        return slug
    return slug[: longest + 1].rpartition("-")[0] or slug[:longest]
