"""Reverting changes of a row and its parts: one step, all steps since a point, or a deletion.

The history itself is never rewritten: a revert is a new change with a reason of its own, under the same rules as any
other. What was changed again since the step is not reverted, but reported as an obstacle.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.db import DatabaseError, models, transaction

from relations.merging import foreign_keys_to
from relations.models import FormerAddress
from relations.models.owners import WRITTEN
from relations.models.refusals import check_deferred, refusal
from relations.past import DELETED, Past, bring_back, columns_in_history, history, row_at
from relations.rights import may

Key = tuple[type[models.Model], Any]  # a row: its model and its primary key


class RevertError(Exception):
    """Why nothing was reverted, in words."""


@dataclass
class Reverted:
    """What a revert would do: each row as (now, then), where None stands for a row that does not exist.

    `obstacles` are rows that were changed again since, each with the columns in question.
    """

    rows: dict[Key, tuple[Any, Any]] = field(default_factory=dict)
    obstacles: list[tuple[Any, list[str]]] = field(default_factory=list)

    def add(self, key: Key, now: Any, then: Any) -> None:
        """Notes that a row is to change from `now` to `then`, unless the two are the same."""
        if (now or then) and (now is None or then is None or differing(now, then)):
            self.rows[key] = now, then

    def refusal(self, user: Any, owner: type[models.Model]) -> str:
        """The permission for parts that a user lacks, in words, or an empty string; the owner is checked elsewhere."""
        for (model, _), (now, then) in self.rows.items():
            verb = "add" if now is None else "delete" if then is None else "change"
            if model is not owner and not may(user, verb, model):
                return f"you may not {verb} {model._meta.verbose_name_plural}"
        return ""


def differing(one: Any, other: Any) -> list[str]:
    """The columns in which two versions of a row differ."""
    columns = [column.attname for column in columns_in_history(type(one)) if not column.primary_key]
    return [name for name in columns if getattr(one, name) != getattr(other, name)]


def rows_after(past: Past, step: int) -> dict[Key, Any]:
    """The row and its parts as they were after a step."""
    return {key: row_at(state) for key, state in past.after(step).items()}


def back_to(past: Past, step: int) -> Reverted:
    """The revert of all steps after this one."""
    reverted, now, then = Reverted(), rows_after(past, past.last), rows_after(past, step)
    for key in now | then:
        reverted.add(key, now.get(key), then.get(key))
    return reverted


def without(past: Past, step: int) -> Reverted:
    """The revert of one step alone; what was changed again since is an obstacle."""
    reverted = Reverted()
    before, after, now, then = (rows_after(past, at) for at in (step - 1, step, past.last, past.last))
    for key in before | after:
        was, became, there = before.get(key), after.get(key), now.get(key)
        changed = differing(was, became) if was and became else []
        again = differing(became, there) if became and there else []
        if changed and there:
            for name in changed:
                setattr(then[key], name, getattr(was, name))
            reverted.add(key, there, then[key])
            again = [name for name in changed if name in again and getattr(there, name) != getattr(was, name)]
        elif changed:
            again = ["id"]
        elif became is None:
            reverted.add(key, there, there or was)
        elif was is None:
            reverted.add(key, there, None)
        else:
            again = []
        if again:
            reverted.obstacles.append((there or became, again))
    return reverted


def carry_out(reverted: Reverted, reason: str) -> None:
    """Writes a revert, deletions first. RevertError if a rule of the database refuses it."""
    with written(reason):
        for model in reversed(WRITTEN):
            going = [now.pk for (of, _), (now, then) in reverted.rows.items() if of is model and then is None]
            if going:
                model._default_manager.filter(pk__in=going).delete()
        for model in WRITTEN:
            coming = {key: row for (of, key), row in reverted.rows.items() if of is model and row[1] is not None}
            there = [key for key, (now, _) in coming.items() if now is not None]
            bring_back(model, [then for _, then in coming.values()], there)


def deleted(model: type[models.Model], pk: Any) -> Any:
    """The state with which a row was deleted; None if it exists, or never did."""
    if model._default_manager.filter(pk=pk).exists():
        return None
    return history(model).filter(pgh_obj_id=pk, pgh_label=DELETED).order_by("pgh_id").last()


def gone_with(state: Any) -> dict[type[models.Model], list[Any]]:
    """The rows that were deleted together with a row because they belonged to it, by model."""
    keys = [key for key in foreign_keys_to(state.pgh_tracked_model) if key.remote_field.on_delete is models.CASCADE]
    found: dict[type[models.Model], list[Any]] = {}
    for model in WRITTEN:
        for key in keys:
            if key.model is model:
                of_row = {key.attname: state.pgh_obj_id, "pgh_label": DELETED, "pgh_created_at": state.pgh_created_at}
                found[model] = [row_at(each) for each in history(model).filter(**of_row).order_by("pgh_id")]
    return {model: rows for model, rows in found.items() if rows}


def restore(state: Any, reason: str) -> None:
    """Inserts a deleted row again, with its parts, under its old primary key and address."""
    model = state.pgh_tracked_model
    with written(reason):
        bring_back(model, [row_at(state)], ())
        for part, rows in gone_with(state).items():
            bring_back(part, rows, ())
        if collection := getattr(model, "collection", ""):
            restore_redirects(collection, state)


def restore_redirects(collection: str, state: Any) -> None:
    """Restores the redirects to a row that its deletion had ended."""
    addresses = history(FormerAddress)
    ended = addresses.filter(collection=collection, pgh_label="update", pgh_created_at=state.pgh_created_at)
    for address in ended.filter(now_at=""):
        before = addresses.filter(pgh_obj_id=address.pgh_obj_id, pgh_id__lt=address.pgh_id)
        led: Any = before.order_by("pgh_id").last()
        FormerAddress.objects.filter(pk=address.pgh_obj_id, now_at="").update(now_at=led.now_at, reason=led.reason)


@contextmanager
def written(reason: str) -> Iterator[None]:
    """A transaction with a reason for the history, deferred constraints included; RevertError if one is violated."""
    try:
        with transaction.atomic(), pghistory.context(reason=reason):
            yield
            check_deferred()
    except DatabaseError as error:
        raise RevertError(": ".join(filter(None, refusal(error)))) from error
