"""Template tags of the desk: HTML that is rendered in Python for speed, and the examples of dates and figures."""

from typing import Any
from urllib.parse import quote

from django import template
from django.contrib.admin.helpers import Fieldset
from django.contrib.admin.templatetags.admin_list import ResultList, result_headers
from django.contrib.admin.views.main import ChangeList
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString, mark_safe

from relations import dates, typed_dates, typed_figures
from relations.admin.lines import line_as_html
from relations.admin.menu import application_as_html
from relations.admin.rows import rows_as_html
from relations.renderer import escaped

CHOSEN = ' class="selected"'
register = template.Library()


@register.inclusion_tag("admin/relations/examples.html")
def examples() -> dict[str, list[str]]:
    """Examples of how dates and figures may be typed, shown by a button of the page."""
    return {
        "dates": dates.EXAMPLES.split(", "),
        "words": typed_dates.IN_WORDS.split(", "),
        "figures": typed_figures.EXAMPLES.split(", "),
    }


@register.simple_tag
def filter_links(choices: list[dict[str, Any]]) -> SafeString:
    """The links of a filter; rendered in Python, because some have one for each country."""
    lines = (
        f"\n    <li{CHOSEN if each['selected'] else ''}>"
        f'\n    <a href="{escaped(iri_to_uri(each["query_string"]))}">{escaped(each["display"])}</a></li>\n  '
        for each in choices
    )
    return mark_safe("".join(lines))  # noqa: S308 - each part is escaped


@register.inclusion_tag("admin/change_list_results.html")
def rows_html(cl: ChangeList) -> dict[str, Any]:
    """The rows of a change list, as Django's `result_list`; the template gets the HTML of all rows as a single one."""
    headers, rows = [*result_headers(cl)], "</tr>\n<tr>".join(rows_as_html(cl))
    return {
        "result_headers": headers,
        "num_sorted_fields": sum(header["sortable"] and header["sorted"] for header in headers),
        "results": [ResultList(None, [mark_safe(rows)])] if rows else [],  # noqa: S308 - each part is escaped
    }


@register.simple_tag
def lines_html(fieldset: Fieldset) -> SafeString:
    """The lines of a fieldset."""
    return mark_safe("\n".join(map(line_as_html, fieldset)))  # noqa: S308 - each part is escaped


@register.simple_tag(takes_context=True)
def menu_html(context: template.Context, app_list: list[Any], has_lists: bool) -> SafeString:
    """The list of apps and their models."""
    here = quote(context["request"].path)
    return mark_safe("\n".join(application_as_html(app, here, has_lists) for app in app_list))  # noqa: S308 - as above
