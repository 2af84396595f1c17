"""Renders the SVG of maps, timelines, charts of figures, and the density of entries by year."""

from collections.abc import Iterable
from datetime import date

from django.utils.safestring import SafeString

from relations.density import Step
from relations.renderer import escaped
from relations.views.charts import Bar, Multiple, Point
from relations.views.drawn import html
from relations.views.links import page
from relations.views.maps import Map, Mark


def marks(drawn: Map, day: date | None = None) -> SafeString:
    """The states on a map, each linked to its relation today or on a day."""
    query = f"?as_of={day.isoformat()}" if day else ""
    return html("".join(mark_of(mark, query) for mark in drawn.marks))


def mark_of(mark: Mark, query: str) -> str:
    """The outline of a state; small ones get a larger click target, tiny ones also a visible dot."""
    spot, fill = mark.spot, f"url(#fill-{mark.pattern})"
    target = f'<path class="target" d="{spot}"/>' if mark.is_small else ""
    dot = f'<path class="rim" d="{spot}"/><path class="dot" d="{spot}" stroke="{fill}"/>' if mark.is_tiny else ""
    unsure = "" if mark.is_plain else ' class="unsure"'
    return (
        f'<a href="{escaped(mark.url)}{query}"{unsure}><title>{escaped(mark.title)}</title>'
        f'<path d="{mark.shape.path}" fill="{fill}"/>\n  {target}{dot}</a>\n'
    )


def timeline_bars(drawn: Iterable[Bar]) -> SafeString:
    """The bars of a timeline with their labels."""
    return html("".join(map(timeline_bar, drawn)))


def timeline_bar(bar: Bar) -> str:
    """A bar with its label; a negated record has no core of certain days."""
    is_denied = bar.record.negated
    core = f'<rect x="{bar.core_x}%" width="{bar.core_width}%" height="100%" class="certain"/>'
    return (
        f'<p class="label">{escaped(bar.label)}</p>\n<svg class="bar">'
        f'<rect x="{bar.x}%" width="{bar.width}%" height="100%" class="{"denied" if is_denied else "possible"}"/>'
        f"{core if bar.core_width and not is_denied else ''}</svg>\n"
    )


def points(drawn: Multiple) -> SafeString:
    """The bars of a chart of figures, each linked to its record."""
    return html("".join(map(point, drawn.points)))


def point(drawn: Point) -> str:
    """The bar of a figure, with its year and value as a title."""
    words = escaped(f"{drawn.year}: {drawn.record.figure}")
    return (
        f'<a href="{escaped(drawn.record.get_absolute_url())}" aria-label="{words}"><title>{words}</title>'
        f'<rect class="ground" x="{drawn.x}%" y="0" width="24" height="100%"/>'
        f'<rect x="{drawn.x}%" y="{drawn.y}%" width="10" height="{drawn.height}%" class="certain"/></a>'
    )


def density_steps(steps: Iterable[Step], country: str, partner: str, actor: str) -> SafeString:
    """The density of entries by year, in steps that are linked to these years of the chronology."""
    filters = [("country", country), ("partner", partner)] if country else [("actor", actor)]
    query = "".join(f"{name}={escaped(value)}&amp;" for name, value in filters if value)
    return html("".join(density_step(step, f"{page('chronology')}?{query}") for step in steps))


def density_step(step: Step, url: str) -> str:
    """One step with its bars; `url` is that of the chronology up to its years."""
    number = f"{step.name}: {'more than ' if step.is_more else ''}{step.count}"
    rects = (f'<rect x="{bar.x}%" width="{bar.width}%" y="{bar.y}" height="{bar.height}"/>' for bar in step.bars)
    return (
        f'<a href="{url}from={step.first:04d}&amp;to={step.last:04d}" aria-label="{number}">\n'
        f"  <title>{number}</title>\n"
        f'  <rect class="ground" x="{step.x}%" width="{step.width}%" y="0" height="58"/>\n  {"".join(rects)}\n'
        f'  <text x="{step.x}%" y="54">{step.first}</text>\n</a>\n'
    )
