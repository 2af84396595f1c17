"""Files in the columns of other registers, for whom code that reads these is at hand.

What their columns cannot hold is left out and never rounded into them: what did not happen, what was only sought or
talked about, what has no certain place. Columns of ours at the end lead back to the record.
"""

from relations.exchange.layouts import diplomatic_exchange, plover, sipri
from relations.exchange.layouts.layout import Layout

__all__ = ["LAYOUTS", "Layout", "diplomatic_exchange"]

LAYOUTS: tuple[Layout, ...] = (*sipri.LAYOUTS, *plover.LAYOUTS)
