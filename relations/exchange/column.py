"""What a column is, and the forms in which models hold theirs: stored, a date with its bounds, a reference, evidence, …

A column is a name, help, a queryset expression that reads it, and, where it may be imported, what it writes.
"""

from dataclasses import dataclass
from typing import Any, Literal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, ExtractYear, Now

from relations.exchange import parts
from relations.models import ArmsTransfer, Country, CountryCode, Record, Relation
from relations.models.citation import TARGET_OF
from relations.models.standing import Item
from relations.models.vocabularies import CodeScheme, EndBasis, State, Verdict, Vocabulary

# What the cells of a column hold: "text" is prose, "code" a name of letters, digits and marks, "numbering" one that
# counts; "fuzzy date" is EDTF, "day" one of its bounds, "instant" a moment in UTC; "key" names a row, "term" is of a
# closed list, "parts" are rows in one cell, and "path" becomes a permalink with the address of the site before it.
Kind = Literal[
    "text",
    "code",
    "numbering",
    "isbn",
    "doi",
    "term",
    "key",
    "parts",
    "number",
    "boolean",
    "fuzzy date",
    "day",
    "instant",
    "path",
]


Audience = Literal["public", "desk"]


# The text columns that are no prose: what a spreadsheet likes to take for a date or a number.
CODES: dict[str, Kind] = {
    **dict.fromkeys(("slug", "key", "code", "ref", "sha256", "edition", "language", "designation"), "code"),
    **dict.fromkeys(("volume", "issue", "page"), "numbering"),
    "doi": "doi",
    "isbn": "isbn",
}


@dataclass(frozen=True)
class Column:
    """One column: `reads` takes it from the database; `writes` is the field or the parts that an import changes."""

    name: str
    help: str
    reads: Combinable
    kind: Kind = "text"
    writes: str = ""
    only_for: Audience | None = None
    vocabulary: type[Vocabulary] | None = None  # the closed list of a column that is no field of the model
    of_a_day: bool = False  # stands only in a file of what was so on a day


def stored(model: type[models.Model], *names: str, only_for: Audience | None = None) -> list[Column]:
    """Columns of the model itself, as they stand."""
    columns = []
    for name in names:
        field: Any = model._meta.get_field(name)
        reads: Combinable = parts.Aliases(name) if isinstance(field, ArrayField) else F(name)
        columns.append(Column(name, field.help_text, reads, kind_of(field), name, only_for))
    return columns


def kind_of(field: Any) -> Kind:
    """What the cells of a model field hold."""
    if isinstance(field, models.BooleanField):
        return "boolean"
    if isinstance(field, models.DecimalField | models.IntegerField):
        return "number"
    if isinstance(field, ArrayField):
        return "parts"
    return "term" if field.choices else CODES.get(field.name, "text")


def fuzzy_date(model: type[models.Model], name: str) -> list[Column]:
    """A fuzzy date and, to be read only, the two days between which it lies."""
    fields: list[Any] = [model._meta.get_field(column) for column in (name, f"{name}_earliest", f"{name}_latest")]
    date, *bounds = fields
    return [
        Column(name, date.help_text, F(name), "fuzzy date", name),
        *(Column(bound.name, bound.help_text, F(bound.name), "day") for bound in bounds),
    ]


def figure(model: type[models.Model], name: str) -> list[Column]:
    """The five columns of a figure."""
    return stored(model, *(f"{name}_{part}" for part in ("low", "high", "qualifier", "unit", "missing")))


def reference(model: type[models.Model], name: str, key: str = "code", label: str = "name") -> list[Column]:
    """The key of another row and, to be read only, its name."""
    field: Any = model._meta.get_field(name)
    what = field.related_model._meta.verbose_name
    return [
        Column(name, field.help_text, F(f"{name}__{key}"), "key", name),
        Column(f"{name}_label", f"The {label} of that {what}. Read only.", F(f"{name}__{label}")),
    ]


def side(name: str) -> list[list[Column]]:
    """The columns of a supplier or recipient: a country, an actor, or words."""
    return [
        reference(ArmsTransfer, name),
        reference(ArmsTransfer, f"{name}_actor", "slug"),
        stored(ArmsTransfer, f"{name}_named_as"),
    ]


def record_reference(model: type[models.Model], name: str) -> list[Column]:
    """The slug of another record; the public does not learn of one that is not published."""
    field: Any = model._meta.get_field(name)
    published = Q(**{f"{name}__state": State.PUBLISHED})
    return [
        Column(name, field.help_text, parts.if_(published, F(f"{name}__slug")), "key", only_for="public"),
        Column(name, field.help_text, F(f"{name}__slug"), "key", name, only_for="desk"),
    ]


def permalink(collection: str, *key: Any) -> Column:
    """The public address."""
    path: list[Any] = [Value(f"/{collection}")]
    for name in key:
        path += [Value("/"), name]
    return Column("permalink", "The public address. Read only.", parts.text(*path, Value("/")), "path")


