"""Reading your turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from edgewise.counterpart.perceive.acts import ESCALATING, QUESTIONS, Act
from edgewise.counterpart.perceive.lexicon import act_patterns, straightened
from edgewise.counterpart.perceive.reading import LIKELY, Reading, Said, Span
from edgewise.counterpart.perceive.subject import point_said, relevance, touched
from edgewise.person import content_stems, word_count
from edgewise.situation import Situation
from edgewise.take import RESISTING_MOVES, Move

#: From this likeness on (0 to 100, rapidfuzz token sort ratio) a turn says again what an earlier one said.
SAME_AGAIN = 88.0
#: Words in a turn from which it can be over-explaining, if it goes over ground already covered or floods a silence.
LONG_TURN = 55

# How each act sits on the interpersonal circumplex (Wiggins 1979): warmth, dominance. Ours, in steps of 0.1, to be
# replaced by learned values.
_CIRCUMPLEX: dict[Act, tuple[float, float]] = {
    Act.APOLOGY: (0.3, -0.6),
    Act.HEDGE: (0.0, -0.4),
    Act.JUSTIFY: (0.0, -0.1),
    Act.CRITICISE: (-0.5, 0.5),
    Act.CONTEMPT: (-0.9, 0.6),
    Act.DISMISS: (-0.6, 0.4),
    Act.SARCASM: (-0.5, 0.3),
    Act.THREAT: (-0.7, 0.8),
    Act.REQUEST: (0.1, 0.3),
    Act.REFUSE: (-0.1, 0.5),
    Act.BOUNDARY: (0.0, 0.6),
    Act.IMPACT: (0.2, 0.1),
    Act.EXAMPLE: (0.0, 0.2),
    Act.ASK_FEELINGS: (0.5, -0.1),
    Act.ASK_TERMS: (0.3, 0.0),
    Act.VALIDATE: (0.6, 0.0),
    Act.APPRECIATE: (0.7, 0.0),
    Act.CONCEDE: (0.3, -0.5),
    Act.WITHDRAW: (0.0, -0.7),
    Act.HOLD: (0.0, 0.5),
    Act.SMALL_TALK: (0.3, 0.0),
}


@dataclass(frozen=True, slots=True)
class Context:
    """What a turn is read against.

    Attributes:
        situation: what you came to say, and to whom.
        their_move: what they did just before; none at the start.
        their_words: what they said just before; empty when they said nothing.
        their_silence_s: seconds of silence they left just before.
        said_before: your earlier turns, oldest first.
        point_said_before: whether a key point has been said plainly already.
    """

    situation: Situation
    their_move: Move | None = None
    their_words: str = ""
    their_silence_s: float = 0.0
    said_before: Sequence[str] = field(default_factory=tuple[str, ...])
    point_said_before: bool = False


class Reader(Protocol):
    """Understands one turn of yours in its place in the conversation."""

    def read(self, text: str, context: Context) -> Reading:
        """What the turn did."""
        ...


class RuleReader:
    """Reads by patterns and word stems: quick, explainable, and honest about not being sure."""

    def read(self, text: str, context: Context) -> Reading:
        """What the turn did; an empty text is a silence."""
        points = context.situation.points
        if not text:
            return Reading("", {Act.SILENCE: 1.0}, points=(Said.NOT_AT_ALL,) * len(points))
        plain = straightened(text)
        acts: dict[Act, float] = {}
        spans: dict[Act, tuple[Span, ...]] = {}
        for patterns in act_patterns():
            likelihood, shown = patterns.shown_in(plain)
            if shown:
                acts[patterns.act], spans[patterns.act] = likelihood, shown
        _settle_rivals(acts, spans)
        said = tuple(point_said(point, plain) for point in points)
        about = relevance(context.situation, plain)
        _add_whole_turn(acts, spans, text, said, about, context)
        person = context.situation.person
        kind = not any(acts.get(act, 0.0) >= LIKELY for act in ESCALATING)
        return Reading(
            text,
            acts,
            spans,
            warmth=_on_circumplex(acts, 0),
            dominance=_on_circumplex(acts, 1),
            relevance=about,
            points=said,
            triggers=touched(person.triggers, plain),
            values=touched(person.values, plain) if kind else (),
        )


def _settle_rivals(acts: dict[Act, float], spans: dict[Act, tuple[Span, ...]]) -> None:
    """Where two acts share the same words, keep the one those words do."""
    if acts.keys() & (QUESTIONS - {Act.QUESTION}) and Act.QUESTION not in acts:
        acts[Act.QUESTION] = 0.7
        spans[Act.QUESTION] = next(spans[act] for act in QUESTIONS if act in spans)
    for louder, quieter in (
        (Act.CONTEMPT, Act.IMPACT),
        (Act.CRITICISE, Act.APPRECIATE),
        (Act.BOUNDARY, Act.WITHDRAW),
    ):
        if louder in acts and quieter in acts and _overlap(spans[louder], spans[quieter]):
            del acts[quieter], spans[quieter]


def _add_whole_turn(
    acts: dict[Act, float],
    spans: dict[Act, tuple[Span, ...]],
    text: str,
    said: tuple[Said, ...],
    about: float,
    context: Context,
) -> None:
    whole = (Span(0, len(text)),)
    said_point = Said.PLAINLY in said
    if said_point:
        acts[Act.POINT], spans[Act.POINT] = 0.9, whole
    if _asks_back(text, context.their_words):
        acts[Act.ASK_MEANING], spans[Act.ASK_MEANING] = 0.8, whole
        acts.setdefault(Act.QUESTION, 0.8)
        spans.setdefault(Act.QUESTION, whole)
    if _says_again(text, context.said_before):
        acts[Act.REPEAT], spans[Act.REPEAT] = 0.9, whole
    if _holds(acts, about, context):
        acts[Act.HOLD] = max(0.8, acts.get(Act.HOLD, 0.0))
        spans.setdefault(Act.HOLD, whole)
    if word_count(text) >= LONG_TURN and (context.point_said_before or context.their_silence_s > 0):
        acts[Act.OVER_EXPLAIN], spans[Act.OVER_EXPLAIN] = 0.7, whole
    if not acts and about < _CLEARLY_ABOUT:
        acts[Act.UNSURE], spans[Act.UNSURE] = 0.8, whole


_CLEARLY_ABOUT = 0.5
_ASKED_BACK = 5  # words; a short question made of their own words asks what they meant by them


def _asks_back(text: str, their_words: str) -> bool:
    """Whether a short question only hands them back their own word ("Depends on what??")."""
    if not text.rstrip(" ?!").strip() or not text.rstrip().endswith("?") or word_count(text) > _ASKED_BACK:
        return False
    asked = content_stems(text)
    return bool(asked) and asked <= content_stems(their_words)


_OWN_GROUND = frozenset({Act.REQUEST, Act.BOUNDARY, Act.IMPACT, Act.EXAMPLE, Act.POINT, Act.REFUSE})
_GIVES_WAY = frozenset({Act.WITHDRAW, Act.CONCEDE, Act.APOLOGY, Act.DEFLECT})
_ABOUT_AT_ALL = 0.25


def _holds(acts: dict[Act, float], about: float, context: Context) -> bool:
    """Whether you stayed on your own ground, without giving way or lashing out, when they pushed back."""
    if context.their_move not in RESISTING_MOVES or about < _ABOUT_AT_ALL:
        return False
    return bool(acts.keys() & _OWN_GROUND) and not acts.keys() & (_GIVES_WAY | ESCALATING)


def _says_again(text: str, before: Sequence[str]) -> bool:
    if word_count(text) < _TOO_SHORT_TO_REPEAT:
        return False
    return any(fuzz.token_sort_ratio(text, said, processor=default_process) >= SAME_AGAIN for said in before)


_TOO_SHORT_TO_REPEAT = 4  # words


def _on_circumplex(acts: dict[Act, float], axis: int) -> float:
    pulls = [likelihood * _CIRCUMPLEX[act][axis] for act, likelihood in acts.items() if act in _CIRCUMPLEX]
    return max(-1.0, min(1.0, sum(pulls)))


def _overlap(some: tuple[Span, ...], others: tuple[Span, ...]) -> bool:
    return any(one.start < other.end and other.start < one.end for one in some for other in others)
