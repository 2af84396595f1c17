"""The contents of the read model, as QuerySets that are built from the declarations of each type of record.

`read_model.py` makes tables from them, which triggers maintain.
"""

from collections.abc import Iterable
from functools import reduce
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    Case,
    DateField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    SmallIntegerField,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from relations.expressions import JoinedLexemes, Lexemes, Words, sort_on
from relations.models import Citation, Record
from relations.models.citation import TARGET_OF
from relations.models.entry import A_YEAR, Entry
from relations.models.standing import Standing
from relations.models.tracks import TRACK_VALUES
from relations.models.vocabularies import VOTES

ENTRY_COLUMNS = tuple(field.name for field in Entry._meta.concrete_fields)
STANDING_COLUMNS = tuple(field.name for field in Standing._meta.concrete_fields)
TEXTS = ArrayField(TextField())
AFFIRMED, DENIED = "negated=no", "negated=yes"


def distinct(rows: QuerySet, *parts: Any) -> ArraySubquery:
    """An array of the distinct texts, in order, that these expressions give for the rows, concatenated."""
    text = Concat(*parts, output_field=TextField()) if len(parts) > 1 else Cast(parts[0], TextField())
    return ArraySubquery(rows.order_by().values_list(text, flat=True).distinct().order_by(text))


def joined(*arrays: Any) -> Any:
    """Several arrays as one."""
    return reduce(lambda one, other: Func(one, other, function="array_cat", output_field=TEXTS), arrays)


def text_array(values: Iterable[Any]) -> Func:
    """An array of these texts."""
    return Func(*values, template="ARRAY[%(expressions)s]::text[]", output_field=TEXTS)


def texts_of(model: type[Record], lookup: str, *texts: Any) -> ArraySubquery:
    """An array of texts from the rows that a lookup reaches from a record: the record itself, or its parts.

    `texts` are expressions that are concatenated; a name among them is a lookup from the record.
    """
    part, _, of_part = lookup.partition("__")
    relation: Any = model._meta.get_field(part)
    if not relation.one_to_many:
        rows = model._default_manager.filter(pk=OuterRef("pk"), **{f"{lookup}__isnull": False})
        return distinct(rows, *texts)
    rows = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
    if of_part:
        rows = rows.filter(**{f"{of_part}__isnull": False})
    return distinct(rows, *(text.removeprefix(f"{part}__") if isinstance(text, str) else text for text in texts))


def parties(model: type[Record]) -> Any:
    """The countries of a record with their roles, such as `supplier:PRK`, including the countries of actors."""
    return joined(
        *(
            texts_of(model, lookup, Value(role) if role else f"{lookup.partition('__')[0]}__role", Value(":"), lookup)
            for role, lookups in model.parties.items()
            for lookup in lookups
        )
    )


def actors(model: type[Record]) -> Any:
    """The slugs of the actors that take part in a record, each also with its role: `host:orascom`."""
    found = []
    for actor in model.actors:
        part, _, of_part = actor.partition("__")
        role = f"{part}__role" if of_part else Value(part.removesuffix("_actor"))
        found += [texts_of(model, actor, f"{actor}__slug"), texts_of(model, actor, role, Value(":"), f"{actor}__slug")]
    return joined(text_array([]), *found)


def roles(model: type[Record]) -> Any:
    """The terms for the roles of the parties of an event: `role=host`."""
    parts = dict.fromkeys(lookup.partition("__")[0] for lookup in model.parties.get("", ()))
    return joined(text_array([]), *(texts_of(model, part, Value("role="), f"{part}__role") for part in parts))


def modalities(model: type[Record]) -> Any:
    """The terms for the modalities of a record and of its fields: `modality=alleged`."""
    citations = Citation.objects.filter(**{TARGET_OF[model]: OuterRef("pk")}).exclude(field="").exclude(modality="")
    return joined(
        text_array([Concat(Value("modality="), "modality")]), distinct(citations, Value("modality="), "modality")
    )


