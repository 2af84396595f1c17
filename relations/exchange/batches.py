"""What an import wrote, as one: kept, published and taken back, all of it or nothing.

What a batch did is read from the history, which PostgreSQL keeps of every writer. To take it back, rows that it added
go, rows that it changed become what they were, and parts that it removed return; unless somebody has changed any of
these since, or names one: then each of these stands in the way, by name.
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

FREE_FOR = timedelta(days=1)  # so long nobody can have cited an address; free_addresses() knows it too
MOST_TOLD = 200
AT_ONCE = 2000
KEPT_IF_NAMED = (Relation, Source)  # others may have come to need them since


class File(NamedTuple):
    """What is known of a file beside its rows."""

    name: str
    sha256: str


def record_batch(file: File, profile: str, counts: Mapping[str, Mapping[str, int]], owner: Any) -> Batch:
    """Keeps what an import does, under the context by which the history knows it."""
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
    """What a batch did to the rows of one model, as the history tells it."""

    def __init__(self, batch: Batch, model: Model) -> None:
        self.model = model
        self.done = history(model).filter(pgh_context__in=batch.contexts)
        self.others = history(model).exclude(pgh_context__in=batch.contexts)
        self.added = self.pks("insert") - self.pks("delete")
        self.changed = self.pks("update") - self.pks("insert") - self.pks("delete")
        self.removed = self.pks("delete") - self.pks("insert")

    def pks(self, label: str) -> set[Any]:
        """The rows to which something was done."""
        return {*self.done.filter(pgh_label=label).values_list("pgh_obj_id", flat=True)}

    def last(self) -> int:
        """The number of the last thing that was done."""
        return self.done.aggregate(last=models.Max("pgh_id"))["last"] or 0

    def later(self) -> QuerySet:
        """What somebody else has done to the same rows since."""
        touched = self.added | self.changed | self.removed
        return self.others.filter(pgh_obj_id__in=touched, pgh_id__gt=self.last())

    def before(self) -> dict[Any, Any]:
        """What the rows were that were changed or removed, by their keys."""
        touched = self.changed | self.removed
        first = self.done.filter(pgh_obj_id__in=touched).values("pgh_obj_id").annotate(first=Min("pgh_id"))
        begun = dict(first.values_list("pgh_obj_id", "first"))
        found: dict[Any, Any] = {}
        for row in history(self.model).filter(pgh_obj_id__in=touched).order_by("pgh_id").iterator():
            if row.pgh_id < begun[row.pgh_obj_id]:
                found[row.pgh_obj_id] = row
        return found


class TakeBack:
    """A batch on its way out: what it did, what stands in the way, and what goes."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.footprints = {model: Footprint(batch, model) for model in WRITTEN}
        self.needed: dict[Model, set[Any]] = defaultdict(set)  # things that stay, because others name them

    def obstacles(self) -> list[str]:
        """Later edits of what it wrote, and later rows that name it, one by one."""
        told = [*self.later_edits(), *self.later_parts(), *self.later_references()]
        return list(dict.fromkeys(told))

    def later_edits(self) -> Iterable[str]:
        for model, each in self.footprints.items():
            rows = {row.pgh_obj_id: row for row in each.later().select_related("pgh_context")[: MOST_TOLD * 5]}
            yield from (f"{row_in_words(model, row)}: {what_was_done(row)}" for row in rows.values())

    def later_parts(self) -> Iterable[str]:
        """Parts that others gave since to what it added: with their owner they would go."""
        for model, each in self.footprints.items():
            for part in part_models(model):
                column = next(name for name in part.owner_fields if references(part)[name] is model)
                conditions = {f"{attname(part, column)}__in": each.added}
                others = part._default_manager.filter(**conditions).exclude(pk__in=self.footprints[part].added)
                for row in others[:MOST_TOLD]:
                    yield f"{row_in_words(model, getattr(row, column))}: has {row._meta.verbose_name} {row} since"

    def later_references(self) -> Iterable[str]:
        """Rows of others that name what it added; a dyad or a source that others need by now stays."""
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
        """Removes what was added, and brings back what was changed or removed.

        Records go before their parts, which then have no owner to tell; references are checked at the end.
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
    """Some thousand keys after the other: one statement for all would take longer than the desk lets any."""
    for first in range(0, len(keys), AT_ONCE):
        yield keys[first : first + AT_ONCE]


def row_in_words(model: Model, row: Any) -> str:
    """A row in words, as it stands or as the history has it."""
    key = [getattr(row, attname(model, name), "") for name in model.natural_key_fields]  # type: ignore[attr-defined]
    if not any(references(model).get(name) for name in model.natural_key_fields):  # type: ignore[attr-defined]
        return in_words(model, key)
    current: Any = model._default_manager.filter(pk=getattr(row, "pgh_obj_id", row.pk)).first()
    return in_words(model, current.natural_key()) if current else str(model._meta.verbose_name)


def what_was_done(row: Any) -> str:
    """Who did what when: changed on 3 May 2026 by rosa."""
    verb = {"insert": "added", "update": "changed", "delete": "deleted"}[row.pgh_label]
    user = row.pgh_context.metadata.get("user") if row.pgh_context else None
    name = get_user_model()._default_manager.filter(pk=user).values_list("username", flat=True).first() if user else ""
    return f"{verb} on {row.pgh_created_at:%Y-%m-%d}" + (f" by {name}" if name else "")


def is_fresh(batch: Batch) -> bool:
    """Whether nobody can have cited yet what it brought in."""
    return timezone.now() - batch.made_at < FREE_FOR


def refusal_to_take_back(batch: Batch, user: Any) -> str:
    """Why somebody may not take a batch back; empty where he may.

    Who imported it may do so while its addresses are still free; later, who may delete and withdraw what is in it.
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
    """Undoes a batch as a whole; or does nothing, and says by RefusedError what stands in the way."""
    with only_writer(*WRITTEN), pghistory.context(reason="taken back", batch=batch.pk):
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if reason := refusal_to_take_back(batch, user):
            raise RefusedError([Refusal(NOWHERE, "", "", reason)])
        going = TakeBack(batch)
        if told := going.obstacles():
            raise RefusedError([Refusal(NOWHERE, "", "", each) for each in told])
        going.run(progress)
        check_deferred()
        with connection.cursor() as cursor:
            cursor.execute("SELECT public.free_addresses()")
        batch.taken_back_at, batch.taken_back_by = timezone.now(), user
        batch.save(update_fields=["taken_back_at", "taken_back_by"])


