"""The base classes of the admin forms and formsets.

They show refusals at the right field, check the version of the row, propose slugs, and refuse duplicate parts.
"""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseInlineFormSet
from django.utils.choices import flatten_choices
from django.utils.functional import cached_property

from relations.admin.boxes import FiguresForm
from relations.admin.duplicates import likely_duplicates
from relations.admin.history import in_utc, last_editor
from relations.admin.keys import KeySelect
from relations.admin.slugs import propose
from relations.exchange.cell_errors import none_of
from relations.exchange.closed_lists import list_of
from relations.models import Passage
from relations.prepared import prepared
from relations.rights import refusal_of_state
from relations.text import look_alikes

CHANGED_MEANWHILE = (
    "Nothing was written: %(who)s changed this on %(when)s, at the same moment as you. Save again, and choose."
)
MAY_BE_THERE = "This may be in the register already. Say below that it is the same, or that it is another."


class DeskForm(FiguresForm):
    """A form that shows what the database refuses at the field that it is about.

    `refused` is the column and the reason of such a refusal. `DeskPages.get_form` sets it when the form is shown again.
    """

    refused: tuple[str, str] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            select = getattr(field.widget, "widget", None)
            if isinstance(select, KeySelect):
                select.loaded_row = self.instance._state.fields_cache.get(name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.refused:
            column, reason = self.refused
            self.add_error(self.field_of(column), reason)
        return cleaned

    def full_clean(self) -> None:
        """Adds to the errors which values are allowed, and which characters only look like others."""
        super().full_clean()
        for name in self.fields.keys() & self.errors.keys():
            field, value = self.fields[name], self[name].data
            if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
                self.name_allowed_values(name, value)
            if isinstance(value, str) and (strange := look_alikes(value)):
                self.errors[name].append(f"{strange}.")

    def name_allowed_values(self, name: str, value: str) -> None:
        """Replaces Django's “invalid choice” by the allowed terms, or by a link to the page that lists them."""
        errors: Any = self.errors[name]
        terms = [term for term, _ in flatten_choices(self.fields[name].choices)]
        page = list_of(self._meta.model._meta.get_field(name)).page
        for place, error in enumerate(errors.data):
            if error.code == "invalid_choice":
                errors.data[place] = ValidationError(f"{none_of(value, terms, page)}.", error.code)

    def add_error(self, field: str | None, error: Any) -> None:
        """Moves an error without a field to the field that its message names.

        The messages of our constraints have the form `column: reason`. If the form has no such column, the error stays
        at the top of the form.
        """
        if field is None:
            error = error if isinstance(error, ValidationError) else ValidationError(error)
            by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
            error = ValidationError(
                {name: [*reasons] for name, reasons in by_field.items() if name != NON_FIELD_ERRORS}
            )
            for reason in by_field.get(NON_FIELD_ERRORS, ()):
                column, colon, words = str(reason.message).partition(": ")
                if colon and (entered := self.field_of(column)):
                    error.error_dict.setdefault(entered, []).append(ValidationError(words, code=reason.code))
                else:
                    error.error_dict.setdefault(NON_FIELD_ERRORS, []).append(reason)
        super().add_error(field, error)


class VersionedForm(DeskForm):
    """The form of a record or thing, which is refused if the row has changed since the form was opened.

    `ConflictMixin` usually catches this first and lets the user choose. This check covers the moment in between.
    """

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
        """The user who changed the row last, and the time in UTC, as parameters of the error message."""
        return {"who": last_editor(self.instance) or "somebody", "when": in_utc(self.instance.changed_at)}


class CoverageForm(DeskForm):
    """The coverage of a sentence, validated by the rules of the model."""

    class Meta:
        model = Passage
        fields = ("finished", "out_of_scope_reason")


class RecordForm(VersionedForm):
    """The form of a record. It fills in an empty slug, and checks whether the user may bring the record to its state.

    On the coding screen (`is_coded`) it refuses a new record that is probably in the register already, unless the
    user has confirmed that it is another one. `likely` are the existing records that it may duplicate.
    """

    user: Any
    is_coded = False
    likely: tuple[Any, ...] = ()

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
        record = None if self.instance._state.adding else self.instance
        if "state" in cleaned and (refused := refusal_of_state(self.user, self._meta.model, record, cleaned["state"])):
            self.add_error("state", f"{refused[0].upper()}{refused[1:]}.")
        if self.is_coded and record is None and "another" not in self.data:
            self.likely = (*likely_duplicates(self._meta.model, cleaned, self.data),)
            if self.likely:
                self.add_error(None, MAY_BE_THERE)
        return cleaned


class DistinctFormSet(BaseInlineFormSet):
    """The parts of one row, no two of which may have the same natural key."""

    model: Any
    queryset: Any
    of_owner: prepared  # the query for the parts of an owner; set by `PrefilledInline.get_formset`

    def get_queryset(self) -> Any:
        """The existing parts as a list; an empty list for users who may not see them."""
        if not hasattr(self, "_queryset"):
            self._queryset = [] if self.queryset.query.is_empty() else self.of_owner(self.instance.pk)
        return self._queryset

    @cached_property
    def empty_form(self) -> Any:
        """The empty form from which the script adds rows; cached, because a page uses it several times."""
        return super().empty_form

    def validate_unique(self) -> None:
        names = [name for name in self.model.natural_key_fields if name not in self.model.owner_fields]
        seen = set()
        for form in self.forms:
            if form in self.deleted_forms or not form.is_valid() or self.is_empty(form):
                continue
            values = {name: form.cleaned_data.get(name) or "" for name in names}
            if (key := (*values.values(),)) in seen:
                same = ", ".join(f"{name.replace('_', ' ')} “{value}”" for name, value in values.items() if value)
                form.add_error(None, f"This is on the page already, with the same {same}.")
            seen.add(key)

    def is_empty(self, form: Any) -> bool:
        """Whether this is an extra form that the user left as it was."""
        return form.empty_permitted and not form.has_changed()


class PartFormSet(DistinctFormSet):
    """Parts as rows of a table. Each input gets an `aria-label`, since only the column has a visible heading."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = str(field.label or name.replace("_", " "))
