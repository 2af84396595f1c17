"""Migrations without words: labels, help, choices, messages and validators are Python's alone; no table has them."""

from typing import Any

from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ProjectState
from django.db.models import Field
from pgtrigger.migrations import MigrationAutodetectorMixin


class BareAutodetector(MigrationAutodetectorMixin, MigrationAutodetector):
    """Compares and writes the models of the register without what PostgreSQL does not know of them."""

    def __init__(self, from_state: ProjectState, to_state: ProjectState, *args: Any, **kwargs: Any) -> None:
        for (app, _), model in [*from_state.models.items(), *to_state.models.items()]:
            if app == "relations":
                for name in ("verbose_name", "verbose_name_plural"):
                    model.options.pop(name, None)
                for field in model.fields.values():
                    bare(field)
                for constraint in model.options.get("constraints", ()):
                    constraint.violation_error_message = constraint.default_violation_error_message
        super().__init__(from_state, to_state, *args, **kwargs)


def bare(field: Field) -> None:
    """Takes the words and validators from a field, and from the field that an array is made of."""
    field.help_text, field.choices = "", None
    field._verbose_name, field._validators = None, []  # type: ignore[attr-defined]
    if inner := getattr(field, "base_field", None):
        bare(inner)
