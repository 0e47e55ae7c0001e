"""Who says what: `statements(analysis, cast)`."""

from communique.attribution.nesting import nested
from communique.attribution.statements import statements as _alone
from communique.records import Analysis, Cast, Statement

__all__ = ["statements"]


def statements(analysis: Analysis, cast: Cast) -> tuple[Statement, ...]:
    """Return every attribution of a document, in the order of the text, nested ones with the one that reports them."""
    return nested(_alone(analysis, cast))
