"""Dossiers: all that is published about a relation or a country, on a page to print, with numbered evidence."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache, singledispatch
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

from relations.dates import FuzzyDate
from relations.models import (
    ArmsTransfer,
    Citation,
    Country,
    Event,
    Mission,
    Observation,
    Relation,
    RelationPeriod,
)
from relations.models.citation import evidence
from relations.models.figure import without_zeros
from relations.models.vocabularies import Condition, DealStatus, Measure, Stance, ValueKind, Verdict
from relations.phrasing import hedges, reach, sentence, silences, told
from relations.prepared import prepared, read_with
from relations.status import Answer, RelationStatus, statuses_on
from relations.text import alphabetical
from relations.views.mentions import named_in, with_titles
from relations.views.records import AsOfForm, CitedDetail
from relations.wording import heading

SECTIONS = {
    "What was the case": RelationPeriod,
    "Missions": Mission,
    "What happened": Event,
    "Arms transfers": ArmsTransfer,
    "Figures": Observation,
}
MOST = 100  # lines of a section; the lists have them all
MOST_RELATIONS = 40  # of a country; the list of relations has them all


@dataclass(frozen=True)
class Line:
    """A sentence of ours, with its date where that does not stand in it, what else is told, and where it is said."""

    words: str
    numbers: list[int]
    url: str = ""
    day: str = ""
    more: str = ""


@dataclass(frozen=True)
class Section:
    """Lines under a heading, perhaps not all that there are."""

    name: str
    lines: list[Line]
    is_cut: bool = False
    note: str = ""


@dataclass
class Notes:
    """The places of documents that a dossier rests on, numbered in the order in which they are named."""

    places: dict[tuple[Any, ...], tuple[int, Citation]] = field(default_factory=dict)

    def numbers(self, owner: Any) -> list[int]:
        """The numbers of the places that support a record or thing, or contradict it."""
        numbers = []
        for citation in read_with(owner, "citations"):
            if citation.stance != Stance.MENTIONS:
                place = (citation.source_id, citation.passage_id, citation.locator)
                numbers.append(self.places.setdefault(place, (len(self.places) + 1, citation))[0])
        return sorted(set(numbers))

    def status(self, status: RelationStatus, name: str) -> Section:
        """What is stated of a relation on a day, and until when its sources speak."""
        lines = [
            Line(
                sentence(record, answer.verdict),
                self.numbers(record),
                record.get_absolute_url(),
                more=beside(answer, status),
            )
            for answer in status.told
            for record in answer.records
        ]
        until = (
            f"The sources of these answers tell of nothing after {status.reach.last_spoken}." if status.reach else ""
        )
        silent = silences(answer for answer in status.answers if not answer.records)
        return Section(name, lines, note=" ".join(filter(None, (until, silent))))

    def section(self, name: str, found: list[Any]) -> Section:
        """Records in the order of time, a line each; one more than there is room for says that the lists have more."""
        return Section(name, [self.line(record) for record in found[:MOST]], len(found) > MOST)

    def line(self, record: Any) -> Line:
        """What a record says."""
        numbers, url = self.numbers(record), record.get_absolute_url()
        if isinstance(record, RelationPeriod | Mission):
            return Line(told(record), numbers, url, more=more(record))
        day = getattr(record, record.starts_on) or getattr(record, record.ends_on)
        lead = "." if isinstance(record, Event) else ":"
        return Line(heading(record), numbers, url, day.spoken if day else "undated", lead + more(record))


def beside(answer: Answer, status: RelationStatus) -> str:
    """What is to be known of an answer: that it is only possible, or disputed, and how far its sources reach."""
    said = (
        "This is only possible on that day." if answer.verdict == Verdict.POSSIBLY else "",
        "The sources contradict each other." if answer.is_disputed else "",
        "" if status.reach else reach(answer),
    )
    return sentences(said)


@cache
def first_under(model: Any) -> prepared:
    """The first records of a type that are listed under a name, one more than there is room for."""

    def records(name: Any) -> QuerySet:
        listed = model.objects.listed_under(name, MOST + 1)
        return whole(listed.with_ends() if model.lasts else listed)[: MOST + 1]

    return prepared(records)


def whole(records: Any) -> QuerySet:
    """Records in the order of time, with all that a dossier tells of them."""
    model = records.model
    public = model.objects.published().with_shown()
    parts: tuple[Any, ...] = ()
    if model is Event:
        parts = ("figures",)
    elif model is ArmsTransfer:
        parts = (Prefetch("event", Event.objects.published()),)
    if model in (Event, ArmsTransfer):
        parts += (Prefetch("possibly_same_as", public), Prefetch("possible_doubles", public, to_attr="doubled_by"))
    return records.with_shown().with_parties().in_order().prefetch_related(evidence(), *parts)


def more(record: Any) -> str:
    """What else is told of a record, to follow its title or its sentence."""
    hedged = (f"{name}, {modality.label.lower()}" for name, modality in hedges(record))
    doubles = [*filter(None, [getattr(record, "possibly_same_as", None)]), *getattr(record, "doubled_by", ())]
    said = {"Why": getattr(record, "reason", ""), "Put in another way": "; ".join(hedged), "Note": record.note}
    return sentences(
        [
            *facts(record),
            *(f"{label}: {words}" for label, words in said.items() if words),
            *(f"Possibly the same as: {heading(double)}" for double in doubles),
        ]
    )


def sentences(said: Iterable[str]) -> str:
    """What is said, each with a stop, to stand behind other words."""
    return "".join(f" {words if words[-1] in '.?!…' else f'{words}.'}" for words in said if words)


@singledispatch
def facts(record: Any) -> Iterable[str]:
    """What is told of records of a type that neither title nor sentence says."""
    return ()


@facts.register
def _(mission: Mission) -> Iterable[str]:
    yield f"Rank of its head: {mission.get_head_rank_display().lower()}" if mission.head_rank else ""


@facts.register
def _(event: Event) -> Iterable[str]:
    yield event.summary
    yield f"Who: {', '.join(map(str, read_with(event, 'participations')))}"
    yield f"Where: {event.place}" if event.place else ""
    yield "; ".join(
        f"{measured(Measure.named(figure.measure), figure.of)}: {figure.figure}"
        for figure in read_with(event, "figures")
    )


@facts.register
def _(observation: Observation) -> Iterable[str]:
    yield str(observation.figure)
    yield f"Reported by {observation.reporter}" if observation.reporter else ""


@facts.register
def _(deal: ArmsTransfer) -> Iterable[str]:
    denied, status = "not " if deal.negated else "", DealStatus.named(deal.deal_status).lower()
    if deal.ordered_on and deal.delivered_on:
        delivered = f"delivered {FuzzyDate(deal.delivered_on).spoken}"
        status = delivered if deal.deal_status == DealStatus.DELIVERED else f"{status}; {denied}{delivered}"
    figures = {
        "number ordered": deal.number_ordered,
        "number delivered": deal.number_delivered,
        measured("value", ValueKind.named(deal.value_kind).lower()): deal.value,
        "TIV per unit": points(deal.tiv_per_unit),
        "TIV of the order": points(deal.tiv_ordered),
        "TIV delivered": points(deal.tiv_delivered),
    }
    stated = {
        "description": deal.description if deal.designation else "",
        "condition": Condition.named(deal.condition).lower(),
        "passed through": deal.transit_country,
    }
    said = [f"{label}: {words}" for label, words in (figures | stated).items() if words]
    licence = "made by the recipient under a licence of the supplier" if deal.licence_production else ""
    yield "; ".join(filter(None, [denied + status, *said, licence]))
    parties = ", ".join(map(str, deal.deal_parties.all()))
    yield f"Participants: {parties}" if parties else ""
    yield f"Seized, shown or used in: {heading(deal.event)}" if deal.event else ""


def points(tiv: Decimal | None) -> str:
    """SIPRI's trend-indicator value in words; nothing where there is none."""
    return "" if tiv is None else without_zeros(tiv)


