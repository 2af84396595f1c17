"""Deals in arms."""

from django.contrib import admin

from relations.admin.citation import CitationInline
from relations.admin.record import DecadeFilter, InvolvingFilter, RecordAdmin
from relations.admin.search import names_of
from relations.models import ArmsTransfer
from relations.models.figure import PARTS


def figure(name: str) -> tuple[str, ...]:
    """The columns of a figure in one row of the form."""
    return tuple(f"{name}_{part}" for part in PARTS)


@admin.register(ArmsTransfer)
class ArmsTransferAdmin(RecordAdmin):
    """Deals by supplier, recipient and furthest step."""

    list_display = ["slug", "supplier", "to_whom", "designation", "deal_status", "ordered_on", "delivered_on", "state"]
    list_filter = ["state", "deal_status", "category", "kind", "modality", DecadeFilter, InvolvingFilter]
    list_select_related = ["supplier", "recipient_actor"]
    search_fields = [
        *("slug", "designation", "description", "recipient_named_as"),
        *(*names_of("supplier"), *names_of("recipient")),
    ]
    autocomplete_fields = [
        "supplier",
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
                    ("supplier", "recipient"),
                    ("recipient_actor", "recipient_named_as"),
                    ("kind", "category"),
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
                    figure("number_ordered"),
                    figure("number_delivered"),
                    figure("value"),
                    "value_kind",
                )
            },
        ),
        ("Other records", {"fields": ("transit_country", "event", "possibly_same_as")}),
    ]
    inlines = [CitationInline]
