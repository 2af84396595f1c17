"""The home page of the desk: the user's work, followed by Django's list of models."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from relations.admin.actions import SENT_BACK
from relations.admin.checkup import last_checkup, may_view_checks
from relations.admin.comments import comments_waiting
from relations.admin.table_profiles import may_import_any
from relations.admin.work import MINE, Line, lines, work
from relations.models import Batch, Passage, Source
from relations.models.citation import RECORD_TARGETS
from relations.models.vocabularies import State
from relations.rights import may

MAX_LINES = 8  # of each list; a link leads to the whole list
MAX_COMMENTS = 200  # log entries that are searched
A_WEEK = timedelta(days=7)


@admin.site.admin_view
def index(request: HttpRequest) -> HttpResponse:
    """Django's admin index with our context."""
    return admin.site.index(request, home_context(request.user))


def home_context(user: Any) -> dict[str, Any]:
    """The lists of the page, with only what the user may see."""
    lists: list[tuple[str, dict[str, Any]]] = [
        ("My drafts", {"whose": MINE, "state": State.DRAFT}),
        ("Waiting for review", {"state": State.IN_REVIEW}),
    ]
    return {
        "last_coded": last_coded(user),
        "to_code": to_code(user),
        "lists": [
            (title, found[:MAX_LINES], query(filters), len(found) > MAX_LINES)
            for title, filters in lists
            if (found := lines(work(user, **filters)[: MAX_LINES + 1]))
        ],
        "sent_back": sent_back(user),
        "changes": changes(user),
        "comments": comments_waiting(user)[:MAX_LINES],
        "imports": imports(user),
        "may_view_checks": may_view_checks(user),
        "checkup": last_checkup(user),
        "records": reverse("desk-records"),
        "may_add_source": may(user, "add", Source),
        "may_import": may_import_any(user),
    }


def query(filters: dict[str, Any]) -> str:
    """The URL of the whole list, with its filters."""
    return f"{reverse('desk-records')}?{'&'.join(f'{name}={value}' for name, value in filters.items())}"


def imports(user: Any) -> list[Batch]:
    """The latest imports, for users who may import; else an empty list."""
    return list(Batch.objects.select_related("owner").order_by("-pk")[:MAX_LINES]) if may_import_any(user) else []


def last_coded(user: Any) -> Passage | None:
    """The sentence that the user coded last, from Django's log; None without one."""
    if not may(user, "view", Passage):
        return None
    of_passages = ContentType.objects.get_for_model(Passage)
    keys = (
        LogEntry.objects.filter(user=user, content_type=of_passages).order_by("-pk").values_list("object_id", flat=True)
    )
    key = keys.first()
    return Passage.objects.select_related("source").filter(pk=key).first() if key else None


def to_code(user: Any) -> list[Source]:
    """The documents that have unfinished sentences."""
    if not may(user, "view", Passage) or not may(user, "view", Source):
        return []
    unfinished = Passage.objects.filter(finished=False).order_by().values("source")
    return list(Source.objects.filter(pk__in=unfinished).order_by("key")[:MAX_LINES])


def sent_back(user: Any) -> list[tuple[Line, LogEntry]]:
    """The user's own drafts that were sent back from review, with the log entry that has the reviewer's comment."""
    kinds = {ContentType.objects.get_for_model(model).pk: name for name, model in RECORD_TARGETS.items()}
    entries = LogEntry.objects.filter(content_type__in=kinds, change_message__startswith=SENT_BACK.capitalize())
    last: dict[tuple[str, int], LogEntry] = {}
    for entry in entries.select_related("user").order_by("-pk")[:MAX_COMMENTS]:
        last.setdefault((kinds[entry.content_type_id], int(entry.object_id)), entry)  # type: ignore[index,arg-type]
    mine = {row[:2]: row for row in work(user, MINE, state=State.DRAFT)[:MAX_COMMENTS]} if last else {}
    rows = [mine[key] for key in last if key in mine][:MAX_LINES]
    return [(line, last[row[:2]]) for line, row in zip(lines(rows), rows, strict=True)]


def changes(user: Any) -> list[LogEntry]:
    """Django's log of the last seven days, for the models that the user may view."""
    models = [model for model in (*RECORD_TARGETS.values(), Source, Passage) if may(user, "view", model)]
    kinds = ContentType.objects.get_for_models(*models).values() if models else []
    recent = LogEntry.objects.filter(
        action_time__gte=timezone.now() - A_WEEK, content_type__in=[each.pk for each in kinds]
    )
    return list(recent.select_related("user", "content_type").order_by("-pk")[: 2 * MAX_LINES])
