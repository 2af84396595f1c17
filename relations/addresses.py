"""What stands, or stood, at a public address: the one lookup behind 200, 301, 404 and 410."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from relations.models import RECORD_TYPES, Actor, Country, FormerAddress, Passage, Relation, Source
from relations.models.constraints import SLUG

COUNTRIES, RELATIONS = "countries", "relations"
THINGS: dict[str, Any] = {
    COUNTRIES: Country,
    RELATIONS: Relation,
    Actor.collection.value: Actor,
    Source.collection.value: Source,
}
RECORDS: dict[str, Any] = {model.collection.value: model for model in RECORD_TYPES}
CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True)
class Found:
    """It stands there."""

    object: Any


@dataclass(frozen=True)
class Moved:
    """It stands at the address of `to`, for good."""

    to: Any


@dataclass(frozen=True)
class Gone:
    """It stood there and stands nowhere any more; the former address says since when and why."""

    address: FormerAddress


@dataclass(frozen=True)
class Missing:
    """Nothing public ever stood there."""


Outcome = Found | Moved | Gone | Missing


def public(collection: str) -> QuerySet:
    """What is public at the addresses of a collection."""
    if collection in THINGS:
        return THINGS[collection].objects.public()
    return RECORDS[collection].objects.published()


def resolve(collection: str, key: str, queryset: QuerySet | None = None) -> Outcome:
    """What stands at `/collection/key/`; `queryset` is what may be found there, when it is not all that is public."""
    queryset = public(collection) if queryset is None else queryset
    if not key.isascii():
        return Missing()
    if collection == COUNTRIES:
        code = key.upper()
        return _of_codes(queryset, key, {"code": code} if CODE.fullmatch(code) else {})
    if collection == RELATIONS:
        codes = sorted(key.upper().split("-"))
        is_pair = len(codes) == 2 and all(map(CODE.fullmatch, codes))
        return _of_codes(queryset, key, {"country_a": codes[0], "country_b": codes[1]} if is_pair else {})
    return _of_slug(queryset, collection, key)


def resolve_passage(key: str, ref: str, queryset: QuerySet | None = None) -> Outcome:
    """What stands at `/sources/key/ref/`; a passage moves with its source, and is gone with it."""
    of_source = resolve(Source.collection, key)
    if isinstance(of_source, (Gone, Missing)):
        return of_source
    source = of_source.object if isinstance(of_source, Found) else of_source.to
    passages = Passage.objects.all() if queryset is None else queryset
    passage = None
    if ref.isascii() and ref.isprintable():
        passage = passages.filter(source=source, ref=ref.lower()).first()
    if passage is None:
        return Missing()
    return Found(passage) if isinstance(of_source, Found) and passage.ref == ref else Moved(passage)


def _of_codes(queryset: QuerySet, key: str, codes: dict[str, str]) -> Outcome:
    thing = queryset.filter(**codes).first() if codes else None
    if thing is None:
        return Missing()
    return Found(thing) if thing.code == key else Moved(thing)


def _of_slug(queryset: QuerySet, collection: str, key: str) -> Outcome:
    """Follows former addresses from one to the next; one that leads back to where it was before leads nowhere."""
    column = "key" if collection == Source.collection else "slug"
    slug, gone = key.lower(), None
    seen: set[str] = set()
    while slug not in seen and re.fullmatch(SLUG, slug):
        seen.add(slug)
        if thing := queryset.filter(**{column: slug}).first():
            return Found(thing) if slug == key else Moved(thing)
        address = FormerAddress.objects.filter(collection=collection, slug=slug).first()
        gone = gone or address
        slug = address.now_at if address else ""
    return Gone(gone) if gone else Missing()
