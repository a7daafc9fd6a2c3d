"""Teaches which reply answers what was said: MiniLM's upper layers, fitted to turns and the replies to them.

Two kinds of pairs: turns of our own conversations with what was said next; and our own turns with lines of the
repertoire that may follow what the turn does, which are many and weigh less.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from edgewise.counterpart.perceive import Before
from edgewise.counterpart.speak import built_in_repertoire
from edgewise.counterpart.speak.aptness import plainly
from training.examples import Example
from training.export import as_small_file
from training.fit import Prepared, padded, prepare
from training.network import FAR_BELOW, FROZEN, LAYERS, WIDTH, Layer, Network, attention_mask, quick

if TYPE_CHECKING:
    from edgewise.counterpart.perceive.learned.tokens import Tokens

OUTPUTS = ("asks", "answers")
_ROUNDS, _PAIRS, _BODY_RATE, _HEAD_RATE = 4, 48, 8e-5, 3e-4
_LIKENESS_SCALE = 20.0
_BY_ACT_WEIGHT = 0.5


class Replier(nn.Module):
    """From what the low layers make of a turn: where it points as something to be answered, and as an answer."""

    def __init__(self, published: Network) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS - FROZEN))
        for layer, same in zip(self.layers, published.layers[FROZEN:], strict=True):
            layer.load_state_dict(same.state_dict())
        self.asks, self.answers = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        for head in (self.asks, self.answers):
            nn.init.eye_(head.weight)
            nn.init.zeros_(head.bias)

    def forward(self, low: Tensor, parts: Tensor, there: Tensor) -> tuple[Tensor, Tensor]:
        """Both, each of length one."""
        x, mask = low, attention_mask(there, low)
        for layer in self.layers:
            x = layer(x, mask)
        x = x.float()
        turn = (there * (1 - parts)).float()[..., None]
        mean = (x * turn).sum(1) / turn.sum(1)
        return functional.normalize(self.asks(mean), dim=-1), functional.normalize(self.answers(mean), dim=-1)


@dataclass(frozen=True, slots=True)
class Pair:
    """A turn, and what may be said next."""

    turn: Prepared
    reply: Prepared


def exchanges(examples: Sequence[Example]) -> list[tuple[Example, Example]]:
    """Every turn in these examples that has something said after it, with that."""
    found: dict[tuple[str, str], tuple[Example, Example]] = {}
    for example in examples:
        chain = [*example.before, Before(example.text, mine=True)]
        for at, (said, reply) in enumerate(pairwise(chain)):
            if said.words and reply.words:
                earlier = tuple(Before(one.words, mine=one.mine is said.mine) for one in chain[:at])
                turn = Example("own", example.group, said.words, earlier, {})
                found[said.words, reply.words] = turn, Example("own", example.group, reply.words, (), {})
    return list(found.values())


class Lesson:
    """Everything the ranking is taught from."""

    def __init__(self, network: Network, tokens: Tokens, examples: Sequence[Example]) -> None:
        own = [example for example in examples if "acts" in example.labels]
        turns, replies = zip(*exchanges(own), strict=True)
        self._pairs = [
            Pair(turn, reply)
            for turn, reply in zip(prepare(network, tokens, turns), prepare(network, tokens, replies), strict=True)
        ]
        lines = [line for line in built_in_repertoire().lines if line.after and plainly(line)]
        said = prepare(network, tokens, [Example("line", "", plainly(line), (), {}) for line in lines])
        self._after = [frozenset(act.value for act in line.after) for line in lines]
        self._lines = said
        self._by_act: defaultdict[str, list[int]] = defaultdict(list)
        for at, acts in enumerate(self._after):
            for act in acts:
                self._by_act[act].append(at)
        self._done = [one for one in prepare(network, tokens, own) if one.example.acts & set(self._by_act)]

    def teach(self, replier: Replier, tell: Callable[[str], None]) -> None:
        """Fit it, a few rounds over every exchange."""
        dice = random.Random(0)
        torch.manual_seed(0)
        body = [weight for name, weight in replier.named_parameters() if name.startswith("layers")]
        heads = [weight for name, weight in replier.named_parameters() if not name.startswith("layers")]
        learn = torch.optim.AdamW([{"params": body, "lr": _BODY_RATE}, {"params": heads, "lr": _HEAD_RATE}])
        steps = _ROUNDS * (len(self._pairs) // _PAIRS)
        pace = torch.optim.lr_scheduler.LambdaLR(learn, lambda at: min(1, at / (0.1 * steps)) * (1 - at / steps))
        for round_ in range(_ROUNDS):
            replier.train()
            began, total = time.monotonic(), 0.0
            for group in self._groups(dice):
                loss = _exchange_loss(replier, group) + _BY_ACT_WEIGHT * self._by_act_loss(replier, dice)
                learn.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(replier.parameters(), 1.0)
                learn.step()
                pace.step()
                total += loss.item()
            tell(f"replies, round {round_ + 1}: loss {total * _ROUNDS / steps:.3f}, {time.monotonic() - began:.0f} s")

    def _groups(self, dice: random.Random) -> list[list[Pair]]:
        order = sorted(self._pairs, key=lambda pair: len(pair.turn.window.ids) + dice.random() * 12)
        groups = [order[at : at + _PAIRS] for at in range(0, len(order) - _PAIRS + 1, _PAIRS)]
        dice.shuffle(groups)
        return groups

    def _by_act_loss(self, replier: Replier, dice: random.Random) -> Tensor:
        turns = dice.sample(self._done, _PAIRS)
        picked = [
            dice.choice(self._by_act[dice.choice(sorted(turn.example.acts & set(self._by_act)))]) for turn in turns
        ]
        wrong = torch.tensor([[not self._after[line] & turn.example.acts for line in picked] for turn in turns])
        wrong |= torch.eye(_PAIRS, dtype=torch.bool)
        likeness = _likeness(replier, turns, [self._lines[at] for at in picked]).masked_fill(~wrong, FAR_BELOW)
        return functional.cross_entropy(likeness, torch.arange(_PAIRS))


def _exchange_loss(replier: Replier, group: Sequence[Pair]) -> Tensor:
    likeness = _likeness(replier, [pair.turn for pair in group], [pair.reply for pair in group])
    said, replied = ([getattr(pair, side).example.text for pair in group] for side in ("turn", "reply"))
    same = torch.tensor(
        [[a == c or b == d for c, d in zip(said, replied, strict=True)] for a, b in zip(said, replied, strict=True)]
    )
    likeness = likeness.masked_fill(same & ~torch.eye(len(group), dtype=torch.bool), FAR_BELOW)
    right = torch.arange(len(group))
    return (functional.cross_entropy(likeness, right) + functional.cross_entropy(likeness.T, right)) / 2


def _likeness(replier: Replier, turns: Sequence[Prepared], replies: Sequence[Prepared]) -> Tensor:
    return _LIKENESS_SCALE * through(replier, turns)[0] @ through(replier, replies)[1].T


def through(replier: Replier, some: Sequence[Prepared]) -> tuple[Tensor, Tensor]:
    """What the replier makes of prepared turns."""
    _, parts, there = padded([one.window for one in some])
    low = nn.utils.rnn.pad_sequence([one.low for one in some], batch_first=True).float()
    with quick():
        return replier(low, parts, there)


@torch.no_grad()
def picked_of_four(replier: Replier, network: Network, tokens: Tokens, examples: Sequence[Example]) -> float:
    """How often the reply that was given beats three that were given to other turns."""
    replier.eval()
    turns, replies = zip(*exchanges(examples), strict=True)
    asks = torch.cat([through(replier, [one])[0] for one in prepare(network, tokens, turns)])
    answers = torch.cat([through(replier, [one])[1] for one in prepare(network, tokens, replies)])
    dice, right = random.Random(1), 0
    for at, turn in enumerate(turns):
        others = dice.sample([other for other, one in enumerate(turns) if one.text != turn.text], 3)
        scores = asks[at] @ answers[[at, *others]].T
        right += int(scores.argmax()) == 0
    return right / len(turns)


class _Shipped(nn.Module):
    def __init__(self, replier: Replier) -> None:
        super().__init__()
        self.replier = replier

    def forward(self, low: Tensor, parts: Tensor) -> tuple[Tensor, Tensor]:
        return self.replier(low, parts, torch.ones_like(parts))


def export_replier(replier: Replier, path: Path) -> None:
    """Write it as the small file that ships."""
    replier.eval()
    example = torch.zeros(1, 8, WIDTH), torch.tensor([[0, 0, 0, 0, 0, 1, 1, 1]])
    as_small_file(_Shipped(replier), example, path, inputs=("low", "parts"), outputs=OUTPUTS)
