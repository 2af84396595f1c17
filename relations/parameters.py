"""The values that a list's parameters take, strictly: what is not understood is refused with what is allowed."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from relations.dates import FuzzyDate, FuzzyDateError
from relations.hints import days_or_months, in_plain_signs, rewritten
from relations.paging import LONGEST_CURSOR, Sort
from relations.text import look_alikes

PAGING = ("sort", "after", "size")
CODE = re.compile("[A-Z]{3}")
IGNORED = re.compile(r"utm_\w+|fbclid|gclid")


class BadParameters(Exception):
    """Parameters that are not understood; each problem names the parameter, the value and what is allowed."""

    def __init__(self, problems: list[str], form: "StrictForm | None" = None) -> None:
        self.problems = problems
        self.form = form
        super().__init__(" ".join(problems))


def quoted(value: str) -> str:
    """A value in quotes, no longer than one needs to recognise it, and what in it is not what it looks like."""
    printable = "".join(letter if letter.isprintable() else "�" for letter in value[:61])
    shown = f"“{printable[:60]}…”" if len(value) > 60 else f"“{printable}”"
    return f"{shown} ({strange})" if (strange := look_alikes(value[:60])) else shown


def one_of(value: str, allowed: dict[str, str], what: str = "one of the values allowed") -> str:
    """Why a value is refused, the nearest allowed one, and all of them; a code of a country has no near ones."""
    spellings = {name.lower(): key for key, name in allowed.items()}
    spellings |= {key.lower(): key for key in allowed if key.lower() == value.lower() or not CODE.fullmatch(key)}
    near = get_close_matches(value.lower(), spellings, n=1, cutoff=0.6)
    hint = f" Did you mean {spellings[near[0]]}?" if near else ""
    return f"{quoted(value)} is not {what}.{hint} Allowed: {', '.join(allowed) or 'none yet'}."


class StrictForm(forms.Form):
    """The parameters of a page; `check()` gives their values, or says in words what is wrong with them."""

    data: QueryDict
    template = "relations/parts/filters.html"  # which shows it, on its page and where it is refused

    def clean(self) -> dict[str, Any]:
        for problem in self._strangers():
            self.add_error(None, problem)
        if not self.errors:
            for name, problem in list(self.contradictions()):
                self.add_error(name, problem)
        return self.cleaned_data

    def contradictions(self) -> Iterator[tuple[str, str]]:
        """Values that are good by themselves and do not go together: the parameter to blame, and why."""
        yield from ()

    def check(self) -> dict[str, Any]:
        """The values; BadParameters where there is a problem."""
        of_values = [f"{name}: {error}" for name in self.fields for error in self.errors.get(name, ())]
        if problems := [*self.non_field_errors(), *of_values]:
            raise BadParameters(problems, self)
        return self.cleaned_data

    @property
    def number_set(self) -> int:
        """How many values are set that narrow a list, beside its words."""
        narrowing = self.fields.keys() - {"q", *PAGING}
        return sum(bool(value) for name in narrowing for value in self.data.getlist(name))

    def in_words(self, name: str, value: str) -> str:
        """A value as it is understood."""
        return self.fields[name].in_words(value)  # type: ignore[attr-defined]

    def _strangers(self) -> Iterator[str]:
        """Parameters that the page does not have, and those given twice that take one value."""
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
    """A parameter of a page, which can always be left out."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label=label, required=False, **kwargs)

    @property
    def allowed(self) -> dict[str, str]:
        """The values of a closed list, with their names."""
        return {key: name for key, name in self.choices if key}  # type: ignore[attr-defined]

    def in_words(self, value: str) -> str:
        """A value as the form shows it: the name of a country, the label of a term, else as it is."""
        return str(dict(getattr(self, "choices", ())).get(value, value))


