"""Template tags and filters of the public pages: dates, terms, headings, links, fields with their evidence."""

import re
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.db.models import Model
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from config.register import Register
from relations import phrasing
from relations.dates import FuzzyDate
from relations.exchange.exports import TYPES, base_address
from relations.models import Record
from relations.models.figure import FigureValue, without_zeros
from relations.models.terms import term_of
from relations.models.vocabularies import Vocabulary
from relations.renderer import escaped
from relations.views import drawings, drawn, rows, schema
from relations.views.evidence import Evidence
from relations.views.excerpts import Excerpts
from relations.views.links import address, page, query_parameters
from relations.views.listed import listed_rows
from relations.views.references import Reference
from relations.wording import column_label, denial, heading, title

NOT_STATED = "not stated in the sources"

register = template.Library()

register.filter("heading", heading)
register.filter("called", title)
register.filter("denial", denial)
register.filter("said", phrasing.sentence)
register.filter("reach", phrasing.reach)
register.filter("matter_in", phrasing.field_in_words)
register.filter("silence", phrasing.silence)
register.filter("silences", phrasing.silences)
register.filter("hedge", drawn.hedge)
register.filter("undelivered", drawn.undelivered)
register.filter("ending", drawn.ending)
for draw in (
    *(page, drawn.fuzzy_date, drawn.beginning_of, drawn.end_of, drawn.badge, drawn.modality_of, drawn.deal_of),
    *(drawn.hedges_in_line, drawn.hedges_beside_name, drawn.refs_of, drawn.note_numbers, drawn.noted),
    *(drawn.number, drawn.line),
    *(drawings.marks, drawings.timeline_bars, drawings.points, drawings.density_steps),
    *(listed_rows, rows.at_a_glance, rows.relation_rows, rows.partner_rows),
    *(rows.mission_rows, rows.transfer_rows, rows.observation_rows, rows.sentence_of, rows.located_line),
    *(rows.chronology_lines, rows.dossier_lines, rows.dossier_places, rows.numbers_of),
):
    register.simple_tag(draw)


@register.simple_tag
def the_register() -> Register:
    """The settings of this register from `register.toml`, such as its title."""
    return settings.REGISTER


@register.simple_tag(takes_context=True)
def link(context: template.Context, name: str, words: str) -> SafeString:
    """A link of the navigation with aria-current: `page` for the current page, `true` for a page below it."""
    url, request = page(name), context.get("request")
    here = request.path if request else ""
    current = "page" if here == url else "true" if here.startswith(url) else ""
    marked = f' aria-current="{current}"' if current else ""
    return drawn.html(f'<a href="{escaped(url)}"{marked}>{escaped(words)}</a>')


@register.simple_tag(takes_context=True)
def sorted_by(context: template.Context, name: str, words: str) -> str:
    """The header cell of a column that sorts the list, with aria-sort if the list is sorted by it."""
    form, request = context["form"], context["request"]
    sort = form.fields["sort"].sorts[name]
    direction = "descending" if sort.descending else "ascending"
    return format_html(
        '<th scope="col"{}><a rel="nofollow" href="{}" title="Sort: {}">{}</a></th>',
        format_html(' aria-sort="{}"', direction) if form.cleaned_data["sort"] is sort else "",
        address(request.path, [*query_parameters(request, without=("sort", "after")), ("sort", name)]),
        *(sort.label, words),
    )


@register.simple_tag(takes_context=True)
def canonical(context: template.Context) -> str:
    """The canonical URL of a page: without parameters for a record or thing, with its filters for a list."""
    request = context["request"]
    parameters = [] if hasattr(context["view"], "object") else query_parameters(request)
    return request.build_absolute_uri(address(request.path, parameters))


@register.simple_tag(takes_context=True)
def report_url(context: template.Context) -> str:
    """The mailto: URL for reporting an error on the page; empty if the register has no address for that."""
    return settings.REGISTER.report_url(canonical(context))


@register.filter
def coded(text: str) -> SafeString:
    """A help text as HTML, with names of columns between backticks as code."""
    return mark_safe(re.sub("`([^`]+)`", r"<code>\1</code>", conditional_escape(text)))  # noqa: S308 - escaped here


@register.filter
def takes(schema: dict[str, Any]) -> str:
    """The allowed values of a parameter of the API in words, from its schema."""
    if "items" in schema:
        return f"any of: {takes(schema['items'])}"
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if "minimum" in schema:
        return f"{schema['minimum']} to {schema['maximum']}"
    return str(schema.get("pattern") or schema.get("format") or "text")


@register.filter
def media_type(file_format: str) -> str:
    """The media type of a format of files."""
    return TYPES[file_format.lower()].partition(";")[0]


@register.simple_tag(takes_context=True)
def the_dataset(context: template.Context) -> str:
    """The schema.org description of the register as a data set."""
    return schema.element(schema.dataset(base_address(context["request"])))


@register.simple_tag
def the_event(reference: Reference) -> str:
    """The schema.org description of the event of a page; empty if the event is negated."""
    event = reference.thing
    return "" if event.negated else schema.element(schema.event(event, reference.title, reference.url))


@register.filter
def term(instance: Model, name: str) -> Vocabulary | None:
    """The term in a column of a record or thing; None if the column is empty or has no closed list."""
    return term_of(instance, name)


@register.filter
def day_of(record: Record) -> FuzzyDate | str:
    """The date by which a record is sorted: its beginning, or else its end."""
    return getattr(record, record.starts_on) or getattr(record, record.ends_on)


@register.filter
def type_of(record: Record) -> str:
    """The name of the type of a record."""
    return str(record._meta.verbose_name)


@register.filter
def marked_title(excerpts: Excerpts, record: Record) -> SafeString:
    """The title of a record with the words marked that a search found it by."""
    return excerpts.title(record)


@register.filter
def marked_line(excerpts: Excerpts, found: Any) -> SafeString:
    """A line of the text of a result around the first marked word."""
    return excerpts.line(found)


@register.filter
def for_field(evidence: Evidence, name: str) -> list[Any]:
    """The numbered citations for one field of the record."""
    return evidence.for_field(name)


@register.filter
def for_participant(evidence: Evidence, key: str) -> list[Any]:
    """The numbered citations for one participant of the record."""
    return evidence.for_participant(key)


@register.filter
def clause(record: Any) -> str:
    """The statement of a period as a sentence, in the past tense if it has ended."""
    return capfirst(phrasing.clause(record, bool(record.end and record.end.on.latest)))


@register.filter
def label(record: Model, name: str) -> str:
    """The label of the term in a column."""
    found = term_of(record, name)
    return found.label if found else ""


@register.inclusion_tag("relations/parts/row.html", takes_context=True)
def row(context: template.Context, name: str, label: str = "", absent: str = NOT_STATED) -> dict[str, Any]:
    """A row of the table of fields of a record: label, value in words, and the citations for this field."""
    record = context["object"]
    value = getattr(record, name)
    kind = "text"
    if isinstance(value, FuzzyDate):
        kind = "date"
    elif isinstance(value, FigureValue):
        kind = "figure"
    elif isinstance(value, Model):
        kind = "link"
    elif isinstance(value, Decimal):
        kind, value = "number", without_zeros(value)
    elif term := term_of(record, name):
        kind, value = "term", term
    return {
        "label": label or column_label(name).capitalize(),
        "kind": kind,
        "value": value,
        "absent": absent,
        "notes": context["evidence"].for_field(name),
    }
