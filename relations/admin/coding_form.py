"""The form of a record on the coding screen: the same form, with the most needed fields first and the rest folded."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten, flatten_fieldsets
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from relations.admin.coding import cite_links, coding_of
from relations.admin.coverage import response_after_save
from relations.admin.neighbours import parties_near

TEMPLATE = "admin/relations/coding.html"


class CodingFormMixin(admin.ModelAdmin):
    """Adapts the form of a record to the coding screen; on all other pages it changes nothing.

    `first`: the fields that come first; the others are folded.
    `carried`: the fields of the parties, which are copied to the next record, since they are likely to be the same.
    `letter`: the keyboard shortcut that opens the form.
    `alike`: two records with equal values in these columns, the same parties and the same time may be duplicates.
    """

    first: tuple[Any, ...] = ()
    carried: tuple[str, ...] = ()
    letter: str
    alike: tuple[str, ...]
    stamps: tuple[str, ...]

    def folded(self, fieldsets: list[Any]) -> list[Any]:
        """The fieldset of the first fields, and a collapsed one with all others."""
        shown = {*flatten(self.first), *self.stamps}
        rest = [name for name in flatten_fieldsets(fieldsets) if name not in shown]
        return [(None, {"fields": self.first}), ("More", {"classes": ["collapse"], "fields": rest})]

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        inlines: list[Any] = super().get_inline_instances(request, obj)
        for inline in inlines:
            inline.coding = coding_of(request)
            if inline.coding and getattr(inline, "is_rare", False):
                inline.classes = ["collapse"]
        return inlines

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """Fills in new rows when the page is opened, but not on POST, so that all posted values count as changed."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if inline.coding and request.method != "POST":
            kwargs["initial"] = inline.initial_rows(obj)
        return kwargs

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        coding = coding_of(request)
        if not coding:
            return super().get_changeform_initial_data(request)
        return parties_near(coding.passage, coding.model, self.carried) if coding.passage else {}

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        response: Any = super().render_change_form(request, context, *args, **kwargs)
        if (coding := coding_of(request)) and isinstance(response, TemplateResponse):
            response.template_name = TEMPLATE
            response.context_data |= {"likely": cite_links(coding, context["adminform"].form.likely)}  # type: ignore[operator]
        return response

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        coding = coding_of(request)
        return response_after_save(request, coding, obj) if coding else super().response_add(request, obj, *args)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        coding = coding_of(request)
        return response_after_save(request, coding, obj) if coding else super().response_change(request, obj)
