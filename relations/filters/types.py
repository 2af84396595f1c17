"""The filters of the list of each type of record."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, OuterRef
from django.http import QueryDict

from relations.expressions import has_any
from relations.filters.records import RecordForm
from relations.models import ArmsTransfer, Event, Mission, Observation, RelationPeriod
from relations.models.entry import BEGINS, ENDS, PlaceQuerySet
from relations.models.standing import Standing
from relations.models.tracks import TRACK_VALUES, Track
from relations.models.vocabularies import (
    ArmamentCategory,
    Condition,
    DealStatus,
    EventKind,
    Measure,
    MissionKind,
    Role,
    TransferKind,
    Verdict,
)
from relations.paging import MANY
from relations.parameters import DayField, NamesField, TermField, TermsField


class EventForm(RecordForm):
    """Events; a role without country and actor means the role of any party."""

    model = Event
    role_needs_country = False

    actor = NamesField("Actor")
    kind = TermsField("Kind", EventKind.choices)
    role = TermsField("Role", Role.choices)


class ArmsTransferForm(RecordForm):
    """Arms transfers."""

    model = ArmsTransfer

    actor = NamesField("Actor")
    kind = TermsField("Kind", TransferKind.choices)
    condition = TermsField("Condition", Condition.choices)
    category = TermsField("Armament category", ArmamentCategory.choices)
    status = TermsField("Deal status", DealStatus.choices)
    role = TermsField(
        "Role of the country", [("supplier", "Supplier"), ("recipient", "Recipient"), ("transit", "Transit")]
    )


class NetworkForm(ArmsTransferForm):
    """The filters of the network of arms transfers: those of their list without order, negation and pages."""

    is_by_date = False

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, is_file=True)
        del self.fields["sort"], self.fields["negated"]

    def apply(self, queryset: Any) -> Any:
        if any(self.cleaned_data.values()):
            return queryset.filter(pk__in=self.places.order_by().values("record_id"))
        return queryset


class LastingForm(RecordForm):
    """Records that last: filters also by status on a day, and by beginning or effective end within the days."""

    COUNTED_OF_A_DAY = 1000  # lower than MANY, because the verdict of each row is computed

    side = TermField("In that time", [("", "Lasted (default)"), (BEGINS, "Began"), (ENDS, "Ended")])
    as_of = DayField("On the day")

    def contradictions(self) -> Iterator[tuple[str, str]]:
        yield from super().contradictions()
        values = self.cleaned_data
        if values["side"] and not (values["from"] or values["to"]):
            yield "side", "says what is to lie between from and to; give at least one of them."

    @property
    def counted_to(self) -> int:  # type: ignore[override]
        return self.COUNTED_OF_A_DAY if self.cleaned_data["as_of"] else MANY

    def by_days(self, places: PlaceQuerySet) -> PlaceQuerySet:
        values = self.cleaned_data
        if values["as_of"]:
            stands = Standing.objects.answering(values["as_of"])
            places = places.filter(
                has_any(stands.filter(collection=OuterRef("collection"), record_id=OuterRef("record_id")))
            )
        return places.side_within(values["side"], *self.days) if values["side"] else super().by_days(places)

    def shown(self, queryset: Any) -> Any:
        day = self.cleaned_data["as_of"]
        return queryset.with_verdict(day) if day else queryset

    def verdicts(self) -> list[tuple[str, int]]:
        if not self.cleaned_data["as_of"]:
            return []
        records: Any = self.shown(self.model._default_manager.filter(pk__in=self.places.values("record_id")))
        numbers = dict(records.order_by().values_list("verdict").annotate(number=Count("pk")))
        return [(verdict.label.lower(), numbers[verdict]) for verdict in Verdict if verdict in numbers]


class MissionForm(LastingForm):
    """Missions."""

    model = Mission

    kind = TermsField("Kind", MissionKind.choices)
    role = TermsField(
        "Role of the country",
        [
            *(("sending", "Sending"), ("accredited_to", "Accredited to")),
            *(("host", "Host"), ("protecting", "Protecting power")),
        ],
    )


class RelationPeriodForm(LastingForm):
    """Periods."""

    model = RelationPeriod

    track = TermsField("Track", Track.choices)
    value = TermsField("Value", {term.value: term.label for values in TRACK_VALUES.values() for term in values}.items())


class ObservationForm(RecordForm):
    """Observations."""

    model = Observation

    measure = TermsField("Measure", Measure.choices)
    role = TermsField("Role of the country", [("from", "From"), ("to", "To")])


# The forms of all types, in the order in which lists of everything show them.
FORMS: tuple[type[RecordForm], ...] = (EventForm, ArmsTransferForm, RelationPeriodForm, MissionForm, ObservationForm)
