"""Which row a public address refers to, or once referred to: the lookup behind the statuses 200, 301, 410 and 404.

An address is a collection and a key: the code of a country, both codes of a relation, the slug of an actor or record,
the key of a source. Rows are renamed and withdrawn, but an address that was public never goes to another row:
`FormerAddress` says what became of it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet

from relations.models import RECORD_TYPES, Actor, Country, FormerAddress, Passage, Relation, Source
from relations.models.constraints import LONGEST_SLUG, SLUG
from relations.prepared import planned, prepared

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
    """The row whose address this is exactly: status 200."""

    object: Any


@dataclass(frozen=True)
class Moved:
    """The row `to` has another address now, or its address is spelled otherwise: status 301."""

    to: Any


@dataclass(frozen=True)
class Gone:
    """A row was public at this address and no longer is: status 410. `address` says since when, and why."""

    address: FormerAddress


@dataclass(frozen=True)
class NotFound:
    """No row was ever public at this address: status 404."""


Outcome = Found | Moved | Gone | NotFound


def public(collection: str) -> QuerySet:
    """The public rows of a collection."""
    if collection in THINGS:
        return THINGS[collection].objects.public()
    return RECORDS[collection].objects.published()


def finder(rows: QuerySet) -> planned:
    """A prepared query for one of these rows by the key in its address: two codes, one code, a slug or a source key."""
    if rows.model is Relation:
        return planned(lambda code_a, code_b: rows.filter(country_a=code_a, country_b=code_b))
    column = {Country: "code", Source: "key"}.get(rows.model, "slug")
    return planned(lambda key: rows.filter(**{column: key}))


@cache
def public_finder(collection: str) -> planned:
    """The `finder` of the public rows of a collection."""
    return finder(public(collection))


def resolve(collection: str, key: str, find: prepared | None = None) -> Outcome:
    """The outcome for the address `/collection/key/`, among the rows of `find`, by default all public rows."""
    find = find or public_finder(collection)
    if not key.isascii():
        return NotFound()
    if collection == COUNTRIES:
        code = key.upper()
        return _of_codes(find, key, [code] if CODE.fullmatch(code) else [])
    if collection == RELATIONS:
        return _of_codes(find, key, [*pair_of(key).values()])
    return _of_slug(find, collection, key)


def resolve_passage(key: str, ref: str, queryset: QuerySet | None = None) -> Outcome:
    """The outcome for the address `/sources/key/ref/`; a passage moves with its source, and is gone with it."""
    of_source = resolve(Source.collection, key)
    if isinstance(of_source, (Gone, NotFound)):
        return of_source
    source = of_source.object if isinstance(of_source, Found) else of_source.to
    passages = Passage.objects.all() if queryset is None else queryset
    passage = None
    if ref.isascii() and ref.isprintable():
        passage = passages.filter(source=source, ref=ref.lower()).first()
    if passage is None:
        return NotFound()
    return Found(passage) if isinstance(of_source, Found) and passage.ref == ref else Moved(passage)


def pair_of(key: str) -> dict[str, str]:
    """The two codes in the key of a relation, by column; their order and case may be any. Empty if it is no pair."""
    codes = sorted(key.upper().split("-")) if key.isascii() else []
    is_pair = len(codes) == 2 and all(map(CODE.fullmatch, codes))
    return {"country_a": codes[0], "country_b": codes[1]} if is_pair else {}


def _of_codes(find: prepared, key: str, codes: list[str]) -> Outcome:
    """The outcome for a key of codes. Codes never change, so only another case or order of them redirects."""
    things = find(*codes) if codes else []
    if not things:
        return NotFound()
    (thing,) = things
    return Found(thing) if thing.code == key else Moved(thing)


def _of_slug(find: prepared, collection: str, key: str) -> Outcome:
    """The outcome for a slug. Follows former addresses to the row that has the slug now; a circle of them ends."""
    slug, gone = key.lower(), None
    seen: set[str] = set()
    while slug not in seen and re.fullmatch(SLUG, slug):
        seen.add(slug)
        for thing in find(slug):
            return Found(thing) if slug == key else Moved(thing)
        address = FormerAddress.objects.filter(collection=collection, slug=slug).first()
        gone = gone or address
        slug = address.now_at if address else ""
    return Gone(gone) if gone else NotFound()


def shortened(slug: str, longest: int = LONGEST_SLUG) -> str:
    """A slug cut to the maximum length, after a whole word unless the first is too long."""
    if len(slug) <= longest:
        return slug
    return slug[: longest + 1].rpartition("-")[0] or slug[:longest]


def last_part(row: Any) -> str:
    """The last part of the address of a row, which is unique in its collection: a slug, a key, a code."""
    return str(row.get_absolute_url().strip("/").rpartition("/")[2])


def records_at(addresses: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Any]:
    """The public records at these addresses (collection and slug), with the rows their titles name; a query per type.

    Records that were withdrawn since their addresses were read are missing.
    """
    wanted = set(addresses)
    found: dict[tuple[str, str], Any] = {}
    for collection, model in RECORDS.items():
        if slugs := {slug for of, slug in wanted if of == collection}:
            found |= {(collection, record.slug): record for record in published_at(model)([*slugs])}
    return found


@cache
def published_at(model: Any) -> planned:
    """A prepared query for the published records of a type with these slugs."""
    return planned(lambda slugs: model.objects.published().with_shown().filter(slug__among=slugs))
