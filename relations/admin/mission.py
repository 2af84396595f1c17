"""The admin pages of missions."""

from django.contrib import admin

from relations.admin.citation import CitationInline
from relations.admin.lists import dated
from relations.admin.record import DecadeFilter, InvolvingFilter, RecordAdmin
from relations.admin.search import names_of
from relations.models import Mission


@admin.register(Mission)
class MissionAdmin(RecordAdmin):
    """Embassies, consulates and other offices."""

    list_columns = ("city", dated("opened_on"), dated("closed_on"))
    list_filter = ["state", "kind", "modality", DecadeFilter, InvolvingFilter]
    search_fields = ["slug", "city", *names_of("sending"), *names_of("accredited_to")]
    autocomplete_fields = ["sending", "accredited_to", "host_country", "protecting_power", "reopens"]
    fieldsets = [
        (
            None,
            {
                "fields": (
                    ("sending", "kind", "accredited_to"),
                    ("city", "host_country"),
                    ("head_rank", "protecting_power"),
                    ("opened_on", "reopens"),
                    ("closed_on", "ending"),
                    "reason",
                )
            },
        ),
    ]
    first = (("sending", "accredited_to"), ("kind", "city"), ("opened_on", "closed_on"), "modality")
    carried = ("sending", "accredited_to")
    letter, alike = "m", ("kind",)
    inlines = [CitationInline]
