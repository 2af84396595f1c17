"""Figures about a pair and a period."""

from django.contrib import admin

from relations.admin.arms_transfer import figure
from relations.admin.citation import CitationInline
from relations.admin.record import DecadeFilter, InvolvingFilter, RecordAdmin
from relations.admin.search import names_of
from relations.models import Observation


@admin.register(Observation)
class ObservationAdmin(RecordAdmin):
    """Trade, workers, ranks, aid."""

    list_display = ["slug", "indicator", "from_country", "to_country", "period", "figure", "modality", "state"]
    list_filter = ["state", "indicator", "modality", DecadeFilter, InvolvingFilter]
    list_select_related = ["from_country", "to_country"]
    search_fields = ["slug", "subject", "reporter", *names_of("from_country"), *names_of("to_country")]
    autocomplete_fields = ["from_country", "to_country"]
    fieldsets = [
        (
            None,
            {
                "fields": (
                    ("indicator", "from_country", "to_country"),
                    ("period", "subject"),
                    figure("figure"),
                    "reporter",
                )
            },
        ),
    ]
    inlines = [CitationInline]

    @admin.display(description="figure")
    def figure(self, observation: Observation) -> str:
        return str(observation.figure)
