"""The coding screen: the sentences of a source on the left, the form of a record of one of them on the right.

The form is that of the record's ordinary admin page, with the same validation and saving. The screen only chooses the
initial values, the order of the fields, and the page that follows after saving (`CodingFormMixin`).
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path

from relations.admin.coding import Coding, cite_links
from relations.admin.coding_form import TEMPLATE
from relations.admin.coverage import COVERAGE, set_coverage
from relations.admin.cut import cut
from relations.admin.duplicates import likely_duplicates
from relations.admin.neighbours import relation_of
from relations.admin.slugs import propose_or_empty
from relations.models import Citation, Passage
from relations.models.citation import RECORD_TARGETS
from relations.models.source import PassageQuerySet
from relations.models.vocabularies import Stance
from relations.rights import may
from relations.text import quoted

LIKELY = "admin/relations/likely.html"
NO_PAIR = "The section of {} is not about an existing relation: cite the sentence in what it mentions."


class CodingPages(admin.ModelAdmin):
    """Adds the coding screen to the admin pages of a source."""

    def get_urls(self) -> list[Any]:
        view: Any = self.admin_site.admin_view(self.code_view)
        view.model_admin = self
        return [path("<path:object_id>/code/", view, name="relations_source_code"), *super().get_urls()]

    def code_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The screen; with a `kind` in the query string it includes the form of a record, and handles its POST.

        Without one, a POST sets the coverage of the sentence or recuts it.
        """
        desk: Any = self
        source = desk.get_object(request, unquote(object_id))
        if source is None:
            return desk.not_found_redirect(request, object_id)
        if not desk.has_view_permission(request, source) or not may(request.user, "view", Passage):
            raise PermissionDenied
        coding = Coding.from_request(request, source)
        if not coding.kind:
            if request.method == "POST":
                return cut(request, coding) if "cut" in request.POST else self.cover(request, coding)
            page = {**desk.admin_site.each_context(request), "opts": desk.opts, "media": self.media_of_records(request)}
            return TemplateResponse(request, TEMPLATE, page | coding.context(request.user))
        of_records = desk.admin_site.get_model_admin(coding.model)
        request.coding = coding  # type: ignore[attr-defined]
        if "likely" in request.GET:
            return self.likely_view(request, coding, of_records)
        context = coding.context(request.user) | {"media_of_records": self.media_of_records(request)}
        return of_records.changeform_view(request, coding.record or None, coding.here, context)

    def media_of_records(self, request: HttpRequest) -> Any:
        """The scripts and styles of all forms that htmx may load into the page."""
        site: Any = self.admin_site
        every = [site.get_model_admin(model) for model in RECORD_TARGETS.values()]
        media = every[0].media
        for desk in every:
            media += desk.media + desk.get_form(request)().media
            for inline in desk.get_inline_instances(request):
                media += inline.media
        return media

    def likely_view(self, request: HttpRequest, coding: Coding, of_records: Any) -> HttpResponse:
        """A fragment of HTML: existing records that the form may duplicate, and the slug that it would get."""
        if not of_records.has_add_permission(request):
            raise PermissionDenied
        fields = flatten_fieldsets(of_records.get_fieldsets(request))
        form = of_records.get_form(request, fields=fields)(request.POST)
        form.is_valid()
        is_named = any(form.cleaned_data.get(name) for name in coding.model.slug_fields)
        context = {
            "coding": coding,
            "likely": cite_links(coding, likely_duplicates(coding.model, form.cleaned_data, request.POST)),
            "slug": form.cleaned_data.get("slug")
            or (propose_or_empty(coding.model, form.cleaned_data) if is_named else ""),
            "collection": coding.model.collection,
            "is_another": "another" in request.POST,
        }
        return TemplateResponse(request, LIKELY, context)

    def cover(self, request: HttpRequest, coding: Coding) -> HttpResponse:
        """Sets the coverage of the sentence to what was posted.

        “Context” also cites the sentence as a mention of the relation that its section is about.
        """
        coverage, reason = request.POST.get("coverage", ""), request.POST.get("reason", "")
        if coverage not in (*COVERAGE, PassageQuerySet.CONTEXT) or not coding.passage:
            raise BadRequest(f"{quoted(coverage)} is no state of a sentence.")
        if not may(request.user, "change", Passage):
            raise PermissionDenied
        if coverage == PassageQuerySet.CONTEXT:
            if not (relation := relation_of(coding.passage)):
                messages.error(request, NO_PAIR.format(coding.passage.ref))
                return HttpResponseRedirect(coding.address())
            desk = self.admin_site.get_model_admin(type(relation))
            if not desk.has_change_permission(request, relation) or not may(request.user, "add", Citation):
                raise PermissionDenied
            mention: dict[str, Any] = {"relation": relation, "source": coding.source, "passage": coding.passage}
            Citation.objects.get_or_create(**mention, locator="", field="", part="", stance=Stance.MENTIONS)
            coverage = "finished"
        return set_coverage(request, coding, coverage, reason if coverage == PassageQuerySet.OUT_OF_SCOPE else "")
