"""Form fields for the query parameters of pages; invalid values are refused with a list of what is allowed."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from relations.dates import FuzzyDate, FuzzyDateError
from relations.hints import days_or_months, in_plain_signs, rewritten
from relations.paging import LONGEST_CURSOR, Sort
from relations.text import quoted
from relations.widgets import Box, Choice, Choices, NameInput, NamesInput

PAGING = ("sort", "after", "size")
CODE = re.compile("[A-Z]{3}")
# Tracking parameters that other sites append to links.
IGNORED = re.compile(r"utm_\w+|fbclid|gclid|gbraid|wbraid|gad_\w+|msclkid|yclid|mc_[ce]id|igsh(id)?")


class BadParameters(Exception):
    """Raised for invalid parameters; each problem names the parameter, its value and what is allowed."""

    def __init__(self, problems: list[str], form: "StrictForm | None" = None) -> None:
        self.problems = problems
        self.form = form
        super().__init__(" ".join(problems))


def one_of(value: str, allowed: dict[str, str], what: str = "one of the values allowed") -> str:
    """The message for a value that is not allowed, with the most similar one and all allowed ones.

    Codes of countries are not suggested as similar, only their names.
    """
    spellings = {name.lower(): key for key, name in allowed.items()}
    spellings |= {key.lower(): key for key in allowed if key.lower() == value.lower() or not CODE.fullmatch(key)}
    near = get_close_matches(value.lower(), spellings, n=1, cutoff=0.6)
    hint = f" Did you mean {spellings[near[0]]}?" if near else ""
    return f"{quoted(value)} is not {what}.{hint} Allowed: {', '.join(allowed) or 'none yet'}."


class StrictForm(forms.Form):
    """The parameters of a page; unknown and repeated ones are errors, too. `check()` returns values or raises."""

    data: QueryDict
    fields: dict[str, Any]
    template = "relations/parts/filters.html"  # renders the form, on its page and on the page of a 400

    def clean(self) -> dict[str, Any]:
        for problem in self._strangers():
            self.add_error(None, problem)
        if not self.errors:
            for name, problem in list(self.contradictions()):
                self.add_error(name, problem)
        return self.cleaned_data

    def contradictions(self) -> Iterator[tuple[str, str]]:
        """Yields errors for values that are valid one by one but not together: the parameter and the message."""
        yield from ()

    def check(self) -> dict[str, Any]:
        """The cleaned values; raises BadParameters if there is any error."""
        of_values = [f"{name}: {error}" for name in self.fields for error in self.errors.get(name, ())]
        if problems := [*self.non_field_errors(), *of_values]:
            raise BadParameters(problems, self)
        return self.cleaned_data

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """The filters that the form shows: all but words and paging, and without fields that have no choices."""
        shown = ((name, field) for name, field in self.fields.items() if name not in ("q", "after", "size"))
        return [self[name] for name, field in shown if field.has_values]

    @property
    def number_set(self) -> int:
        """The number of values that narrow the list, not counting its words."""
        narrowing = self.fields.keys() - {"q", *PAGING}
        return sum(bool(value) for name in narrowing for value in self.data.getlist(name))

    def in_words(self, name: str, value: str) -> str:
        """A value of a parameter in words."""
        return self.fields[name].in_words(value)

    def _strangers(self) -> Iterator[str]:
        """Yields errors for parameters that the page does not have, and for repeated ones that take one value."""
        allowed = {name: name for name in sorted(self.fields)}
        for name, values in self.data.lists():
            if IGNORED.fullmatch(name):
                continue
            if not allowed:
                yield f"Parameter {quoted(name)} is none of this page, which takes none."
            elif name not in allowed:
                yield f"Parameter {one_of(name, allowed, 'a parameter of this page')}"
            elif len(values) > 1 and not isinstance(self.fields[name], TermsField):
                yield f"Parameter “{name}” is given {len(values)} times; it takes one value."


class Parameter(forms.Field):
    """A parameter of a page; all are optional."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label=label, required=False, **kwargs)

    @property
    def has_values(self) -> bool:
        """Whether there is any value to choose."""
        return True

    def in_words(self, value: str) -> str:
        """A value of a parameter in words."""
        return value


