"""The map of one state's relations on a day: each other state in its borders of today, told by a pattern and in words.

What a relation is on the day is what the table of relations says, of which the map is another view.
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

SMALL = 0.07  # of the frame: what is smaller both ways has a mark of a finger's size
MOST_DRAWN = 300  # states, of which there are not so many at a time
TINY = 0.02  # of the frame: of what is smaller both ways the mark is all that is seen
POINTS = 700  # that a map is wide
SWATCH = (32, 14)  # points
# What has a pattern of its own; whatever else is stated has that of relations that are not carried on.
PATTERNS = {
    LegalStatus.ESTABLISHED: "established",
    LegalStatus.SEVERED: "severed",
    LegalStatus.NONE: "none",
}

# What lasts and tells of the relations of two states themselves, by the question that it answers about them.
KNOWN = Q(question=Track.LEGAL) | Q(question__startswith=Track.LEVEL) | Q(collection=Collection.MISSIONS)
UNKNOWN = ("absent", "ended", "represented", "unstated")  # the patterns that say no legal status


@dataclass(frozen=True)
class Mark:
    """A state on the map: its outline, how its relation stands, and all of that in words."""

    country: Country
    row: Glance
    shape: Shape
    frame: Box

    @property
    def url(self) -> str:
        """The address of its relation."""
        return self.row.relation.get_absolute_url()

    @property
    def pattern(self) -> str:
        """The name of the pattern that fills its outline."""
        return pattern(self.row)

    @property
    def is_plain(self) -> bool:
        """Whether it is certainly so on the day, and its sources say so plainly."""
        return is_plain(self.row)

    @property
    def title(self) -> str:
        """What a reader hears of it: its name, and what the sources let one say, with their hedge."""
        legal = self.row.legal
        said = [sentence(record, legal.verdict) for record in legal.records] or [silence(legal)]
        return f"{self.country}: {' '.join(said)}"

    @property
    def is_small(self) -> bool:
        """Whether a finger would miss it."""
        return self.is_within(SMALL)

    @property
    def is_tiny(self) -> bool:
        """Whether an eye would miss it."""
        return self.is_within(TINY)

    @property
    def spot(self) -> str:
        """The path of its middle, which has no length."""
        x, y = self.shape.at
        return f"M{x:.0f} {y:.0f}h0"

    def is_within(self, share: float) -> bool:
        """Whether it takes less than this share of the frame both ways."""
        return max(self.shape.box.width, self.shape.box.height) < share * self.frame.width


@dataclass(frozen=True)
class Kind:
    """A line of the legend: a status in words, how it is drawn, and how many have it."""

    word: str
    pattern: str
    number: int


@dataclass(frozen=True)
class Map:
    """The relations of a state on a day: what is drawn, and what cannot be."""

    state: Country
    frame: Box
    marks: list[Mark]
    outside: list[Country]
    undrawn: list[tuple[Country, Glance]]
    legend: list[Kind]

    @property
    def view_box(self) -> str:
        """The frame, as SVG has it."""
        return f"{self.frame.left:g} {self.frame.top:g} {self.frame.width:g} {self.frame.height:g}"

    @property
    def scale(self) -> float:
        """How many units of the frame a point of a pattern is, so that patterns look alike in any frame."""
        return round(self.frame.width / POINTS, 2)

    @property
    def swatch(self) -> str:
        """The frame of a swatch in the legend."""
        return f"0 0 {SWATCH[0] * self.scale:g} {SWATCH[1] * self.scale:g}"

    @property
    def own(self) -> Shape | None:
        """The outline of the state itself, where it lies within the frame."""
        shape = shapes().get(self.state.pk)
        return shape if shape and shape.box.meets(self.frame) else None

    @property
    def quiet(self) -> str:
        """The outline of all other land within the frame."""
        told = {mark.shape.code for mark in self.marks} | {self.state.pk}
        others = (s.path for s in shapes().values() if s.code not in told and s.box.meets(self.frame))
        return "".join([land_without_code(), *others])


def pattern(row: Glance) -> str:
    """What fills a state whose relation stands so on the day."""
    legal = row.legal
    if legal.absent:
        return "absent"
    if legal.is_disputed:
        return "disputed"
    if not legal.records:
        return "represented" if legal.beside else "unstated"
    if legal.verdict == Verdict.ENDED:
        return "ended"
    return PATTERNS.get(legal.records[0].value, "halted")


def is_plain(row: Glance) -> bool:
    """Whether the status is certainly that of the day, and its sources say so plainly."""
    legal = row.legal
    asserted = all(record.modality == Modality.ASSERTED for record in legal.records)
    return not legal.records or (legal.verdict == Verdict.ON and asserted)


@planned
def drawn_of(code: Any) -> QuerySet:
    """The public dyads of a state that a map has room for."""
    return Relation.objects.public().involving(code).with_shown()[:MOST_DRAWN]


def map_of(code: str, rows: Iterable[Glance]) -> Map | None:
    """The map of the relations of a state among these; None where none of them can be drawn.

    Its frame holds those of which it is known that there were relations or missions, on whatever day.
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
    # A large state is drawn before a small one, which it could hide.
    marks.sort(key=lambda mark: (-mark.shape.box.width * mark.shape.box.height, mark.country.pk))
    state = others[0][1].relation.other_than(others[0][0].pk)
    outside = [country for country, _ in [(state, None), *outlined] if not is_within(country, held)]
    undrawn = [(country, row) for country, row in others if country.pk not in shapes()]
    return Map(state, held, marks, outside, undrawn, legend([row for _, row in others]))


@planned
def pairs_known(pairs: Any) -> QuerySet:
    """Those of some pairs of which it is known that there were relations or missions."""
    return Standing.objects.filter(KNOWN, pair__among=pairs).order_by().values_list("pair", flat=True).distinct()


def is_within(country: Country, held: Box) -> bool:
    """Whether any of a country that has an outline lies within a frame."""
    shape = shapes().get(country.pk)
    return shape is None or shape.box.meets(held)


def legend(rows: list[Glance]) -> list[Kind]:
    """Every status among the rows with its pattern, that of most first, what is not known last."""
    words = [row.word for row in rows]
    patterns = {word: pattern(row) for word, row in zip(words, rows, strict=True)}
    kinds = [Kind(word, drawn, words.count(word)) for word, drawn in patterns.items()]
    return sorted(kinds, key=lambda kind: (kind.pattern in UNKNOWN, -kind.number, kind.word))
