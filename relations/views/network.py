"""Who supplied arms to whom: suppliers at the left, recipients at the right, and a line for each direction."""

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

MOST = 24  # parties at either side
MOST_GROUPS = 5000  # that are read: deals of two parties that are put in one way
ROW, WIDTH = 10, 100  # of the drawing, in its units: a party's row, and how far the sides are apart
THINNEST, THICKEST = 1.5, 9.0  # points that a line is wide
SIDES = ("supplier", "recipient")


@dataclass(frozen=True)
class Party:
    """Who supplied or received: a country, an actor, or somebody whom no source names."""

    name: str
    country: str = ""
    actor: str = ""

    @property
    def url(self) -> str:
        """Its page; who is not named has none."""
        if self.country:
            return reverse("country-detail", args=[self.country])
        return reverse("actor-detail", args=[self.actor]) if self.actor else ""

    @property
    def asked(self) -> Parameters:
        """How a list of deals is asked for it."""
        if self.country:
            return [("country", self.country)]
        return [("actor", self.actor)] if self.actor else [("q", f'"{self.name}"')]


@dataclass(frozen=True)
class Line:
    """The deals from one party to another, by how their sources put them, and where the line is drawn."""

    supplier: Party
    recipient: Party
    modalities: dict[Modality, int]
    url: str
    thickness: float = 0
    y: tuple[float, float] = (0, 0)

    @property
    def number(self) -> int:
        """How many deals there are."""
        return sum(self.modalities.values())

    @property
    def plain(self) -> int:
        """Of how many of them the sources speak without a hedge."""
        return self.modalities.get(Modality.ASSERTED, 0)

    @property
    def hedged(self) -> str:
        """How many are put otherwise, in words."""
        told = [(term, self.modalities[term]) for term in Modality if term in self.modalities]
        return ", ".join(f"{number} {term.label.lower()}" for term, number in told if term != Modality.ASSERTED)

    @property
    def title(self) -> str:
        """The line in words."""
        deals = f"{self.number} {'deal' if self.number == 1 else 'deals'}"
        return f"{self.supplier.name} to {self.recipient.name}: {deals}{f', {self.hedged}' if self.hedged else ''}"

    @property
    def path(self) -> str:
        """From the row of the one to that of the other."""
        start, end = self.y
        return f"M0 {start:g}C{WIDTH / 2:g} {start:g} {WIDTH / 2:g} {end:g} {WIDTH} {end:g}"


@dataclass(frozen=True)
class Network:
    """Lines between suppliers and recipients, each in their own order."""

    suppliers: list[Party]
    recipients: list[Party]
    lines: list[Line]
    is_cut: bool

    @property
    def view_box(self) -> str:
        """The drawing, as high as the longer side."""
        return f"0 0 {WIDTH} {ROW * max(len(self.suppliers), len(self.recipients))}"

    @cached_property
    def lines_thin_last(self) -> list[Line]:
        """The lines as they are drawn: a thick one hides no thin one."""
        return sorted(self.lines, key=lambda line: -line.number)


def network(deals: QuerySet, asked: Parameters) -> Network:
    """The network of some deals, of which their list is asked so; what did not take place is no part of it."""
    lines = lines_of(deals, asked)
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
    right = beside(kept, left, recipients)
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


def beside(lines: Iterable[Line], suppliers: list[Party], recipients: dict[Party, int]) -> list[Party]:
    """The recipients, each near to those who supplied it, so that few lines cross."""
    places: dict[Party, float] = defaultdict(float)
    for line in lines:
        places[line.recipient] += suppliers.index(line.supplier) * line.number / recipients[line.recipient]
    return sorted(recipients, key=lambda party: (places[party], -recipients[party], alphabetical(party.name)))


def lines_of(deals: QuerySet, asked: Parameters) -> list[Line]:
    """The deals by supplier and recipient, those of most first; one deal alone leads to its page."""
    # Counted by keys: with the names of all, each of thousands of deals would be joined and sorted first.
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
        Line(supplier, recipient, numbers, list_of(supplier, recipient, asked, numbers, ones[supplier, recipient]))
        for (supplier, recipient), numbers in found.items()
    ]
    return sorted(lines, key=lambda line: (-line.number, *map(alphabetical, (line.supplier.name, line.recipient.name))))


def parties_of(rows: Iterable[dict[str, Any]]) -> Callable[[dict[str, Any], str], Party]:
    """What says who stands at a side of some deals, among these rows of deals."""
    countries, actors = ({row[f"{side}{end}"] for row in rows for side in SIDES} - {None} for end in ("", "_actor"))
    names = dict(Country.objects.filter(pk__among=list(countries)).order_by().values_list("pk", "name"))
    known = Actor.objects.filter(pk__among=list(actors)).order_by().values_list("pk", "slug", "name")
    acting = {key: (slug, name) for key, slug, name in known}

    def party(row: dict[str, Any], side: str) -> Party:
        country, (actor, called) = row[side] or "", acting.get(row[f"{side}_actor"], ("", ""))
        return Party(names.get(country) or called or row[f"{side}_named_as"], country, actor)

    return party


def list_of(supplier: Party, recipient: Party, asked: Parameters, numbers: dict[Modality, int], one: str) -> str:
    """The page of the one deal, or the list of all of a line, by what else is asked."""
    if sum(numbers.values()) == 1:
        return reverse("armstransfer-detail", args=[one])
    if supplier.country and recipient.country:
        parties = [("country", supplier.country), ("partner", recipient.country), ("role", "supplier")]
    else:
        parties = [*supplier.asked, *recipient.asked]
    kept = [pair for pair in asked if pair[0] not in ("country", "partner", "actor", "role", "q")]
    return address(reverse("armstransfer-list"), [*parties, *kept, ("negated", "no")])


class TransferNetwork(FilterView, TemplateView):
    """The deals that answer to the form of their list, as a network."""

    template_name = "relations/network.html"
    form_class = filters.NetworkForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = query_parameters(self.request)
        return super().get_context_data(
            form=self.form,
            network=network(self.form.apply(ArmsTransfer.objects.published()), asked),
            list_url=address(reverse("armstransfer-list"), asked),
            chips=chips(self.request, self.form),
            **kwargs,
        )
