"""Events, their parties and their numbers."""

from django.contrib import admin

from relations.admin.citation import CitationInline
from relations.admin.record import DecadeFilter, InvolvingFilter, PartInline, RecordAdmin
from relations.models import Event, EventFigure, Participation


class ParticipationInline(PartInline):
    model = Participation
    autocomplete_fields = ["country", "actor"]
    fields = ["role", "country", "actor", "named_as", "count"]


class EventFigureInline(PartInline):
    model = EventFigure
    fields = [
        "measure",
        "of",
        "figure_low",
        "figure_high",
        "figure_qualifier",
        "figure_unit",
        "figure_missing",
    ]


@admin.register(Event)
class EventAdmin(RecordAdmin):
    """What happened, by kind, time and country."""

    list_display = ["__str__", "kind", "happened_on", "modality", "state"]
    list_filter = ["state", "kind", "modality", DecadeFilter, InvolvingFilter]
    search_fields = ["slug", "title", "summary", "place"]
    fieldsets = [
        (None, {"fields": (("title", "kind"), ("happened_on", "place"), "summary", "reason")}),
    ]
    inlines = [ParticipationInline, EventFigureInline, CitationInline]
