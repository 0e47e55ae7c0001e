"""Who says what: `statements(analysis, cast)`."""

from communique.attribution.statements import statements

__all__ = ["statements"]
