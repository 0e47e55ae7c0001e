"""Who and where: names, roles over time, and the recognition of both in a read document."""

from communique.knowledge.recognise import Knowledge

__all__ = ["Knowledge"]
