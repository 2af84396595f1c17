"""Compares the rows of files with the rows of the register, in memory."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from relations.exchange.existing_rows import ExistingRows, attname
from relations.exchange.key_hints import KeyHints
from relations.exchange.rows import Key, Model, Owner, Refusal, Refusals, Row, Wanted
from relations.models import Passage, Source
from relations.models.keyed import Part
from relations.models.owners import references

TO_BE_ADDED = object()  # stands for the primary key of a row that is not yet in the database


@dataclass(eq=False)
class Difference:
    """A row to add, or an existing row to update.

    `before` has the present values of the fields that change; it is empty for a row to add.
    """

    row: Row
    instance: Any = None
    before: dict[str, Any] = field(default_factory=dict)

    @property
    def model(self) -> Model:
        return self.row.model

    @property
    def columns(self) -> list[str]:
        """The fields to write."""
        return list(self.before or self.row.values)

    @property
    def file_columns(self) -> list[str]:
        """The columns of the file that the difference comes from."""
        return [self.row.cell] if self.row.cell else self.columns


@dataclass(eq=False)
class Removal:
    """A part to remove, with the row of its owner, which no longer lists it."""

    row: Row
    instance: Any
    model: Model
    file_columns: list[str]


@dataclass
class Changes:
    """The rows to add, update and remove so that the register matches the files."""

    added: list[Difference] = field(default_factory=list)
    updated: list[Difference] = field(default_factory=list)
    removed: list[Removal] = field(default_factory=list)

    def __iter__(self) -> Iterator[Any]:
        return chain(self.added, self.updated, self.removed)

    def __bool__(self) -> bool:
        return any(True for _ in self)

    def owners(self) -> dict[Owner, Row]:
        """The owners that change, or whose parts do, each with the row that causes it: if possible, its own."""
        parts_first = sorted(self, key=lambda each: not each.row.is_part)
        return {each.row.owner: each.row for each in parts_first}

    def without(self, owners: set[Owner]) -> "Changes":
        """The changes of all other owners."""
        kinds: tuple[list[Any], ...] = (self.added, self.updated, self.removed)
        return Changes(*([each for each in kind if each.row.owner not in owners] for kind in kinds))


def compare(wanted: Wanted, existing: ExistingRows, refusals: Refusals) -> Changes:
    """The changes that make the register match the files.

    A row is refused if it refers to another that is neither in the register nor in the files.
    """
    existing.read(wanted)
    changes = Changes()
    references_of_rows = References(wanted, existing, refusals)
    listed: dict[tuple[Model, Owner], set[tuple[Any, ...]]] = defaultdict(set)
    for row in wanted.rows:
        values = references_of_rows.resolve(row)
        if values is None or row.owner in refusals.owners:
            continue
        if issubclass(row.model, Part):
            identity = tuple(values[name] for name in row.model.natural_key_fields)
            listed[row.model, row.owner].add(identity)
            instance = existing.parts[row.model, row.owner].get(identity)
        else:
            instance = existing.rows[row.model].get(row.key)
        if instance is None:
            changes.added.append(Difference(row))
            continue
        present = {name: getattr(instance, attname(row.model, name)) for name in values}
        before = {name: present[name] for name, value in values.items() if value != present[name]}
        if before:
            changes.updated.append(Difference(row, instance, before))
    for (model, owner), (row, cell) in wanted.all_parts.items():
        if owner not in refusals.owners:
            parts = existing.parts[model, owner]
            gone = (part for identity, part in parts.items() if identity not in listed[model, owner])
            changes.removed += [Removal(row, part, model, [cell] if cell else []) for part in gone]
    return changes


class References:
    """Replaces the natural keys by which rows refer to others with primary keys."""

    def __init__(self, wanted: Wanted, existing: ExistingRows, refusals: Refusals) -> None:
        self.existing = existing
        self.refusals = refusals
        self.to_be_added = {row.owner for row in wanted.rows if not issubclass(row.model, Part)}
        self.hints = KeyHints()

    def resolve(self, row: Row) -> dict[str, Any] | None:
        """The values of a row with primary keys, or None if a row it refers to does not exist, which is refused."""
        values = dict(row.values)
        unknown: list[tuple[str, Model, Key]] = []
        for name, target in references(row.model).items():
            if (key := values.get(name)) is not None:
                values[name] = self.existing.pks[target].get(key)
                if values[name] is None:
                    values[name] = TO_BE_ADDED
                    if (target, key) not in self.to_be_added:
                        unknown.append((name, target, key))
        if not unknown:
            return values
        # If the source is unknown, so is its passage: report only the source.
        sources = {key for _, target, key in unknown if target is Source}
        names = [name for name, target, key in unknown if not (target is Passage and key[:1] in sources)]
        self.refusals.add(row.owner, *(refusal_of_reference(row, name, self.hints) for name in names))
        return None


def refusal_of_reference(row: Row, name: str, hints: KeyHints) -> Refusal:
    """The refusal of a row whose column refers to a row that does not exist."""
    reason = hints.why_unknown(references(row.model)[name], row.values[name])
    return row.refusal("" if row.cell else name, reason)
