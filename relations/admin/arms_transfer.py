"""The admin pages of arms transfers."""

from django.contrib import admin
from django.db.models import QuerySet

from relations.admin.boxes import FigureField
from relations.admin.citation import CitationInline
from relations.admin.forms import RecordForm
from relations.admin.lists import dated
from relations.admin.record import DecadeFilter, InvolvingFilter, PartInline, RecordAdmin
from relations.admin.search import names_of
from relations.models import ArmsTransfer, DealParty
from relations.models.arms_transfer import TIV


class ArmsTransferForm(RecordForm):
    number_ordered = FigureField()
    number_delivered = FigureField()
    value = FigureField()


class DealPartyInline(PartInline):
    model = DealParty
    autocomplete_fields = ["actor"]
    fields = ["role", "actor"]
    is_rare = True

    @classmethod
    def rows(cls) -> QuerySet:
        return DealParty.objects.select_related("actor")


@admin.register(ArmsTransfer)
class ArmsTransferAdmin(RecordAdmin):
    """Arms transfers and their further parties."""

    form = ArmsTransferForm
    list_columns = ("deal_status", dated("ordered_on"), dated("delivered_on"))
    list_filter = ["state", "deal_status", "category", "condition", "kind", "modality", DecadeFilter, InvolvingFilter]
    search_fields = [
        *("slug", "designation", "description", "supplier_named_as", "recipient_named_as"),
        *(*names_of("supplier"), *names_of("recipient")),
    ]
    autocomplete_fields = [
        "supplier",
        "supplier_actor",
        "recipient",
        "recipient_actor",
        "transit_country",
        "event",
        "possibly_same_as",
    ]
    fieldsets = [
        (
            None,
            {
                "fields": (
                    ("supplier", "supplier_actor", "supplier_named_as"),
                    ("recipient", "recipient_actor", "recipient_named_as"),
                    ("kind", "category", "condition", "licence_production"),
                    ("designation", "description"),
                    ("deal_status", "ordered_on", "delivered_on"),
                    "reason",
                )
            },
        ),
        (
            "Figures",
            {
                "fields": (
                    ("number_ordered", "number_delivered"),
                    ("value", "value_kind"),
                    TIV,
                )
            },
        ),
        ("Other records", {"fields": ("transit_country", "event", "possibly_same_as")}),
    ]
    first = (
        ("supplier", "recipient"),
        ("designation", "description"),
        ("kind", "category", "deal_status"),
        ("ordered_on", "delivered_on"),
        ("number_ordered", "number_delivered"),
        "modality",
    )
    carried = ("supplier", "recipient")
    letter, alike = "d", ("category",)
    inlines = [DealPartyInline, CitationInline]
