"""The network of arms transfers: suppliers on the left, recipients on the right, and lines between them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.views.generic import TemplateView

from relations import filters
from relations.models import Actor, ArmsTransfer, Country
from relations.models.vocabularies import Modality
from relations.text import alphabetical
from relations.views.base import FilterView
from relations.views.links import Parameters, address, chips, query_parameters

MOST = 24  # parties on each side
MOST_GROUPS = 5000  # groups of deals by supplier, recipient and modality that are read
ROW, WIDTH = 10, 100  # units of the drawing: the height of a row, and the distance between the sides
THINNEST, THICKEST = 1.5, 9.0  # width of a line in points
SIDES = ("supplier", "recipient")


@dataclass(frozen=True)
class Party:
    """A supplier or recipient: a country, an actor, or a party that is only described in words."""

    name: str
    country: str = ""
    actor: str = ""

    @property
    def url(self) -> str:
        """The URL of its page; empty if it is neither a country nor an actor."""
        if self.country:
            return reverse("country-detail", args=[self.country])
        return reverse("actor-detail", args=[self.actor]) if self.actor else ""

    @property
    def filters(self) -> Parameters:
        """The parameters that filter a list of deals by it."""
        if self.country:
            return [("country", self.country)]
        return [("actor", self.actor)] if self.actor else [("q", f'"{self.name}"')]


@dataclass(frozen=True)
class Line:
    """The deals from one party to another: their numbers by modality, and the thickness and ends of the line."""

    supplier: Party
    recipient: Party
    modalities: dict[Modality, int]
    url: str
    thickness: float = 0
    y: tuple[float, float] = (0, 0)

    @property
    def number(self) -> int:
        """The number of deals."""
        return sum(self.modalities.values())

    @property
    def plain(self) -> int:
        """The number of asserted deals."""
        return self.modalities.get(Modality.ASSERTED, 0)

    @property
    def hedged(self) -> str:
        """The numbers of deals with other modalities, in words."""
        numbers = [(term, self.modalities[term]) for term in Modality if term in self.modalities]
        return ", ".join(f"{number} {term.label.lower()}" for term, number in numbers if term != Modality.ASSERTED)

    @property
    def title(self) -> str:
        """The line in words."""
        deals = f"{self.number} {'deal' if self.number == 1 else 'deals'}"
        return f"{self.supplier.name} to {self.recipient.name}: {deals}{f', {self.hedged}' if self.hedged else ''}"

    @property
    def path(self) -> str:
        """The SVG path from the row of the supplier to that of the recipient."""
        start, end = self.y
        return f"M0 {start:g}C{WIDTH / 2:g} {start:g} {WIDTH / 2:g} {end:g} {WIDTH} {end:g}"


@dataclass(frozen=True)
class Network:
    """Lines between suppliers and recipients; `is_cut` if some deals are left out."""

    suppliers: list[Party]
    recipients: list[Party]
    lines: list[Line]
    is_cut: bool

    @property
    def view_box(self) -> str:
        """The viewBox, as high as the longer side."""
        return f"0 0 {WIDTH} {ROW * max(len(self.suppliers), len(self.recipients))}"

    @cached_property
    def lines_thin_last(self) -> list[Line]:
        """The lines in drawing order, thick ones first, so that they do not hide thin ones."""
        return sorted(self.lines, key=lambda line: -line.number)


def network(deals: QuerySet, filters: Parameters) -> Network:
    """The network of deals that match these filters, without negated ones."""
    lines = lines_of(deals, filters)
    kept: list[Line] = []
    suppliers: dict[Party, int] = {}
    recipients: dict[Party, int] = {}
    for line in lines:
        if len(suppliers | {line.supplier: 0}) > MOST or len(recipients | {line.recipient: 0}) > MOST:
            continue
        kept.append(line)
        suppliers[line.supplier] = suppliers.get(line.supplier, 0) + line.number
        recipients[line.recipient] = recipients.get(line.recipient, 0) + line.number
    left = sorted(suppliers, key=lambda party: (-suppliers[party], alphabetical(party.name)))
    right = near_suppliers(kept, left, recipients)
    most = max((line.number for line in kept), default=1)
    drawn = [
        Line(
            *(line.supplier, line.recipient, line.modalities, line.url),
            thickness=round(THINNEST + (THICKEST - THINNEST) * line.number / most, 2),
            y=((left.index(line.supplier) + 0.5) * ROW, (right.index(line.recipient) + 0.5) * ROW),
        )
        for line in kept
    ]
    return Network(left, right, drawn, len(kept) < len(lines))


def near_suppliers(lines: Iterable[Line], suppliers: list[Party], recipients: dict[Party, int]) -> list[Party]:
    """The recipients in the order of the average place of their suppliers, so that few lines cross."""
    places: dict[Party, float] = defaultdict(float)
    for line in lines:
        places[line.recipient] += suppliers.index(line.supplier) * line.number / recipients[line.recipient]
    return sorted(recipients, key=lambda party: (places[party], -recipients[party], alphabetical(party.name)))


def lines_of(deals: QuerySet, filters: Parameters) -> list[Line]:
    """The deals by supplier and recipient, most deals first, each line with a link to its deals."""
    # Grouped by keys alone: with names, each of thousands of deals would be joined and sorted before counting.
    columns = [column for side in SIDES for column in (side, f"{side}_actor", f"{side}_named_as")]
    rows = deals.affirmed().order_by().values(*columns, "modality")  # type: ignore[attr-defined]
    counted = rows.annotate(number=Count("pk"), one=Min("slug")).order_by("-number", "one")[:MOST_GROUPS]
    party = parties_of(counted)
    found: dict[tuple[Party, Party], dict[Modality, int]] = defaultdict(dict)
    ones: dict[tuple[Party, Party], str] = {}
    for row in counted:
        pair = party(row, "supplier"), party(row, "recipient")
        found[pair][Modality(row["modality"])] = row["number"]
        ones[pair] = row["one"]
    lines = [
        Line(supplier, recipient, numbers, list_of(supplier, recipient, filters, numbers, ones[supplier, recipient]))
        for (supplier, recipient), numbers in found.items()
    ]
    return sorted(lines, key=lambda line: (-line.number, *map(alphabetical, (line.supplier.name, line.recipient.name))))


def parties_of(rows: Iterable[dict[str, Any]]) -> Callable[[dict[str, Any], str], Party]:
    """A function that returns the party on one side of a row; the names for all rows are read first."""
    countries, actors = ({row[f"{side}{end}"] for row in rows for side in SIDES} - {None} for end in ("", "_actor"))
    names = dict(Country.objects.filter(pk__among=list(countries)).order_by().values_list("pk", "name"))
    known = Actor.objects.filter(pk__among=list(actors)).order_by().values_list("pk", "slug", "name")
    acting = {key: (slug, name) for key, slug, name in known}

    def party(row: dict[str, Any], side: str) -> Party:
        country, (actor, called) = row[side] or "", acting.get(row[f"{side}_actor"], ("", ""))
        return Party(names.get(country) or called or row[f"{side}_named_as"], country, actor)

    return party


def list_of(supplier: Party, recipient: Party, filters: Parameters, numbers: dict[Modality, int], one: str) -> str:
    """The URL of the only deal of a line (`one` is its slug), or of the list of its deals with the same filters."""
    if sum(numbers.values()) == 1:
        return reverse("armstransfer-detail", args=[one])
    if supplier.country and recipient.country:
        parties = [("country", supplier.country), ("partner", recipient.country), ("role", "supplier")]
    else:
        parties = [*supplier.filters, *recipient.filters]
    kept = [pair for pair in filters if pair[0] not in ("country", "partner", "actor", "role", "q")]
    return address(reverse("armstransfer-list"), [*parties, *kept, ("negated", "no")])


class TransferNetwork(FilterView, TemplateView):
    """The network of the deals that match the filters of their list."""

    template_name = "relations/network.html"
    form_class = filters.NetworkForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parameters = query_parameters(self.request)
        return super().get_context_data(
            form=self.form,
            network=network(self.form.apply(ArmsTransfer.objects.published()), parameters),
            list_url=address(reverse("armstransfer-list"), parameters),
            chips=chips(self.request, self.form),
            **kwargs,
        )
