"""The list of the records of all five types, last changed first, with filters by user, type, state and modality.

Its actions are those of the lists of single types, except for deleting and exporting, which differ by type.
"""

from collections import defaultdict
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

from relations.admin.actions import MAX_LENGTH, NO_COMMENT, NO_REASON
from relations.admin.search import DeskPaginator
from relations.models.citation import RECORD_TARGETS, records_named
from relations.models.vocabularies import Modality, State
from relations.past import history
from relations.rights import may
from relations.wording import heading

MINE, TOUCHED = "mine", "touched"
PAGE_SIZE = 50
MAX_DIGITS = 18  # of a posted key, so that it fits into a bigint
ALL = ("", "All")
WHOLE_PAGE, SHOWN = "whole_page", "shown"  # POST parameters: select the whole page, and the records on it
ACTIONS = ("send_to_review", "send_back", "publish", "withdraw")
WITHOUT_REASON = {"send_back": NO_COMMENT, "withdraw": NO_REASON}  # the error if the reason is missing
NOTHING_CHOSEN = "Nothing is done yet: choose records, and what is to be done with them."


class Line(NamedTuple):
    """A record as a line of the list."""

    record: Any
    kind: str
    name: str
    address: str
    chosen_as: str  # the value of its checkbox: type and key


class WorkForm(forms.Form):
    """The filters of the list."""

    whose = forms.ChoiceField(choices=[ALL, (MINE, "Begun by me"), (TOUCHED, "Everything I touched")], required=False)
    kind = forms.ChoiceField(
        choices=[
            ALL,
            *((name, capfirst(str(model._meta.verbose_name_plural))) for name, model in RECORD_TARGETS.items()),
        ],
        required=False,
    )
    state = forms.ChoiceField(choices=[ALL, *State.choices], required=False)
    modality = forms.ChoiceField(choices=[ALL, *Modality.choices], required=False)


def work(user: Any, whose: str = "", kind: str = "", **columns: str) -> QuerySet:
    """A union query for type, key and time of change, of the types that the user may view."""
    models = {name: model for name, model in RECORD_TARGETS.items() if may(user, "view", model) and kind in ("", name)}
    found = []
    for name, model in models.items():
        records: Any = model._default_manager.filter(**{column: value for column, value in columns.items() if value})
        if whose == MINE:
            records = records.filter(created_by=user)
        elif whose == TOUCHED:
            touched = history(model).filter(pgh_obj_id=OuterRef("pk"), pgh_context__metadata__user=user.pk)
            records = records.filter(Exists(touched))
        named = records.order_by().annotate(of=Value(name, CharField()), at=F("changed_at"))
        found.append(named.values_list("of", "pk", "at"))
    if not found:
        return RECORD_TARGETS["event"]._default_manager.none()
    return found[0].union(*found[1:], all=True).order_by("-at", "of", "pk")


def lines(rows: Any) -> list[Line]:
    """The lines for rows of `work()`; the records are fetched with one query per type."""
    rows = list(rows)
    found = records_named((name, key) for name, key, _ in rows)
    result = []
    for name, key, _ in rows:
        meta = RECORD_TARGETS[name]._meta
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[key])
        result.append(
            Line(found[name, key], str(meta.verbose_name), heading(found[name, key]), address, f"{name}:{key}")
        )
    return result


def permitted_actions(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """The actions that the user may run, by type and name, as Django's `get_actions` returns them."""
    desks = {name: admin.site.get_model_admin(model) for name, model in RECORD_TARGETS.items()}
    of_kinds = {name: desk.get_actions(request) for name, desk in desks.items()}
    return {name: {action: found[action] for action in ACTIONS if action in found} for name, found in of_kinds.items()}


def run_action(request: HttpRequest, permitted: dict[str, dict[str, Any]]) -> str:
    """Runs the posted action on the selected records, type by type; an empty string, or what is missing."""
    action = request.POST.get("action", "")
    chosen: dict[str, list[str]] = defaultdict(list)
    for box in request.POST.getlist(SHOWN if WHOLE_PAGE in request.POST else ACTION_CHECKBOX_NAME):
        name, _, key = box.partition(":")
        if key.isascii() and key.isdigit() and action in permitted.get(name, ()):
            chosen[name].append(key[:MAX_DIGITS])
    if not chosen:
        return NOTHING_CHOSEN
    if action in WITHOUT_REASON and not request.POST.get("reason", "").strip():
        return WITHOUT_REASON[action]
    for name, keys in chosen.items():
        desk, (do, *_) = admin.site.get_model_admin(RECORD_TARGETS[name]), permitted[name][action]
        do(desk, request, desk.get_queryset(request).filter(pk__in=keys))
    return ""


@admin.site.admin_view
def records(request: HttpRequest) -> HttpResponse:
    """The list; a POST runs an action."""
    may_do = permitted_actions(request)
    if request.method == "POST":
        if not (problem := run_action(request, may_do)):
            return HttpResponseRedirect(request.get_full_path())
        messages.error(request, problem)
    form = WorkForm(request.GET)
    is_asked = form.is_valid()
    rows = work(request.user, **form.cleaned_data) if is_asked else work(request.user).none()
    page = DeskPaginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        **admin.site.each_context(request),
        "title": "All records",
        "form": form,
        "page": page,
        "lines": lines(page.object_list),
        "query": query.urlencode(),
        "actions": {action: words for of_kind in may_do.values() for action, (_, _, words) in of_kind.items()},
        "asked": request.POST,
        "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "box": ACTION_CHECKBOX_NAME,
        "longest": MAX_LENGTH,
        "lists": [
            (capfirst(str(model._meta.verbose_name_plural)), f"admin:relations_{model._meta.model_name}_changelist")
            for model in RECORD_TARGETS.values()
            if may(request.user, "view", model)
        ],
    }
    return TemplateResponse(request, "admin/relations/records.html", context)
