"""What the templates say in the same way everywhere: dates, terms, headings, fields with their evidence."""

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
from relations.views.links import address, given, page
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
    """What this register is called, and all else that its file says of it."""
    return settings.REGISTER


@register.simple_tag(takes_context=True)
def link(context: template.Context, name: str, words: str) -> SafeString:
    """A link of the navigation, marked where it leads to the page at hand, or to the list that this is of."""
    url, request = page(name), context.get("request")
    here = request.path if request else ""
    current = "page" if here == url else "true" if here.startswith(url) else ""
    marked = f' aria-current="{current}"' if current else ""
    return drawn.html(f'<a href="{escaped(url)}"{marked}>{escaped(words)}</a>')


@register.simple_tag(takes_context=True)
def sorted_by(context: template.Context, name: str, words: str) -> str:
    """The head of a column by which a list can be sorted, marked where it is."""
    form, request = context["form"], context["request"]
    sort = form.fields["sort"].sorts[name]
    direction = "descending" if sort.descending else "ascending"
    return format_html(
        '<th scope="col"{}><a rel="nofollow" href="{}" title="Sort: {}">{}</a></th>',
        format_html(' aria-sort="{}"', direction) if form.cleaned_data["sort"] is sort else "",
        address(request.path, [*given(request, without=("sort", "after")), ("sort", name)]),
        *(sort.label, words),
    )


@register.simple_tag(takes_context=True)
def canonical(context: template.Context) -> str:
    """The one address of a page: of a record or thing the permanent one, of a list that with its filters."""
    request = context["request"]
    parameters = [] if hasattr(context["view"], "object") else given(request)
    return request.build_absolute_uri(address(request.path, parameters))


@register.simple_tag(takes_context=True)
def report_url(context: template.Context) -> str:
    """What begins a mail about an error on the page; nothing where nobody takes any."""
    return settings.REGISTER.report_url(canonical(context))


@register.filter
def coded(text: str) -> SafeString:
    """A help text in which names of columns stand between backticks."""
    return mark_safe(re.sub("`([^`]+)`", r"<code>\1</code>", conditional_escape(text)))  # noqa: S308 - escaped here


@register.filter
def takes(schema: dict[str, Any]) -> str:
    """What a parameter of the API takes, in words."""
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
    """The whole register, described for those who collect data sets."""
    return schema.element(schema.dataset(base_address(context["request"])))


@register.simple_tag
def the_event(reference: Reference) -> str:
    """The event of a page, described for those who collect them; what did not happen is none."""
    event = reference.thing
    return "" if event.negated else schema.element(schema.event(event, reference.title, reference.url))


@register.filter
def term(instance: Model, name: str) -> Vocabulary | None:
    """The term that a column of a record or thing holds; None where the column is empty or no closed list."""
    return term_of(instance, name)


@register.filter
def day_of(record: Record) -> FuzzyDate | str:
    """The date that places a record among others: that of its beginning, or else of its end."""
    return getattr(record, record.starts_on) or getattr(record, record.ends_on)


@register.filter
def type_of(record: Record) -> str:
    """What the type of a record is called."""
    return str(record._meta.verbose_name)


@register.filter
def marked_title(excerpts: Excerpts, record: Record) -> SafeString:
    """What a record is called, with the words marked that a search found it by."""
    return excerpts.title(record)


@register.filter
def marked_line(excerpts: Excerpts, found: Any) -> SafeString:
    """A line of its text around the first of these words."""
    return excerpts.line(found)


@register.filter
def for_field(evidence: Evidence, name: str) -> list[Any]:
    """The numbered citations that are for one field of the record."""
    return evidence.for_field(name)


@register.filter
def for_participant(evidence: Evidence, key: str) -> list[Any]:
    """The numbered citations that are for one participant of the record."""
    return evidence.for_participant(key)


@register.filter
def clause(record: Any) -> str:
    """What a state of affairs says, in the past where it has ended."""
    return capfirst(phrasing.clause(record, bool(record.end and record.end.on.latest)))


@register.filter
def label(record: Model, name: str) -> str:
    """The label of the term in a column."""
    found = term_of(record, name)
    return found.label if found else ""


@register.inclusion_tag("relations/parts/row.html", takes_context=True)
def row(context: template.Context, name: str, label: str = "", absent: str = NOT_STATED) -> dict[str, Any]:
    """A field of the page's record: its label, its value in words, and the evidence that is for it alone."""
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
