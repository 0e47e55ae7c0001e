"""communique: who did what to whom, when and where, and who says so.

>>> from communique import Coder                                    # doctest: +SKIP
>>> Coder().code_text("Russia condemned the strike.").events        # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.pipeline import Coder
    from communique.store import Store

from communique.errors import CommuniqueError
from communique.records import (
    Block,
    BlockKind,
    Cast,
    Claimant,
    Coded,
    Dispute,
    Document,
    Entity,
    Event,
    Member,
    Skipped,
    Span,
    Statement,
)
from communique.settings import Settings

__all__ = [
    "Block",
    "BlockKind",
    "Cast",
    "Claimant",
    "Coded",
    "Coder",
    "CommuniqueError",
    "Dispute",
    "Document",
    "Entity",
    "Event",
    "Member",
    "Settings",
    "Skipped",
    "Span",
    "Statement",
    "Store",
]


def __getattr__(name: str) -> Any:
    """Load the heavy parts when they are first asked for, so that importing costs little."""
    if name == "Coder":
        from communique.pipeline import Coder

        return Coder
    if name == "Store":
        from communique.store import Store

        return Store
    raise AttributeError(f"module 'communique' has no attribute {name!r}")
