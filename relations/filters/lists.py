"""What every list can be asked: the names that it offers, days, words, and the page that is wanted."""

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

# All there are, in the order in which a form shows them.
PARAMETERS = (
    *("q", "country", "partner", "actor", "role", "kind", "measure", "category", "condition"),
    *("track", "value", "status", "modality", "negated"),
    *("from", "to", "side", "reading", "as_of", "sort", "after", "size"),
)
MAY = "may:"  # before a cursor among what only may lie within the days that are asked for
Names = tuple[tuple[str, str], ...]  # of things, each with its key
READING_CHOICES = [("", "Possibly within (default)"), *((name, f"{name.capitalize()} within") for name in READINGS)]


@prepared
def public_countries() -> QuerySet:
    """The public countries, each by its code."""
    return Country.objects.public().values_list("code", "name")


@prepared
def public_actors() -> QuerySet:
    """The public actors, each by its slug."""
    return Actor.objects.public().values_list("slug", "name")


@remembered(most=2)
def names_of_countries() -> Names:
    """The names of the public countries, by their codes."""
    return tuple(public_countries())


@remembered(most=2)
def names_of_actors() -> Names:
    """The names of the public actors, by their slugs."""
    return tuple(public_actors())


class NamesForm(StrictForm):
    """A form that offers the public countries and actors by their names."""

    field_order = PARAMETERS

    def __init__(self, data: QueryDict, *, names_from: "NamesForm | None" = None) -> None:
        """Takes its names from another form, if this form is a part of that one."""
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
    """Days between which something lies, and how vague dates are read."""

    locals()["from"] = PlainDateField("From")  # a word of Python, which cannot be declared as the others are
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
        """The days that are asked for, in words."""
        first, last = self.cleaned_data["from"], self.cleaned_data["to"]
        if first and last:
            return f"in {first.spoken}" if first == last else f"between {first.spoken} and {last.spoken}"
        return f"since {first.spoken}" if first else f"until {last.spoken}"

    @property
    def days(self) -> tuple[date | None, date | None, str]:
        """The first day and the last, either of which may be open, and the reading: what `between()` takes."""
        values = self.cleaned_data
        first = values["from"].earliest if values["from"] else None
        last = values["to"].latest if values["to"] else None
        return first, last, values["reading"] or POSSIBLY


class ListForm(NamesForm):
    """What a list can be asked; `apply()` keeps the rows that answer to it, `understood` is the parsed query in `q`.

    A file is never cut into pages, so that its form has no `after` and no `size`.
    """

    q = WordsField("Words")
    after = CursorField("After")
    size = SizeField("Rows a page")
    understood = ParsedQuery()
    is_split = False  # whether what certainly lies within the days asked for comes before what may lie there
    counted_to = MANY  # rows; of more the list says so

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
        """The rows that answer to all that is asked, in the order asked for."""
        raise NotImplementedError

    def verdicts(self) -> list[tuple[str, int]]:
        """How many of the rows stand how to the day that is asked for; nothing where none is."""
        return []
