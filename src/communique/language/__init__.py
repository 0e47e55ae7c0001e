"""Reading: sentences, words, tags, dependencies, names and the parts of attributions.

    reader = Reader.load()
    analysis = reader.analyse(document)
    doc = to_spacy(analysis)

The encoder, its pieces and spaCy's tokenizer stay in here; other stages see `Analysis`: its `Sentence`s
with their `Token`s and `Mention`s.
"""

from communique.language.interchange import to_spacy
from communique.language.reader import Reader
from communique.records import Analysis, Mention, Sentence, Token

__all__ = ["Analysis", "Mention", "Reader", "Sentence", "Token", "to_spacy"]
