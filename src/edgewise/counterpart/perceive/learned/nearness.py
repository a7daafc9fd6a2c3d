"""How near a turn comes to what was noted beforehand: key points, triggers, values. By meaning, and by words."""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np

from edgewise.counterpart.perceive.learned.card import Nearness
from edgewise.counterpart.perceive.learned.network import Answer, Network
from edgewise.counterpart.perceive.learned.spans import clauses
from edgewise.counterpart.perceive.reading import LIKELY, Said, Span, Touch
from edgewise.counterpart.perceive.subject import point_said, relevance, share_of, touched, unannounced
from edgewise.person import Theme
from edgewise.situation import KeyPoint, Situation

_ORDER = (Said.NOT_AT_ALL, Said.HINTED, Said.PLAINLY)


class Nearby:
    """What a turn comes near, in one situation."""

    def __init__(self, network: Network, situation: Situation, text: str, answer: Answer) -> None:
        self._network = network
        self._situation = situation
        self._text = text
        self._answer = answer

    @cached_property
    def points(self) -> tuple[Said, ...]:
        """How far each key point came out: as the words show, or as the meaning does, whichever is further."""
        return tuple(
            max(point_said(point, self._text), self._by_meaning(point), key=_ORDER.index)
            for point in self._situation.points
        )

    @property
    def likenesses(self) -> tuple[float, ...]:
        """How near in meaning the turn is to each key point, -1 to 1."""
        return tuple(round(self._likeness(point.text), 4) for point in self._situation.points)

    @cached_property
    def relevance(self) -> float:
        """How far the turn is about what you came to say, 0 to 1."""
        subject = [self._situation.came_to_say, *(point.text for point in self._situation.points)]
        near = [self._near(self._network.card.touched, note) for note in subject if note]
        return (
            round(max(relevance(self._situation, self._text), *near, 0.0), 4)
            if near
            else relevance(self._situation, self._text)
        )

    @property
    def triggers(self) -> tuple[Touch, ...]:
        """Which of their triggers were hit."""
        return self._themes(self._situation.person.triggers, self._network.card.trigger)

    @property
    def values(self) -> tuple[Touch, ...]:
        """Which of their values were honoured."""
        return self._themes(self._situation.person.values, self._network.card.value)

    def _by_meaning(self, point: KeyPoint) -> Said:
        if self._near(self._network.card.said, point.text) >= LIKELY:
            return Said.PLAINLY if unannounced(self._text) else Said.HINTED
        return Said.HINTED if self._near(self._network.card.touched, point.text) >= LIKELY else Said.NOT_AT_ALL

    def _themes(self, themes: tuple[Theme, ...], nearness: Nearness) -> tuple[Touch, ...]:
        by_words = {touch.what: touch for touch in touched(themes, self._text)}
        by_meaning = {
            theme.what: Touch(theme.what, self._nearest_clause(theme.what))
            for theme in themes
            if self._near(nearness, theme.what) >= LIKELY
        }
        return tuple((by_meaning | by_words)[theme.what] for theme in themes if theme.what in by_meaning | by_words)

    def _near(self, nearness: Nearness, note: str) -> float:
        log_odds = nearness.meaning * self._likeness(note) + nearness.words * share_of(note, self._text) + nearness.bias
        return 1.0 / (1.0 + math.exp(-log_odds))

    def _likeness(self, note: str) -> float:
        return float(np.dot(self._answer.meaning, self._network.answer(note).meaning))

    def _nearest_clause(self, note: str) -> Span:
        """The clause that means most nearly what the note says."""
        theirs = self._network.answer(note).meaning
        spans = clauses(self._text) or [Span(0, len(self._text))]
        words = [self._text[span.start : span.end] for span in spans]
        return spans[int(np.argmax([np.dot(self._network.answer(clause).meaning, theirs) for clause in words]))]
