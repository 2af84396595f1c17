"""The part of the mapping form that is about the rows of a table: what identifies them, and which are skipped."""

from typing import Any

from django import forms

from relations.exchange.cell_errors import did_you_mean
from relations.exchange.drafting import NUMBERED, TOGETHER
from relations.exchange.seen import Seen

NO_EQUALS = "“{}” is not of the form column = {}."
NO_COLUMN = "“{}” is no column of the table{}."


class RowsForm(forms.Form):
    """How rows are identified, grouped and skipped, which values count as empty, and constant values."""

    seen: Seen

    identify = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        label="What identifies a row",
        help_text="Its address is made of these columns.",
    )
    repeated = forms.ChoiceField(
        required=False,
        choices=[("", "are refused"), (NUMBERED, "are numbered: -2, -3 …"), (TOGETHER, "are one record together")],
        label="Rows with the same values in these",
        help_text="As one record, each row adds its parties; all other columns must be the same.",
    )
    seen_in = forms.ChoiceField(
        required=False,
        choices=[
            ("", "a state of affairs, with its own dates"),
            ("year", "what held all of a year"),
            ("day", "what was seen on a day of a year, every few years"),
        ],
        label="A row describes",
        help_text="Equal rows of consecutive years become one state of affairs; the year becomes began_on.",
    )
    skipped = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Rows that are skipped",
        help_text="One condition per line, such as “Country = Total”; “Country =” is for rows in which it is empty.",
    )
    missing = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        label="Values that mean empty",
        help_text="One per line, such as “n/a”, “-99” or “.”. A cell with one of them counts as empty, in any column.",
    )
    fixed = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Constant values",
        help_text="For every row; one per line, such as “note = From a table”. They may name columns in braces.",
    )
    locator = forms.CharField(
        required=False,
        max_length=200,
        label="Place of a row in the source",
        help_text="Every record cites it; “row {line}” if it is empty. It may contain columns in braces.",
    )

    def clean_fixed(self) -> dict[str, str]:
        return dict(self.conditions("fixed", "value"))

    def clean_skipped(self) -> list[tuple[str, str]]:
        names = [each.name for each in self.seen.columns]
        found = self.conditions("skipped", "what stands there")
        for name, _ in found:
            if name not in names:
                raise forms.ValidationError(NO_COLUMN.format(name, did_you_mean(name, names)))
        return found

    def conditions(self, field: str, what: str) -> list[tuple[str, str]]:
        """The lines of a text area as pairs of name and value; `what` describes the value in the error message."""
        found = []
        for line in filter(str.strip, self.cleaned_data[field].splitlines()):
            name, equals, value = line.partition("=")
            if not equals:
                raise forms.ValidationError(NO_EQUALS.format(line, what))
            found.append((name.strip(), value.strip()))
        return found

    def about_rows(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The cleaned values, by the names of the attributes of `Choices`."""
        texts = {name: cleaned.get(name) or "" for name in ("repeated", "seen_in", "locator")}
        return texts | {"skipped": cleaned.get("skipped") or []}
