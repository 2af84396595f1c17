"""What is done with several records of a list at once: reviewed, sent back, published, withdrawn with a reason."""

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

LONGEST = 300
NO_REASON = "Nothing is withdrawn yet: say why. It stands in the history."
NO_COMMENT = "Nothing is sent back yet: say what is to be mended."
MOST_NAMED = 20  # records of which somebody is asked why
SENT_BACK = "sent back"


class ReasonForm(ActionForm):
    """The actions of a list, and why; the history keeps it."""

    reason = forms.CharField(required=False, max_length=LONGEST, label="Reason:")


class ActionsMixin(admin.ModelAdmin):
    """Actions that bring records to a state, each by the rules of its form; what may not come there is named."""

    action_form = ReasonForm

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "publish", self.model)

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "withdraw", self.model)

    @admin.action(description="Send to review", permissions=["change"])
    def send_to_review(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.bring(request, queryset.filter(state=State.DRAFT), State.IN_REVIEW, "sent to review")

    @admin.action(description="Send back, with a comment", permissions=["publish"])
    def send_back(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        in_review = queryset.filter(state=State.IN_REVIEW)
        if in_review.exists() and not request.POST.get("reason", "").strip():
            return self.ask_why(request, in_review, NO_COMMENT, "Send back")
        self.bring(request, in_review, State.DRAFT, SENT_BACK)
        return None

    @admin.action(description="Publish", permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.bring(request, queryset.exclude(state=State.PUBLISHED), State.PUBLISHED, "published")

    @admin.action(description="Withdraw, with a reason", permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        published = queryset.filter(state=State.PUBLISHED)
        if published.exists() and not request.POST.get("reason", "").strip():
            return self.ask_why(request, published, NO_REASON, "Withdraw")
        self.bring(request, published, State.DRAFT, "withdrawn")
        return None

    def ask_why(self, request: HttpRequest, queryset: QuerySet, asked: str, verb: str) -> HttpResponse:
        """A page for the reason alone, which sends the action again with the rows that were chosen."""
        number = queryset.count()
        context = {
            **self.admin_site.each_context(request),
            "title": f"{verb} {number:,} {self.opts.verbose_name if number == 1 else self.opts.verbose_name_plural}",
            "opts": self.opts,
            "asked": asked,
            "verb": verb,
            "longest": LONGEST,
            "records": queryset.order_by("pk")[:MOST_NAMED],
            "more": max(number - MOST_NAMED, 0),
            "sent": [
                (name, value)
                for name in ("action", "select_across", ACTION_CHECKBOX_NAME)
                for value in request.POST.getlist(name)
                if value
            ],
        }
        return TemplateResponse(request, "admin/relations/reason.html", context)

    def bring(self, request: HttpRequest, queryset: QuerySet, state: State, said: str) -> None:
        """Brings records to a state, one by one; those that may not come there stay as they are."""
        reason = " ".join(request.POST.get("reason", "").split())[:LONGEST]
        done, refused = [], []
        for key in queryset.order_by("pk").values_list("pk", flat=True):
            try:
                with transaction.atomic(), pghistory.context(**({"reason": reason} if reason else {})):
                    record = self.brought(request.user, key, state)
                    self.log_change(request, record, f"{said.capitalize()}. {reason}".strip())
                done.append(record)
            except (ValidationError, DatabaseError) as error:
                told = refusal(error)[1] if isinstance(error, DatabaseError) else " ".join(error.messages)
                refused.append(f"{self.model.objects.get(pk=key)}: {told}")
        names = self.opts.verbose_name if len(done) == 1 else self.opts.verbose_name_plural
        if done or not refused:
            messages.success(request, f"{len(done):,} {names} {said}.")
        if refused:
            messages.error(request, f"Left as they were: {get_text_list(refused, 'and')}.")

    def brought(self, user: Any, key: Any, state: State) -> Record:
        """A record in that state, as far as rules and rights let it; what is checked at the end is checked now."""
        record: Record = self.model.objects.select_for_update(no_key=True).get(pk=key)
        if refused := refusal_of_state(user, self.model, record, state):
            raise ValidationError(refused)
        record.state = state
        record.full_clean(exclude=["slug", "search"], validate_unique=False)
        record.save(update_fields=["state"])
        check_deferred()
        return record
