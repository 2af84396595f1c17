"""The actions of the lists of records: send to review, send back, publish, and withdraw with a reason."""

from typing import Any

import pghistory
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, ActionForm
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import get_text_list

from relations.models import Record
from relations.models.refusals import check_deferred, refusal
from relations.models.vocabularies import State
from relations.rights import may, refusal_of_state

MAX_LENGTH = 300  # characters of a reason
NO_REASON = "Nothing is withdrawn yet: say why. It stands in the history."
NO_COMMENT = "Nothing is sent back yet: say what is to be mended."
MAX_NAMED = 20  # records that the page for the reason lists
SENT_BACK = "sent back"


class ReasonForm(ActionForm):
    """The menu of actions with an input for the reason, which is stored in the history."""

    reason = forms.CharField(required=False, max_length=MAX_LENGTH, label="Reason:")


class ActionsMixin(admin.ModelAdmin):
    """Actions that bring records to a state, by the same rules as the form. Records that are refused are listed."""

    action_form = ReasonForm

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "publish", self.model)

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "withdraw", self.model)

    @admin.action(description="Send to review", permissions=["change"])
    def send_to_review(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.set_states(request, queryset.filter(state=State.DRAFT), State.IN_REVIEW, "sent to review")

    @admin.action(description="Send back, with a comment", permissions=["publish"])
    def send_back(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        in_review = queryset.filter(state=State.IN_REVIEW)
        if in_review.exists() and not request.POST.get("reason", "").strip():
            return self.ask_reason(request, in_review, NO_COMMENT, "Send back")
        self.set_states(request, in_review, State.DRAFT, SENT_BACK)
        return None

    @admin.action(description="Publish", permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.set_states(request, queryset.exclude(state=State.PUBLISHED), State.PUBLISHED, "published")

    @admin.action(description="Withdraw, with a reason", permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        published = queryset.filter(state=State.PUBLISHED)
        if published.exists() and not request.POST.get("reason", "").strip():
            return self.ask_reason(request, published, NO_REASON, "Withdraw")
        self.set_states(request, published, State.DRAFT, "withdrawn")
        return None

    def ask_reason(self, request: HttpRequest, queryset: QuerySet, prompt: str, verb: str) -> HttpResponse:
        """A page that asks for the reason, and sends the action again with the same selection."""
        number = queryset.count()
        context = {
            **self.admin_site.each_context(request),
            "title": f"{verb} {number:,} {self.opts.verbose_name if number == 1 else self.opts.verbose_name_plural}",
            "opts": self.opts,
            "asked": prompt,
            "verb": verb,
            "longest": MAX_LENGTH,
            "records": queryset.order_by("pk")[:MAX_NAMED],
            "more": max(number - MAX_NAMED, 0),
            "sent": [
                (name, value)
                for name in ("action", "select_across", ACTION_CHECKBOX_NAME)
                for value in request.POST.getlist(name)
                if value
            ],
        }
        return TemplateResponse(request, "admin/relations/reason.html", context)

    def set_states(self, request: HttpRequest, queryset: QuerySet, state: State, participle: str) -> None:
        """Sets the state of each record in its own transaction, and reports the number, and why others were refused."""
        reason = " ".join(request.POST.get("reason", "").split())[:MAX_LENGTH]
        done, refused = [], []
        for key in queryset.order_by("pk").values_list("pk", flat=True):
            try:
                with transaction.atomic(), pghistory.context(**({"reason": reason} if reason else {})):
                    record = self.with_state(request.user, key, state)
                    self.log_change(request, record, f"{participle.capitalize()}. {reason}".strip())
                done.append(record)
            except (ValidationError, DatabaseError) as error:
                message = refusal(error)[1] if isinstance(error, DatabaseError) else " ".join(error.messages)
                refused.append(f"{self.model.objects.get(pk=key)}: {message}")
        names = self.opts.verbose_name if len(done) == 1 else self.opts.verbose_name_plural
        if done or not refused:
            messages.success(request, f"{len(done):,} {names} {participle}.")
        if refused:
            messages.error(request, f"Left as they were: {get_text_list(refused, 'and')}.")

    def with_state(self, user: Any, key: Any, state: State) -> Record:
        """Sets the state of one record, and runs the deferred constraints.

        ValidationError or DatabaseError if the user may not, or if the record does not satisfy the rules of the state.
        """
        record: Record = self.model.objects.select_for_update(no_key=True).get(pk=key)
        if refused := refusal_of_state(user, self.model, record, state):
            raise ValidationError(refused)
        record.state = state
        record.full_clean(exclude=["slug", "search"], validate_unique=False)
        record.save(update_fields=["state"])
        check_deferred()
        return record
