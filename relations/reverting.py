"""Taking back what was changed in a row and its parts: one step, all steps since a point, or that it was deleted.

Nothing of the history is undone: the rows are written once more, as a change of its own with its own reason, under all
the rules that hold for any other. What was changed again since is not taken back without a word.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.db import DatabaseError, models, transaction

from relations.exchange.rows import WRITTEN, Model
from relations.merging import references
from relations.models import FormerAddress
from relations.models.refusals import check_deferred, refusal
from relations.past import DELETED, Past, as_kept, bring_back, columns_kept, kept
from relations.rights import may

Key = tuple[Model, Any]  # a row: its model and its primary key


class RevertError(Exception):
    """Why something is not taken back; nothing was written."""


@dataclass
class Reverted:
    """Rows as they are and as they are to be; nothing where there is or is to be none.

    `obstacles` are what stands in the way: columns that hold something else by now, of which rows.
    """

    rows: dict[Key, tuple[Any, Any]] = field(default_factory=dict)
    obstacles: list[tuple[Any, list[str]]] = field(default_factory=list)

    def add(self, key: Key, now: Any, then: Any) -> None:
        """Has a row become another, if there is a difference."""
        if (now or then) and (now is None or then is None or differing(now, then)):
            self.rows[key] = now, then

    def refusal(self, user: Any, owner: Model) -> str:
        """Why somebody may not bring the parts back; whether he may change their owner is for another to say."""
        for (model, _), (now, then) in self.rows.items():
            verb = "add" if now is None else "delete" if then is None else "change"
            if model is not owner and not may(user, verb, model):
                return f"you may not {verb} {model._meta.verbose_name_plural}"
        return ""


def differing(one: Any, other: Any) -> list[str]:
    """The columns in which two states of a row differ."""
    columns = [column.attname for column in columns_kept(type(one)) if not column.primary_key]
    return [name for name in columns if getattr(one, name) != getattr(other, name)]


def standing(past: Past, step: int) -> dict[Key, Any]:
    """The rows that stood after a step."""
    return {key: as_kept(state) for key, state in past.after(step).items()}


def back_to(past: Past, step: int) -> Reverted:
    """Everything as it was after a step."""
    reverted, now, then = Reverted(), standing(past, past.last), standing(past, step)
    for key in now | then:
        reverted.add(key, now.get(key), then.get(key))
    return reverted


def without(past: Past, step: int) -> Reverted:
    """Everything as it is, but for what one step changed; what was changed again since stands in the way."""
    reverted = Reverted()
    before, after, now, then = (standing(past, at) for at in (step - 1, step, past.last, past.last))
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
    """Writes rows as they are to be: those that go before those that come. RevertError where a rule refuses it."""
    with written(reason):
        for model in reversed(WRITTEN):
            going = [now.pk for (of, _), (now, then) in reverted.rows.items() if of is model and then is None]
            if going:
                model._default_manager.filter(pk__in=going).delete()
        for model in WRITTEN:
            coming = {key: row for (of, key), row in reverted.rows.items() if of is model and row[1] is not None}
            there = [key for key, (now, _) in coming.items() if now is not None]
            bring_back(model, [then for _, then in coming.values()], there)


def deleted(model: Model, pk: Any) -> Any:
    """The state in which a row was deleted; nothing where it is there, or never was."""
    if model._default_manager.filter(pk=pk).exists():
        return None
    return kept(model).filter(pgh_obj_id=pk, pgh_label=DELETED).order_by("pgh_id").last()


def gone_with(state: Any) -> dict[Model, list[Any]]:
    """What went with a row that was deleted, because it belonged to it, by model."""
    keys = [key for key in references(state.pgh_tracked_model) if key.remote_field.on_delete is models.CASCADE]
    found: dict[Model, list[Any]] = {}
    for model in WRITTEN:
        for key in keys:
            if key.model is model:
                of_row = {key.attname: state.pgh_obj_id, "pgh_label": DELETED, "pgh_created_at": state.pgh_created_at}
                found[model] = [as_kept(each) for each in kept(model).filter(**of_row).order_by("pgh_id")]
    return {model: rows for model, rows in found.items() if rows}


def restore(state: Any, reason: str) -> None:
    """Enters a row that was deleted again under its key, with all that went with it, at its address."""
    model = state.pgh_tracked_model
    with written(reason):
        bring_back(model, [as_kept(state)], ())
        for part, rows in gone_with(state).items():
            bring_back(part, rows, ())
        if collection := getattr(model, "collection", ""):
            lead_again(collection, state)


def lead_again(collection: str, state: Any) -> None:
    """Has former addresses lead to a row again that did so until it was deleted."""
    ended = kept(FormerAddress).filter(collection=collection, pgh_label="update", pgh_created_at=state.pgh_created_at)
    for address in ended.filter(now_at=""):
        before = kept(FormerAddress).filter(pgh_obj_id=address.pgh_obj_id, pgh_id__lt=address.pgh_id)
        led: Any = before.order_by("pgh_id").last()
        FormerAddress.objects.filter(pk=address.pgh_obj_id, now_at="").update(now_at=led.now_at, reason=led.reason)


@contextmanager
def written(reason: str) -> Iterator[None]:
    """A change with its reason, checked to the end; what PostgreSQL refuses is told by RevertError."""
    try:
        with transaction.atomic(), pghistory.context(reason=reason):
            yield
            check_deferred()
    except DatabaseError as error:
        raise RevertError(": ".join(filter(None, refusal(error)))) from error