class ListedParameter(Parameter):
    """A parameter that takes values of a fixed list with labels, shared by all forms.

    A ChoiceField would build and copy the list for each form.
    """

    widget: Any

    def __init__(self, label: str, choices: Iterable[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.choices = tuple(choices)

    @property
    def choices(self) -> tuple[tuple[str, Any], ...]:
        """Pairs of value and label, in order; one value may be empty."""
        found: tuple[tuple[str, Any], ...] = self.widget.choices
        return found

    @choices.setter
    def choices(self, choices: tuple[tuple[str, Any], ...]) -> None:
        self.widget.choices = choices

    @property
    def allowed(self) -> dict[str, str]:
        """Labels by value, without the empty value."""
        return {key: name for key, name in self.choices if key}

    def in_words(self, value: str) -> str:
        """The label of a value; an unknown value as it is."""
        return str(dict(self.choices).get(value, value))


class TermsField(ListedParameter):
    """Any number of values of a fixed list; with `column`, a row matches if that column has one of them."""

    MOST, EXPLAINED = 100, 5

    widget = Choices
    is_multiple = True

    @property
    def has_values(self) -> bool:
        return bool(self.choices)

    def __init__(self, label: str, choices: Iterable[tuple[str, Any]] = (), column: str = "") -> None:
        self.column = column
        super().__init__(label, choices)

    def to_python(self, value: Any) -> list[str]:
        if len(value) > self.MOST:
            raise ValidationError(f"{len(value)} values are too many; it takes at most {self.MOST}.")
        return list(dict.fromkeys(entry for entry in value if entry))

    def validate(self, value: list[str]) -> None:
        allowed = self.allowed if value else {}
        if unknown := [entry for entry in value if entry not in allowed]:
            raise ValidationError([one_of(entry, allowed) for entry in unknown[: self.EXPLAINED]])


class NamesField(TermsField):
    """Any number of countries or actors, chosen by typing their names."""

    widget = NamesInput


class TermField(ListedParameter):
    """One value of a fixed list, or empty."""

    widget = Choice

    def to_python(self, value: Any) -> str:
        return value or ""

    def validate(self, value: str) -> None:
        if value and value not in self.allowed:
            raise ValidationError(one_of(value, self.allowed))


class NameField(TermField):
    """One country or actor, chosen by typing its name."""

    widget = NameInput  # type: ignore[assignment]


class SortField(TermField):
    """One of the orders of a list; the first is the default."""

    def __init__(self, sorts: dict[str, Sort]) -> None:
        self.sorts = sorts
        choices = [(name, sort.label.capitalize()) for name, sort in sorts.items()]
        super().__init__("Sort", choices, initial=choices[0][0])

    def clean(self, value: Any) -> Sort:
        return self.sorts[super().clean(value) or self.initial]


class TextParameter(Parameter, forms.CharField):
    """A parameter with a text input."""

    widget = Box


class WordsField(TextParameter):
    """Free words."""

    default_error_messages = {
        "max_length": "At most %(limit_value)d characters are looked for, and these are %(show_value)d."
    }

    def __init__(self, label: str) -> None:
        super().__init__(label, max_length=200)


class CursorField(TextParameter):
    """A cursor (see `paging.Sort`), which is not stripped."""

    def __init__(self, label: str) -> None:
        super().__init__(label, max_length=LONGEST_CURSOR, strip=False)


class PlainDateField(TextParameter):
    """A day, month or year in ISO format."""

    def to_python(self, value: Any) -> FuzzyDate | None:
        text = super().to_python(value)
        if not text:
            return None
        try:
            day = FuzzyDate(text)
        except FuzzyDateError:
            day = None
        if day is None or not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text) or day.precision == "season":
            raise ValidationError(f"{quoted(text)} is not a day, month or year such as 1963-08-24, 1963-08 or 1963.")
        return day


class DayField(TextParameter):
    """A day in any common notation; a month or year means its last day, `today` the current day in UTC."""

    TODAY = "today"

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        return timezone.localdate() if text.lower() == self.TODAY else self.written(text).latest

    def in_words(self, value: str) -> str:
        """The day in words and, for a month or year, that it is the last day of it."""
        day = self.to_python(value)
        words = FuzzyDate(day.isoformat()).spoken
        if value.strip().lower() == self.TODAY or self.written(value).precision == "day":
            return words
        return f"{words}, the last day of {self.written(value).spoken}"

    @staticmethod
    def written(text: str) -> FuzzyDate:
        """Parses a day, month or year; raises ValidationError if it is none of these."""
        form, reason = rewritten(text), ""
        try:
            day = FuzzyDate(form)
        except FuzzyDateError as error:
            day, reason = None, error.reason if form else next(days_or_months(in_plain_signs(text)), "")
        if day is None or not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", day) or day.precision == "season":
            allowed = "is not a day such as 1962-01-01, 3 May 1974 or 26.11.2026, a month, a year or today."
            raise ValidationError(" ".join(filter(None, [quoted(text), allowed, reason])))
        return day


class SizeField(TextParameter):
    """The number of rows per page."""

    LEAST, MOST, USUAL = 10, 200, 50

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return self.USUAL
        if not re.fullmatch(r"[1-9][0-9]{1,2}", text) or not self.LEAST <= int(text) <= self.MOST:
            raise ValidationError(f"{quoted(text)} is not a whole number from {self.LEAST} to {self.MOST}.")
        return int(text)
