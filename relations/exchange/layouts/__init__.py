"""Files in the layouts of other registers, for users who have code that reads these.

What their columns cannot express is left out, never approximated: what did not happen, what was only sought or
discussed, what has no certain place. Our own columns at the end link to the record.
"""

from relations.exchange.layouts import diplomatic_exchange, plover, sipri
from relations.exchange.layouts.layout import Layout

__all__ = ["LAYOUTS", "Layout", "diplomatic_exchange"]

LAYOUTS: tuple[Layout, ...] = (*sipri.LAYOUTS, *plover.LAYOUTS)
