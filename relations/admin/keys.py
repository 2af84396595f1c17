"""Keys of rows in what is asked of the desk: in addresses, in lists of chosen rows, and in fields that name a row."""

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
    """Whether a row could have that key: it is of the kind of the column, and fits into it."""
    try:
        field.run_validators(field.to_python(text))
    except ValidationError:
        return False
    return not UNSEEN.search(text)


class KeysMiddleware:
    """What is no key is refused before a page of the admin, Django's own or ours, asks the database for it."""

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
    """The rows of a model that have some keys."""
    return planned(lambda keys: model._default_manager.filter(pk__among=keys))


class KeySelect(AutocompleteSelect):
    """A row that is searched for and chosen; what cannot be its key chooses nothing."""

    known: Any = None  # a row that was read with the one at hand, and so need not be asked for

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        key = self.field.target_field
        keys = [key.to_python(text) for text in value if text and may_be_key(key, text)]
        is_known = self.known is not None and keys == [self.known.pk]
        rows = [self.known] if is_known else rows_of(self.field.related_model)(keys) if keys else []
        chosen = [(row.pk, str(row)) for row in rows]
        options = chosen if self.is_required else [("", ""), *chosen]
        return [(None, [self.create_option(name, *each, bool(each[0]), at) for at, each in enumerate(options)], 0)]


class KeysMixin(BaseModelAdmin):
    """Fields that name a row, on a page or among its parts."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KeySelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
