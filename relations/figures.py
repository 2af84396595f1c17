"""Figures of events, deals and observations as one list, which can be filtered by measure."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Collate, NullIf

from relations.addresses import records_at
from relations.dates import FuzzyDate
from relations.exchange import parts
from relations.exchange.column import Column
from relations.expressions import sort_on
from relations.models import ArmsTransfer, Event, EventFigure, Observation, Record
from relations.models.figure import PARTS, FigureValue, stated
from relations.models.vocabularies import Measure, Missing, Modality, Qualifier
from relations.paging import MANY, Page, Sort, counted
from relations.phrasing import read_hedges

Records = dict[type[Record], Any]
BEFORE_ALL = Value("\x01")  # sorts before all characters of a text, so that "a" and the next part come before "a-b"
BY_RECORD = Sort("Record", F("in_turn"), key="key")
# The figures of a deal: the column, its measure, what of the deal it measures, and the date that it belongs to.
OF_DEALS: tuple[tuple[str, Measure, Any, str], ...] = (
    ("number_ordered", Measure.ITEMS, Value("ordered"), "ordered_on"),
    ("number_delivered", Measure.ITEMS, Value("delivered"), "delivered_on"),
    ("value", Measure.MONEY, F("value_kind"), "ordered_on"),
)


class Figure(NamedTuple):
    """A figure with the columns of its record that the list shows; `key` is unique among all figures."""

    sorted_by: date | str | None
    key: str
    collection: str
    slug: str
    title: str
    measure: str
    of: str
    figure_low: Decimal | None
    figure_high: Decimal | None
    figure_qualifier: str
    figure_unit: str
    figure_missing: str
    dated_on: str
    dated_on_earliest: date | None
    dated_on_latest: date | None
    participants: str
    modality: str
    negated: bool

    @property
    def address(self) -> tuple[str, str]:
        """The address of its record: collection and slug."""
        return self.collection, self.slug

    @property
    def value(self) -> FigureValue:
        """The number with its unit and qualifier; `str()` puts it into words."""
        return FigureValue(*(getattr(self, f"figure_{part}") for part in PARTS))

    @property
    def what(self) -> Measure:
        """The measure as a term."""
        return Measure(self.measure)

    @property
    def field(self) -> str:
        """The value of `Citation.field` in citations for it."""
        number = int(self.key.rpartition("/")[2])
        return {"events": "figures", "observations": "figure"}.get(self.collection) or OF_DEALS[number][0]

    @property
    def of_what(self) -> str:
        """What or whom it counts, in words."""
        return self.of.replace("_", " ")

    @property
    def date(self) -> FuzzyDate | str:
        """The date of the figure; an empty string if there is none."""
        return FuzzyDate(self.dated_on) if self.dated_on else ""


class Line(NamedTuple):
    """A figure with its record, as a page shows it."""

    figure: Figure
    record: Any

    @property
    def modalities(self) -> list[Modality]:
        """The modalities of citations for the figure that differ from that of the record."""
        columns = {self.figure.field, *(f"{self.figure.field}_{part}" for part in PARTS)}
        said = {citation.modality for citation in self.record.hedges if citation.field in columns}
        return [modality for modality in Modality if modality in said - {self.record.modality}]


def figure_columns(name: str) -> dict[str, Combinable]:
    """The columns of a figure, as read from the five columns of a model that begin with this name."""
    return {f"figure_{part}": F(f"{name}_{part}") for part in PARTS}


def date_columns(name: str) -> dict[str, Combinable]:
    """The columns of a date, as read from the date and the bounds of this name."""
    return {f"dated_on{end}": F(f"{name}{end}") for end in ("", "_earliest", "_latest")}


class FigureRows(NamedTuple):
    """Rows that hold figures, and an expression for each column of a figure."""

    rows: QuerySet
    reads: dict[str, Combinable]

    @classmethod
    def of(cls, rows: QuerySet, model: type[Record], number: Any, date: str, **reads: Combinable) -> "FigureRows":
        """Rows annotated with `day`, `key` and `in_turn`, and the expressions to read them as figures.

        `date` is the field that gives their day. The key is made of the address of the record and the `number` of the
        figure in it. `in_turn` sorts by record, and within a record by what is measured.
        """
        record = reads["slug"].name.removesuffix("slug")  # type: ignore[attr-defined]
        key = parts.text(Value(f"{model.collection}/"), reads["slug"], Value("/"), number)
        named = [Value(str(model.collection)), *(reads[name] for name in ("slug", "measure", "of"))]
        in_turn = parts.text(*(piece for each in named for piece in (each, BEFORE_ALL)))
        rows = rows.order_by().annotate(day=sort_on(date), key=Collate(key, "C"), in_turn=Collate(in_turn, "C"))
        of_record = {name: F(f"{record}{name}") for name in ("modality", "negated")}
        return cls(rows, {"collection": Value(str(model.collection)), **reads, **date_columns(date), **of_record})

    def without_parties(self) -> "FigureRows":
        """The same rows with an empty column `participants`."""
        return self._replace(reads=self.reads | {"participants": Value("")})


class Figures:
    """The figures of some records; if measures are named, only those."""

    def __init__(self, records: Records, measures: Iterable[str] = ()) -> None:
        self.records = records
        self.held = [*figure_rows(records, [*measures] or Measure.values)]

    @cached_property
    def count(self) -> int:
        """The number of figures, counted no further than `MANY` + 1."""
        keys = [held.rows.values_list("pk")[: MANY + 1] for held in self.held]
        return counted(keys[0].union(*keys[1:], all=True) if len(keys) > 1 else keys[0])

    def page(self, sort: Sort, after: str, size: int, *, with_parties: bool) -> Page:
        """One page in this order; the rows of each kind are cut to its length before the union is sorted."""
        read_from = self.held if with_parties else [held.without_parties() for held in self.held]
        found: list[Figure] = []
        for runs in zip(*(sort.runs(held.rows, after) for held in self.held), strict=True):
            wanted = size + 1 - len(found)
            cut = [self.read(held, run)[:wanted] for held, run in zip(read_from, runs, strict=True)]
            found += [Figure(*row) for row in union_in_order(cut, sort)[:wanted]]
            if len(found) > size:
                break
        records = records_at(figure.address for figure in found[:size])
        read_hedges(records.values())
        lines = [Line(figure, records[figure.address]) for figure in found[:size] if figure.address in records]
        return Page(lines, sort.cursor(found[size - 1]) if len(found) > size else "")

    def rows(self, sort: Sort, base_url: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a file, streamed from one query."""
        every = union_in_order([self.read(held, sort.apply(held.rows)) for held in self.held], sort)
        for row in every.iterator(chunk_size=2000):
            figure = Figure(*row)
            yield (f"{base_url.rstrip('/')}/{figure.collection}/{figure.slug}/", *figure[2:])

    @staticmethod
    def read(held: FigureRows, rows: QuerySet) -> QuerySet:
        """These rows with the columns of `Figure`."""
        return rows.values_list("sorted_by", "key", *(held.reads[name] for name in Figure._fields[2:]))

    def caveats(self) -> list[str]:
        """Reasons why the figures must not be added up; empty if there are less than two."""
        if self.count < 2:
            return []
        kinds = self.distinct("measure", "figure_unit", "figure_qualifier", "figure_missing", "negated")
        times = self.distinct("dated_on")[:2]
        measures, units, qualifiers, missing, negated = (set(values) - {""} for values in zip(*kinds, strict=True))
        vague = [term.label for term in Qualifier if term in qualifiers - {Qualifier.EXACT}]
        absent = [term.label for term in Missing if term in missing]
        reasons = {
            "they measure different things": len(measures) > 1,
            f"they are in different units ({', '.join(sorted(units))})": len(units) > 1,
            f"not all are exact ({', '.join(vague)})": bool(vague),
            f"some have no number ({', '.join(absent)})": bool(absent),
            "some are of what did not happen": True in negated,
            "they are of different times": len(times) > 1,
            "one may be a part of another, or the same told twice": True,
        }
        return [reason for reason, holds in reasons.items() if holds]

    def distinct(self, *names: str) -> QuerySet:
        """The distinct values of these columns."""
        found = [held.rows.values_list(*(held.reads[name] for name in names)) for held in self.held]
        return found[0].union(*found[1:]) if len(found) > 1 else found[0].distinct()


