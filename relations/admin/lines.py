"""Renders the lines of a fieldset in Python, with the same HTML as Django's template `admin/includes/fieldset.html`.

The template looks up twenty attributes of each field, which takes as long as rendering its input.
tests/admin/test_drawn.py compares the two, except for white space between tags.
"""

from typing import Any

from django.contrib.admin.helpers import Fieldline

from relations.renderer import escaped


def line_as_html(fields: Fieldline) -> str:
    """The fields of a line, side by side; the errors of a single field are shown above the line."""
    several = [*fields]
    is_one = len(several) == 1
    errors = fields.errors() if is_one else ""
    style = class_of(
        *("form-row", errors and "errors", not fields.has_visible_field and "hidden"),
        *(f"field-{attribute(field, 'name')}" for field in several),
    )
    boxes = "".join(box(field, is_one) for field in several)
    row = f"{errors}{boxes}" if is_one else f'<div class="flex-container form-multiline">{boxes}</div>'
    return f"<div{style}>{row}</div>"


def box(field: Any, is_alone: bool) -> str:
    """A field with its label and help text, and with its errors if it is not alone on its line."""
    errors = "" if is_alone or field.is_readonly else field.errors()
    hidden = attribute(field, "is_hidden") and "hidden"
    among = ("fieldBox", f"field-{attribute(field, 'name')}", errors and "errors", hidden)
    style = class_of("flex-container", *(() if is_alone else among), field.is_checkbox and "checkbox-row")
    label = field.label_tag()
    if field.is_checkbox:
        entered = f"{field.field}{label}"
    elif field.is_readonly:
        entered = f'{label}<div class="readonly">{escaped(field.contents())}</div>'
    else:
        entered = f"{label}{field.field}"
    help_text = attribute(field, "help_text")
    key = attribute(field, "id_for_label")
    described = f' id="{escaped(key)}_helptext"' if key else ""
    help_block = f"<div{class_of('help', hidden)}{described}><div>{help_text}</div></div>" if help_text else ""
    return f"<div>{errors}<div{style}>{entered}</div>{help_block}</div>"


def attribute(field: Any, name: str) -> Any:
    """An attribute of a field; for a read-only field Django has a dict instead of an object."""
    return field.field.get(name) if field.is_readonly else getattr(field.field, name)


def class_of(*names: Any) -> str:
    """The class attribute of a tag, made of the names that are neither empty nor False."""
    return f' class="{" ".join(filter(None, names))}"'
