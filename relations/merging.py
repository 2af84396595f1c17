"""Merging two rows that were entered for one thing: one is kept, and whatever referred to the other refers to it.

The parts of the other move to the kept row, unless that has the same part already. Values of columns are not taken
over, because only a person can tell which of two is right. The address of the other redirects to the kept row.
"""

from typing import Any

import pghistory
from django.db import DatabaseError, IntegrityError, models, transaction
from django.db.models import Q

from relations.addresses import last_part
from relations.models import RECORD_TYPES, Actor, Citation, FormerAddress, Source
from relations.models.keyed import Part
from relations.models.record import Record
from relations.models.refusals import TAKEN, check_deferred, refusal
from relations.models.vocabularies import AddressReason, State

MERGED: tuple[type[models.Model], ...] = (*RECORD_TYPES, Actor, Source)


class MergeError(Exception):
    """Why two rows are not merged; nothing was written."""


def foreign_keys_to(model: type[models.Model]) -> list[Any]:
    """The foreign keys to a model, except those of history tables, which stay as they were."""
    relations: Any = model._meta.get_fields(include_hidden=True)
    found = [relation.field for relation in relations if relation.auto_created and not relation.concrete]
    return [key for key in found if key.concrete and not hasattr(key.model, "pgh_tracked_model")]


def numbers_of_references(row: Any) -> list[tuple[type[models.Model], int]]:
    """The number of rows of each model that refer to a row."""
    numbers: dict[type[models.Model], int] = {}
    for key in foreign_keys_to(type(row)):
        numbers[key.model] = numbers.get(key.model, 0) + key.model._base_manager.filter(**{key.name: row}).count()
    return [(model, number) for model, number in numbers.items() if number]


def obstacle(kept: Any, other: Any) -> str:
    """Why `other` cannot be merged, in words about it; empty if it can."""
    if kept.pk == other.pk:
        return "it is the same row; choose another one"
    if isinstance(other, Source) and other.passages.exists():
        return "it has sentences of its own; keep it, and merge the other one into it"
    if isinstance(other, Record) and other.state == State.PUBLISHED != kept.state:
        return "it is public and the other one is a draft; publish that first"
    return ""


def merge(kept: Any, other: Any) -> None:
    """Merges a row into another and deletes it; MergeError if that cannot be.

    Both must be current: a caller who has shown them locks them and compares their versions first.
    """
    if reason := obstacle(kept, other):
        raise MergeError(reason)
    try:
        with (
            transaction.atomic(),
            pghistory.context(reason=f"{other._meta.verbose_name} {last_part(other)} merged into it"),
        ):
            parts = citations_of_participant(other) if isinstance(other, Actor) else Citation.objects.none()
            keys = [*parts.values_list("pk", flat=True)]
            Citation.objects.filter(pk__in=keys).update(part="")
            for key in foreign_keys_to(type(other)):
                move(key, kept, other)
            for citation in Citation.objects.filter(pk__in=keys):
                move_row(citation, {"part": kept.slug})
            if isinstance(other, Actor):
                names = dict.fromkeys([*kept.aliases, other.name, *other.aliases])
                kept.aliases = [name for name in names if name != kept.name]
                kept.save(update_fields=["aliases"])
            delete_and_redirect(kept, other)
            check_deferred()
    except DatabaseError as error:
        column, reason = refusal(error)
        raise MergeError(f"{column}: {reason}" if column else reason) from error


def citations_of_participant(actor: Actor) -> Any:
    """The citations that are for the part of an actor in an event or a deal."""
    of_event, of_deal = Q(event__participations__actor=actor), Q(transfer__deal_parties__actor=actor)
    return Citation.objects.filter(of_event | of_deal, part=actor.slug).distinct()


def move(key: Any, kept: Any, other: Any) -> None:
    """Points this foreign key of all rows to the kept row; its own reference to the other becomes null."""
    for row in key.model._base_manager.filter(**{key.name: other}).order_by("pk"):
        if isinstance(row, type(kept)) and row.pk == kept.pk:
            type(kept)._base_manager.filter(pk=row.pk).update(**{key.name: None})
        elif row.pk != other.pk or not isinstance(row, type(other)):
            move_row(row, {key.name: kept})


def move_row(row: Any, values: dict[str, Any]) -> None:
    """Changes a row; deletes it if it is a part that the kept row has already."""
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**values)
    except IntegrityError as error:
        if getattr(error.__cause__, "sqlstate", "") != TAKEN or not isinstance(row, Part):
            raise
        row.delete()


def delete_and_redirect(kept: Any, other: Any) -> None:
    """Deletes a row, and redirects its address, and those that redirected to it, to the kept one."""
    addresses = FormerAddress.objects.filter(collection=other.collection)
    redirects = [*addresses.filter(now_at=last_part(other)).values_list("pk", flat=True)]
    other.delete()
    moved = addresses.filter(Q(pk__in=redirects) | Q(slug=last_part(other)))
    moved.update(now_at=last_part(kept), reason=AddressReason.MERGED)
