"""Drawings on a page: states on a map, bars of time lines, points of figures, how much is known of each time."""

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
    """The states on a map, each leading to its relation today or on a day."""
    query = f"?as_of={day.isoformat()}" if day else ""
    return html("".join(mark_of(mark, query) for mark in drawn.marks))


def mark_of(mark: Mark, query: str) -> str:
    """A state on a map in its outline; what a finger or an eye would miss has a mark beside it."""
    spot, fill = mark.spot, f"url(#fill-{mark.pattern})"
    target = f'<path class="target" d="{spot}"/>' if mark.is_small else ""
    dot = f'<path class="rim" d="{spot}"/><path class="dot" d="{spot}" stroke="{fill}"/>' if mark.is_tiny else ""
    unsure = "" if mark.is_plain else ' class="unsure"'
    return (
        f'<a href="{escaped(mark.url)}{query}"{unsure}><title>{escaped(mark.title)}</title>'
        f'<path d="{mark.shape.path}" fill="{fill}"/>\n  {target}{dot}</a>\n'
    )


def timeline_bars(drawn: Iterable[Bar]) -> SafeString:
    """States of affairs by their names, each as a bar of the days that it may have covered, and of those it did."""
    return html("".join(map(timeline_bar, drawn)))


def timeline_bar(bar: Bar) -> str:
    """A state of affairs by its name and bar; what was not so has days that may be denied, none certain."""
    is_denied = bar.record.negated
    core = f'<rect x="{bar.core_x}%" width="{bar.core_width}%" height="100%" class="certain"/>'
    return (
        f'<p class="label">{escaped(bar.label)}</p>\n<svg class="bar">'
        f'<rect x="{bar.x}%" width="{bar.width}%" height="100%" class="{"denied" if is_denied else "possible"}"/>'
        f"{core if bar.core_width and not is_denied else ''}</svg>\n"
    )


def points(drawn: Multiple) -> SafeString:
    """Figures over years, each a bar that leads to its record."""
    return html("".join(map(point, drawn.points)))


def point(drawn: Point) -> str:
    """A figure as a bar, with its year and itself in words."""
    words = escaped(f"{drawn.year}: {drawn.record.figure}")
    return (
        f'<a href="{escaped(drawn.record.get_absolute_url())}" aria-label="{words}"><title>{words}</title>'
        f'<rect class="ground" x="{drawn.x}%" y="0" width="24" height="100%"/>'
        f'<rect x="{drawn.x}%" y="{drawn.y}%" width="10" height="{drawn.height}%" class="certain"/></a>'
    )


def density_steps(steps: Iterable[Step], country: str, partner: str, actor: str) -> SafeString:
    """How much is known of each time: steps of years with their bars, each leading to its part of a chronology."""
    among = [("country", country), ("partner", partner)] if country else [("actor", actor)]
    asked = "".join(f"{name}={escaped(value)}&amp;" for name, value in among if value)
    return html("".join(density_step(step, f"{page('chronology')}?{asked}") for step in steps))


def density_step(step: Step, asked: str) -> str:
    """Some years of them."""
    number = f"{step.name}: {'more than ' if step.is_more else ''}{step.count}"
    rects = (f'<rect x="{bar.x}%" width="{bar.width}%" y="{bar.y}" height="{bar.height}"/>' for bar in step.bars)
    return (
        f'<a href="{asked}from={step.first:04d}&amp;to={step.last:04d}" aria-label="{number}">\n'
        f"  <title>{number}</title>\n"
        f'  <rect class="ground" x="{step.x}%" width="{step.width}%" y="0" height="58"/>\n  {"".join(rects)}\n'
        f'  <text x="{step.x}%" y="54">{step.first}</text>\n</a>\n'
    )
