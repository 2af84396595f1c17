"""Loads the rows that files refer to from the database: by natural key, in few queries, and locked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import reduce
from operator import or_
from typing import Any

from django.db import OperationalError, connection, models, transaction
from django.db.models import Q
from psycopg.errors import LockNotAvailable

from relations.exchange.rows import NOWHERE, Key, Model, Owner, Refusal, RefusedError, Wanted
from relations.models.keyed import Part, key_lookups
from relations.models.owners import WRITTEN, owner_column, references

STATEMENT_TIMEOUT = "5min"  # per statement; pages have a shorter one
PATIENCE = "10s"  # how long to wait for the locks of other writers
# Triggers look up single rows. Their queries may be planned while a table is still empty, with a sequential scan, which
# would then read the whole table for each inserted row. Where a scan is needed nevertheless, its cost looks huge with
# this setting, and PostgreSQL would compile the query, which takes longer than running it.
PLANS = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"
UNDER_WAY = (
    "Somebody else is importing the same table, or loading fixtures, at this moment. Nothing was written;"
    " try again in a minute or two, when that is over."
)


@contextmanager
def only_writer(*tables: Model) -> Iterator[None]:
    """A transaction that holds the lock for importing rows of these models and their parts.

    Other imports wait up to PATIENCE for it, and then raise RefusedError.
    """
    names = sorted(model._meta.db_table for model in tables)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL statement_timeout = '{STATEMENT_TIMEOUT}'; SET LOCAL lock_timeout = '{PATIENCE}'; {PLANS}"
        )
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(name)) FROM unnest(%s::text[]) AS name", [names])
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                raise RefusedError([Refusal(NOWHERE, "", "", UNDER_WAY)]) from error
            raise
        yield
        if not connection.needs_rollback:
            cursor.execute("SET LOCAL enable_seqscan TO DEFAULT; SET LOCAL jit TO DEFAULT")


def attname(model: Model, name: str) -> str:
    """The attribute that holds a field's value; for a foreign key, the one with the primary key (`country_id`)."""
    return model._meta.get_field(name).attname  # type: ignore[union-attr]


class ExistingRows:
    """The rows of the database that files refer to.

    `rows` has them by natural key, `pks` their primary keys. `parts` has the parts of an owner by the fields of their
    natural key, with primary keys for foreign keys. Rows that may change are locked until the end of the transaction
    when they are read, so that no concurrent change is overwritten; with `read_only` they are not locked.
    """

    def __init__(self, *, read_only: bool = False) -> None:
        self.read_only = read_only
        self.pks: dict[Model, dict[Key, Any]] = defaultdict(dict)
        self.rows: dict[Model, dict[Key, Any]] = defaultdict(dict)
        self.parts: dict[tuple[type[Part], Owner], dict[tuple[Any, ...], Any]] = defaultdict(dict)
        self._looked_up: dict[Model, set[Key]] = defaultdict(set)

    def read(self, wanted: Wanted) -> None:
        """Locks the rows that may change and all parts of their owners, and looks up the rows that are referred to."""
        referenced: dict[Model, set[Key]] = defaultdict(set)
        owners: dict[Model, set[Key]] = defaultdict(set)
        owners_of: dict[Any, set[Owner]] = defaultdict(set)
        for model, owner in [*((row.model, row.owner) for row in wanted.rows), *wanted.all_parts]:
            owners[owner[0]].add(owner[1])
            if issubclass(model, Part):
                owners_of[model].add(owner)
        for row in wanted.rows:
            for name, target in references(row.model).items():
                if (key := row.values.get(name)) is not None:
                    referenced[target].add(key)
        for model in WRITTEN:
            self.find(model, owners[model] | referenced[model])
            self.lock(model, owners[model])
        for part, its_owners in owners_of.items():
            self.lock_parts(part, its_owners)

    def find(self, model: Model, keys: Iterable[Key]) -> None:
        """Looks up primary keys by natural key, in one query for all keys that were not looked up before."""
        new_keys = set(keys) - self._looked_up[model]
        if not new_keys:
            return
        self._looked_up[model] |= new_keys
        lookups = key_lookups(model)
        values = dict(zip(lookups, zip(*new_keys, strict=True), strict=True))
        found = model._default_manager.filter(**{f"{lookup}__in": set(values[lookup]) for lookup in lookups})
        for pk, *key in found.values_list("pk", *lookups):
            if tuple(key) in new_keys:
                self.pks[model][tuple(key)] = pk

    def lock(self, model: Model, keys: Iterable[Key]) -> None:
        """Reads rows and, unless `read_only`, locks them."""
        keys = set(keys) - self.rows[model].keys()
        self.find(model, keys)
        key_of_pk = {self.pks[model][key]: key for key in keys if key in self.pks[model]}
        if key_of_pk:
            for row in self.locked(model).filter(pk__in=key_of_pk):
                self.rows[model][key_of_pk.pop(row.pk)] = row
        for key in key_of_pk.values():  # deleted between the two queries
            del self.pks[model][key]

    def lock_parts(self, model: type[Part], owners: Iterable[Owner]) -> None:
        """Reads all parts of these owners, of one model, and, unless `read_only`, locks them."""
        owner_of: dict[tuple[str, Any], Owner] = {}
        pks: dict[str, list[Any]] = defaultdict(list)
        for owner, key in owners:
            if key in self.pks[owner]:
                column = attname(model, owner_column(model, owner))
                owner_of[column, self.pks[owner][key]] = owner, key
                pks[column].append(self.pks[owner][key])
        if pks:
            names = [attname(model, name) for name in model.natural_key_fields]
            for part in self.locked(model).filter(reduce(or_, (Q(**{f"{column}__in": pks[column]}) for column in pks))):
                (found,) = (each for each in owner_of.keys() & {(column, getattr(part, column)) for column in pks})
                self.parts[model, owner_of[found]][tuple(getattr(part, name) for name in names)] = part

    def locked(self, model: Model) -> models.QuerySet:
        """A queryset that locks its rows when it is evaluated, unless `read_only`.

        Other transactions may still insert rows that refer to them.
        """
        rows = model._default_manager.order_by("pk")
        return rows if self.read_only else rows.select_for_update(no_key=True)
