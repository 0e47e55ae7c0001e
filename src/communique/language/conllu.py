"""CoNLL-U: sentences of given words in, the same lines with our tree out; and an analysis as CoNLL-U.

    for sentence in read(lines, "talks.conllu"):
        ...
        out.write(sentence.with_tree(parse, lemmas))

Comments, ranges of multiword tokens and empty nodes stay as they were given, and so do the columns
that nothing here predicts: FEATS, DEPS and MISC.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from communique.errors import InputError
from communique.records import Analysis, Sentence, Token

COLUMNS = 10
_RANGE, _EMPTY = re.compile(r"([1-9]\d*)-([1-9]\d*)"), re.compile(r"(\d+)\.([1-9]\d*)")


@dataclass(frozen=True, slots=True)
class GivenSentence:
    """One sentence of a CoNLL-U file: its lines as they stand, and which of them are words."""

    lines: tuple[str, ...]
    places: tuple[int, ...]
    """Index into `lines` of each word, in order."""

    @property
    def words(self) -> list[str]:
        """The forms of the words."""
        return [self.lines[place].split("\t")[1] for place in self.places]

    def with_tree(self, tokens: Sequence[Token]) -> str:
        """Return the sentence's lines with lemma, tags, head and relation of the tokens, and a blank line."""
        lines = list(self.lines)
        for place, token in zip(self.places, tokens, strict=True):
            fields = lines[place].split("\t")
            fields[2:5] = token.lemma, token.pos, token.tag
            fields[6:8] = str(token.head + 1), token.relation
            lines[place] = "\t".join(fields)
        return "\n".join(lines) + "\n\n"


def read(lines: Iterable[str], source: str) -> Iterator[GivenSentence]:
    """Yield the sentences of a CoNLL-U file, lazily. Raises InputError, naming file and line, on what is none."""
    block: list[str] = []
    number = 0
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\r\n")
        if line.strip():
            block.append(line)
        elif block:
            yield _sentence(block, f"{source}:{number - len(block)}")
            block = []
    if block:
        yield _sentence(block, f"{source}:{number - len(block) + 1}")


def _sentence(block: list[str], where: str) -> GivenSentence:
    """Check the lines of one sentence, of which the first stands at `where`."""
    source, _, first = where.rpartition(":")
    places: list[int] = []
    ranges = 0
    for place, line in enumerate(block):
        here = f"{source}:{int(first) + place}"
        if line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != COLUMNS:
            raise InputError(
                f"{here}: {len(fields)} columns instead of {COLUMNS}, parted by tabs; this is no CoNLL-U"
            )
        ranges = max(ranges, _checked_id(fields[0], len(places), here))
        if fields[0].isdigit():
            if not fields[1].strip():
                raise InputError(f"{here}: a word without a form")
            places.append(place)
    if not places:
        raise InputError(f"{where}: a sentence without words; delete it or give it some")
    if ranges > len(places):
        raise InputError(f"{where}: a range of words goes up to {ranges}, but there are {len(places)} words")
    return GivenSentence(tuple(block), tuple(places))


def _checked_id(id_: str, before: int, here: str) -> int:
    """Return the last word that an id names; raise InputError if it cannot follow `before` words."""
    if id_.isascii() and id_.isdigit():
        if int(id_) != before + 1:
            raise InputError(f"{here}: word {id_} where word {before + 1} was due; number words from 1")
        return int(id_)
    if found := _RANGE.fullmatch(id_):
        if int(found[1]) == before + 1 and int(found[2]) > before:
            return int(found[2])
        raise InputError(f"{here}: the range {id_} stands before word {before + 1}, where it does not begin")
    if found := _EMPTY.fullmatch(id_):
        if int(found[1]) == before:
            return before
        raise InputError(f"{here}: the empty node {id_} stands after word {before}")
    raise InputError(f"{here}: {id_!r} is no id; ids are like 8, 8-9 or 8.1")


def written(analysis: Analysis) -> str:
    """Return a document's sentences as CoNLL-U, with its id, the text of each, and where no blank follows."""
    document = analysis.document
    parts = [f"# newdoc id = {document.id}\n"] if analysis.sentences else []
    for number, sentence in enumerate(analysis.sentences, 1):
        text = " ".join(sentence.span.of(document.text).split())
        parts.append(f"# sent_id = {document.id}-{number}\n# text = {text}\n")
        parts += _rows(sentence)
        parts.append("\n")
    return "".join(parts)


def _rows(sentence: Sentence) -> Iterator[str]:
    following = [token.span.start for token in sentence.tokens[1:]] + [-1]
    for number, (token, after) in enumerate(zip(sentence.tokens, following, strict=True), 1):
        misc = "SpaceAfter=No" if token.span.end == after else "_"
        row = (str(number), token.text, token.lemma, token.pos, token.tag, "_")
        yield "\t".join((*row, str(token.head + 1), token.relation, "_", misc)) + "\n"
