"""The base classes of the admin pages of records and things, and the filters of their lists.

`DeskPages` turns errors of the database into errors of the form. `DeskAdmin` adds files, history, merging and a version
check. `RecordAdmin` adds the states of publication, slugs and what the coding screen needs.
"""

from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from relations.admin.actions import ActionsMixin
from relations.admin.add_another import AddAnotherMixin
from relations.admin.citation import PrefilledInline
from relations.admin.coding import coding_of
from relations.admin.coding_form import CodingFormMixin
from relations.admin.comments import CommentsMixin
from relations.admin.conflicts import ConflictMixin
from relations.admin.files import FilesMixin
from relations.admin.forms import DeskForm, PartFormSet, RecordForm, VersionedForm
from relations.admin.history import in_utc
from relations.admin.history_pages import HistoryMixin
from relations.admin.keys import KeysMixin
from relations.admin.lists import ListMixin, RecordListMixin
from relations.admin.merge import MergeMixin
from relations.admin.preview import PreviewMixin
from relations.admin.search import DeskPaginator, SearchMixin
from relations.admin.slugs import is_outdated
from relations.dates import FuzzyDate
from relations.models import Country, Record
from relations.models.refusals import check_deferred, refusal
from relations.models.vocabularies import State
from relations.prepared import prepared
from relations.rights import may_publish, refusal_of_state, state_of

STAMPS = ("version", "changed")
STALE_SLUG = "Please check: its address is still {slug}; empty the slug to have another, until it is published."
RECORD_STAMPS = (*STAMPS, "created_by", "created", "published")


def stamp(name: str) -> Any:
    """A display method for a timestamp column: date and time in UTC, with the time zone."""

    @admin.display(description=name.replace("_", " "), ordering=name)
    def shown(page: Any, row: Any) -> str:
        return in_utc(getattr(row, name))

    return shown


class DeskPages(ListMixin, SearchMixin, KeysMixin, admin.ModelAdmin):
    """The base of all our admin pages: search, and form errors instead of an error page for what PostgreSQL refuses."""

    form = DeskForm
    paginator = DeskPaginator
    show_full_result_count = False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refused = getattr(request, "refused", None)
        return form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Shows a refusal by PostgreSQL in the form, which keeps everything that was entered.

        The form is processed a second time with the refusal in `request.refused`; `DeskForm.clean` adds it as an error.
        """
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DatabaseError as error:
            if request.method != "POST":
                raise
            request.refused = refusal(error)  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def not_found_redirect(self, request: HttpRequest, key: str) -> HttpResponse:
        """The redirect for a key that no row has. Django's own method for it is private."""
        page: Any = self
        response: HttpResponse = page._get_obj_does_not_exist_redirect(request, self.opts, key)
        return response

    def public(self) -> QuerySet:
        """The rows that have a public page; none by default."""
        return self.model._default_manager.none()

    def view_on_site(self, obj: Any) -> str | None:
        """The public address of the row as it is saved, not as typed into the form; None if it is not public."""
        saved = self.public().filter(pk=obj.pk).first()
        return saved and saved.get_absolute_url()


class DeskAdmin(ConflictMixin, HistoryMixin, MergeMixin, FilesMixin, DeskPages):
    """The pages of a thing: import and export, timestamps, history, merging, and a version check when it is saved."""

    form = VersionedForm
    list_per_page = 50
    save_on_top = True
    stamps: tuple[str, ...] = STAMPS
    changed = stamp("changed_at")
    formfield_overrides = {
        ArrayField: {"delimiter": "\n", "widget": forms.Textarea(attrs={"rows": 3}), "help_text": "One a line."},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})},
        models.URLField: {"assume_scheme": "https"},
    }

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The fieldsets of the subclass, followed by the timestamps, which a new row does not have yet."""
        stamps = [("Changes", {"fields": [self.stamps, "seen_version"]})] if obj else []
        return [*super().get_fieldsets(request, obj), *stamps]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fixed = super().get_readonly_fields(request, obj)
        return (*fixed, *self.stamps) if obj else tuple(fixed)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row, or None. A POST locks it, so that nobody can save another version before this one is written."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST" or not connection.in_atomic_block:
            return found
        return self.get_queryset(request).select_for_update(of=("self",), no_key=True).filter(pk=found.pk).first()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Warns of dates in the future: the end of a term may lie there, but it is often a typing error."""
        super().save_model(request, obj, form, change)
        for name in form.changed_data:
            value = form.cleaned_data.get(name)
            if isinstance(value, FuzzyDate) and value.earliest and value.earliest > timezone.now().date():
                label = obj._meta.get_field(name).verbose_name
                self.message_user(request, f"Please check: {label} {value} lies in the future.", messages.WARNING)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Runs the deferred constraints and triggers now, while the form can still show what they refuse."""
        super().save_related(request, form, formsets, change)
        self.save_extra(request, form)
        check_deferred()

    def save_extra(self, request: HttpRequest, form: Any) -> None:
        """Writes any other rows that the form enters, besides its own row and that row's parts."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may_change = super().has_change_permission(request, obj)
        return may_change and (obj is None or self.may_be_changed_by(request.user, obj))

    def may_be_changed_by(self, user: Any, obj: Any) -> bool:
        """Whether a user with the change permission may change this row. A public row needs the right to publish."""
        return may_publish(user) or not self.public().filter(pk=obj.pk).exists()

    def public(self) -> QuerySet:
        return self.model._default_manager.public()


