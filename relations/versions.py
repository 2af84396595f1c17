"""How a record was at each change while it was public, by the history that PostgreSQL keeps."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from relations.dates import FuzzyDate
from relations.exchange import codebook
from relations.models import Record
from relations.models.figure import PARTS, figures_of
from relations.models.keyed import Part
from relations.models.vocabularies import State
from relations.wording import column_label, heading

# What orders, counts or stamps a row, and what is for editors alone.
UNTOLD = frozenset(
    [
        *("id", "slug", "version", "state", "editor_note", "created_by", "created_at", "changed_at", "published_at"),
        "passage_sha256",
    ]
)
DELETED = "delete"  # the label of the last row that the history has of something
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

    A version is what a transaction left; parts are as they were by then. Reading them takes the same few queries for
    however many there are.
    """
    model = type(record)
    rows = {row.version: row for row in history(model).filter(pgh_obj_id=record.pk).order_by("pgh_id")}
    public = [row for _, row in sorted(rows.items()) if row.state == State.PUBLISHED and row.pgh_label != DELETED]
    kept = [(part, owner, rows_of_parts(part, owner, record)) for part, owner in parts_of(model)]
    names = Names(model, public)
    for part, _, of_part in kept:
        names.add(part, of_part)
    names.read()
    versions: list[Version] = []
    latest = None
    for row in public:
        # A transaction that waited for another is older by its clock.
        latest = row.pgh_created_at if latest is None else max(latest, row.pgh_created_at)
        parts = {
            str(part._meta.verbose_name_plural): [
                names.facts(part, each, but=part.owner_fields) for each in standing(of_part, owner, record, latest)
            ]
            for part, owner, of_part in kept
        }
        versions.append(Version(row.version, row.changed_at, names.facts(model, row), parts))
    return versions


def history(model: Any) -> models.QuerySet:
    """The rows that PostgreSQL kept of every change of a model's rows."""
    return model.pgh_event_model._default_manager.all()


def parts_of(model: Any) -> list[tuple[Any, str]]:
    """The models of what belongs to a record, each with its column for the record."""
    found = [(each.related_model, each.field.attname) for each in model._meta.related_objects]
    return [(part, owner) for part, owner in found if issubclass(part, Part)]


def rows_of_parts(part: Any, owner: str, record: Record) -> list[Any]:
    """The history of all that ever belonged to a record."""
    belonged = history(part).filter(**{owner: record.pk}).values("pgh_obj_id")
    return list(history(part).filter(pgh_obj_id__in=belonged).order_by("pgh_id"))


def standing(rows: Iterable[Any], owner: str, record: Record, moment: datetime) -> list[Any]:
    """Of the history of parts those rows that a record had at a moment, in the order in which they were entered."""
    last = {row.pgh_obj_id: row for row in rows if row.pgh_created_at <= moment}
    belongs = [row for row in last.values() if row.pgh_label != DELETED and getattr(row, owner) == record.pk]
    return sorted(belongs, key=lambda row: row.pgh_obj_id)


class Names:
    """What the rows of a history say in words; what they refer to is read at once, and named if it is public."""

    def __init__(self, model: Any, rows: Iterable[Any]) -> None:
        self.keys: dict[Any, set[Any]] = defaultdict(set)
        self.names: dict[tuple[Any, Any], str] = {}
        self.add(model, rows)

    def add(self, model: Any, rows: Iterable[Any]) -> None:
        """Will name what these rows of a model refer to."""
        references = [each for each in told(model) if each.is_relation]
        for row in rows:
            for each in references:
                self.keys[each.related_model].add(getattr(row, each.attname))

    def read(self) -> None:
        """Reads all that is to be named. A record is named while it is public; things are public by what names them."""
        for model, keys in self.keys.items():
            rows = model._default_manager.published().with_shown() if issubclass(model, Record) else model._base_manager
            for key, row in rows.in_bulk(keys - {None}).items():
                self.names[model, key] = heading(row) if issubclass(model, Record) else str(row)

    def facts(self, model: Any, row: Any, but: Iterable[str] = ()) -> Facts:
        """All that a row says, by the labels of its columns; a figure is one of them."""
        attributes = [each.attname for each in model._meta.concrete_fields if hasattr(row, each.attname)]
        instance = model(**{name: getattr(row, name) for name in attributes})
        said = {column_label(each.name): self.words(instance, each) for each in told(model) if each.name not in but}
        said |= {column_label(name): str(getattr(instance, name)) for name in figures_of(model)}
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
