"""Sources, and the sentences of documents."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from relations.admin.coding_pages import CodingPages
from relations.admin.new_sources import NewSourcesMixin
from relations.admin.record import DeskAdmin
from relations.admin.source_forms import DoiField, SourceForm
from relations.models import Passage, Source
from relations.models.source import PassageQuerySet
from relations.rights import may_publish


@admin.register(Source)
class SourceAdmin(NewSourcesMixin, CodingPages, DeskAdmin):
    """Documents and data sets in the terms of the Citation Style Language."""

    form = SourceForm
    import_export_change_list_template = "admin/relations/source/change_list.html"
    list_display = ["key", "title", "csl_type", "issued_on", "speaks_until", "text_is_public", "coding"]
    list_filter = ["csl_type", "text_is_public"]
    search_fields = ["key", "title", "authors", "container_title"]
    fieldsets = [
        (None, {"fields": ("key", ("csl_type", "language"), "title", "authors")}),
        (
            "Publication",
            {
                "fields": (
                    ("container_title", "publisher", "publisher_place"),
                    ("volume", "issue", "page", "edition"),
                    ("doi", "isbn"),
                    ("url", "archive_url"),
                )
            },
        ),
        ("Time", {"fields": (("issued_on", "speaks_until", "accessed_on"),)}),
        ("Licence", {"fields": (("licence", "licence_url"),)}),
        ("The coded file", {"fields": ("sha256", "text_is_public", "note")}),
    ]

    @admin.display(description="coding")
    def coding(self, source: Source) -> str:
        return format_html('<a href="{}">Code it</a>', reverse("admin:relations_source_code", args=[source.pk]))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "doi":
            kwargs["form_class"] = DoiField
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Whether the text of a document is shown is for those to say who may publish."""
        fixed = super().get_readonly_fields(request, obj)
        return fixed if may_publish(request.user) else (*fixed, "text_is_public")


class CoverageFilter(admin.SimpleListFilter):
    """How far a passage has been coded."""

    title = parameter_name = "coverage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        stages = (PassageQuerySet.TO_DO, PassageQuerySet.CODED, PassageQuerySet.CONTEXT, PassageQuerySet.OUT_OF_SCOPE)
        return [(stage, stage.capitalize()) for stage in stages]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(coverage=self.value()) if self.value() else queryset


@admin.register(Passage)
class PassageAdmin(DeskAdmin):
    """Sentences; the text, where it was loaded, can be read and not changed."""

    list_display = ["ref", "source", "position", "digest", "coverage"]
    list_filter = [CoverageFilter, "finished", ("source", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["source"]
    search_fields = ["ref", "source__key", "digest"]
    ordering = ["source__key", "position"]
    autocomplete_fields = ["source"]
    readonly_fields = ["text"]
    fields = [
        ("source", "ref", "position", "section"),
        "text",
        "digest",
        ("finished", "out_of_scope_reason"),
        ("char_start", "char_end", "sha256"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        passages: Any = super().get_queryset(request)
        return passages.with_coverage()

    @admin.display(ordering="coverage")
    def coverage(self, passage: Any) -> str:
        return passage.coverage

    @admin.display(description="The sentence itself")
    def text(self, passage: Passage) -> str:
        loaded = Passage.objects.filter(Q(pk=passage.pk)).values_list("loaded__text", flat=True).first()
        return loaded or "Not loaded here."

    def is_changed_by(self, user: Any, obj: Any) -> bool:
        """Sentences are what coders work on."""
        return True

    def public(self) -> QuerySet:
        return Passage.objects.filter(source__in=Source.objects.public()).select_related("source")
