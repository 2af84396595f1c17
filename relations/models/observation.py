"""Observations: figures about two countries and a period, such as exports, that do not belong to a single event."""

from django.db import models
from django.db.models import F, Q

from relations.fields import FuzzyDateField, LineField, SearchColumn
from relations.models.constraints import DRAFT_OR, rule
from relations.models.country import Country
from relations.models.figure import Figure, figure_rules, money_has_a_currency, stated
from relations.models.keyed import RECORD_PERMISSIONS, registered
from relations.models.record import Record, RecordManager, RecordQuerySet, record_indexes, record_rules, record_triggers
from relations.models.vocabularies import Collection, Measure


@registered
class Observation(Record):
    """A figure about a pair and a period: exports, workers, a rank, aid. The columns from and to give its direction."""

    measure = models.CharField(max_length=12, choices=Measure, help_text="What is measured.")
    from_country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="observations_from",
        help_text="Where the goods, people or money come from.",
    )
    to_country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="observations_to", help_text="Where they go or are."
    )
    period = FuzzyDateField(help_text="The time the figure is about (EDTF); empty where not stated.")
    subject = LineField(max_length=160, blank=True, help_text="What exactly is counted or ranked, in our words.")
    figure = Figure("Figure")
    reporter = LineField(
        max_length=120, blank=True, help_text="Who gave the figure, where the source says so, in our words."
    )
    search = SearchColumn("subject", "reporter", "note")

    collection = Collection.OBSERVATIONS
    starts_on = ends_on = "period"
    terms = {"measure": "measure"}
    slug_fields = ("from_country", "to_country", "measure", "subject", "period")
    shown = ("from_country", "to_country")
    parties = {"from": ("from_country",), "to": ("to_country",)}
    objects = RecordManager.from_queryset(RecordQuerySet)()

    class Meta:
        default_permissions = RECORD_PERMISSIONS
        ordering = ["slug"]
        constraints = [
            *record_rules("observation"),
            *figure_rules("observation", "figure"),
            rule("observation_is_of_two", ~Q(from_country=F("to_country")), "to_country: another than from_country."),
            rule("observation_says_something", DRAFT_OR | stated("figure"), "Give a number, or why there is none."),
            money_has_a_currency("observation"),
            rule(
                "observation_has_a_unit",
                DRAFT_OR | Q(figure_qualifier="") | ~Q(figure_unit=""),
                "figure_unit: say what is counted, or give the currency.",
            ),
        ]
        indexes = record_indexes("observation", "period", "period")
        triggers = record_triggers(Collection.OBSERVATIONS, "observation_id")

    def __str__(self) -> str:
        return f"{self.get_measure_display()}, {self.from_country_id} → {self.to_country_id}"
