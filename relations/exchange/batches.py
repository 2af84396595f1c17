"""Batches: records what an import wrote, and publishes it or takes it back as a whole.

What a batch did is read from the history, which triggers write. Taking a batch back deletes the rows that it added,
restores those that it changed, and brings back the parts that it removed. If somebody has changed one of these rows
since, or another row refers to one, nothing is done, and each of these obstacles is reported.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

import pghistory
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, OperationalError, connection, models, transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from relations.bulk import delete_rows
from relations.exchange.existing_rows import attname, only_writer
from relations.exchange.rows import NOWHERE, Model, Refusal, RefusedError, in_words
from relations.models import RECORD_TYPES, Batch, Record, Relation, Source
from relations.models.keyed import Part
from relations.models.owners import WRITTEN, part_models, references
from relations.models.refusals import check_deferred, refusal
from relations.models.vocabularies import State
from relations.past import bring_back, history, row_at
from relations.rights import may

FREE_FOR = timedelta(days=1)  # an address so young cannot have been cited; free_addresses() in SQL has the same limit
MOST_TOLD = 200  # obstacles of one kind
AT_ONCE = 2000  # rows per statement
KEPT_IF_NAMED = (Relation, Source)  # stay if rows of others refer to them by now


class File(NamedTuple):
    """The name and the hash of an imported file."""

    name: str
    sha256: str


def record_batch(file: File, profile: str, counts: Mapping[str, Mapping[str, int]], owner: Any) -> Batch:
    """Records an import as a batch, with the pghistory context of its changes."""
    done = {of: {verb: each.get(verb, 0) for verb in ("added", "changed")} for of, each in counts.items()}
    with pghistory.context() as context:
        return Batch.objects.create(
            owner=owner,
            name=file.name[:765] or "-",
            sha256=file.sha256,
            profile=profile,
            counts={of: each for of, each in done.items() if any(each.values())},
            contexts=[str(context.id)],
        )


class Footprint:
    """What a batch did to the rows of one model, from the history: sets of primary keys."""

    def __init__(self, batch: Batch, model: Model) -> None:
        self.model = model
        self.done = history(model).filter(pgh_context__in=batch.contexts)
        self.others = history(model).exclude(pgh_context__in=batch.contexts)
        self.added = self.pks("insert") - self.pks("delete")
        self.changed = self.pks("update") - self.pks("insert") - self.pks("delete")
        self.removed = self.pks("delete") - self.pks("insert")

    def pks(self, label: str) -> set[Any]:
        """The rows with an event of this kind."""
        return {*self.done.filter(pgh_label=label).values_list("pgh_obj_id", flat=True)}

    def last(self) -> int:
        """The id of the last history event of the batch, or 0."""
        return self.done.aggregate(last=models.Max("pgh_id"))["last"] or 0

    def later(self) -> QuerySet:
        """Later history events of the same rows by others."""
        touched = self.added | self.changed | self.removed
        return self.others.filter(pgh_obj_id__in=touched, pgh_id__gt=self.last())

    def before(self) -> dict[Any, Any]:
        """The last state before the batch of the rows that it changed or removed, by primary key."""
        touched = self.changed | self.removed
        first = self.done.filter(pgh_obj_id__in=touched).values("pgh_obj_id").annotate(first=Min("pgh_id"))
        begun = dict(first.values_list("pgh_obj_id", "first"))
        found: dict[Any, Any] = {}
        for row in history(self.model).filter(pgh_obj_id__in=touched).order_by("pgh_id").iterator():
            if row.pgh_id < begun[row.pgh_obj_id]:
                found[row.pgh_obj_id] = row
        return found


class TakeBack:
    """Takes one batch back: finds the obstacles, and undoes what it did."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.footprints = {model: Footprint(batch, model) for model in WRITTEN}
        self.needed: dict[Model, set[Any]] = defaultdict(set)  # rows that stay, because others refer to them

    def obstacles(self) -> list[str]:
        """Later edits of its rows, and later rows that refer to them, as messages."""
        obstacles = [*self.later_edits(), *self.later_parts(), *self.later_references()]
        return list(dict.fromkeys(obstacles))

    def later_edits(self) -> Iterable[str]:
        for model, each in self.footprints.items():
            rows = {row.pgh_obj_id: row for row in each.later().select_related("pgh_context")[: MOST_TOLD * 5]}
            yield from (f"{row_in_words(model, row)}: {what_was_done(row)}" for row in rows.values())

    def later_parts(self) -> Iterable[str]:
        """Parts that others have added to its rows since: they would be deleted with their owner."""
        for model, each in self.footprints.items():
            for part in part_models(model):
                column = next(name for name in part.owner_fields if references(part)[name] is model)
                conditions = {f"{attname(part, column)}__in": each.added}
                others = part._default_manager.filter(**conditions).exclude(pk__in=self.footprints[part].added)
                for row in others[:MOST_TOLD]:
                    yield f"{row_in_words(model, getattr(row, column))}: has {row._meta.verbose_name} {row} since"

    def later_references(self) -> Iterable[str]:
        """Rows of others that refer to rows it added. A dyad or source is not reported, but added to `needed`."""
        for model in WRITTEN:
            for name, target in references(model).items():
                added = self.footprints[target].added if target in self.footprints else set()
                if not added or (issubclass(model, Part) and name in model.owner_fields):
                    continue
                column = attname(model, name)
                naming = model._default_manager.filter(**{f"{column}__in": added})
                naming = naming.exclude(pk__in=self.footprints[model].added)
                naming = (
                    naming.exclude(pk__in=self.footprints[model].changed) if not issubclass(model, Record) else naming
                )
                if target in KEPT_IF_NAMED:
                    self.needed[target] |= {*naming.values_list(column, flat=True)}
                    continue
                for row in naming[:MOST_TOLD]:
                    added_row: Any = getattr(row, name)
                    yield f"{row_in_words(model, row)}: names {in_words(target, added_row.natural_key())}"

    def run(self, progress: Any = lambda done, of: None) -> None:
        """Deletes what was added, and restores what was changed or removed.

        Records are deleted before their parts, so that no trigger has to update them; foreign keys are checked last.
        """
        total = sum(len(each.added) + len(each.changed) + len(each.removed) for each in self.footprints.values())
        done = 0
        others = [model for model in reversed(WRITTEN) if model not in RECORD_TYPES]
        for model in (*RECORD_TYPES, *others):
            each = self.footprints[model]
            going = sorted(each.added - self.needed[model])
            for chunk in in_chunks(going):
                delete_rows(model, chunk)
                progress(done := done + len(chunk), total)
        for model in WRITTEN:
            rows = [row_at(state) for state in self.footprints[model].before().values()]
            bring_back(model, rows, self.footprints[model].changed)
            done += len(self.footprints[model].changed) + len(self.footprints[model].removed)
            progress(done, total)


