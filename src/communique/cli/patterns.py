"""What `communique patterns check` does: code the examples of a user's own patterns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.cli.screen import complain, counted
from communique.coding import Pattern
from communique.coding.matching import Matcher
from communique.ingest import document_from_text
from communique.pipeline import Coder
from communique.settings import Settings
from communique.syntax import Tree


def check(files: Sequence[str]) -> int:
    """Try every example, print what does not hold, and return 1 if anything does not."""
    coder = Coder(Settings(patterns=tuple(files)))
    own = [pattern for pattern in coder.coding.matcher.patterns.all if pattern.own]
    failed = [fault for pattern in own for fault in _faults(coder, pattern)]
    for fault in failed:
        complain(fault)
    examples = sum(len(pattern.yes) + len(pattern.no) for pattern in own)
    complain(
        f"{counted(len(own), 'pattern')}, {counted(examples, 'example')}, {len(failed)} not as they should be"
    )
    return 1 if failed else 0


def _faults(coder: Coder, pattern: Pattern) -> Iterator[str]:
    for sentence in pattern.yes:
        if pattern.id not in _matched(coder, sentence):
            yield f"{pattern.id}: must match, and does not: {sentence}"
    for sentence in pattern.no:
        if pattern.id in _matched(coder, sentence):
            yield f"{pattern.id}: must not match, and does: {sentence}"
    if not pattern.yes:
        yield f"{pattern.id}: has no example; give a sentence under `yes`"


def _matched(coder: Coder, sentence: str) -> set[str]:
    """Return the ids of the patterns that match in a sentence."""
    matcher: Matcher = coder.coding.matcher
    analysis = coder.language.analyse(document_from_text(sentence, language="en"))
    return {match.pattern.id for read in analysis.sentences for match in matcher.matches(Tree(read))}
