"""What rows were: as the history has them, step by step, and how they become so again.

A step is one transaction that changed a row or its parts. All that it wrote bears the moment at which it began, and it
changed the row itself, because a changed part changes what it belongs to; so the kept states of the row, which follow
one another, say in which order its steps were taken, and to which of them a kept state of a part belongs.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from relations.exchange.rows import Model, owner_column, part_models
from relations.exchange.sets import AT_ONCE, sets_of, update_rows
from relations.models.triggers import STAMPS

DELETED = "delete"


def kept(model: Model) -> QuerySet:
    """What the history keeps of the rows of a model."""
    return model.pgh_event_model._default_manager.order_by()  # type: ignore[attr-defined]


def columns_kept(model: Model) -> list[Any]:
    """The columns of a model of which the history keeps what people entered."""
    return [each for each in model._meta.concrete_fields if not each.generated and each.name not in STAMPS]


def as_kept(state: Any) -> Any:
    """The row as it was in a state that is kept of it."""
    model = state.pgh_tracked_model
    columns = [field.attname for field in model._meta.concrete_fields if not field.generated]
    row = model(**{name: getattr(state, name) for name in columns})
    row._state.adding, row._state.db = False, state._state.db
    return row


def bring_back(model: Model, rows: Iterable[Any], there: Iterable[Any]) -> None:
    """Writes rows as they were: those whose keys are `there` are changed, the others are entered again under theirs."""
    there = set(there)
    names = [field.name for field in columns_kept(model) if not field.primary_key]
    rows = list(rows)
    again = [row for row in rows if row.pk in there]
    for several in sets_of(again):
        update_rows(model, names, several)
    model._default_manager.bulk_create([row for row in rows if row.pk not in there], batch_size=AT_ONCE)


class Past:
    """The steps in which a row and its parts came to what they are."""

    def __init__(self, model: Model, pk: Any) -> None:
        self.model, self.pk = model, pk
        self.states = list(kept(model).filter(pgh_obj_id=pk).order_by("pgh_id").select_related("pgh_context"))
        moments = dict.fromkeys(state.pgh_created_at for state in self.states)
        self.steps: dict[datetime, int] = {moment: step for step, moment in enumerate(moments)}

    @cached_property
    def of_parts(self) -> list[Any]:
        """All that is kept of the rows that were ever parts of it, in the order in which it was written."""
        states: list[Any] = []
        for part in part_models(self.model):
            column = owner_column(part, self.model)
            ever = kept(part).filter(**{column: self.pk}).values("pgh_obj_id")
            found = kept(part).filter(pgh_obj_id__in=ever).order_by("pgh_id").select_related("pgh_context")
            states += [state for state in found if state.pgh_created_at in self.steps]
        return states

    @property
    def last(self) -> int:
        """The step by which it came to what it is; -1 where nothing is kept."""
        return len(self.steps) - 1

    def step_of_version(self, version: int | None) -> int | None:
        """The last step after which it stood with that version; nothing where it never did."""
        began = {state.version: state.pgh_created_at for state in self.states if state.pgh_label != DELETED}
        return self.steps[began[version]] if version in began else None

    def after(self, step: int) -> dict[tuple[Model, Any], Any]:
        """What stood after a step, the row and its parts: their states by model and key."""
        last: dict[tuple[Model, Any], Any] = {}
        for state in [*self.states, *self.of_parts]:
            if self.steps[state.pgh_created_at] <= step:
                last[state.pgh_tracked_model, state.pgh_obj_id] = state
        return {key: state for key, state in last.items() if state.pgh_label != DELETED and self.holds(state)}

    def holds(self, state: Any) -> bool:
        """Whether a state is of the row itself, or of a part while that was a part of it."""
        model = state.pgh_tracked_model
        if model is self.model:
            return True
        owner: Any = model._meta.get_field(owner_column(model, self.model))
        return bool(getattr(state, owner.attname) == self.pk)
