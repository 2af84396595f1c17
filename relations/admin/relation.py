"""Dyads and their states of affairs."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from relations.admin.citation import CitationInline
from relations.admin.record import (
    DecadeFilter,
    DeskAdmin,
    InvolvingFilter,
    RecordAdmin,
)
from relations.admin.search import names_of
from relations.models import Relation, RelationPeriod
from relations.models.vocabularies import TRACK_VALUES

VALUES = [("", "---------"), *((track.label, values.choices) for track, values in TRACK_VALUES.items())]


@admin.register(Relation)
class RelationAdmin(DeskAdmin):
    """Dyads; the pair is entered once and never changed."""

    list_display = ["code", "country_a", "country_b", "summary"]
    list_filter = [InvolvingFilter]
    list_select_related = ["country_a", "country_b"]
    search_fields = ["country_a__code", "country_b__code", *names_of("country_a"), *names_of("country_b")]
    ordering = ["country_a_id", "country_b_id"]
    autocomplete_fields = ["country_a", "country_b"]
    fields = [("country_a", "country_b"), "summary"]
    inlines = [CitationInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), "country_a", "country_b") if obj else ()


@admin.register(RelationPeriod)
class RelationPeriodAdmin(RecordAdmin):
    """States of affairs, by track."""

    list_display = ["slug", "relation", "track", "value", "held_by", "began_on", "ended_on", "modality", "state"]
    list_filter = ["state", "track", "modality", DecadeFilter, InvolvingFilter]
    list_select_related = ["held_by", "relation"]
    search_fields = [
        *("slug", "subject", "reason"),
        *(*names_of("relation__country_a"), *names_of("relation__country_b")),
    ]
    autocomplete_fields = ["relation", "held_by"]
    fieldsets = [
        (
            None,
            {"fields": (("relation", "track", "value"), ("held_by", "subject"), ("began_on", "ended_on"), "reason")},
        ),
    ]
    inlines = [CitationInline]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Every value under the track whose list it is in."""
        if db_field.name == "value":
            return forms.ChoiceField(choices=VALUES, required=False, help_text=db_field.help_text)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
