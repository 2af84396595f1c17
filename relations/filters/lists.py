"""Filters that all lists share: names of countries and actors, days, words, and the cursor and size of the page."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from relations.models import Actor, Country
from relations.models.record import POSSIBLY, READINGS
from relations.paging import MANY
from relations.parameters import CursorField, PlainDateField, SizeField, StrictForm, TermField, WordsField
from relations.prepared import prepared
from relations.remembered import remembered
from relations.search.queries import ParsedQuery
from relations.text import quoted

# All parameters, in the order in which a form shows them.
PARAMETERS = (
    *("q", "country", "partner", "actor", "role", "kind", "measure", "category", "condition"),
    *("track", "value", "status", "modality", "negated"),
    *("from", "to", "side", "reading", "as_of", "sort", "after", "size"),
)
MAY = "may:"  # prefix of a cursor among the records that only may lie within the days (`ListForm.is_split`)
Names = tuple[tuple[str, str], ...]  # pairs of key and name
READING_CHOICES = [("", "Possibly within (default)"), *((name, f"{name.capitalize()} within") for name in READINGS)]


@prepared
def public_countries() -> QuerySet:
    """Code and name of the public countries."""
    return Country.objects.public().values_list("code", "name")


@prepared
def public_actors() -> QuerySet:
    """Slug and name of the public actors."""
    return Actor.objects.public().values_list("slug", "name")


@remembered(most=2)
def names_of_countries() -> Names:
    """Code and name of the public countries, cached."""
    return tuple(public_countries())


@remembered(most=2)
def names_of_actors() -> Names:
    """Slug and name of the public actors, cached."""
    return tuple(public_actors())


class NamesForm(StrictForm):
    """A form that offers the public countries and actors by their names."""

    field_order = PARAMETERS

    def __init__(self, data: QueryDict, *, names_from: "NamesForm | None" = None) -> None:
        """Reads the names, or takes them from another form that this one is a part of."""
        super().__init__(data)
        self.countries: Names = ()
        self.actors: Names = ()
        if "country" in self.fields:
            self.countries = names_from.countries if names_from else names_of_countries()
        if "actor" in self.fields:
            self.actors = names_from.actors if names_from else names_of_actors()
        for name, names in (("country", self.countries), ("partner", self.countries), ("actor", self.actors)):
            if field := self.fields.get(name):
                field.choices = names
                widget = field.widget
                widget.list_id = f"names-of-{'actors' if name == 'actor' else 'countries'}"
                widget.brings_list = name != "partner"


class DaysForm(NamesForm):
    """A range of days, and the reading of vague dates: whether they possibly or certainly lie within it."""

    locals()["from"] = PlainDateField("From")  # a keyword of Python, so that it cannot be assigned by name
    to = PlainDateField("To")
    reading = TermField("Vague dates", READING_CHOICES)

    def contradictions(self) -> Iterator[tuple[str, str]]:
        yield from super().contradictions()
        values = self.cleaned_data
        if values["from"] and values["to"] and values["from"].earliest > values["to"].latest:
            yield "to", f"{quoted(values['to'])} lies before from, {quoted(values['from'])}."
        if values["reading"] and not (values["from"] or values["to"]):
            yield "reading", "says how from and to are meant; give at least one of them."

    @property
    def time(self) -> str:
        """The range in words, such as “between 1963 and 1974”; only if `from` or `to` is given."""
        first, last = self.cleaned_data["from"], self.cleaned_data["to"]
        if first and last:
            return f"in {first.spoken}" if first == last else f"between {first.spoken} and {last.spoken}"
        return f"since {first.spoken}" if first else f"until {last.spoken}"

    @property
    def days(self) -> tuple[date | None, date | None, str]:
        """The first and last day, None where open, and the reading: the arguments of `between()`."""
        values = self.cleaned_data
        first = values["from"].earliest if values["from"] else None
        last = values["to"].latest if values["to"] else None
        return first, last, values["reading"] or POSSIBLY


class ListForm(NamesForm):
    """The form of a list. `apply()` filters and sorts a QuerySet, `understood` is the parsed query in `q`.

    A file has all rows, so its form has no `after` and no `size`.
    """

    q = WordsField("Words")
    after = CursorField("After")
    size = SizeField("Rows a page")
    understood = ParsedQuery()
    is_split = False  # whether records that certainly lie within the days come before those that only may
    counted_to = MANY  # rows; for longer lists the page says “more than”

    def __init__(self, data: QueryDict, *, is_file: bool = False, names_from: NamesForm | None = None) -> None:
        super().__init__(data, names_from=names_from)
        self.is_file = is_file
        if is_file:
            del self.fields["after"], self.fields["size"]

    def contradictions(self) -> Iterator[tuple[str, str]]:
        yield from super().contradictions()
        cursor = self.cleaned_data.get("after")
        if cursor and not (self.is_split and cursor == MAY):
            try:
                self.cleaned_data["sort"].read(cursor.removeprefix(MAY) if self.is_split else cursor)
            except ValueError:
                yield "after", f"{quoted(cursor)} is not a place in this list. Leave it out for the first page."

    def apply(self, queryset: Any) -> Any:
        """The rows that match all filters, sorted."""
        raise NotImplementedError

    def verdicts(self) -> list[tuple[str, int]]:
        """The number of rows by label of their verdict on the day `as_of`; an empty list without that parameter."""
        return []
