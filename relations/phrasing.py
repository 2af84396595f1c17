"""Sentences for periods and missions: the claim, its hedge and its dates, as pages, maps and dossiers show them."""

import re
from collections.abc import Collection, Iterable
from functools import cache, partial, singledispatch
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.timezone import localdate

from relations.dates import FuzzyDate
from relations.models import Citation, Mission, RelationPeriod
from relations.models.citation import RECORD_TARGETS, TARGET_OF, targets_among
from relations.models.tracks import Track
from relations.models.vocabularies import EndBasis, MissionEnding, MissionKind, Modality, Stance, Verdict
from relations.prepared import Parts, PreparedQuery, planned, prefetched
from relations.status import Answer
from relations.wording import column_label

HEDGES = {
    Modality.ASSERTED: "",
    Modality.ANNOUNCED: "it was announced that ",
    Modality.REPORTED: "it is reported that ",
    Modality.INFERRED: "it is inferred that ",
    Modality.ALLEGED: "it is alleged that ",
    Modality.DISPUTED: "it is disputed that ",
}
PARTIES = ("participations", "deal_parties")  # of an event and of a deal
DENIED = "it was not so that "
NO_LATER_INFORMATION = "no later information for that day"
ABSENCES = {
    Verdict.NOT_YET: "[do{es}|did] not exist yet",
    Verdict.NO_LONGER: "no longer [exist{s}|existed]",
    Verdict.BETWEEN: "[do{es}|did] not exist on that day, between two lifespans",
}


def sentence(record: Any, verdict: str) -> str:
    """The sentence for a record that answers for a day with this verdict."""
    is_possible = verdict == Verdict.POSSIBLY
    is_past = verdict == Verdict.ENDED or (is_possible and record.fades)
    times = [beginning(record), ending(record), NO_LATER_INFORMATION if verdict == Verdict.ENDED else ""]
    if verdict == Verdict.UNDATED:
        times = ["stated, no date given" if record.modality == Modality.ASSERTED else "no date given"]
    return f"{capfirst(claim(record, is_past, is_possible))} – {'; '.join(filter(None, times))}."


def sentence_without_day(record: Any) -> str:
    """The sentence for a record without reference to a day, with its beginning and end."""
    times = filter(None, [beginning(record), ending(record)])
    is_past = record.negated or bool(record.end and record.end.on.latest)
    return f"{capfirst(claim(record, is_past))} – {'; '.join(times)}."


def claim(record: Any, is_past: bool = False, is_possible: bool = False) -> str:
    """The clause of a record, with its hedge, who says so, and the announcement that gives its date."""
    words = DENIED * record.negated + clause(record, is_past, is_possible)
    announced = announcement(record, record.starts_on)
    who = ", ".join(dict.fromkeys(speakers(record)))
    if announced:
        who = (announced.attributed_to or who) + ("," if "," in who else "")
        words += f", as {who or 'was'} announced {at(getattr(record, record.starts_on))}"
    elif who:
        words += f", according to {who}"
    is_told = announced and record.modality == Modality.ANNOUNCED
    return words if is_told else HEDGES[Modality(record.modality)] + words


@singledispatch
def clause(record: Any, is_past: bool = False, is_possible: bool = False) -> str:
    """Who does what to whom, without hedge and dates. `is_possible` only matters for missions: “may be open”."""
    raise NotImplementedError(type(record))


@clause.register
def _(period: RelationPeriod, is_past: bool = False, is_possible: bool = False) -> str:
    a, b = period.states
    names: dict[str, Any] = {"pair": f"{a} and {b}", "subject": period.subject, "label": period.term.label.lower()}
    if period.held_by:
        names |= {"holder": period.held_by, "other": b if period.held_by_id == a.pk else a}
    if period.track == Track.RECOGNITION and period.subject:
        names["other"] = period.subject
    words = in_tense(period.term.held if period.held_by else period.term.mutual, is_past).format(**names)
    return f"{words}, except {period.exception}" if period.exception else words


@clause.register
def _(mission: Mission, is_past: bool = False, is_possible: bool = False) -> str:
    words = f"the {MissionKind.named(mission.kind).lower()} of {mission.sending} to {mission.accredited_to}"
    if mission.protecting_power:
        words += f", protected by {mission.protecting_power},"
    # The country of a resident mission is named already: the one it is accredited to.
    seat = [mission.city, "" if mission.is_resident else mission.host_country]
    words += f" in {', '.join(str(place) for place in seat if place)}" if any(seat) else ""
    return f"{words} may be open" if is_possible else f"{words} {in_tense('[is|was] open', is_past)}"


@cache
def in_tense(clause: str, is_past: bool) -> str:
    """A clause with its verb in the past or the present, of “[present|past]”."""
    return re.sub(r"\[([^|]*)\|([^\]]*)\]", r"\2" if is_past else r"\1", clause)


def speakers(record: Any) -> list[str]:
    """Who says so of a record as a whole, according to its sources."""
    whole = [each for each in prefetched(record, "citations") if each.stance == Stance.SUPPORTS and not each.field]
    return [each.attributed_to for each in whole if each.attributed_to]


