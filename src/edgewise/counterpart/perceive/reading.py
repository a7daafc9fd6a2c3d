"""What was understood of one turn of yours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from edgewise.counterpart.perceive.acts import BESIDE, WEIGHTY, Act

_SENTENCE = re.compile(r"[^.!?…\n]*[^\s.!?…][^.!?…\n]*[.!?…]*")
_TOO_LONG_TO_QUOTE = 200  # characters

#: From this probability on, an act counts as done.
LIKELY = 0.5


class Said(StrEnum):
    """How far one of your key points came out."""

    PLAINLY = "plainly"
    HINTED = "hinted"
    NOT_AT_ALL = "not at all"


def _no_gist() -> NDArray[np.float16]:
    return np.zeros(0, np.float16)


_KIND = frozenset({Act.APPRECIATE, Act.VALIDATE})


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of your words, by character offsets into the turn's text: from `start` up to, not including, `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Touch:
    """One of their triggers or values that your words came near.

    Attributes:
        what: the trigger or value, as the person rehearsing named it.
        span: your words that touched it.
    """

    what: str
    span: Span


@dataclass(frozen=True)
class Reading:
    """What was understood of one turn of yours.

    Attributes:
        text: your words, to which every span refers.
        acts: how likely each act is, 0 to 1; acts that are not named are as good as absent.
        spans: the words that show each act.
        warmth: interpersonal circumplex, -1 (cold) to 1 (warm).
        dominance: interpersonal circumplex, -1 (yielding) to 1 (pressing).
        receptiveness: would someone who disagrees feel heard, -1 (not at all) to 1 (Yeomans et al. 2020).
        topic_shift: how likely the turn leaves the subject of the turns before it, 0 to 1.
        relevance: how far the turn is about what you came to say, 0 to 1.
        points: how far each key point came out in this turn, in the situation's order.
        likenesses: how near in meaning the turn is to each key point, -1 to 1, in that order; empty when not known.
        triggers: which of their triggers were hit.
        values: which of their values were honoured.
        gist: what the reader made of the turn, for whoever learned to tell more from it; empty when it does not say.
    """

    text: str
    acts: Mapping[Act, float] = field(default_factory=dict[Act, float])
    spans: Mapping[Act, tuple[Span, ...]] = field(default_factory=dict[Act, tuple[Span, ...]])
    warmth: float = 0.0
    dominance: float = 0.0
    receptiveness: float = 0.0
    topic_shift: float = 0.0
    relevance: float = 0.0
    points: tuple[Said, ...] = ()
    likenesses: tuple[float, ...] = ()
    triggers: tuple[Touch, ...] = ()
    values: tuple[Touch, ...] = ()
    gist: NDArray[np.float16] = field(default_factory=_no_gist, compare=False, repr=False)

    def did(self, act: Act) -> bool:
        """Whether the turn more likely than not did this."""
        return act in self.done

    def did_any(self, acts: Iterable[Act]) -> bool:
        """Whether the turn did at least one of these."""
        return not self.done.isdisjoint(acts)

    def quote(self, act: Act) -> str:
        """The first sentence of yours that shows the act, as you said it; empty when none does."""
        spans = self.spans.get(act, ())
        return self.sentence(spans[0]) if spans else ""

    def sentence(self, span: Span) -> str:
        """The sentence a span stands in, as you said it; only the span's own words when the sentence runs on."""
        for found in _SENTENCE.finditer(self.text):
            if found.start() <= span.start and span.end <= found.end():
                sentence = found.group().strip()
                return sentence if len(sentence) <= _TOO_LONG_TO_QUOTE else self.words(span)
        return self.words(span)

    def words(self, span: Span) -> str:
        """Your words in a span."""
        return self.text[span.start : span.end]

    @cached_property
    def done(self) -> frozenset[Act]:
        """Everything the turn did."""
        return frozenset(act for act, likelihood in self.acts.items() if likelihood >= LIKELY)

    @cached_property
    def foreground(self) -> frozenset[Act]:
        """What a listener would answer: without the manners around something of weight.

        Someone who both apologises and hedges is collapsing, whatever else they say; then nothing is left out. To an
        opening the answer is an opening, however it was worded.
        """
        done = self.done
        if Act.OPENING in done:
            return frozenset({Act.OPENING})
        if done & WEIGHTY == frozenset({Act.POINT}) and done & _KIND:
            return done - {Act.POINT}  # what they came to say was something kind
        collapsing = Act.WITHDRAW in done or {Act.APOLOGY, Act.HEDGE} <= done
        return done if collapsing or done.isdisjoint(WEIGHTY) else done - BESIDE

    @property
    def said_a_point(self) -> bool:
        """Whether something you came to say was said plainly."""
        return Said.PLAINLY in self.points
