"""How many rows a list would have with each value of a filter, all else that is asked being the same."""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connections

from config.databases import reading
from relations.parameters import NamesField, TermsField

if TYPE_CHECKING:
    from relations.filters import RecordForm

COUNTED = 2000  # rows; of longer lists nobody reads what each filter would leave
NUMBERS = """
    SELECT name, count(*) FROM ({entries}) AS entry (under, terms), unnest({names}) AS name
    WHERE (SELECT count(*) FROM ({places}) AS few) <= %s GROUP BY name
"""  # whether they are few an index tells, before any entry is read


def facets(form: "RecordForm", names: tuple[str, ...] = ()) -> dict[str, dict[str, int]]:
    """The numbers by field and value; none of a field of which more rows are met than are counted.

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
            numbers = counted(without(form, name), "under" if isinstance(field, NamesField) else "terms")
        else:
            of_all = counted(form) if of_all is None else of_all
            numbers = of_all
        if numbers:
            if isinstance(field, NamesField):
                found[name] = of_names(form, name, numbers[""], field.allowed)
            else:
                found[name] = {value: numbers[name][value] for value in field.allowed if value in numbers[name]}
    return found


def is_of_some(form: "RecordForm") -> bool:
    """Whether a role is that of some party, and not of anybody."""
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


def without(form: "RecordForm", name: str) -> Any:
    """The same form without the values of a field."""
    other = copy(form)
    other.cleaned_data = {**form.cleaned_data, name: []}
    vars(other).pop("places", None)  # which are those with the values
    return other


def counted(form: "RecordForm", names: str = "under || terms") -> dict[str, dict[str, int]]:
    """How many of the rows are listed under each name, and have each term, by its kind; nothing of too many.

    There are several times as many names as terms, so that where only one of the two is read, only it is counted.
    """
    numbers: dict[str, dict[str, int]] = defaultdict(dict)
    try:
        entries, values = form.entries().order_by().values_list("under", "terms")[:COUNTED].query.sql_with_params()
        places, limits = form.places.order_by()[: COUNTED + 1].query.sql_with_params()
    except EmptyResultSet:
        return numbers
    with connections[reading.database].cursor() as cursor:
        cursor.execute(NUMBERS.format(entries=entries, places=places, names=names), [*values, *limits, COUNTED])
        rows = cursor.fetchall()
    for name, number in rows:
        kind, _, value = name.rpartition("=")
        numbers[kind][value] = number
    return numbers
