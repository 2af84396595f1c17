"""The admin pages of events, with their participants and figures."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet

from relations.admin.boxes import FigureField
from relations.admin.citation import CitationInline
from relations.admin.forms import DeskForm
from relations.admin.lists import NONE, dated, first_few
from relations.admin.neighbours import participants_near, participants_of
from relations.admin.record import DecadeFilter, InvolvingFilter, PartInline, RecordAdmin
from relations.models import Event, EventFigure, Participation


class ParticipationInline(PartInline):
    model = Participation
    autocomplete_fields = ["country", "actor"]
    fields = ["role", "country", "actor", "named_as", "count"]

    @classmethod
    def rows(cls) -> QuerySet:
        return Participation.objects.with_shown()

    def initial_rows(self, obj: Any) -> list[dict[str, Any]]:
        return participants_near(self.coding.passage) or [{}, {}] if obj is None or obj.pk is None else []

    def rows_like(self, record: Any) -> list[dict[str, Any]]:
        return participants_of(record)


class EventFigureForm(DeskForm):
    figure = FigureField()


class EventFigureInline(PartInline):
    model = EventFigure
    form = EventFigureForm
    fields = ["measure", "figure", "of"]

    def initial_rows(self, obj: Any) -> list[dict[str, Any]]:
        return [{}]


@admin.register(Event)
class EventAdmin(RecordAdmin):
    """Events, with participants and figures as parts."""

    list_columns = ("kind", "parties", dated("happened_on"))
    list_prefetch = (
        *RecordAdmin.list_prefetch,
        Prefetch("participations", Participation.objects.with_shown().order_by("pk")),
    )
    list_filter = ["state", "kind", "modality", DecadeFilter, InvolvingFilter]
    search_fields = ["slug", "title", "summary", "place"]
    autocomplete_fields = ["possibly_same_as"]
    fieldsets = [
        (None, {"fields": (("title", "kind"), ("happened_on", "place"), "summary", "reason")}),
        ("Other records", {"fields": ("possibly_same_as",)}),
    ]
    first = (("kind", "happened_on"), "title", "modality")
    letter, alike = "e", ("kind",)
    inlines = [ParticipationInline, EventFigureInline, CitationInline]

    @admin.display(empty_value=NONE)
    def parties(self, event: Any) -> str:
        return first_few(str(part.party) for part in event.participations.all())