class RecordAdmin(
    RecordListMixin, ActionsMixin, CodingFormMixin, AddAnotherMixin, CommentsMixin, PreviewMixin, DeskAdmin
):
    """The pages of a record: actions between states, read-only timestamps, and a slug that is fixed once published."""

    form = RecordForm
    ordering = ["slug"]
    stamps = RECORD_STAMPS
    actions: Any = [*DeskAdmin.actions, "send_to_review", "send_back", "publish", "withdraw"]
    created, published = stamp("created_at"), stamp("published_at")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The fieldsets of the subclass, the fields of all records, and the timestamps."""
        own = len(self.fieldsets or ())
        fieldsets = super().get_fieldsets(request, obj)
        of_every_record = [
            ("Coding", {"fields": ["slug", ("modality", "negated"), "note"]}),
            ("Publication", {"fields": ["state", "editor_note"]}),
        ]
        every = [*fieldsets[:own], *of_every_record, *fieldsets[own:]]
        return self.folded(every) if coding_of(request) else every

    def get_list_filter(self, request: HttpRequest) -> tuple[Any, ...]:
        return (*super().get_list_filter(request), "negated")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.user, form.is_coded = request.user, bool(coding_of(request))
        return form

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The record, with its saved state in `stored_state`, since the form will overwrite `state`."""
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            found.stored_state = found.state
        return found

    def may_be_changed_by(self, user: Any, obj: Any) -> bool:
        return not refusal_of_state(user, self.model, obj, state_of(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may_delete = super().has_delete_permission(request, obj)
        return may_delete and not (obj and refusal_of_state(request.user, self.model, obj, ""))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """As Django's, plus the reasons why the user may not delete one of the records."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        refused = {refusal_of_state(request.user, self.model, each, "") for each in objs} - {""}
        return deleted, counts, needed | refused, protected

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Locks the records and checks the rights again: one may have been published since the confirmation page."""
        with transaction.atomic():
            records = list(queryset.select_for_update(of=("self",), no_key=True))
            if any(refusal_of_state(request.user, self.model, each, "") for each in records):
                raise PermissionDenied
            super().delete_queryset(
                request, queryset.model._default_manager.filter(pk__in=[each.pk for each in records])
            )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        frozen = ("slug",) if obj and obj.published_at else ()
        return (*super().get_readonly_fields(request, obj), *frozen)

    def save_model(self, request: HttpRequest, obj: Record, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user  # type: ignore[assignment]
        elif "slug" in form.fields:
            self.check_slug(request, obj)
        super().save_model(request, obj, form, change)

    def check_slug(self, request: HttpRequest, obj: Record) -> None:
        """Warns if the slug of an unpublished record still has the values that were corrected since it was proposed."""
        was = self.model._default_manager.get(pk=obj.pk)
        if obj.state != State.PUBLISHED and is_outdated(obj, was):
            self.message_user(request, STALE_SLUG.format(slug=obj.slug), messages.WARNING)

    def public(self) -> QuerySet:
        return self.model._default_manager.published()


class PartInline(PrefilledInline, KeysMixin, admin.TabularInline):
    """The parts of a record or thing, as rows of a table in its form."""

    form = DeskForm
    formset = PartFormSet
    extra = 0


class DecadeFilter(admin.SimpleListFilter):
    """Filters records by decade; a record with vague dates is in every decade in which it may lie."""

    title = "decade"
    parameter_name = "decade"
    UNDATED = "undated"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((str(year), f"{year}s") for year in range(2020, 1930, -10)), (self.UNDATED, "Undated")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value()
        if value == self.UNDATED:
            return queryset.filter(**{queryset.model.starts_on: "", queryset.model.ends_on: ""})
        if value and value.isascii() and value.isdigit() and len(value) == len("1990"):
            first = max(int(value), 1)
            return queryset.possibly_within(date(first, 1, 1), date(min(first + 9, 9999), 12, 31))
        return queryset


@cache
def countries_named_by(model: type[Record]) -> prepared:
    """A prepared query for the countries named by any record of a type."""
    return prepared(Country.objects.named_by(model).only("code", "name").all)


class InvolvingFilter(admin.SimpleListFilter):
    """Filters records by a country that is a party to them, in any role."""

    title = "country"
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(country.code, country.name) for country in countries_named_by(model_admin.model)()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.involving(self.value()) if self.value() else queryset
