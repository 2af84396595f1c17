"""Text inputs for figures, and the view that shows below an input how a date or figure in it is understood."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from relations.dates import FuzzyDate, FuzzyDateError
from relations.fields import NOT_AN_INSTANT
from relations.models.figure import PARTS, FigureValue
from relations.typed_dates import TypedDateError, read_date
from relations.typed_figures import FigureError, read_figure

MAX_LENGTH = 200  # characters of a figure with its unit, or of a date


class FigureField(forms.CharField):
    """One text input for a figure: number, qualifier and unit in words, or the reason why there is no number.

    `stored` is the value of the row, if there is one.
    """

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": MAX_LENGTH, "label": label or None, **kwargs})
        self.stored: FigureValue | None = None

    def to_python(self, value: Any) -> Any:
        """The parsed `FigureValue`. Unchanged text gives the stored value, which may say more than its words."""
        text = super().to_python(value) or ""
        if self.stored and text == self.stored.typed:
            return self.stored
        try:
            return read_figure(text)
        except FigureError as error:
            raise ValidationError(str(error), code="invalid") from None

    def validate(self, value: Any) -> None:
        """Nothing to validate: an empty figure is allowed."""

    def run_validators(self, value: Any) -> None:
        """None to run: the parsed value is no string, whose length `CharField` would check."""

    def prepare_value(self, value: Any) -> Any:
        return value.typed if isinstance(value, FigureValue) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((data or "").strip() != (self.prepare_value(initial) or ""))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "data-reading": "figure"}


class FiguresForm(forms.ModelForm):
    """A form with `FigureField`s, each with the name of a figure of the model. Unchanged figures are not written."""

    fields: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.figure_fields():
            self.fields[name].stored = getattr(self.instance, name)
            self.initial.setdefault(name, self.fields[name].stored)

    def figure_fields(self) -> list[str]:
        """The names of the `FigureField`s."""
        return [name for name, field in self.fields.items() if isinstance(field, FigureField)]

    def field_of(self, column: str) -> str | None:
        """The form field for a column of the model, which may be a part of a figure; None if the form has none."""
        box = column.rpartition("_")[0]
        return column if column in self.fields else box if box in self.figure_fields() else None

    def _post_clean(self) -> None:
        """Sets the columns of the figures on the instance before the model is validated."""
        for name in self.figure_fields():
            value = self.cleaned_data.get(name)
            if value is not None and name in self.changed_data:
                for part in PARTS:
                    setattr(self.instance, f"{name}_{part}", getattr(value, part))
        super()._post_clean()  # type: ignore[misc]

    def _get_validation_exclusions(self) -> set[str]:
        held = {f"{name}_{part}" for name in self.figure_fields() if name not in self.errors for part in PARTS}
        return super()._get_validation_exclusions() - held  # type: ignore[misc]


def reading_of_date(text: str, is_instant: bool) -> str:
    """How a typed date is understood: in EDTF, in words and, if vague, with its first and last day.

    TypedDateError if it cannot be parsed, or if it is an interval where an instant is needed.
    """
    date = read_date(text)
    if is_instant and date.is_interval:
        raise TypedDateError(date, NOT_AN_INSTANT % {"value": date})
    return f"{date}: {date.spoken}{days_of(date)}"


def days_of(date: FuzzyDate) -> str:
    """The first and last possible day of a vague date, in brackets; empty for a single day."""
    if date.earliest == date.latest:
        return ""
    first, last = (FuzzyDate(day.isoformat()).spoken if day else "" for day in (date.earliest, date.latest))
    words = f"{first} to {last}" if first and last else f"from {first}" if first else f"up to {last}"
    return f" ({words})"


@admin.site.admin_view
def reading(request: HttpRequest) -> HttpResponse:
    """A fragment of HTML: how a typed date or figure is understood, or why it cannot be parsed."""
    kind, text = request.GET.get("kind"), request.GET.get("text", "").strip()
    if kind not in ("date", "instant", "figure") or len(text) > MAX_LENGTH:
        raise BadRequest("A date, an instant or a figure is read, of 200 characters at most.")
    told, refused = "", ""
    try:
        if text:
            told = str(read_figure(text)) if kind == "figure" else reading_of_date(text, kind == "instant")
    except FuzzyDateError as error:
        refused = error.hint
    except FigureError as error:
        refused = f"{error.reason}."
    return render(request, "admin/relations/reading.html", {"told": told, "refused": refused})
