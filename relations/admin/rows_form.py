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
        help_text="Of these columns its address is made.",
    )
    repeated = forms.ChoiceField(
        required=False,
        choices=[("", "are refused"), (NUMBERED, "are numbered: -2, -3 …"), (TOGETHER, "are one record together")],
        label="Rows that have these alike",
        help_text="Of one record together each row gives its parties; in all else its rows must say the same.",
    )
    seen_in = forms.ChoiceField(
        required=False,
        choices=[
            ("", "a state of affairs, with its own dates"),
            ("year", "what was so all of a year"),
            ("day", "what was seen on a day of a year, every few years"),
        ],
        label="A row tells",
        help_text="What is alike in years that follow each other is one state of affairs; the year becomes began_on.",
    )
    skipped = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Rows that become nothing",
        help_text="One condition a line, as in “Country = Total”; “Country =” is for rows in which it is empty.",
    )
    missing = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        label="What stands for nothing",
        help_text="One a line, as in “n/a”, “-99” or “.”. In whatever column it stands, the cell counts as empty.",
    )
    fixed = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What else is the same in every row",
        help_text="One a line, as in “note = From a table”. Columns may stand in it in braces.",
    )
    locator = forms.CharField(
        required=False,
        max_length=200,
        label="Where a row stands in the source",
        help_text="Every record cites it: “row {line}” unless it is said. Columns may stand in it in braces.",
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
