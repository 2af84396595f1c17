"""The rows of the register that files speak of, as they stand: found by natural key in a few queries, and locked."""

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

STATEMENT_TIMEOUT = "5min"  # of one statement; a page has less
PATIENCE = "10s"  # with others who write
# Triggers look single rows up. Planned while a table is empty, they would read it whole for each row it gets.
# Plans that read it nevertheless are not worth compiling, though they look costly then.
PLANS = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"
UNDER_WAY = (
    "Somebody else is importing the same table, or loading fixtures, at this moment. Nothing was written;"
    " try again in a minute or two, when that is over."
)


@contextmanager
def only_writer(*tables: Model) -> Iterator[None]:
    """A transaction in which nobody else writes rows of these tables, or their parts, from files; others wait."""
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
    """The attribute that holds a column; of a reference, the primary key of what it refers to."""
    return model._meta.get_field(name).attname  # type: ignore[union-attr]


class ExistingRows:
    """Rows by natural key, and parts by their owner and by the columns of their key, references as primary keys.

    What may change is locked until the end of the transaction before it is read, so that nothing is written over that
    was not compared; unless it is only looked at.
    """

    def __init__(self, *, read_only: bool = False) -> None:
        self.read_only = read_only
        self.pks: dict[Model, dict[Key, Any]] = defaultdict(dict)
        self.rows: dict[Model, dict[Key, Any]] = defaultdict(dict)
        self.parts: dict[tuple[type[Part], Owner], dict[tuple[Any, ...], Any]] = defaultdict(dict)
        self._asked: dict[Model, set[Key]] = defaultdict(set)

    def read(self, wanted: Wanted) -> None:
        """Locks what the rows may change, with all parts of the same owners, and finds what they refer to."""
        named: dict[Model, set[Key]] = defaultdict(set)
        owners: dict[Model, set[Key]] = defaultdict(set)
        owners_of: dict[Any, set[Owner]] = defaultdict(set)
        for model, owner in [*((row.model, row.owner) for row in wanted.rows), *wanted.all_parts]:
            owners[owner[0]].add(owner[1])
            if issubclass(model, Part):
                owners_of[model].add(owner)
        for row in wanted.rows:
            for name, target in references(row.model).items():
                if (key := row.values.get(name)) is not None:
                    named[target].add(key)
        for model in WRITTEN:
            self.find(model, owners[model] | named[model])
            self.lock(model, owners[model])
        for part, its_owners in owners_of.items():
            self.lock_parts(part, its_owners)

    def find(self, model: Model, keys: Iterable[Key]) -> None:
        """Looks up the primary keys of rows: of those it was not asked for before, in one query."""
        asked = set(keys) - self._asked[model]
        if not asked:
            return
        self._asked[model] |= asked
        lookups = key_lookups(model)
        values = dict(zip(lookups, zip(*asked, strict=True), strict=True))
        found = model._default_manager.filter(**{f"{lookup}__in": set(values[lookup]) for lookup in lookups})
        for pk, *key in found.values_list("pk", *lookups):
            if tuple(key) in asked:
                self.pks[model][tuple(key)] = pk

    def lock(self, model: Model, keys: Iterable[Key]) -> None:
        """Reads rows, and lets nobody change them unless they are only looked at."""
        keys = set(keys) - self.rows[model].keys()
        self.find(model, keys)
        key_of_pk = {self.pks[model][key]: key for key in keys if key in self.pks[model]}
        if key_of_pk:
            for row in self.locked(model).filter(pk__in=key_of_pk):
                self.rows[model][key_of_pk.pop(row.pk)] = row
        for key in key_of_pk.values():  # deleted between the two queries
            del self.pks[model][key]

    def lock_parts(self, model: type[Part], owners: Iterable[Owner]) -> None:
        """Reads all parts of a model that these owners have, and lets nobody change them."""
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
                (named,) = (each for each in owner_of.keys() & {(column, getattr(part, column)) for column in pks})
                self.parts[model, owner_of[named]][tuple(getattr(part, name) for name in names)] = part

    def locked(self, model: Model) -> models.QuerySet:
        """The rows of a model, locked as they are read; other rows may still begin to refer to them."""
        rows = model._default_manager.order_by("pk")
        return rows if self.read_only else rows.select_for_update(no_key=True)