def in_chunks(keys: list[Any]) -> Iterable[list[Any]]:
    """Keys in chunks of AT_ONCE: one statement for all could exceed the timeout of the desk."""
    for first in range(0, len(keys), AT_ONCE):
        yield keys[first : first + AT_ONCE]


def row_in_words(model: Model, row: Any) -> str:
    """A row, or a history event of one, as text for messages."""
    key = [getattr(row, attname(model, name), "") for name in model.natural_key_fields]  # type: ignore[attr-defined]
    if not any(references(model).get(name) for name in model.natural_key_fields):  # type: ignore[attr-defined]
        return in_words(model, key)
    current: Any = model._default_manager.filter(pk=getattr(row, "pgh_obj_id", row.pk)).first()
    return in_words(model, current.natural_key()) if current else str(model._meta.verbose_name)


def what_was_done(row: Any) -> str:
    """A history event as text: changed on 2026-05-03 by rosa."""
    verb = {"insert": "added", "update": "changed", "delete": "deleted"}[row.pgh_label]
    user = row.pgh_context.metadata.get("user") if row.pgh_context else None
    name = get_user_model()._default_manager.filter(pk=user).values_list("username", flat=True).first() if user else ""
    return f"{verb} on {row.pgh_created_at:%Y-%m-%d}" + (f" by {name}" if name else "")


def is_fresh(batch: Batch) -> bool:
    """Whether the batch is so young that nobody can have cited its records."""
    return timezone.now() - batch.made_at < FREE_FOR


def refusal_to_take_back(batch: Batch, user: Any) -> str:
    """Why a user may not take a batch back; empty if they may.

    The owner may do so while the batch is fresh; later, users who may delete, change and withdraw what is in it.
    """
    if batch.taken_back_at:
        return "it is taken back already"
    if user is None or (batch.owner_id == user.pk and is_fresh(batch)):
        return ""
    for model in WRITTEN:
        each = Footprint(batch, model)
        for verb, touched in (("delete", each.added), ("change", each.changed), ("add", each.removed)):
            if touched and not may(user, verb, model):
                return f"you may not {verb} {model._meta.verbose_name_plural}"
        published = {"pk__in": each.added, "state": State.PUBLISHED}
        may_withdraw = not issubclass(model, Record) or may(user, "withdraw", model)
        if not may_withdraw and model._default_manager.filter(**published).exists():
            return f"you may not withdraw {model._meta.verbose_name_plural}"
    return ""


