"""What the pages of all records and things share: stamps, slugs, refusals as form errors, history, filters."""

from datetime import UTC, date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, connection, models
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from relations.admin.files import FilesMixin
from relations.admin.history import history_of, last_editor
from relations.admin.search import SearchMixin
from relations.admin.slugs import propose
from relations.dates import FuzzyDate
from relations.models import TARGETS, Country, Record
from relations.models.refusals import refusal
from relations.models.vocabularies import State

CHANGED_MEANWHILE = (
    "Nothing was written: %(who)s changed this on %(when)s (UTC) while it was open here, and it is at version "
    "%(version)s by now. Open it again in another window, and make your change there."
)
STAMPS = ("version", "changed_at")
RECORD_STAMPS = (*STAMPS, "created_by", "created_at", "published_at")


class DeskForm(forms.ModelForm):
    """A form that puts the refusals of the database at the fields they are about."""

    refused: tuple[str, str] | None = None  # what the database refused when this form was saved before

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.refused:
            column, reason = self.refused
            self.add_error(column if column in self.fields else None, reason)
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """A constraint says `column: reason`; where the form has that column, the reason stands there."""
        if field is None:
            error = error if isinstance(error, ValidationError) else ValidationError(error)
            told = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
            error = ValidationError({name: [*reasons] for name, reasons in told.items() if name != NON_FIELD_ERRORS})
            for reason in told.get(NON_FIELD_ERRORS, ()):
                column, colon, words = str(reason.message).partition(": ")
                if colon and column in self.fields:
                    error.error_dict.setdefault(column, []).append(ValidationError(words, code=reason.code))
                else:
                    error.error_dict.setdefault(NON_FIELD_ERRORS, []).append(reason)
        super().add_error(field, error)


class VersionedForm(DeskForm):
    """A form of a record or thing that overwrites nothing that it has not shown."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["seen_version"] = self.instance.version

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.instance._state.adding and cleaned.get("seen_version") != self.instance.version:
            raise ValidationError(CHANGED_MEANWHILE, params=self.last_change())
        return cleaned

    def last_change(self) -> dict[str, Any]:
        """Who changed the row last, when, and which version it has since."""
        changed_at = timezone.localtime(self.instance.changed_at, UTC)
        who = last_editor(self.instance) or "somebody"
        return {"who": who, "when": f"{changed_at:%-d %B %Y at %H:%M}", "version": self.instance.version}


class RecordForm(VersionedForm):
    """A form that proposes the slug where it is left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" in self.fields and not cleaned.get("slug") and not self.errors:
            try:
                cleaned["slug"] = propose(self._meta.model, cleaned)
            except ValidationError as reason:
                self.add_error("slug", reason)
        return cleaned


class DeskAdmin(SearchMixin, FilesMixin, admin.ModelAdmin):
    """The page of a thing: search, files, history, and no error page for what the database refuses."""

    form = VersionedForm
    list_per_page = 50
    save_on_top = True
    stamps: tuple[str, ...] = STAMPS
    formfield_overrides = {
        ArrayField: {"delimiter": "\n", "widget": forms.Textarea(attrs={"rows": 3}), "help_text": "One a line."},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})},
        models.URLField: {"assume_scheme": "https"},
    }

    object_history_template = "admin/relations/history.html"

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
        return self.get_queryset(request).select_for_update(of=("self",)).filter(pk=found.pk).first()

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
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def view_on_site(self, obj: Any) -> str | None:
        """The public page, where there is one."""
        return obj.get_absolute_url() if self.model._default_manager.public().filter(pk=obj.pk).exists() else None

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The kept rows of the record and of its parts."""
        instance = self.get_object(request, object_id)
        parts = [
            (inline.model, inline.fk_name or TARGETS_BY_MODEL.get(self.model) or str(self.opts.model_name))
            for inline in self.inlines
        ]
        entries = history_of(instance, parts) if instance else []
        return super().history_view(request, object_id, {**(extra_context or {}), "entries": entries})


TARGETS_BY_MODEL = {model: name for name, model in TARGETS.items()}


class RecordAdmin(DeskAdmin):
    """The page of a record: evidence beside it, stamps to be read only, a slug that is frozen once it was public."""

    form = RecordForm
    ordering = ["slug"]
    stamps = RECORD_STAMPS

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """What the record says of itself, what all records have, and the stamps."""
        own = len(self.fieldsets or ())
        fieldsets = super().get_fieldsets(request, obj)
        of_every_record = [
            ("Coding", {"fields": ["slug", "modality", "note"]}),
            ("Publication", {"fields": ["state", "editor_note"]}),
        ]
        return [*fieldsets[:own], *of_every_record, *fieldsets[own:]]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        frozen = ("slug",) if obj and obj.published_at else ()
        return (*super().get_readonly_fields(request, obj), *frozen)

    def save_model(self, request: HttpRequest, obj: Record, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def view_on_site(self, obj: Record) -> str | None:
        return obj.get_absolute_url() if obj.state == State.PUBLISHED else None


class PartFormSet(BaseInlineFormSet):
    """Rows of a table, whose fields have only the head of their column for a label, and need one of their own."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = str(field.label or name.replace("_", " "))


class PartInline(admin.TabularInline):
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


class InvolvingFilter(admin.SimpleListFilter):
    """Records that involve a country, in whatever part."""

    title = "country"
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Country.objects.values_list("code", "name"))

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.involving(self.value()) if self.value() else queryset
