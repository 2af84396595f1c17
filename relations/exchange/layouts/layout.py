"""The layout of a file: the columns of another register, and the function that fills them from our records."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from relations.exchange.column import Column
from relations.exchange.panels import column

Row = tuple[Any, ...]
Rows = Callable[[QuerySet, str], Iterator[Row]]
CHUNK_SIZE = 500  # records read at once


@dataclass(frozen=True)
class Layout:
    """A layout: the name of its file, whose layout it is, the collection of its records, its columns, and its rows."""

    name: str
    whose: str
    collection: str
    columns: tuple[Column, ...]
    rows: Rows


def their_columns(*names: str) -> tuple[Column, ...]:
    """Columns with the names of another register."""
    return tuple(column(name, "text", "As in that register.") for name in names)


LINK_COLUMNS = (
    column("dyad_slug", "code", "The slug of the record here."),
    column("dyad_modality", "term", "How its sources put it."),
    column("dyad_permalink", "code", "The address of the record here."),
)


def link_cells(record: Any, base_url: str) -> Row:
    """The cells of LINK_COLUMNS for a record."""
    return record.slug, record.modality, f"{base_url.rstrip('/')}{record.get_absolute_url()}"
