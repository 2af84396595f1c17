"""Deals in arms, in SIPRI's terms; also those that were only sought, talked about, seized or never delivered."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from relations.fields import FuzzyDateField, LineField, ProseField, SearchColumn
from relations.models.actor import Actor
from relations.models.constraints import DRAFT_OR, at_most_one, exactly_one, rule
from relations.models.country import Country
from relations.models.event import Event
from relations.models.figure import Figure, figure_rules
from relations.models.keyed import DESK_PERMISSIONS, registered
from relations.models.record import (
    Record,
    RecordManager,
    RecordQuerySet,
    ends_from,
    record_indexes,
    record_rules,
    record_triggers,
    starts_by,
)
from relations.models.vocabularies import ArmamentCategory, Collection, DealStatus, TransferKind, ValueKind


class ArmsTransferQuerySet(RecordQuerySet):
    """Deals, by either of their dates."""

    def possibly_within(self, first: date, last: date) -> Self:
        """Deals of which the order or the delivery can lie within the days first to last."""
        return self.filter(
            *[
                Q(*(~Q(ordered_on=""), starts_by("ordered_on", last), ends_from("ordered_on", first)))
                | Q(*(~Q(delivered_on=""), starts_by("delivered_on", last), ends_from("delivered_on", first)))
            ]
        )

    def certainly_within(self, first: date, last: date) -> Self:
        """Deals of which every date given lies wholly within the days first to last."""
        ordered = Q(ordered_on_earliest__gte=first, ordered_on_latest__lte=last)
        delivered = Q(delivered_on_earliest__gte=first, delivered_on_latest__lte=last)
        return self.filter((ordered & delivered) | (ordered & Q(delivered_on="")) | (Q(ordered_on="") & delivered))


@registered
class ArmsTransfer(Record):
    """A deal between a supplier and a recipient in equipment, technology or assistance.

    `deal_status` is the furthest step that the source states. A doubt about whether there was a deal is the modality of
    the record; a doubt about a number is the qualifier of the figure (SIPRI's brackets doubt the figure, not the deal).
    """

    supplier = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="arms_supplied", help_text="The state that supplied, or was to."
    )
    recipient = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="arms_received",
        help_text="The state that received, or was to; or …",
    )
    recipient_actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="arms_received",
        help_text="… an actor; or …",
    )
    recipient_named_as = LineField(
        max_length=120, blank=True, help_text="… what the source calls a recipient that it does not name, in our words."
    )
    kind = models.CharField(max_length=10, choices=TransferKind, blank=True, help_text="What is transferred.")
    category = models.CharField(max_length=24, choices=ArmamentCategory, blank=True, help_text="The armament category.")
    designation = LineField(max_length=120, blank=True, help_text="The name of the system, as the source has it.")
    description = LineField(max_length=200, blank=True, help_text="What it is, in our words.")
    deal_status = models.CharField(
        max_length=20, choices=DealStatus, blank=True, help_text="The furthest step of the deal that the source states."
    )
    ordered_on = FuzzyDateField(
        help_text="When it was ordered; of a deal that went no further, sought, talked about or agreed (EDTF)."
    )
    delivered_on = FuzzyDateField(help_text="When it was delivered (EDTF); a span for several years.")
    number_ordered = Figure("Number ordered")
    number_delivered = Figure("Number delivered")
    value = Figure("Value")
    value_kind = models.CharField(
        max_length=12, choices=ValueKind, blank=True, help_text="What the value is the value of."
    )
    transit_country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="arms_in_transit",
        help_text="A country it passed through.",
    )
    event = models.ForeignKey(
        Event,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="arms_transfers",
        help_text="The event in which it was seized, shown or used.",
    )
    possibly_same_as = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="possible_doubles",
        help_text="A record that may be of the same deal; the two are never merged or added up.",
    )
    reason = ProseField(blank=True, help_text="Why, where the source says so.")
    search = SearchColumn("designation", "description", "recipient_named_as", "reason", "note")

    collection = Collection.TRANSFERS
    starts_on, ends_on = "ordered_on", "delivered_on"
    slug_fields = ("supplier", "recipient", "recipient_actor", "designation", "description", "ordered_on")
    shown = ("supplier", "recipient", "recipient_actor", "transit_country")
    parties = {
        "supplier": ("supplier",),
        "recipient": ("recipient", "recipient_actor__country"),
        "transit": ("transit_country",),
    }
    bystanders = ("transit",)
    objects = RecordManager.from_queryset(ArmsTransferQuerySet)()

    class Meta:
        default_permissions = DESK_PERMISSIONS
        ordering = ["slug"]
        constraints = [
            *record_rules("armstransfer", "kind", "category", "deal_status"),
            *figure_rules("armstransfer", "number_ordered"),
            *figure_rules("armstransfer", "number_delivered"),
            *figure_rules("armstransfer", "value"),
            rule(
                "armstransfer_has_one_recipient",
                at_most_one("recipient", "recipient_actor", text=("recipient_named_as",)),
                "Give one of recipient, recipient_actor and recipient_named_as.",
            ),
            rule(
                "armstransfer_recipient_when_published",
                DRAFT_OR | exactly_one("recipient", "recipient_actor", text=("recipient_named_as",)),
                "recipient: needed to publish; name it in words where the source does.",
            ),
            rule(
                "armstransfer_is_of_two",
                Q(recipient__isnull=True) | ~Q(recipient=F("supplier")),
                "recipient: another state than the supplier.",
            ),
            rule(
                "armstransfer_value_has_a_currency",
                Q(value_qualifier="") | Q(value_unit__regex=r"^[A-Z]{3}$"),
                "value_unit: money needs an ISO 4217 code such as USD.",
            ),
            rule(
                "armstransfer_value_has_a_kind",
                DRAFT_OR | Q(value_qualifier="") | ~Q(value_kind=""),
                "value_kind: say what the value is the value of.",
            ),
            rule(
                "armstransfer_is_not_its_own_double",
                Q(possibly_same_as__isnull=True) | ~Q(possibly_same_as=F("id")),
                "possibly_same_as: another record than this one.",
            ),
        ]
        indexes = record_indexes("armstransfer", "ordered_on", "delivered_on")
        triggers = record_triggers(Collection.TRANSFERS, "transfer_id")

    def __str__(self) -> str:
        what = self.designation or self.description or self.get_category_display()
        return f"{what}: {self.supplier_id} → {self.to_whom}"

    @property
    def to_whom(self) -> str:
        """The recipient in words."""
        return str(self.recipient_id or self.recipient_actor or self.recipient_named_as or "not stated")
