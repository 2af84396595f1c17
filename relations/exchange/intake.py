"""Imports a foreign table through its profile: reads it completely, then compares and writes it as one batch."""

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import pghistory
from django.db import transaction
from django.utils import translation

from relations.exchange.batches import File, record_batch
from relations.exchange.changes import Changes, compare
from relations.exchange.columns import collection_of
from relations.exchange.existing_rows import ExistingRows, only_writer
from relations.exchange.foreign import ForeignTable
from relations.exchange.imports import check_permissions, check_states
from relations.exchange.mapping import MappedLine, Mapping
from relations.exchange.parties import Parties
from relations.exchange.profiles import Profile
from relations.exchange.rows import Model, Place, Refusal, Refusals
from relations.exchange.sheet_reader import SheetReader, Table
from relations.exchange.trial import Trial, on_trial
from relations.exchange.writing import Writing, write
from relations.models import Batch, Record
from relations.models.owners import WRITTEN
from relations.models.vocabularies import State

AT_ONCE = 2000  # lines compared and written together
MOST_REFUSED = 1000  # refusals after which an attempt stops
ROUNDS = 10  # attempts, each without the lines that the one before refused

Progress = Callable[[str, int, int], None]  # what is being done, how many lines are done, and of how many


def no_progress(what: str, done: int, of: int) -> None:
    """Reports no progress: the default."""


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Disables the garbage collector, which would take a third of the time of a large import and find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass
class Outcome:
    """The result of an import: what is added and changed of each type, what is skipped, and what is refused."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    skipped: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)  # lines of the file
    shown: list[tuple[str, MappedLine]] = field(default_factory=list)  # the first lines that add or change a record
    batch: Batch | None = None
    is_writable: bool = False  # whether the last attempt, without refused lines, had no refusals
    digest: Any = field(default_factory=sha256)  # of all changes, to notice that a confirmed import would do others

    @property
    def is_changing(self) -> bool:
        return any(done["added"] or done["changed"] for done in self.counts.values())


class Intake:
    """The import of one table through one profile, by a user or by a command."""

    def __init__(
        self, table: ForeignTable, profile: Profile, file: File, *, user: Any = None, state: str = State.DRAFT
    ) -> None:
        of = f" (refused of {table.origin.file})" if table.origin.file else ""
        self.table, self.profile, self.file = table, profile, file._replace(name=f"{file.name}{of}")
        self.user, self.state = user, state

    def run(
        self, *, rehearse: bool = False, without_refused: bool = False, progress: Progress = no_progress
    ) -> Outcome:
        """Imports all of the table or nothing; `without_refused` imports the rest if lines are refused.

        With `rehearse`, everything is checked and nothing is written.
        """
        with translation.override("en"), without_garbage_collection():
            total = len(self.table.lines)
            mapping = Mapping(self.table, self.profile, Parties())
            lines = mapping.lines(lambda done: progress("reading", min(done, total), total))
            lines = self.with_states(mapping.without_refused(lines))
            outcome = Outcome(skipped=mapping.skipped)
            for _ in range(ROUNDS):
                attempt = self.attempt(lines, mapping, rehearse, without_refused, progress)
                mapping.refusals += attempt.refusals
                if not attempt.refusals or not without_refused:
                    break
                lines = mapping.without_refused(lines)
            outcome.counts, outcome.batch, outcome.shown = attempt.counts, attempt.batch, attempt.shown
            outcome.digest, outcome.is_writable = attempt.digest, not attempt.refusals
            outcome.refusals = sorted(dict.fromkeys(mapping.refusals), key=lambda each: each.place.number)
            outcome.refused = mapping.refused
        return outcome

    def with_states(self, lines: list[MappedLine]) -> list[MappedLine]:
        """The lines, with the state of new records filled in."""
        for line in lines:
            if issubclass(line.model, Record):
                line.cells["state"] = self.state
        return lines

    def attempt(
        self, lines: list[MappedLine], mapping: Mapping, rehearse: bool, without_refused: bool, progress: Progress
    ) -> Outcome:
        """Compares and writes the lines. It is rolled back in a rehearsal, or if anything is refused."""
        outcome = Outcome()
        refusals = Refusals(MOST_REFUSED)
        by_number = dict(enumerate(lines, 1))
        names = {"import_file": self.file.name, "profile": self.profile.name}
        with on_trial() if rehearse else only_writer(*WRITTEN), pghistory.context(**names):
            done = 0
            for chunk in self.chunks(by_number):
                self.import_chunk(chunk, refusals, outcome, rehearse)
                done += len(chunk)
                progress("comparing" if rehearse else "writing", done, len(lines))
                if refusals.are_enough:
                    break
            refused = refusals.in_order()
            for refusal in refused:
                line = by_number.get(refusal.place.number)
                outcome.refusals.append(line.in_foreign_words(refusal) if line else refusal)
                mapping.refused |= {*line.lines} if line else set()
            if not refused and outcome.is_changing and not rehearse:
                outcome.batch = record_batch(self.file, self.profile.name, outcome.counts, self.user)
            is_refused = bool(refused) or (bool(mapping.refusals) and not without_refused)
            transaction.set_rollback(is_refused)
            if is_refused:
                outcome.batch = None
        return outcome

    def chunks(self, lines: dict[int, MappedLine]) -> Iterator[list[tuple[int, MappedLine]]]:
        """Consecutive lines of one type with the same columns, at most AT_ONCE together."""
        chunk: list[tuple[int, MappedLine]] = []
        for number, line in lines.items():
            if chunk and (len(chunk) == AT_ONCE or not chunk[0][1].has_same_columns(line)):
                yield chunk
                chunk = []
            chunk.append((number, line))
        if chunk:
            yield chunk

    def import_chunk(
        self, chunk: list[tuple[int, MappedLine]], refusals: Refusals, outcome: Outcome, rehearse: bool
    ) -> None:
        """Compares some lines with the register, and writes the differences, or tries to in a rehearsal."""
        model, existing = chunk[0][1].model, ExistingRows(read_only=rehearse)
        places = [Place(number, line.place.words) for number, line in chunk]
        table = Table(
            list(chunk[0][1].cells), [line.cells for _, line in chunk], places, cited_source(self.profile, model)
        )
        reader = SheetReader(model, table, existing, refusals)
        changes = compare(reader.read(), existing, refusals)
        if self.user:
            check_permissions(changes, self.user, refusals)
            check_states(changes, existing, self.user, refusals)
        write(changes, existing, refusals, self.user, Trial if rehearse else Writing)
        self.count_changes(changes, chunk, model, outcome)

    def count_changes(
        self, changes: Changes, chunk: list[tuple[int, MappedLine]], model: Model, outcome: Outcome
    ) -> None:
        """Adds to the outcome how many of these lines add a record, change one, or change nothing."""
        counts = outcome.counts[collection_of(model)]
        new = {each.row.owner for each in changes.added if each.model is model}
        touched = changes.owners()
        for each in changes:
            outcome.digest.update(
                repr([each.model.__name__, each.row.key, each.row.values, each.file_columns]).encode()
            )
            outcome.digest.update(repr(getattr(each, "before", "")).encode())
        counts["added"] += len(new)
        counts["changed"] += len(touched.keys() - new)
        counts["unchanged"] += len(chunk) - len(touched)
        if len(outcome.shown) < 50:
            lines = dict(chunk)
            for owner, row in touched.items():
                outcome.shown.append(("added" if owner in new else "changed", lines[row.place.number]))


def cited_source(profile: Profile, model: Model) -> str:
    """The key of the source that records of a type cite; empty for types that are not records."""
    return str(profile.source.get("key", "")) if issubclass(model, Record) else ""
