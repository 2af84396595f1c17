"""How a record was at each change while it was public, by the history that PostgreSQL keeps."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from relations.dates import FuzzyDate
from relations.exchange import codebook
from relations.exchange.rows import part_models
from relations.models import Record
from relations.models.figure import PARTS, figures_of
from relations.models.vocabularies import State
from relations.past import DELETED, Past, as_kept
from relations.wording import column_label, heading

# What orders, counts or stamps a row, and what is for editors alone.
UNTOLD = frozenset(
    [
        *("id", "slug", "version", "state", "editor_note", "created_by", "created_at", "changed_at", "published_at"),
        "passage_sha256",
    ]
)
Facts = dict[str, str]  # what a row says, by the label of its column


@dataclass(frozen=True)
class Change:
    """What another version says in place of what one said; of what is new, or is no more, one of the two is empty."""

    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Version:
    """A record as it was after a change: what it said, and its parts by what they are called."""

    number: int
    changed_at: datetime
    facts: Facts
    parts: dict[str, list[Facts]] = field(default_factory=dict)

    def since(self, before: "Version") -> list[Change]:
        """What is said otherwise than in an earlier version."""
        names = dict.fromkeys([*before.facts, *self.facts])
        changes = [Change(name, before.facts.get(name, ""), self.facts.get(name, "")) for name in names]
        found = [change for change in changes if change.old != change.new]
        for name in dict.fromkeys([*before.parts, *self.parts]):
            old, new = ([*map(in_line, version.parts.get(name, []))] for version in (before, self))
            found += [Change(name, line, "") for line in old if line not in new]
            found += [Change(name, "", line) for line in new if line not in old]
        return found


def in_line(facts: Facts) -> str:
    """A part in one line."""
    return "; ".join(f"{name}: {words}" for name, words in facts.items())


def versions_of(record: Record) -> list[Version]:
    """The versions of a record in which it was public, the first one first.

    A version is what a transaction left. Reading them takes the same few queries for however many there are.
    """
    past = Past(type(record), record.pk)
    left = {state.version: state for state in past.states}
    public = [left[number] for number in sorted(left) if left[number].state == State.PUBLISHED]
    names = Names([*public, *past.of_parts])
    return [
        Version(state.version, state.changed_at, names.facts(state), parts_of(past, state, names))
        for state in public
        if state.pgh_label != DELETED
    ]


def parts_of(past: Past, state: Any, names: "Names") -> dict[str, list[Facts]]:
    """What belonged to a record in one of its states, in the order in which it was entered."""
    stood = past.after(past.steps[state.pgh_created_at]).values()
    return {
        str(part._meta.verbose_name_plural): [
            names.facts(each, but=part.owner_fields) for each in stood if each.pgh_tracked_model is part
        ]
        for part in part_models(past.model)
    }


class Names:
    """What states of rows say in words; what they refer to is read at once, and named if it is public."""

    def __init__(self, states: Iterable[Any]) -> None:
        keys: dict[Any, set[Any]] = defaultdict(set)
        for state in states:
            for column in told(state.pgh_tracked_model):
                if column.is_relation:
                    keys[column.related_model].add(getattr(state, column.attname))
        # A record is named while it is public; things are public by what names them.
        self.names: dict[tuple[Any, Any], str] = {}
        for model, of_model in keys.items():
            rows = model._default_manager.published().with_shown() if issubclass(model, Record) else model._base_manager
            for key, row in rows.in_bulk(of_model - {None}).items():
                self.names[model, key] = heading(row) if issubclass(model, Record) else str(row)

    def facts(self, state: Any, but: Iterable[str] = ()) -> Facts:
        """All that a row said, by the labels of its columns; a figure is one of them."""
        row = as_kept(state)
        said = {column_label(each.name): self.words(row, each) for each in told(type(row)) if each.name not in but}
        said |= {column_label(name): str(getattr(row, name)) for name in figures_of(type(row))}
        return {name: words for name, words in said.items() if words}

    def words(self, instance: Any, column: Any) -> str:
        """What stands in a column."""
        value = getattr(instance, column.attname)
        if column.is_relation:
            return self.names.get((column.related_model, value), "")
        if isinstance(value, bool):
            return "yes" if value else ""
        if isinstance(value, FuzzyDate):
            return value.spoken if value.spoken == str(value) else f"{value.spoken} ({value})"
        term = codebook.term_of(instance, column.name)
        return term.label if term else "" if value is None else str(value)


def told(model: Any) -> list[Any]:
    """The columns of a model that readers are told of, without those of its figures."""
    of_figures = {f"{name}_{part}" for name in figures_of(model) for part in PARTS}
    return [
        each
        for each in model._meta.concrete_fields
        if not each.generated and each.name not in UNTOLD and each.name not in of_figures
    ]