def added_by(batch: Batch, model: Model) -> QuerySet:
    """The rows of a model that a batch added and that are there.

    The history is asked for their keys first. Right after an import PostgreSQL does not know yet how many rows it has,
    and in one question it would compare each with each.
    """
    added = history(model).filter(pgh_context__in=batch.contexts, pgh_label="insert")
    return model._default_manager.filter(pk__among=list(added.values_list("pgh_obj_id", flat=True)))


def drafts_of(batch: Batch) -> dict[type[Record], QuerySet]:
    """The drafts among what a batch added, by type."""
    found: dict[type[Record], QuerySet] = {}
    for model in RECORD_TYPES:
        found[model] = added_by(batch, model).exclude(state=State.PUBLISHED)
    return found


def refusal_to_publish(batch: Batch, user: Any) -> str:
    """Why somebody may not publish the drafts of a batch; empty where he may."""
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
    """Publishes all drafts of a batch together; that belongs to the batch, and is taken back with it."""
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
    """Publishes drafts; the first of them that PostgreSQL refuses is named."""
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
    """The records and things that a batch added and that are there, by type; of each as many as one reads."""
    found = []
    for model in WRITTEN:
        if not issubclass(model, Part):
            rows = list(added_by(batch, model).order_by("pk")[:most])
            if rows:
                found.append((str(model._meta.verbose_name_plural), rows))
    return found
