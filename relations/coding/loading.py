"""Loads fixtures into a register that people work in: adds new rows, and updates those that nobody has edited.

The unit is a record, thing or passage with its parts. A unit that anybody has edited stays as it is, and is reported.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pghistory
from django.db.models import Q
from pghistory.models import Context

from relations.coding.fixtures import DIRECTORY, fixture_files, read_fixtures
from relations.exchange.changes import Changes, compare
from relations.exchange.existing_rows import ExistingRows, attname, only_writer
from relations.exchange.rows import Key, Model, Owner, Refusals, RefusedError, by_column, in_words
from relations.exchange.trial import Trial, on_trial
from relations.exchange.writing import Writing, write
from relations.models.keyed import Part, key_lookups
from relations.models.owners import WRITTEN, owner_column, part_models, references
from relations.past import history

REASON = "load_fixtures"  # the reason that the history has for every row written by a load
NOT_BY_A_LOAD = Q(pgh_context__isnull=True) | ~Q(pgh_context__metadata__contains={"reason": REASON})
UNITS: tuple[Model, ...] = tuple(model for model in WRITTEN if not issubclass(model, Part))


@dataclass
class Load:
    """What a load changes, and what it leaves to the users."""

    changes: Changes
    removed: list[str]  # the names of deleted parts, read before they were deleted
    left_alone: list[Owner]  # edited by users
    dropped: list[Owner]  # loaded before, and no longer in the files


def load_fixtures(directory: Path = DIRECTORY, *, rehearse: bool = False) -> Load:
    """Updates the register to the fixtures in one transaction; `rehearse` tries it in temporary tables instead.

    RefusedError with all refusals if any row is refused.
    """
    wanted = read_fixtures(directory)
    existing, refusals = ExistingRows(read_only=rehearse), Refusals()
    with (
        on_trial() if rehearse else only_writer(*WRITTEN),
        pghistory.context(reason=REASON, fixtures=digest(directory)),
    ):
        changes = compare(wanted, existing, refusals)
        left_alone = edited(changes.owners(), existing)
        changes = changes.without(left_alone)
        load = Load(
            changes,
            names_of_removed(changes),
            [owner for owner in dict.fromkeys(row.owner for row in wanted.rows) if owner in left_alone],
            dropped({row.owner for row in wanted.rows}),
        )
        write(changes, existing, refusals, using=Trial if rehearse else Writing)
        if refusals.all:
            raise RefusedError(refusals.in_order())
    return load


def digest(directory: Path) -> str:
    """The SHA-256 of the names and contents of the fixture files, in hexadecimal."""
    found = sha256()
    for path in fixture_files(directory):
        found.update(f"{path.name} ".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()


def is_up_to(directory: Path = DIRECTORY) -> bool:
    """Whether the last load that changed anything was of these files. This is in the history, and so in backups."""
    loads = Context.objects.filter(metadata__contains={"reason": REASON}).order_by("-created_at")
    last = loads.values_list("metadata__fixtures", flat=True).first()
    return last == digest(directory)


def is_empty() -> bool:
    """Whether no row of any model has been entered."""
    return not any(model._default_manager.exists() for model in WRITTEN)


def edited(owners: Iterable[Owner], existing: ExistingRows) -> set[Owner]:
    """The owners that were written or deleted by anything but a load, themselves or any of their parts."""
    keys: dict[Model, set[Key]] = defaultdict(set)
    for model, key in owners:
        keys[model].add(key)
    found: set[Owner] = set()
    for model in UNITS:
        key_of = {existing.pks[model][key]: key for key in keys[model] if key in existing.pks[model]}
        written = {*history(model).filter(NOT_BY_A_LOAD, pgh_obj_id__in=key_of).values_list("pgh_obj_id", flat=True)}
        for part in part_models(model):
            column = attname(part, owner_column(part, model))
            states = history(part).filter(NOT_BY_A_LOAD, **{f"{column}__in": key_of})
            written |= {*states.values_list(column, flat=True)}
        found |= {(model, key_of[pk]) for pk in written}
        found |= deleted(model, keys[model] - existing.pks[model].keys(), existing, found)
    return found


def deleted(model: Model, keys: set[Key], existing: ExistingRows, found: set[Owner]) -> set[Owner]:
    """The owners under these keys that a user deleted, or whose key refers to an edited or deleted one in `found`."""
    named = references(model)
    names = [attname(model, name) for name in model.natural_key_fields]  # type: ignore[attr-defined]
    gone: set[Owner] = set()
    key_of: dict[tuple[Any, ...], Key] = {}
    for key in keys:
        values = by_column(model, key)
        pks = {name: existing.pks[named[name]].get(values[name]) for name in named.keys() & values}
        if None not in pks.values():
            key_of[tuple((values | pks).values())] = key
        elif any((named[name], values[name]) in found for name in pks):
            gone.add((model, key))
    if key_of:
        conditions = {f"{name}__in": set(column) for name, column in zip(names, zip(*key_of, strict=True), strict=True)}
        rows = history(model).filter(NOT_BY_A_LOAD, pgh_label="delete", **conditions).values_list(*names)
        gone |= {(model, key_of[values]) for values in rows if values in key_of}
    return gone


def dropped(wanted_owners: set[Owner]) -> list[Owner]:
    """Rows that a load once added and that the fixtures no longer have; users decide whether to delete them."""
    found: set[Owner] = set()
    for model in UNITS:
        loaded = history(model).filter(pgh_label="insert", pgh_context__metadata__contains={"reason": REASON})
        rows = model._default_manager.filter(pk__in=loaded.values("pgh_obj_id"))
        found |= {(model, key) for key in rows.values_list(*key_lookups(model))}
    return sorted(found - wanted_owners, key=lambda owner: in_words(*owner))


def names_of_removed(changes: Changes) -> list[str]:
    """The names of the parts that will be deleted."""
    names: dict[Any, str] = {}
    for model in {removal.model for removal in changes.removed}:
        pks = [removal.instance.pk for removal in changes.removed if removal.model is model]
        for pk, *key in model._default_manager.filter(pk__in=pks).values_list("pk", *key_lookups(model)):
            names[model, pk] = in_words(model, key)
    return [names[removal.model, removal.instance.pk] for removal in changes.removed]
