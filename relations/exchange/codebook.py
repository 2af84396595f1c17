"""The codebook: every column and every closed list, made from the models, so that it cannot say anything else."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from relations.exchange.columns import COLUMNS, collection_of, columns_of
from relations.models import Citation, EventFigure, Participation
from relations.models.vocabularies import TRACK_VALUES, AddressReason, Collection, State, Track, Vocabulary
from relations.status import Verdict

# What only the desk sees, or what is no list of terms, is not explained to readers.
NOT_EXPLAINED: set[type[Vocabulary]] = {State, Collection, AddressReason}
VOCABULARIES: tuple[type[Vocabulary], ...] = tuple(
    sorted(set(Vocabulary.__subclasses__()) - NOT_EXPLAINED | {Verdict}, key=lambda vocabulary: vocabulary.__name__)
)


@dataclass(frozen=True)
class Variable:
    """A column as a reader of the data meets it, in files and, by the same name, as a field of citations."""

    name: str
    help: str
    vocabulary: type[Vocabulary] | None


@dataclass(frozen=True)
class Table:
    """A record type, thing or part: what one row is, and its columns."""

    name: str
    collection: str
    help: str
    variables: tuple[Variable, ...]

    @property
    def has_file(self) -> bool:
        """Whether it is downloaded as a list of its own; passages are read with their source."""
        return self.collection not in ("", "passages")


def tables() -> list[Table]:
    """The files that can be downloaded, and the parts that stand in one cell of theirs."""
    files = [
        Table(
            str(model._meta.verbose_name_plural),
            collection_of(model),
            first_paragraph(model),
            tuple(Variable(c.name, c.help, vocabulary_of_column(model, c.name)) for c in columns_of(model)),
        )
        for model in COLUMNS
    ]
    parts = [
        Table(
            str(model._meta.verbose_name_plural),
            "",
            first_paragraph(model),
            tuple(Variable(f.name, f.help_text, vocabulary_of(f)) for f in described_fields(model)),
        )
        for model in (Participation, EventFigure, Citation)
    ]
    return files + parts


def described_fields(model: type[models.Model]) -> list[Any]:
    """The columns of a part that say something of their own."""
    return [field for field in model._meta.concrete_fields if field.help_text and field.editable]


def first_paragraph(model: type[models.Model]) -> str:
    """What one row is, in the words of the model's docstring."""
    return " ".join((model.__doc__ or "").strip().partition("\n\n")[0].split())


def vocabulary_of_column(model: type[models.Model], name: str) -> type[Vocabulary] | None:
    """The closed list of a column of a file, where it is a column of the model."""
    try:
        return vocabulary_of(model._meta.get_field(name))
    except FieldDoesNotExist:
        return None


def anchor(vocabulary: type[Vocabulary], value: str = "") -> str:
    """Where a list, or a term of it, stands on the codebook's page."""
    return "-".join(filter(None, (vocabulary.__name__.lower(), value)))


@cache
def vocabulary_of(field: Any) -> type[Vocabulary] | None:
    """The closed list of a column; None for free text, numbers, dates and keys."""
    choices = list(getattr(field, "choices", None) or ())
    return next((known for known in VOCABULARIES if choices and known.choices == choices), None)


def term_of(instance: models.Model, name: str) -> Vocabulary | None:
    """The term that stands in a column of a record; the values of a period are those of its track."""
    value = getattr(instance, name)
    field = instance._meta.get_field(name)
    vocabulary = vocabulary_of(field)
    if name == "value" and hasattr(instance, "track"):
        vocabulary = TRACK_VALUES[Track(instance.track)]
    return vocabulary(value) if vocabulary and value in vocabulary.values else None