def union_in_order(rows: list[QuerySet], sort: Sort) -> QuerySet:
    """The union of QuerySets, in the order of `sort`."""
    if len(rows) == 1:
        return rows[0]
    return rows[0].union(*rows[1:], all=True).order_by(*sort.order)


def figure_rows(records: Records, measures: list[str]) -> Iterator[FigureRows]:
    """The rows that have figures of these measures: of events, observations and deals."""
    events, deals, observations = records[Event], records[ArmsTransfer], records[Observation]
    parties = Event.objects.filter(pk=OuterRef("event")).values_list(parts.participants())
    yield FigureRows.of(
        EventFigure.objects.filter(event__in=events.order_by().values("pk"), measure__in=measures),
        Event,
        Cast("pk", TextField()),
        "event__happened_on",
        slug=F("event__slug"),
        title=F("event__title"),
        measure=F("measure"),
        of=F("of"),
        participants=Subquery(parties),
        **figure_columns("figure"),
    )
    yield FigureRows.of(
        observations.filter(measure__in=measures),
        Observation,
        Value("0"),
        "period",
        slug=F("slug"),
        title=F("subject"),
        measure=F("measure"),
        of=Value(""),
        participants=parts.text("from_country_id", Value(":from; "), "to_country_id", Value(":to")),
        **figure_columns("figure"),
    )
    for place, (name, measure, of, day) in enumerate(OF_DEALS):
        if measure in measures:
            yield FigureRows.of(
                deals.filter(stated(name)),
                ArmsTransfer,
                Value(str(place)),
                day,
                slug=F("slug"),
                title=Coalesce(NullIf("designation", Value("")), "description"),
                measure=Value(str(measure)),
                of=of,
                participants=parts.text(parts.deal_side("supplier"), Value("; "), parts.deal_side("recipient")),
                **figure_columns(name),
            )


