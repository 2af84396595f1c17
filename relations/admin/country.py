"""The admin pages of countries, with their lifespans, codes and successors."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from relations.admin.citation import CitationInline
from relations.admin.record import DeskAdmin, PartInline
from relations.models import Country, CountryCode, Lifespan, Succession


class LifespanInline(PartInline):
    model = Lifespan


class CountryCodeInline(PartInline):
    model = CountryCode


class SuccessionInline(PartInline):
    model = Succession
    fk_name = "predecessor"
    autocomplete_fields = ["successor"]
    verbose_name_plural = "successors"


@admin.register(Country)
class CountryAdmin(DeskAdmin):
    """Countries. The code is the primary key, and is read-only once it is saved."""

    list_display = ["code", "name", "kind", "existed"]
    list_filter = ["kind"]
    search_fields = ["=code", "name", "official_name", "aliases"]
    ordering = ["name"]
    fields = ["code", "name", "official_name", "aliases", "kind"]
    inlines = [LifespanInline, CountryCodeInline, SuccessionInline, CitationInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("lifespans")

    @admin.display(description="existed")
    def existed(self, country: Country) -> str:
        """The lifespans in words."""
        return ", ".join(map(str, country.lifespans.all()))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), "code") if obj else ()
