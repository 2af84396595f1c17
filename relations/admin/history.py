"""Who changed what in a record and its parts, when and why: what the database kept of every change, in words."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

from relations import wording
from relations.past import DELETED, Past, history, row_at
from relations.telling import Telling, columns_told, named_by, references_told

FEW_LINES = 5  # of a change in a list of many
OF_COMMANDS = {"load_fixtures": "read from the fixtures", "load_document": "read from a text"}  # the reasons they give
VERBS = {"insert": "added", "update": "changed", "delete": "deleted"}


def in_utc(moment: Any) -> str:
    """A time as the desk tells it; nothing where there is none."""
    return date_format(timezone.localtime(moment, UTC), "j F Y, H:i (e)") if moment else ""


@dataclass
class Change:
    """What happened to one row: the columns that changed, before and after."""

    what: str
    verb: str
    columns: list[tuple[str, str, str]]


@dataclass
class Deed:
    """What one person did at one moment: a step of the row."""

    when: Any
    step: int
    who: str = ""
    file: str = ""
    why: str = ""
    changes: list[Change] = dataclasses.field(default_factory=list)

    @property
    def is_long(self) -> bool:
        """Whether it takes more lines than a list of many changes has room for."""
        return sum(1 + len(change.columns) for change in self.changes) > FEW_LINES

    @property
    def in_short(self) -> str:
        """What was done first, and to how many rows besides."""
        first, *others = self.changes
        return capfirst(f"{first.what} {first.verb}" + (f", and {len(others)} of its parts" if others else ""))


def history_of(past: Past) -> list[Deed]:
    """The steps of a row and of its parts, newest first."""
    words, before, deeds = ToldAtDesk(), dict[Any, Any](), dict[Any, Deed]()
    states = [*past.states, *past.of_parts]
    names = usernames({user_of(state) for state in states})
    words.read(states)
    for state in states:
        key, step = (state.pgh_tracked_model, state.pgh_obj_id), past.steps[state.pgh_created_at]
        deed = deeds.setdefault((step, state.pgh_context_id), deed_of(state, step, names))
        change = words.change(before.get(key), state, is_part=key[0] is not past.model)
        if change.columns or change.verb != "changed":
            deed.changes.append(change)
        before[key] = state
    told = [deed for deed in deeds.values() if deed.changes]
    return sorted(told, key=lambda deed: deed.step, reverse=True)


def deed_of(state: Any, step: int, names: dict[Any, str]) -> Deed:
    """Who wrote a state, from which file and why."""
    told = state.pgh_context.metadata if state.pgh_context else {}
    who = names.get(user_of(state), "")
    reason = told.get("reason", "")
    return Deed(state.pgh_created_at, step, who, told.get("import_file", ""), OF_COMMANDS.get(reason, reason))


def user_of(state: Any) -> Any:
    """The key of the user who wrote a state; nothing for a program."""
    return state.pgh_context.metadata.get("user") if state.pgh_context else None


def last_editor(instance: Any) -> str:
    """The name of who changed a row last; empty where it was a program."""
    states = history(type(instance)).filter(pgh_obj_id=instance.pk).select_related("pgh_context")
    last = states.order_by("pgh_id").last()
    user = user_of(last) if last else None
    return usernames({user}).get(user, "")


def usernames(users: set[Any]) -> dict[Any, str]:
    """The names of the users that a history mentions."""
    known = get_user_model()._default_manager.filter(pk__in=[user for user in users if user])
    return {user.pk: user.get_username() for user in known}


class ToldAtDesk(Telling):
    """What the rows of a history say at the desk; the rows that they name are read once each."""

    def __init__(self) -> None:
        self.rows: dict[tuple[Any, Any], Any] = {}

    def read(self, states: Iterable[Any]) -> None:
        """Reads the rows that some states name, those of a model at once."""
        for model, keys in named_by(states).items():
            rows = model._default_manager.all()
            found = (rows.with_shown() if hasattr(rows, "with_shown") else rows).in_bulk(keys)
            self.rows |= {(model, key): row for key, row in found.items()}

    def row(self, model: Any, key: Any) -> Any:
        """The row that a value names: as it stands, or as it was when it was deleted."""
        if (model, key) not in self.rows:
            row = model._base_manager.filter(pk=key).first()
            if row is None and hasattr(model, "pgh_event_model"):
                last = history(model).filter(pgh_obj_id=key, pgh_label=DELETED).order_by("pgh_id").last()
                row = last and row_at(last)
                if row:
                    row.is_deleted = True
            self.rows[model, key] = row
        return self.rows[model, key]

    def named(self, model: Any, key: Any) -> str:
        """The name of the row that a value names."""
        row = self.row(model, key)
        return f"{row} (deleted)" if hasattr(row, "is_deleted") else str(row or f"{key} (deleted)")

    def title(self, row: Any) -> str:
        """What a row is called that is not read from the register: its name, its references read once each."""
        for field in references_told(row._meta.model):
            key = getattr(row, field.attname)
            if key is not None and (named := self.row(field.related_model, key)):
                field.set_cached_value(row, named)
        try:
            return wording.title(row)
        except ObjectDoesNotExist:  # what it is called by was deleted, too
            return str(row)

    def change(self, before: Any, state: Any, is_part: bool = False) -> Change:
        """What a state changed in the one before, of the row of a history or of a part of it."""
        meta, row = state.pgh_tracked_model._meta, row_at(state)
        old, new = (row, None) if state.pgh_label == DELETED else (before and row_at(before), row)
        what = f"{meta.verbose_name} {self.title(row)}" if is_part else str(meta.verbose_name)
        return Change(what, VERBS[state.pgh_label], self.columns(state.pgh_tracked_model, old, new))

    def columns(self, model: Any, old: Any, new: Any) -> list[tuple[str, str, str]]:
        """The columns in which two rows differ, in words; all that are filled where there is one row."""
        found = []
        for told in columns_told(model):
            was, now = ("" if row is None else self.said(row, told) for row in (old, new))
            if was != now:
                found.append((capfirst(told.label), was, now))
        return found
