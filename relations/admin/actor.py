"""The admin pages of actors."""

from django.contrib import admin

from relations.admin.citation import CitationInline
from relations.admin.record import DeskAdmin
from relations.models import Actor


@admin.register(Actor)
class ActorAdmin(DeskAdmin):
    """Persons, organisations, companies, movements and armed groups."""

    list_display = ["name", "kind", "country", "slug"]
    list_filter = ["kind", ("country", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["country"]
    search_fields = ["name", "aliases", "slug"]
    fields = ["name", "kind", "country", "aliases", "description", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["country"]
    inlines = [CitationInline]
