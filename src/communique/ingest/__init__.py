"""Ingest: from paths, archives and standard input to documents that never change again.

Offsets refer to `Document.text`. That is the file's own text for `.txt` (less a byte order mark), the row's
own text for tables and JSON, the extracted article, headline first, for web pages, and a teaser's own
stretch of an archive page, whose place in the page is the number after `#` in `Document.source`.
"""

from communique.ingest.documents import document_from_text
from communique.ingest.sources import READERS, Reader, read

__all__ = ["READERS", "Reader", "document_from_text", "read"]
