"""Keyset pagination: a list has a sort, and each page begins after a cursor, the last row of the previous page."""

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
MANY = 10_000  # rows of a list are counted up to this; longer lists say “more than”
LETTERS = 100  # lists that are sorted by a text use only its first letters, so that a cursor stays short


FIRST = """
    WITH found AS MATERIALIZED ({found}), counted AS (SELECT count(*) AS number FROM found)
    SELECT counted.number, row.* FROM counted LEFT JOIN LATERAL (
        SELECT * FROM found WHERE counted.number <= %s ORDER BY {order} LIMIT %s
    ) AS row ON true
"""  # returns the number of rows, and the first rows in order unless there are more than `most`


class Row(Func):
    """A row constructor: several columns or values that are compared lexicographically."""

    function = "ROW"
    output_field = BooleanField()


def letters(column: str) -> Left:
    """The first LETTERS letters of a text column, to sort by; the key decides between rows that have the same."""
    return Left(column, LETTERS)


def day(text: str) -> date | None:
    """Parses the day in a cursor; None if it is empty, for rows without a day."""
    return date.fromisoformat(text) if text else None


def moment(text: str) -> datetime:
    """Parses a time stamp with an offset and converts it to UTC; ValueError if it has no offset or is out of range."""
    stamp = datetime.fromisoformat(text)
    if stamp.tzinfo is None:
        raise ValueError(text)
    try:
        return stamp.astimezone(UTC)
    except OverflowError:
        raise ValueError(text) from None


@dataclass(frozen=True)
class Page:
    """One page of rows, and the cursor of the next page, empty on the last."""

    rows: list[Any]
    next: str

    def number_of(self, rows: QuerySet, after: str, most: int) -> int:
        """The number of all `rows`, of which this is the page after the cursor `after`; at most `most` + 1."""
        return counted(rows, most) if after or self.next else len(self.rows)


class Placed(NamedTuple):
    """The place of a record in a sorted list, with the value that it is sorted by."""

    record_id: int
    slug: str
    sorted_by: Any


def counted(rows: QuerySet, most: int = MANY) -> int:
    """The number of rows, at most `most` + 1; cached, so that all pages of a list share it."""
    try:
        found: int = number(*to_count(rows, most))
    except EmptyResultSet:
        return 0
    return found


def to_count(rows: QuerySet, most: int) -> "tuple[str, str, Values]":
    """The arguments for `number` to count rows up to `most` + 1; raises EmptyResultSet if the query can have none."""
    query = rows.query
    if query.default_cols and not query.distinct:
        rows = rows.values("pk")  # counting needs no other column
    sql, values = rows.order_by()[: most + 1].query.get_compiler(rows.db).as_sql()
    return rows.db, sql, Values(values)


class Values(tuple):
    """The parameters of a query, hashable even if some are lists."""

    def __hash__(self) -> int:
        return hash(repr(self))


@remembered(most=1000)
def number(database: str, sql: str, values: Values) -> int:
    """The number of rows of a query, cached."""
    with connections[database].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql}) AS row", values)  # noqa: S608 - made by Django
        found: int = cursor.fetchone()[0]
    return found


@dataclass(frozen=True)
class Sort:
    """An order of a list: by an expression `by`, then by key; rows without a value come last in both directions.

    A cursor is the value and the key of a row, such as `1963-08-24~the-visit`; `parse` reads the value. Only a day may
    be missing. `is_derived` means that the expression is computed for every row, because no index has it.
    """

    label: str
    by: Any
    key: str = "slug"
    descending: bool = False
    parse: Callable[[str], Any] = str
    is_derived: bool = False

    @property
    def order(self) -> tuple[OrderBy, OrderBy]:
        """The arguments for order_by() of rows that are annotated with `sorted_by`."""
        value, key = F("sorted_by"), F(self.key)
        if self.descending:
            return value.desc(nulls_last=True), key.desc()
        return value.asc(nulls_last=True), key.asc()

    def apply(self, rows: QuerySet) -> QuerySet:
        """The rows in this order, annotated with `sorted_by`."""
        return rows.annotate(sorted_by=self.by).order_by(*self.order)

    def read(self, cursor: str) -> tuple[Any, str]:
        """Parses a cursor into value and key; ValueError if it is not a cursor of this order."""
        value, separator, key = cursor.rpartition("~")
        if not (separator and key):
            raise ValueError(cursor)
        return self.parse(value), key

    def cursor(self, row: Any) -> str:
        """The cursor of a row that is annotated with `sorted_by`."""
        value = row.sorted_by
        if isinstance(value, date):
            value = value.isoformat()
        return f"{'' if value is None else value}~{getattr(row, self.key)}"

    def runs(self, rows: QuerySet, after: str = "") -> Iterator[QuerySet]:
        """The rows after a cursor as consecutive QuerySets: those with a value, then those without.

        Each can be read in order from an index, starting at the cursor. The first page of a derived order is a single
        QuerySet, because filtering by the value would compute it a second time.
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
            # The value is always NULL here, but the order must match that of the index.
            yield run.order_by(*in_order)

    def first_page(self, places: QuerySet, size: int, most: int) -> tuple[Page, int]:
        """The first page of places that no index has in this order, and their number, in one query.

        If there are more than `most`, the number is `most` + 1 and the page takes a query of its own.
        """
        try:
            counting_query = to_count(places, most)
        except EmptyResultSet:
            return Page([], ""), 0
        count = number.cached(*counting_query)
        if count is None:
            count, rows = self.first_rows(places, size + 1, most)
            number.store(count, *counting_query)
            if count <= most:
                return self.cut(rows, size), count
        return self.page([places], "", size), count

    def first_rows(self, places: QuerySet, size: int, most: int) -> tuple[int, list[Placed]]:
        """The number of places, at most `most` + 1, and the first `size` of them, or none if there are more."""
        columns = places.order_by().annotate(sorted_by=self.by).values_list(*Placed._fields)
        found, values = columns[: most + 1].query.get_compiler(places.db).as_sql()
        direction = "DESC" if self.descending else "ASC"
        order = f"sorted_by {direction} NULLS LAST, {self.key} {direction}"
        with connections[places.db].cursor() as cursor:
            cursor.execute(FIRST.format(found=found, order=order), [*values, most, size])
            rows = cursor.fetchall()
        return rows[0][0], [Placed(*row) for _, *row in rows if row[0] is not None]

    def page(self, parts: Sequence[QuerySet], after: str, size: int) -> Page:
        """The page of `size` rows after a cursor; `parts` are consecutive QuerySets in ascending order."""
        found: list[Any] = []
        in_order = reversed(parts) if self.descending else parts
        for run in (run for rows in in_order for run in self.runs(rows, after)):
            found += run[: size + 1 - len(found)]
            if len(found) > size:
                break
        return self.cut(found, size)

    def cut(self, found: list[Any], size: int) -> Page:
        """The page of the first `size` rows found; there is a next page if one more was found."""
        return Page(found[:size], self.cursor(found[size - 1]) if len(found) > size else "")


@cache
def first_of_all(rows: QuerySet, sort: Sort) -> prepared:
    """A prepared query for the first rows of an unfiltered list."""
    return prepared(lambda *, most: next(sort.runs(rows))[:most])


def number_of_all(rows: QuerySet) -> int:
    """The number of rows of an unfiltered list, at most MANY + 1; cached."""
    found: int = number(rows.db, *counting(rows))
    return found


@cache
def counting(rows: QuerySet) -> tuple[str, Values]:
    """The SQL and parameters that count the rows of an unfiltered list, compiled once."""
    _, sql, values = to_count(rows.all(), MANY)
    return sql, values
