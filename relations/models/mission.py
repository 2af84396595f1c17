"""Accreditations: which post of a state is accredited to which other state, and where it sits."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from relations.fields import FuzzyDateField, LineField, ProseField, SearchColumn
from relations.models.constraints import in_order, rule
from relations.models.country import Country
from relations.models.keyed import DESK_PERMISSIONS, registered
from relations.models.record import (
    LastingQuerySet,
    Record,
    RecordManager,
    record_indexes,
    record_rules,
    record_triggers,
)
from relations.models.vocabularies import Collection, MissionKind


class MissionQuerySet(LastingQuerySet):
    """Accreditations, open and closed."""

    def involving(self, *codes: Any) -> Self:
        """Missions that every one of these countries sends, receives or hosts; two codes mean from one to the other."""
        missions = super().involving(*codes)
        for code in codes if len(codes) > 1 else ():
            missions = missions.filter(Q(sending=code) | Q(accredited_to=code))
        return missions


@registered
class Mission(Record):
    """One accreditation of an embassy, consulate or office.

    A post may sit in another country than the one it is accredited to. A closed post says nothing about relations.
    """

    sending = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="missions_sent", help_text="The state whose mission it is."
    )
    accredited_to = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="missions_received", help_text="The state it is accredited to."
    )
    kind = models.CharField(max_length=10, choices=MissionKind, help_text="What sort of post it is.")
    city = LineField(max_length=80, blank=True, help_text="The city it sits in; empty where not stated.")
    host_country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="missions_hosted",
        help_text="The country it sits in; another than the one it is accredited to for a non-resident mission.",
    )
    opened_on = FuzzyDateField(instants_only=True, help_text="When it opened (EDTF); empty where not stated.")
    closed_on = FuzzyDateField(
        instants_only=True, help_text="When it closed (EDTF); empty where no source says that it did."
    )
    reason = ProseField(blank=True, help_text="Why it opened or closed, where the source says so.")
    search = SearchColumn("city", "reason", "note")

    collection = Collection.MISSIONS
    starts_on, ends_on = "opened_on", "closed_on"
    slug_fields = ("sending", "kind", "accredited_to", "city", "opened_on")
    shown = ("sending", "accredited_to", "host_country")
    parties = {"sending": ("sending",), "accredited_to": ("accredited_to",), "host": ("host_country",)}
    bystanders = ("host",)
    objects = RecordManager.from_queryset(MissionQuerySet)()

    class Meta:
        default_permissions = DESK_PERMISSIONS
        ordering = ["slug"]
        constraints = [
            *record_rules("mission"),
            rule(
                "mission_is_of_two",
                ~Q(sending=F("accredited_to")),
                "accredited_to: another state than the sending one.",
            ),
            in_order("mission", "opened_on", "closed_on"),
        ]
        indexes = record_indexes("mission", "opened_on", "closed_on")
        triggers = record_triggers(Collection.MISSIONS, "mission_id")

    @property
    def is_resident(self) -> bool | None:
        """Whether it sits in the country it is accredited to; None where the sources do not say where it sits."""
        return None if self.host_country_id is None else self.host_country_id == self.accredited_to_id
