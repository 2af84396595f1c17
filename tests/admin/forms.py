"""The forms of the desk: the URL of the form of a row, and the values that a browser would post."""

from typing import Any

from django.urls import reverse


def address_of(row: Any) -> str:
    """The URL of the change page of a row."""
    return reverse(f"admin:relations_{row._meta.model_name}_change", args=[row.pk])


def filled(response: Any, **changes: str) -> dict[str, str]:
    """The values of the form of a change page and of its formsets, with some of them replaced."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if isinstance(value, bool):
                value = "on" if value else None
            if value is not None:
                values[bound.html_name] = str(bound.field.prepare_value(value) if bound.field else value)
    return values | changes
