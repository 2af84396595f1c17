"""Tries an import without writing: finds out what PostgreSQL would refuse, without locks on the real tables.

Every table gets an empty twin in the temporary schema of the session, with the same checks, unique keys, exclusion
constraints, generated columns, and the triggers that refuse rows. The import is written to the twins. A temporary
view with the name of the table combines both, so that queries and triggers see the register as it would be after the
import. All of this is generated from the catalogue of PostgreSQL, so that no rule is repeated here. Then the
transaction is made read-only, and it is rolled back at the end.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from typing import Any

from django.db import connection, models, transaction
from psycopg import sql

from relations.bulk import copy_rows, delete_rows, update_rows
from relations.exchange.changes import Difference, Removal
from relations.exchange.existing_rows import PLANS, STATEMENT_TIMEOUT
from relations.exchange.rows import Model
from relations.exchange.writing import Writing
from relations.models import Country, Lifespan, RelationPeriod
from relations.models.keyed import Part
from relations.models.owners import WRITTEN
from relations.models.refusals import check_deferred

SAME = "{} = ANY (%s)"
SAME_NAME = "public.fold({}) = ANY (SELECT public.fold(each) FROM unnest(%s::text[]) AS each)"
# Models with an exclusion constraint, or with a unique key besides the natural one. Only rows with an equal value in
# the column given here can conflict, so existing rows with that value are copied to the twin as well.
NEIGHBOURS: dict[Model, tuple[str, str]] = {
    RelationPeriod: ("relation_id", SAME),
    Lifespan: ("country_id", SAME),
    Country: ("name", SAME_NAME),
}
LOCKS = re.compile(r"\bFOR (KEY SHARE|SHARE|NO KEY UPDATE|UPDATE)\b( OF \w+)?")
COPYING = "dyad.copying"  # a setting: "on" while existing rows are copied, which keep their version and time
TABLES = """
    SELECT name, string_agg(format('ADD CONSTRAINT %%I %%s', conname, pg_get_constraintdef(rule.oid)), ', ')
    FROM unnest(%s::text[]) AS name
    JOIN pg_constraint AS rule ON conrelid = to_regclass('public.' || name) AND contype IN ('p', 'u', 'x')
    GROUP BY name
"""
VIEW = """
    CREATE TEMP VIEW {table} AS SELECT * FROM pg_temp.trial_{table} UNION ALL SELECT * FROM public.{table} AS old
    WHERE NOT EXISTS (SELECT FROM pg_temp.gone_{table} AS gone WHERE gone.{key} = old.{key})
"""
INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY (SELECT to_regclass('public.' || name) FROM unnest(%s::text[]) AS name)
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
      AND pg_get_indexdef(indexrelid) LIKE '%%USING btree%%'
"""
# The triggers that refuse rows, and those that fill columns before a row is written.
TRIGGERS = """
    SELECT proname, prosrc, pg_get_triggerdef(trigger.oid)
    FROM pg_trigger AS trigger JOIN pg_proc AS body ON body.oid = tgfoid
    WHERE NOT tgisinternal AND tgrelid = ANY (SELECT to_regclass('public.' || name) FROM unnest(%s::text[]) AS name)
      AND (prosrc LIKE '%%RAISE EXCEPTION%%' OR tgtype & 3 = 3)
    ORDER BY tgrelid::regclass::text, tgname
"""


@contextmanager
def on_trial() -> Iterator[None]:
    """A transaction with the twins, for trying an import. It is read-only for the real tables, and rolled back."""
    with transaction.atomic(), connection.cursor() as cursor:
        check_deferred()  # for what the same transaction has written: it cannot be checked later
        cursor.execute(f"SET LOCAL statement_timeout = '{STATEMENT_TIMEOUT}'; {PLANS}")
        cursor.cursor.execute(trial_schema())  # bypasses what Django and pghistory add to a statement
        cursor.execute("SET LOCAL transaction_read_only = on")
        yield
        transaction.set_rollback(True)


@lru_cache
def trial_schema() -> str:
    """The SQL that creates the twins of all tables that imports write, and the views; computed once per process."""
    tables = [model._meta.db_table for model in WRITTEN]
    keys = {model._meta.db_table: model._meta.pk for model in WRITTEN}
    statements = []
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [tables])
        for table, rules in cursor.fetchall():
            key, kind = keys[table].column, keys[table].rel_db_type(connection)
            like = f"LIKE public.{table} INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS"
            statements += [
                f"CREATE TEMP TABLE trial_{table} ({like}) ON COMMIT DROP",
                f"ALTER TABLE pg_temp.trial_{table} {rules}",
                f"CREATE TEMP TABLE gone_{table} ({key} {kind} PRIMARY KEY) ON COMMIT DROP",
                VIEW.format(table=table, key=key),
            ]
        cursor.execute(INDEXES, [tables])
        for name, definition in cursor.fetchall():
            made = definition.replace(f"INDEX {name} ON public.", f"INDEX {name} ON pg_temp.trial_")
            statements.append(made)
        cursor.execute(TRIGGERS, [tables])
        for name, body, definition in cursor.fetchall():
            statements += trigger_on_trial(name, body, definition, tables)
    return ";\n".join(statements)


