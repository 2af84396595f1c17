"""Renders table rows, lines and sentences without templates, from the pieces in `drawn.py`."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import slugify

from relations import chronology
from relations.models import ArmsTransfer, Citation, Mission, Observation, Passage, Record
from relations.models.vocabularies import Modality, Stance
from relations.phrasing import announcement, at, beginning, field_in_words
from relations.renderer import escaped
from relations.views.dossiers import Line
from relations.views.drawn import (
    badge,
    beginning_of,
    deal_of,
    end_of,
    fuzzy_date,
    hedge,
    html,
    legal_of,
    line,
    linked,
    modality_of,
    number,
    refs_of,
    seat,
    undelivered,
)
from relations.views.links import page
from relations.views.overview import Glance, Row, WithLastAct
from relations.wording import heading, title

# Relations on a day


def since_of(row: Glance) -> str:
    """The beginnings of the periods that state the legal status of a relation."""
    return "; ".join(map(beginning_of, row.legal.records))


def last_act_of(row: WithLastAct) -> str:
    """The date of the last dated act of a relation, linked to its record; empty if there is none."""
    return linked(row.last, row.last_on.spoken, heading(row.last)) if row.last else ""  # type: ignore[union-attr]


def listed(row: Row, number: int, of: str) -> str:
    """The number of records of a type between the two states, linked to their list; empty if there are none."""
    a, b = row.relation.natural_key()
    return f'<a href="{escaped(page(of))}?country={a}&amp;partner={b}">{number}</a>' if number else ""


def relation_rows(rows: Iterable[Row], when: str) -> SafeString:
    """The rows of the list of relations; `when` is the heading of the column with their status."""
    return html("".join(relation_row(row, when) for row in rows))


def relation_row(row: Row, when: str) -> str:
    """A row of the list of relations."""
    relation = row.relation
    said = "".join(f"{refs_of(period)} " for period in row.legal.records)
    return (
        f'<tr><th scope="row">{linked(relation, heading(relation))} <code>{relation.code}</code></th>\n'
        f'<td data-label="{escaped(when)}">{legal_of(row.legal)}</td>\n'
        f'<td data-label="Since">{since_of(row)}</td>\n'
        f'<td data-label="Missions">{listed(row, row.missions, "mission-list")}</td>\n'
        f'<td data-label="Deals">{listed(row, row.deals, "armstransfer-list")}</td>\n'
        f'<td data-label="Last dated act">{last_act_of(row)}</td>\n'
        f'<td data-label="Said in">{said}</td></tr>\n'
    )


def partner_row(row: WithLastAct, code: str) -> SafeString:
    """A relation on the page of one of its states: the other state, and the status today."""
    return html(
        f'<tr>\n  <th scope="row">{linked(row.relation, str(row.relation.other_than(code)))}</th>\n'
        f'  <td data-label="Today">{legal_of(row.legal)}</td>\n'
        f'  <td data-label="Since">{since_of(row)}</td>\n'
        f'  <td data-label="Last dated act">{last_act_of(row)}</td>\n</tr>\n'
    )


def partner_rows(rows: Iterable[WithLastAct], code: str) -> SafeString:
    """The relations on the page of one of their states."""
    return html("".join(partner_row(row, code) for row in rows))


def at_a_glance(rows: Iterable[tuple[Any, Glance]]) -> SafeString:
    """Relations with the same status, each as a linked name with the beginning of that status."""
    named = (f"{linked(row.relation, str(name))}{''.join(map(brief, row.legal.records))}" for name, row in rows)
    between = '<span class="unseen">,</span></span> <span>'
    return html(f"<span>{between.join(named)}</span>")


def brief(period: Any) -> str:
    """The beginning of a period in a few words, and its hedge, each if there is one."""
    day, words = period.began_on, ""
    if day:
        words = f"announced {at(day)}" if announcement(period, "began_on") else beginning(period)
    since = f'<span class="definition">{escaped(words)}</span>' if words else ""
    return f" {since} {badge(hedge(period))}"


# Records in the tables on the page of a thing


def mission_rows(missions: Iterable[Mission]) -> SafeString:
    """A table row for each mission."""
    return html("".join(map(mission_row, missions)))


def transfer_rows(transfers: Iterable[ArmsTransfer]) -> SafeString:
    """A table row for each arms transfer."""
    return html("".join(map(transfer_row, transfers)))


def observation_rows(observations: Iterable[Observation]) -> SafeString:
    """A table row for each observation."""
    return html("".join(map(observation_row, observations)))


def chronology_lines(entries: Iterable[chronology.Line]) -> SafeString:
    """A line for each entry of a chronology."""
    return html("".join(line(entry.record, entry.day, entry.what) for entry in entries))


def mission_row(mission: Mission) -> SafeString:
    """The row of a mission: title, seat, beginning, end, sources."""
    return html(
        f'<tr>\n  <th scope="row">{linked(mission, title(mission))}</th>\n'
        f'  <td data-label="Sits in">{seat(mission)}</td>\n'
        f'  <td data-label="Opened">{beginning_of(mission)}</td>\n'
        f'  <td data-label="Ended">{end_of(mission)}</td>\n{said_in(mission)}</tr>\n'
    )


def transfer_row(transfer: ArmsTransfer) -> SafeString:
    """The row of an arms transfer: title, order, delivery, number, status, sources."""
    return html(
        f'<tr>\n  <th scope="row">{linked(transfer, title(transfer))}</th>\n'
        f'  <td data-label="Ordered">{fuzzy_date(transfer.ordered_on, "not stated")}</td>\n'
        f'  <td data-label="Delivered">{fuzzy_date(transfer.delivered_on, "not stated")}</td>\n'
        f'  <td data-label="Number">{number(transfer)}</td>\n'
        f'  <td data-label="Deal">{deal_of(transfer)}</td>\n{said_in(transfer)}</tr>\n'
    )


def observation_row(observation: Observation) -> SafeString:
    """The row of an observation: title, period, figure, sources."""
    return html(
        f'<tr>\n  <th scope="row">{linked(observation, title(observation))}</th>\n'
        f'  <td data-label="Period">{fuzzy_date(observation.period)}</td>\n'
        f'  <td data-label="Figure">{escaped(observation.figure)}</td>\n{said_in(observation)}</tr>\n'
    )


def said_in(record: Record) -> str:
    """The cell with the modality of a record and links to its sources."""
    return f'  <td data-label="Sources say">{modality_of(record)} {refs_of(record)}</td>\n'


# Sentences of a dossier


def dossier_lines(lines: Iterable[Line]) -> SafeString:
    """The sentences of a dossier, each with the numbers of its notes."""
    return html("\n".join(map(dossier_line, lines)))


def dossier_line(line: Line) -> str:
    """A sentence with its date before it and further facts after it."""
    day = f"{escaped(line.day)}: " if line.day else ""
    sentence = f'<a href="{escaped(line.url)}">{escaped(line.words)}</a>'
    return f"<li>{day}{sentence}{escaped(line.more)}{numbers_of(line)}</li>"


def numbers_of(line: Line) -> SafeString:
    """The numbers of the notes of a sentence, linked to them."""
    notes = (
        f'<sup><a class="note" href="#place-{number}" aria-label="Place {number}">{number}</a></sup>'
        for number in line.numbers
    )
    return html("<sup>,</sup>".join(notes))


def dossier_places(notes: Iterable[tuple[int, Citation]]) -> SafeString:
    """The notes of a dossier: numbered places, each with its source and its digest."""
    return html("\n".join(dossier_place(number, citation) for number, citation in notes))


def dossier_place(number: int, citation: Citation) -> str:
    """A numbered place, linked to its sentence and its source."""
    passage, source, url = citation.passage, citation.source, escaped(citation.source.get_absolute_url())
    where = f'<a href="{url}{passage.ref}/">{escaped(passage.ref)}</a>' if passage else escaped(citation.locator)
    issued = f", {fuzzy_date(source.issued_on)}" if source.issued_on else ""
    digest = f". In our words: {escaped(passage.digest)}" if passage and passage.digest else ""
    of = f'<cite><a href="{url}">{escaped(source.title)}</a></cite>'
    return f'<li id="place-{number}">{where} in {of}{issued}{digest}</li>'


# Evidence on the pages of sources


def sentence_of(passage: Passage, *, is_of_many: bool = False) -> SafeString:
    """A sentence of a document: its coverage, its text if public, its digest, and what it is evidence for."""
    ref = f'<a class="ref" href="{escaped(passage.get_absolute_url())}">{escaped(passage.ref)}</a> ' * is_of_many
    coverage: str = passage.coverage  # type: ignore[attr-defined]
    evidence: list[Citation] = passage.evidence_for  # type: ignore[attr-defined]
    lines = [f'<p class="where">{ref}<span class="coverage-is {slug_of(coverage)}">{coverage}</span></p>']
    if passage.source.text_is_public and hasattr(passage, "loaded"):
        lines.append(f"<blockquote>{escaped(passage.loaded.text)}</blockquote>")
    if passage.digest:
        lines.append(f'<p class="digest">{escaped(passage.digest)} <span class="ours">In our words.</span></p>')
    if passage.out_of_scope_reason:
        lines.append(f'<p class="definition">Out of scope: {escaped(passage.out_of_scope_reason)}</p>')
    if evidence:
        lines += ['<ul class="links" aria-label="Evidence for">', *map(evidence_line, evidence), "</ul>"]
    return html("\n".join(lines))


slug_of = lru_cache(maxsize=10)(slugify)


def evidence_line(citation: Citation) -> str:
    """What a sentence is cited for, with the stance, modality and hedge of the citation."""
    target = citation.target
    said = [
        linked(target, heading(target)),
        f'<span class="happened">{deal_of(target)}</span>' if undelivered(target) else "",  # type: ignore[arg-type]
        "" if citation.stance == Stance.SUPPORTS else badge(Stance(citation.stance)),
        f'<span class="definition">{escaped(field_in_words(citation, target))}</span>' if citation.field else "",
        badge(Modality(citation.modality)) if citation.modality else "",
        f'<q class="hedge">{escaped(citation.hedge)}</q>' if citation.hedge else "",
    ]
    return f"<li>{' '.join(filter(None, said))}</li>"


def located_line(place: list[Citation]) -> SafeString:
    """What a row or another place of a source is evidence for, with the cited columns."""
    target = place[0].target
    columns = "".join(
        f' <span class="definition">{escaped(field_in_words(citation, target))}'
        f"{'' if citation is place[-1] else ','}</span>"
        for citation in place
        if citation.field
    )
    locator = f'<span class="definition">{escaped(place[0].locator)}</span>'
    return html(f"<li>{locator} {linked(target, heading(target))}{columns}</li>")
