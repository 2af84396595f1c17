"""What the read model holds of each record, said once: as QuerySets over each type, made of what the models declare.

`read_model.py` has PostgreSQL keep tables of it.
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

from relations.expressions import Both, Lexemes, Words, sort_on
from relations.models import Citation, Record
from relations.models.citation import TARGET_OF
from relations.models.entry import A_YEAR, Entry
from relations.models.standing import Standing
from relations.models.tracks import TRACK_VALUES
from relations.models.vocabularies import VOTES

COLUMNS = tuple(field.name for field in Entry._meta.concrete_fields)
STOOD = tuple(field.name for field in Standing._meta.concrete_fields)
TEXTS = ArrayField(TextField())
AFFIRMED, DENIED = "negated=no", "negated=yes"


def distinct(rows: QuerySet, *parts: Any) -> ArraySubquery:
    """The distinct texts, in order, that these rows give."""
    text = Concat(*parts, output_field=TextField()) if len(parts) > 1 else Cast(parts[0], TextField())
    return ArraySubquery(rows.order_by().values_list(text, flat=True).distinct().order_by(text))


def joined(*arrays: Any) -> Any:
    """Several arrays as one."""
    return reduce(lambda one, other: Func(one, other, function="array_cat", output_field=TEXTS), arrays)


def listed(values: Iterable[Any]) -> Func:
    """An array of these texts."""
    return Func(*values, template="ARRAY[%(expressions)s]::text[]", output_field=TEXTS)


def named(model: type[Record], lookup: str, *texts: Any) -> ArraySubquery:
    """The texts that a record gives where a lookup finds anything; of its parts, where these are asked."""
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
    """The countries of a record with their roles: `supplier:PRK`; of an actor's country, too."""
    return joined(
        *(
            named(model, lookup, Value(role) if role else f"{lookup.partition('__')[0]}__role", Value(":"), lookup)
            for role, lookups in model.parties.items()
            for lookup in lookups
        )
    )


def actors(model: type[Record]) -> Any:
    """The slugs of the actors that have a part in a record, and these with their roles: `host:orascom`."""
    found = []
    for actor in model.actors:
        part, _, of_part = actor.partition("__")
        role = f"{part}__role" if of_part else Value(part.removesuffix("_actor"))
        found += [named(model, actor, f"{actor}__slug"), named(model, actor, role, Value(":"), f"{actor}__slug")]
    return joined(listed([]), *found)


def roles(model: type[Record]) -> Any:
    """The roles in a record, whoever has them."""
    parts = dict.fromkeys(lookup.partition("__")[0] for lookup in model.parties.get("", ()))
    return joined(listed([]), *(named(model, part, Value("role="), f"{part}__role") for part in parts))


def modalities(model: type[Record]) -> Any:
    """The modalities of a record and of its single fields."""
    citations = Citation.objects.filter(**{TARGET_OF[model]: OuterRef("pk")}).exclude(field="").exclude(modality="")
    return joined(listed([Concat(Value("modality="), "modality")]), distinct(citations, Value("modality="), "modality"))


def derived(model: type[Record], side: int) -> QuerySet:
    """The rows of `Entry` for one side of the published records of a type."""
    begins, ends = model.starts_on, model.ends_on
    column = ends if side else begins
    published = model.objects.published()
    if model.lasts:
        published = published.with_bounds_of_ends()
    countries = listed_under(parties(model), listed(map(Value, model.bystanders)), listed(map(Value, VOTES)))
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
        "terms": joined(listed([*terms, denied]), roles(model), modalities(model)),
        "words": Both(F("search"), Lexemes(Words(beside_text(model)))),
        "changed_at": F("changed_at"),
    }
    records = published.order_by().values_list(*(columns[name] for name in COLUMNS))
    if begins == ends:
        return records
    # What has no date at all stands once, among the undated; of what only ended, the end alone.
    return records.filter(~Q(**{ends: ""}) if side else ~Q(**{begins: ""}) | Q(**{ends: ""}))


def is_vague(column: str) -> Case:
    """A condition: a date may lie on days more than a year apart, or has one bound only."""
    earliest, latest = f"{column}_earliest", f"{column}_latest"
    year_later = ExpressionWrapper(F(earliest) + Value(A_YEAR.days), DateField())
    is_open = Q(**{f"{earliest}__isnull": True}) ^ Q(**{f"{latest}__isnull": True})
    return Case(When(is_open | Q(**{f"{latest}__gt": year_later}), then=True), default=False)


def beside_text(model: type[Record]) -> Concat:
    """Words by which a record is found though none of its texts has them: labels of its terms, and its years."""
    labels = (
        Case(*called(model, column), default=Value(""), output_field=TextField()) for column in model.terms.values()
    )
    columns = dict.fromkeys((model.starts_on, model.ends_on))
    years = (Func(F(f"{column}_earliest"), F(f"{column}_latest"), function="public.years") for column in columns)
    texts = [text for each in (*labels, *years) for text in (each, Value(" "))]
    return Concat(*texts, output_field=TextField())


def called(model: type[Record], column: str) -> list[When]:
    """What the terms in a column of a closed list are called; those of a track are its own."""
    field: Any = model._meta.get_field(column)
    if choices := field.choices:
        return [When(Q(**{column: value}), then=Value(str(label))) for value, label in choices if value]
    return [
        When(Q(track=track, **{column: term.value}), then=Value(term.label))
        for track, terms in TRACK_VALUES.items()
        for term in terms
    ]


def listed_under(*arrays: Any) -> Func:
    """Parties, their countries alone, and their pairs, as the function of that name in sql/functions.sql has them."""
    return Func(*arrays, function="public.listed_under", output_field=TEXTS)


def sides(model: type[Record]) -> range:
    """The sides of a type of record: 0, and 1 unless it happens once."""
    return range(1 if model.starts_on == model.ends_on else 2)


def standings(model: type[Record]) -> QuerySet:
    """The rows of `Standing` for the published records of a type that lasts."""
    published = model.objects.published()
    columns = published.derived_standing()
    return published.order_by().values_list(*(columns[name] for name in STOOD))
