"""What the pages of all records and things share: stamps, slugs, refusals in the form, history, filters."""

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
from relations.admin.another import AnotherMixin
from relations.admin.citation import CodedInline
from relations.admin.coded import CodedMixin
from relations.admin.coding import coding_of
from relations.admin.comments import CommentsMixin
from relations.admin.files import FilesMixin
from relations.admin.forms import DeskForm, PartFormSet, RecordForm, VersionedForm
from relations.admin.history import in_utc
from relations.admin.history_pages import HistoryMixin
from relations.admin.keys import KeysMixin
from relations.admin.lists import ListMixin, RecordListMixin
from relations.admin.meanwhile import MeanwhileMixin
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
    """A time as all pages of the desk show it: in UTC, which it says."""

    @admin.display(description=name.replace("_", " "), ordering=name)
    def shown(page: Any, row: Any) -> str:
        return in_utc(getattr(row, name))

    return shown


class DeskPages(ListMixin, SearchMixin, KeysMixin, admin.ModelAdmin):
    """The pages of any model of the register: search, and no error page for what the database refuses."""

    form = DeskForm
    paginator = DeskPaginator
    show_full_result_count = False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refused = getattr(request, "refused", None)
        return form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What PostgreSQL refuses is shown in the form, with all that was entered."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DatabaseError as error:
            if request.method != "POST":
                raise
            request.refused = refusal(error)  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def away(self, request: HttpRequest, key: str) -> HttpResponse:
        """Where the page of a row leads that is not there, as on Django's own, which have no name for it."""
        page: Any = self
        response: HttpResponse = page._get_obj_does_not_exist_redirect(request, self.opts, key)
        return response

    def public(self) -> QuerySet:
        """The rows that have a public page; none, unless a kind of rows says which."""
        return self.model._default_manager.none()

    def view_on_site(self, obj: Any) -> str | None:
        """The public page of a row as it is kept, whatever is typed into the form."""
        kept = self.public().filter(pk=obj.pk).first()
        return kept and kept.get_absolute_url()


class DeskAdmin(MeanwhileMixin, HistoryMixin, MergeMixin, FilesMixin, DeskPages):
    """The pages of a thing: files, stamps, history, and a version that guards it."""

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
        """What a thing says of itself, then its stamps; a new one has none yet."""
        stamps = [("Changes", {"fields": [self.stamps, "seen_version"]})] if obj else []
        return [*super().get_fieldsets(request, obj), *stamps]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fixed = super().get_readonly_fields(request, obj)
        return (*fixed, *self.stamps) if obj else tuple(fixed)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row; on the way to a change it is locked, so that the version seen is the version written over."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST" or not connection.in_atomic_block:
            return found
        return self.get_queryset(request).select_for_update(of=("self",), no_key=True).filter(pk=found.pk).first()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Says where a date lies in the future: a term may, a slip of the keyboard does."""
        super().save_model(request, obj, form, change)
        for name in form.changed_data:
            value = form.cleaned_data.get(name)
            if isinstance(value, FuzzyDate) and value.earliest and value.earliest > timezone.now().date():
                label = obj._meta.get_field(name).verbose_name
                self.message_user(request, f"Please check: {label} {value} lies in the future.", messages.WARNING)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Asks for what PostgreSQL would check at the end of the transaction, while the form can still say it."""
        super().save_related(request, form, formsets, change)
        self.save_others(request, form)
        check_deferred()

    def save_others(self, request: HttpRequest, form: Any) -> None:
        """Writes what a form enters beside its own row and the parts of that."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may_change = super().has_change_permission(request, obj)
        return may_change and (obj is None or self.is_changed_by(request.user, obj))

    def is_changed_by(self, user: Any, obj: Any) -> bool:
        """Whether somebody who may change such rows may change this one: if it is public, who may publish."""
        return may_publish(user) or not self.public().filter(pk=obj.pk).exists()

    def public(self) -> QuerySet:
        return self.model._default_manager.public()


class RecordAdmin(RecordListMixin, ActionsMixin, CodedMixin, AnotherMixin, CommentsMixin, PreviewMixin, DeskAdmin):
    """The page of a record: evidence beside it, stamps to be read only, a slug that is frozen once it was public."""

    form = RecordForm
    ordering = ["slug"]
    stamps = RECORD_STAMPS
    actions: Any = [*DeskAdmin.actions, "send_to_review", "send_back", "publish", "withdraw"]
    created, published = stamp("created_at"), stamp("published_at")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """What the record says of itself, what all records have, and the stamps."""
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
        """The record, which remembers the state it has, whatever a form will say of it."""
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            found.stored_state = found.state
        return found

    def is_changed_by(self, user: Any, obj: Any) -> bool:
        return not refusal_of_state(user, self.model, obj, state_of(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may_delete = super().has_delete_permission(request, obj)
        return may_delete and not (obj and refusal_of_state(request.user, self.model, obj, ""))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What would go with some records, and why somebody may not delete one of them."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        refused = {refusal_of_state(request.user, self.model, each, "") for each in objs} - {""}
        return deleted, counts, needed | refused, protected

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Deletes the records as they are by now: one may have been published since somebody was asked."""
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
        """Says where the address of a record that was never public still tells what has been mended."""
        was = self.model._default_manager.get(pk=obj.pk)
        if obj.state != State.PUBLISHED and is_outdated(obj, was):
            self.message_user(request, STALE_SLUG.format(slug=obj.slug), messages.WARNING)

    def public(self) -> QuerySet:
        return self.model._default_manager.published()


class PartInline(CodedInline, KeysMixin, admin.TabularInline):
    """Parts of a record or thing, entered with it."""

    form = DeskForm
    formset = PartFormSet
    extra = 0


class DecadeFilter(admin.SimpleListFilter):
    """Records that may lie in a decade."""

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
    """The countries that have a part in any record of a type."""
    return prepared(Country.objects.named_by(model).only("code", "name").all)


class InvolvingFilter(admin.SimpleListFilter):
    """Records that involve a country, in whatever part."""

    title = "country"
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(country.code, country.name) for country in countries_named_by(model_admin.model)()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.involving(self.value()) if self.value() else queryset
