"""Queries that pages ask again and again with other values: built and compiled by Django once.

To build a query of this register and to make SQL of it takes Django one to ten milliseconds, often more than to read
the rows. A prepared query takes that once in the life of a process; a planned one is planned by PostgreSQL once a
connection, too.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from functools import cache, lru_cache, partial, update_wrapper
from inspect import signature
from typing import Any

from django.db import connections
from django.db.models import Expression, ManyToOneRel, Prefetch, QuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

from relations.plans import rows_by_plan


class Given(Expression):
    """The place of a value that is given each time, in whatever expression or condition; `among` takes a list there."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__()

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return "%s", (self,)


class AskedQuery(Query):
    """A query with its SQL, the values for it and what its columns become; it is read as it is, and never narrowed."""

    compiled: SQLCompiler
    converters: dict[int, Any]
    sql: str
    values: tuple[Any, ...]
    is_planned: bool

    def get_compiler(self, using: str | None = None, connection: Any = None, elide_empty: bool = True) -> SQLCompiler:
        """The compiler that knows what is selected; a copy of it, for a connection is of one thread."""
        compiler = copy(self.compiled)
        compiler.connection = connection or connections[str(using)]
        compiler.execute_sql = lambda *_, **__: [self.rows(compiler)]  # type: ignore[method-assign, assignment]
        compiler.get_converters = lambda _: self.converters  # type: ignore[method-assign, assignment]
        return compiler

    def rows(self, compiler: Any) -> list[Any]:
        """The rows as PostgreSQL gives them, less what they are only sorted by."""
        if self.is_planned:
            rows = rows_by_plan(compiler.connection, self.sql, self.values)
        else:
            with compiler.connection.cursor() as cursor:
                cursor.execute(self.sql, self.values)
                rows = cursor.fetchall()
        return [row[: compiler.col_count] for row in rows] if compiler.has_extra_select else rows


class Question:
    """A QuerySet that is compiled, with the parts that it prefetches, of which each is a question of its own."""

    def __init__(self, rows: QuerySet, *, is_planned: bool = False) -> None:
        meta = rows.model._meta
        readers: dict[Any, Callable[[Prefetch], Parts | Referred]] = {
            **{each.get_accessor_name(): partial(Parts, each) for each in meta.related_objects if each.one_to_many},
            **{each.name: partial(Referred, each) for each in meta.fields if each.many_to_one},
        }
        asked: Any = rows
        lookups = [each if isinstance(each, Prefetch) else Prefetch(each) for each in asked._prefetch_related_lookups]
        self.parts = [readers[each.prefetch_through](each) for each in lookups if each.prefetch_through in readers]
        others = [each for each in lookups if each.prefetch_through not in readers]
        self.rows = rows.prefetch_related(None).prefetch_related(*others) if lookups else rows
        query: Any = self.rows.query
        compiler = query.get_compiler(rows.db)
        sql, params = compiler.as_sql()
        self.names = [each.name for each in params if isinstance(each, Given)]
        converters = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])
        compiler.connection = None
        query.__class__ = AskedQuery  # as Django itself makes one kind of query another
        query.compiled, query.converters = compiler, converters
        query.sql, query.is_planned = with_constants(sql, params, rows.db), is_planned or not self.names

    def ask(self, given: Mapping[str, Any]) -> list[Any]:
        """The rows for these values, with their parts."""
        asked = self.rows.all()
        query: Any = asked.query
        query.values = tuple(given[name] for name in self.names)
        rows = list(asked)
        for parts in self.parts if rows else ():
            parts.read(rows)
        return rows


def with_constants(sql: str, params: Iterable[Any], database: str) -> str:
    """SQL with places for what is given alone: by what never changes, a kept plan finds the indexes that are for it."""
    connection: Any = connections[database]
    connection.ensure_connection()
    values = iter(params)

    def placed(place: re.Match[str]) -> str:
        value = "" if place[0] == "%%" else next(values)
        if place[0] == "%%" or isinstance(value, Given):
            return place[0]
        return connection.ops.compose_sql("%s", [value]).replace("%", "%%")

    return re.sub("%[%s]", placed, sql)


KEYS = "keys of their owners"  # under which a question that is part of another is given them


