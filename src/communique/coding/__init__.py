"""What happened: `EventCoder(load()).events(analysis, cast, statements)`."""

from communique.coding.events import EventCoder
from communique.coding.patterns import Pattern, Patterns, load

__all__ = ["EventCoder", "Pattern", "Patterns", "load"]
