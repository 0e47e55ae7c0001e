"""CoreNLP's version 1 dependencies brought to Universal Dependencies 2, as EWT writes it.

Labels are renamed, obliques told from nominal modifiers, coordinators and commas moved to the conjunct
that follows them, and names of persons headed by their first word. Hyphenated words are split as EWT
and spaCy split them. A relation of None means: not to be learned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

RENAMED = {
    "dobj": "obj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "mwe": "fixed",
    "name": "flat",
    "foreign": "flat",
    "nmod:npmod": "nmod:unmarked",
    "nmod:tmod": "nmod:unmarked",
}
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])|(?<=[A-Za-z]\.)-(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Row:
    """A word of a silver sentence; `head` counts from 0, -1 for the root."""

    word: str
    tag: str | None
    name: str | None
    head: int
    relation: str | None
    role: str


def to_version_two(rows: list[Row]) -> list[Row]:
    """Return the sentence with version 2 heads and labels."""
    rows = [_renamed(row, rows) for row in rows]
    rows = _coordinated(rows)
    return _named(rows)


def _renamed(row: Row, rows: list[Row]) -> Row:
    tag = "IN" if row.tag == "TO" and row.relation == "case" else row.tag
    if row.relation in ("dep", "nmod", "nmod:npmod", "nmod:tmod", "neg"):
        return replace(row, tag=tag, relation=_told_apart(row, rows))
    return replace(row, tag=tag, relation=RENAMED.get(row.relation or "", row.relation))


def _told_apart(row: Row, rows: list[Row]) -> str | None:
    if row.relation == "dep" or row.head < 0:
        return None
    if row.relation == "neg":
        return "det" if row.tag == "DT" else "advmod"
    clausal = (rows[row.head].tag or "").startswith(("VB", "JJ", "RB"))
    if row.relation != "nmod":
        return "obl:unmarked" if clausal else "nmod:unmarked"
    if not clausal:
        return "nmod"
    return "obl:agent" if _agent(row, rows) else "obl"


def _agent(row: Row, rows: list[Row]) -> bool:
    here = next(i for i, other in enumerate(rows) if other is row)
    by = any(r.head == here and r.relation == "case" and r.word.lower() == "by" for r in rows)
    head = rows[row.head]
    passive = any(r.head == row.head and r.relation in ("auxpass", "nsubjpass") for r in rows)
    return by and head.tag == "VBN" and (passive or head.relation == "acl")


def _coordinated(rows: list[Row]) -> list[Row]:
    """Attach coordinators, and commas between conjuncts, to the conjunct that follows them."""
    conjuncts: dict[int, list[int]] = {}
    for i, row in enumerate(rows):
        if row.relation == "conj":
            conjuncts.setdefault(row.head, []).append(i)
    result = []
    for i, row in enumerate(rows):
        following = [c for c in conjuncts.get(row.head, []) if c > i > row.head]
        moves = row.relation == "cc" or (row.relation == "punct" and row.word in (",", ";"))
        result.append(replace(row, head=following[0]) if moves and following else row)
    return result


def _named(rows: list[Row]) -> list[Row]:
    """Head each person's name by its first word; what hung on its last word moves there too."""
    moved: dict[int, int] = {}
    rows = list(rows)
    for last, row in enumerate(rows):
        first = last
        while first and _same_name(rows, first - 1, last):
            first -= 1
        if first == last or row.relation in ("compound", None):
            continue
        moved[last] = first
        rows[first] = replace(rows[first], head=row.head, relation=row.relation)
        for i in range(first + 1, last + 1):
            rows[i] = replace(rows[i], head=first, relation="flat")
    return [_follow(row, i, moved) for i, row in enumerate(rows)]


def _same_name(rows: list[Row], i: int, last: int) -> bool:
    row = rows[i]
    return (
        row.name == rows[last].name == "PERSON"
        and row.relation == "compound"
        and row.head == last
        and (row.tag or "").startswith("NNP")
    )


def _follow(row: Row, i: int, moved: dict[int, int]) -> Row:
    if row.relation == "flat" or row.head not in moved or moved[row.head] == i:
        return row
    title = row.relation == "compound" and i < moved[row.head] and row.name != "PERSON"
    return replace(row, head=moved[row.head], relation="nmod:desc" if title else row.relation)


def split_hyphens(rows: list[Row]) -> list[Row]:
    """Split hyphenated words; the last part inherits the place in the tree, the others learn none."""
    parts = [_HYPHEN.split(row.word) for row in rows]
    ends, count = [], 0
    for part in parts:
        count += 2 * len(part) - 1
        ends.append(count - 1)
    result: list[Row] = []
    for row, part in zip(rows, parts, strict=True):
        head = ends[row.head] if row.head >= 0 else -1
        result += _parts(replace(row, head=head), part)
    return result


def _parts(row: Row, part: list[str]) -> list[Row]:
    if len(part) == 1:
        return [row]
    kept = row.name == "PERSON" or all(piece[:1].isupper() for piece in part)
    row = replace(row, name=row.name if kept or row.name == "O" else None)
    result = []
    for piece in part[:-1]:
        result.append(replace(row, word=piece, tag=None, relation=None))
        result.append(replace(row, word="-", tag="HYPH", relation=None))
    return [*result, replace(row, word=part[-1], tag=row.tag)]
