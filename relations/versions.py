"""The public versions of a record: how it was after each change, from the history."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from relations.models import Record
from relations.models.owners import part_models
from relations.models.vocabularies import State
from relations.past import DELETED, Past, row_at
from relations.telling import Telling, columns_told, named_by
from relations.wording import heading

FOR_EDITORS = frozenset(["slug", "state", "editor_note"])
Facts = dict[str, str]  # the values of a row in words, by the labels of its columns


@dataclass(frozen=True)
class Change:
    """A difference between two versions, before and after; one of the two is empty for what was added or removed."""

    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Version:
    """A record as it was after a change: its values, and its parts by their plural name."""

    number: int
    changed_at: datetime
    facts: Facts
    parts: dict[str, list[Facts]] = field(default_factory=dict)

    def since(self, before: "Version") -> list[Change]:
        """The changes from an earlier version to this one."""
        names = dict.fromkeys([*before.facts, *self.facts])
        changes = [Change(name, before.facts.get(name, ""), self.facts.get(name, "")) for name in names]
        found = [change for change in changes if change.old != change.new]
        for name in self.parts:  # every version has the same keys
            old, new = ([*map(in_line, version.parts[name])] for version in (before, self))
            found += [Change(name, line, "") for line in old if line not in new]
            found += [Change(name, "", line) for line in new if line not in old]
        return found


def in_line(facts: Facts) -> str:
    """The values of a part in one line."""
    return "; ".join(f"{name}: {words}" for name, words in facts.items())


def versions_of(record: Record) -> list[Version]:
    """The versions of a record in which it was public, the first one first.

    A version is the record as a transaction left it. The number of queries does not depend on the number of versions.
    """
    past = Past(type(record), record.pk)
    left = {state.version: state for state in past.states}
    public = [left[number] for number in sorted(left) if left[number].state == State.PUBLISHED]
    told = ToldToReaders([*public, *past.of_parts])
    return [
        Version(state.version, state.changed_at, told.facts(state), parts_of(past, state, told))
        for state in public
        if state.pgh_label != DELETED
    ]


def parts_of(past: Past, state: Any, told: "ToldToReaders") -> dict[str, list[Facts]]:
    """The parts of a record in one of its states, in the order in which they were entered."""
    states = past.after(past.steps[state.pgh_created_at]).values()
    return {
        str(part._meta.verbose_name_plural): [told.facts(each) for each in states if each.pgh_tracked_model is part]
        for part in part_models(past.model)
    }


class ToldToReaders(Telling):
    """Puts states of rows into words for readers. Rows that they refer to are read first, and named only if public."""

    def __init__(self, states: Iterable[Any]) -> None:
        # A record is named only if it is public now; things are public because a public record refers to them.
        self.names: dict[tuple[Any, Any], str] = {}
        for model, keys in named_by(states).items():
            rows = model._default_manager.published().with_shown() if issubclass(model, Record) else model._base_manager
            for key, row in rows.in_bulk(keys).items():
                self.names[model, key] = heading(row) if issubclass(model, Record) else str(row)

    def named(self, model: Any, key: Any) -> str:
        return self.names.get((model, key), "")

    def facts(self, state: Any) -> Facts:
        """The values of a row that readers may see, without empty ones; a figure is a single value."""
        row = row_at(state)
        said = {
            told.label: self.said(row, told)
            for told in columns_told(state.pgh_tracked_model)
            if told.name not in FOR_EDITORS
        }
        return {label: words for label, words in said.items() if words}