def take_back(batch: Batch, user: Any = None, progress: Any = lambda done, of: None) -> None:
    """Undoes a batch as a whole; raises RefusedError with the obstacles if that is impossible."""
    with only_writer(*WRITTEN), pghistory.context(reason="taken back", batch=batch.pk):
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if reason := refusal_to_take_back(batch, user):
            raise RefusedError([Refusal(NOWHERE, "", "", reason)])
        taking_back = TakeBack(batch)
        if obstacles := taking_back.obstacles():
            raise RefusedError([Refusal(NOWHERE, "", "", each) for each in obstacles])
        taking_back.run(progress)
        check_deferred()
        with connection.cursor() as cursor:
            cursor.execute("SELECT public.free_addresses()")
        batch.taken_back_at, batch.taken_back_by = timezone.now(), user
        batch.save(update_fields=["taken_back_at", "taken_back_by"])


def added_by(batch: Batch, model: Model) -> QuerySet:
    """The existing rows of a model that a batch added.

    Their keys are read from the history by a query of its own. Right after an import, PostgreSQL has no statistics yet,
    and it would run a joined query as a nested loop over all rows.
    """
    added = history(model).filter(pgh_context__in=batch.contexts, pgh_label="insert")
    return model._default_manager.filter(pk__among=list(added.values_list("pgh_obj_id", flat=True)))


def drafts_of(batch: Batch) -> dict[type[Record], QuerySet]:
    """The drafts that a batch added, by record type."""
    found: dict[type[Record], QuerySet] = {}
    for model in RECORD_TYPES:
        found[model] = added_by(batch, model).exclude(state=State.PUBLISHED)
    return found


def refusal_to_publish(batch: Batch, user: Any) -> str:
    """Why a user may not publish the drafts of a batch; empty if they may."""
    drafts = {model: rows for model, rows in drafts_of(batch).items() if rows.exists()}
    if not drafts:
        return "it has no drafts"
    if user is None:
        return ""
    for model in drafts:
        if not may(user, "publish", model):
            return f"you may not publish {model._meta.verbose_name_plural}"
    if settings.REVIEW_REQUIRED and batch.owner_id == user.pk:
        return "nobody else has worked on this; a second person publishes it"
    return ""


def publish(batch: Batch, user: Any = None) -> int:
    """Publishes all drafts of a batch, and returns their number; taking the batch back undoes this as well."""
    with only_writer(*WRITTEN), pghistory.context(reason="published", batch=batch.pk) as context:
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if reason := refusal_to_publish(batch, user):
            raise RefusedError([Refusal(NOWHERE, "", "", reason)])
        drafts = {model: list(rows.values_list("pk", flat=True)) for model, rows in drafts_of(batch).items()}
        number = sum(publish_all(model, chunk) for model, pks in drafts.items() for chunk in in_chunks(pks))
        check_deferred()
        batch.contexts = [*batch.contexts, str(context.id)]
        batch.save(update_fields=["contexts"])
    return number


def publish_all(model: type[Record], pks: list[int]) -> int:
    """Publishes drafts; raises RefusedError with the first one that PostgreSQL refuses."""
    try:
        with transaction.atomic():
            return model._default_manager.filter(pk__in=pks).update(state=State.PUBLISHED)
    except OperationalError:
        raise
    except DatabaseError as error:
        if len(pks) > 1:
            middle = len(pks) // 2
            return publish_all(model, pks[:middle]) + publish_all(model, pks[middle:])
        (draft,) = model._default_manager.filter(pk__in=pks)
        why = ": ".join(filter(None, (in_words(model, draft.natural_key()), *refusal(error))))
        raise RefusedError([Refusal(NOWHERE, "", "", why)]) from error


def records_of(batch: Batch, most: int) -> list[tuple[str, list[Any]]]:
    """The existing records and things that a batch added, by type, at most `most` of each."""
    found = []
    for model in WRITTEN:
        if not issubclass(model, Part):
            rows = list(added_by(batch, model).order_by("pk")[:most])
            if rows:
                found.append((str(model._meta.verbose_name_plural), rows))
    return found
