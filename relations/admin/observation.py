"""The admin pages of observations."""

from django.contrib import admin

from relations.admin.boxes import FigureField
from relations.admin.citation import CitationInline
from relations.admin.forms import RecordForm
from relations.admin.lists import dated
from relations.admin.record import DecadeFilter, InvolvingFilter, RecordAdmin
from relations.admin.search import names_of
from relations.models import Observation


class ObservationForm(RecordForm):
    figure = FigureField()


@admin.register(Observation)
class ObservationAdmin(RecordAdmin):
    """Figures about two countries in a period, such as trade or workers."""

    form = ObservationForm
    list_columns = (dated("period"), "figure")
    list_filter = ["state", "measure", "modality", DecadeFilter, InvolvingFilter]
    search_fields = ["slug", "subject", "reporter", *names_of("from_country"), *names_of("to_country")]
    autocomplete_fields = ["from_country", "to_country"]
    fieldsets = [
        (
            None,
            {
                "fields": (
                    ("measure", "from_country", "to_country"),
                    ("period", "subject"),
                    "figure",
                    "reporter",
                )
            },
        ),
    ]
    first = ("measure", ("from_country", "to_country"), ("figure", "period"), "subject", "modality")
    carried = ("from_country", "to_country")
    letter, alike = "g", ("measure",)
    inlines = [CitationInline]

    @admin.display(description="figure")
    def figure(self, observation: Observation) -> str:
        return str(observation.figure)
