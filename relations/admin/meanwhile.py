"""A form that is sent after somebody else has changed its row: what either did stands side by side, to be chosen.

What only one of the two changed is chosen already; where both changed the same, the sender says which is to stand.
The form then goes on as if it had been typed so, through the same rules as any other.
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

BEGAN, SHOWN = "seen_version", "shown_version"  # at which the form was opened; which it was compared with
MINE, THEIRS = "mine", "theirs"
CHOSEN = "choose-"
ABSENT = "not there"
PAGE, CODING = "admin/relations/meanwhile.html", "admin/relations/coding.html"


@dataclass
class Choice:
    """Two values of which one is to stand: what is there now, and what was typed; and what both began from."""

    name: str
    label: str
    began: str
    now: str
    typed: str
    taken: str
    is_contested: bool


class Meanwhile:
    """What was typed into the form of a row, what the form was opened with, and what stands in the register by now.

    `sent` is the form as it is after the choices, the parts in the places that they have by now.
    """

    def __init__(self, page: Any, request: HttpRequest, row: Any) -> None:
        self.page, self.request, self.row, self.typed = page, request, row, request.POST
        past = Past(type(row), row.pk)
        step = past.step_of_version(number_in(self.typed, BEGAN))
        self.began = {} if step is None else {key: row_at(state) for key, state in past.after(step).items()}
        self.sent = self.typed.copy()
        for name in [name for name in self.sent if name.startswith(CHOSEN) or name == SHOWN]:
            del self.sent[name]
        self.choices = [*self.of_row(), *(each for kind in self.kinds() for each in kind.choices())]
        self.sent[BEGAN] = str(row.version)

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing to choose, or everything was chosen, and of what stands there by now."""
        is_of_now = number_in(self.typed, SHOWN) == self.row.version
        return not self.choices or (is_of_now and all(each.taken for each in self.choices))

    def of_row(self) -> Iterator[Choice]:
        """What differs in the fields of the row itself."""
        fields = flatten_fieldsets(self.page.get_fieldsets(self.request, self.row))
        form = self.page.get_form(self.request, self.row, change=True, fields=fields)
        began = self.began.get((type(self.row), self.row.pk))
        yield from self.of_fields(began and form(instance=began), form(instance=self.row), form(self.typed))

    def kinds(self) -> Iterator["Kind"]:
        """The parts that the sender may change, by kind, as their forms would be opened now."""
        for formset, inline in self.page.get_formsets_with_inlines(self.request, self.row):
            if inline.has_change_permission(self.request, self.row):
                yield Kind(self, formset(instance=self.row, queryset=inline.get_queryset(self.request)), inline.opts)

    def of_fields(self, began: Any, now: Any, typed: Any, of: str = "") -> Iterator[Choice]:
        """What differs in the fields of a form; `began` is nothing where nobody knows what it was opened with."""
        for name, field in now.fields.items():
            if is_hidden(name, field):
                continue
            theirs, mine = now[name], value_in(typed[name])
            if not field.has_changed(theirs.initial, mine):
                continue
            is_mine = began is None or field.has_changed(began[name].initial, mine)
            is_theirs = began is None or began[name].value() != theirs.value()
            choice = self.choice(
                theirs.html_name,
                f"{of}: {theirs.label}" if of else capfirst(str(theirs.label)),
                "" if began is None else spoken(field, began[name].value()),
                spoken(field, theirs.value()),
                spoken(field, mine),
                by=(is_mine, is_theirs),
            )
            self.send(theirs, typed[name] if choice.taken == MINE else None)
            yield choice

    def choice(self, name: str, label: str, *told: str, by: tuple[bool, bool]) -> Choice:
        """A choice, made by the sender, or by itself where only one side changed anything: `by` me, by others."""
        (began, now, typed), (is_mine, is_theirs) = told, by
        asked = self.typed.get(f"{CHOSEN}{name}")
        by_itself = "" if is_mine and is_theirs else MINE if is_mine else THEIRS
        taken = asked if asked in (MINE, THEIRS) else by_itself
        return Choice(name, label, began, now, typed, taken, not by_itself)

    def send(self, theirs: Any, typed: Any = None) -> None:
        """Sends what was typed into a field in the place that it has by now, or else what stands there."""
        value = theirs.value()
        kept = [] if value in (None, False) else ["on" if value is True else str(value)]
        values = self.typed.getlist(typed.html_name) if typed else kept
        self.sent.pop(theirs.html_name, None)
        if values:
            self.sent.setlist(theirs.html_name, values)


