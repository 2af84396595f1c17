"""Widgets of the forms of lists: check boxes, selects, and inputs for names. They render without templates."""

from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


def box(
    name: str, number: int, key: str, label: Any, *, is_chosen: bool = False, count: int | None = None
) -> SafeString:
    """A check box with its label and, if known, the number of rows that it would leave."""
    return format_html(
        '<label for="id_{0}_{1}"><input type="checkbox" name="{0}" value="{2}" id="id_{0}_{1}"{3}> {4}{5}</label>',
        *(name, number, key, mark_safe(" checked" if is_chosen else ""), label),  # noqa: S308 - a word of ours
        "" if count is None else format_html(' <span class="count">{}</span>', f"{count:,}"),
    )


@lru_cache(maxsize=64)
def boxes(name: str, choices: tuple[tuple[str, Any], ...]) -> tuple[SafeString, ...]:
    """The check boxes of a list of choices, none of them checked; cached."""
    return tuple(box(name, number, *choice) for number, choice in enumerate(choices))


class Choices(forms.CheckboxSelectMultiple):
    """Check boxes rendered as one string: a template for each of a hundred would take longer than the rest of a page.

    If `counts` is set, boxes that would leave no rows are not shown.
    """

    choices: Any = ()  # a plain attribute; Django's property would build the list again for each form
    counts: dict[str, int] | None = None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        choices, chosen = self.choices, value or ()
        if self.counts is None:
            texts = [*boxes(name, choices)]
            for number, (key, label) in enumerate(choices):
                if key in chosen:
                    texts[number] = box(name, number, key, label, is_chosen=True)
        else:
            texts = self.counted(name, choices, chosen, self.counts)
        return mark_safe("\n".join(texts))  # noqa: S308 - each is safe

    def counted(self, name: str, choices: Any, chosen: Any, counts: dict[str, int]) -> list[SafeString]:
        """The boxes that would leave any rows or are checked."""
        return [
            box(name, number, key, label, is_chosen=key in chosen, count=counts.get(key, 0))
            for number, (key, label) in enumerate(choices)
            if key in counts or key in chosen
        ]


class NamesInput(Choices):
    """Check boxes for chosen and most frequent names, and a text input with a datalist for any other."""

    MOST = 8
    list_id = ""
    brings_list = True

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        counts, chosen = self.counts or {}, value or ()
        most = sorted(counts, key=lambda key: (-counts[key], key))[: self.MOST]
        shown = {*chosen, *most}
        few = [choice for choice in self.choices if choice[0] in shown] if shown else []
        texts = (
            self.counted(name, few, chosen, counts)
            if counts
            else [box(name, number, key, label, is_chosen=True) for number, (key, label) in enumerate(few)]
        )
        return format_html("{}{}", mark_safe("\n".join(texts)), typed(self, name, ""))  # noqa: S308 - each is safe

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return id_


class Box(forms.TextInput):
    """A text input, rendered without a template like `Choices`."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        shown = self.format_value(value)
        of_box = {"type": "text", "name": name, **({} if shown is None else {"value": shown})}
        every = {**of_box, **self.build_attrs(self.attrs, attrs)}
        return format_html("<input{}>", format_html_join("", ' {}="{}"', every.items()))


class NameInput(forms.TextInput):
    """A text input for one name, with a datalist."""

    choices: Any = ()
    list_id = ""
    brings_list = True

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return typed(self, name, dict(self.choices).get(value, value or ""))


TYPED = """
<span class="typed"><label for="id_{0}" class="unseen">By name or code</label>
<input type="text" name="{0}" id="id_{0}" list="{1}" value="{2}" placeholder="name or code"></span>{3}
"""
MOST_OFFERED = 400  # names in a datalist; any other can still be typed


def typed(widget: Any, name: str, value: str) -> SafeString:
    """A text input for a name, with its datalist if `widget.brings_list`."""
    listed = format_html('<datalist id="{}">{}</datalist>', widget.list_id, completed(widget.choices))
    return format_html(TYPED, name, widget.list_id, value, listed if widget.brings_list else "")


@lru_cache(maxsize=64)
def completed(choices: tuple[tuple[str, Any], ...]) -> SafeString:
    """The options of a datalist; cached."""
    return format_html_join("", "<option>{}</option>", ((label,) for _, label in choices[:MOST_OFFERED]))


@lru_cache(maxsize=64)
def options(choices: tuple[tuple[str, Any], ...], chosen: str) -> SafeString:
    """The options of a select, one of them selected; cached."""
    texts = (
        (key, mark_safe(" selected" if key == chosen else ""), label)  # noqa: S308 - a word of ours
        for key, label in choices
    )
    return format_html_join("\n", '<option value="{}"{}>{}</option>', texts)


class Choice(forms.Select):
    """A select, rendered without a template like `Choices`."""

    choices: Any = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        of_widget = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(of_widget), options(self.choices, str(value or "")))
