"""“Save and add another” for records: the next form starts with the same parties and the same citation."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from relations.admin.coding import coding_of
from relations.admin.keys import may_be_key
from relations.admin.neighbours import parties_like

LIKE = "like"  # the parameter with the key of the previous record


class AddAnotherMixin(admin.ModelAdmin):
    """Fills in the form for another record from the one saved before; `carried` are the fields of its parties."""

    carried: tuple[str, ...]

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        return self.with_likeness(request, obj, super().response_add(request, obj, *args))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self.with_likeness(request, obj, super().response_change(request, obj))

    def with_likeness(self, request: HttpRequest, record: Any, response: HttpResponse) -> HttpResponse:
        """Adds the key of the saved record to the redirect to the next form."""
        if "_addanother" in request.POST and (address := response.headers.get("Location")):
            response["Location"] = f"{address}{'&' if '?' in address else '?'}{LIKE}={record.pk}"
        return response

    def before(self, request: HttpRequest) -> Any:
        """The record saved before, if its key is in the query string and the user may view it; else None."""
        key = request.GET.get(LIKE, "")
        if request.method == "POST" or coding_of(request) or not may_be_key(self.model._meta.pk, key):
            return None
        found = self.model._default_manager.filter(pk=key).first()
        return found if found and self.has_view_permission(request, found) else None

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        before = self.before(request)
        return {**initial, **parties_like(before, self.carried)} if before else initial

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        inlines: list[Any] = super().get_inline_instances(request, obj)
        before = self.before(request) if obj is None else None
        for inline in inlines:
            inline.before = before
        return inlines

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if inline.before:
            kwargs["initial"] = inline.rows_like(inline.before)
        return kwargs