class Kind:
    """The parts of one kind among what was typed, and among what stands there by now."""

    def __init__(self, meanwhile: Meanwhile, formset: Any, opts: Any) -> None:
        self.of, self.formset, self.opts = meanwhile, formset, opts

    def choices(self) -> Iterator[Choice]:
        """What differs in parts that stand there, and in parts that are gone; what was typed anew is sent as it is."""
        numbers, new = self.typed_rows()
        sent, prefix = self.of.sent, self.formset.prefix
        for name in [name for name in sent if name.startswith(f"{prefix}-")]:
            del sent[name]
        for now in self.formset.initial_forms:
            for field in now:
                self.of.send(field)
            yield from self.of_part(now, numbers.pop(str(now.instance.pk), None))
        there = len(self.formset.initial_forms)
        for typed in numbers.values():
            for choice in self.of_gone(typed):
                if choice.taken == MINE:
                    new.append(typed)
                yield choice
        for place, typed in enumerate(new, start=there):
            self.copy(typed, place)
        sent[f"{prefix}-INITIAL_FORMS"], sent[f"{prefix}-TOTAL_FORMS"] = str(there), str(there + len(new))

    def typed_rows(self) -> tuple[dict[str, int], list[int]]:
        """The numbers of the rows that were typed: of parts that were there, by their keys, and of new ones."""
        prefix, total = self.formset.prefix, number_in(self.of.typed, f"{self.formset.prefix}-TOTAL_FORMS")
        numbers, new = {}, []
        for number in range(min(total or 0, self.formset.absolute_max)):
            if key := self.of.typed.get(f"{prefix}-{number}-{self.opts.pk.name}"):
                numbers[key] = number
            elif self.form_of(number).has_changed():
                new.append(number)
        return numbers, new

    def form_of(self, number: int) -> Any:
        """The form of a part as it was typed."""
        return self.formset.form(self.of.typed, prefix=f"{self.formset.prefix}-{number}")

    def is_removed(self, number: int) -> bool:
        return f"{self.formset.prefix}-{number}-{DELETION_FIELD_NAME}" in self.of.typed

    def began(self, key: Any) -> Any:
        """The form of a part as it was opened; nothing where it was not there."""
        instance = self.of.began.get((self.formset.model, key))
        return instance and self.formset.form(instance=instance)

    def of_part(self, now: Any, number: int | None) -> Iterator[Choice]:
        """What differs in a part that stands there: its fields, or whether it is there at all."""
        began = self.began(now.instance.pk)
        label = f"{capfirst(str(self.opts.verbose_name))} {now.instance}"
        if number is not None and not self.is_removed(number):
            yield from self.of.of_fields(began, now, self.form_of(number), label)
            return
        if number is None and began:
            return
        is_theirs = began is None or words_of(began) != words_of(now)
        told = ABSENT if began is None else words_of(began), words_of(now), ABSENT
        choice = self.of.choice(now.prefix, label, *told, by=(number is not None, is_theirs))
        if choice.taken == MINE:
            self.of.sent[f"{now.prefix}-{DELETION_FIELD_NAME}"] = "on"
        yield choice

    def of_gone(self, number: int) -> Iterator[Choice]:
        """Whether a part that others removed stays, of which something was typed."""
        form = self.form_of(number)
        key = self.of.typed.get(f"{form.prefix}-{self.opts.pk.name}", "")
        began = self.began(self.opts.pk.to_python(key)) if may_be_key(self.opts.pk, key) else None
        if not self.is_removed(number):
            label = f"{capfirst(str(self.opts.verbose_name))} {began.instance if began else ''}".strip()
            told = words_of(began) if began else "", ABSENT, words_of(form)
            is_mine = began is None or told[0] != told[2]
            yield self.of.choice(f"gone-{form.prefix}", label, *told, by=(is_mine, True))

    def copy(self, number: int, to: int) -> None:
        """Sends a row as a new one, in another place."""
        before = f"{self.formset.prefix}-{number}-"
        for name in [name for name in self.of.typed if name.startswith(before)]:
            if (column := name.removeprefix(before)) != self.opts.pk.name:
                self.of.sent.setlist(f"{self.formset.prefix}-{to}-{column}", self.of.typed.getlist(name))


def number_in(data: Any, name: str) -> int | None:
    """A number that a form gives; nothing where that is none."""
    text = data.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def is_hidden(name: str, field: Any) -> bool:
    """Whether a field is none that somebody fills in."""
    return name == DELETION_FIELD_NAME or isinstance(field.widget, forms.HiddenInput)


def value_in(bound: Any) -> Any:
    """What was typed into a field, its lines ended as they are kept."""
    return bound.data.replace("\r\n", "\n") if isinstance(bound.data, str) else bound.data


def words_of(form: Any) -> str:
    """What the fields of a form say, one after the other."""
    told = [spoken(bound.field, bound.value()) for bound in form if not is_hidden(bound.name, bound.field)]
    return " · ".join(filter(None, told))


def spoken(field: Any, value: Any) -> str:
    """A value as its field shows it: the name of a row, the label of a value, the words that were typed."""
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


class MeanwhileMixin(admin.ModelAdmin):
    """The page of a row, on which the second of two savers chooses."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Lets somebody choose whose form is of a version that is past; what was chosen goes on as typed."""
        row: Any = self.get_object(request, unquote(object_id)) if request.method == "POST" and object_id else None
        if row and row.version != number_in(request.POST, BEGAN) and self.has_change_permission(request, row):
            meanwhile = Meanwhile(self, request, row)
            if not meanwhile.is_settled:
                return self.choose(request, meanwhile, form_url, extra_context)
            request.POST = meanwhile.sent  # type: ignore[assignment]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def choose(self, request: HttpRequest, meanwhile: Meanwhile, form_url: str, extra_context: Any) -> HttpResponse:
        """The page on which both sides are compared; it holds all that was typed."""
        away = ("csrfmiddlewaretoken", SHOWN)
        context = {
            **self.admin_site.each_context(request),
            **(extra_context or {}),
            "title": f"Changed meanwhile: {meanwhile.row}",
            "opts": self.opts,
            "original": meanwhile.row,
            "media": self.media,
            "form_url": form_url,
            "who": last_editor(meanwhile.row) or "somebody",
            "when": in_utc(meanwhile.row.changed_at),
            "choices": sorted(meanwhile.choices, key=lambda each: not each.is_contested),
            "is_asked_again": SHOWN in request.POST,
            "shown_version": meanwhile.row.version,
            "typed": [
                (name, value)
                for name, values in request.POST.lists()
                if name not in away and not name.startswith(CHOSEN)
                for value in values
            ],
        }
        return TemplateResponse(request, CODING if coding_of(request) else PAGE, context)
