"""Earlier states of rows, read from the history that django-pghistory keeps, and how rows are written back to them.

A *state* is a row of a history table: a row as an insert, update or delete left it. A *step* is a transaction that
changed a row or its parts. All states written in a transaction have its start as `pgh_created_at`, and a changed part
always touches its owner; so the states of the owner give the order of the steps, and the step of each state of a part.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet

from relations.bulk import AT_ONCE, sets_of, update_rows
from relations.models.owners import owner_column, part_models
from relations.models.triggers import STAMPS

DELETED = "delete"


def history(model: type[Model]) -> QuerySet:
    """All states of the rows of a model, in no order."""
    return model.pgh_event_model._default_manager.order_by()  # type: ignore[attr-defined]


def columns_in_history(model: type[Model]) -> list[Any]:
    """The columns that people fill in, which a row written back takes from its state."""
    return [each for each in model._meta.concrete_fields if not each.generated and each.name not in STAMPS]


def row_at(state: Any) -> Any:
    """An unsaved instance of the row as it was in a state."""
    model = state.pgh_tracked_model
    columns = [field.attname for field in model._meta.concrete_fields if not field.generated]
    row = model(**{name: getattr(state, name) for name in columns})
    row._state.adding, row._state.db = False, state._state.db
    return row


def bring_back(model: type[Model], rows: Iterable[Any], there: Iterable[Any]) -> None:
    """Writes rows back: updates those whose primary keys are in `there`, inserts the others under their old keys."""
    there = set(there)
    names = [field.name for field in columns_in_history(model) if not field.primary_key]
    rows = list(rows)
    again = [row for row in rows if row.pk in there]
    for several in sets_of(again):
        update_rows(model, names, several)
    model._default_manager.bulk_create([row for row in rows if row.pk not in there], batch_size=AT_ONCE)


class Past:
    """The steps that made a row and its parts what they are."""

    def __init__(self, model: type[Model], pk: Any) -> None:
        self.model, self.pk = model, pk
        self.states = list(history(model).filter(pgh_obj_id=pk).order_by("pgh_id").select_related("pgh_context"))
        moments = dict.fromkeys(state.pgh_created_at for state in self.states)
        self.steps: dict[datetime, int] = {moment: step for step, moment in enumerate(moments)}

    @cached_property
    def of_parts(self) -> list[Any]:
        """The states of all rows that were ever parts of it; those of a model in the order of writing."""
        states: list[Any] = []
        for part in part_models(self.model):
            column = owner_column(part, self.model)
            ever = history(part).filter(**{column: self.pk}).values("pgh_obj_id")
            found = history(part).filter(pgh_obj_id__in=ever).order_by("pgh_id").select_related("pgh_context")
            states += [state for state in found if state.pgh_created_at in self.steps]
        return states

    @property
    def last(self) -> int:
        """The number of the latest step; -1 where there is no history."""
        return len(self.steps) - 1

    def step_of_version(self, version: int | None) -> int | None:
        """The step that left the row with that version; None if there is none."""
        began = {state.version: state.pgh_created_at for state in self.states if state.pgh_label != DELETED}
        return self.steps[began[version]] if version in began else None

    def after(self, step: int) -> dict[tuple[type[Model], Any], Any]:
        """The states of the row and its parts as a step left them, by model and primary key; without deleted rows."""
        last: dict[tuple[type[Model], Any], Any] = {}
        for state in [*self.states, *self.of_parts]:
            if self.steps[state.pgh_created_at] <= step:
                last[state.pgh_tracked_model, state.pgh_obj_id] = state
        return {key: state for key, state in last.items() if state.pgh_label != DELETED and self.holds(state)}

    def holds(self, state: Any) -> bool:
        """Whether a state is of the row itself, or of a part that belonged to it at the time."""
        model = state.pgh_tracked_model
        if model is self.model:
            return True
        owner: Any = model._meta.get_field(owner_column(model, self.model))
        return bool(getattr(state, owner.attname) == self.pk)
