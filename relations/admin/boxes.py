"""One box for a figure, and what the desk reads in a box: the words and bounds below it, as somebody leaves it."""

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

LONGEST = 200  # characters of a figure with its unit


class FigureField(forms.CharField):
    """A number with its qualifier and unit, or why there is none, typed as it is said."""

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": LONGEST, "label": label or None, **kwargs})
        self.kept: FigureValue | None = None

    def to_python(self, value: Any) -> Any:
        """What was typed as it is read; what stood in the box and stands there still, as it was."""
        text = super().to_python(value) or ""
        if self.kept and text == self.kept.typed:
            return self.kept
        try:
            return read_figure(text)
        except FigureError as error:
            raise ValidationError(str(error), code="invalid") from None

    def validate(self, value: Any) -> None:
        """A figure that says nothing is one that is left empty."""

    def run_validators(self, value: Any) -> None:
        """What is read is short enough, or was refused."""

    def prepare_value(self, value: Any) -> Any:
        return value.typed if isinstance(value, FigureValue) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((data or "").strip() != (self.prepare_value(initial) or ""))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "data-reading": "figure"}


class BoxesForm(forms.ModelForm):
    """A form with boxes for figures, each named as the figure is on the model; what nobody touched stays as it is."""

    fields: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.boxes():
            self.fields[name].kept = getattr(self.instance, name)
            self.initial.setdefault(name, self.fields[name].kept)

    def boxes(self) -> list[str]:
        """The names of the figures."""
        return [name for name, field in self.fields.items() if isinstance(field, FigureField)]

    def field_of(self, column: str) -> str | None:
        """The field in which a column is entered, if it is on the form."""
        box = column.rpartition("_")[0]
        return column if column in self.fields else box if box in self.boxes() else None

    def _post_clean(self) -> None:
        """Gives the columns of the figures to the row before its rules are asked."""
        for name in self.boxes():
            value = self.cleaned_data.get(name)
            if value is not None and name in self.changed_data:
                for part in PARTS:
                    setattr(self.instance, f"{name}_{part}", getattr(value, part))
        super()._post_clean()  # type: ignore[misc]

    def _get_validation_exclusions(self) -> set[str]:
        held = {f"{name}_{part}" for name in self.boxes() if name not in self.errors for part in PARTS}
        return super()._get_validation_exclusions() - held  # type: ignore[misc]


def reading_of_date(text: str, is_instant: bool) -> str:
    """A date as it is understood: its form, its words and its days."""
    date = read_date(text)
    if is_instant and date.is_interval:
        raise TypedDateError(date, NOT_AN_INSTANT % {"value": date})
    return f"{date}: {date.spoken}{days_of(date)}"


def days_of(date: FuzzyDate) -> str:
    """From which day to which it may be, where its words do not say it."""
    if date.earliest == date.latest:
        return ""
    first, last = (FuzzyDate(day.isoformat()).spoken if day else "" for day in (date.earliest, date.latest))
    words = f"{first} to {last}" if first and last else f"from {first}" if first else f"up to {last}"
    return f" ({words})"


@admin.site.admin_view
def reading(request: HttpRequest) -> HttpResponse:
    """What is read in a box, or why nothing is."""
    kind, text = request.GET.get("kind"), request.GET.get("text", "").strip()
    if kind not in ("date", "instant", "figure") or len(text) > LONGEST:
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
