"""Marked pairs: how they are encoded, and what is read from the model's scores."""

from __future__ import annotations

import json

import numpy as np
import pytest

from communique import models
from communique.coding.classifier import Classifier, Labels, MarkedPair
from communique.ontology import plover
from communique.records import Span

LABELS = Labels.read(
    json.dumps(
        {
            "categories": ["AGREE", "RETREAT"],
            "modes": [["RETREAT", None], ["RETREAT", "withdraw"], ["RETREAT", "release"]],
            "temperature": 1.5,
        }
    )
)


@pytest.mark.parametrize(
    ("category", "scores", "mode"),
    [
        ("RETREAT", [0.1, 2.0, -1.0], "withdraw"),
        ("RETREAT", [2.1, 2.0, -1.0], None),
        ("AGREE", [0.1, 2.0, -1.0], None),
    ],
)
def test_the_mode_is_the_likeliest_of_its_category(
    category: str, scores: list[float], mode: str | None
) -> None:
    assert LABELS.mode(category, np.array(scores, np.float32)) == mode


def test_the_shipped_model_knows_every_category_and_every_mode() -> None:
    labels = Labels.read(models.model("classifier").path("classes.json").read_text(encoding="utf-8"))
    assert set(labels.categories) == set(plover().categories)
    told = {(category, mode) for category, mode in labels.modes if mode is not None}
    assert told == {(name, mode) for name, row in plover().categories.items() for mode in row.modes}
    assert labels.temperature > 0


def test_pairs_are_answered_in_order_with_shares_that_sum_to_one() -> None:
    texts = ["Norway praised Peru.", "On Monday the soldiers of Norway shot at the soldiers of Peru."]
    pairs = [
        MarkedPair(text, Span(text.index("Norway"), text.index("Norway") + 6), None)
        for text in (*texts, *texts[:1])
    ]
    first, second, again = Classifier.load().classify(pairs)
    assert first.shares == pytest.approx(again.shares, abs=0.02)
    assert first.category != second.category
    for answer in (first, second):
        assert sum(answer.shares.values()) == pytest.approx(1.0, abs=1e-4)
        assert answer.confidence == max(answer.shares.values())
