"""Facets: how many rows a list would have with each value of a filter, the other filters unchanged."""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from config.databases import current
from relations.parameters import NamesField, TermsField

if TYPE_CHECKING:
    from relations.filters import RecordForm

COUNTED = 2000  # facets are computed only for lists of at most so many rows
NUMBERS = "SELECT name, count(*) FROM ({rows}) AS row, unnest({names}) AS name {where} GROUP BY name"
ARE_FEW = "WHERE (SELECT count(*) FROM ({places}) AS few) <= {most}"  # counted in an index, before entries are read


def facets(form: "RecordForm", names: tuple[str, ...] = ()) -> dict[str, dict[str, int]]:
    """The number of rows by field and value, for all fields or those in `names`.

    A field that is set is counted as if it were not, to show its alternatives. That takes one query for each such
    field, and one for all others. A field is left out if more than COUNTED rows would remain without it.
    """
    values = form.cleaned_data
    if values.get("as_of"):
        return {}  # every verdict would have to be computed again for each field
    shared: dict[str, dict[str, int]] | None = None  # for all fields that are not set
    found = {}
    for name, field in form.fields.items():
        if not isinstance(field, TermsField) or (names and name not in names) or (name == "role" and is_of_some(form)):
            continue
        if values[name]:
            numbers = numbers_without(form, name)
        else:
            if shared is None:
                shared = numbers_of(form.entries().values_list("under", "terms"), "under || terms")
            numbers = shared
        if numbers:
            if isinstance(field, NamesField):
                found[name] = of_names(form, name, numbers[""], field.allowed)
            else:
                found[name] = {value: numbers[name][value] for value in field.allowed if value in numbers[name]}
    return found


def is_of_some(form: "RecordForm") -> bool:
    """Whether the filter `role` applies to the selected country or actor, and not to any party."""
    return form.role_needs_country or bool(form.cleaned_data["country"] or form.cleaned_data["actor"])


def of_names(form: "RecordForm", name: str, numbers: dict[str, int], allowed: Iterable[str]) -> dict[str, int]:
    """The numbers for a field of countries or actors; if the other side of a pair is set, those of pairs with it."""
    other = form.cleaned_data.get({"country": "partner", "partner": "country"}.get(name, ""), [])
    if name == "actor" or (name == "country" and not other):
        under = {key: key for key in allowed}
    elif len(other) == 1:
        under = {code: "-".join(sorted((code, *other))) for code in allowed}
    else:
        under = {}
    return {key: numbers[listed] for key, listed in under.items() if listed in numbers}


def numbers_without(form: "RecordForm", name: str) -> dict[str, dict[str, int]]:
    """The numbers for a field, with its own values ignored; empty if there are too many rows.

    Entries have several times as many names as terms, so only the column of the field is counted. The first term of a
    type is in the column `kind`, mostly in an index, so that it needs no check of the number of places first.
    """
    other = copy(form)
    other.cleaned_data = {**form.cleaned_data, name: []}
    vars(other).pop("places", None)  # a cached property that was computed with the values
    if name == next(iter(form.model.terms)):
        numbers = numbers_of(other.places.values_list("kind"), f"ARRAY['{name}=' || kind]")
        return numbers if sum(numbers.get(name, {}).values()) <= COUNTED else {}
    column = "under" if isinstance(form.fields[name], NamesField) else "terms"
    return numbers_of(other.entries().values_list(column), column, other.places)


def numbers_of(rows: QuerySet, names: str, places: QuerySet | None = None) -> dict[str, dict[str, int]]:
    """The number of rows by kind and value of their terms; names have the kind "".

    `names` is an SQL expression for an array of names and terms, such as `kind=visit`. If there are more than COUNTED
    of `places`, the result is empty.
    """
    numbers: dict[str, dict[str, int]] = defaultdict(dict)
    try:
        (sql, values), (few, limits) = first_of(rows), ("", ()) if places is None else first_of(places)
    except EmptyResultSet:
        return numbers
    where = ARE_FEW.format(places=few, most=COUNTED) if few else ""
    with connections[current.database].cursor() as cursor:
        cursor.execute(NUMBERS.format(rows=sql, names=names, where=where), [*values, *limits])
        found = cursor.fetchall()
    for name, number in found:
        kind, _, value = name.rpartition("=")
        numbers[kind][value] = number
    return numbers


def first_of(rows: QuerySet) -> tuple[str, tuple[Any, ...]]:
    """The SQL and parameters for the first COUNTED + 1 rows; raises EmptyResultSet if there can be none."""
    sql, values = rows.order_by()[: COUNTED + 1].query.sql_with_params()
    return sql, values
