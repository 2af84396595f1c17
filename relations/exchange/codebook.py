"""The codebook: every column and every closed list, generated from the models, so that it cannot contradict them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from relations import figures
from relations.exchange import panels
from relations.exchange.column import Column
from relations.exchange.columns import COLUMNS, collection_of, columns_of
from relations.exchange.exports import CSV, TYPES
from relations.exchange.layouts import LAYOUTS, diplomatic_exchange
from relations.exchange.tidy import TIDY
from relations.models import EventFigure, Passage, triggers
from relations.models.terms import VOCABULARIES, vocabulary_of
from relations.models.vocabularies import Vocabulary

LISTS: dict[str, type[Vocabulary]] = {vocabulary.__name__.lower(): vocabulary for vocabulary in VOCABULARIES}


@dataclass(frozen=True)
class Variable:
    """A column of a file; citations refer to it by the same name in `field`."""

    name: str
    help: str
    vocabulary: type[Vocabulary] | None
    of_a_day: bool = False  # only in files of what was true on a given day


@dataclass(frozen=True)
class Table:
    """A file that can be downloaded, or the parts of a record without a file: its columns, formats and rules."""

    name: str
    collection: str
    help: str
    variables: tuple[Variable, ...]
    formats: tuple[str, ...] = tuple(TYPES)
    rules: tuple[str, ...] = ()  # what PostgreSQL enforces, in words

    @property
    def always(self) -> list[Variable]:
        """The columns that all its files have."""
        return [variable for variable in self.variables if not variable.of_a_day]

    @property
    def of_a_day(self) -> list[Variable]:
        """The additional columns of its files of a given day."""
        return [variable for variable in self.variables if variable.of_a_day]

    @property
    def closed_lists(self) -> list[type[Vocabulary]]:
        """The closed lists of its columns, each once."""
        return list(dict.fromkeys(each.vocabulary for each in self.variables if each.vocabulary))

    @property
    def has_file(self) -> bool:
        """Whether it can be downloaded as a file of its own."""
        return bool(self.formats)


@dataclass(frozen=True)
class Group:
    """A group of tables, with their purpose."""

    name: str
    help: str
    tables: list[Table]


def groups() -> list[Group]:
    """All tables, in the groups of the data page."""
    return [
        Group("Lists", "A row for each record or thing, with its parts in one cell.", lists()),
        Group("Parts", "A row for each part of these, with the keys that join it to its record.", parts()),
        Group("Panels", "A row for each year, by what answers on the page of a relation.", panels_of_years()),
        Group("In the columns of others", "For code that reads these already.", layouts_of_others()),
    ]


@cache
def tables() -> dict[str, Table]:
    """All tables by the names of their pages."""
    return {table.collection: table for group in groups() for table in group.tables}


def lists() -> list[Table]:
    """The lists of the site."""
    files = [
        Table(
            str(model._meta.verbose_name_plural),
            collection_of(model),
            first_paragraph(model),
            tuple(variables_of(model, columns_of(model, of_a_day=True))),
            rules=rules_of(model),
        )
        for model in COLUMNS
        if model is not Passage
    ]
    return [*files, figures_file()]


def parts() -> list[Table]:
    """The parts of records and things, one row each."""
    return [
        Table(
            str(tidy.model._meta.verbose_name_plural),
            tidy.name,
            first_paragraph(tidy.model),
            tuple(variables_of(tidy.model, tidy.columns)),
            tuple(TYPES) if tidy.has_file else (),
            rules_of(tidy.model),
        )
        for tidy in TIDY
    ]


def panels_of_years() -> list[Table]:
    """The panels of dyads and of countries."""
    return [
        Table("dyad-years", "dyad-years", first_paragraph(panels.dyad_years), panel_variables(panels.DYAD_YEARS)),
        Table(
            "country-years",
            "country-years",
            first_paragraph(panels.country_years),
            panel_variables(panels.COUNTRY_YEARS),
        ),
    ]


def layouts_of_others() -> list[Table]:
    """The files in the layouts of other registers."""
    exchange = "The Correlates of War's Diplomatic Exchange: a row for each dyad and year in which both have a number."
    return [
        *(
            Table(layout.name, layout.name, f"{layout.whose}.", panel_variables(layout.columns), (CSV,))
            for layout in LAYOUTS
        ),
        Table(
            "diplomatic-exchange",
            "diplomatic-exchange",
            exchange,
            panel_variables(diplomatic_exchange.EXCHANGE),
            (CSV,),
        ),
    ]


def figures_file() -> Table:
    """The file of all figures of all record types."""
    help_text = "A number of an event, a deal or an observation, with the record in which it stands."
    return Table("figures", "figures", help_text, tuple(variables_of(EventFigure, figures.COLUMNS)))


def variables_of(model: type[models.Model], columns: Iterable[Column]) -> Iterator[Variable]:
    """The variables for the columns of a model's file."""
    for column in columns:
        vocabulary = column.vocabulary or vocabulary_of_column(model, column.name)
        yield Variable(column.name, column.help, vocabulary, column.of_a_day)


def panel_variables(columns: Iterable[Column]) -> tuple[Variable, ...]:
    """The variables for the columns of a panel or layout; columns without a name are left out."""
    return tuple(Variable(column.name, column.help, column.vocabulary) for column in columns if column.name.strip())


def first_paragraph(model: Any) -> str:
    """The first paragraph of a docstring, which says what one row is."""
    return " ".join((model.__doc__ or "").strip().partition("\n\n")[0].split())


def rules_of(model: Any) -> tuple[str, ...]:
    """The constraints and triggers of a model, in words.

    Constraints that a column holds a term of its closed list are left out, since the list says so.
    """
    within = [
        str(each.violation_error_message) for each in model._meta.constraints if not each.name.endswith("_is_known")
    ]
    ours = [type(each) for each in model._meta.triggers if type(each).__module__.startswith(triggers.__name__)]
    return tuple(dict.fromkeys([*within, *map(first_paragraph, ours)]))


def vocabulary_of_column(model: type[models.Model], name: str) -> type[Vocabulary] | None:
    """The closed list of a column, if it is a field of the model and has one; else None."""
    try:
        return vocabulary_of(model._meta.get_field(name))
    except FieldDoesNotExist:
        return None


def anchor(vocabulary: type[Vocabulary], value: str = "") -> str:
    """The fragment of a closed list, or of one of its terms, in addresses."""
    return "-".join(filter(None, (vocabulary.__name__.lower(), value)))
