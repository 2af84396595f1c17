"""The lines of a form of the desk as Django's admin draws them, less the white space between their tags.

Its template asks each field for twenty things, one by one, which takes as long as to draw what is typed in.
"""

from typing import Any

from django.contrib.admin.helpers import Fieldline

from relations.renderer import escaped


def line(fields: Fieldline) -> str:
    """The fields of a line, side by side; what is wrong with one that stands alone is said above it."""
    several = [*fields]
    is_one = len(several) == 1
    errors = fields.errors() if is_one else ""
    style = styles(
        *("form-row", errors and "errors", not fields.has_visible_field and "hidden"),
        *(f"field-{of(field, 'name')}" for field in several),
    )
    boxes = "".join(box(field, is_one) for field in several)
    row = f"{errors}{boxes}" if is_one else f'<div class="flex-container form-multiline">{boxes}</div>'
    return f"<div{style}>{row}</div>"


def box(field: Any, is_alone: bool) -> str:
    """A field with its label and help, and with what is wrong with it where it stands beside others."""
    errors = "" if is_alone or field.is_readonly else field.errors()
    hidden = of(field, "is_hidden") and "hidden"
    among = ("fieldBox", f"field-{of(field, 'name')}", errors and "errors", hidden)
    style = styles("flex-container", *(() if is_alone else among), field.is_checkbox and "checkbox-row")
    label = field.label_tag()
    if field.is_checkbox:
        entered = f"{field.field}{label}"
    elif field.is_readonly:
        entered = f'{label}<div class="readonly">{escaped(field.contents())}</div>'
    else:
        entered = f"{label}{field.field}"
    help_text = of(field, "help_text")
    key = of(field, "id_for_label")
    described = f' id="{escaped(key)}_helptext"' if key else ""
    told = f"<div{styles('help', hidden)}{described}><div>{help_text}</div></div>" if help_text else ""
    return f"<div>{errors}<div{style}>{entered}</div>{told}</div>"


def of(field: Any, name: str) -> Any:
    """What is known of a field; of one that is only read Django keeps it in a dictionary."""
    return field.field.get(name) if field.is_readonly else getattr(field.field, name)


def styles(*names: Any) -> str:
    """The class of a tag: those of the names that are any."""
    return f' class="{" ".join(filter(None, names))}"'