class Referred:
    """The rows that those of a question refer to by one column, and are read with them."""

    def __init__(self, key: Any, lookup: Prefetch) -> None:
        self.key = key
        rows = key.related_model._default_manager.all() if lookup.queryset is None else lookup.queryset
        self.question = Question(rows.filter(pk__among=Given(KEYS)), is_planned=True)

    def read(self, owners: list[Any]) -> None:
        """Give each of its owners the one that it refers to; none where that is not among the rows."""
        keys = {getattr(owner, self.key.attname) for owner in owners} - {None}
        found = {row.pk: row for row in self.question.ask({KEYS: [*keys]})} if keys else {}
        for owner in owners:
            self.key.set_cached_value(owner, found.get(getattr(owner, self.key.attname)))


class Parts:
    """The rows that refer to those of a question and are read with them: its citations, participations, figures.

    They are found where Django puts what it prefetches.
    """

    def __init__(self, relation: ManyToOneRel, lookup: Prefetch) -> None:
        self.key = relation.field
        self.name = lookup.prefetch_through
        self.attribute = lookup.to_attr
        self.model: Any = relation.related_model
        parts = self.model._default_manager.all() if lookup.queryset is None else lookup.queryset
        self.question = Question(parts.filter(**{f"{self.key.name}__among": Given(KEYS)}), is_planned=True)
        self.query = Query(self.model)  # which all rows that are read have in common, and is never asked

    def read(self, owners: list[Any]) -> None:
        """Give each of its owners those that refer to it."""
        of_owner: dict[Any, list[Any]] = {owner.pk: [] for owner in owners}
        for part in self.question.ask({KEYS: [*of_owner]}):
            of_owner[getattr(part, self.key.attname)].append(part)
        for owner in owners:
            found = of_owner[owner.pk]
            for part in found:
                self.key.set_cached_value(part, owner)
            if self.attribute:
                setattr(owner, self.attribute, found)
            else:
                self.known(owner)[self.name] = self.as_rows(found)

    @staticmethod
    def known(owner: Any) -> dict[str, QuerySet]:
        """What is prefetched of a row."""
        return owner.__dict__.setdefault("_prefetched_objects_cache", {})

    def as_rows(self, found: list[Any]) -> QuerySet:
        """Rows that are read already, as a QuerySet."""
        rows: Any = type(self.question.rows)(self.model, self.query)
        rows._result_cache, rows._prefetch_done = found, True
        return rows


def read_parts(owners: list[Any], name: str) -> None:
    """Give each of some rows of a type its parts of a name, such as the lifespans of countries, unless it has them."""
    if without := [owner for owner in owners if name not in Parts.known(owner)]:
        model: Any = type(without[0])
        parts_of(model, name).read(without)


def read_with(owner: Any, name: str) -> Iterable[Any]:
    """The parts of a name that were read with a row, else those that it has; Django makes a manager at each asking."""
    found: Iterable[Any] | None = Parts.known(owner).get(name)
    return getattr(owner, name).all() if found is None else found


@cache
def parts_of(model: Any, name: str) -> Parts:
    """What reads the parts of a name for rows of a type."""
    return Parts(model._meta.get_field(name), Prefetch(name))


class prepared:
    """A function that builds a QuerySet of the places of its values, as a query that is asked by the values for these.

    What it builds must be the same each time: it may not look at the day, at settings or at who asks.
    The answer is a list, read anew at each call; what the QuerySet prefetches is read with it. What is given by
    keyword, such as how many rows there may be, is part of the query, which is compiled once for each. A function that
    takes as many values as there are types of records is told the `names` of their places.
    """

    is_planned = False
    MOST = 200  # queries of one function that are kept, the last that were asked

    def __init__(self, build: Callable[..., QuerySet], names: Iterable[str] = ()) -> None:
        self.build = build
        places = signature(build).parameters.items()
        self.names = [*names] or [name for name, place in places if place.kind is not place.KEYWORD_ONLY]
        self.question = lru_cache(self.MOST)(self.compiled)
        update_wrapper(self, build)

    def compiled(self, **fixed: Any) -> Question:
        """The query, with places for all that is not fixed."""
        return Question(self.build(*map(Given, self.names), **fixed), is_planned=self.is_planned)

    def __call__(self, *values: Any, **fixed: Any) -> list[Any]:
        return self.question(**fixed).ask(dict(zip(self.names, values, strict=True)))


class planned(prepared):
    """A prepared query that PostgreSQL, too, plans once, for a connection: one that looks rows up by a key or a name.

    The plan has to be good for whatever is given. So it is never a search or a filter, for what suits a rare word suits
    no common one. A query that is given nothing has one plan anyhow, and is planned so, too.
    """

    is_planned = True
