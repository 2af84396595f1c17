"""The admin pages of sources, and of passages (the sentences of documents)."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from relations.admin.coding_pages import CodingPages
from relations.admin.lists import MAX_LENGTH, NONE, dated
from relations.admin.new_sources import NewSourcesMixin
from relations.admin.record import DeskAdmin
from relations.admin.search import ShortRelatedFilter
from relations.admin.source_forms import DoiField, SourceForm
from relations.models import Citation, Passage, Source
from relations.models.citation import RECORD_TARGETS
from relations.models.source import PassageQuerySet
from relations.rights import may_publish


@admin.register(Source)
class SourceAdmin(NewSourcesMixin, CodingPages, DeskAdmin):
    """Documents and data sets in the terms of the Citation Style Language."""

    form = SourceForm
    import_export_change_list_template = "admin/relations/source/change_list.html"
    list_display = ["title", "key", "csl_type", dated("issued_on"), "text_is_public", "coding"]
    list_filter = ["csl_type", "text_is_public"]
    search_fields = ["key", "title", "authors", "container_title"]
    keys = ("key",)
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

    @admin.display(description="coding", empty_value=NONE)
    def coding(self, source: Source) -> str:
        if source.is_data_set:
            return ""
        return format_html('<a href="{}">Code it</a>', reverse("admin:relations_source_code", args=[source.pk]))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "doi":
            kwargs["form_class"] = DoiField
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Only users who may publish decide whether readers see the text of a document."""
        fixed = super().get_readonly_fields(request, obj)
        return fixed if may_publish(request.user) else (*fixed, "text_is_public")


class CoverageFilter(admin.SimpleListFilter):
    """Filters passages by coverage."""

    title = parameter_name = "coverage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        stages = (PassageQuerySet.TO_DO, PassageQuerySet.CODED, PassageQuerySet.CONTEXT, PassageQuerySet.OUT_OF_SCOPE)
        return [(stage, stage.capitalize()) for stage in stages]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(coverage=self.value()) if self.value() else queryset


@admin.register(Passage)
class PassageAdmin(DeskAdmin):
    """Passages. Their text, if it is loaded, is read-only."""

    list_display = ["ref", "sentence", "records", "coverage", "of_source"]
    list_filter = [CoverageFilter, "finished", ("source", ShortRelatedFilter)]
    list_select_related = ["source", "loaded"]
    list_prefetch = (Prefetch("citations", Citation.objects.order_by("pk"), to_attr="cited"),)
    search_fields = ["ref", "source__key", "digest"]
    keys = ("ref", "source__key")
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

    @admin.display(empty_value=NONE)
    def sentence(self, passage: Any) -> str:
        """The text if it is loaded, else our digest of it."""
        loaded = getattr(passage, "loaded", None)
        return Truncator(" ".join(loaded.text.split()) if loaded else passage.digest).chars(MAX_LENGTH)

    @admin.display(description="records", empty_value=NONE)
    def records(self, passage: Any) -> str:
        """The number of records that cite it, as a link to the coding screen."""
        keys = {
            (kind, key) for each in passage.cited for kind in RECORD_TARGETS if (key := getattr(each, f"{kind}_id"))
        }
        if not keys:
            return ""
        address = f"{reverse('admin:relations_source_code', args=[passage.source_id])}?passage={passage.ref}"
        return format_html('<a href="{}">{}</a>', address, f"{len(keys):,} record{'' if len(keys) == 1 else 's'}")

    @admin.display(description="source", ordering="source__key")
    def of_source(self, passage: Passage) -> str:
        return passage.source.key

    @admin.display(description="state", ordering="coverage")
    def coverage(self, passage: Any) -> str:
        return passage.coverage

    @admin.display(description="The sentence itself")
    def text(self, passage: Passage) -> str:
        loaded = Passage.objects.filter(Q(pk=passage.pk)).values_list("loaded__text", flat=True).first()
        return loaded or "Not loaded here."

    def may_be_changed_by(self, user: Any, obj: Any) -> bool:
        """Coders may change sentences of public sources, too."""
        return True

    def public(self) -> QuerySet:
        return Passage.objects.filter(source__in=Source.objects.public()).select_related("source")
