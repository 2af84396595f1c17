"""The `Column` of a file, and functions that make the columns of dates, references, evidence and so on.

A column has a name, a help text, a queryset expression that reads it and, if it can be imported, what it writes.
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

# What the cells of a column hold. "text" is prose; "code" is an identifier of letters, digits and marks; "numbering" is
# one that counts, such as a volume. "fuzzy date" is EDTF, "day" one of its bounds, "instant" a time in UTC. "key" is
# the key of another row, "term" a term of a closed list, "parts" several rows in one cell. "path" is a path on the
# site, which becomes a permalink when the address of the site is put before it.
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


# The text columns that do not hold prose. Spreadsheets tend to turn their cells into dates or numbers.
CODES: dict[str, Kind] = {
    **dict.fromkeys(("slug", "key", "code", "ref", "sha256", "edition", "language", "designation"), "code"),
    **dict.fromkeys(("volume", "issue", "page"), "numbering"),
    "doi": "doi",
    "isbn": "isbn",
}


@dataclass(frozen=True)
class Column:
    """A column of a file.

    `reads` is the expression that selects it; `writes` names the field or the parts that an import changes, and is
    empty for a column that is read only.
    """

    name: str
    help: str
    reads: Combinable
    kind: Kind = "text"
    writes: str = ""
    only_for: Audience | None = None
    vocabulary: type[Vocabulary] | None = None  # the closed list, if the column is not a field of the model
    of_a_day: bool = False  # only in files of what was true on a given day


def stored(model: type[models.Model], *names: str, only_for: Audience | None = None) -> list[Column]:
    """Columns for fields of the model, exported unchanged."""
    columns = []
    for name in names:
        field: Any = model._meta.get_field(name)
        reads: Combinable = parts.Aliases(name) if isinstance(field, ArrayField) else F(name)
        columns.append(Column(name, field.help_text, reads, kind_of(field), name, only_for))
    return columns


def kind_of(field: Any) -> Kind:
    """The kind of a column that holds this model field."""
    if isinstance(field, models.BooleanField):
        return "boolean"
    if isinstance(field, models.DecimalField | models.IntegerField):
        return "number"
    if isinstance(field, ArrayField):
        return "parts"
    return "term" if field.choices else CODES.get(field.name, "text")


def fuzzy_date(model: type[models.Model], name: str) -> list[Column]:
    """The columns of a fuzzy date: the date itself and, read only, its earliest and latest day."""
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
    """The columns of a foreign key: the key of the other row and, read only, its name."""
    field: Any = model._meta.get_field(name)
    what = field.related_model._meta.verbose_name
    return [
        Column(name, field.help_text, F(f"{name}__{key}"), "key", name),
        Column(f"{name}_label", f"The {label} of that {what}. Read only.", F(f"{name}__{label}")),
    ]


def side(name: str) -> list[list[Column]]:
    """The columns of a supplier or recipient, which is a country, an actor, or free text."""
    return [
        reference(ArmsTransfer, name),
        reference(ArmsTransfer, f"{name}_actor", "slug"),
        stored(ArmsTransfer, f"{name}_named_as"),
    ]


def record_reference(model: type[models.Model], name: str) -> list[Column]:
    """The slug of another record. Public files leave it empty if that record is not published."""
    field: Any = model._meta.get_field(name)
    published = Q(**{f"{name}__state": State.PUBLISHED})
    return [
        Column(name, field.help_text, parts.if_(published, F(f"{name}__slug")), "key", only_for="public"),
        Column(name, field.help_text, F(f"{name}__slug"), "key", name, only_for="desk"),
    ]


def permalink(collection: str, *key: Any) -> Column:
    """The column with the public address of a row; `key` are the expressions that make up its path."""
    path: list[Any] = [Value(f"/{collection}")]
    for name in key:
        path += [Value("/"), name]
    return Column("permalink", "The public address. Read only.", parts.text(*path, Value("/")), "path")


def effective_end(model: type[models.Model]) -> list[Column]:
    """The effective end, its bounds and its basis; in a file of a given day also the verdict. All read only."""
    end: Any = model._default_manager.all().end()  # type: ignore[attr-defined]
    basis, date, by = (Item(end, number) for number in (2, 3, 4))
    earliest, latest = (Cast(Item(end, number), models.DateField()) for number in (5, 6))
    name, bound = "effective_end", "day that effective_end may mean; empty where it is open. Read only."
    by_help = "The slug of the next value, or the code of the state, by which it ended. Read only."
    where = "only in files of a given day. Read only."
    return [
        Column(name, "The effective end (EDTF); empty if nothing has ended it. Read only.", date, "fuzzy date"),
        Column(f"{name}_earliest", f"The earliest {bound}", earliest, "day"),
        Column(f"{name}_latest", f"The latest {bound}", latest, "day"),
        Column(f"{name}_basis", "The basis of effective_end. Read only.", basis, "term", vocabulary=EndBasis),
        Column(f"{name}_by", by_help, by, "key"),
        Column("as_of", f"The requested day; {where}", F("as_of"), "day", of_a_day=True),
        Column("verdict", f"Its verdict for as_of; {where}", F("verdict"), "term", vocabulary=Verdict, of_a_day=True),
    ]


def successors() -> list[Column]:
    """The successor states of a country. Public files leave out those that are not public."""
    help_text = "The codes of the states that followed it."
    public, all_states = Country.objects.public(), Country.objects.all()
    return [
        Column("successors", help_text, parts.successors(public), "parts", only_for="public"),
        Column("successors", help_text, parts.successors(all_states), "parts", "successors", only_for="desk"),
    ]


def cited(model: type[models.Model]) -> list[Column]:
    """The citations in one cell and, read only, the licences of those sources that have their own."""
    options = " ".join(f"|{key}=" for key in parts.OPTIONS)
    evidence = f"The evidence: source#passage or source@locator, then {options}; joined by “; ”."
    licences = "The licences of its sources that have a licence of their own; joined by “; ”. Read only."
    return [
        Column("citations", evidence, parts.citations(TARGET_OF[model]), "parts", "citations"),
        Column("source_licences", licences, parts.licences(TARGET_OF[model])),
    ]


def code_in(scheme: CodeScheme, country: str, year: Any) -> Subquery:
    """The code of a country in a scheme in a year; if it had none in that year, its last one."""
    had = Q(valid_from__isnull=True) | Q(valid_from__lte=year)
    has = Q(valid_until__isnull=True) | Q(valid_until__gte=year)
    codes = CountryCode.objects.filter(scheme=scheme, country=OuterRef(country))
    codes = codes.annotate(is_of_then=ExpressionWrapper(had & has, output_field=BooleanField()))
    last = F("valid_until").desc(nulls_first=True)
    return Subquery(codes.order_by("-is_of_then", last, "value").values("value")[:1])


def pair() -> list[Column]:
    """The two countries of a period's dyad, in three coding schemes. All read only."""
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
                f"The {scheme.label} of {name} when the period began; if it had none then, its last. Read only.",
                code_in(scheme, f"relation__{name}", began),
                "code",
            )
            for name in ("country_a", "country_b")
        ]
    return columns


def flat(*columns: Column | list[Column]) -> tuple[Column, ...]:
    """Columns and lists of columns, flattened."""
    return tuple(column for group in columns for column in (group if isinstance(group, list) else [group]))


def record(model: type[Record], *own: Column | list[Column]) -> tuple[Column, ...]:
    """The columns of a record type: its permalink and slug, its own columns, and those that all records have."""
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
