"""Arms transfers, in SIPRI's terms; also deals that were only sought, discussed, seized or never delivered."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Prefetch, Q

from relations.expressions import sort_on
from relations.fields import FuzzyDateField, LineField, ProseField, SearchColumn
from relations.models import triggers
from relations.models.actor import Actor
from relations.models.constraints import DRAFT_OR, at_most_one, exactly_one, not_its_own_double, rule
from relations.models.country import Country
from relations.models.event import Event
from relations.models.figure import BEYOND, Figure, figure_rules, stated
from relations.models.keyed import RECORD_PERMISSIONS, Part, registered
from relations.models.record import (
    Record,
    RecordManager,
    RecordQuerySet,
    ends_from,
    possible_double,
    record_indexes,
    record_rules,
    record_triggers,
    starts_by,
)
from relations.models.vocabularies import (
    ArmamentCategory,
    Collection,
    Condition,
    DealRole,
    DealStatus,
    State,
    TransferKind,
    ValueKind,
)

TIV = ("tiv_per_unit", "tiv_ordered", "tiv_delivered")


class ArmsTransferQuerySet(RecordQuerySet):
    """Deals, by either of their dates."""

    def possibly_within(self, first: date, last: date) -> Self:
        """Deals whose order or delivery possibly lies within the days first to last."""
        return self.filter(
            *[
                Q(*(~Q(ordered_on=""), starts_by("ordered_on", last), ends_from("ordered_on", first)))
                | Q(*(~Q(delivered_on=""), starts_by("delivered_on", last), ends_from("delivered_on", first)))
            ]
        )

    def with_parties(self) -> Self:
        """Prefetches the deal parties; supplier and recipient are columns of the deal itself."""
        return self.prefetch_related(Prefetch("deal_parties", DealParty.objects.select_related("actor")))


def points(label: str, of_what: str) -> models.DecimalField:
    """A column for a trend-indicator value of SIPRI."""
    return models.DecimalField(
        label,
        max_digits=22,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=f"SIPRI's trend-indicator value {of_what}: millions of points, never money.",
    )


def one_party(side: str) -> list[models.CheckConstraint]:
    """The CHECKs of the supplier or recipient: one of country, actor and words; a published deal has exactly one."""
    columns, text = (side, f"{side}_actor"), (f"{side}_named_as",)
    return [
        rule(
            f"armstransfer_has_one_{side}",
            at_most_one(*columns, text=text),
            f"Give one of {side}, {side}_actor and {side}_named_as.",
        ),
        rule(
            f"armstransfer_{side}_when_published",
            DRAFT_OR | exactly_one(*columns, text=text),
            f"{side}: needed to publish; name it in words where the source does.",
        ),
    ]


@registered
class ArmsTransfer(Record):
    """A deal between a supplier and a recipient in equipment, technology or assistance.

    `deal_status` is the furthest step that the source states. A doubt about whether there was a deal is the modality of
    the record; a doubt about a number is the qualifier of the figure (SIPRI's brackets doubt the figure, not the deal).
    """

    supplier = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="arms_supplied",
        help_text="The state that supplied, or was to; or …",
    )
    supplier_actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="arms_supplied",
        help_text="… an actor; or …",
    )
    supplier_named_as = LineField(
        max_length=120, blank=True, help_text="… what the source calls a supplier that it does not name, in our words."
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
    condition = models.CharField(
        max_length=24, choices=Condition, blank=True, help_text="In what condition it is; empty where not stated."
    )
    licence_production = models.BooleanField(
        default=False,
        help_text="The recipient makes it itself under a licence of the supplier; false where no source says so.",
    )
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
    tiv_per_unit = points("TIV per unit", "for one unit")
    tiv_ordered = points("TIV ordered", "for all that was ordered")
    tiv_delivered = points("TIV delivered", "for what was delivered; 0 stands for less than half a million")
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
    possibly_same_as = possible_double("A record that may be of the same deal; the two are never merged or added up.")
    reason = ProseField(blank=True, help_text="Why, where the source says so.")
    search = SearchColumn("designation", "description", "supplier_named_as", "recipient_named_as", "reason", "note")

    collection = Collection.TRANSFERS
    starts_on, ends_on = "ordered_on", "delivered_on"
    terms = {"kind": "kind", "category": "category", "status": "deal_status", "condition": "condition"}
    slug_fields = (
        *("supplier", "supplier_actor", "recipient", "recipient_actor"),
        *("designation", "description", "ordered_on"),
    )
    cited_parts = ("participants",)
    shown = ("supplier", "supplier_actor", "recipient", "recipient_actor", "transit_country")
    parties = {
        "supplier": ("supplier", "supplier_actor__country"),
        "recipient": ("recipient", "recipient_actor__country"),
        "transit": ("transit_country",),
    }
    actors = ("supplier_actor", "recipient_actor", "deal_parties__actor")
    objects = RecordManager.from_queryset(ArmsTransferQuerySet)()

    class Meta:
        default_permissions = RECORD_PERMISSIONS
        ordering = ["slug"]
        constraints = [
            *record_rules("armstransfer", "kind", "category", "deal_status"),
            *figure_rules("armstransfer", "number_ordered"),
            *figure_rules("armstransfer", "number_delivered"),
            *figure_rules("armstransfer", "value"),
            *one_party("supplier"),
            *one_party("recipient"),
            rule(
                "armstransfer_is_of_two",
                Q(recipient__isnull=True) | ~Q(recipient=F("supplier")),
                "recipient: another state than the supplier.",
            ),
            rule(
                "armstransfer_is_of_two_actors",
                Q(recipient_actor__isnull=True) | ~Q(recipient_actor=F("supplier_actor")),
                "recipient_actor: another actor than the supplier.",
            ),
            rule(
                "armstransfer_tiv_is_not_negative",
                Q(*(Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0, f"{name}__lt": BEYOND}) for name in TIV)),
                "TIV: no points below zero.",
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
            not_its_own_double("armstransfer"),
        ]
        indexes = [
            *record_indexes("armstransfer", "ordered_on", "delivered_on"),
            # Deals with a figure, in the order of its day, for the list of all figures.
            *(
                models.Index(
                    *(sort_on(day), "slug"),
                    name=f"armstransfer_{figure}",
                    condition=stated(figure) & Q(state=State.PUBLISHED),
                )
                for figure, day in (
                    ("number_ordered", "ordered_on"),
                    ("number_delivered", "delivered_on"),
                    ("value", "ordered_on"),
                )
            ),
        ]
        triggers = record_triggers(Collection.TRANSFERS, "transfer_id")

    def __str__(self) -> str:
        what = self.designation or self.description or self.get_category_display()
        return f"{what}: {self.from_whom} → {self.to_whom}"

    @property
    def from_whom(self) -> str:
        """The supplier, in short."""
        return str(self.supplier_id or self.supplier_actor or self.supplier_named_as or "not stated")

    @property
    def to_whom(self) -> str:
        """The recipient, in short."""
        return str(self.recipient_id or self.recipient_actor or self.recipient_named_as or "not stated")

    @property
    def direction(self) -> tuple[str | None, str | None]:
        """The codes of the supplying and the receiving country; for an actor, its country. None where there is none."""
        supplier = self.supplier_actor.country_id if self.supplier_actor else self.supplier_id
        recipient = self.recipient_actor.country_id if self.recipient_actor else self.recipient_id
        return supplier, recipient


@registered
class DealParty(Part):
    """A person or body that sought, approved, negotiated or brokered a deal, besides its supplier and recipient."""

    transfer = models.ForeignKey(
        ArmsTransfer, on_delete=models.CASCADE, related_name="deal_parties", help_text="The deal."
    )
    role = models.CharField(max_length=10, choices=DealRole, help_text="The part it had.")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="deals", help_text="The person or body.")

    natural_key_fields = ("transfer", "role", "actor")
    owner_fields = ("transfer",)

    class Meta:
        ordering = ["transfer", "role", "id"]
        verbose_name_plural = "deal parties"
        triggers = [triggers.StaysNamed("transfer_id")]

    def __str__(self) -> str:
        return f"{self.actor} ({DealRole.named(self.role).lower()})"

    @property
    def key(self) -> str:
        """The value of `Citation.part` in citations for it."""
        return self.actor.slug