def measured(what: str, of: str) -> str:
    """What a figure is of: “persons (pilots)”, “value (down payment)”."""
    return f"{what} ({of})" if of else what


class Dossier(CitedDetail):
    """The page to print of a relation or a country."""

    template_name = "relations/dossier.html"
    below = "dossier/"
    form_class = AsOfForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        notes = Notes()
        summary = Line(getattr(self.object, "summary", ""), notes.numbers(self.object))
        sections = with_names([*self.sections(notes), *happened(notes, self.object.code)])
        return super().get_context_data(
            summary=summary,
            sections=[section for section in sections if section.lines or section.note],
            notes=list(notes.places.values()),
            today=timezone.localdate(),
            day=self.day,
            is_today=self.day == timezone.localdate(),
            **kwargs,
        )

    @property
    def day(self) -> date:
        """The day on which status is asked for."""
        return self.form.cleaned_data["as_of"] or timezone.localdate()

    @property
    def on_the_day(self) -> str:
        """The day in words, as headings have it."""
        return "today" if self.day == timezone.localdate() else f"on {date_format(self.day, 'j F Y')}"

    def sections(self, notes: Notes) -> Iterable[Section]:
        """What is stated for the day."""
        raise NotImplementedError


class RelationDossier(Dossier):
    """All that is published about a relation."""

    queryset = Relation.objects.public().with_shown()

    def sections(self, notes: Notes) -> Iterable[Section]:
        (status,) = statuses_on([self.object], self.day)
        yield notes.status(status, f"{capfirst(self.on_the_day)}, as far as the sources go")


class CountryDossier(Dossier):
    """All that is published about a country: its relations on the day, and what is told of it."""

    queryset = Country.objects.public().prefetch_related("lifespans")

    def sections(self, notes: Notes) -> Iterable[Section]:
        code, relations = self.object.code, some_involving(self.object.code)
        partners = sorted(relations[:MOST_RELATIONS], key=lambda relation: alphabetical(relation.other_than(code)))
        for status in statuses_on(partners, self.day):
            yield notes.status(status, f"{heading(status.relation)} {self.on_the_day}, as far as the sources go")
        if len(relations) > MOST_RELATIONS:
            yield Section("Other relations", [], note="The list of relations has them all, on any day.")


def with_names(sections: list[Section]) -> list[Section]:
    """The sections, with records that notes name by their slugs called by their titles."""
    named = named_in(line.more for section in sections for line in section.lines)
    return [
        replace(section, lines=[replace(line, more=with_titles(line.more, named)) for line in section.lines])
        for section in sections
    ]


@prepared
def some_involving(code: Any) -> QuerySet:
    """The first public dyads of a country, one more than there is room for."""
    return Relation.objects.public().involving(code).with_shown()[: MOST_RELATIONS + 1]


def happened(notes: Notes, code: str) -> Iterable[Section]:
    """The records that are listed under a pair or a country, type by type."""
    for name, model in SECTIONS.items():
        yield notes.section(name, first_under(model)(code))
