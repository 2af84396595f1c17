"""The 403 page; at the desk it names the missing permission and the groups that have it."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst, get_text_list

from config import errors
from relations.admin.record import DeskPages
from relations.models import Record
from relations.models.vocabularies import State
from relations.rights import may, may_publish, refusal_of_state

# The permission that an admin page needs, by the name of its URL, if the names differ.
VERBS = {
    **dict.fromkeys(["changelist", "history", "code", "preview"], "view"),
    "process_import": "import",
    **dict.fromkeys(["password_change", "undo", "back"], "change"),
    "restore": "add",
    "merge": "delete",
}


def page(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 403 page, with a link to the list of the model that it was about."""
    match = request.resolver_match
    for model in filter(admin.site.is_registered, apps.get_models()):
        table = f"{model._meta.app_label}_{model._meta.model_name}_"
        if match and match.view_name.startswith(f"admin:{table}"):
            desk, verb = admin.site.get_model_admin(model), match.view_name.removeprefix(f"admin:{table}")
            record = desk.get_object(request, unquote(next(iter(match.kwargs.values()), "")))
            reason = why_not(request.user, VERBS.get(verb, verb), desk, record)
            back = reverse(f"admin:{table}changelist") if may(request.user, "view", model) else ""
            return errors.page(403, reason=f"{capfirst(reason)}.", back=back, several=model._meta.verbose_name_plural)
    return errors.page(403)


def why_not(user: Any, verb: str, desk: Any, record: Any) -> str:
    """Why the user may not do something with the rows of a model, or with one record of them."""
    model = desk.model
    if not may(user, verb, model):
        return lacking(verb, model)
    if isinstance(record, Record):
        if verb == "delete" and record.state == State.PUBLISHED and not may(user, "withdraw", model):
            return lacking("withdraw", model)
        if reason := refusal_of_state(user, type(record), record, "" if verb == "delete" else record.state):
            return reason
    meta = model._meta
    if record and not may_publish(user) and is_public(desk, record):
        missing = f"without the permission to publish{those_who_may('publish')}"
        return f"you may not {verb} {meta.verbose_name_plural} that are public {missing}"
    return (
        f"you may not {verb} this {meta.verbose_name}"
        if record
        else f"you may not do this with {meta.verbose_name_plural}"
    )


def is_public(desk: Any, record: Any) -> bool:
    """Whether a thing has a public page, so that changing it needs the right to publish."""
    return isinstance(desk, DeskPages) and desk.public().filter(pk=record.pk).exists()


def lacking(verb: str, model: Any) -> str:
    """Names the missing permission and the groups that have it."""
    meta = model._meta
    return f"you may not {verb} {meta.verbose_name_plural}{those_who_may(verb, meta)}"


def those_who_may(verb: str, meta: Any = None) -> str:
    """The groups that have a permission for a model, or for any model, as the end of a sentence; empty if none has."""
    named = {"codename": get_permission_codename(verb, meta)} if meta else {"codename__startswith": f"{verb}_"}
    given = {**named, "content_type__app_label": meta.app_label if meta else "relations"}
    groups = Group.objects.filter(**{f"permissions__{name}": value for name, value in given.items()})
    names = list(groups.order_by("name").values_list("name", flat=True).distinct())
    return f"; the group{'s' if len(names) > 1 else ''} {get_text_list(names, 'and')} may" if names else ""
