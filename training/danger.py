"""Teaches the network that watches for danger signs, and writes the small file that ships: `python -m training.danger`.

MiniLM's upper layers over the reader's low layers, fitted to the lines of `data/danger.jsonl`, to the two thirds of
`benchmarks/data/danger.jsonl` that may be learned from, and to our own turns, which hold everyday heat and no danger.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from edgewise.counterpart.perceive.learned.tokens import Tokens, Window
from edgewise.danger.kind import Kind
from edgewise.danger.plain import plain
from training.corpora import own_turns
from training.encoder import published_weights, vocabulary
from training.export import as_small_file
from training.fit import padded
from training.network import FAR_BELOW, FROZEN, LAYERS, WIDTH, Layer, Network, attention_mask, load_encoder

HERE = Path(__file__).parent
BENCHMARK = HERE.parent / "benchmarks/data/danger.jsonl"
SHIPPED = HERE.parent / "src/edgewise/danger/model"
KINDS = tuple(Kind)
_NONE = len(KINDS)
_ROUNDS, _AT_ONCE, _BODY_RATE, _HEAD_RATE = 7, 32, 1.5e-4, 5e-4
_EVERYDAY, _LONGEST_EVERYDAY = 6000, 240  # of our own turns; characters
_EVERYDAY_A_ROUND = 1000
_VARIED_A_ROUND = 700
_BAR, _SPEAKS_FOR, _SPEAKS_AGAINST = 2.0, 2.5, 1.5  # log-odds, chosen on the lines kept apart
_APART = 8  # one group of lines in so many is not learned from: it says where the bar goes


class Watcher(nn.Module):
    """From what the low layers make of a text: the log-odds of danger, and of each kind of it."""

    def __init__(self, published: Network) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS - FROZEN))
        for layer, same in zip(self.layers, published.layers[FROZEN:], strict=True):
            layer.load_state_dict(same.state_dict())
        self.drop = nn.Dropout(0.15)
        self.danger, self.kinds = nn.Linear(2 * WIDTH, 1), nn.Linear(2 * WIDTH, len(KINDS))
        self.told = nn.Linear(WIDTH, 1)

    def forward(self, low: Tensor, parts: Tensor, there: Tensor) -> tuple[Tensor, Tensor]:
        """Both, for each row."""
        x, mask = low, attention_mask(there, low)
        for layer in self.layers:
            x = layer(x, mask)
        x = x.float()
        turn = (there * (1 - parts)).float()[..., None]
        pooled = self.drop(torch.cat([(x * turn).sum(1) / turn.sum(1), x[:, 0]], -1))
        strongest = (self.told(self.drop(x)) + (turn - 1) * -FAR_BELOW).amax(1)  # one word may tell it
        return (self.danger(pooled) + strongest)[:, 0], self.kinds(pooled)


@dataclass(frozen=True, slots=True)
class Line:
    """A line, ready: which kind of danger it tells of (the last number: none), and the group it is split by."""

    kind: int
    group: int
    window: Window
    low: Tensor


def written() -> list[tuple[str, int, int]]:
    """Every line that may be learned from: text, kind, group."""
    own = _read(HERE / "data/danger.jsonl")
    seen = [line for line in _read(BENCHMARK) if line["number"] % 3]
    return [(line["text"], _kind(line["kind"]), at // 2) for at, line in enumerate([*own, *seen])]


def _read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _kind(name: str) -> int:
    return _NONE if name == "none" else KINDS.index(Kind(name))


def begun() -> tuple[Network, Tokens]:
    """The published network and what cuts words for it."""
    tokenizer = Tokenizer.from_buffer(vocabulary())
    tokenizer.no_padding()
    tokenizer.no_truncation()
    network = Network()
    load_encoder(network, published_weights())
    return network, Tokens(tokenizer)


@torch.no_grad()
def lines_of(network: Network, tokens: Tokens, texts: Sequence[tuple[str, int, int]]) -> list[Line]:
    """These texts, through the low layers."""
    network.eval()
    windows = [tokens.windows(plain(text))[0] for text, _, _ in texts]
    order = sorted(range(len(texts)), key=lambda at: len(windows[at].ids))
    low: dict[int, Tensor] = {}
    for start in range(0, len(order), 64):
        some = order[start : start + 64]
        seen = network.low(*padded([windows[at] for at in some]))
        low |= {at: row[: len(windows[at].ids)].clone() for at, row in zip(some, seen, strict=True)}
    return [Line(kind, group, windows[at], low[at]) for at, (_, kind, group) in enumerate(texts)]


def varied(texts: Sequence[tuple[str, int, int]], everyday: Sequence[str]) -> list[tuple[str, int, int]]:
    """The same lines as people also type them: without capitals and stops, and among other sentences."""
    dice = random.Random(0)
    out: list[tuple[str, int, int]] = []
    for text, kind, group in texts:
        bare = text.lower().replace("'", "").replace("’", "").rstrip(".")
        among = f"{text} {dice.choice(everyday)}" if dice.choice((True, False)) else f"{dice.choice(everyday)} {text}"
        out += [(bare if dice.choice((True, False)) else among, kind, group)]
    return out


def fit(watcher: Watcher, lines: Sequence[Line], more: Sequence[Line], everyday: Sequence[Line], seed: int) -> None:
    """Teach it these lines, and in each round a part of their variants and of the everyday ones."""
    torch.manual_seed(seed)
    dice = random.Random(seed)
    body = [weight for name, weight in watcher.named_parameters() if name.startswith("layers")]
    heads = [weight for name, weight in watcher.named_parameters() if not name.startswith("layers")]
    learn = torch.optim.AdamW([{"params": body, "lr": _BODY_RATE}, {"params": heads, "lr": _HEAD_RATE}])
    steps = _ROUNDS * ((len(lines) + _VARIED_A_ROUND + _EVERYDAY_A_ROUND) // _AT_ONCE + 1)
    pace = torch.optim.lr_scheduler.LambdaLR(learn, lambda at: min(1, at / (0.1 * steps)) * max(0.02, 1 - at / steps))
    for round_ in range(_ROUNDS):
        watcher.train()
        began, total = time.monotonic(), 0.0
        some = [*lines, *dice.sample(list(more), _VARIED_A_ROUND), *dice.sample(list(everyday), _EVERYDAY_A_ROUND)]
        for batch in _batches(some, dice):
            loss = _loss(watcher, batch)
            learn.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(watcher.parameters(), 1.0)
            learn.step()
            pace.step()
            total += loss.item() * len(batch)
        print(f"round {round_ + 1}: loss {total / len(some):.3f}, {time.monotonic() - began:.0f} s", flush=True)


def _batches(lines: Sequence[Line], dice: random.Random) -> Iterator[list[Line]]:
    order = sorted(lines, key=lambda line: len(line.window.ids) + dice.random() * 12)
    groups = [order[at : at + _AT_ONCE] for at in range(0, len(order), _AT_ONCE)]
    dice.shuffle(groups)
    yield from groups


def _loss(watcher: Watcher, batch: Sequence[Line]) -> Tensor:
    danger, kinds = through(watcher, batch)
    right = torch.tensor([line.kind for line in batch])
    there = right != _NONE
    loss = functional.binary_cross_entropy_with_logits(danger, there.float() * 0.96 + 0.02)
    return loss + 0.3 * functional.cross_entropy(kinds[there], right[there]) if there.any() else loss


def through(watcher: Watcher, batch: Sequence[Line]) -> tuple[Tensor, Tensor]:
    """What the watcher makes of these lines."""
    _, parts, there = padded([line.window for line in batch])
    low = nn.utils.rnn.pad_sequence([line.low for line in batch], batch_first=True)
    return watcher(low, parts, there)


@torch.no_grad()
def answers(watcher: Watcher, lines: Sequence[Line]) -> np.ndarray:
    """The log-odds of danger of each line."""
    watcher.eval()
    told = [through(watcher, lines[at : at + 64])[0] for at in range(0, len(lines), 64)]
    return torch.cat(told).numpy()


class _Shipped(nn.Module):
    def __init__(self, watcher: Watcher) -> None:
        super().__init__()
        self.watcher = watcher

    def forward(self, low: Tensor, parts: Tensor) -> tuple[Tensor, Tensor]:
        return self.watcher(low, parts, torch.ones_like(parts))


def ship(watcher: Watcher, lines: int, everyday: int) -> None:
    """Write it as the small file that ships, with its card."""
    watcher.eval()
    SHIPPED.mkdir(parents=True, exist_ok=True)
    model = SHIPPED / "watcher.onnx"
    example = torch.zeros(1, 8, WIDTH), torch.tensor([[0, 0, 0, 0, 0, 0, 0, 0]])
    as_small_file(_Shipped(watcher), example, model, inputs=("low", "parts"), outputs=("danger", "kinds"))
    card = {
        "model_sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
        "kinds": [kind.value for kind in KINDS],
        "bar": _BAR,
        "speaks_for": _SPEAKS_FOR,
        "speaks_against": _SPEAKS_AGAINST,
        "made_from": {"lines": lines, "everyday turns": everyday},
    }
    (SHIPPED / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def everyday_texts() -> list[str]:
    """Turns of our own conversations, drawn once; there is heat in them and no danger."""
    texts = sorted({one.text for one in own_turns() if 0 < len(one.text.strip()) <= _LONGEST_EVERYDAY})
    return random.Random(3).sample(texts, min(_EVERYDAY, len(texts)))


def told_apart(watcher: Watcher, texts: Sequence[tuple[str, int, int]], lines: Sequence[Line]) -> None:
    """Print how well the lines that were not learned from are told apart, and which are told worst."""
    out, danger = answers(watcher, lines), np.array([line.kind != _NONE for line in lines])
    for bar in (-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2):
        print(f"{bar:5}  recall {(out[danger] > bar).mean():.3f}  false alarms {(out[~danger] > bar).mean():.3f}")
    for at in np.argsort(np.where(danger, out, -out))[:30]:
        print(f"{out[at]:6.2f} {texts[at][1]} {texts[at][0]}")


def main() -> None:
    """Learn, print how well what was kept apart is told, and write the file."""
    network, tokens = begun()
    texts, plainly = written(), everyday_texts()
    lines = lines_of(network, tokens, texts)
    more = lines_of(network, tokens, varied(texts, plainly))
    everyday = lines_of(network, tokens, [(text, _NONE, at) for at, text in enumerate(plainly)])
    print(f"{len(lines)} lines", flush=True)
    watcher, kept = Watcher(network), HERE / "build/danger.pt"
    if "--further" in sys.argv:
        watcher.load_state_dict(torch.load(kept))
    learn = [[line for line in some if line.group % _APART] for some in (lines, more)]
    calm = [line for line in everyday if line.group % _APART]
    fit(watcher, *learn, calm, 0)
    kept.parent.mkdir(exist_ok=True)
    torch.save(watcher.state_dict(), kept)
    apart = [at for at, line in enumerate(lines) if not line.group % _APART]
    told_apart(watcher, [texts[at] for at in apart], [lines[at] for at in apart])
    stopped = answers(watcher, [line for line in everyday if not line.group % _APART])
    for bar in (0, 0.5, 1, 1.5, 2, 2.5):
        print(f"{bar:5}  everyday turns stopped {(stopped > bar).mean():.4f} of {len(stopped)}")
    ship(watcher, len(learn[0]), len(calm))


if __name__ == "__main__":
    main()
