"""Draws the parts of forms that a page of the desk has by the hundred as Django's templates do, letter by letter.

For each attribute of each option Django renders a template, which takes longer than anything else on such a page.
"""

from collections.abc import Callable
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates

Context = dict[str, Any]


def escaped(value: Any) -> str:
    """A value as text for HTML; Django's own function takes eight times as long, for texts that are not there yet."""
    text = str(value)
    return text if hasattr(text, "__html__") else escape(text)


def attributes(attrs: Context) -> str:
    """The attributes of a tag; one that is true has no value, and one that is false is left out."""
    return "".join(
        f" {name}" if value is True else f' {name}="{escaped(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def box(context: Context) -> str:
    widget = context["widget"]
    value = {} if widget["value"] is None else {"value": str(widget["value"])}
    return f"<input{attributes({'type': widget['type'], 'name': widget['name'], **value, **widget['attrs']})}>"


def select(context: Context) -> str:
    widget, lines = context["widget"], []
    for heading, options, _ in widget["optgroups"]:
        texts = [
            f"  <option{attributes({'value': str(option['value']), **option['attrs']})}>"
            f"{escaped(option['label'])}</option>\n"
            for option in options
        ]
        lines += [f"  <optgroup{attributes({'label': heading})}>", *texts, "  </optgroup>"] if heading else texts
    return "\n".join([f"<select{attributes({'name': widget['name'], **widget['attrs']})}>", *lines, "</select>"])


def label(context: Context) -> str:
    text = escaped(context["label"])
    tag = context["tag"]
    return f"<{tag}{attributes(context['attrs'])}>{text}</{tag}>" if context["use_tag"] else text


def errors(context: Context) -> str:
    items = "".join(f"<li>{escaped(error)}</li>" for error in context["errors"])
    at = f' id="{context["errors"].field_id}_error"' if context["errors"].field_id else ""
    return f'<ul class="{context["error_class"]}"{at}>{items}</ul>' if items else ""


DRAWN: dict[str, Callable[[Context], str]] = {
    **dict.fromkeys((f"django/forms/widgets/{kind}.html" for kind in ("text", "hidden", "number", "checkbox")), box),
    "django/forms/widgets/select.html": select,
    "django/forms/label.html": label,
    "django/forms/errors/list/default.html": errors,
    "django/forms/errors/list/ul.html": errors,
}


class Renderer(DjangoTemplates):
    """Django's, which draws what it can without a template."""

    def render(self, template_name: str, context: Context, request: Any = None) -> str:
        draw = DRAWN.get(template_name)
        return draw(context) if draw else super().render(template_name, context, request)
