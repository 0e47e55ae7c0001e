"""CoreNLP's names of PolNeAR, corrected by what the actor tables know, before a model learns from them.

    persons = surnames(names, words) of all sentences of the article, together
    names = corrected(names, words, persons)

A known name is put right where CoreNLP's own names end with it: one that lies inside a longer name ("Russian" in
"Russian Olympic Committee") is left alone. `python -m training.names --data ../shared/data` says what that gains
on the real documents of the corpus's train split, whose names were marked by hand.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from communique.language.tokens import Words

Spans = set[tuple[int, int, str]]

TABLES = "communique.knowledge"
PARTY_WORDS = (
    "Democrat Democrats Democratic Republican Republicans Muslim Muslims Christian Christians Jewish Jews "
    "Sunni Sunnis Shiite Shiites Shia Catholic Catholics Hispanic Hispanics Latino Latinos".split()
)
"""Party members, faiths and peoples that no table of states has; the corpus's guide counts them as nationalities."""
SEATS = ("White House", "Kremlin", "Pentagon", "Downing Street", "Capitol Hill", "Wall Street")
"""Places that stand for who sits there; the guide calls them places always."""
SITES = ("Twitter", "Facebook", "YouTube", "Instagram", "GOP", "ISIS")
"""Bodies that no table has under these words; from the first mistakes found in the train split."""
STATES_SHORT = (
    "Ala. Ariz. Ark. Calif. Colo. Conn. Del. D.C. Fla. Ga. Ill. Ind. Kan. Ky. La. Md. Mass. Mich. Minn. Miss. Mo. "
    "Mont. Neb. Nev. N.H. N.J. N.M. N.Y. N.C. N.D. Okla. Ore. Pa. R.I. S.C. S.D. Tenn. Tex. Vt. Va. Wash. W.Va. "
    "Wis. Wyo.".split()
)
"""States of the USA as news agencies shorten them (own knowledge)."""
NOT_ALONE = frozenset(
    "Jordan Chad Georgia Israel Sydney Victoria Lincoln Madison Paris London Austin Hope".split()
)
"""Places that are first names or surnames too: a person's label stands."""
LEAST_LETTERS = 3
"""Letters of a one-word organisation that is believed against CoreNLP's "no name": capitals throughout, NATO."""


@cache
def known() -> dict[tuple[str, ...], str]:
    """Return our label of each name of the hand-made tables, by its words."""
    found: dict[tuple[str, ...], str] = {}
    splitter = Words()

    def add(names: str, label: str) -> None:
        for name in names.split("|"):
            words = tuple(name[s:e] for s, e in splitter.of(name))
            if words and words[0][0].isupper():
                found.setdefault(words, label)

    for row in _rows("states.csv"):
        add(f"{row['name']}|{row['names']}|{row['capitals']}", "LOCATION")
        add(f"{row['adjectives']}|{row['people']}", "MISC")
    add("|".join((*SEATS, *STATES_SHORT)), "LOCATION")
    add("|".join(SITES), "ORGANIZATION")
    add("|".join(PARTY_WORDS), "MISC")
    for row in _rows("organisations.csv"):
        add(f"{row['name']}|{row['aliases']}", "ORGANIZATION")
    for row in _rows("people.csv"):
        add("|".join(n for n in f"{row['name']}|{row['aliases']}".split("|") if " " in n), "PERSON")
    return found


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files(TABLES) / "data" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def surnames(names: Sequence[str | None], words: Sequence[str]) -> set[str]:
    """Return the last words of the persons that a sentence names in full: CoreNLP is rarely wrong on these."""
    return {
        words[i]
        for i in range(1, len(words))
        if names[i] == names[i - 1] == "PERSON"
        and (i + 1 == len(words) or names[i + 1] != "PERSON")
        and words[i][0].isupper()
    }


def corrected(
    names: Sequence[str | None], words: Sequence[str], persons: Collection[str] = ()
) -> list[str | None]:
    """Return the name labels of a sentence's words with the known names put right; None stays None.

    `persons` are surnames of the article's persons, each of whom is one where it stands alone.
    """
    result = list(names)
    table, longest = known(), max(map(len, known()))
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + longest), at, -1):
            label = table.get(tuple(words[at:end]))
            if label is not None and _may_change(result, words, (at, end), label):
                result[at:end] = [label] * (end - at)
                at = end - 1
                break
        at += 1
    for at, word in enumerate(words):
        if word in persons and result[at] is not None and _alone(result, at):
            result[at] = "PERSON"
    return result


