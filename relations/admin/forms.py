"""The forms of the desk: refusals at their fields, versions that guard, proposed slugs, and parts that are distinct."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseInlineFormSet
from django.utils.choices import flatten_choices
from django.utils.functional import cached_property

from relations.admin.boxes import BoxesForm
from relations.admin.history import in_utc, last_editor
from relations.admin.keys import KeySelect
from relations.admin.likely import likely
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


class DeskForm(BoxesForm):
    """A form that puts the refusals of the database at the fields they are about."""

    refused: tuple[str, str] | None = None  # what the database refused when this form was saved before

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            select = getattr(field.widget, "widget", None)
            if isinstance(select, KeySelect):
                select.known = self.instance._state.fields_cache.get(name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.refused:
            column, reason = self.refused
            self.add_error(self.field_of(column), reason)
        return cleaned

    def full_clean(self) -> None:
        """Says of what is refused what a closed list allows, and which letters are not what they look like."""
        super().full_clean()
        for name in self.fields.keys() & self.errors.keys():
            field, value = self.fields[name], self[name].data
            if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
                self.say_what_is_allowed(name, value)
            if isinstance(value, str) and (strange := look_alikes(value)):
                self.errors[name].append(f"{strange}.")

    def say_what_is_allowed(self, name: str, value: str) -> None:
        """Puts the terms of a closed list, or where they stand, in the place of Django's own words."""
        errors: Any = self.errors[name]
        terms = [term for term, _ in flatten_choices(self.fields[name].choices)]
        page = list_of(self._meta.model._meta.get_field(name)).page
        for place, error in enumerate(errors.data):
            if error.code == "invalid_choice":
                errors.data[place] = ValidationError(f"{none_of(value, terms, page)}.", error.code)

    def add_error(self, field: str | None, error: Any) -> None:
        """A constraint says `column: reason`; where the form has that column, the reason stands there."""
        if field is None:
            error = error if isinstance(error, ValidationError) else ValidationError(error)
            told = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
            error = ValidationError({name: [*reasons] for name, reasons in told.items() if name != NON_FIELD_ERRORS})
            for reason in told.get(NON_FIELD_ERRORS, ()):
                column, colon, words = str(reason.message).partition(": ")
                if colon and (entered := self.field_of(column)):
                    error.error_dict.setdefault(entered, []).append(ValidationError(words, code=reason.code))
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
        """Who changed the row last, and when."""
        return {"who": last_editor(self.instance) or "somebody", "when": in_utc(self.instance.changed_at)}


class CoverageForm(DeskForm):
    """How far a sentence has been coded."""

    class Meta:
        model = Passage
        fields = ("finished", "out_of_scope_reason")


class RecordForm(VersionedForm):
    """A form that proposes the slug where it is left empty, and knows who may publish and withdraw.

    Beside a sentence it asks whether a new record is another than those that it may be (`likely`).
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
            self.likely = (*likely(self._meta.model, cleaned, self.data),)
            if self.likely:
                self.add_error(None, MAY_BE_THERE)
        return cleaned


class DistinctFormSet(BaseInlineFormSet):
    """Parts of one row, of which no two are the same; the second is told what it has in common with the first."""

    model: Any
    queryset: Any
    of_owner: prepared  # what reads the parts

    def get_queryset(self) -> Any:
        """The parts that there are, as a list; none for who may not see them."""
        if not hasattr(self, "_queryset"):
            self._queryset = [] if self.queryset.query.is_empty() else self.of_owner(self.instance.pk)
        return self._queryset

    @cached_property
    def empty_form(self) -> Any:
        """The form for one more part, which a page asks for several times."""
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
        """Whether a form for one more part was left as it was."""
        return form.empty_permitted and not form.has_changed()


class PartFormSet(DistinctFormSet):
    """Rows of a table, whose fields have only the head of their column for a label, and need one of their own."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = str(field.label or name.replace("_", " "))
