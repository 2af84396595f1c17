"""The OpenAPI 3.1 description of the API, generated from the forms and columns that it uses."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django import forms
from django.conf import settings

from relations import figures
from relations.addresses import COUNTRIES, RECORDS, RELATIONS, THINGS
from relations.api.forms import MomentField, OneForm, api_form_of, takes_day
from relations.api.problems import PATH, PROBLEM
from relations.exchange import panels
from relations.exchange.column import Column
from relations.exchange.columns import columns_of, terms_of
from relations.exchange.parts import Aliases
from relations.exchange.tidy import tidy_of
from relations.filters import FigureForm
from relations.models.constraints import SLUG
from relations.parameters import SizeField, SortField, TermField, TermsField
from relations.views.lists import LISTS

Described = dict[str, Any]
VERSION = "1.0"
CODE = "^[A-Z]{3}$"
# The patterns of parameters that name a public row; they are not enumerated, because the rows change.
NAMES = {"country": CODE, "partner": CODE, "actor": SLUG}
KEYS = {COUNTRIES: CODE, RELATIONS: "^[A-Z]{3}-[A-Z]{3}$"}
FORMATS = {"day": "date", "instant": "date-time", "path": "uri"}


def problem_of(status: int, description: str) -> tuple[str, Described]:
    """The status and description of an error response."""
    return str(status), {
        "description": description,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def parameter(name: str, field: Any) -> Described:
    """The description of a parameter from its form field."""
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": str(field.label),
        "schema": schema_of_field(name, field),
        **({"style": "form", "explode": True} if isinstance(field, TermsField) else {}),
    }


def schema_of_field(name: str, field: Any) -> Described:
    """The schema of the values of a parameter."""
    if name in NAMES:
        one: Described = {"type": "string", "pattern": NAMES[name]}
    elif isinstance(field, TermsField | TermField):
        choices: Any = field.choices
        one = {"type": "string", "enum": [value for value, _ in choices if value]}
    elif isinstance(field, SizeField):
        return {"type": "integer", "minimum": SizeField.LEAST, "maximum": SizeField.MOST, "default": SizeField.USUAL}
    elif isinstance(field, MomentField):
        return {"type": "string", "format": "date-time"}
    else:
        one = (
            {"type": "string", "maxLength": field.max_length}
            if getattr(field, "max_length", None)
            else {"type": "string"}
        )
    if isinstance(field, SortField):
        return one | {"default": str(field.initial)}
    return {"type": "array", "items": one, "maxItems": TermsField.MOST} if isinstance(field, TermsField) else one


def parameters(form_class: type[forms.Form]) -> list[Described]:
    """The descriptions of all parameters of a form, by name."""
    fields = form_class.base_fields
    return [parameter(name, field) for name, field in sorted(fields.items())]


def schema_of(model: Any, columns: Iterable[Column], optional: Iterable[str] = ()) -> Described:
    """The schema of a row: an object with all columns, null where nothing is known; `optional` ones may be absent."""
    properties = {column.name: schema_of_column(model, column) for column in columns}
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def schema_of_column(model: Any, column: Column) -> Described:
    """The schema of the values of a column."""
    about = {"description": column.help}
    if tidy := tidy_of(column):
        return about | {"type": "array", "items": schema_of(tidy.model, tidy.own)}
    if isinstance(column.reads, Aliases):
        return about | {"type": "array", "items": {"type": "string"}}
    if column.kind in ("number", "boolean"):
        return about | {"type": [column.kind, "null"]}
    text = about | {"type": ["string", "null"]}
    if column.kind in FORMATS:
        return text | {"format": FORMATS[column.kind]}
    terms = terms_of(model, column)
    return text | ({"enum": [*terms, None]} if terms else {})


def page_of(name: str) -> Described:
    """The schema of a page of a list."""
    deleted = {"type": "array", "items": {"$ref": "#/components/schemas/Deleted"}}
    return {
        "type": "object",
        "properties": {
            "results": {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}},
            "next": {"type": ["string", "null"], "format": "uri", "description": "The next page; null on the last."},
            "deleted": deleted | {"description": "With updated_since: addresses that are no longer public."},
        },
        "required": ["results", "next"],
        "additionalProperties": False,
    }


def operation(
    name: str, summary: str, takes: list[Described], schema: Described, *others: tuple[str, Described]
) -> Described:
    """An operation with its parameters and responses: 200 with a schema, 304, 400, and others."""
    return {
        "operationId": name,
        "summary": summary,
        "parameters": takes,
        "responses": {
            "200": {"description": "The answer.", "content": {"application/json": {"schema": schema}}},
            "304": {"description": "Nothing has changed since the ETag that you sent."},
            **dict([problem_of(400, "Invalid parameters; `problems` say why."), *others]),
        },
    }


def schema_name(model: Any) -> str:
    """The name of the schema of a model."""
    return str(model.__name__)


@cache
def types() -> dict[str, Any]:
    """The models by collection."""
    return {**THINGS, **RECORDS}


def paths(forms_of: dict[str, Any]) -> Described:
    """All paths of the API; `forms_of` has the form of each list by collection."""
    found: Described = {}
    for collection, model in types().items():
        what = str(model._meta.verbose_name)
        listing = {"$ref": f"#/components/schemas/{schema_name(model)}Page"}
        one = {"$ref": f"#/components/schemas/{schema_name(model)}"}
        takes = parameters(api_form_of(forms_of[collection]))
        found[f"{PATH}{collection}/"] = {
            "get": operation(
                f"list_{model._meta.model_name}", f"A page of {model._meta.verbose_name_plural}.", takes, listing
            )
        }
        key = {
            "name": "key",
            "in": "path",
            "required": True,
            "description": f"The key of the {what}: the last part of its address.",
            "schema": {"type": "string", "pattern": KEYS.get(collection, SLUG)},
        }
        day = [parameter("as_of", OneForm.base_fields["as_of"])] if takes_day(collection) else []
        found[f"{PATH}{collection}/{{key}}/"] = {
            "get": operation(
                f"get_{model._meta.model_name}",
                f"One {what}, with its parts and its evidence.",
                [key, *day],
                one,
                ("301", {"description": "It has another address now."}),
                problem_of(404, "Nothing public stands there."),
                problem_of(410, "It was public and is no more."),
            )
        }
    figures_page = {"$ref": "#/components/schemas/FigurePage"}
    found[f"{PATH}figures/"] = {
        "get": operation(
            "list_figure", "A page of figures of events, deals and observations.", parameters(FigureForm), figures_page
        )
    }
    return found | {f"{PATH}reconcile/": matching()}


def matching() -> Described:
    """The operations of the reconciliation service."""
    about = "Queries by names of your own, as JSON: the Reconciliation API 0.2."
    queries: Described = {"type": "string", "description": about, "example": '{"q0": {"query": "Egypt"}}'}
    answer = {"$ref": "#/components/schemas/Matches"}
    manifest = {"$ref": "#/components/schemas/Manifest"}
    takes = {"name": "queries", "in": "query", "required": False, "description": about, "schema": {"type": "string"}}
    form = {"type": "object", "properties": {"queries": queries}, "required": ["queries"]}
    return {
        "get": operation(
            "reconcile",
            "The manifest of the service; with queries, the candidates.",
            [takes],
            {"anyOf": [manifest, answer]},
        ),
        "post": operation("reconcile_many", "The candidates for each query.", [], answer)
        | {"requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}}},
    }


def schemas_of_matching() -> Described:
    """The schemas of the responses of the reconciliation service."""
    text = {"type": "string"}
    kind = {"type": "object", "properties": {"id": text, "name": text}, "required": ["id", "name"]}
    candidate = {
        "id": text | {"description": "The address of the country or actor, relative to the site."},
        "name": text,
        "type": {"type": "array", "items": kind},
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean", "description": "Whether the match is certain."},
    }
    one = {"type": "object", "properties": candidate, "required": [*candidate], "additionalProperties": False}
    result = {"type": "object", "properties": {"result": {"type": "array", "items": one}}, "required": ["result"]}
    known = ("versions", "name", "identifierSpace", "schemaSpace")
    return {
        "Matches": {"type": "object", "additionalProperties": result},
        "Manifest": {"type": "object", "properties": {name: {} for name in known}, "required": [*known]},
    }


def schemas() -> Described:
    """All named schemas."""
    found: Described = {}
    for model in types().values():
        optional = {"as_of", "verdict", "status"}
        schema = schema_of(model, columns_of(model, of_a_day=True), optional)
        if model is THINGS[RELATIONS]:
            own = panels.DYAD_YEARS[panels.DYAD_YEARS.index(panels.TRACK) :]
            about = "What the sources support on that day, track by track."
            schema["properties"] |= {
                "as_of": {"type": "string", "format": "date", "description": "The day of the status."},
                "status": {"type": "array", "items": schema_of(None, own), "description": about},
            }
        found |= {schema_name(model): schema, f"{schema_name(model)}Page": page_of(schema_name(model))}
    figure = schema_of(None, figures.COLUMNS)
    text = {"type": "string"}
    return (
        found
        | schemas_of_matching()
        | {
            "Figure": figure,
            "FigurePage": page_of("Figure"),
            "Deleted": {
                "type": "object",
                "properties": {
                    "slug": text,
                    "reason": text,
                    "now_at": {"type": ["string", "null"], "description": "Where it stands now."},
                    "gone_at": text | {"format": "date-time"},
                },
                "required": ["slug", "reason", "now_at", "gone_at"],
            },
            "Problem": {
                "type": "object",
                "description": "What is wrong (RFC 9457).",
                "properties": {
                    "type": text,
                    "title": text,
                    "status": {"type": "integer"},
                    "detail": text,
                    "problems": {"type": "array", "items": text},
                },
                "required": ["type", "title", "status", "detail"],
            },
        }
    )


def document(site: str) -> Described:
    """The whole OpenAPI document, for the site at this base address."""
    register = settings.REGISTER
    licence = {"name": register.licence, "url": register.licence_url} if register.licence else {}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": register.title,
            "version": VERSION,
            "description": "Read-only, without a key. Lists take the parameters of the lists of the site.",
            **({"license": {name: value for name, value in licence.items() if value}} if licence else {}),
        },
        "servers": [{"url": site.rstrip("/")}],
        "paths": paths({collection: of_all.form_class for collection, of_all in LISTS.items()}),
        "components": {"schemas": schemas()},
    }
