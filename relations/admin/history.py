"""Who changed what in a record and its parts, and when: the rows that the database kept of every change."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from itertools import groupby
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

VERBS = {"insert": "added", "update": "changed", "delete": "deleted"}
UNSPOKEN = ("id", "version", "created_at", "changed_at", "published_at", "created_by", "passage_sha256")


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
class Entry:
    """What one person did at one moment."""

    when: Any
    who: str = ""
    file: str = ""
    why: str = ""
    changes: list[Change] = dataclasses.field(default_factory=list)


def history_of(instance: models.Model, parts: Iterable[tuple[type[models.Model], str]]) -> list[Entry]:
    """The changes of a row and of its parts, each part told by its model and the column of its owner, newest first."""
    words = Spelling()
    found = [*changes_of(type(instance), words, pgh_obj_id=instance.pk)]
    for model, owner in parts:
        found += changes_of(model, words, **{owner: instance.pk})
    found.sort(key=lambda each: (each[0].pgh_created_at, str(each[0].pgh_context_id)), reverse=True)
    names = names_of({each[0].pgh_context.metadata.get("user") for each in found if each[0].pgh_context})
    entries = []
    for (when, context), together in groupby(found, key=lambda each: (each[0].pgh_created_at, each[0].pgh_context)):
        told = context.metadata if context else {}
        entry = Entry(when, names.get(told.get("user"), ""), told.get("import_file", ""), told.get("reason", ""))
        entry.changes = [change for _, change in together if change.columns or change.verb != "changed"]
        if entry.changes:
            entries.append(entry)
    return entries


def last_editor(instance: Any) -> str:
    """The name of who changed a row last; empty where it was a program."""
    kept = type(instance).pgh_event_model._default_manager.filter(pgh_obj_id=instance.pk)
    last = kept.select_related("pgh_context").order_by("pgh_id").last()
    user = last.pgh_context.metadata.get("user") if last and last.pgh_context else None
    return names_of({user}).get(user, "")


class Spelling:
    """What the values of a history are called; the rows that it names are read once each."""

    def __init__(self) -> None:
        self.names: dict[tuple[Any, Any], str] = {}

    def of(self, field: Any, value: Any) -> str:
        if value in (None, ""):
            return ""
        if not field.is_relation or isinstance(value, str):
            return str(value)
        key = (field.related_model, value)
        if key not in self.names:
            row = field.related_model._base_manager.filter(pk=value).first()
            self.names[key] = str(row) if row else f"{value} (deleted)"
        return self.names[key]


def names_of(users: set[Any]) -> dict[Any, str]:
    """The names of the users that a history mentions."""
    known = get_user_model()._default_manager.filter(pk__in=[user for user in users if user])
    return {user.pk: user.get_username() for user in known}


def changes_of(model: type[models.Model], words: Spelling, **conditions: Any) -> list[tuple[Any, Change]]:
    """Every kept row of some rows of a model, with what it changed in the one before."""
    kept = apps.get_model(model._meta.app_label, f"{model.__name__}History")
    fields: list[Any] = [
        field
        for field in model._meta.concrete_fields
        if field.name not in UNSPOKEN and field.name not in conditions and not field.generated
    ]
    before: dict[Any, Any] = {}
    changes = []
    for row in kept._default_manager.filter(**conditions).select_related("pgh_context").order_by("pgh_id"):
        old, new = (row, None) if row.pgh_label == "delete" else (before.get(row.pgh_obj_id), row)
        told = ((each, *(getattr(side, each.attname, None) for side in (old, new))) for each in fields)
        columns = [
            (str(each.verbose_name), words.of(each, was), words.of(each, now)) for each, was, now in told if was != now
        ]
        spoken = [column for column in columns if column[1] or column[2]]
        changes.append((row, Change(str(model._meta.verbose_name), VERBS[row.pgh_label], spoken)))
        before[row.pgh_obj_id] = row
    return changes
