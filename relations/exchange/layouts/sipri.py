"""The layouts of SIPRI's register of arms transfers: as exported until 2024, and since 2025."""

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from relations.dates import FuzzyDate
from relations.exchange.layouts.layout import CHUNK_SIZE, LINK_COLUMNS, Layout, Row, link_cells, their_columns
from relations.models import ArmsTransfer
from relations.models.figure import without_zeros
from relations.models.vocabularies import ArmamentCategory, Condition, DealStatus, Qualifier, TransferKind

STATUSES = {
    Condition.NEW: "New",
    Condition.SECOND_HAND: "Second hand",
    Condition.MODERNISED: "Second hand but modernized",
    "": "",
}
CATEGORIES: dict[str, str] = {
    ArmamentCategory.AIR_DEFENCE: "Air defence systems",
    ArmamentCategory.OTHER_MAJOR: "Other",
}
IN_THE_REGISTER = (
    *(DealStatus.ORDERED, DealStatus.PAID_NOT_DELIVERED, DealStatus.PARTLY_DELIVERED, DealStatus.DELIVERED),
)
CLASSIC = (
    *("Recipient", "Supplier", "Year of order", " ", "Number ordered", " ", "Weapon designation"),
    *("Weapon description", "Number delivered", " ", "Year(s) of delivery", "status", "Comments"),
    *("SIPRI TIV per unit", "SIPRI TIV for total order", "SIPRI TIV of delivered weapons"),
)
SINCE_2025 = (
    *("SIPRI AT Database ID", "Supplier", "Recipient", "Designation", "Description", "Armament category"),
    *("Order date", "Order date is estimate", "Numbers delivered", "Numbers delivered is estimate"),
    *("Delivery year", "Delivery year is estimate", "Status", "SIPRI estimate", "TIV deal unit"),
    *("TIV delivery values", "Local production"),
)


def deals(queryset: QuerySet) -> Iterator[ArmsTransfer]:
    """The deals that SIPRI's register covers: major arms, at least ordered."""
    rows = queryset.filter(kind=TransferKind.EQUIPMENT, deal_status__in=IN_THE_REGISTER, negated=False)
    return rows.order_by("slug").iterator(CHUNK_SIZE)


def party(deal: Any, side: str) -> str:
    """A supplier or recipient by name; one star marks an armed group, two an international organisation."""
    country, actor = getattr(deal, side), getattr(deal, f"{side}_actor")
    if country:
        return str(country.name)
    if actor is None:
        return f"unknown {side}(s)"
    stars = {"armed_group": "*", "international_organisation": "**"}.get(actor.kind, "")
    return f"{actor.name}{stars}"


def years(day: FuzzyDate | str) -> tuple[str, bool]:
    """The years of a date, and whether they are doubtful: one, a list, or the first and last of an interval."""
    if not day:
        return "", False
    listed = re.findall(r"(?<![\d-])\d{4}", str(day)) if "," in str(day) else []
    if str(day).startswith("{") and listed:
        return "; ".join(listed), False
    known = FuzzyDate(day)
    ends = [bound.year for bound in (known.earliest, known.latest) if bound]
    if not re.search(r"[?~%X\[]", str(day)) and len(set(ends)) == 1:
        return str(ends[0]), False
    stated = re.findall(r"\d{4}", str(day))
    if "/" in str(day):
        return "-".join(dict.fromkeys(stated)), bool(re.search(r"[?~%]", str(day)))
    return (stated[0] if stated else ""), True


def number(deal: Any, name: str) -> tuple[str, bool]:
    """A number, and whether it is an estimate; of a range, its lower end, as an estimate."""
    figure = getattr(deal, name)
    known = figure.low if figure.low is not None else figure.high
    if known is None:
        return "", False
    return without_zeros(known), figure.qualifier != Qualifier.EXACT or figure.low != figure.high


def tiv_text(value: Any) -> str:
    """A trend-indicator value, in millions, as text."""
    return "" if value is None else without_zeros(value)


def mark(is_doubtful: bool) -> str:
    """SIPRI's mark of uncertainty."""
    return "?" if is_doubtful else ""


def yes_or_no(holds: bool) -> str:
    """Yes or no."""
    return "Yes" if holds else "No"


def classic(queryset: QuerySet, base_url: str) -> Iterator[Row]:
    """The rows in the layout that SIPRI exported until 2024."""
    for deal in deals(queryset):
        ordered, delivered = number(deal, "number_ordered"), number(deal, "number_delivered")
        order, delivery = years(deal.ordered_on), years(deal.delivered_on)
        yield (
            *(party(deal, "recipient"), party(deal, "supplier"), order[0], mark(order[1])),
            *(ordered[0], mark(ordered[1]), deal.designation, deal.description, delivered[0], mark(delivered[1])),
            *(f"{delivery[0]}{mark(delivery[1])}", STATUSES[deal.condition], deal.note),
            *(tiv_text(deal.tiv_per_unit), tiv_text(deal.tiv_ordered), tiv_text(deal.tiv_delivered)),
            *link_cells(deal, base_url),
        )


def since_2025(queryset: QuerySet, base_url: str) -> Iterator[Row]:
    """The rows in the layout that SIPRI exports since 2025, but one per deal instead of one per year of delivery."""
    for deal in deals(queryset):
        delivered = number(deal, "number_delivered")
        order, delivery = years(deal.ordered_on), years(deal.delivered_on)
        category = ArmamentCategory(deal.category).label if deal.category else ""
        yield (
            *(deal.slug, party(deal, "supplier"), party(deal, "recipient"), deal.designation, deal.description),
            *(CATEGORIES.get(deal.category, category), order[0], yes_or_no(order[1])),
            *(delivered[0], yes_or_no(delivered[1]), delivery[0], yes_or_no(delivery[1]), STATUSES[deal.condition]),
            *(tiv_text(deal.tiv_per_unit), tiv_text(deal.tiv_per_unit), tiv_text(deal.tiv_delivered)),
            yes_or_no(deal.licence_production),
            *link_cells(deal, base_url),
        )


LAYOUTS = (
    Layout(
        "sipri",
        "SIPRI's register of arms transfers, as it was exported until 2024",
        str(ArmsTransfer.collection),
        their_columns(*CLASSIC) + LINK_COLUMNS,
        classic,
    ),
    Layout(
        "sipri-2025",
        "SIPRI's register of arms transfers, as it is exported since 2025",
        str(ArmsTransfer.collection),
        their_columns(*SINCE_2025) + LINK_COLUMNS,
        since_2025,
    ),
)
