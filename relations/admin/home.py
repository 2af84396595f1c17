"""Where the desk opens: on the work, then on the models."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from relations.admin.actions import SENT_BACK
from relations.admin.checkup import last_checkup, may_look
from relations.admin.comments import comments_waiting
from relations.admin.table_profiles import may_import_any
from relations.admin.work import MINE, Line, lines, work
from relations.models import Batch, Passage, Source
from relations.models.citation import RECORD_TARGETS
from relations.models.vocabularies import State
from relations.rights import may

MOST = 8  # lines of a list, of which there is a whole one
MOST_COMMENTS = 200  # that are looked through
A_WEEK = timedelta(days=7)


@admin.site.admin_view
def index(request: HttpRequest) -> HttpResponse:
    """Django's own page, with the work before the models."""
    return admin.site.index(request, at_hand(request.user))


def at_hand(user: Any) -> dict[str, Any]:
    """What somebody may go on with."""
    lists: list[tuple[str, dict[str, Any]]] = [
        ("My drafts", {"whose": MINE, "state": State.DRAFT}),
        ("Waiting for review", {"state": State.IN_REVIEW}),
    ]
    return {
        "last_coded": last_coded(user),
        "to_code": to_code(user),
        "lists": [
            (title, found[:MOST], query(asked), len(found) > MOST)
            for title, asked in lists
            if (found := lines(work(user, **asked)[: MOST + 1]))
        ],
        "sent_back": sent_back(user),
        "changes": changes(user),
        "comments": comments_waiting(user)[:MOST],
        "imports": imports(user),
        "may_look": may_look(user),
        "checkup": last_checkup(user),
        "records": reverse("desk-records"),
        "may_add_source": may(user, "add", Source),
        "may_import": may_import_any(user),
    }


def query(asked: dict[str, Any]) -> str:
    """The whole of a list."""
    return f"{reverse('desk-records')}?{'&'.join(f'{name}={value}' for name, value in asked.items())}"


def imports(user: Any) -> list[Batch]:
    """What came in from files last, for those who bring files in."""
    return list(Batch.objects.select_related("owner").order_by("-pk")[:MOST]) if may_import_any(user) else []


def last_coded(user: Any) -> Passage | None:
    """The sentence that somebody coded last."""
    if not may(user, "view", Passage):
        return None
    of_passages = ContentType.objects.get_for_model(Passage)
    keys = (
        LogEntry.objects.filter(user=user, content_type=of_passages).order_by("-pk").values_list("object_id", flat=True)
    )
    key = keys.first()
    return Passage.objects.select_related("source").filter(pk=key).first() if key else None


def to_code(user: Any) -> list[Source]:
    """Documents of which sentences are still to be coded."""
    if not may(user, "view", Passage) or not may(user, "view", Source):
        return []
    unfinished = Passage.objects.filter(finished=False).order_by().values("source")
    return list(Source.objects.filter(pk__in=unfinished).order_by("key")[:MOST])


def sent_back(user: Any) -> list[tuple[Line, LogEntry]]:
    """The drafts that somebody began and that came back from review, with the last comment on each."""
    kinds = {ContentType.objects.get_for_model(model).pk: name for name, model in RECORD_TARGETS.items()}
    entries = LogEntry.objects.filter(content_type__in=kinds, change_message__startswith=SENT_BACK.capitalize())
    last: dict[tuple[str, int], LogEntry] = {}
    for entry in entries.select_related("user").order_by("-pk")[:MOST_COMMENTS]:
        last.setdefault((kinds[entry.content_type_id], int(entry.object_id)), entry)  # type: ignore[index,arg-type]
    mine = {row[:2]: row for row in work(user, MINE, state=State.DRAFT)[:MOST_COMMENTS]} if last else {}
    rows = [mine[key] for key in last if key in mine][:MOST]
    return [(line, last[row[:2]]) for line, row in zip(lines(rows), rows, strict=True)]


def changes(user: Any) -> list[LogEntry]:
    """What was changed at the desk this week, and by whom; of what somebody may look at."""
    models = [model for model in (*RECORD_TARGETS.values(), Source, Passage) if may(user, "view", model)]
    kinds = ContentType.objects.get_for_models(*models).values() if models else []
    recent = LogEntry.objects.filter(
        action_time__gte=timezone.now() - A_WEEK, content_type__in=[each.pk for each in kinds]
    )
    return list(recent.select_related("user", "content_type").order_by("-pk")[: 2 * MOST])