def entry_rows(model: type[Record], side: int) -> QuerySet:
    """The rows of `Entry` for one side of the published records of a type."""
    begins, ends = model.starts_on, model.ends_on
    column = ends if side else begins
    published = model.objects.published()
    if model.lasts:
        published = published.with_bounds_of_ends()
    countries = listed_under(parties(model), text_array(map(Value, model.bystanders)), text_array(map(Value, VOTES)))
    terms = [Concat(Value(f"{name}="), term, output_field=TextField()) for name, term in model.terms.items()]
    denied = Case(When(negated=True, then=Value(DENIED)), default=Value(AFFIRMED), output_field=TextField())
    columns = {
        "record_id": F("pk"),
        "collection": Value(model.collection.value),
        "side": Value(side, SmallIntegerField()),
        "sort_on": sort_on(column),
        "slug": F("slug"),
        "kind": F(next(iter(model.terms.values()))),
        "earliest": F(f"{column}_earliest"),
        "latest": F(f"{column}_latest"),
        "ends_earliest": F("ends_earliest" if model.lasts else f"{ends}_earliest"),
        "ends_latest": F("ends_latest" if model.lasts else f"{ends}_latest"),
        "is_vague": is_vague(column),
        "leads": ExpressionWrapper(Q(**{begins: ""}), BooleanField()) if side else Value(True, BooleanField()),
        "under": joined(countries, actors(model)),
        "terms": joined(text_array([*terms, denied]), roles(model), modalities(model)),
        "words": JoinedLexemes(F("search"), Lexemes(Words(labels_and_years(model)))),
        "changed_at": F("changed_at"),
    }
    records = published.order_by().values_list(*(columns[name] for name in ENTRY_COLUMNS))
    if begins == ends:
        return records
    # A record without dates has side 0 only, and comes among the undated; one that has only an end has side 1 only.
    return records.filter(~Q(**{ends: ""}) if side else ~Q(**{begins: ""}) | Q(**{ends: ""}))


def is_vague(column: str) -> Case:
    """A condition: a date may lie on days more than a year apart, or has one bound only."""
    earliest, latest = f"{column}_earliest", f"{column}_latest"
    year_later = ExpressionWrapper(F(earliest) + Value(A_YEAR.days), DateField())
    is_open = Q(**{f"{earliest}__isnull": True}) ^ Q(**{f"{latest}__isnull": True})
    return Case(When(is_open | Q(**{f"{latest}__gt": year_later}), then=True), default=False)


def labels_and_years(model: type[Record]) -> Concat:
    """Text by which a search finds a record besides its own texts: the labels of its terms, and its years."""
    labels = (
        Case(*label_cases(model, column), default=Value(""), output_field=TextField())
        for column in model.terms.values()
    )
    columns = dict.fromkeys((model.starts_on, model.ends_on))
    years = (Func(F(f"{column}_earliest"), F(f"{column}_latest"), function="public.years") for column in columns)
    texts = [text for each in (*labels, *years) for text in (each, Value(" "))]
    return Concat(*texts, output_field=TextField())


def label_cases(model: type[Record], column: str) -> list[When]:
    """A case for each term that a column can have, giving its label; the terms of a value depend on its track."""
    field: Any = model._meta.get_field(column)
    if choices := field.choices:
        return [When(Q(**{column: value}), then=Value(str(label))) for value, label in choices if value]
    return [
        When(Q(track=track, **{column: term.value}), then=Value(term.label))
        for track, terms in TRACK_VALUES.items()
        for term in terms
    ]


def listed_under(*arrays: Any) -> Func:
    """The names of countries for entries: parties with role, countries alone, and pairs (see sql/functions.sql)."""
    return Func(*arrays, function="public.listed_under", output_field=TEXTS)


def sides(model: type[Record]) -> range:
    """The sides of a type of record: 0, and also 1 if it has two dates."""
    return range(1 if model.starts_on == model.ends_on else 2)


def standing_rows(model: type[Record]) -> QuerySet:
    """The rows of `Standing` for the published records of a type that lasts."""
    published = model.objects.published()
    columns = published.derived_standing()
    return published.order_by().values_list(*(columns[name] for name in STANDING_COLUMNS))
