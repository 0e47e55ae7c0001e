"""What happened: `EventCoder(load()).events(analysis, cast, statements)`, and what of it is `disputed`."""

from communique.coding.disputes import disputed
from communique.coding.events import EventCoder
from communique.coding.patterns import Pattern, Patterns, load

__all__ = ["EventCoder", "Pattern", "Patterns", "disputed", "load"]
