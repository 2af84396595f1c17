"""The history of a row and its parts in words: who changed what, when and why, from the tables of django-pghistory."""

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

FEW_LINES = 5  # a longer revision is folded in the list of all changes
OF_COMMANDS = {"load_fixtures": "read from the fixtures", "load_document": "read from a text"}  # their reasons in words
VERBS = {"insert": "added", "update": "changed", "delete": "deleted"}


def in_utc(moment: Any) -> str:
    """A time as “28 November 2026, 08:47 (UTC)”; empty for None."""
    return date_format(timezone.localtime(moment, UTC), "j F Y, H:i (e)") if moment else ""


@dataclass
class Change:
    """A change of one row. `columns` has the label, the old value and the new value of each column that differs."""

    what: str
    verb: str
    columns: list[tuple[str, str, str]]


@dataclass
class Revision:
    """All changes of a row and its parts in one transaction: when, by whom, from which imported file, and why.

    `step` counts the revisions of the row from 0 (see `Past.steps`).
    """

    when: Any
    step: int
    who: str = ""
    file: str = ""
    why: str = ""
    changes: list[Change] = dataclasses.field(default_factory=list)

    @property
    def is_long(self) -> bool:
        """Whether it has more lines than the list of all changes shows unfolded."""
        return sum(1 + len(change.columns) for change in self.changes) > FEW_LINES

    @property
    def in_short(self) -> str:
        """The first change, and the number of the others: “Event changed, and 2 of its parts”."""
        first, *others = self.changes
        return capfirst(f"{first.what} {first.verb}" + (f", and {len(others)} of its parts" if others else ""))


def history_of(past: Past) -> list[Revision]:
    """The revisions of a row and its parts, newest first; without those that changed no column that is shown."""
    words, before, revisions = DeskFormatter(), dict[Any, Any](), dict[Any, Revision]()
    states = [*past.states, *past.of_parts]
    names = usernames({user_of(state) for state in states})
    words.read(states)
    for state in states:
        key, step = (state.pgh_tracked_model, state.pgh_obj_id), past.steps[state.pgh_created_at]
        revision = revisions.setdefault((step, state.pgh_context_id), revision_of(state, step, names))
        change = words.change(before.get(key), state, is_part=key[0] is not past.model)
        if change.columns or change.verb != "changed":
            revision.changes.append(change)
        before[key] = state
    told = [revision for revision in revisions.values() if revision.changes]
    return sorted(told, key=lambda revision: revision.step, reverse=True)


def revision_of(state: Any, step: int, names: dict[Any, str]) -> Revision:
    """The revision that a row of the history belongs to, without its changes; `names` maps user keys to names."""
    told = state.pgh_context.metadata if state.pgh_context else {}
    who = names.get(user_of(state), "")
    reason = told.get("reason", "")
    return Revision(state.pgh_created_at, step, who, told.get("import_file", ""), OF_COMMANDS.get(reason, reason))


def user_of(state: Any) -> Any:
    """The key of the user who wrote a row of the history; None if it was a command."""
    return state.pgh_context.metadata.get("user") if state.pgh_context else None


def last_editor(instance: Any) -> str:
    """The name of the user who last changed the row itself; empty if it was a command."""
    states = history(type(instance)).filter(pgh_obj_id=instance.pk).select_related("pgh_context")
    last = states.order_by("pgh_id").last()
    user = user_of(last) if last else None
    return usernames({user}).get(user, "")


def usernames(users: set[Any]) -> dict[Any, str]:
    """The user names by key, for those users that still exist."""
    known = get_user_model()._default_manager.filter(pk__in=[user for user in users if user])
    return {user.pk: user.get_username() for user in known}


class DeskFormatter(Telling):
    """Formats rows of the history for the desk, which may name every row, public or not.

    Each row that they refer to is read only once.
    """

    def __init__(self) -> None:
        self.rows: dict[tuple[Any, Any], Any] = {}

    def read(self, states: Iterable[Any]) -> None:
        """Caches the rows that these rows of the history refer to, with one query per model."""
        for model, keys in named_by(states).items():
            rows = model._default_manager.all()
            found = (rows.with_shown() if hasattr(rows, "with_shown") else rows).in_bulk(keys)
            self.rows |= {(model, key): row for key, row in found.items()}

    def row(self, model: Any, key: Any) -> Any:
        """The row that a foreign key refers to. A deleted one is rebuilt from the history; None if that has none."""
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
        """The name of the row that a foreign key refers to, with “(deleted)” if it no longer exists."""
        row = self.row(model, key)
        return f"{row} (deleted)" if hasattr(row, "is_deleted") else str(row or f"{key} (deleted)")

    def title(self, row: Any) -> str:
        """The title of a row that was rebuilt from the history; the rows it refers to come from the cache."""
        for field in references_told(row._meta.model):
            key = getattr(row, field.attname)
            if key is not None and (named := self.row(field.related_model, key)):
                field.set_cached_value(row, named)
        try:
            return wording.title(row)
        except ObjectDoesNotExist:  # a row that its title is made of was deleted, too
            return str(row)

    def change(self, before: Any, state: Any, is_part: bool = False) -> Change:
        """The change from one row of the history to the next; `before` is None if the row was inserted."""
        meta, row = state.pgh_tracked_model._meta, row_at(state)
        old, new = (row, None) if state.pgh_label == DELETED else (before and row_at(before), row)
        what = f"{meta.verbose_name} {self.title(row)}" if is_part else str(meta.verbose_name)
        return Change(what, VERBS[state.pgh_label], self.columns(state.pgh_tracked_model, old, new))

    def columns(self, model: Any, old: Any, new: Any) -> list[tuple[str, str, str]]:
        """The label, old and new value of each column in which two rows differ; if one is None, of all that are set."""
        found = []
        for told in columns_told(model):
            was, now = ("" if row is None else self.said(row, told) for row in (old, new))
            if was != now:
                found.append((capfirst(told.label), was, now))
        return found
