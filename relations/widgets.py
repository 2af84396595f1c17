"""How the parameters of a list are shown in its form: boxes, options, and names that are typed."""

from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


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

    choices: Any = ()  # as they are, which Django's own would put together anew for each form
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
    """A box to type in as one text, for the same reason."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        shown = self.format_value(value)
        of_box = {"type": "text", "name": name, **({} if shown is None else {"value": shown})}
        every = {**of_box, **self.build_attrs(self.attrs, attrs)}
        return format_html("<input{}>", format_html_join("", ' {}="{}"', every.items()))


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
    listed = format_html('<datalist id="{}">{}</datalist>', widget.list_id, completed(widget.choices))
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

    choices: Any = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        of_widget = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(of_widget), options(self.choices, str(value or "")))
