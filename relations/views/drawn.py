"""Renders small pieces of HTML without templates: dates, badges, links, places in sources, legal status.

A page has hundreds of them, and a template for each would take most of its time. Django's `format_html` is slow, too,
because it checks for each value whether it is a lazy translation.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix
from django.utils.safestring import SafeString

from relations import phrasing
from relations.chronology import SIDES
from relations.dates import FuzzyDate
from relations.exchange import codebook
from relations.models import ArmsTransfer, Citation, Event, Mission, Record
from relations.models.figure import PARTS
from relations.models.terms import term_of
from relations.models.vocabularies import DealStatus, EndBasis, Modality, Verdict, Vocabulary
from relations.renderer import escaped
from relations.status import Answer
from relations.views.evidence import Evidence
from relations.views.links import page
from relations.wording import NAMED_BY, title


def html(text: str) -> SafeString:
    """Marks text as safe; the caller has escaped every value in it."""
    return SafeString(text)


def absent(words: str) -> SafeString:
    """The text for a missing value."""
    return html(f'<span class="absent">{escaped(words)}</span>')


def linked(thing: Any, words: str, more: str = "") -> str:
    """A link to a record or thing, with an optional title."""
    on_hover = f' title="{escaped(more)}"' if more else ""
    return f'<a href="{escaped(thing.get_absolute_url())}"{on_hover}>{escaped(words)}</a>'


# Dates


@lru_cache(maxsize=5000)
def date_in_words(edtf: str) -> SafeString:
    """A fuzzy date in words, with its EDTF string and bounds as title; cached."""
    day = FuzzyDate(edtf)
    first, last = (bound.isoformat() if bound else "open" for bound in (day.earliest, day.latest))
    exact = escaped(f"{day} · {first} to {last}")
    return html(f'<span class="date" title="{exact}">{escaped(day.spoken)}</span>')


def fuzzy_date(day: FuzzyDate | str | None, otherwise: str = "undated") -> SafeString:
    """A fuzzy date in words, or `otherwise` if there is none."""
    return date_in_words(str(day)) if day else absent(otherwise)


def beginning_of(record: Any) -> SafeString:
    """When a period or mission began, and whether that is the date of an announcement."""
    day = fuzzy_date(getattr(record, record.starts_on), "not stated")
    is_announced = phrasing.announcement(record, record.starts_on)
    return html(f'{day} <span class="happened">announced</span>') if is_announced else day


def end_of(record: Any) -> SafeString:
    """The effective end of a period or mission, and its basis."""
    if not record.end:
        return absent("no end stated")
    day = fuzzy_date(record.end.on)
    if record.end.basis == EndBasis.NEXT_VALUE:
        url = f"{get_script_prefix()}{record.collection}/{record.end.by}/"
        return html(f'{day} <a class="definition" href="{escaped(url)}">next value</a>')
    if record.end.basis == EndBasis.END_OF_STATE:
        state = next((state for state in record.states if state.pk == record.end.by), None)
        return html(f'{day} <span class="definition">end of {escaped(state)}</span>')
    return day


# Badges


@lru_cache(maxsize=1000)
def badge_of(vocabulary: type[Vocabulary], value: str, codebook_url: str) -> SafeString:
    """A term with its definition as title, linked to the codebook; cached."""
    term, name = vocabulary(value), codebook.anchor(vocabulary, value)
    url = f"{codebook_url}lists/{codebook.anchor(vocabulary)}/#{name}"
    return html(f'<a class="badge {name}" href="{url}" title="{escaped(term.definition)}">{escaped(term.label)}</a>')


def badge(term: Vocabulary | None) -> SafeString | str:
    """A term with its definition as title, linked to the codebook; empty for None."""
    return "" if term is None else badge_of(type(term), term.value, page("codebook"))


def hedge(record: Record) -> Modality | None:
    """The modality of a record; None if it is asserted, which needs no badge."""
    return None if record.modality == Modality.ASSERTED else Modality(record.modality)


def modality_of(record: Record) -> SafeString:
    """The modality of a record unless it is asserted, and of single fields with another modality."""
    return html(badge(hedge(record)) + fields_hedged(phrasing.hedges(record)))


def hedges_in_line(record: Any, day: FuzzyDate | str | None, *also: str) -> SafeString:
    """Like `modality_of`, but only for the fields that a line shows: its day, those in its title, and `also`."""
    return html(badge(hedge(record)) + hedges_beside_name(record, day, *also))


def hedges_beside_name(record: Any, day: FuzzyDate | str | None = "", *also: str) -> SafeString:
    """Like `hedges_in_line`, without the modality of the record as a whole, which its name begins with.

    For events all fields count, because their titles are written by hand and may mention any of them.
    """
    if isinstance(record, Event):
        return fields_hedged(phrasing.hedges(record))
    at = {column for column in (record.starts_on, record.ends_on) if day and getattr(record, column) == day}
    status = {"deal_status"} if undelivered(record) else set()
    figures = {f"{name}_{part}" for name in also for part in PARTS}
    columns = {*NAMED_BY[type(record)], *at, *status, *also, *figures}
    return fields_hedged(phrasing.hedges(record, columns))


def fields_hedged(of_fields: Iterable[tuple[str, Modality]]) -> SafeString:
    """Fields of a record with their modality."""
    return html("".join(f' <span class="hedge-of">{escaped(of)} {badge(term)}</span>' for of, term in of_fields))


def deal_of(transfer: ArmsTransfer) -> SafeString:
    """The status of a deal, with “not” if it is negated."""
    return html(f"{'not ' if transfer.negated else ''}{badge(term_of(transfer, 'deal_status'))}")


def undelivered(thing: Any) -> bool:
    """Whether it is an arms transfer that is negated or whose status is other than delivered."""
    return isinstance(thing, ArmsTransfer) and (thing.negated or thing.deal_status != DealStatus.DELIVERED)


def ending(record: Any) -> str:
    """What happened on the date of a record if that is not its beginning: its end (“closed”) or an announcement."""
    column = record.starts_on if getattr(record, record.starts_on) else record.ends_on
    side = next((side for side in SIDES if isinstance(record, side.model) and side.column == column), None)
    if side is None or not getattr(record, column) or record.negated or undelivered(record):
        return ""
    what = side.happened(record)
    return perhaps(what, getattr(record, column)) if side.number or what != side.what else ""


def perhaps(what: str, day: FuzzyDate | str) -> str:
    """What happened; an end with only an earliest day may never have come: “2018 or later, closed, if at all”."""
    return f"{what}, if at all" if what in ("closed", "ended") and FuzzyDate(day).latest is None else what


# Sources


def places(record: Record) -> list[Citation]:
    """One citation for each sentence or other place that is cited for a record."""
    return [notes[0][1] for notes in Evidence(record).by_place()]


def ref(citation: Citation) -> str:
    """A link to the cited sentence or other place, with the digest of a sentence as title."""
    passage, url = citation.passage, citation.source.get_absolute_url()
    digest = f' title="In our words: {escaped(passage.digest)}"' if passage and passage.digest else ""
    return f'<a href="{escaped(f"{url}{passage.ref}/" if passage else url)}"{digest}>{escaped(citation.place)}</a>'


def refs_of(record: Record) -> SafeString:
    """Links to all sentences and other places that are cited for a record."""
    return html(f'<span class="refs">{" ".join(map(ref, places(record)))}</span>')


def note_numbers(notes: Iterable[tuple[int, Citation]]) -> SafeString:
    """Links to the numbered citations on the same page."""
    return html(
        "".join(
            f'<sup><a class="note" href="#evidence-{number}" aria-label="Evidence {number}">{number}</a></sup>'
            for number, _ in notes
        )
    )


def noted(notes: Iterable[tuple[int, Citation]]) -> SafeString:
    """Links to the numbered citations on the same page, with their modality and hedge."""
    return html(f"{note_numbers(notes)} {''.join(modality_and_hedge(citation) for _, citation in notes)}")


def modality_and_hedge(citation: Citation) -> str:
    """The modality of a citation and the words of its hedge."""
    hedge = f' <q class="hedge">{escaped(citation.hedge)}</q>' if citation.hedge else ""
    return f"{badge(Modality(citation.modality)) if citation.modality else ''}{hedge}"


# Cells, drawings and lines


def legal_of(legal: Answer) -> SafeString:
    """The legal status of a relation for a table cell or, if it is not stated, the levels of representation."""
    if legal.records:
        return html("<br>".join(value_on_day(period, legal.verdict) for period in legal.records))
    represented = ", ".join(linked(period, level(period)) for period in legal.levels)
    more = f'<span class="definition">; represented: {represented}</span>' if represented else ""
    return html(absent(phrasing.silence(legal) if legal.absent else "not stated") + more)


def value_on_day(period: Any, verdict: Verdict) -> str:
    """The value of a period, with its sentence as title, its verdict unless certain, and its hedge."""
    value = linked(period, period.get_value_display(), phrasing.sentence(period, verdict))
    return f"{value}{'' if verdict == Verdict.ON else f' {badge(verdict)}'} {badge(hedge(period))}"


def level(period: Any) -> str:
    """A level of representation and its holder."""
    label = period.get_value_display().lower()
    return f"{label} of {period.held_by}" if period.held_by_id else label


def seat(mission: Mission) -> SafeString:
    """Where a mission sits, and whether it is non-resident."""
    place = ", ".join(str(part) for part in (mission.city, mission.host_country) if part)
    elsewhere = ' <span class="happened">non-resident</span>' if mission.is_resident is False else ""
    return html(escaped(place) + elsewhere) if place else absent("not stated")


def number(transfer: ArmsTransfer) -> SafeString:
    """The number delivered, or else the number ordered."""
    if delivered := transfer.number_delivered:
        return html(f'{escaped(delivered)} <span class="happened">delivered</span>')
    ordered = transfer.number_ordered
    return html(escaped(ordered)) if ordered else absent("not stated")


def line(record: Any, day: FuzzyDate | str | None, what: str = "", roles: Collection[str] = ()) -> SafeString:
    """A record in a list of lines: the day, its name, what happened on that day, and the roles of an actor.

    Without `what`, `ending` decides what to say about the day.
    """
    happened = ""
    if undelivered(record):
        happened = deal_of(record)
    elif not what:
        happened = ending(record)
    elif day and what not in ("event", "deal") and not record.negated:
        happened = escaped(perhaps(what, day))
    notes = [happened, f"role: {' and '.join(map(escaped, roles))}" if roles else ""]
    after_name = "".join(f' <span class="happened">{note}</span>' for note in notes if note)
    hedges = hedges_in_line(record, day)
    sure = f'<span class="sure">{hedges}</span>\n  ' if hedges else ""
    return html(
        f'<li class="line">\n  <span class="when">{fuzzy_date(day)}</span>\n'
        f'  {sure}<span class="what">{linked(record, title(record))}{after_name}</span>\n</li>\n'
    )
