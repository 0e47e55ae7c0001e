"""Count how often words name events: python -m training.words

Writes `src/communique/coding/data/words.csv` from the real articles of the corpus's train split. Words that coders need not
have taken for an event (`may`) are not counted; of words that never name one, only the common ones are kept.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

from corpus.coded import annotated
from lemminflect import getAllLemmas

from training.annotated import sentences

TARGET = Path("src/communique/coding/data/words.csv")
COMMON = 20
"""Times a word must be seen to be kept without ever naming an event."""


def lemma(word: str) -> str:
    """Return the dictionary form of a word in small letters, as a verb first: what names an event most often is one."""
    forms = getAllLemmas(word)
    return next((forms[kind][0] for kind in ("VERB", "NOUN", "ADJ") if kind in forms), word)


def main() -> None:
    """Write the table."""
    seen: Counter[str] = Counter()
    events: dict[str, Counter[str]] = defaultdict(Counter)
    for example in sentences(annotated("corpus/real", "train")):
        for word, event in zip(example.words, example.events, strict=True):
            if event is not None:
                seen[word.lower()] += 1
                events[word.lower()].update([event] if event != "O" else [])
    lemmas = {word: lemma(word) for word in seen if any(map(str.isalpha, word))}
    telling = {own for word, own in lemmas.items() if events[word]}
    kept = sorted(w for w, own in lemmas.items() if own in telling or seen[w] >= COMMON)
    every: Counter[str] = sum(events.values(), Counter())
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("word", "lemma", "seen", "events"))
        table.writerow(("", "", seen.total(), _told(every)))
        table.writerows((word, lemmas[word], seen[word], _told(events[word])) for word in kept)
    print(f"{len(kept)} words, {every.total()} of {seen.total()} seen name an event")


def _told(events: Counter[str]) -> str:
    return "|".join(f"{category} {times}" for category, times in sorted(events.items()))


if __name__ == "__main__":
    main()
