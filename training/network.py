"""The network: MiniLM's encoder with one head for each thing it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.examples import ACTS, HEADS

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDTH, LAYERS, ATTENTION_HEADS, INNER, VOCABULARY, LONGEST = 384, 6, 12, 1536, 30522, 512
#: Added to what must not be looked at, or not win.
FAR_BELOW = -1e4

# Where bfloat16 is only imitated it takes twenty times as long as whole numbers.
_HALF_IS_QUICK = torch.cpu._is_avx512_bf16_supported()  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]

#: Layers that keep their published weights: what they make of every turn is worked out once.
FROZEN = 2


class Layer(nn.Module):
    """One transformer layer, as BERT has it."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.after_attention, self.after_inner = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """The next layer's view of each word piece."""
        rows, length, _ = x.shape

        def split(t: Tensor) -> Tensor:
            return t.view(rows, length, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS).transpose(1, 2)

        seen = functional.scaled_dot_product_attention(
            split(self.query(x)), split(self.key(x)), split(self.value(x)), attn_mask=mask
        )
        x = self.after_attention(x + self.drop(self.out(seen.transpose(1, 2).reshape(rows, length, WIDTH))))
        return self.after_inner(x + self.drop(self.down(functional.gelu(self.up(x)))))


@dataclass(frozen=True, slots=True)
class Read:
    """What the network makes of a batch of windows."""

    heads: dict[str, Tensor]
    pieces: Tensor  # rows × word pieces × acts, as logits
    meaning: Tensor  # rows × WIDTH, of length one
    gist: Tensor  # rows × twice WIDTH: what the heads are told from


class Network(nn.Module):
    """Reads windows of turns."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(LONGEST, WIDTH)
        self.parts = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = nn.Dropout(0.15)
        self.heads = nn.ModuleDict(
            {name: nn.Linear(2 * WIDTH, size) for name, size in HEADS.items() if name != "offer"}
        )
        # A warm offer is an offer that reads as warm: the same number answers for both.
        self.offer = nn.Parameter(torch.tensor([2.0, 0.0]))
        # From likeness of meaning to the log-odds that a note was met.
        self.near = nn.Parameter(torch.tensor([8.0, -4.0]))
        self.shown = nn.Linear(WIDTH, len(ACTS))
        self.to_meaning = nn.Linear(WIDTH, WIDTH)
        nn.init.eye_(self.to_meaning.weight)
        nn.init.zeros_(self.to_meaning.bias)

    def low(self, ids: Tensor, parts: Tensor, there: Tensor) -> Tensor:
        """What the layers make of the word pieces that keep their published weights."""
        x = self.norm(self.words(ids) + self.places(torch.arange(ids.shape[1]))[None] + self.parts(parts))
        mask = attention_mask(there, x)
        for layer in self.layers[:FROZEN]:
            x = layer(x, mask)
        return x

    def high(self, x: Tensor, parts: Tensor, there: Tensor) -> Read:
        """Everything the heads say, from what the low layers made."""
        mask = attention_mask(there, x)
        for layer in self.layers[FROZEN:]:
            x = layer(x, mask)
        x = x.float()
        turn = (there * (1 - parts)).float()[..., None]
        mean = (x * turn).sum(1) / turn.sum(1)
        pooled = self.drop(torch.cat([mean, x[:, 0]], -1))
        heads = {name: head(pooled) for name, head in self.heads.items()}
        heads["offer"] = self.offer[0] * heads["circumplex"][:, :1] + self.offer[1]
        pieces = self.shown(self.drop(x)) + (turn - 1) * -FAR_BELOW
        heads["acts"] = heads["acts"] + pieces.amax(1)
        return Read(heads, pieces, functional.normalize(self.to_meaning(mean), dim=-1), pooled)

    def forward(self, ids: Tensor, parts: Tensor, there: Tensor) -> Read:
        """Everything the heads say."""
        return self.high(self.low(ids, parts, there), parts, there)


def quick() -> torch.autocast:
    """Half the digits while learning, where the processor reckons with them; elsewhere they only cost time."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=_HALF_IS_QUICK)


def attention_mask(there: Tensor, x: Tensor) -> Tensor:
    """What each word piece may look at: every place that holds one."""
    return (1 - there[:, None, None, :].to(x.dtype)) * FAR_BELOW


def load_encoder(network: Network, weights: Mapping[str, Tensor]) -> None:
    """Starts the encoder from MiniLM's published weights."""
    names = {
        "words": "embeddings.word_embeddings",
        "places": "embeddings.position_embeddings",
        "parts": "embeddings.token_type_embeddings",
        "norm": "embeddings.LayerNorm",
    }
    inside = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "out": "attention.output.dense",
        "after_attention": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "after_inner": "output.LayerNorm",
    }
    for layer in range(LAYERS):
        names |= {f"layers.{layer}.{ours}": f"encoder.layer.{layer}.{theirs}" for ours, theirs in inside.items()}
    state = {
        f"{ours}.{kind}": weights[f"{theirs}.{kind}"]
        for ours, theirs in names.items()
        for kind in ("weight", "bias")
        if f"{theirs}.{kind}" in weights
    }
    missing = network.load_state_dict(state, strict=False)
    if missing.unexpected_keys:
        raise ValueError(missing.unexpected_keys)