def effective_end(model: type[models.Model]) -> list[Column]:
    """The end in effect, its bounds and what it rests on; in a file of a day also the verdict. All to be read only."""
    end: Any = model._default_manager.all().end()  # type: ignore[attr-defined]
    basis, date, by = (Item(end, number) for number in (2, 3, 4))
    earliest, latest = (Cast(Item(end, number), models.DateField()) for number in (5, 6))
    name, bound = "effective_end", "day that effective_end may mean; empty where it is open. Read only."
    told = "The slug of the next value, or the code of the state, by which it ended. Read only."
    where = "only in a file of a day. Read only."
    return [
        Column(name, "When it ended in effect (EDTF); empty where nothing ended it. Read only.", date, "fuzzy date"),
        Column(f"{name}_earliest", f"The earliest {bound}", earliest, "day"),
        Column(f"{name}_latest", f"The latest {bound}", latest, "day"),
        Column(f"{name}_basis", "What effective_end rests on. Read only.", basis, "term", vocabulary=EndBasis),
        Column(f"{name}_by", told, by, "key"),
        Column("as_of", f"The day that was asked for; {where}", F("as_of"), "day", of_a_day=True),
        Column("verdict", f"How it stands to it; {where}", F("verdict"), "term", vocabulary=Verdict, of_a_day=True),
    ]


def successors() -> list[Column]:
    """The states that followed a country; the public does not learn of one that nothing published names."""
    help_text = "The codes of the states that followed it."
    public, all_states = Country.objects.public(), Country.objects.all()
    return [
        Column("successors", help_text, parts.successors(public), "parts", only_for="public"),
        Column("successors", help_text, parts.successors(all_states), "parts", "successors", only_for="desk"),
    ]


def cited(model: type[models.Model]) -> list[Column]:
    """The evidence, in one cell, and, to be read only, under which licences it is where its sources have their own."""
    options = " ".join(f"|{key}=" for key in parts.OPTIONS)
    evidence = f"The evidence: source#passage or source@locator, then {options}; joined by “; ”."
    licences = "The licences of its sources, where they are not that of the register; joined by “; ”. Read only."
    return [
        Column("citations", evidence, parts.citations(TARGET_OF[model]), "parts", "citations"),
        Column("source_licences", licences, parts.licences(TARGET_OF[model])),
    ]


def code_in(scheme: CodeScheme, country: str, year: Any) -> Subquery:
    """The code of a country in a scheme in a year; where it had none then, the one that it had last."""
    had = Q(valid_from__isnull=True) | Q(valid_from__lte=year)
    has = Q(valid_until__isnull=True) | Q(valid_until__gte=year)
    codes = CountryCode.objects.filter(scheme=scheme, country=OuterRef(country))
    codes = codes.annotate(is_of_then=ExpressionWrapper(had & has, output_field=BooleanField()))
    last = F("valid_until").desc(nulls_first=True)
    return Subquery(codes.order_by("-is_of_then", last, "value").values("value")[:1])


def pair() -> list[Column]:
    """The two sides of the dyad of a period, in three schemes of codes. All to be read only."""
    days = ("began_on_earliest", "began_on_latest", "ended_on_latest", "ended_on_earliest")
    began = ExtractYear(Coalesce(*map(OuterRef, days), Cast(Now(), models.DateField())))
    columns = []
    for name in ("country_a", "country_b"):
        country: Any = Relation._meta.get_field(name)
        columns += [
            Column(name, f"{country.help_text} Read only.", F(f"relation__{name}"), "key"),
            Column(f"{name}_label", "The name of that country. Read only.", F(f"relation__{name}__name")),
        ]
    for scheme in (CodeScheme.COW, CodeScheme.GW):
        columns += [
            Column(
                f"{scheme.value}_{name[-1]}",
                f"The {scheme.label} of {name} when it began; else its last. Read only.",
                code_in(scheme, f"relation__{name}", began),
                "code",
            )
            for name in ("country_a", "country_b")
        ]
    return columns


def flat(*columns: Column | list[Column]) -> tuple[Column, ...]:
    """Columns and groups of columns in one row."""
    return tuple(column for group in columns for column in (group if isinstance(group, list) else [group]))


def record(model: type[Record], *own: Column | list[Column]) -> tuple[Column, ...]:
    """The columns of a record: its address, its own columns, and what all records have."""
    return flat(
        permalink(model.collection, "slug"),
        stored(model, "slug"),
        *own,
        stored(model, "modality", "negated", "note"),
        cited(model),
        stored(model, "editor_note", "state", only_for="desk"),
        STAMPS,
    )


STAMPS = [
    Column("version", "Checked when imported, never written.", F("version"), "number"),
    Column("changed_at", "When it or one of its parts last changed (UTC). Read only.", F("changed_at"), "instant"),
]
