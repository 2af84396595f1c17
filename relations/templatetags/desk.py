"""What pages of the desk show beside their forms."""

from django import template

from relations import dates, typed_dates, typed_figures

register = template.Library()


@register.inclusion_tag("admin/relations/examples.html")
def examples() -> dict[str, list[str]]:
    """How dates and figures are typed: shown by one button of the page."""
    return {
        "dates": dates.EXAMPLES.split(", "),
        "words": typed_dates.IN_WORDS.split(", "),
        "figures": typed_figures.EXAMPLES.split(", "),
    }
