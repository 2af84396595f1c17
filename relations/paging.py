"""Lists that are read page by page: a sort, and a cursor that holds where the page before ended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Left

LONGEST_CURSOR = 200
LETTERS = 100  # of a text that a cursor has room for, beside a key; lists are sorted by no more of it


def letters(column: str) -> Left:
    """What a list is sorted by that is sorted by a text: its first letters; those of long texts may be alike."""
    return Left(column, LETTERS)


def day(text: str) -> date | None:
    """A day; None for rows without one."""
    return date.fromisoformat(text) if text else None


def moment(text: str) -> datetime:
    """A time stamp with its offset, in UTC; ValueError also where UTC has no such year."""
    stamp = datetime.fromisoformat(text)
    if stamp.tzinfo is None:
        raise ValueError(text)
    try:
        return stamp.astimezone(UTC)
    except OverflowError:
        raise ValueError(text) from None


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the cursor of the next ones, empty on the last page."""

    rows: list[Any]
    next: str


@dataclass(frozen=True)
class Sort:
    """An order of a list: by an expression, ties by the key; what has no value comes last either way.

    A cursor is the value and the key of a row, `1963-08-24~the-visit`; `parse` reads the value.
    """

    label: str
    by: Any
    key: str = "slug"
    descending: bool = False
    parse: Callable[[str], Any] = str

    def apply(self, queryset: QuerySet) -> QuerySet:
        """The rows in this order, each with the value that it is `sorted_by`."""
        value = F("sorted_by")
        ordered = value.desc(nulls_last=True) if self.descending else value.asc(nulls_last=True)
        return queryset.annotate(sorted_by=self.by).order_by(ordered, self.key)

    def read(self, cursor: str) -> tuple[Any, str]:
        """The value and the key in a cursor; ValueError when it is no cursor of this order."""
        value, separator, key = cursor.rpartition("~")
        if not (separator and key):
            raise ValueError(cursor)
        return self.parse(value), key

    def cursor(self, row: Any) -> str:
        """The value and the key of a row in this order."""
        value = row.sorted_by
        if isinstance(value, date):
            value = value.isoformat()
        return f"{'' if value is None else value}~{getattr(row, self.key)}"

    def after(self, rows: QuerySet, cursor: str) -> QuerySet:
        """Of rows in this order, those that come after the one that the cursor names."""
        value, key = self.read(cursor)
        none, later_key = Q(sorted_by__isnull=True), Q(**{f"{self.key}__gt": key})
        if value is None:
            return rows.filter(none & later_key)
        beyond = Q(**{f"sorted_by__{'lt' if self.descending else 'gt'}": value})
        return rows.filter(beyond | (Q(sorted_by=value) & later_key) | none)

    def page(self, rows: QuerySet, after: str, size: int) -> Page:
        """Of rows in this order, so many after a cursor; one more is read, to know whether there is a next page."""
        found = list((self.after(rows, after) if after else rows)[: size + 1])
        return Page(found[:size], self.cursor(found[size - 1]) if len(found) > size else "")
