"""Dossiers: everything published about a relation or a country, on one printable page with numbered evidence."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

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
from relations.models.vocabularies import Stance, Verdict
from relations.phrasing import reach, sentence, sentence_without_day, silences
from relations.prepared import prefetched, prepared
from relations.status import Answer, RelationStatus, statuses_on
from relations.text import alphabetical
from relations.views.dossier_facts import more, sentences
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
MOST = 100  # lines per section; the lists have all
MOST_RELATIONS = 40  # relations of a country; the list of relations has all


@dataclass(frozen=True)
class Line:
    """A line of a dossier: a sentence, its date if the sentence has none, more facts, and the numbers of its notes."""

    words: str
    numbers: list[int]
    url: str = ""
    day: str = ""
    more: str = ""


@dataclass(frozen=True)
class Section:
    """Lines under a heading; `is_cut` if there are more than a dossier shows."""

    name: str
    lines: list[Line]
    is_cut: bool = False
    note: str = ""


@dataclass
class Notes:
    """The footnotes of a dossier: places in documents, numbered in the order in which they are first cited."""

    places: dict[tuple[Any, ...], tuple[int, Citation]] = field(default_factory=dict)

    def numbers(self, owner: Any) -> list[int]:
        """The numbers of the places that support or contradict a record or thing; new places get the next number."""
        numbers = []
        for citation in prefetched(owner, "citations"):
            if citation.stance != Stance.MENTIONS:
                place = (citation.source_id, citation.passage_id, citation.locator)
                numbers.append(self.places.setdefault(place, (len(self.places) + 1, citation))[0])
        return sorted(set(numbers))

    def status(self, status: RelationStatus, name: str) -> Section:
        """The section for the status of a relation on a day."""
        lines = [
            Line(
                sentence(record, answer.verdict),
                self.numbers(record),
                record.get_absolute_url(),
                more=caveats(answer, status),
            )
            for answer in status.stated
            for record in answer.records
        ]
        until = (
            f"The sources of these answers tell of nothing after {status.reach.last_spoken}." if status.reach else ""
        )
        silent = silences(answer for answer in status.answers if not answer.records)
        return Section(name, lines, note=" ".join(filter(None, (until, silent))))

    def section(self, name: str, found: list[Any]) -> Section:
        """A section with a line for each record, at most MOST."""
        return Section(name, [self.line(record) for record in found[:MOST]], len(found) > MOST)

    def line(self, record: Any) -> Line:
        """The line of a record."""
        numbers, url = self.numbers(record), record.get_absolute_url()
        if isinstance(record, RelationPeriod | Mission):
            return Line(sentence_without_day(record), numbers, url, more=more(record))
        day = getattr(record, record.starts_on) or getattr(record, record.ends_on)
        lead = "." if isinstance(record, Event) else ":"
        return Line(heading(record), numbers, url, day.spoken if day else "undated", lead + more(record))


def caveats(answer: Answer, status: RelationStatus) -> str:
    """The caveats of an answer as sentences: that it is only possible, or disputed, and how far its sources reach."""
    said = (
        "This is only possible on that day." if answer.verdict == Verdict.POSSIBLY else "",
        "The sources contradict each other." if answer.is_disputed else "",
        "" if status.reach else reach(answer),
    )
    return sentences(said)


@cache
def first_under(model: Any) -> prepared:
    """A prepared query for the first MOST + 1 records of a type under a country or pair."""

    def records(name: Any) -> QuerySet:
        listed = model.objects.listed_under(name, MOST + 1)
        return with_everything(listed.with_ends() if model.lasts else listed)[: MOST + 1]

    return prepared(records)


def with_everything(records: Any) -> QuerySet:
    """Records ordered by time, with everything prefetched that a dossier shows."""
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


class Dossier(CitedDetail):
    """The printable page of a relation or a country."""

    template_name = "relations/dossier.html"
    below = "dossier/"
    form_class = AsOfForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        notes = Notes()
        summary = Line(getattr(self.object, "summary", ""), notes.numbers(self.object))
        sections = with_names([*self.sections(notes), *record_sections(notes, self.object.code)])
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
        """The day of the status."""
        return self.form.cleaned_data["as_of"] or timezone.localdate()

    @property
    def on_the_day(self) -> str:
        """The day in words for headings: “today” or “on 3 May 1974”."""
        return "today" if self.day == timezone.localdate() else f"on {date_format(self.day, 'j F Y')}"

    def sections(self, notes: Notes) -> Iterable[Section]:
        """The sections for the status on the day."""
        raise NotImplementedError


class RelationDossier(Dossier):
    """Everything published about a relation."""

    queryset = Relation.objects.public().with_shown()

    def sections(self, notes: Notes) -> Iterable[Section]:
        (status,) = statuses_on([self.object], self.day)
        yield notes.status(status, f"{capfirst(self.on_the_day)}, as far as the sources go")


class CountryDossier(Dossier):
    """Everything published about a country: the status of its relations, and its records."""

    queryset = Country.objects.public().prefetch_related("lifespans")

    def sections(self, notes: Notes) -> Iterable[Section]:
        code, relations = self.object.code, some_involving(self.object.code)
        partners = sorted(relations[:MOST_RELATIONS], key=lambda relation: alphabetical(relation.other_than(code)))
        for status in statuses_on(partners, self.day):
            yield notes.status(status, f"{heading(status.relation)} {self.on_the_day}, as far as the sources go")
        if len(relations) > MOST_RELATIONS:
            yield Section("Other relations", [], note="The list of relations has them all, on any day.")


def with_names(sections: list[Section]) -> list[Section]:
    """The sections, with the slugs of records in notes replaced by their titles."""
    named = named_in(line.more for section in sections for line in section.lines)
    return [
        replace(section, lines=[replace(line, more=with_titles(line.more, named)) for line in section.lines])
        for section in sections
    ]


@prepared
def some_involving(code: Any) -> QuerySet:
    """The first MOST_RELATIONS + 1 public dyads of a country."""
    return Relation.objects.public().involving(code).with_shown()[: MOST_RELATIONS + 1]


def record_sections(notes: Notes, code: str) -> Iterable[Section]:
    """Yields a section for each type of record, with the records under a pair or a country."""
    for name, model in SECTIONS.items():
        yield notes.section(name, first_under(model)(code))
