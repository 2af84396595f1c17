"""Missions: posts of a state, the state they are accredited to, and where they are."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from relations.fields import FuzzyDateField, LineField, ProseField, SearchColumn
from relations.models import triggers
from relations.models.constraints import in_order, rule
from relations.models.country import Country
from relations.models.keyed import RECORD_PERMISSIONS, registered
from relations.models.lasting import LastingQuerySet
from relations.models.record import Record, RecordManager, record_indexes, record_rules, record_triggers
from relations.models.vocabularies import Collection, HeadRank, MissionEnding, MissionKind


class MissionQuerySet(LastingQuerySet):
    """Missions; all missions of one state to another answer one question, whether there is one."""

    question = Concat(Value("missions:"), "sending", output_field=models.TextField())

    def involving(self, *codes: Any) -> Self:
        """Missions in which all these countries take part; several codes mean the sending and the receiving state."""
        missions = super().involving(*codes)
        for code in codes if len(codes) > 1 else ():
            missions = missions.filter(Q(sending=code) | Q(accredited_to=code))
        return missions


@registered
class Mission(Record):
    """One accreditation of an embassy, consulate or office, for as long as it works without a break.

    A post may sit in another country than the one it is accredited to. A closed post says nothing about relations; one
    that is suspended ends, and its reopening is another row.
    """

    sending = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="missions_sent", help_text="The state whose mission it is."
    )
    accredited_to = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="missions_received", help_text="The state it is accredited to."
    )
    kind = models.CharField(max_length=20, choices=MissionKind, help_text="What sort of post it is.")
    head_rank = models.CharField(
        max_length=20, choices=HeadRank, blank=True, help_text="The rank of its head; empty where not stated."
    )
    protecting_power = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The third state in whose embassy an interests section works; empty where not stated.",
    )
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
        instants_only=True, help_text="When it was closed or suspended (EDTF); empty where no source says so."
    )
    ending = models.CharField(
        max_length=10,
        choices=MissionEnding,
        blank=True,
        help_text="Whether it was closed or suspended when it ended; empty where it did not end, or not stated.",
    )
    reopens = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reopened_as",
        help_text="The earlier mission of the same state to the same state that was reopened with it.",
    )
    reason = ProseField(blank=True, help_text="Why it opened or ended, where the source says so.")
    search = SearchColumn("city", "reason", "note")

    collection = Collection.MISSIONS
    starts_on, ends_on = "opened_on", "closed_on"
    terms = {"kind": "kind"}
    slug_fields = ("sending", "kind", "accredited_to", "city", "opened_on")
    shown = ("sending", "accredited_to", "host_country", "protecting_power")
    parties = {
        "sending": ("sending",),
        "accredited_to": ("accredited_to",),
        "host": ("host_country",),
        "protecting": ("protecting_power",),
    }
    bystanders = ("host", "protecting")
    lasts = True
    fades = False  # a mission is open until it ends
    objects = RecordManager.from_queryset(MissionQuerySet)()

    class Meta:
        default_permissions = RECORD_PERMISSIONS
        ordering = ["slug"]
        constraints = [
            *record_rules("mission"),
            rule(
                "mission_is_of_two",
                ~Q(sending=F("accredited_to")),
                "accredited_to: another state than the sending one.",
            ),
            rule(
                "mission_is_protected_by_a_third",
                Q(protecting_power__isnull=True)
                | Q(kind=MissionKind.INTERESTS_SECTION)
                & ~Q(protecting_power=F("sending"))
                & ~Q(protecting_power=F("accredited_to")),
                "protecting_power: a third state, and only of an interests section.",
            ),
            rule("mission_ends_when_it_ended", Q(ending="") | ~Q(closed_on=""), "ending: give closed_on too."),
            rule("mission_reopens_another", ~Q(reopens=F("pk")), "reopens: another mission."),
            in_order("mission", "opened_on", "closed_on"),
        ]
        indexes = record_indexes("mission", "opened_on", "closed_on")
        triggers = [*record_triggers(Collection.MISSIONS, "mission_id"), triggers.ReopensItsOwn()]

    @property
    def states(self) -> tuple[Country, Country]:
        """The sending and the receiving state."""
        return self.sending, self.accredited_to

    @property
    def is_resident(self) -> bool | None:
        """Whether it is in the country it is accredited to; None if the sources do not say where it is."""
        return None if self.host_country_id is None else self.host_country_id == self.accredited_to_id
