"""Queries that Django builds and compiles once, and that pages then run again and again with other values.

Building a query of this register and compiling it to SQL takes Django one to ten milliseconds, often more than reading
the rows. A prepared query pays that once per process. A planned query is also planned by PostgreSQL only once per
connection.
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


class Placeholder(Expression):
    """Stands for a value that is passed at each call, in any expression or condition; the lookup `among` takes a list.

    Its SQL is `%s` with itself as the parameter, so that `PreparedQuery` finds it among the parameters.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__()

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return "%s", (self,)


class CompiledQuery(Query):
    """A query that runs SQL compiled before, with the converters of its columns; it cannot be filtered further."""

    compiled: SQLCompiler
    converters: dict[int, Any]
    sql: str
    values: tuple[Any, ...]
    is_planned: bool

    def get_compiler(self, using: str | None = None, connection: Any = None, elide_empty: bool = True) -> SQLCompiler:
        """A copy of the compiler that compiled this query; a copy because a connection belongs to one thread."""
        compiler = copy(self.compiled)
        compiler.connection = connection or connections[str(using)]
        compiler.execute_sql = lambda *_, **__: [self.rows(compiler)]  # type: ignore[method-assign, assignment]
        compiler.get_converters = lambda _: self.converters  # type: ignore[method-assign, assignment]
        return compiler

    def rows(self, compiler: Any) -> list[Any]:
        """The rows as the cursor returns them, without the columns that are selected for ORDER BY alone."""
        if self.is_planned:
            rows = rows_by_plan(compiler.connection, self.sql, self.values)
        else:
            with compiler.connection.cursor() as cursor:
                cursor.execute(self.sql, self.values)
                rows = cursor.fetchall()
        return [row[: compiler.col_count] for row in rows] if compiler.has_extra_select else rows


class PreparedQuery:
    """A QuerySet compiled to SQL, and a prepared query of its own for each relation that it prefetches.

    Without placeholders there is only one plan, so that the query is planned in any case.
    """

    def __init__(self, rows: QuerySet, *, is_planned: bool = False) -> None:
        meta = rows.model._meta
        readers: dict[Any, Callable[[Prefetch], Parts | Referenced]] = {
            **{each.get_accessor_name(): partial(Parts, each) for each in meta.related_objects if each.one_to_many},
            **{each.name: partial(Referenced, each) for each in meta.fields if each.many_to_one},
        }
        prefetching: Any = rows
        lookups = [
            each if isinstance(each, Prefetch) else Prefetch(each) for each in prefetching._prefetch_related_lookups
        ]
        self.parts = [readers[each.prefetch_through](each) for each in lookups if each.prefetch_through in readers]
        others = [each for each in lookups if each.prefetch_through not in readers]
        self.rows = rows.prefetch_related(None).prefetch_related(*others) if lookups else rows
        query: Any = self.rows.query
        compiler = query.get_compiler(rows.db)
        sql, params = compiler.as_sql()
        self.names = [each.name for each in params if isinstance(each, Placeholder)]
        converters = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])
        compiler.connection = None
        query.__class__ = CompiledQuery  # as Django itself makes one kind of query another
        query.compiled, query.converters = compiler, converters
        query.sql, query.is_planned = with_inlined_constants(sql, params, rows.db), is_planned or not self.names

    def fetch(self, values: Mapping[str, Any]) -> list[Any]:
        """The rows for these values of the placeholders, by name, with what they prefetch."""
        queryset = self.rows.all()
        query: Any = queryset.query
        query.values = tuple(values[name] for name in self.names)
        rows = list(queryset)
        for parts in self.parts if rows else ():
            parts.read(rows)
        return rows


def with_inlined_constants(sql: str, params: Iterable[Any], database: str) -> str:
    """The SQL with all parameters written into it, except placeholders.

    With constants in its text, a generic plan can use partial indexes and others that depend on them.
    """
    connection: Any = connections[database]
    connection.ensure_connection()
    values = iter(params)

    def inlined(mark: re.Match[str]) -> str:
        value = "" if mark[0] == "%%" else next(values)
        if mark[0] == "%%" or isinstance(value, Placeholder):
            return mark[0]
        return connection.ops.compose_sql("%s", [value]).replace("%", "%%")

    return re.sub("%[%s]", inlined, sql)


KEYS = "keys"  # the name of the placeholder for the keys in the query of a prefetch


