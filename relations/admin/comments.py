"""Comments on records by users who may not change them, or do not want to.

They are entries of Django's log, and are listed on the home page of users who may publish until these settle them.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from relations.admin.actions import SENT_BACK
from relations.models.citation import RECORD_TARGETS
from relations.models.vocabularies import State
from relations.prepared import planned
from relations.rights import may, may_publish

COMMENT, SETTLED = "Comment: ", "Comments settled."
MAX_LENGTH = 300  # characters of a comment
MAX_ENTRIES = 200  # of the log that are searched


class CommentForm(forms.Form):
    """A comment on a record."""

    comment = forms.CharField(
        max_length=MAX_LENGTH, label="Comment", widget=forms.Textarea(attrs={"rows": 2, "cols": 60})
    )


def entries_of_comments() -> Any:
    """The log entries of comments and of settling them, newest first."""
    condition = Q(change_message__startswith=COMMENT) | Q(change_message=SETTLED)
    return LogEntry.objects.filter(condition).select_related("user").order_by("-pk")


@planned
def log_of(content_type: Any, key: Any) -> QuerySet:
    """The newest of these log entries for one row."""
    return entries_of_comments().filter(content_type=content_type, object_id=key)[:MAX_ENTRIES]


def comments_on(record: Any) -> list[tuple[LogEntry, str]]:
    """The unsettled comments on a record, oldest first, each with its text."""
    waiting = []
    for entry in log_of(ContentType.objects.get_for_model(record).pk, str(record.pk)):
        if entry.change_message == SETTLED:
            break
        waiting.append((entry, entry.change_message.removeprefix(COMMENT)))
    return waiting[::-1]


def comments_waiting(user: Any) -> list[tuple[LogEntry, str]]:
    """The last unsettled comment on each record, of the types that the user may publish, with its text."""
    models = [model for model in RECORD_TARGETS.values() if may(user, "publish", model)]
    kinds = [each.pk for each in ContentType.objects.get_for_models(*models).values()] if models else []
    last: dict[tuple[Any, Any], LogEntry] = {}
    for entry in entries_of_comments().filter(content_type__in=kinds)[:MAX_ENTRIES]:
        last.setdefault((entry.content_type_id, entry.object_id), entry)
    open_ones = [entry for entry in last.values() if entry.change_message != SETTLED]
    return [(entry, entry.change_message.removeprefix(COMMENT)) for entry in open_ones]


def sent_back_with(record: Any) -> tuple[LogEntry, str] | None:
    """The log entry and comment with which a draft was last sent back from review; None if it never was."""
    if record.state != State.DRAFT:
        return None
    began = f"{SENT_BACK.capitalize()}. "
    of_record = {"content_type": ContentType.objects.get_for_model(record), "object_id": str(record.pk)}
    entries = LogEntry.objects.filter(**of_record, change_message__startswith=began).select_related("user")
    last = entries.order_by("-pk").first()
    return (last, last.change_message.removeprefix(began)) if last else None


class CommentsMixin(admin.ModelAdmin):
    """Shows comments below the form of a record, and above it the one with which it was sent back from review."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.comment_view))
        name = f"{self.opts.app_label}_{self.opts.model_name}_comment"
        return [path("<path:object_id>/comment/", view, name=name), *super().get_urls()]

    def comment_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Adds a comment (needs the add permission), or settles all comments (needs the right to publish)."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404("There is no such record.")
        is_settled = "settle" in request.POST
        may_do = may_publish(request.user) if is_settled else self.has_add_permission(request)
        if not may_do or not self.has_view_permission(request, record):
            raise PermissionDenied
        form = CommentForm(request.POST)
        if is_settled:
            self.log_change(request, record, SETTLED)
        elif form.is_valid():
            self.log_change(request, record, f"{COMMENT}{' '.join(form.cleaned_data['comment'].split())}")
            messages.success(request, "Your comment waits for those who publish.")
        else:
            messages.error(request, f"Nothing was kept: {' '.join(map(str, form.errors['comment']))}")
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])
        return HttpResponseRedirect(address)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        record = context.get("original")
        if record is not None:
            context |= {
                "sent_back": sent_back_with(record),
                "comments": comments_on(record),
                "comment_form": CommentForm() if self.has_add_permission(request) else None,
                "may_settle": may_publish(request.user),
            }
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response
