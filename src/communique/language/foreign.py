"""A spaCy pipeline of the user's own in the place of our reading model: `spacy:en_core_web_trf`.

Paragraphs, sentences, words and dictionary forms stay ours; the pipeline gives tags, trees and names.
Parts of attributions it does not know: statements then come from rules alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from communique.errors import ModelError
from communique.language.clear import Heads, to_universal
from communique.language.reader import GOLD, Parse

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PREFIX = "spacy:"
NAMES = {
    "PERSON": "PERSON", "PER": "PERSON",
    "ORG": "ORGANIZATION", "ORGANIZATION": "ORGANIZATION",
    "GPE": "LOCATION", "LOC": "LOCATION", "FAC": "LOCATION", "LOCATION": "LOCATION",
    "NORP": "MISC", "EVENT": "MISC", "LAW": "MISC", "PRODUCT": "MISC", "WORK_OF_ART": "MISC",
    "LANGUAGE": "MISC", "MISC": "MISC",
}  # fmt: skip
"""The labels of OntoNotes and of CoNLL-2003 as ours; dates, numbers and money are no names."""

_PROBE = "Rebels attacked the convoy ."
_NEEDED = {"DEP": "a parser", "TAG": "a tagger", "POS": "an attribute ruler or a morphologizer"}
_UNSPACED_BEFORE = frozenset(
    ". , ; : ? ! % ) ] } ” ’ 's ’s n't n’t 're ’re 've ’ve 'll ’ll 'd ’d 'm ’m".split()
)
_UNSPACED_AFTER = frozenset("( [ { “ ‘ $ £ €".split())


class SpacyParser:
    """Parses given words with a spaCy pipeline."""

    def __init__(self, pipeline: Language, name: str) -> None:
        """Take over a loaded pipeline; raises ModelError, saying what it lacks, if it draws no trees."""
        self._pipeline = pipeline
        probe = pipeline(self._doc(_PROBE.split()))
        lacking = [part for layer, part in _NEEDED.items() if not probe.has_annotation(layer)]
        if lacking:
            raise ModelError(
                f"the spaCy pipeline {name!r} cannot read for communique: it lacks {', '.join(lacking)}"
            )

    @classmethod
    def load(cls, name: str) -> SpacyParser:
        """Load a pipeline by the name of its package or the folder it lies in; raises ModelError if it is not there."""
        import spacy

        try:
            return cls(spacy.load(name), name)
        except OSError as error:
            raise ModelError(
                f"there is no spaCy pipeline {name!r} on this machine; install it (python -m spacy download {name}), "
                "give the folder of one, or leave out --reader"
            ) from error
        except (ImportError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise ModelError(f"the spaCy pipeline {name!r} cannot be loaded: {reason}") from error

    def parse(
        self,
        words: Sequence[list[str]],
        quotation: Sequence[list[int]],  # noqa: ARG002 - what only our own model is shown
        convention: int = GOLD,  # noqa: ARG002
    ) -> list[Parse]:
        """Return the parse of each sentence of given words, in the order given."""
        docs = (self._doc(sentence) for sentence in words)
        return [_parse(doc) for doc in self._pipeline.pipe(docs)]

    def _doc(self, words: list[str]) -> Doc:
        from spacy.tokens import Doc

        following = [*words[1:], "."]
        spaces = [
            word not in _UNSPACED_AFTER and after not in _UNSPACED_BEFORE
            for word, after in zip(words, following, strict=True)
        ]
        starts: list[bool | int | None] = [i == 0 for i in range(len(words))]
        return Doc(self._pipeline.vocab, words=words, spaces=spaces, sent_starts=starts)


def _parse(doc: Doc) -> Parse:
    heads = [-1 if token.head.i == token.i else token.head.i for token in doc]
    tree = Heads(
        [token.text for token in doc],
        [token.tag_ for token in doc],
        [token.pos_ for token in doc],
        [_name(token.ent_type_, token.text, token.ent_iob_) for token in doc],
        heads,
        ["ROOT" if head < 0 else token.dep_ for head, token in zip(heads, doc, strict=True)],
    )
    to_universal(tree)
    _join_roots(tree)
    return Parse(
        [head + 1 for head in tree.heads],
        tree.relations,
        tree.tags,
        list(tree.pos),
        list(tree.names),
        ["O"] * len(doc),
    )


def _name(label: str, word: str, place: str) -> str:
    """Return our label of a word; an article in front belongs to no name."""
    return "O" if place == "B" and word.lower() == "the" else NAMES.get(label, "O")


def _join_roots(tree: Heads) -> None:
    """Hang all but the first root on it: the sentence is ours, and it is one."""
    roots = [i for i, head in enumerate(tree.heads) if head < 0]
    for other in roots[1:]:
        tree.attach(other, roots[0], "parataxis")
