"""The history page of a row, and the pages that undo one revision, revert to an earlier one, or restore a deletion."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from relations.admin.actions import MAX_LENGTH
from relations.admin.history import Change, DeskFormatter, history_of, in_utc
from relations.admin.keys import may_be_key
from relations.models import Record
from relations.models.vocabularies import State
from relations.past import DELETED, Past, row_at
from relations.reverting import Reverted, RevertError, back_to, carry_out, deleted, gone_with, restore, without
from relations.rights import may, refusal_of_state

HISTORY, PAGE = "admin/relations/history.html", "admin/relations/revert.html"
CHANGED = "it has changed since this page was opened; look again"
SAME = "there is nothing left to change"
BACK, UNDO = "back", "undo"
TITLES = {BACK: "Back to how it was on", UNDO: "Take back the change of"}
BUTTONS = {BACK: "Make it so again", UNDO: "Take it back"}


class ReasonForm(forms.Form):
    """The reason for a revert, and the version of the row that the page was shown for."""

    reason = forms.CharField(max_length=MAX_LENGTH, label="Why", help_text="It stands in the history.")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class HistoryMixin(admin.ModelAdmin):
    """The history, revert and restore pages of a record or thing."""

    object_history_template = HISTORY

    def get_urls(self) -> list[Any]:
        wrap, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            *(
                path(
                    f"<path:object_id>/history/<int:step>/{how}/", wrap(self.revert_view), {"how": how}, f"{name}_{how}"
                )
                for how in (BACK, UNDO)
            ),
            path("<path:object_id>/restore/", wrap(self.restore_view), name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def address(self, page: str, *args: Any) -> str:
        """The URL of an admin page of this model."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The history of a row and its parts; also of a row that was deleted."""
        row, key = self.get_object(request, unquote(object_id)), unquote(object_id)
        gone: Any = deleted(self.model, key) if row is None and may_be_key(self.opts.pk, key) else None
        if gone is None and row is None:
            return super().history_view(request, object_id, extra_context)
        past = Past(self.model, row.pk if row else gone.pgh_obj_id)
        context = {
            "revisions": history_of(past),
            "last": past.last,
            "ends": {past.steps[state.pgh_created_at] for state in past.states if state.pgh_label == DELETED},
            "begins": {past.steps[state.pgh_created_at] for state in past.states if state.pgh_label == "insert"},
            "may_revert": row is not None and self.has_change_permission(request, row),
            "gone": gone,
        }
        if row is not None:
            return super().history_view(request, object_id, {**(extra_context or {}), **context})
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = row_at(gone)
        title = f"Deleted {self.opts.verbose_name}: {DeskFormatter().title(row)}"
        return TemplateResponse(request, HISTORY, self.page(request, row, title) | context)

    def page(self, request: HttpRequest, row: Any, title: str) -> dict[str, Any]:
        """The context that the templates of these pages share."""
        shared = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "media": self.media}
        return {**shared, "object": row, "original": row, "history": self.address("history", row.pk)}

    @transaction.atomic
    def revert_view(self, request: HttpRequest, object_id: str, step: int, how: str) -> HttpResponse:
        """Previews a revert of the row and its parts, and on POST carries it out.

        `how` is "back", to the state after revision `step`, or "undo", of this one revision alone.
        """
        key = unquote(object_id)
        row: Any = self.locked(key) if may_be_key(self.opts.pk, key) else None  # type: ignore[attr-defined]
        if row is None:
            raise Http404
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        past = Past(self.model, row.pk)
        labels = {state.pgh_label for state in past.states if past.steps[state.pgh_created_at] == step}
        if not labels or DELETED in labels or (how == UNDO and "insert" in labels):
            raise Http404
        reverted = back_to(past, step) if how == BACK else without(past, step)
        form = ReasonForm(request.POST or None, initial={"version": row.version})
        refused = refusals(request.user, row, reverted)
        if form.is_valid() and not refused:
            refused = [CHANGED] if form.cleaned_data["version"] != row.version else []
            if not refused and not (refused := self.reverted(request, row, reverted, form.cleaned_data["reason"])):
                return HttpResponseRedirect(self.address("history", row.pk))
        moment = next(moment for moment, at in past.steps.items() if at == step)
        context = {"form": form, "refused": refused, "changes": changes_in(reverted), "button": BUTTONS[how]}
        return TemplateResponse(request, PAGE, self.page(request, row, f"{TITLES[how]} {in_utc(moment)}") | context)

    def reverted(self, request: HttpRequest, row: Any, reverted: Reverted, reason: str) -> list[str]:
        """Carries out a revert and logs it; an empty list, or the reasons why nothing was written."""
        try:
            carry_out(reverted, reason)
        except RevertError as error:
            return [str(error)]
        self.log_change(request, row, f"Taken back. {reason}")
        self.message_user(request, f"Taken back: {row}.", messages.SUCCESS)
        return []

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Previews a deleted row with everything that was deleted with it, and on POST restores them."""
        key = unquote(object_id)
        gone = deleted(self.model, key) if may_be_key(self.opts.pk, key) else None
        if gone is None:
            raise Http404
        if not self.has_add_permission(request):
            raise PermissionDenied
        row, parts = row_at(gone), gone_with(gone)
        form, refused = ReasonForm(request.POST or None), refusals_to_restore(request.user, row, parts)
        if form.is_valid() and not refused:
            try:
                restore(gone, form.cleaned_data["reason"])
            except RevertError as error:
                refused = [str(error)]
            else:
                row = self.model._default_manager.get(pk=gone.pgh_obj_id)
                self.log_addition(request, row, f"Brought back. {form.cleaned_data['reason']}")
                self.message_user(request, f"Brought back: {row}.", messages.SUCCESS)
                return HttpResponseRedirect(self.address("change", row.pk))
        words = DeskFormatter()
        rows = [row, *(part for of_kind in parts.values() for part in of_kind)]
        context = {"form": form, "refused": refused, "changes": [added(words, each) for each in rows]}
        context["button"] = "Bring it back"
        title = f"Bring back {self.opts.verbose_name} {words.title(row)}"
        return TemplateResponse(request, PAGE, self.page(request, row, title) | context)


def refusals(user: Any, row: Any, reverted: Reverted) -> list[str]:
    """The reasons against a revert: later changes of the same columns, missing rights, or nothing to revert."""
    words, reasons = DeskFormatter(), []
    for each, columns in reverted.obstacles:
        labels = [str(each._meta.get_field(name).verbose_name) for name in columns if name != "id"]
        what = f"{each._meta.verbose_name} {words.title(each)}"
        reasons.append(f"{what}: {', '.join(labels)} changed again since" if labels else f"{what}: it is gone since")
    if isinstance(row, Record):
        _, then = reverted.rows.get((type(row), row.pk), (row, row))
        reasons.append(refusal_of_state(user, type(row), row, then.state))
    reasons.append(reverted.refusal(user, type(row)))
    if not reverted.rows and not reverted.obstacles:
        reasons.append(SAME)
    return [each for each in reasons if each]


def refusals_to_restore(user: Any, row: Any, parts: dict[Any, list[Any]]) -> list[str]:
    """The reasons against a restore. The user needs the right to bring a record to the state that it returns to."""
    reasons = [f"you may not add {part._meta.verbose_name_plural}" for part in parts if not may(user, "add", part)]
    if isinstance(row, Record):
        row.stored_state = State.DRAFT  # type: ignore[attr-defined]
        reasons.append(refusal_of_state(user, type(row), row, row.state))
    return [each for each in reasons if each]


def changes_in(reverted: Reverted) -> list[Change]:
    """The changes that a revert would make, in words."""
    words, changes = DeskFormatter(), []
    for (model, _), (now, then) in reverted.rows.items():
        verb = "added" if now is None else "removed" if then is None else "changed"
        what = f"{model._meta.verbose_name} {words.title(now or then)}"
        changes.append(Change(what, verb, words.columns(model, now, then)))
    return changes


def added(words: DeskFormatter, row: Any) -> Change:
    """A row that would be restored, as a change."""
    return Change(f"{row._meta.verbose_name} {words.title(row)}", "added", words.columns(type(row), None, row))
