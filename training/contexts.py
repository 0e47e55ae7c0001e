"""Train the model of contexts: python -m training.contexts

Topics come from the words of all training articles, labelled or not (a truncated singular value
decomposition); the weights of each context from the documents of corpus/ (split `train`) and its written
reports. Prints the micro F1 of five-fold cross-validation over the real training documents, picks the
threshold by it, writes src/communique/coding/data/contexts.npz and prints the line for models.toml.
Documents of the split `dev` are left out, unlabelled too. `--folds-only` writes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from corpus import standoff, texts, written
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from communique.coding.contexts import LEAST_OF_FIRST, MOST, Topics, WordLists, words
from communique.ontology import plover

SHIPPED = Path("src/communique/coding/data/contexts.npz")
UNLABELLED = ("world_news", "latin_america_news", "muc4_train", "polnear_train")
WIDTH = 100
"""Topics. 100 gave 0.718 in cross-validation without the lists, 200 gave 0.700."""
LEAST_DOCUMENTS, MOST_DOCUMENTS = 8, 0.5
"""A term stands in at least so many articles, and in at most this share of them."""
STRENGTH = 10.0
"""C of the logistic regression; 3 and 30 were lower by 0.01."""
FEWEST_LABELS = 5
"""Documents that a context needs for weights of its own; the others share one weight of their lists."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document with its contexts."""

    words: list[str]
    contexts: frozenset[str]
    real: bool


@dataclass(frozen=True, slots=True)
class Views:
    """The two views of the documents, and what is right."""

    topics: NDArray[np.float32]
    lists: NDArray[np.float32]
    right: NDArray[np.bool_]

    def at(self, rows: NDArray[np.int64]) -> Views:
        """Return those of some documents."""
        return Views(self.topics[rows], self.lists[rows], self.right[rows])


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights of each context."""

    topics: NDArray[np.float32]
    lists: NDArray[np.float32]
    bias: NDArray[np.float32]

    def shares(self, views: Views) -> NDArray[np.float32]:
        """Return the likelihood of each context in each document."""
        scores = views.topics @ self.topics.T + views.lists * self.lists + self.bias
        return 1 / (1 + np.exp(-scores))


def labelled() -> list[Labelled]:
    """Return the training documents of the corpus and its written reports."""
    rows = [row for _, row in standoff.real() if row["split"] == "train"]
    reports = [row for row in written.written()[0] if row["kind"] == "report"]
    return [Labelled(words(_text(r)), frozenset(r["contexts"]), "text" not in r) for r in (*rows, *reports)]


def _text(row: dict[str, Any]) -> str:
    if "text" in row:
        return str(row["text"])
    source = texts.document(row["doc"])
    return _titled(source.title, source.text)


def _titled(title: str | None, text: str) -> str:
    return f"{title}\n\n{text}" if title and title not in text[: 2 * len(title) + 200] else text


def unlabelled() -> Iterator[list[str]]:
    """Yield the words of every training article that is not in the split `dev`."""
    held = {row.id for row in texts.listed().values() if row.split == "dev"}
    for source in UNLABELLED:
        for one in texts.loaded(source).values():
            if one.id not in held:
                yield words(_titled(one.title, one.text))


def topics_of(articles: Sequence[list[str]]) -> tuple[list[str], NDArray[Any], NDArray[Any]]:
    """Return the terms, how rare each is, and their topics (terms, WIDTH)."""
    spread = Counter(word for article in articles for word in set(article))
    most = MOST_DOCUMENTS * len(articles)
    terms = sorted(
        word
        for word, count in spread.items()
        if LEAST_DOCUMENTS <= count <= most and len(word) > 1 and word not in ENGLISH_STOP_WORDS
    )
    places = {term: place for place, term in enumerate(terms)}
    rarity = np.log(len(articles) / np.array([spread[term] for term in terms]))
    decomposition = TruncatedSVD(WIDTH, n_iter=3, random_state=0)
    decomposition.fit(_matrix(articles, places, rarity))
    return terms, rarity, decomposition.components_.T


def _matrix(articles: Sequence[list[str]], places: dict[str, int], rarity: NDArray[Any]) -> csr_matrix:
    starts, columns, values = [0], [], []
    for article in articles:
        found = [(places[w], 1 + math.log(n)) for w, n in Counter(article).items() if w in places]
        row = np.array([weight * rarity[place] for place, weight in found])
        columns += [place for place, _ in found]
        values += (row / max(float(np.linalg.norm(row)), 1e-9)).tolist()
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(articles), len(places)))


def fit(views: Views) -> Fitted:
    """Return the weights; contexts with few documents share one weight of their own lists."""
    count = views.right.shape[1]
    shared = LogisticRegression(C=STRENGTH).fit(views.lists.reshape(-1, 1), views.right.reshape(-1))
    fitted = Fitted(
        np.zeros((count, views.topics.shape[1]), np.float32),
        np.full(count, shared.coef_[0, 0], np.float32),
        np.full(count, shared.intercept_[0], np.float32),
    )
    for label in np.flatnonzero(views.right.sum(0) >= FEWEST_LABELS):
        both = np.hstack([views.topics, views.lists[:, [label]]])
        model = LogisticRegression(C=STRENGTH, max_iter=300).fit(both, views.right[:, label])
        fitted.topics[label] = model.coef_[0, :-1]
        fitted.lists[label] = model.coef_[0, -1]
        fitted.bias[label] = model.intercept_[0]
    return fitted


def given(shares: NDArray[np.float32], threshold: float) -> NDArray[np.bool_]:
    """Return the contexts that a threshold gives, as `Contexts.of_text` does."""
    order = np.argsort(np.argsort(-shares, axis=1), axis=1)
    return ((shares >= threshold) & (order < MOST)) | ((order == 0) & (shares >= LEAST_OF_FIRST))


def micro(right: NDArray[np.bool_], found: NDArray[np.bool_]) -> float:
    """Return micro F1."""
    return float(2 * (right & found).sum() / (right.sum() + found.sum()))


def cross_validated(views: Views, real: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return the shares of the real documents, each by a model that did not see it."""
    shares = np.zeros(views.right.shape, np.float32)
    rows, always = np.flatnonzero(real), np.flatnonzero(~real)
    for train, held in KFold(FOLDS, shuffle=True, random_state=0).split(rows):
        model = fit(views.at(np.concatenate([rows[train], always])))
        shares[rows[held]] = model.shares(views.at(rows[held]))
    return shares[rows]