def column(name: str, kind: Any, help_text: str = "") -> Column:
    """A column of the file; without a help text, that of the column of `EventFigure` with this name."""
    field: Any = EventFigure._meta.get_field(name) if not help_text else None
    return Column(name, help_text or str(field.help_text), F(name), kind)


COLUMNS = (
    column("permalink", "path", "The public address of the record in which the figure stands."),
    column("collection", "term", "Which kind of record it is, by the first part of its address."),
    column("slug", "code", "The key of the record."),
    column("title", "text", "The title of an event, the subject of an observation, or the arms of a deal."),
    column("measure", "term"),
    column("of", "text", "Of what or whom; of a deal what of it is counted, or what the value is the value of."),
    column("figure_low", "number"),
    column("figure_high", "number"),
    column("figure_qualifier", "term"),
    column("figure_unit", "text"),
    column("figure_missing", "term"),
    column("dated_on", "fuzzy date", "When it was so (EDTF); of a deal when it was ordered or delivered."),
    column("dated_on_earliest", "day", "The earliest day that the date may mean."),
    column("dated_on_latest", "day", "The latest day that the date may mean."),
    column("participants", "parts", "Who it is about, each with its role; joined by “; ”."),
    column("modality", "term", "How the sources put the record; the weakest where two apply."),
    column("negated", "boolean", "The source says that it did not happen, or was not so; not that it is unknown."),
)