def box(
    name: str, number: int, key: str, label: Any, *, is_chosen: bool = False, count: int | None = None
) -> SafeString:
    """One check box with its label, and how many rows there would be."""
    return format_html(
        '<label for="id_{0}_{1}"><input type="checkbox" name="{0}" value="{2}" id="id_{0}_{1}"{3}> {4}{5}</label>',
        *(name, number, key, mark_safe(" checked" if is_chosen else ""), label),  # noqa: S308 - a word of ours
        "" if count is None else format_html(' <span class="count">{}</span>', f"{count:,}"),
    )


@lru_cache(maxsize=64)
def boxes(name: str, choices: tuple[tuple[str, Any], ...]) -> tuple[SafeString, ...]:
    """The check boxes of a list that changes seldom, none of them chosen."""
    return tuple(box(name, number, *choice) for number, choice in enumerate(choices))


class Choices(forms.CheckboxSelectMultiple):
    """Check boxes as one text: a template for each of some hundred would take longer than the rest of a list.

    Where it is known how many rows each would leave, those that would leave none are left out.
    """

    counts: dict[str, int] | None = None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        choices, chosen = tuple(map(tuple, self.choices)), value or ()
        if self.counts is None:
            texts = [*boxes(name, choices)]
            for number, (key, label) in enumerate(choices):
                if key in chosen:
                    texts[number] = box(name, number, key, label, is_chosen=True)
        else:
            texts = self.counted(name, choices, chosen, self.counts)
        return mark_safe("\n".join(texts))  # noqa: S308 - each is safe

    def counted(self, name: str, choices: Any, chosen: Any, counts: dict[str, int]) -> list[SafeString]:
        """The boxes of what leaves any rows, or is chosen."""
        return [
            box(name, number, key, label, is_chosen=key in chosen, count=counts.get(key, 0))
            for number, (key, label) in enumerate(choices)
            if key in counts or key in chosen
        ]


class NamesInput(Choices):
    """Boxes of the names that are chosen and that most rows have, and one to type any other, which a list completes."""

    MOST = 8
    list_id = ""
    brings_list = True

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        counts, chosen = self.counts or {}, value or ()
        most = sorted(counts, key=lambda key: (-counts[key], key))[: self.MOST]
        few = [choice for choice in self.choices if choice[0] in chosen or choice[0] in most]
        texts = (
            self.counted(name, few, chosen, counts)
            if counts
            else [box(name, number, key, label, is_chosen=True) for number, (key, label) in enumerate(few)]
        )
        return format_html("{}{}", mark_safe("\n".join(texts)), typed(self, name, ""))  # noqa: S308 - each is safe

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return id_


class NameInput(forms.TextInput):
    """A box to type one name, which a list completes."""

    choices: Any = ()
    list_id = ""
    brings_list = True

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return typed(self, name, dict(self.choices).get(value, value or ""))


TYPED = """
<span class="typed"><label for="id_{0}" class="unseen">By name or code</label>
<input type="text" name="{0}" id="id_{0}" list="{1}" value="{2}" placeholder="name or code"></span>{3}
"""
MOST_OFFERED = 400  # names to complete from; any other is typed whole


def typed(widget: Any, name: str, value: str) -> SafeString:
    """A box for a name, and the names that it is completed from."""
    listed = format_html('<datalist id="{}">{}</datalist>', widget.list_id, completed(tuple(widget.choices)))
    return format_html(TYPED, name, widget.list_id, value, listed if widget.brings_list else "")


@lru_cache(maxsize=64)
def completed(choices: tuple[tuple[str, Any], ...]) -> SafeString:
    """The names that a box is completed from."""
    return format_html_join("", "<option>{}</option>", ((label,) for _, label in choices[:MOST_OFFERED]))


@lru_cache(maxsize=64)
def options(choices: tuple[tuple[str, Any], ...], chosen: str) -> SafeString:
    """The options of a list, one of them chosen."""
    texts = (
        (key, mark_safe(" selected" if key == chosen else ""), label)  # noqa: S308 - a word of ours
        for key, label in choices
    )
    return format_html_join("\n", '<option value="{}"{}>{}</option>', texts)


