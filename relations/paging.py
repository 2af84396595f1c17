"""Lists that are read page by page: a sort, and a cursor that holds where the page before ended."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BooleanField, F, Func, OrderBy, QuerySet, Value
from django.db.models.functions import Left
from django.db.models.lookups import GreaterThan, LessThan

from relations.prepared import prepared
from relations.remembered import remembered

LONGEST_CURSOR = 200
MANY = 10_000  # to which the rows of a list are counted
LETTERS = 100  # of a text that a cursor has room for, beside a key; lists are sorted by no more of it


FIRST = """
    WITH found AS MATERIALIZED ({found}), counted AS (SELECT count(*) AS number FROM found)
    SELECT counted.number, row.* FROM counted LEFT JOIN LATERAL (
        SELECT * FROM found WHERE counted.number <= %s ORDER BY {order} LIMIT %s
    ) AS row ON true
"""  # of more than are counted none is put in order


class Row(Func):
    """Several columns or values that are compared as one: by the first, and where these are alike by the next."""

    function = "ROW"
    output_field = BooleanField()


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

    def number_of(self, rows: QuerySet, after: str, most: int) -> int:
        """How many there are of the rows of which this is the page after a cursor, counted to one more than `most`."""
        return counted(rows, most) if after or self.next else len(self.rows)


class Placed(NamedTuple):
    """The place of a record, with the value that it is sorted by."""

    record_id: int
    slug: str
    sorted_by: Any


def counted(rows: QuerySet, most: int = MANY) -> int:
    """How many there are, counted to one more than `most`; pages of one list share the number while nothing changes."""
    try:
        found: int = number(*to_count(rows, most))
    except EmptyResultSet:
        return 0
    return found


def to_count(rows: QuerySet, most: int) -> "tuple[str, str, Values]":
    """What `number` is asked, to count some rows to one more than `most`; EmptyResultSet where there can be none."""
    query = rows.query
    if query.default_cols and not query.distinct:
        rows = rows.values("pk")  # of whole rows none need be read
    sql, values = rows.order_by()[: most + 1].query.get_compiler(rows.db).as_sql()
    return rows.db, sql, Values(values)


class Values(tuple):
    """The values of a query, of which some are lists: they are the same where they are written the same."""

    def __hash__(self) -> int:
        return hash(repr(self))


@remembered(most=1000)
def number(database: str, sql: str, values: Values) -> int:
    """How many rows a query has."""
    with connections[database].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql}) AS row", values)  # noqa: S608 - made by Django
        found: int = cursor.fetchone()[0]
    return found


@dataclass(frozen=True)
class Sort:
    """An order of a list: by an expression, ties by the key; what has no value comes last either way.

    A cursor is the value and the key of a row, `1963-08-24~the-visit`; `parse` reads the value. Only a day may be
    missing. What no index has in order `is_derived` for each row there is.
    """

    label: str
    by: Any
    key: str = "slug"
    descending: bool = False
    parse: Callable[[str], Any] = str
    is_derived: bool = False

    @property
    def order(self) -> tuple[OrderBy, OrderBy]:
        """What the rows are ordered by, each with the value that it is `sorted_by`."""
        value, key = F("sorted_by"), F(self.key)
        if self.descending:
            return value.desc(nulls_last=True), key.desc()
        return value.asc(nulls_last=True), key.asc()

    def apply(self, rows: QuerySet) -> QuerySet:
        """The rows in this order."""
        return rows.annotate(sorted_by=self.by).order_by(*self.order)

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

    def runs(self, rows: QuerySet, after: str = "") -> Iterator[QuerySet]:
        """The rows after a cursor, as runs that follow one another: those with a value, and those without.

        Each is in order, and read from where it begins as an index has it. What is derived is one run where it is
        read from its beginning: it would be derived once more to tell the two apart.
        """
        if self.is_derived and not after:
            yield self.apply(rows)
            return
        value, key = self.read(after) if after else (None, "")
        sign, beyond = ("-", LessThan) if self.descending else ("", GreaterThan)
        in_order = f"{sign}sorted_by", f"{sign}{self.key}"
        rows = rows.annotate(sorted_by=self.by)
        if not after or value is not None:
            run = rows
            if self.parse is day:
                run = run.filter(sorted_by__isnull=False)
            if after:
                run = run.filter(beyond(Row("sorted_by", self.key), Row(Value(value), Value(key))))
            yield run.order_by(*in_order)
        if self.parse is day:
            run = rows.filter(sorted_by__isnull=True)
            if after and value is None:
                run = run.filter(beyond(F(self.key), Value(key)))
            # Ordered by what they have not, too, as the index that holds them is.
            yield run.order_by(*in_order)

    def first_page(self, places: QuerySet, size: int, most: int) -> tuple[Page, int]:
        """The first rows of places that no index has in this order, and how many there are, counted by the same look.

        Very many are counted to one more than `most`, and read by a look of their own.
        """
        try:
            asked = to_count(places, most)
        except EmptyResultSet:
            return Page([], ""), 0
        count = number.cached(*asked)
        if count is None:
            count, rows = self.first_rows(places, size + 1, most)
            number.store(count, *asked)
            if count <= most:
                return self.cut(rows, size), count
        return self.page([places], "", size), count

    def first_rows(self, places: QuerySet, size: int, most: int) -> tuple[int, list[Placed]]:
        """How many places there are, and so many in this order unless there are more than `most`."""
        columns = places.order_by().annotate(sorted_by=self.by).values_list(*Placed._fields)
        found, values = columns[: most + 1].query.get_compiler(places.db).as_sql()
        direction = "DESC" if self.descending else "ASC"
        order = f"sorted_by {direction} NULLS LAST, {self.key} {direction}"
        with connections[places.db].cursor() as cursor:
            cursor.execute(FIRST.format(found=found, order=order), [*values, most, size])
            rows = cursor.fetchall()
        return rows[0][0], [Placed(*row) for _, *row in rows if row[0] is not None]

    def page(self, parts: Sequence[QuerySet], after: str, size: int) -> Page:
        """So many rows after a cursor, of parts in ascending order; one more tells whether there is a next page."""
        found: list[Any] = []
        in_order = reversed(parts) if self.descending else parts
        for run in (run for rows in in_order for run in self.runs(rows, after)):
            found += run[: size + 1 - len(found)]
            if len(found) > size:
                break
        return self.cut(found, size)

    def cut(self, found: list[Any], size: int) -> Page:
        """A page of so many of the rows found, of which one more tells whether there is a next page."""
        return Page(found[:size], self.cursor(found[size - 1]) if len(found) > size else "")


@cache
def first_of_all(rows: QuerySet, sort: Sort) -> prepared:
    """The first rows of a list that nothing narrows, in an order."""
    return prepared(lambda *, most: next(sort.runs(rows))[:most])


def number_of_all(rows: QuerySet) -> int:
    """How many rows a list has that nothing narrows."""
    found: int = number(rows.db, *counting(rows))
    return found


@cache
def counting(rows: QuerySet) -> tuple[str, Values]:
    """The query that counts the rows of a list that nothing narrows, with its values."""
    _, sql, values = to_count(rows.all(), MANY)
    return sql, values
