"""Tidy files: the parts of records and things, one row each, with the key of their owner to join them by.

The same columns, without that key, describe a part within its record in JSON.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from relations.exchange import parts
from relations.exchange.column import Column, figure, flat, fuzzy_date, reference, stored
from relations.exchange.columns import collection_of, columns_of
from relations.models import (
    TARGETS,
    Citation,
    Country,
    CountryCode,
    DealParty,
    EventFigure,
    Lifespan,
    Participation,
    Passage,
    Succession,
)


@dataclass(frozen=True)
class Tidy:
    """The parts of one model: the name of their file, their owner, and their columns.

    `owner` is the foreign key to the owner. It is empty for citations, which have one of several: two of their columns
    say which.
    """

    name: str
    model: Any
    owner: str
    of_owner: tuple[Column, ...]
    own: tuple[Column, ...]
    key: tuple[str, ...]  # the columns that identify a row
    has_file: bool = True
    other: str = ""  # the foreign key to a country; parts are left out if that country is not public

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the file."""
        return self.of_owner + self.own

    @property
    def owner_model(self) -> Any:
        """The model of the owner; None for citations."""
        return self.model._meta.get_field(self.owner).related_model if self.owner else None

    @property
    def owners(self) -> dict[str, str]:
        """The foreign keys to owners by collection, sorted."""
        if self.owner:
            return {str(collection_of(self.owner_model)): self.owner}
        return dict(sorted((str(collection_of(model)), name) for name, model in TARGETS.items()))

    def runs(self, owners_in: Callable[[str], QuerySet]) -> list[QuerySet]:
        """The parts of the owners in each collection, sorted by key: one queryset per collection.

        Since owners are sorted by their own key, an index gives their order, and only the parts of each are sorted.
        """
        return [self.within(owner, owners_in(collection)) for collection, owner in self.owners.items()]

    def within(self, owner: str, owners: QuerySet) -> QuerySet:
        """The parts of some owners, sorted by key, independently of the locale."""
        rows = self.model._default_manager.filter(**{f"{owner}__in": owners.order_by().values("pk")})
        if self.other:
            rows = rows.filter(**{f"{self.other}__in": Country.objects.public()})
        of_owner = (
            f"{owner}__{owners.model._meta.get_field(name).attname}" for name in owners.model.natural_key_fields
        )
        in_key = [column for name in self.key for column in self.columns if column.name == name]
        own = (column.reads for column in in_key if column in self.own and column.name != self.owner)
        return rows.order_by(*of_owner, *(parts.InCodePoints(Cast(each, TextField())) for each in own), "pk")


def target_case(**cases: Any) -> Case:
    """The expression for the target that a citation has."""
    whens = [When(**{f"{name}__isnull": False}, then=then) for name, then in cases.items()]
    return Case(*whens, output_field=TextField())


def key_of_target(name: str) -> Combinable:
    """The key of a citation's target: a code, both codes of a relation, or a slug."""
    if name == "country":
        return Cast("country_id", TextField())
    if name == "relation":
        return parts.text("relation__country_a_id", Value("-"), "relation__country_b_id")
    return F(f"{name}__slug")


def owner_key(model: Any, name: str, key: str) -> tuple[Column, ...]:
    """The column with the key of a part's owner."""
    return (Column(name, model._meta.get_field(name).help_text, F(f"{name}__{key}"), "key", name),)


TIDY: tuple[Tidy, ...] = (
    Tidy(
        "participations",
        Participation,
        "event",
        owner_key(Participation, "event", "slug"),
        flat(
            stored(Participation, "role"),
            reference(Participation, "country"),
            reference(Participation, "actor", "slug"),
            stored(Participation, "named_as", "count"),
        ),
        ("event", "role", "country", "actor", "named_as"),
    ),
    Tidy(
        "deal-parties",
        DealParty,
        "transfer",
        owner_key(DealParty, "transfer", "slug"),
        flat(stored(DealParty, "role"), reference(DealParty, "actor", "slug")),
        ("transfer", "role", "actor"),
    ),
    Tidy(
        "event-figures",
        EventFigure,
        "event",
        owner_key(EventFigure, "event", "slug"),
        flat(stored(EventFigure, "measure", "of"), figure(EventFigure, "figure")),
        ("event", "measure", "of"),
        has_file=False,  # they are in the file of all figures
    ),
    Tidy(
        "citations",
        Citation,
        "",
        (
            Column(
                "collection",
                "What it is evidence for, by the first part of its address.",
                target_case(**{name: Value(str(collection_of(model))) for name, model in TARGETS.items()}),
                "term",
            ),
            Column(
                "slug",
                "The key of that: a slug, the code of a country, or both codes of a relation.",
                target_case(**{name: key_of_target(name) for name in TARGETS}),
                "key",
            ),
        ),
        flat(
            reference(Citation, "source", "key", "title"),
            Column("passage", str(Citation._meta.get_field("passage").help_text), F("passage__ref"), "key"),
            stored(Citation, "locator", "field", "part", "stance", "value", "modality", "hedge", "attributed_to"),
            fuzzy_date(Citation, "attributed_on"),
            stored(Citation, "is_announcement"),
            Column("source_licence", "The licence of the source, where it has its own.", F("source__licence")),
        ),
        ("collection", "slug", "source", "passage", "locator", "field", "part", "stance"),
    ),
    Tidy("passages", Passage, "source", (), columns_of(Passage), ("source", "ref")),
    Tidy(
        "lifespans",
        Lifespan,
        "country",
        owner_key(Lifespan, "country", "code"),
        flat(fuzzy_date(Lifespan, "existed_from"), fuzzy_date(Lifespan, "existed_until")),
        ("country", "existed_from"),
    ),
    Tidy(
        "country-codes",
        CountryCode,
        "country",
        owner_key(CountryCode, "country", "code"),
        flat(stored(CountryCode, "scheme", "value", "valid_from", "valid_until")),
        ("country", "scheme", "value", "valid_from"),
    ),
    Tidy(
        "successions",
        Succession,
        "predecessor",
        owner_key(Succession, "predecessor", "code"),
        tuple(reference(Succession, "successor")),
        ("predecessor", "successor"),
        other="successor",
    ),
)

OF_MODEL: dict[Any, Tidy] = {tidy.model: tidy for tidy in TIDY}


def tidy_of(column: Column) -> Tidy | None:
    """The parts that a column has in one cell, if a part has several columns; else None."""
    is_cell = isinstance(column.reads, parts.Cell) and not column.reads.distinct
    return OF_MODEL.get(column.reads.parts.model) if is_cell else None  # type: ignore[attr-defined]
