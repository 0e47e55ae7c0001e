"""Which statement reports which: "AP reported that an aide said …" is an aide's statement within AP's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.records import Statement


def nested(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return the statements, each with the id of the innermost one that reports it as `within`.

    A statement reports another when its content holds the other's words of attribution and what they attribute, and
    more: of two that hold each other, as in "X, he said, Y", neither reports the other unless it is the longer.
    """
    lengths = {statement.id: _length(statement) for statement in statements}
    chained = []
    for inner in statements:
        around = [s for s in statements if lengths[s.id] > lengths[inner.id] and _reports(s, inner)]
        closest = min(around, key=lambda s: lengths[s.id], default=None)
        chained.append(replace(inner, within=closest.id if closest else None))
    return tuple(chained)


def _length(statement: Statement) -> int:
    return sum(span.end - span.start for span in statement.content)


def _reports(outer: Statement, inner: Statement) -> bool:
    """Say whether all that `inner` points at first lies in the content of `outer`, and is not its own cue."""
    if outer.cue is not None and outer.cue == inner.cue:
        return False
    parts = [inner.content[0]] if inner.cue is None else [inner.cue, inner.content[0]]
    return all(any(span.covers(part) for span in outer.content) for part in parts)
