"""Words of a paragraph, with exact offsets: spaCy's English tokenizer and what news adds to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

TITLES = frozenset(
    "Adm. Amb. Brig. Capt. Cmdr. Col. Cpl. Dr. Fr. Gen. Gov. Hon. Lt. Maj. Mr. Mrs. Ms. Msgr. Pres. "
    "Prof. Rep. Reps. Rev. Sen. Sens. Sgt. Sr. Sra. St. Supt. Cardl. Mt. Pte. Pvt. No. Nos. vs.".split()
)
"""Written before a name or a number: a sentence never ends after one of these."""

ABBREVIATIONS = frozenset(
    "U.S. U.N. U.K. E.U. U.A.E. U.S.A. U.S.S.R. D.C. L.A. N.Y. P.M. A.M. p.m. a.m. Jr. Inc. Corp. Co. Ltd. "
    "Bros. Dept. etc. e.g. i.e. Jan. Feb. Mar. Apr. Aug. Sept. Sep. Oct. Nov. Dec. Ph.D. S.A. C.V.".split()
)
"""Keep their full stop; a sentence may end after one."""

_ODD_APOSTROPHES = "‘`´ʼ′"
PLAIN = {f"{mark}s": "'s" for mark in _ODD_APOSTROPHES}
"""A genitive as some pages have it, and as it is read."""


class Words:
    """Splits paragraphs into words."""

    def __init__(self) -> None:
        """Build the tokenizer; takes half a second, of which spaCy's import is nearly all."""
        from spacy.lang.en import English
        from spacy.symbols import ORTH
        from spacy.util import compile_infix_regex, compile_suffix_regex

        pipeline = English()
        cast(
            Any, pipeline.vocab
        ).lex_attr_getters.clear()  # the features of each new word, which nothing here asks for
        self._tokenizer = cast("Tokenizer", pipeline.tokenizer)
        infixes = [*English.Defaults.infixes, r"(?<=[A-Za-z]\.)-(?=[a-z])", r"(?<=[A-Za-z0-9])[\[\](]"]
        self._tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
        suffixes = [*(English.Defaults.suffixes or ()), rf"(?<=\w)[{_ODD_APOSTROPHES}]s"]
        self._tokenizer.suffix_search = compile_suffix_regex(suffixes).search
        capitals = {short.upper() for short in TITLES | ABBREVIATIONS} - {"NO."}
        for short in TITLES | ABBREVIATIONS | capitals:
            self._tokenizer.add_special_case(short, [{ORTH: short}])

    def of(self, text: str, offset: int = 0) -> list[tuple[int, int]]:
        """Return (start, end) of each word of a paragraph that begins at `offset` of its document."""
        from spacy.attrs import IDX, LENGTH

        places = self._tokenizer(text).to_array([IDX, LENGTH]).astype(np.int64)
        pairs: list[list[int]] = np.add(places, (offset, 0)).tolist()
        return [(s, s + n) for s, n in pairs if not text[s - offset : s - offset + n].isspace()]
