"""Fits the network to examples."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.examples import ACTS, HEADS, Example
from training.network import FROZEN, LAYERS, Network, Read, quick

if TYPE_CHECKING:
    from edgewise.counterpart.perceive.learned.tokens import Tokens, Window

#: How much each head's loss counts.
WEIGHTS = {"acts": 6.0, "circumplex": 1.0, "offer": 2.0, "receptive": 1.0, "shift": 1.0, "face": 1.0, "strategy": 3.0}
_SHOWN_WEIGHT, _NEAR_WEIGHT = 0.5, 0.5
_HEADED = ("heads", "shown", "offer", "near")
#: Share of a large corpus that each round looks at, drawn anew each round; ours and the smallest are seen whole.
_SHARE = 0.45
_WHOLE = frozenset({"own", "offers"})
_WARM_UP, _LAST_PACE = 0.08, 0.02
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long and how fast to learn."""

    epochs: int = 5
    rows: int = 32
    body_rate: float = 2e-4
    head_rate: float = 1e-3
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """An example, cut into word pieces, with what the low layers make of them; and so its notes."""

    example: Example
    window: Window
    low: Tensor
    notes: tuple[tuple[Prepared, float], ...] = ()


def prepare(network: Network, tokens: Tokens, examples: Sequence[Example]) -> list[Prepared]:
    """Examples ready to learn from or to be scored on."""
    texts = sorted({note.text for example in examples for note in example.notes})
    notes = _prepared(network, tokens, [Example("note", "", text, (), {}) for text in texts])
    known = dict(zip(texts, notes, strict=True))
    return [
        replace(one, notes=tuple((known[note.text], note.near) for note in one.example.notes))
        for one in _prepared(network, tokens, examples)
    ]


@torch.no_grad()
def _prepared(network: Network, tokens: Tokens, examples: Sequence[Example]) -> list[Prepared]:
    network.eval()
    windows = [tokens.windows(example.text, example.before)[0] for example in examples]
    order = sorted(range(len(examples)), key=lambda at: len(windows[at].ids))
    low: dict[int, Tensor] = {}
    for start in range(0, len(order), _AT_ONCE):
        some = order[start : start + _AT_ONCE]
        with quick():
            seen = network.low(*padded([windows[at] for at in some])).to(torch.bfloat16)
        low |= {at: row[: len(windows[at].ids)].clone() for at, row in zip(some, seen, strict=True)}
    return [Prepared(example, windows[at], low[at]) for at, example in enumerate(examples)]


def fit(
    ready: Sequence[Prepared], network: Network, recipe: Recipe, tell: Callable[[str], None] = lambda _: None
) -> None:
    """Teach the network these examples."""
    dice = random.Random(recipe.seed)
    torch.manual_seed(recipe.seed)
    weigh = _rarity([one.example for one in ready])
    learning, body, heads = _what_learns(network)
    learn = torch.optim.AdamW(
        [{"params": body, "lr": recipe.body_rate}, {"params": heads, "lr": recipe.head_rate}], weight_decay=0.01
    )
    whole = sum(one.example.corpus in _WHOLE for one in ready)
    steps = math.ceil(recipe.epochs * (whole + (len(ready) - whole) * _SHARE) / recipe.rows)
    pace = torch.optim.lr_scheduler.LambdaLR(
        learn, lambda at: min(1, at / (_WARM_UP * steps)) * max(_LAST_PACE, 1 - at / steps)
    )
    for epoch in range(recipe.epochs):
        network.train()
        began, total = time.monotonic(), 0.0
        groups = _batches(ready, recipe.rows, dice)
        for group in groups:
            loss = _loss(network, group, weigh, dice)
            learn.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learning, 1.0)
            learn.step()
            pace.step()
            total += loss.item()
        tell(f"epoch {epoch + 1}: loss {total / len(groups):.3f}, {time.monotonic() - began:.0f} s")


def _what_learns(network: Network) -> tuple[list[nn.Parameter], list[nn.Parameter], list[nn.Parameter]]:
    high = ("to_meaning", *(f"layers.{number}." for number in range(FROZEN, LAYERS)))
    for name, weight in network.named_parameters():
        weight.requires_grad_(name.startswith((*_HEADED, *high)))
    body = [weight for name, weight in network.named_parameters() if name.startswith(high)]
    heads = [weight for name, weight in network.named_parameters() if name.startswith(_HEADED)]
    return [*body, *heads], body, heads


def _rarity(examples: Sequence[Example]) -> Tensor:
    """How much more a rare act's turns count."""
    own = [example for example in examples if "acts" in example.labels]
    done = torch.tensor([sum(act in example.acts for example in own) for act in ACTS]).float().clamp(min=1)
    return ((len(own) - done) / done).clamp(1, 9).sqrt()


