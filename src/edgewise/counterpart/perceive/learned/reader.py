"""Reading with the trained network, and with the rules where they are exact."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from edgewise.counterpart.perceive.acts import ESCALATING, QUESTIONS, Act
from edgewise.counterpart.perceive.learned.nearness import Nearby
from edgewise.counterpart.perceive.learned.network import Answer, Network
from edgewise.counterpart.perceive.learned.spans import shown_by
from edgewise.counterpart.perceive.lexicon import straightened
from edgewise.counterpart.perceive.reader import Before, Context
from edgewise.counterpart.perceive.reading import LIKELY, Reading, Span
from edgewise.counterpart.perceive.rules import RuleReader, by_pattern, ruled_out
from edgewise.counterpart.perceive.whole_turn import with_whole_turn
from edgewise.take import RESISTING_MOVES


class LearnedReader:
    """Reads with a network trained on labelled turns; probabilities are calibrated on turns it never learned from.

    Args:
        network: the trained network; the one that comes with Edgewise unless given, loaded at the first turn.
    """

    def __init__(self, network: Network | None = None) -> None:
        self._given = network

    def get_ready(self) -> None:
        """Load the network now, so that the first turn need not wait for it.

        Raises:
            ModelFileError: its file is missing or damaged.
        """
        _ = self._network

    def read(self, text: str, context: Context) -> Reading:
        """What the turn did; an empty text is a silence.

        Raises:
            ModelFileError: at the first turn, when the network's file is missing or damaged.
        """
        if not text:
            return RuleReader().read(text, context)
        plain = straightened(text)
        answer = self._network.answer(plain, context.before)
        by_rule, shown = by_pattern(plain)
        acts = self._weighed(answer, _evidence(plain, by_rule), context)
        nearby = Nearby(self._network, context.situation, plain, answer)
        kind = all(acts[act] < LIKELY for act in ESCALATING)
        reading = Reading(
            text,
            acts,
            self._spans(acts, shown, answer, plain),
            warmth=round(answer.warmth, _PLACES),
            dominance=round(answer.dominance, _PLACES),
            receptiveness=round(math.tanh(answer.receptiveness * _PER_DEVIATION), _PLACES),
            topic_shift=round(_probability(answer.shift), _PLACES) if context.before else 0.0,
            relevance=nearby.relevance,
            points=nearby.points,
            likenesses=nearby.likenesses,
            triggers=nearby.triggers,
            values=nearby.values if kind else (),
            gist=answer.gist,
        )
        return with_whole_turn(reading, context)

    def look_ahead(self, turns: Iterable[tuple[str, tuple[Before, ...]]]) -> None:
        """Ask the network about turns that are going to be read, two at once, so that reading them is quick."""
        network = self._network

        def ask(turn: tuple[str, tuple[Before, ...]]) -> None:
            text, before = turn
            network.answer(straightened(text), before)

        with ThreadPoolExecutor(_AT_ONCE) as two:
            list(two.map(ask, turns))

    def meanings(self, sentences: Iterable[str]) -> tuple[NDArray[np.float32], ...]:
        """Where each of these sentences points among meanings; each of length one."""
        return tuple(self._network.answer(straightened(sentence)).meaning for sentence in sentences)

    def read_all(self, turns: Iterable[tuple[str, Context]]) -> list[Reading]:
        """Many turns, in their order; each is read just as it would be alone."""
        return [self.read(text, context) for text, context in turns]

    @cached_property
    def _network(self) -> Network:
        return self._given or Network.shipped()

    def _weighed(self, answer: Answer, by_rule: Mapping[Act, float], context: Context) -> dict[Act, float]:
        acts = {act: self._weigh(act, answer, by_rule.get(act, 0.0)) for act in answer.acts}
        if context.their_move is not None and context.their_move not in RESISTING_MOVES:
            acts[Act.HOLD] = 0.0  # nobody had pushed
        kinds = QUESTIONS - {Act.QUESTION}
        acts[Act.QUESTION] = max(acts[Act.QUESTION], *(acts.get(kind, 0.0) for kind in kinds))
        return acts

    def _weigh(self, act: Act, answer: Answer, by_rule: float) -> float:
        weighing = self._network.card.acts[act]
        told = weighing.network * answer.acts[act] + weighing.wording * answer.wording[act] + weighing.rules * by_rule
        return round(_probability(told + weighing.bias), _PLACES)

    def _spans(
        self, acts: Mapping[Act, float], rule_spans: Mapping[Act, tuple[Span, ...]], answer: Answer, text: str
    ) -> dict[Act, tuple[Span, ...]]:
        columns = {act: column for column, act in enumerate(answer.acts)}
        return {act: rule_spans.get(act) or shown_by(answer, columns[act], text) for act in _likely(acts)}


def evidence(plain: str) -> dict[Act, float]:
    """What the rules say of each act they know something of in a straightened text: from -1 (no) to 1 (yes)."""
    return _evidence(plain, by_pattern(plain)[0])


def _evidence(plain: str, by_rule: Mapping[Act, float]) -> dict[Act, float]:
    return {**dict.fromkeys(ruled_out(plain), -1.0), **by_rule}


_AT_ONCE = 2  # turns; a small machine has as many cores
_PLACES = 4  # decimals: beyond them, processors differ
_PER_DEVIATION = 0.7  # a reply one standard deviation above the average reads as 0.6 receptive


def _likely(acts: Mapping[Act, float]) -> Iterable[Act]:
    return [act for act, likelihood in acts.items() if likelihood >= LIKELY]


def _probability(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, log_odds))))
