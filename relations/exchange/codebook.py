"""The codebook: every column and every closed list, made from the models, so that it cannot say anything else."""

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
    """A column as a reader of the data meets it, in files and, by the same name, as a field of citations."""

    name: str
    help: str
    vocabulary: type[Vocabulary] | None
    of_a_day: bool = False  # stands only in a file of what was so on a day


@dataclass(frozen=True)
class Table:
    """A record type, thing or part, or a panel: what one row is, its columns, and the formats of its file, if any."""

    name: str
    collection: str
    help: str
    variables: tuple[Variable, ...]
    formats: tuple[str, ...] = tuple(TYPES)
    rules: tuple[str, ...] = ()  # what PostgreSQL keeps of its rows, in words

    @property
    def always(self) -> list[Variable]:
        """The columns of every file of it."""
        return [variable for variable in self.variables if not variable.of_a_day]

    @property
    def of_a_day(self) -> list[Variable]:
        """The columns that a file of it has beside these where a day is asked for."""
        return [variable for variable in self.variables if variable.of_a_day]

    @property
    def closed_lists(self) -> list[type[Vocabulary]]:
        """The closed lists of which its columns hold terms."""
        return list(dict.fromkeys(each.vocabulary for each in self.variables if each.vocabulary))

    @property
    def has_file(self) -> bool:
        """Whether it is downloaded by itself."""
        return bool(self.formats)


@dataclass(frozen=True)
class Group:
    """Tables of a kind, and what they are for."""

    name: str
    help: str
    tables: list[Table]


def groups() -> list[Group]:
    """All files, as somebody looks for them who is new here."""
    return [
        Group("Lists", "A row for each record or thing, with its parts in one cell.", lists()),
        Group("Parts", "A row for each part of these, with the keys that join it to its record.", parts()),
        Group("Panels", "A row for each year, by what answers on the page of a relation.", panels_of_years()),
        Group("In the columns of others", "For code that reads these already.", layouts_of_others()),
    ]


@cache
def tables() -> dict[str, Table]:
    """The files that can be downloaded, and the parts that have no file of their own, by the names of their pages."""
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
    """The parts of what the lists have, each a row."""
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
    """The panels: a row for each dyad, or country, and year."""
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
    """The files in the columns of other registers."""
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
    """The file of all figures, wherever they stand."""
    help_text = "A number of an event, a deal or an observation, with the record in which it stands."
    return Table("figures", "figures", help_text, tuple(variables_of(EventFigure, figures.COLUMNS)))


def variables_of(model: type[models.Model], columns: Iterable[Column]) -> Iterator[Variable]:
    """The columns of a file of a model."""
    for column in columns:
        vocabulary = column.vocabulary or vocabulary_of_column(model, column.name)
        yield Variable(column.name, column.help, vocabulary, column.of_a_day)


def panel_variables(columns: Iterable[Column]) -> tuple[Variable, ...]:
    """The columns of a file that is of no one model; those without a name belong to the one before."""
    return tuple(Variable(column.name, column.help, column.vocabulary) for column in columns if column.name.strip())


def first_paragraph(model: Any) -> str:
    """What one row is, in the words of its docstring."""
    return " ".join((model.__doc__ or "").strip().partition("\n\n")[0].split())


def rules_of(model: Any) -> tuple[str, ...]:
    """What PostgreSQL keeps of the rows of a model, in words: within a row, between rows, and between tables.

    That a column holds a term of its list is said by the list.
    """
    within = [
        str(each.violation_error_message) for each in model._meta.constraints if not each.name.endswith("_is_known")
    ]
    ours = [type(each) for each in model._meta.triggers if type(each).__module__.startswith(triggers.__name__)]
    return tuple(dict.fromkeys([*within, *map(first_paragraph, ours)]))


def vocabulary_of_column(model: type[models.Model], name: str) -> type[Vocabulary] | None:
    """The closed list of a column of a file, where it is a column of the model."""
    try:
        return vocabulary_of(model._meta.get_field(name))
    except FieldDoesNotExist:
        return None


def anchor(vocabulary: type[Vocabulary], value: str = "") -> str:
    """What a list, or a term of it, is called in addresses."""
    return "-".join(filter(None, (vocabulary.__name__.lower(), value)))
