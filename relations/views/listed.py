"""Renders the table rows of the lists of records and sources, by type, without templates."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString

from relations.models import ArmsTransfer, Event, Mission, Observation, RelationPeriod, Source
from relations.models.terms import term_of
from relations.models.vocabularies import Verdict
from relations.renderer import escaped
from relations.views.drawn import (
    badge,
    beginning_of,
    deal_of,
    end_of,
    fuzzy_date,
    html,
    linked,
    modality_of,
    number,
    seat,
)
from relations.wording import title


def listed_rows(things: Iterable[Any]) -> SafeString:
    """A table row for each record or source."""
    return html("".join(f"<tr>{CELLS[type(thing)](thing)}</tr>\n" for thing in things))


def title_cell(record: Any) -> str:
    """The header cell of a row: the linked title of a record."""
    return f'<th scope="row">{linked(record, title(record))}</th>\n'


def modality_cell(record: Any) -> str:
    """The cell with the modality of a record."""
    return f'<td data-label="How sure">{modality_of(record)}</td>\n'


def lasting_cells(record: Any, began: str) -> str:
    """The cells with beginning, end and title of a period or mission, and its verdict if a day is given."""
    verdict = ""
    if day := getattr(record, "as_of", None):
        verdict = f'<td data-label="On {date_format(day, "j F Y")}">{badge(Verdict(record.verdict))}</td>\n'
    return (
        f'<td class="when" data-label="{began}">{beginning_of(record)}</td>\n'
        f'<td class="when" data-label="Ended">{end_of(record)}</td>\n{title_cell(record)}{verdict}'
    )


def period(record: RelationPeriod) -> str:
    track = f'<td data-label="Track">{badge(term_of(record, "track"))}</td>\n'
    return f"{lasting_cells(record, 'Began')}{track}{modality_cell(record)}"


def mission(record: Mission) -> str:
    place = f'<td data-label="Sits in">{seat(record)}</td>\n'
    return f"{lasting_cells(record, 'Opened')}{place}{modality_cell(record)}"


def event(record: Event) -> str:
    kind = term_of(record, "kind")
    return (
        f'<td class="when">{fuzzy_date(record.happened_on)}</td>\n{title_cell(record)}'
        f'<td data-label="Who">{escaped(", ".join(record.who))}</td>\n'  # type: ignore[attr-defined]
        f'<td data-label="Kind">{escaped(kind.label if kind else "")}</td>\n{modality_cell(record)}'
    )


def deal(record: ArmsTransfer) -> str:
    return (
        f'<td class="when" data-label="Ordered">{fuzzy_date(record.ordered_on, "not stated")}</td>\n'
        f'<td class="when" data-label="Delivered">{fuzzy_date(record.delivered_on, "not stated")}</td>\n'
        f'{title_cell(record)}<td data-label="Number">{number(record)}</td>\n'
        f'<td data-label="Deal">{deal_of(record)}</td>\n{modality_cell(record)}'
    )


def observation(record: Observation) -> str:
    return (
        f'<td class="when">{fuzzy_date(record.period)}</td>\n{title_cell(record)}'
        f'<td data-label="Figure">{escaped(record.figure)}</td>\n{modality_cell(record)}'
    )


def source(document: Source) -> str:
    return (
        f'<td class="when" data-label="Published">{fuzzy_date(document.issued_on, "not stated")}</td>\n'
        f'<th scope="row">{linked(document, document.title)}</th>\n'
        f'<td data-label="Type">{escaped(document.get_csl_type_display())}</td>\n'
        f'<td data-label="Speaks until">{fuzzy_date(document.speaks_until, "not stated")}</td>\n'
        f'<td data-label="Licence">{escaped(document.licence or "that of the register")}</td>\n'
    )


CELLS: dict[type, Callable[[Any], str]] = {
    RelationPeriod: period,
    Mission: mission,
    Event: event,
    ArmsTransfer: deal,
    Observation: observation,
    Source: source,
}
