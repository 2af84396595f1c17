"""Edit conflicts: a form is sent after somebody else has changed its row.

It is a three-way merge of the row as the form was opened (`base`), as it is now (`now`), and as it was typed (`typed`).
A value that only one side changed is chosen automatically. Where both changed the same field, the user chooses. The
result is then processed like any other POST.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst

from relations.admin.coding import coding_of
from relations.admin.history import in_utc, last_editor
from relations.admin.keys import may_be_key
from relations.past import Past, row_at

SEEN_VERSION, SHOWN_VERSION = (
    "seen_version",
    "shown_version",
)  # at which the form was opened; which it was compared with
MINE, THEIRS = "mine", "theirs"
CHOICE_PREFIX = "choose-"
ABSENT = "not there"
PAGE, CODING = "admin/relations/conflict.html", "admin/relations/coding.html"


@dataclass
class Choice:
    """A field, or a part as a whole, that differs between the register and the form; the values are in words.

    `chosen` is MINE (what was typed), THEIRS (what is there now), or empty. `is_contested`: both sides changed it.
    """

    name: str
    label: str
    base: str
    now: str
    typed: str
    chosen: str
    is_contested: bool


class EditConflict:
    """Compares a posted form with the row as it is now, and with the row as the form was opened.

    `sent` is the resulting POST data, with the parts numbered as a form that is opened now would number them.
    """

    def __init__(self, page: Any, request: HttpRequest, row: Any) -> None:
        self.page, self.request, self.row, self.typed = page, request, row, request.POST
        past = Past(type(row), row.pk)
        step = past.step_of_version(number_in(self.typed, SEEN_VERSION))
        self.base = {} if step is None else {key: row_at(state) for key, state in past.after(step).items()}
        self.sent = self.typed.copy()
        for name in [name for name in self.sent if name.startswith(CHOICE_PREFIX) or name == SHOWN_VERSION]:
            del self.sent[name]
        self.choices = [*self.choices_of_row(), *(each for kind in self.parts() for each in kind.choices())]
        self.sent[SEEN_VERSION] = str(row.version)

    @property
    def is_resolved(self) -> bool:
        """Whether nothing differs, or every choice was made, for the version that the row still has."""
        is_of_now = number_in(self.typed, SHOWN_VERSION) == self.row.version
        return not self.choices or (is_of_now and all(each.chosen for each in self.choices))

    def choices_of_row(self) -> Iterator[Choice]:
        """The choices for the fields of the row itself."""
        fields = flatten_fieldsets(self.page.get_fieldsets(self.request, self.row))
        form = self.page.get_form(self.request, self.row, change=True, fields=fields)
        base = self.base.get((type(self.row), self.row.pk))
        yield from self.choices_of_fields(base and form(instance=base), form(instance=self.row), form(self.typed))

    def parts(self) -> Iterator["ConflictingParts"]:
        """The formsets of the parts that the user may change."""
        for formset, inline in self.page.get_formsets_with_inlines(self.request, self.row):
            if inline.has_change_permission(self.request, self.row):
                yield ConflictingParts(
                    self, formset(instance=self.row, queryset=inline.get_queryset(self.request)), inline.opts
                )

    def choices_of_fields(self, base: Any, now: Any, typed: Any, of: str = "") -> Iterator[Choice]:
        """The choices for the fields of a form. `base` is None if the history does not have the opened version."""
        for name, field in now.fields.items():
            if is_hidden(name, field):
                continue
            theirs, mine = now[name], value_in(typed[name])
            if not field.has_changed(theirs.initial, mine):
                continue
            is_mine = base is None or field.has_changed(base[name].initial, mine)
            is_theirs = base is None or base[name].value() != theirs.value()
            choice = self.choice(
                theirs.html_name,
                f"{of}: {theirs.label}" if of else capfirst(str(theirs.label)),
                "" if base is None else spoken(field, base[name].value()),
                spoken(field, theirs.value()),
                spoken(field, mine),
                by=(is_mine, is_theirs),
            )
            self.send(theirs, typed[name] if choice.chosen == MINE else None)
            yield choice

    def choice(self, name: str, label: str, *words: str, by: tuple[bool, bool]) -> Choice:
        """A choice between three values in words: base, now and typed.

        `by` says whether the user and whether others changed the value. If only one did, that value is chosen.
        """
        (base, now, typed), (is_mine, is_theirs) = words, by
        posted = self.typed.get(f"{CHOICE_PREFIX}{name}")
        by_itself = "" if is_mine and is_theirs else MINE if is_mine else THEIRS
        chosen = posted if posted in (MINE, THEIRS) else by_itself
        return Choice(name, label, base, now, typed, chosen, not by_itself)

    def send(self, theirs: Any, typed: Any = None) -> None:
        """Puts the typed value of a field into `sent`, or the current value if `typed` is None."""
        value = theirs.value()
        current = [] if value in (None, False) else ["on" if value is True else str(value)]
        values = self.typed.getlist(typed.html_name) if typed else current
        self.sent.pop(theirs.html_name, None)
        if values:
            self.sent.setlist(theirs.html_name, values)


class ConflictingParts:
    """The parts of one model, as they were posted and as they are now."""

    def __init__(self, conflict: EditConflict, formset: Any, opts: Any) -> None:
        self.conflict, self.formset, self.opts = conflict, formset, opts

    def choices(self) -> Iterator[Choice]:
        """The choices for the existing parts, and for parts that others removed. New parts are sent as typed."""
        numbers, new = self.typed_rows()
        sent, prefix = self.conflict.sent, self.formset.prefix
        for name in [name for name in sent if name.startswith(f"{prefix}-")]:
            del sent[name]
        for now in self.formset.initial_forms:
            for field in now:
                self.conflict.send(field)
            yield from self.choices_of_part(now, numbers.pop(str(now.instance.pk), None))
        there = len(self.formset.initial_forms)
        for typed in numbers.values():
            for choice in self.choice_of_removed(typed):
                if choice.chosen == MINE:
                    new.append(typed)
                yield choice
        for place, typed in enumerate(new, start=there):
            self.copy(typed, place)
        sent[f"{prefix}-INITIAL_FORMS"], sent[f"{prefix}-TOTAL_FORMS"] = str(there), str(there + len(new))

    def typed_rows(self) -> tuple[dict[str, int], list[int]]:
        """The form numbers of the posted rows: those of existing parts by key, and a list of those of new parts."""
        prefix, total = self.formset.prefix, number_in(self.conflict.typed, f"{self.formset.prefix}-TOTAL_FORMS")
        numbers, new = {}, []
        for number in range(min(total or 0, self.formset.absolute_max)):
            if key := self.conflict.typed.get(f"{prefix}-{number}-{self.opts.pk.name}"):
                numbers[key] = number
            elif self.form_of(number).has_changed():
                new.append(number)
        return numbers, new

    def form_of(self, number: int) -> Any:
        """The posted form with this number."""
        return self.formset.form(self.conflict.typed, prefix=f"{self.formset.prefix}-{number}")

    def is_removed(self, number: int) -> bool:
        return f"{self.formset.prefix}-{number}-{DELETION_FIELD_NAME}" in self.conflict.typed

    def base_form(self, key: Any) -> Any:
        """The form of a part as it was when the page was opened; None if it did not exist."""
        instance = self.conflict.base.get((self.formset.model, key))
        return instance and self.formset.form(instance=instance)

    def choices_of_part(self, now: Any, number: int | None) -> Iterator[Choice]:
        """The choices for a part that exists now: its fields, or, if one side removed it, whether it stays.

        `number` is that of its posted form, or None if it was not posted.
        """
        base = self.base_form(now.instance.pk)
        label = f"{capfirst(str(self.opts.verbose_name))} {now.instance}"
        if number is not None and not self.is_removed(number):
            yield from self.conflict.choices_of_fields(base, now, self.form_of(number), label)
            return
        if number is None and base:
            return
        is_theirs = base is None or words_of(base) != words_of(now)
        words = ABSENT if base is None else words_of(base), words_of(now), ABSENT
        choice = self.conflict.choice(now.prefix, label, *words, by=(number is not None, is_theirs))
        if choice.chosen == MINE:
            self.conflict.sent[f"{now.prefix}-{DELETION_FIELD_NAME}"] = "on"
        yield choice

    def choice_of_removed(self, number: int) -> Iterator[Choice]:
        """The choice whether a part that others removed is added again, if the user did not remove it as well."""
        form = self.form_of(number)
        key = self.conflict.typed.get(f"{form.prefix}-{self.opts.pk.name}", "")
        base = self.base_form(self.opts.pk.to_python(key)) if may_be_key(self.opts.pk, key) else None
        if not self.is_removed(number):
            label = f"{capfirst(str(self.opts.verbose_name))} {base.instance if base else ''}".strip()
            words = words_of(base) if base else "", ABSENT, words_of(form)
            is_mine = base is None or words[0] != words[2]
            yield self.conflict.choice(f"gone-{form.prefix}", label, *words, by=(is_mine, True))

    def copy(self, number: int, to: int) -> None:
        """Copies a posted form into `sent` as a new part, under another number."""
        before = f"{self.formset.prefix}-{number}-"
        for name in [name for name in self.conflict.typed if name.startswith(before)]:
            if (column := name.removeprefix(before)) != self.opts.pk.name:
                self.conflict.sent.setlist(f"{self.formset.prefix}-{to}-{column}", self.conflict.typed.getlist(name))


def number_in(data: Any, name: str) -> int | None:
    """A non-negative integer in POST data; None if it is missing or malformed."""
    text = data.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def is_hidden(name: str, field: Any) -> bool:
    """Whether a field is hidden, or the checkbox that deletes the part."""
    return name == DELETION_FIELD_NAME or isinstance(field.widget, forms.HiddenInput)


def value_in(bound: Any) -> Any:
    """The raw value of a bound field, with line ends as they are stored."""
    return bound.data.replace("\r\n", "\n") if isinstance(bound.data, str) else bound.data


def words_of(form: Any) -> str:
    """All values of a form in words, joined by dots."""
    words = [spoken(bound.field, bound.value()) for bound in form if not is_hidden(bound.name, bound.field)]
    return " · ".join(filter(None, words))


def spoken(field: Any, value: Any) -> str:
    """A value as its field displays it: the name of a row, the label of a choice, or the text."""
    if value in (None, "", False):
        return ""
    if isinstance(field, forms.ModelChoiceField):
        rows: Any = field.queryset
        row = rows.filter(pk=value).first() if may_be_key(rows.model._meta.pk, str(value)) else None
        return str(row or value)
    if value is True:
        return "yes"
    labels: dict[str, Any] = {}
    for key, label in getattr(field, "choices", ()):
        labels |= dict(label) if isinstance(label, list | tuple) else {key: label}
    return str(labels.get(value, value)).replace("\r\n", "\n")


class ConflictMixin(admin.ModelAdmin):
    """Shows the page with the choices when the posted form is of an outdated version."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Resolves a conflict before the form is processed, or shows the page with the choices."""
        row: Any = self.get_object(request, unquote(object_id)) if request.method == "POST" and object_id else None
        if row and row.version != number_in(request.POST, SEEN_VERSION) and self.has_change_permission(request, row):
            conflict = EditConflict(self, request, row)
            if not conflict.is_resolved:
                return self.choose(request, conflict, form_url, extra_context)
            request.POST = conflict.sent  # type: ignore[assignment]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def choose(self, request: HttpRequest, conflict: EditConflict, form_url: str, extra_context: Any) -> HttpResponse:
        """The page that compares both sides; hidden inputs hold everything that was typed."""
        away = ("csrfmiddlewaretoken", SHOWN_VERSION)
        context = {
            **self.admin_site.each_context(request),
            **(extra_context or {}),
            "title": f"Changed meanwhile: {conflict.row}",
            "opts": self.opts,
            "original": conflict.row,
            "media": self.media,
            "form_url": form_url,
            "who": last_editor(conflict.row) or "somebody",
            "when": in_utc(conflict.row.changed_at),
            "choices": sorted(conflict.choices, key=lambda each: not each.is_contested),
            "is_asked_again": SHOWN_VERSION in request.POST,
            "shown_version": conflict.row.version,
            "typed": [
                (name, value)
                for name, values in request.POST.lists()
                if name not in away and not name.startswith(CHOICE_PREFIX)
                for value in values
            ],
        }
        return TemplateResponse(request, CODING if coding_of(request) else PAGE, context)
