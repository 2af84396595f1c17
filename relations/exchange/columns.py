"""The columns of every record type and thing, declared once for files, the admin, the API and the codebook.

Rows are streamed from PostgreSQL through the expressions of the columns (`column.py`). Data without a column, such as
the text of a passage, is in no file.
"""

from collections.abc import Generator, Iterable
from contextlib import closing
from typing import Any

from django.db import models
from django.db.models import QuerySet, Value

from relations.exchange import parts
from relations.exchange.column import (
    STAMPS,
    Audience,
    Column,
    cited,
    effective_end,
    figure,
    flat,
    fuzzy_date,
    pair,
    permalink,
    record,
    record_reference,
    reference,
    side,
    stored,
    successors,
)
from relations.models import (
    Actor,
    ArmsTransfer,
    Country,
    Event,
    Mission,
    Observation,
    Passage,
    Relation,
    RelationPeriod,
    Source,
)
from relations.models.arms_transfer import TIV
from relations.models.tracks import TRACK_VALUES


def columns_of(
    model: type[models.Model], audience: Audience = "public", *, of_a_day: bool = False
) -> tuple[Column, ...]:
    """The columns of a record type or thing in files for the public or the desk.

    With `of_a_day`, the columns that only a file of a given day has are included.
    """
    columns = (column for column in COLUMNS[model] if column.only_for in (None, audience))
    return tuple(column for column in columns if of_a_day or not column.of_a_day)


def key_of(model: type[models.Model]) -> tuple[Column, ...]:
    """The columns of the natural key. An import finds rows by them, and a file is sorted by them."""
    names = model.natural_key_fields  # type: ignore[attr-defined]
    return tuple(column for column in COLUMNS[model] if column.name in names)


def terms_of(model: Any, column: Column) -> list[str]:
    """The terms of a column's closed list, or an empty list. Those of `value` are the values of all tracks."""
    if column.name == "value" and hasattr(model, "track"):
        return list(dict.fromkeys(term.value for terms in TRACK_VALUES.values() for term in terms))
    if column.vocabulary:
        return [term for term in column.vocabulary.values if term]
    fields = {field.name: field for field in model._meta.fields} if model and column.kind == "term" else {}
    field = fields.get(column.writes or column.name)
    return [term for term, _ in field.choices or () if term] if field else []


def collection_of(model: type[models.Model]) -> str:
    """The first part of the public path of a record type or thing, which also names its files."""
    return str(getattr(model, "collection", "") or PATHS[model])


def values(
    queryset: QuerySet, columns: Iterable[Column], base_url: str = "", chunk_size: int = 2000
) -> Generator[tuple[Any, ...], None, None]:
    """The rows of a queryset as tuples of their columns, streamed from one query."""
    columns = list(columns)
    rows: Any = queryset.values_list(*(column.reads for column in columns)).iterator(chunk_size=chunk_size)
    path = next((place for place, column in enumerate(columns) if column.kind == "path"), None)
    base = base_url.rstrip("/")
    with closing(rows):
        for row in rows:
            yield row if path is None else (*row[:path], base + row[path], *row[path + 1 :])


PATHS: dict[type[models.Model], str] = {Country: "countries", Relation: "relations", Passage: "passages"}
RELATION_PATH = parts.text("country_a_id", Value("-"), "country_b_id")
RELATION_CODE = parts.text("relation__country_a_id", Value("-"), "relation__country_b_id")

