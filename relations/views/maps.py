"""The map of one state's relations on a day: each other state in its present borders, with a pattern and in words.

It shows the same status as the table of relations.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from relations.atlas import Box, Shape, frame, land_without_code, shapes
from relations.models import Country, Relation
from relations.models.standing import Standing
from relations.models.tracks import LegalStatus, Track
from relations.models.vocabularies import Collection, Modality, Verdict
from relations.phrasing import sentence, silence
from relations.prepared import planned
from relations.views.overview import Glance

SMALL = 0.07  # share of the frame: states smaller than this in width and height get a larger click target
MOST_DRAWN = 300  # states; more than ever existed at a time
TINY = 0.02  # share of the frame: states smaller than this in width and height get a visible dot
POINTS = 700  # width of a map
SWATCH = (32, 14)  # width and height in points
# The legal statuses with patterns of their own; all others have the pattern “halted”.
PATTERNS = {
    LegalStatus.ESTABLISHED: "established",
    LegalStatus.SEVERED: "severed",
    LegalStatus.NONE: "none",
}

# Standing records about the relations of two states as such: legal status, level of representation, missions.
KNOWN = Q(question=Track.LEGAL) | Q(question__startswith=Track.LEVEL) | Q(collection=Collection.MISSIONS)
UNKNOWN = ("absent", "ended", "represented", "unstated")  # the patterns of relations without a current legal status


@dataclass(frozen=True)
class Mark:
    """A state on the map: its outline, and the status of its relation."""

    country: Country
    row: Glance
    shape: Shape
    frame: Box

    @property
    def url(self) -> str:
        """The URL of its relation."""
        return self.row.relation.get_absolute_url()

    @property
    def pattern(self) -> str:
        """The name of the pattern that fills its outline."""
        return pattern(self.row)

    @property
    def is_plain(self) -> bool:
        """Whether the status is certain on the day and asserted by its sources."""
        return is_plain(self.row)

    @property
    def title(self) -> str:
        """The title for tooltips and screen readers: its name, and the status in words with its hedge."""
        legal = self.row.legal
        said = [sentence(record, legal.verdict) for record in legal.records] or [silence(legal)]
        return f"{self.country}: {' '.join(said)}"

    @property
    def is_small(self) -> bool:
        """Whether it is too small to be tapped."""
        return self.is_within(SMALL)

    @property
    def is_tiny(self) -> bool:
        """Whether it is too small to be seen."""
        return self.is_within(TINY)

    @property
    def spot(self) -> str:
        """A path of zero length at its middle, which is drawn as a dot by its stroke."""
        x, y = self.shape.at
        return f"M{x:.0f} {y:.0f}h0"

    def is_within(self, share: float) -> bool:
        """Whether its width and height are less than this share of the width of the frame."""
        return max(self.shape.box.width, self.shape.box.height) < share * self.frame.width


@dataclass(frozen=True)
class Kind:
    """A line of the legend: a status in words, its pattern, and the number of states."""

    word: str
    pattern: str
    number: int


@dataclass(frozen=True)
class Map:
    """The map of the relations of a state on a day.

    `outside` are countries outside the frame, `undrawn` those that have no outline.
    """

    state: Country
    frame: Box
    marks: list[Mark]
    outside: list[Country]
    undrawn: list[tuple[Country, Glance]]
    legend: list[Kind]

    @property
    def view_box(self) -> str:
        """The frame as the viewBox of an SVG."""
        return f"{self.frame.left:g} {self.frame.top:g} {self.frame.width:g} {self.frame.height:g}"

    @property
    def scale(self) -> float:
        """The units of the frame per point, so that patterns look the same in any frame."""
        return round(self.frame.width / POINTS, 2)

    @property
    def swatch(self) -> str:
        """The viewBox of a swatch in the legend."""
        return f"0 0 {SWATCH[0] * self.scale:g} {SWATCH[1] * self.scale:g}"

    @property
    def own(self) -> Shape | None:
        """The outline of the state itself; None if it has none or lies outside the frame."""
        shape = shapes().get(self.state.pk)
        return shape if shape and shape.box.meets(self.frame) else None

    @property
    def quiet(self) -> str:
        """The path of all other land within the frame."""
        marked = {mark.shape.code for mark in self.marks} | {self.state.pk}
        others = (s.path for s in shapes().values() if s.code not in marked and s.box.meets(self.frame))
        return "".join([land_without_code(), *others])


def pattern(row: Glance) -> str:
    """The name of the pattern for a relation on the day."""
    legal = row.legal
    if legal.absent:
        return "absent"
    if legal.is_disputed:
        return "disputed"
    if not legal.records:
        return "represented" if legal.levels else "unstated"
    if legal.verdict == Verdict.ENDED:
        return "ended"
    return PATTERNS.get(legal.records[0].value, "halted")


def is_plain(row: Glance) -> bool:
    """Whether the status is certain on the day and asserted by its sources, or not stated at all."""
    legal = row.legal
    asserted = all(record.modality == Modality.ASSERTED for record in legal.records)
    return not legal.records or (legal.verdict == Verdict.ON and asserted)


@planned
def drawn_of(code: Any) -> QuerySet:
    """The public dyads of a state, at most MOST_DRAWN."""
    return Relation.objects.public().involving(code).with_shown()[:MOST_DRAWN]


def map_of(code: str, rows: Iterable[Glance]) -> Map | None:
    """The map of the relations of a state among these rows; None if none of them can be drawn.

    Its frame contains the states with which relations or missions are known on any day, or all if there are none.
    """
    others = [(row.relation.other_than(code), row) for row in rows if code in row.relation.natural_key()]
    outlined = [(country, row) for country, row in others if country.pk in shapes()]
    if not outlined:
        return None
    known = set(pairs_known([row.relation.code for _, row in outlined]))
    within = [country for country, row in outlined if row.relation.code in known] or [each for each, _ in outlined]
    held = frame(shapes()[country.pk].box for country in within)
    drawn = [(country, row) for country, row in outlined if shapes()[country.pk].box.meets(held)]
    marks = [Mark(country, row, shapes()[country.pk], held) for country, row in drawn]
    # Large states are drawn first, because they could hide small ones.
    marks.sort(key=lambda mark: (-mark.shape.box.width * mark.shape.box.height, mark.country.pk))
    state = others[0][1].relation.other_than(others[0][0].pk)
    outside = [country for country, _ in [(state, None), *outlined] if not is_within(country, held)]
    undrawn = [(country, row) for country, row in others if country.pk not in shapes()]
    return Map(state, held, marks, outside, undrawn, legend([row for _, row in others]))


@planned
def pairs_known(pairs: Any) -> QuerySet:
    """Those of these pairs for which relations or missions are known on any day."""
    return Standing.objects.filter(KNOWN, pair__among=pairs).order_by().values_list("pair", flat=True).distinct()


def is_within(country: Country, held: Box) -> bool:
    """Whether any part of a country lies within a frame, or it has no outline."""
    shape = shapes().get(country.pk)
    return shape is None or shape.box.meets(held)


def legend(rows: list[Glance]) -> list[Kind]:
    """Every status among the rows with its pattern, most frequent first, unknown ones last."""
    words = [row.word for row in rows]
    patterns = {word: pattern(row) for word, row in zip(words, rows, strict=True)}
    kinds = [Kind(word, drawn, words.count(word)) for word, drawn in patterns.items()]
    return sorted(kinds, key=lambda kind: (kind.pattern in UNKNOWN, -kind.number, kind.word))