def read_hedges(records: Iterable[Any]) -> None:
    """Sets `hedges` of each record, of any types, to its citations for single fields; makes one query.

    If some of these are for single parties, one more query for each type reads the parties of their records.
    """
    records = list(records)
    found: dict[tuple[str, int], list[Citation]] = {}
    for record in records:
        record.hedges = found.setdefault((TARGET_OF[type(record)], record.pk), [])
    keys = ([key for of, key in found if of == target] for target in RECORD_TARGETS)
    for citation in hedges_of(*keys) if found else ():
        found[citation.target_name, getattr(citation, f"{citation.target_name}_id")].append(citation)
    of_parties = [record for record in records if any(citation.part for citation in record.hedges)]
    models: set[Any] = {type(record) for record in of_parties}
    for model in models:
        for parties in parties_of(model):
            parties.read([record for record in of_parties if type(record) is model])


@partial(planned, names=RECORD_TARGETS)
def hedges_of(*keys: Any) -> QuerySet:
    """The citations for single fields of these records; `keys` are lists of primary keys, one per RECORD_TARGETS."""
    return Citation.objects.of_fields().filter(targets_among(*keys))


@cache
def parties_of(model: Any) -> list[Any]:
    """What reads the parties of records of a type that are rows of their own."""
    return PreparedQuery(model._default_manager.with_parties()).parts


def of_fields(record: Any) -> list[Citation]:
    """The citations for single fields of a record, from `read_hedges` if that was called."""
    hedges: Any = vars(record).get("hedges")
    return [each for each in (prefetched(record, "citations") if hedges is None else hedges) if each.field]


def hedges(record: Any, columns: Collection[str] | None = None) -> list[tuple[str, Modality]]:
    """The fields of a record whose citations have another modality than the record, with that modality, sorted.

    With `columns`, only those of these columns.
    """
    said = {
        (field_in_words(citation, record), Modality(citation.modality))
        for citation in of_fields(record)
        if citation.modality not in ("", record.modality) and (columns is None or citation.field in columns)
    }
    return sorted(said)


def field_in_words(citation: Citation, record: Any) -> str:
    """What a citation for a single field is for, in words: a column, or a party (by its key if it was not read)."""
    if not citation.part:
        return column_label(citation.field)
    read = Parts.cache_of(record)
    parties = (party for name in PARTIES for party in read.get(name, ()) if party.key == citation.part)
    return " and ".join(map(str, parties)) or f"{column_label(citation.field)} {citation.part}"


def announcement(record: Any, column: str) -> Citation | None:
    """The citation that says that the date in this column is that of an announcement; None if there is none."""
    return next((each for each in of_fields(record) if each.is_announcement and each.field == column), None)


def beginning(record: Any) -> str:
    """The beginning of a record, in words."""
    day = getattr(record, record.starts_on)
    if not day:
        return "since when is not stated"
    if announcement(record, record.starts_on):
        return "when it took effect is not stated"
    if day.earliest is None:
        return f"{day.spoken} at the latest; since when is not stated"
    return f"{'begun' if day.spoken.startswith('some ') else 'since'} {day.spoken}"


def ending(record: Any) -> str:
    """The end of a record and its basis, in words; an empty string if it has no end and does not fade."""
    if record.end is None:
        return "no end stated" if record.fades else ""
    if record.end.basis == EndBasis.NEXT_VALUE:
        return f"until the next state of affairs, {at(record.end.on)}"
    if record.end.basis == EndBasis.END_OF_STATE:
        state = next(state for state in record.states if state.pk == record.end.by)
        return f"until the end of {state}, {at(record.end.on)}"
    if record.end.on.latest is None:
        return f"had not ended before {record.end.on.spoken.removesuffix(' or later')}; no end stated"
    ended = "announced" if announcement(record, record.ends_on) else end_word(record)
    return f"{ended} {at(record.end.on)}"


def end_word(record: Any) -> str:
    """The verb for the end of a record: ended, closed or suspended."""
    if not isinstance(record, Mission):
        return "ended"
    return "suspended" if record.ending == MissionEnding.SUSPENDED else "closed"


def at(day: FuzzyDate) -> str:
    """A date with its preposition: “on 24 August 1963”, “in October 1980”, “by 2016”."""
    words = day.spoken
    if words.startswith(("by ", "some ")):
        return words
    return f"{'on' if day.precision == 'day' else 'in'} {words}"


def reach(answer: Answer) -> str:
    """The sentence with the date that the sources of an answer reach to; empty if they reach to its day."""
    if not answer.reach or answer.has_later_information:
        return ""
    return f"Its sources tell of nothing after {answer.reach.last_spoken}."


def silence(answer: Answer) -> str:
    """The sentence for an answer without a record: it is not stated, or one of the two states did not exist."""
    if answer.absent:
        endings = {"s": "s", "es": "es"} if len(answer.absent) == 1 else {"s": "", "es": ""}
        absence = in_tense(ABSENCES[answer.verdict], answer.day < localdate()).format(**endings)
        return f"{' and '.join(map(str, answer.absent))} {absence}."
    return f"{capfirst(question(answer))} is not stated."


def silences(answers: Iterable[Answer]) -> str:
    """The sentences for several answers without a record, as one text."""
    answers = list(answers)
    absences = dict.fromkeys(silence(answer) for answer in answers if answer.absent)
    questions = [question(answer) for answer in answers if not answer.absent]
    return " ".join([*absences, *([f"Not stated: {'; '.join(questions)}."] if questions else [])])


def question(answer: Answer) -> str:
    """The question that an answer is for, as an indirect clause."""
    a, b = answer.relation.country_a, answer.relation.country_b
    names: dict[str, Any] = {"pair": f"{a} and {b}", "holder": answer.holder, "other": b if answer.holder == a else a}
    return Track(str(answer.track)).question.format(**names)
