"""One more record after one that was saved: of the same parties, from the same place."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from relations.admin.coding import coding_of
from relations.admin.keys import may_be_key
from relations.admin.neighbours import carried_from

LIKE = "like"  # the parameter that names the record before


class AnotherMixin(admin.ModelAdmin):
    """“Save and add another” opens a form in which the parties and the citation of the record before stand."""

    carried: tuple[str, ...]

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        return self.with_likeness(request, obj, super().response_add(request, obj, *args))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self.with_likeness(request, obj, super().response_change(request, obj))

    def with_likeness(self, request: HttpRequest, record: Any, response: HttpResponse) -> HttpResponse:
        """Names the record before in the address of the form for another."""
        if "_addanother" in request.POST and (address := response.headers.get("Location")):
            response["Location"] = f"{address}{'&' if '?' in address else '?'}{LIKE}={record.pk}"
        return response

    def before(self, request: HttpRequest) -> Any:
        """The record that was saved before, if the form is asked to be like it and somebody may look at that."""
        key = request.GET.get(LIKE, "")
        if request.method == "POST" or coding_of(request) or not may_be_key(self.model._meta.pk, key):
            return None
        found = self.model._default_manager.filter(pk=key).first()
        return found if found and self.has_view_permission(request, found) else None

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        before = self.before(request)
        return {**initial, **carried_from(before, self.carried)} if before else initial

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        inlines: list[Any] = super().get_inline_instances(request, obj)
        before = self.before(request) if obj is None else None
        for inline in inlines:
            inline.before = before
        return inlines

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if inline.before:
            kwargs["initial"] = inline.like(inline.before)
        return kwargs
