"""Reading: sentences, words, tags, dependencies, names and the parts of attributions.

    reader = Reader.load()
    analysis = reader.analyse(document)

The encoder, its pieces and spaCy's tokenizer stay in here; other stages see `Analysis`.
"""

from communique.language.interchange import to_spacy
from communique.language.reader import Reader

__all__ = ["Reader", "to_spacy"]
