"""Every error that communique raises on purpose.

    CommuniqueError
    ├── SettingsError     an argument or a setting that cannot be used
    ├── InputError        a path, file or row that cannot be read; becomes a Skipped record
    ├── ModelError        a shipped model that is missing or does not match its manifest
    ├── KnowledgeError    a row of a data file that is wrong; names file and line
    ├── OntologyError     a label outside PLOVER
    ├── StoreError        the store cannot be opened or written
    └── CorpusError       an annotation that does not fit its text or the guide

Each message says what happened and what to do about it.
"""

from __future__ import annotations


class CommuniqueError(Exception):
    """Base of all errors that communique raises on purpose."""


class SettingsError(CommuniqueError):
    """An argument or a setting that cannot be used."""


class InputError(CommuniqueError):
    """A path, file or row that cannot be read."""


class ModelError(CommuniqueError):
    """A shipped model that is missing or does not match its manifest."""


class KnowledgeError(CommuniqueError):
    """A wrong row of a data file; the message names file and line."""


class OntologyError(CommuniqueError):
    """A label outside PLOVER."""


class StoreError(CommuniqueError):
    """The store cannot be opened, read or written."""


class CorpusError(CommuniqueError):
    """An annotation that does not fit its text, or a label outside the guide."""
