"""Primary keys in requests to the desk: in URLs, in selected rows, and in fields that refer to a row.

PostgreSQL raises an error for a key of the wrong type or size; here it is caught before the query.
"""

from functools import cache
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR, BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from config.middleware import UNSEEN, Answer
from relations.prepared import planned
from relations.text import quoted


def may_be_key(field: Any, text: str) -> bool:
    """Whether a text is a valid value of a key column: of its type, and in its range."""
    try:
        field.run_validators(field.to_python(text))
    except ValidationError:
        return False
    return not UNSEEN.search(text)


class KeysMiddleware:
    """Answers 400 if a request to an admin page, Django's or ours, selects rows by malformed keys."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        model_admin = getattr(view, "model_admin", None)
        if model_admin is None:
            return
        if "" in (request.GET.get(TO_FIELD_VAR), request.POST.get(TO_FIELD_VAR)):
            raise BadRequest(f"{quoted(TO_FIELD_VAR)} names no column.")
        for text in request.POST.getlist(ACTION_CHECKBOX_NAME):
            if not may_be_key(model_admin.opts.pk, text):
                raise BadRequest(f"{quoted(text)} is no row of this list.")


@cache
def rows_of(model: Any) -> planned:
    """A prepared query for the rows of a model with given keys."""
    return planned(lambda keys: model._default_manager.filter(pk__among=keys))


class KeySelect(AutocompleteSelect):
    """An autocomplete widget that ignores malformed keys, and saves the query if the selected row is loaded already."""

    loaded_row: Any = None  # the related row, if it was read together with the instance of the form

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        key = self.field.target_field
        keys = [key.to_python(text) for text in value if text and may_be_key(key, text)]
        is_known = self.loaded_row is not None and keys == [self.loaded_row.pk]
        rows = [self.loaded_row] if is_known else rows_of(self.field.related_model)(keys) if keys else []
        chosen = [(row.pk, str(row)) for row in rows]
        options = chosen if self.is_required else [("", ""), *chosen]
        return [(None, [self.create_option(name, *each, bool(each[0]), at) for at, each in enumerate(options)], 0)]


class KeysMixin(BaseModelAdmin):
    """Uses `KeySelect` for all autocomplete fields of a page or inline."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KeySelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
