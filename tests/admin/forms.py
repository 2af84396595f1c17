"""Forms of the desk: where that of a row is, and what a browser would post of it as it was rendered."""

from typing import Any

from django.urls import reverse


def address_of(row: Any) -> str:
    """The page on which a row is changed."""
    return reverse(f"admin:relations_{row._meta.model_name}_change", args=[row.pk])


def filled(response: Any, **changes: str) -> dict[str, str]:
    """The values of all forms of a change page, those of its parts among them, with some of them changed."""
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