def _alone(names: Sequence[str | None], at: int) -> bool:
    """Say whether no neighbour of a word has a name's label that it has too."""
    beside = [names[i] for i in (at - 1, at + 1) if 0 <= i < len(names)]
    return names[at] == "O" or names[at] not in beside


def _may_change(
    names: Sequence[str | None], words: Sequence[str], place: tuple[int, int], label: str
) -> bool:
    """Say whether CoreNLP's names end where this one does, and whether a single word is to be believed."""
    first, end = place
    inside = names[first:end]
    if None in inside:
        return False
    if first and inside[0] != "O" and names[first - 1] == inside[0]:
        return False
    if end < len(names) and inside[-1] != "O" and names[end] == inside[-1]:
        return False
    if end - first > 1 or label == "MISC":
        return True
    if inside[0] == "PERSON" and words[first] in NOT_ALONE:
        return False
    return (
        inside[0] != "O"
        or label == "LOCATION"
        or (words[first].isupper() and len(words[first]) >= LEAST_LETTERS)
    )


def main() -> int:
    """Print how well CoreNLP's names, as they are and corrected, agree with the corpus's train split."""
    from corpus import standoff, texts

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args()
    rows = [row for _, row in standoff.real(texts.ROOT / "corpus" / "real")]
    gold = {r["doc"]: r["names"] for r in rows if r["source"] == "polnear_train" and r["split"] == "train"}
    pairs: dict[str, list[tuple[Spans, Spans]]] = {"as they are": [], "corrected": []}
    for article in _articles(options.data / "polnear_train.jsonl.gz", set(gold)):
        marked = {(n["start"], n["end"], LABELS[n["type"]]) for n in gold[article["id"]]}
        for name, correct in (("as they are", False), ("corrected", True)):
            pairs[name].append((marked, _names(article, correct)))
    for name, some in pairs.items():
        print(f"{name}: {_scores(some)}")
        for label in sorted(set(LABELS.values())):
            of = [({x for x in g if x[2] == label}, {x for x in f if x[2] == label}) for g, f in some]
            print(f"  {label:<14}{_scores(of)}")
    return 0


LABELS = {"PER": "PERSON", "ORG": "ORGANIZATION", "LOC": "LOCATION", "NAT": "MISC", "MISC": "MISC"}


def _articles(path: Path, wanted: set[str]) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if any(name in line[:200] for name in wanted):
                article = json.loads(line)
                if article["id"] in wanted:
                    yield article


def _names(article: dict[str, Any], correct: bool) -> Spans:
    text, wanted = article["text"], set(LABELS.values())
    rows = [
        ([t[4] if t[4] in wanted else "O" for t in s["tokens"]], [text[t[0] : t[1]] for t in s["tokens"]])
        for s in article["sentences"]
    ]
    persons = {name for labels, words in rows for name in surnames(labels, words)}
    found: Spans = set()
    for sentence, (labels, words) in zip(article["sentences"], rows, strict=True):
        found |= _runs(sentence["tokens"], corrected(labels, words, persons) if correct else labels)
    return found


def _runs(tokens: Sequence[Sequence[Any]], labels: Sequence[str | None]) -> Spans:
    found: Spans = set()
    start = 0
    for i in range(1, len(tokens) + 1):
        if i == len(tokens) or labels[i] != labels[start]:
            label = labels[start]
            if label is not None and label != "O":
                found.add((tokens[start][0], tokens[i - 1][1], label))
            start = i
    return found


def _scores(pairs: Sequence[tuple[Spans, Spans]]) -> str:
    right = sum(len(g & f) for g, f in pairs)
    marked, found = sum(len(g) for g, _ in pairs), sum(len(f) for _, f in pairs)
    precision, recall = right / max(1, found), right / max(1, marked)
    return f"precision {precision:.3f}, recall {recall:.3f}, F1 {2 * right / max(1, marked + found):.3f}"


if __name__ == "__main__":
    raise SystemExit(main())