def ship(target: Path, labels: Sequence[str], terms: Sequence[str], arrays: dict[str, NDArray[Any]]) -> None:
    """Write the file, topics as int8 with a scale for each, and print its line for models.toml."""
    scales = np.abs(arrays["topics"]).max(0) / 127
    stored = {
        **arrays,
        "topics": np.round(arrays["topics"] / scales).astype(np.int8),
        "scales": scales.astype(np.float32),
        "rarity": arrays["rarity"].astype(np.float16),
        "labels": np.frombuffer("\n".join(labels).encode(), np.uint8),
        "terms": np.frombuffer("\n".join(terms).encode(), np.uint8),
    }
    np.savez_compressed(target, **stored)
    data = target.read_bytes()
    print(f'"coding/data/{target.name}" = "{hashlib.sha256(data).hexdigest()}"  # {len(data) / 1e6:.1f} MB')


def main() -> None:
    """Train as the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folds-only", action="store_true", help="cross-validate and write nothing")
    parser.add_argument("--target", type=Path, default=SHIPPED)
    options = parser.parse_args()
    labels = sorted(plover().contexts)
    documents, lists = labelled(), WordLists.load(labels)
    terms, rarity, topics = topics_of(list(unlabelled()))
    reader = Topics(terms, rarity.astype(np.float32), topics.astype(np.float32))
    views = Views(
        np.array([reader.vector(one.words) for one in documents]),
        np.array([lists.rates(one.words) for one in documents]),
        np.array([[label in one.contexts for label in labels] for one in documents]),
    )
    real = np.array([one.real for one in documents])
    print(f"{len(documents)} documents, {real.sum()} of them real; {len(terms)} terms")
    shares = cross_validated(views, real)
    scores = {t / 100: micro(views.right[real], given(shares, t / 100)) for t in range(14, 52, 2)}
    best = max(scores, key=scores.__getitem__)
    print(f"five folds: micro F1 {scores[best]:.3f} at threshold {best:.2f}")
    for place in np.argsort(-views.right[real].sum(0)):
        right, found = views.right[real][:, [place]], given(shares, best)[:, [place]]
        print(f"    {labels[place]:<24}{right.sum():>4}  {micro(right, found) if right.any() else 0:.2f}")
    if not options.folds_only:
        model = fit(views)
        arrays = {"topics": topics, "rarity": rarity, "of_topics": model.topics, "of_lists": model.lists}
        ship(options.target, labels, terms, arrays | {"bias": model.bias, "threshold": np.array(best)})


if __name__ == "__main__":
    main()
