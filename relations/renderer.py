"""A form renderer that makes inputs, selects, labels and errors without templates, the same as Django's templates do.

Django includes a template for each attribute of each option, which took a third of the time of a form at the desk.
tests/test_renderer.py compares the two, character by character.
"""

from collections.abc import Callable
from functools import cache
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.templatetags.static import static
from django.utils.translation import gettext

Context = dict[str, Any]


# Links next to a foreign key field, to its row and to a new one: attributes and title of each, as Django writes them.
APART = f"\n{' ' * 12}"
POPUP = f'{APART}data-popup="yes"'
LINKS = {
    "change": (
        f'{APART}data-href-template="{{change_related_template_url}}?{{url_params}}"{POPUP}{APART}',
        "Change selected %(model)s",
    ),
    "add": (f'{POPUP}{APART}href="{{add_related_url}}?{{url_params}}"{APART}', "Add another %(model)s"),
    "delete": (
        f'{APART}data-href-template="{{delete_related_template_url}}?{{url_params}}"{POPUP}{APART}',
        "Delete selected %(model)s",
    ),
    "view": (
        f'{APART} data-href-template="{{change_related_template_url}}?{{view_related_url_params}}"{APART} ',
        "View selected %(model)s",
    ),
}


def escaped(value: Any) -> str:
    """A value escaped for HTML; `django.utils.html.escape` takes eight times as long because texts may be lazy."""
    text = str(value)
    return text if hasattr(text, "__html__") else escape(text)


def attributes(attrs: Context) -> str:
    """The attributes of a tag, as HTML; True gives an attribute without a value, False omits it."""
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


def text_area(context: Context) -> str:
    widget = context["widget"]
    text = escaped(widget["value"] or "")
    return f"<textarea{attributes({'name': widget['name'], **widget['attrs']})}>\n{text}</textarea>"


def with_links(context: Context) -> str:
    """A foreign key field with links to its row and to a new one."""
    values = {**context, "url_params": escaped(context["url_params"])}
    links = (
        f'<a class="related-widget-wrapper-link {verb}-related" id="{verb}_id_{context["name"]}"'
        f'{attrs.format_map(values)}title="{gettext(title) % {"model": escaped(context["model"])}}">{icon(verb)}</a>'
        for verb, (attrs, title) in LINKS.items()
        if context[f"can_{verb}_related"] and not context["is_hidden"]
    )
    named = "" if context["model_has_limit_choices_to"] else f'data-model-ref="{context["model_name"]}"'
    field = f"{context['rendered_widget']}\n    \n        {''.join(links)}\n    \n"
    return f'<div class="related-widget-wrapper" {named}>\n    {field}</div>'


@cache
def icon(verb: str) -> str:
    return f'<img src="{static(f"admin/img/icon-{verb}link.svg")}" alt="" width="24" height="24">'


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
    "django/forms/widgets/textarea.html": text_area,
    "admin/widgets/related_widget_wrapper.html": with_links,
    "django/forms/label.html": label,
    "django/forms/errors/list/default.html": errors,
    "django/forms/errors/list/ul.html": errors,
}


class Renderer(DjangoTemplates):
    """Django's renderer, except for the templates that are keys of DRAWN."""

    def render(self, template_name: str, context: Context, request: Any = None) -> str:
        draw = DRAWN.get(template_name)
        return draw(context) if draw else super().render(template_name, context, request)
