"""Lists that are read page by page: a sort, and a cursor that holds where the page before ended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet


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
    """An order of a list: by a column, ties by the key; what has no value comes last either way."""

    label: str
    column: str
    key: str = "slug"
    descending: bool = False
    read: Callable[[str], Any] = str

    def apply(self, queryset: QuerySet) -> QuerySet:
        """The rows in this order."""
        column = F(self.column)
        ordered = column.desc(nulls_last=True) if self.descending else column.asc(nulls_last=True)
        return queryset.order_by(ordered, self.key)

    def place(self, cursor: str) -> tuple[Any, str]:
        """The value and the key that a cursor names; ValueError when it is no cursor of this order."""
        value, separator, key = cursor.rpartition("~")
        if not (separator and key):
            raise ValueError(cursor)
        return self.read(value) if value else None, key

    def after(self, queryset: QuerySet, cursor: str) -> QuerySet:
        """The rows after the one that the cursor names."""
        known, key = self.place(cursor)
        none, later_key = Q(**{f"{self.column}__isnull": True}), Q(**{f"{self.key}__gt": key})
        if known is None:
            return queryset.filter(none & later_key)
        beyond = Q(**{f"{self.column}__{'lt' if self.descending else 'gt'}": known})
        return queryset.filter(beyond | (Q(**{self.column: known}) & later_key) | none)

    def cursor(self, row: Any) -> str:
        """Where a row stands: the value it is sorted by, and its key."""
        value = getattr(row, self.column)
        if isinstance(value, date):
            value = value.isoformat()
        return f"{'' if value is None else value}~{getattr(row, self.key)}"

    def page(self, queryset: QuerySet, after: str, size: int) -> Page:
        """The rows after a cursor; one more than asked for is read, to know whether there is a next page."""
        found = list((self.after(queryset, after) if after else queryset)[: size + 1])
        return Page(found[:size], self.cursor(found[size - 1]) if len(found) > size else "")
