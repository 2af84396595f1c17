"""What pages of the desk show beside their forms."""

from typing import Any

from django import template
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString, mark_safe

from relations import dates, typed_dates, typed_figures
from relations.renderer import escaped

CHOSEN = ' class="selected"'
register = template.Library()


@register.inclusion_tag("admin/relations/examples.html")
def examples() -> dict[str, list[str]]:
    """How dates and figures are typed: shown by one button of the page."""
    return {
        "dates": dates.EXAMPLES.split(", "),
        "words": typed_dates.IN_WORDS.split(", "),
        "figures": typed_figures.EXAMPLES.split(", "),
    }


@register.simple_tag
def filter_links(choices: list[dict[str, Any]]) -> SafeString:
    """The values of a filter as one text: there is one for each country."""
    lines = (
        f"\n    <li{CHOSEN if each['selected'] else ''}>"
        f'\n    <a href="{escaped(iri_to_uri(each["query_string"]))}">{escaped(each["display"])}</a></li>\n  '
        for each in choices
    )
    return mark_safe("".join(lines))  # noqa: S308 - each part is escaped