COLUMNS: dict[type[models.Model], tuple[Column, ...]] = {
    Country: flat(
        permalink("countries", "code"),
        stored(Country, "code", "name", "official_name", "aliases", "kind"),
        Column(
            "lifespans",
            "When it existed as a state: first day/last day (EDTF), “..” for a living one; joined by “; ”.",
            parts.lifespans(),
            "parts",
            "lifespans",
        ),
        successors(),
        Column(
            "codes",
            "Its codes in other schemes: scheme=code@first year..last year; joined by “; ”.",
            parts.country_codes(),
            "parts",
            "codes",
        ),
        cited(Country),
        STAMPS,
    ),
    Actor: flat(
        permalink("actors", "slug"),
        stored(Actor, "slug", "name", "aliases", "kind"),
        reference(Actor, "country"),
        stored(Actor, "description"),
        cited(Actor),
        STAMPS,
    ),
    Relation: flat(
        permalink("relations", RELATION_PATH),
        reference(Relation, "country_a"),
        reference(Relation, "country_b"),
        stored(Relation, "summary"),
        cited(Relation),
        STAMPS,
    ),
    Source: flat(
        permalink("sources", "key"),
        stored(Source, "key", "csl_type", "title", "authors", "container_title", "publisher", "publisher_place"),
        stored(Source, "volume", "issue", "page", "edition", "language", "doi", "isbn"),
        stored(Source, "url", "archive_url"),
        fuzzy_date(Source, "issued_on"),
        fuzzy_date(Source, "speaks_until"),
        fuzzy_date(Source, "accessed_on"),
        stored(Source, "licence", "licence_url", "sha256", "text_is_public", "note"),
        STAMPS,
    ),
    Passage: flat(
        permalink("sources", "source__key", "ref"),
        reference(Passage, "source", "key", "title"),
        stored(Passage, "ref", "position", "section", "char_start", "char_end", "sha256"),
        stored(Passage, "digest", "finished", "out_of_scope_reason"),
        STAMPS,
    ),
    RelationPeriod: record(
        RelationPeriod,
        Column("relation", "The dyad, as both codes: EGY-PRK.", RELATION_CODE, "key", "relation"),
        pair(),
        stored(RelationPeriod, "track", "value"),
        reference(RelationPeriod, "held_by"),
        stored(RelationPeriod, "subject", "exception"),
        fuzzy_date(RelationPeriod, "began_on"),
        fuzzy_date(RelationPeriod, "ended_on"),
        effective_end(RelationPeriod),
        stored(RelationPeriod, "reason"),
    ),
    Mission: record(
        Mission,
        reference(Mission, "sending"),
        reference(Mission, "accredited_to"),
        stored(Mission, "kind", "head_rank", "city"),
        reference(Mission, "host_country"),
        reference(Mission, "protecting_power"),
        fuzzy_date(Mission, "opened_on"),
        fuzzy_date(Mission, "closed_on"),
        stored(Mission, "ending"),
        effective_end(Mission),
        record_reference(Mission, "reopens"),
        stored(Mission, "reason"),
    ),
    Event: record(
        Event,
        stored(Event, "kind"),
        fuzzy_date(Event, "happened_on"),
        stored(Event, "title", "summary", "place", "reason"),
        Column(
            "participants",
            'Its parties: country:role, actor/slug:role or "count words":role; joined by “; ”.',
            parts.participants(),
            "parts",
            "participations",
        ),
        Column(
            "figures",
            "Its numbers: measure=number unit of words; joined by “; ”.",
            parts.figures(),
            "parts",
            "figures",
        ),
        record_reference(Event, "possibly_same_as"),
    ),
    ArmsTransfer: record(
        ArmsTransfer,
        *side("supplier"),
        *side("recipient"),
        stored(ArmsTransfer, "kind", "category", "designation", "description", "condition", "licence_production"),
        Column(
            "participants",
            "The persons and organisations that took part in it: actor/slug:role; joined by “; ”.",
            parts.deal_parties(),
            "parts",
            "deal_parties",
        ),
        stored(ArmsTransfer, "deal_status"),
        fuzzy_date(ArmsTransfer, "ordered_on"),
        fuzzy_date(ArmsTransfer, "delivered_on"),
        figure(ArmsTransfer, "number_ordered"),
        figure(ArmsTransfer, "number_delivered"),
        figure(ArmsTransfer, "value"),
        stored(ArmsTransfer, "value_kind", *TIV),
        reference(ArmsTransfer, "transit_country"),
        record_reference(ArmsTransfer, "event"),
        record_reference(ArmsTransfer, "possibly_same_as"),
        stored(ArmsTransfer, "reason"),
    ),
    Observation: record(
        Observation,
        stored(Observation, "measure"),
        reference(Observation, "from_country"),
        reference(Observation, "to_country"),
        fuzzy_date(Observation, "period"),
        stored(Observation, "subject"),
        figure(Observation, "figure"),
        stored(Observation, "reporter"),
    ),
}