class Referenced:
    """A prefetch along a foreign key: the rows that the rows of a query refer to."""

    def __init__(self, key: Any, lookup: Prefetch) -> None:
        self.key = key
        rows = key.related_model._default_manager.all() if lookup.queryset is None else lookup.queryset
        self.prepared_query = PreparedQuery(rows.filter(pk__among=Placeholder(KEYS)), is_planned=True)

    def read(self, owners: list[Any]) -> None:
        """Sets the foreign key of each owner to the row that it refers to, or to None if the query leaves that out."""
        keys = {getattr(owner, self.key.attname) for owner in owners} - {None}
        found = {row.pk: row for row in self.prepared_query.fetch({KEYS: [*keys]})} if keys else {}
        for owner in owners:
            self.key.set_cached_value(owner, found.get(getattr(owner, self.key.attname)))


class Parts:
    """A prefetch along a reverse foreign key: the citations, participations or figures of the rows of a query.

    The parts are stored where Django's own prefetch stores them.
    """

    def __init__(self, relation: ManyToOneRel, lookup: Prefetch) -> None:
        self.key = relation.field
        self.name = lookup.prefetch_through
        self.attribute = lookup.to_attr
        self.model: Any = relation.related_model
        parts = self.model._default_manager.all() if lookup.queryset is None else lookup.queryset
        self.prepared_query = PreparedQuery(
            parts.filter(**{f"{self.key.name}__among": Placeholder(KEYS)}), is_planned=True
        )
        self.query = Query(self.model)  # never executed; shared by the QuerySets that `as_rows` makes

    def read(self, owners: list[Any]) -> None:
        """Gives each owner the list of its parts."""
        of_owner: dict[Any, list[Any]] = {owner.pk: [] for owner in owners}
        for part in self.prepared_query.fetch({KEYS: [*of_owner]}):
            of_owner[getattr(part, self.key.attname)].append(part)
        for owner in owners:
            found = of_owner[owner.pk]
            for part in found:
                self.key.set_cached_value(part, owner)
            if self.attribute:
                setattr(owner, self.attribute, found)
            else:
                self.cache_of(owner)[self.name] = self.as_rows(found)

    @staticmethod
    def cache_of(owner: Any) -> dict[str, QuerySet]:
        """Django's cache of what has been prefetched for a row, by accessor name."""
        return owner.__dict__.setdefault("_prefetched_objects_cache", {})

    def as_rows(self, found: list[Any]) -> QuerySet:
        """A QuerySet whose rows are already loaded."""
        rows: Any = type(self.prepared_query.rows)(self.model, self.query)
        rows._result_cache, rows._prefetch_done = found, True
        return rows


def read_parts(owners: list[Any], name: str) -> None:
    """Prefetches one kind of parts, such as `lifespans` of countries, for the rows of one model that lack them."""
    if without := [owner for owner in owners if name not in Parts.cache_of(owner)]:
        model: Any = type(without[0])
        parts_of(model, name).read(without)


def prefetched(owner: Any, name: str) -> Iterable[Any]:
    """The parts of a row from its prefetch cache, else from the database.

    `owner.name.all()` gives the same, but creates a manager at each call.
    """
    found: Iterable[Any] | None = Parts.cache_of(owner).get(name)
    return getattr(owner, name).all() if found is None else found


@cache
def parts_of(model: Any, name: str) -> Parts:
    """The prefetch of the parts of a model that have this accessor name."""
    return Parts(model._meta.get_field(name), Prefetch(name))


class prepared:
    """Decorates a function that builds a QuerySet: it is called once with placeholders, and then only its SQL is run.

    A call returns a list, read from the database each time, with what the QuerySet prefetches. Positional arguments are
    values for the placeholders. Keyword arguments, such as a limit, are part of the query, which is compiled once for
    each combination. A function with `*args` needs the `names` of its placeholders.

    The function must build the same query each time: it may not depend on the day, on settings or on the visitor.
    """

    is_planned = False
    MOST = 200  # compiled queries that are cached per function, the most recently used

    def __init__(self, build: Callable[..., QuerySet], names: Iterable[str] = ()) -> None:
        self.build = build
        places = signature(build).parameters.items()
        self.names = [*names] or [name for name, place in places if place.kind is not place.KEYWORD_ONLY]
        self.query_for = lru_cache(self.MOST)(self.compiled)
        update_wrapper(self, build)

    def compiled(self, **fixed: Any) -> PreparedQuery:
        """The compiled query for these keyword arguments, with placeholders for the positional ones."""
        return PreparedQuery(self.build(*map(Placeholder, self.names), **fixed), is_planned=self.is_planned)

    def __call__(self, *values: Any, **fixed: Any) -> list[Any]:
        return self.query_for(**fixed).fetch(dict(zip(self.names, values, strict=True)))


class planned(prepared):
    """A prepared query that PostgreSQL plans once per connection: one that looks rows up by a key or a name.

    The generic plan must suit all values, so this is not for searches and filters: a plan that is good for a rare word
    is bad for a common one.
    """

    is_planned = True
