"""Labelled turns, from every corpus, in one shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from edgewise.counterpart.perceive import Before

ACTS = (
    "apology",
    "hedge",
    "justify",
    "criticise",
    "contempt",
    "dismiss",
    "sarcasm",
    "threat",
    "request",
    "refuse",
    "boundary",
    "impact",
    "example",
    "question",
    "ask_feelings",
    "ask_reasons",
    "ask_terms",
    "ask_memory",
    "ask_meaning",
    "validate",
    "appreciate",
    "concede",
    "withdraw",
    "hold",
    "deflect",
    "small_talk",
)
FACES = ("other", "hpos+", "hpos-", "hneg+", "hneg-", "spos+", "spos-", "sneg+")
STRATEGIES = (
    "small-talk",
    "self-need",
    "other-need",
    "no-need",
    "elicit-pref",
    "showing-empathy",
    "promote-coordination",
    "vouch-fair",
    "uv-part",
    "non-strategic",
)

#: What each head of the network answers, and how many numbers it gives.
HEADS: Mapping[str, int] = {
    "acts": len(ACTS),
    "circumplex": 2,
    "offer": 1,
    "receptive": 1,
    "shift": 1,
    "face": len(FACES),
    "strategy": len(STRATEGIES),
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something noted beforehand that a turn may come near, and how near it came.

    Attributes:
        kind: point, trigger or value.
        text: the note, in the words of whoever made it.
        near: 1 said plainly (or: hit, honoured), 0.5 hinted at, 0 not at all.
    """

    kind: str
    text: str
    near: float


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled turn.

    Attributes:
        corpus: where it comes from.
        group: the conversation or situation it belongs to; data is only ever split between groups.
        text: the turn.
        before: up to three turns before it, oldest first.
        labels: the target of each head that this corpus speaks to.
        where: for acts shown by a part of the turn, that part.
        notes: the situation's notes, for turns that were held against them.
        role: in a corpus whose two speakers have different parts, which part: 1 or 0.
    """

    corpus: str
    group: str
    text: str
    before: tuple[Before, ...]
    labels: Mapping[str, tuple[float, ...]]
    where: Mapping[str, str] = field(default_factory=dict[str, str])
    notes: tuple[Note, ...] = ()
    role: float = 0.0

    @property
    def acts(self) -> frozenset[str]:
        """The acts it was labelled with; empty for a corpus that labels none."""
        return frozenset(act for act, done in zip(ACTS, self.labels.get("acts", ()), strict=False) if done)
