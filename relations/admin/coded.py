"""The page of a record beside the sentence that it is coded from: the same form, with what is needed first in front."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten, flatten_fieldsets
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from relations.admin.coding import coding_of, same
from relations.admin.coverage import saved
from relations.admin.neighbours import carried_near

TEMPLATE = "admin/relations/coding.html"


class CodedMixin(admin.ModelAdmin):
    """The page of a record beside the sentence that it is coded from.

    `first` are the fields that its kind needs first, the others are folded; `carried` are those of its parties, which
    are likely the same in the next sentence. `letter` opens its form from the keyboard. Two records that are `alike`
    in these columns, of the same parties and time, may tell of the same.
    """

    first: tuple[Any, ...] = ()
    carried: tuple[str, ...] = ()
    letter: str
    alike: tuple[str, ...]
    stamps: tuple[str, ...]

    def folded(self, fieldsets: list[Any]) -> list[Any]:
        """What is needed first, and the rest below one fold."""
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
        """Rows stand filled in where a page is opened; what is posted counts as typed."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if inline.coding and request.method != "POST":
            kwargs["initial"] = inline.filled_in(obj)
        return kwargs

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        coding = coding_of(request)
        if not coding:
            return super().get_changeform_initial_data(request)
        return carried_near(coding.passage, coding.model, self.carried) if coding.passage else {}

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        response: Any = super().render_change_form(request, context, *args, **kwargs)
        if (coding := coding_of(request)) and isinstance(response, TemplateResponse):
            response.template_name = TEMPLATE
            response.context_data |= {"likely": same(coding, context["adminform"].form.likely)}  # type: ignore[operator]
        return response

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        coding = coding_of(request)
        return saved(request, coding, obj) if coding else super().response_add(request, obj, *args)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        coding = coding_of(request)
        return saved(request, coding, obj) if coding else super().response_change(request, obj)
