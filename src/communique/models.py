"""The shipped models: each listed in `models.toml`, its files checked against their hashes once, on loading."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


SLOWER_FUSIONS = ["SkipLayerNormFusion"]
"""Fusions of onnxruntime that cost: the fused operator takes six times as long as an addition and a
normalisation, a fifth of the whole pass (its own profile, one thread)."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model as the manifest lists it."""

    name: str
    files: dict[str, str]
    """SHA-256 of each file, by its path inside the package; the network's own file comes first."""
    made: dict[str, Any]
    """What it was made from and by: data, licence, command, date."""
    scores: dict[str, float]

    def path(self, ending: str) -> Path:
        """Return the model's file whose path ends so, once its hash is checked.

        Raises ModelError if the file is not listed, missing, or not the one that was listed.
        """
        for name, digest in self.files.items():
            if name.endswith(ending):
                return _checked(self.name, name, digest)
        raise ModelError(f"Model {self.name!r} lists no file {ending!r}; add it to models.toml.")


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a small logistic model, by the names of its features; one without a weight counts nothing."""

    by_name: Mapping[str, float]

    @classmethod
    def load(cls, package: str, name: str) -> Weights:
        """Read the table `weights` of a TOML file in a package's folder `data`."""
        text = (files(package) / "data" / name).read_text(encoding="utf-8")
        return cls(tomllib.loads(text)["weights"])

    def score(self, features: Mapping[str, float]) -> float:
        """Return the weighted sum of features."""
        return sum(self.by_name.get(name, 0.0) * value for name, value in features.items())


def _checked(model: str, name: str, digest: str) -> Path:
    path = Path(str(files("communique"))) / name
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError as missing:
        raise ModelError(
            f"Model {model!r} needs {path}, which is missing. Install communique again."
        ) from missing
    if found != digest:
        raise ModelError(
            f"{path} is not the file that models.toml lists for {model!r}: its SHA-256 is {found}. "
            "Install communique again or, after training, enter the new hash."
        )
    return path


def manifest() -> dict[str, Model]:
    """Return every model that the package ships, by name."""
    text = (files("communique") / "models.toml").read_text(encoding="utf-8")
    return {
        name: Model(name, entry.pop("files"), entry, entry.pop("scores", {}))
        for name, entry in tomllib.loads(text).items()
    }


def model(name: str) -> Model:
    """Return one model by name; raises ModelError, naming the known ones, if there is none such."""
    known = manifest()
    if name not in known:
        raise ModelError(f"There is no model {name!r}; models.toml lists {', '.join(sorted(known))}.")
    return known[name]


def session(path: Path, threads: int = 1) -> InferenceSession:
    """Return an ONNX session on the processor with so many threads, and no others of its own."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER_FUSIONS
    )