class Choice(forms.Select):
    """A list of options as one text, for the same reason."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        of_widget = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html(
            "<select{}>{}</select>", flatatt(of_widget), options(tuple(map(tuple, self.choices)), str(value or ""))
        )


class TermsField(Parameter, forms.MultipleChoiceField):
    """Any number of values of a closed list, of which a row has one in `column`, where a column is named."""

    MOST, EXPLAINED = 100, 5

    widget = Choices
    is_multiple = True

    def __init__(self, label: str, choices: Iterable[tuple[str, Any]] = (), column: str = "") -> None:
        self.column = column
        super().__init__(label, choices=choices)

    def to_python(self, value: Any) -> list[str]:
        given = super().to_python(value)
        if len(given) > self.MOST:
            raise ValidationError(f"{len(given)} values are too many; it takes at most {self.MOST}.")
        return list(dict.fromkeys(entry for entry in given if entry))

    def validate(self, value: list[str]) -> None:
        allowed = self.allowed
        if unknown := [entry for entry in value if entry not in allowed]:
            raise ValidationError([one_of(entry, allowed) for entry in unknown[: self.EXPLAINED]])


class NamesField(TermsField):
    """Any number of countries or actors, found by typing."""

    widget = NamesInput


class TermField(Parameter, forms.ChoiceField):
    """One value of a closed list, or nothing."""

    widget = Choice

    def __init__(self, label: str, choices: Iterable[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(label, choices=choices, **kwargs)

    def validate(self, value: str) -> None:
        if value and value not in self.allowed:
            raise ValidationError(one_of(value, self.allowed))


class NameField(TermField):
    """One country or actor, found by typing."""

    widget = NameInput  # type: ignore[assignment]


class SortField(TermField):
    """One of the orders of a list: its first, where none is asked for."""

    def __init__(self, sorts: dict[str, Sort]) -> None:
        self.sorts = sorts
        choices = [(name, sort.label.capitalize()) for name, sort in sorts.items()]
        super().__init__("Sort", choices, initial=choices[0][0])

    def clean(self, value: Any) -> Sort:
        return self.sorts[super().clean(value) or self.initial]


class WordsField(Parameter, forms.CharField):
    """Free words."""

    def __init__(self, label: str) -> None:
        super().__init__(label, max_length=200)


class CursorField(Parameter, forms.CharField):
    """Where the page before ended, to the letter."""

    def __init__(self, label: str) -> None:
        super().__init__(label, max_length=LONGEST_CURSOR, strip=False)


class PlainDateField(Parameter, forms.CharField):
    """A day, a month or a year."""

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


class DayField(Parameter, forms.CharField):
    """A day in whichever notation; of a month or a year its last, and `today` in UTC."""

    TODAY = "today"

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        return timezone.localdate() if text.lower() == self.TODAY else self.written(text).latest

    def in_words(self, value: str) -> str:
        """The day that is understood, and of what it is the last."""
        day = self.to_python(value)
        words = FuzzyDate(day.isoformat()).spoken
        if value.strip().lower() == self.TODAY or self.written(value).precision == "day":
            return words
        return f"{words}, the last day of {self.written(value).spoken}"

    @staticmethod
    def written(text: str) -> FuzzyDate:
        """The day, month or year that a text names."""
        form, reason = rewritten(text), ""
        try:
            day = FuzzyDate(form)
        except FuzzyDateError as error:
            day, reason = None, error.reason if form else next(days_or_months(in_plain_signs(text)), "")
        if day is None or not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", day) or day.precision == "season":
            allowed = "is not a day such as 1962-01-01, 3 May 1974 or 26.11.2026, a month, a year or today."
            raise ValidationError(" ".join(filter(None, [quoted(text), allowed, reason])))
        return day


class SizeField(Parameter, forms.CharField):
    """How many rows a page has."""

    LEAST, MOST, USUAL = 10, 200, 50

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return self.USUAL
        if not re.fullmatch(r"[1-9][0-9]{1,2}", text) or not self.LEAST <= int(text) <= self.MOST:
            raise ValidationError(f"{quoted(text)} is not a whole number from {self.LEAST} to {self.MOST}.")
        return int(text)
