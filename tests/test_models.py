"""The manifest of shipped models and the check of their files."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from communique import models
from communique.errors import ModelError


def test_every_listed_file_is_there_and_has_the_listed_hash() -> None:
    for model in models.manifest().values():
        for name in model.files:
            assert model.path(name).is_file()


def test_every_model_says_what_it_was_made_from_and_how_good_it_is() -> None:
    for model in models.manifest().values():
        assert {"task", "data", "command", "date", "card"} <= set(model.made)
        assert model.scores
        assert all(0 < score <= 1 for score in model.scores.values())


def test_a_changed_file_is_refused_with_its_hash_and_what_to_do() -> None:
    model = models.model("reading")
    name = "language/data/labels.json"
    changed = replace(model, files={name: "0" * 64})
    with pytest.raises(ModelError, match=re.escape(model.files[name])) as raised:
        changed.path("labels.json")
    assert "Install communique again" in str(raised.value)


def test_a_missing_file_is_named() -> None:
    absent = replace(models.model("reading"), files={"language/data/absent.onnx": "0" * 64})
    with pytest.raises(ModelError, match=r"absent\.onnx, which is missing"):
        absent.path("absent.onnx")


def test_an_unlisted_file_is_refused() -> None:
    with pytest.raises(ModelError, match="lists no file"):
        models.model("reading").path("other.bin")


def test_an_unknown_model_is_refused_with_the_known_names() -> None:
    with pytest.raises(ModelError, match="reading"):
        models.model("writing")
