"""Countries and their codes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from relations.admin.citation import CitationInline
from relations.admin.record import DeskAdmin, PartInline
from relations.models import Country, CountryCode, Succession


class CountryCodeInline(PartInline):
    model = CountryCode


class SuccessionInline(PartInline):
    model = Succession
    fk_name = "predecessor"
    autocomplete_fields = ["successor"]
    verbose_name_plural = "successors"


@admin.register(Country)
class CountryAdmin(DeskAdmin):
    """Countries; a code is entered once and never changed."""

    list_display = ["code", "name", "kind", "existed_from", "existed_until"]
    list_filter = ["kind"]
    search_fields = ["=code", "name", "official_name", "aliases"]
    ordering = ["name"]
    fields = ["code", "name", "official_name", "aliases", "kind", ("existed_from", "existed_until")]
    inlines = [CountryCodeInline, SuccessionInline, CitationInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), "code") if obj else ()
