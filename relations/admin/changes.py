"""The list of all changes of the register, newest first, with filters by user, type, kind of change and day."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple, Self

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

from relations.admin.history import VERBS, Change, DeskFormatter, revision_of, user_of, usernames
from relations.models import RECORD_TYPES, Actor, Country, Passage, Relation, Source
from relations.models.owners import owner_column, part_models
from relations.paging import moment
from relations.past import history, row_at
from relations.rights import may
from relations.text import quoted

PAGE_SIZE = 50
ALL = ("", "All")
TRACKED: tuple[Any, ...] = (*RECORD_TYPES, Actor, Country, Relation, Source, Passage)
KINDS: dict[str, Any] = {str(model._meta.model_name): model for model in TRACKED}


class Line(NamedTuple):
    """What one transaction did to a row and its parts: a line of the list."""

    revision: Any
    kind: str
    name: str
    address: str


class ChangesForm(forms.Form):
    """The filters of the list."""

    who = forms.ModelChoiceField(
        get_user_model()._default_manager.filter(is_staff=True).order_by("username"), required=False, empty_label="All"
    )
    kind = forms.ChoiceField(
        choices=[ALL, *((name, capfirst(str(model._meta.verbose_name_plural))) for name, model in KINDS.items())],
        required=False,
    )
    what = forms.ChoiceField(
        choices=[ALL, *((name, capfirst(verb)) for name, verb in VERBS.items())], required=False, label="What"
    )
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}), label="Day (UTC)")


@dataclass(frozen=True, order=True)
class Cursor:
    """The place of a change in the order of the list: by time, type, and number of its row in the history."""

    at: datetime
    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.kind}~{self.number}"

    @classmethod
    def read(cls, cursor: str) -> Self:
        """Parses a cursor from a query string; ValueError if it is malformed."""
        at, kind, number = cursor.split("~")
        if kind not in KINDS or not (number.isascii() and number.isdigit() and len(number) < 19):
            raise ValueError(cursor)
        return cls(moment(at), kind, int(number))

    def after(self, kind: str) -> Q:
        """The condition for changes of a type that come after this one in the list."""
        earlier = Q(pgh_created_at__lt=self.at)
        if kind > self.kind:
            return earlier
        same = Q(pgh_created_at=self.at) if kind < self.kind else Q(pgh_created_at=self.at, pgh_id__lt=self.number)
        # The first condition is redundant, but lets PostgreSQL start the index scan at the cursor.
        return Q(pgh_created_at__lte=self.at) & (earlier | same)


def cursor_of(state: Any) -> Cursor:
    """The cursor of a row of the history."""
    return Cursor(state.pgh_created_at, str(state.pgh_tracked_model._meta.model_name), state.pgh_id)


def changes(user: Any, after: Cursor | None = None, kind: str = "", **filters: Any) -> list[Any]:
    """Rows of the history after a cursor, newest first, of the types that the user may view: one more than a page."""
    kinds = {name: model for name, model in KINDS.items() if kind in ("", name) and may(user, "view", model)}
    found = (states(model, **filters).filter(after.after(name) if after else Q()) for name, model in kinds.items())
    each = (rows.order_by("-pgh_created_at", "-pgh_id")[: PAGE_SIZE + 1] for rows in found)
    return [*islice(merge(*each, key=cursor_of, reverse=True), PAGE_SIZE + 1)]


def states(model: Any, who: Any = None, what: str = "", day: Any = None) -> QuerySet:
    """The history of a model, filtered by user, kind of change and day (UTC)."""
    rows = history(model).select_related("pgh_context")
    if who:
        rows = rows.filter(pgh_context__metadata__user=who.pk)
    if what:
        rows = rows.filter(pgh_label=what)
    if day:
        begun = datetime.combine(day, time.min, UTC)
        rows = rows.filter(pgh_created_at__gte=begun, pgh_created_at__lt=begun + timedelta(days=1))
    return rows


def with_previous(rows: QuerySet) -> list[tuple[Any, Any]]:
    """Rows of the history of one model, each with the previous one of the same object, or None."""
    model: Any = rows.model
    earlier = model._default_manager.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    rows = rows.annotate(previous=Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1])).order_by("pgh_id")
    found = list(rows)
    before = model._default_manager.in_bulk([row.previous for row in found if row.previous])
    return [(row, before.get(row.previous)) for row in found]


def changes_by_row(page: list[Any], words: DeskFormatter) -> dict[tuple[Any, Any, Any], list[Change]]:
    """The changes of rows and of their parts in words, by model, key and time of the transaction."""
    found: dict[tuple[Any, Any, Any], list[Change]] = {}
    for model in KINDS.values():
        of_model = [state for state in page if state.pgh_tracked_model is model]
        if not of_model:
            continue
        keys, moments = ({getattr(each, name) for each in of_model} for name in ("pgh_obj_id", "pgh_created_at"))
        kinds = [(model, "pgh_obj_id"), *((part, column_of(part, model)) for part in part_models(model))]
        for of, column in kinds:
            rows = history(of).filter(pgh_created_at__in=moments, **{f"{column}__in": keys})
            pairs = with_previous(rows)
            words.read(state for pair in pairs for state in pair if state)
            for state, before in pairs:
                change = words.change(before, state, is_part=of is not model)
                if change.columns or state.pgh_label != "update":
                    found.setdefault((model, getattr(state, column), state.pgh_created_at), []).append(change)
    return found


def column_of(part: Any, owner: Any) -> str:
    """The attribute of a part with the key of its owner, such as `event_id`."""
    return str(part._meta.get_field(owner_column(part, owner)).attname)


def lines(page: list[Any]) -> list[Line]:
    """The lines of a page; several changes of a row in one transaction make one line."""
    words, names, found = DeskFormatter(), usernames({user_of(state) for state in page}), {}
    done = changes_by_row(page, words)
    for state in page:
        model, key = state.pgh_tracked_model, (state.pgh_tracked_model, state.pgh_obj_id, state.pgh_created_at)
        if key not in found:
            revision = revision_of(state, 0, names)
            revision.changes = done.get(key, [])
            address = reverse(f"admin:relations_{model._meta.model_name}_history", args=[state.pgh_obj_id])
            found[key] = Line(revision, str(model._meta.verbose_name), words.title(row_at(state)), address)
    return [line for line in found.values() if line.revision.changes]


@admin.site.admin_view
def feed(request: HttpRequest) -> HttpResponse:
    """A page of the list."""
    form, cursor = ChangesForm(request.GET), request.GET.get("after", "")
    try:
        after = Cursor.read(cursor) if cursor else None
    except ValueError:
        raise BadRequest(f"{quoted(cursor)} is no place in the changes.") from None
    found = changes(request.user, after, **form.cleaned_data) if form.is_valid() else []
    query = request.GET.copy()
    query["after"] = str(cursor_of(found[PAGE_SIZE - 1])) if len(found) > PAGE_SIZE else ""
    context = {
        **admin.site.each_context(request),
        "title": "All changes",
        "form": form,
        "media": form.media,
        "lines": lines(found[:PAGE_SIZE]),
        "following": query["after"] and query.urlencode(),
        "is_first": after is None,
    }
    return TemplateResponse(request, "admin/relations/changes.html", context)
