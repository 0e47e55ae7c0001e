"""Who speaks in transcripts, interviews and press releases: "Q:", "MR. SPICER:", "Ana Ruiz:", "From the Ministry:".

A label at the head of a paragraph opens a turn. In a transcript the turn goes on over paragraphs until the next label;
in an article a name and a colon speak for their own paragraph only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from communique.attribution.cues import cues
from communique.attribution.passages import Page
from communique.participants import Participants
from communique.records import Entity, Member, Span

QUESTION = re.compile(r"(?P<name>Q|Question|QUESTION)(?P<cue>[:.]|(?=[ \t]{2}))\s")
ANSWER = re.compile(r"(?P<name>A|Answer|ANSWER)(?P<cue>[:.]|(?=[ \t]{2}))\s")
LABEL = re.compile(
    r"[“\"]?(?P<name>[^\W\d_][^\n:?!;“”\"()]{0,50}?)(?:[ \t]*\([^()\n]{1,60}\))?[ \t]*(?P<cue>:)(?=\s|$)"
)
RELEASE = re.compile(
    r"(?:From|(?:Statement|Remarks|Message|Communiqué|Letter)[ ](?:by|from|of))[ ](?P<name>[^\n:]{2,80}?)[ \t]*(?P<cue>:)(?=\s|$)"
)
LABEL_WORDS = 5
"""Words of a recurring label: longer lines before a colon are sentences."""
TRANSCRIPT = 3
"""Labelled paragraphs from which on a text is a transcript, and turns go on. Chosen by reading; not measured."""
SURNAME = 4
"""Letters of a label's last word by which a paragraph is known to speak of the speaker, and not to be his."""
SPEAKERS = frozenset({"person", "organisation"})
ISSUERS = SPEAKERS | {"state", "group"}


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says from one label to the next."""

    source: Entity
    label: Span
    """The name and the mark after it."""
    cue: Span
    first: int
    """Number of the sentence that the label stands in."""
    words: frozenset[int]
    polarity: str
    goes_on: bool
    """Whether it may run over paragraphs; else it is one name and a colon."""


@dataclass(frozen=True, slots=True)
class _Label:
    """A paragraph that begins with what can be the name of a speaker."""

    paragraph: int
    name: Span
    cue: Span
    kind: str
    """question, answer, release, title, known (somebody of the cast) or name."""
    text: str


def turns(laid: Page, participants: Participants) -> tuple[Turn, ...]:
    """Return the turns of a document in order; none in most."""
    paragraphs = laid.paragraphs
    labels = _sure([label for n in range(len(paragraphs)) if (label := _label(laid, n, participants))])
    ends = [label.paragraph for label in labels[1:]] + [len(paragraphs)] * bool(labels)
    transcript = _goes_on(labels)
    found = []
    for label, end in zip(labels, ends, strict=True):
        going = transcript or _opens_release(laid, label)
        last = _last(laid, label, end) if going else label.paragraph
        words = _words(laid, label, paragraphs[last][1])
        if label.kind == "question" or any(laid.words[i].pos in {"VERB", "AUX"} for i in words):
            found.append(
                Turn(
                    source=_source(label, participants),
                    label=Span(label.name.start, max(label.cue.end, label.name.end)),
                    cue=label.cue,
                    first=paragraphs[label.paragraph][0],
                    words=words,
                    polarity="asks" if label.kind == "question" else "asserts",
                    goes_on=going,
                )
            )
    return tuple(found)


def _words(laid: Page, label: _Label, last: int) -> frozenset[int]:
    """The words behind a label, to the end of the sentence `last`."""
    first = laid.paragraphs[label.paragraph][0]
    behind = (i for number in range(first, last + 1) for i in laid.sentence(number))
    return frozenset(i for i in behind if laid.words[i].span.start >= label.cue.end)


# --------------------------------------------------------------------------- labels


def _label(laid: Page, paragraph: int, participants: Participants) -> _Label | None:
    """Return what a paragraph begins with, if it can be a label."""
    first, last = laid.paragraphs[paragraph]
    start, end = laid.trees[first].sentence.span.start, laid.trees[last].sentence.span.end
    for kind, pattern in (("question", QUESTION), ("answer", ANSWER), ("release", RELEASE), ("name", LABEL)):
        match = pattern.match(laid.text, start, end + 1)
        if match is None:
            continue
        name = Span(*match.span("name"))
        told = _kind(kind, name, laid.text, participants)
        return _Label(paragraph, name, Span(*match.span("cue")), told, name.of(laid.text)) if told else None
    return None


def _kind(kind: str, name: Span, text: str, participants: Participants) -> str:
    """Say what a label is, or nothing where it is none."""
    if kind in {"question", "answer"}:
        return kind
    inside = [member for span, member in participants.mentions if name.covers(span)]
    if kind == "release":
        return kind if any(member.kind in ISSUERS for member in inside) else ""
    if any(span == name and member.kind in SPEAKERS for span, member in participants.mentions):
        return "known"
    words = name.of(text).replace(".", " ").split()
    if words[0] == "THE" or words[0].lower() == "the":
        words = words[1:]
    if words and words[0].lower() in cues().titles and all(w[0].isupper() for w in words):
        return "title"
    few = 0 < len(words) <= LABEL_WORDS and all(w[0].isupper() or not w[0].isalpha() for w in words)
    return "name" if few and all(member.kind != "place" for member in inside) else ""


def _sure(labels: Sequence[_Label]) -> list[_Label]:
    """Leave out what only looks like a label: an answer to no question, a name that does not come again."""
    times = Counter(label.text for label in labels)
    asked = any(label.kind == "question" for label in labels)
    several = len({label.text for label in labels if label.kind != "name" or times[label.text] > 1}) > 1

    def holds(label: _Label) -> bool:
        if label.kind == "answer":
            return asked
        if label.kind == "name":
            return several and (times[label.text] > 1 or asked)
        return True

    return [label for label in labels if holds(label)]


# --------------------------------------------------------------------------- how far a turn goes


def _goes_on(labels: Sequence[_Label]) -> bool:
    """Say whether turns run over paragraphs: in an interview of questions and answers, and where labels are many."""
    return len(labels) >= TRANSCRIPT or {"question", "answer"} <= {label.kind for label in labels}


def _opens_release(laid: Page, label: _Label) -> bool:
    """Say whether nothing stands behind the colon of "From the Ministry:" in its own paragraph."""
    last = laid.paragraphs[label.paragraph][1]
    return label.kind == "release" and laid.trees[last].sentence.span.end <= label.cue.end


def _last(laid: Page, label: _Label, end: int) -> int:
    """Return the last paragraph of a turn: the one before the next label, or before one that names the speaker."""
    surname = label.text.split()[-1].lower()
    paragraphs = laid.paragraphs
    for number in range(label.paragraph + 1, end):
        first, last = paragraphs[number]
        words = {t.text.lower() for n in range(first, last + 1) for t in laid.trees[n].tokens}
        if label.kind in {"known", "title", "name"} and len(surname) >= SURNAME and surname in words:
            return number - 1
    return end - 1


# --------------------------------------------------------------------------- who it is


def _source(label: _Label, participants: Participants) -> Entity:
    """The speaker by the label's words, and who of the cast that is."""
    own = Entity(label.name, label.text)
    if label.kind in {"question", "answer"}:
        return own
    return next(_named(label, participants), own)


def _named(label: _Label, participants: Participants) -> Iterator[Entity]:
    span = label.name
    inside = [pair for pair in participants.mentions if span.covers(pair[0]) and pair[1].kind in ISSUERS]
    if label.kind != "release":
        inside = [pair for pair in inside if pair[0].end == span.end]
    known = max(inside, key=lambda pair: pair[0].end - pair[0].start, default=None)
    if known is not None:
        yield replace(participants.entity(*known), span=span, text=label.text)
    yield from same_name(span, label.text, participants)


def same_name(span: Span, text: str, participants: Participants) -> Iterator[Entity]:
    """Yield the person of the cast whose name has, or is had by, the words of `text`, if there is just one."""
    words = {word.strip(".,").casefold() for word in text.split()} - cues().titles - {"the"}
    fitting: dict[str, tuple[Span, Member]] = {}
    for mention, member in participants.mentions:
        own = set(member.name.casefold().split())
        if member.kind == "person" and words and (words <= own or (len(own) > 1 and own <= words)):
            fitting.setdefault(member.id, (mention, member))
    if len(fitting) == 1:
        yield replace(participants.entity(*next(iter(fitting.values()))), span=span, text=text)
