"""Records of all five kinds in one list, the last changed first: whose, how far they have come, how they are put."""

from typing import Any, NamedTuple

from django import forms
from django.contrib import admin
from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

from relations.admin.search import DeskPaginator
from relations.models.citation import RECORD_TARGETS, records_named
from relations.models.vocabularies import Modality, State
from relations.past import history
from relations.rights import may
from relations.wording import heading

MINE, TOUCHED = "mine", "touched"
A_PAGE = 50
ALL = ("", "All")


class Line(NamedTuple):
    """A record as a list of work shows it."""

    record: Any
    kind: str
    name: str
    address: str


class WorkForm(forms.Form):
    """Which records are shown: whose, of which type, state and modality."""

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
    """The kind and the key of records that somebody may look at."""
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
    """The records of these rows, read kind by kind."""
    rows = list(rows)
    found = records_named((name, key) for name, key, _ in rows)
    told = []
    for name, key, _ in rows:
        meta = RECORD_TARGETS[name]._meta
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[key])
        told.append(Line(found[name, key], str(meta.verbose_name), heading(found[name, key]), address))
    return told


@admin.site.admin_view
def records(request: HttpRequest) -> HttpResponse:
    """The list, filtered by what is asked."""
    form = WorkForm(request.GET)
    is_asked = form.is_valid()
    rows = work(request.user, **form.cleaned_data) if is_asked else work(request.user).none()
    page = DeskPaginator(rows, A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        **admin.site.each_context(request),
        "title": "All records",
        "form": form,
        "page": page,
        "lines": lines(page.object_list),
        "query": query.urlencode(),
    }
    return TemplateResponse(request, "admin/relations/records.html", context)