def trigger_on_trial(name: str, body: str, definition: str, tables: list[str]) -> Iterator[str]:
    """The SQL of a trigger for a twin, and of its function, changed to read the views."""
    names = "|".join(tables)
    body = LOCKS.sub("", re.sub(rf"\bpublic\.({names})\b", r"pg_temp.\1", body))
    yield f"CREATE FUNCTION pg_temp.{name}() RETURNS trigger LANGUAGE plpgsql AS $trial${body}$trial$"
    made = re.sub(rf" ON public\.({names}) ", r" ON pg_temp.trial_\1 ", definition)
    made = re.sub(r"EXECUTE FUNCTION (public\.)?", "EXECUTE FUNCTION pg_temp.", made)
    if " BEFORE INSERT " in made and " WHEN " not in made:
        unless = f"WHEN (coalesce(current_setting('{COPYING}', true), '') <> 'on')"
        made = made.replace("FOR EACH ROW ", f"FOR EACH ROW {unless} ")
    yield made


class Trial(Writing):
    """Writes to the twins. New rows get negative primary keys, which no sequence returns."""

    numbers = count(-1, -1)

    def reserve_keys(self, model: Model, how_many: int) -> list[Any]:
        return [next(self.numbers) for _ in range(how_many)]

    def add(self, differences: list[Difference]) -> None:
        model, instances = differences[0].model, [each.instance for each in differences]
        copy_neighbours(model, instances)
        for each in differences:
            if isinstance(model._meta.pk, models.AutoField | models.BigAutoField) and each.instance.pk is None:
                (each.instance.pk,) = self.reserve_keys(model, 1)
            if not issubclass(model, Part):
                self.existing.pks[model][each.row.key] = each.instance.pk
        copy_rows(model, instances, twin_of(model))

    def update(self, differences: list[Difference]) -> None:
        model, instances = differences[0].model, [each.instance for each in differences]
        copy_to_twin(model, pk_column(model), {each.pk for each in instances})
        copy_neighbours(model, instances)
        names = dict.fromkeys(name for each in differences for name in each.before)
        update_rows(model, list(names), instances, twin_of(model))

    def remove(self, removals: list[Removal]) -> None:
        model, pks = removals[0].model, [each.instance.pk for each in removals]
        copy_to_twin(model, pk_column(model), set(pks))
        delete_rows(model, pks, twin_of(model))


def twin_of(model: Model) -> str:
    """The name of the twin of a model's table."""
    return f"trial_{model._meta.db_table}"


def pk_column(model: Model) -> str:
    """The column of a model's primary key."""
    return str(model._meta.pk.column)


def copy_neighbours(model: Model, instances: list[Any]) -> None:
    """Copies the existing rows that constraints compare with these instances to the twin."""
    if model in NEIGHBOURS:
        column, alike = NEIGHBOURS[model]
        copy_to_twin(model, column, {getattr(each, column) for each in instances}, alike)


def copy_to_twin(model: Model, column: str, values: set[Any], alike: str = SAME) -> None:
    """Copies existing rows with these values in a column to the twin; rows that are there already stay unchanged."""
    table, key = model._meta.db_table, sql.Identifier(pk_column(model))
    names = [sql.Identifier(str(each.column)) for each in model._meta.concrete_fields if not each.generated]
    statement = sql.SQL(
        "WITH found AS (INSERT INTO {gone} SELECT {key} FROM public.{table} WHERE {alike}"
        " ON CONFLICT DO NOTHING RETURNING {key})"
        " INSERT INTO {own} ({names}) SELECT {names} FROM public.{table} WHERE {key} IN (SELECT {key} FROM found)"
    ).format(
        gone=sql.Identifier(f"gone_{table}"),
        own=sql.Identifier(twin_of(model)),
        table=sql.Identifier(table),
        key=key,
        alike=sql.SQL(alike).format(sql.Identifier(column)),
        names=sql.SQL(", ").join(names),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, 'on', true)", [COPYING])
        cursor.execute(statement.as_string(), [list(values)])
        cursor.execute("SELECT set_config(%s, 'off', true)", [COPYING])