def _batches(ready: Sequence[Prepared], rows: int, dice: random.Random) -> list[list[Prepared]]:
    """One round's examples, those of like length together."""
    drawn = [one for one in ready if one.example.corpus in _WHOLE or dice.random() < _SHARE]
    drawn.sort(key=lambda one: len(one.window.ids) + dice.random() * 8)
    groups = [drawn[at : at + rows] for at in range(0, len(drawn), rows)]
    dice.shuffle(groups)
    return groups


def _loss(network: Network, group: Sequence[Prepared], weigh: Tensor, dice: random.Random) -> Tensor:
    read = _through(network, group)
    total = _SHOWN_WEIGHT * _shown_loss(read, group) + _NEAR_WEIGHT * _near_loss(network, read, group, dice)
    for head in HEADS:
        rows = [row for row, one in enumerate(group) if head in one.example.labels]
        if rows:
            target = torch.tensor([group[row].example.labels[head] for row in rows])
            share = WEIGHTS[head] * len(rows) / len(group)
            total = total + share * _head_loss(head, read.heads[head][rows], target, weigh)
    return total


def _head_loss(head: str, said: Tensor, target: Tensor, weigh: Tensor) -> Tensor:
    if head == "face":
        return functional.cross_entropy(said, target.argmax(-1))
    if head == "receptive":
        return functional.mse_loss(said, target)
    if head == "circumplex":
        return functional.mse_loss(said.tanh(), target)
    return functional.binary_cross_entropy_with_logits(said, target, pos_weight=weigh if head == "acts" else None)


def _shown_loss(read: Read, group: Sequence[Prepared]) -> Tensor:
    """Where the words that show an act are marked, its pieces should light up and no others."""
    losses: list[Tensor] = []
    for row, one in enumerate(group):
        for act, words in one.example.where.items():
            at = one.example.text.find(words)
            inside = [float(start < at + len(words) and end > at) for start, end in one.window.offsets]
            said = read.pieces[row, 1 : 1 + len(inside), ACTS.index(act)]
            losses.append(functional.binary_cross_entropy_with_logits(said, torch.tensor(inside)))
    return torch.stack(losses).mean() if losses else torch.zeros(())


def _near_loss(network: Network, read: Read, group: Sequence[Prepared], dice: random.Random) -> Tensor:
    """A turn and a note it meets should mean nearly the same; a turn and a note it does not meet should not."""
    pairs = [(row, *picked) for row, one in enumerate(group) for picked in _picked(one, dice)]
    if not pairs:
        return torch.zeros(())
    rows, notes, near = zip(*pairs, strict=True)
    likeness = (read.meaning[list(rows)] * _through(network, notes).meaning).sum(-1)
    said = network.near[0] * likeness + network.near[1]
    return functional.binary_cross_entropy_with_logits(said, torch.tensor(near))


def _picked(one: Prepared, dice: random.Random) -> list[tuple[Prepared, float]]:
    met = [note for note in one.notes if note[1] > 0]
    missed = [note for note in one.notes if note[1] == 0]
    return [dice.choice(some) for some in (met, missed) if some]


@torch.no_grad()
def answers(network: Network, ready: Sequence[Prepared]) -> dict[str, Tensor]:
    """What a network says of each example, head by head, and where its meaning points."""
    network.eval()
    order = sorted(range(len(ready)), key=lambda at: len(ready[at].window.ids))
    out: dict[str, list[Tensor]] = {}
    for start in range(0, len(order), _AT_ONCE):
        read = _through(network, [ready[at] for at in order[start : start + _AT_ONCE]])
        for name, said in {**read.heads, "meaning": read.meaning}.items():
            out.setdefault(name, []).append(said.float())
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return {name: torch.cat(said)[back] for name, said in out.items()}


def _through(network: Network, group: Sequence[Prepared]) -> Read:
    _, parts, there = padded([one.window for one in group])
    low = nn.utils.rnn.pad_sequence([one.low for one in group], batch_first=True).float()
    with quick():
        return network.high(low, parts, there)


def padded(windows: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor]:
    """Windows of different lengths as one batch: ids, parts, and which places hold a word piece."""
    longest = max(len(window.ids) for window in windows)
    fill = [longest - len(window.ids) for window in windows]
    ids = torch.tensor([window.ids + [0] * more for window, more in zip(windows, fill, strict=True)])
    parts = torch.tensor([window.parts + [0] * more for window, more in zip(windows, fill, strict=True)])
    there = torch.tensor([[1] * len(window.ids) + [0] * more for window, more in zip(windows, fill, strict=True)])
    return ids, parts, there
