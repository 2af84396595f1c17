"""How many rows a list would have with each value of a filter, all else that is asked being the same."""

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

COUNTED = 2000  # rows; of longer lists nobody reads what each filter would leave
NUMBERS = "SELECT name, count(*) FROM ({rows}) AS row, unnest({names}) AS name {where} GROUP BY name"
ARE_FEW = "WHERE (SELECT count(*) FROM ({places}) AS few) <= {most}"  # an index tells, before any entry is read


def facets(form: "RecordForm", names: tuple[str, ...] = ()) -> dict[str, dict[str, int]]:
    """The number of rows by field and value; none for a field without which more than `COUNTED` rows are left.

    A field that is set is counted as if it were not, so that one sees what else it could be: a query for each of these,
    and one for all others.
    """
    asked = form.cleaned_data
    if asked.get("as_of"):
        return {}  # whose verdicts would be worked out again for each
    of_all: dict[str, dict[str, int]] | None = None
    found = {}
    for name, field in form.fields.items():
        if not isinstance(field, TermsField) or (names and name not in names) or (name == "role" and is_of_some(form)):
            continue
        if asked[name]:
            numbers = numbers_without(form, name)
        else:
            if of_all is None:
                of_all = numbers_of(form.entries().values_list("under", "terms"), "under || terms")
            numbers = of_all
        if numbers:
            if isinstance(field, NamesField):
                found[name] = of_names(form, name, numbers[""], field.allowed)
            else:
                found[name] = {value: numbers[name][value] for value in field.allowed if value in numbers[name]}
    return found


def is_of_some(form: "RecordForm") -> bool:
    """Whether a role is asked for together with a party, and not of anybody."""
    return form.role_needs_country or bool(form.cleaned_data["country"] or form.cleaned_data["actor"])


def of_names(form: "RecordForm", name: str, numbers: dict[str, int], allowed: Iterable[str]) -> dict[str, int]:
    """The numbers of a field of names; where the other side of a pair is set, those of the pairs with it."""
    other = form.cleaned_data.get({"country": "partner", "partner": "country"}.get(name, ""), [])
    if name == "actor" or (name == "country" and not other):
        under = {key: key for key in allowed}
    elif len(other) == 1:
        under = {code: "-".join(sorted((code, *other))) for code in allowed}
    else:
        under = {}
    return {key: numbers[listed] for key, listed in under.items() if listed in numbers}


def numbers_without(form: "RecordForm", name: str) -> dict[str, dict[str, int]]:
    """The numbers for a field, with its own values ignored; empty where there are too many rows.

    Several times as many names as terms are met, so that only what the field offers is counted. The first of the terms
    stands with the places, often in an index, which is read sooner than it tells how many there are.
    """
    other = copy(form)
    other.cleaned_data = {**form.cleaned_data, name: []}
    vars(other).pop("places", None)  # which are those with the values
    if name == next(iter(form.model.terms)):
        numbers = numbers_of(other.places.values_list("kind"), f"ARRAY['{name}=' || kind]")
        return numbers if sum(numbers.get(name, {}).values()) <= COUNTED else {}
    column = "under" if isinstance(form.fields[name], NamesField) else "terms"
    return numbers_of(other.entries().values_list(column), column, other.places)


def numbers_of(rows: QuerySet, names: str, places: QuerySet | None = None) -> dict[str, dict[str, int]]:
    """How many rows have each of their names and terms, which an expression of SQL puts together, by its kind.

    Of places, if they are given, there must not be more than are counted.
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
    """The SQL of some rows, one more than are counted, with its values; EmptyResultSet where there can be none."""
    sql, values = rows.order_by()[: COUNTED + 1].query.sql_with_params()
    return sql, values
