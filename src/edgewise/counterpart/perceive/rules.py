"""Reading by rules: patterns and word stems. Quick, explainable, and honest about not being sure."""

from __future__ import annotations

from edgewise.counterpart.perceive.acts import ESCALATING, QUESTIONS, Act
from edgewise.counterpart.perceive.lexicon import act_patterns, straightened
from edgewise.counterpart.perceive.reader import Context
from edgewise.counterpart.perceive.reading import LIKELY, Reading, Said, Span
from edgewise.counterpart.perceive.subject import point_said, relevance, touched
from edgewise.counterpart.perceive.whole_turn import holds_by_its_acts, with_whole_turn

# How each act sits on the interpersonal circumplex (Wiggins 1979): warmth, dominance. Ours, in steps of 0.1.
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


class RuleReader:
    """Reads by patterns and word stems alone."""

    def read(self, text: str, context: Context) -> Reading:
        """What the turn did; an empty text is a silence."""
        points = context.situation.points
        if not text:
            return Reading("", {Act.SILENCE: 1.0}, points=(Said.NOT_AT_ALL,) * len(points))
        plain = straightened(text)
        acts, spans = by_pattern(plain)
        person = context.situation.person
        kind = not any(acts.get(act, 0.0) >= LIKELY for act in ESCALATING)
        reading = Reading(
            text,
            acts,
            spans,
            warmth=_on_circumplex(acts, 0),
            dominance=_on_circumplex(acts, 1),
            relevance=relevance(context.situation, plain),
            points=tuple(point_said(point, plain) for point in points),
            triggers=touched(person.triggers, plain),
            values=touched(person.values, plain) if kind else (),
        )
        return with_whole_turn(holds_by_its_acts(reading, context), context)


def by_pattern(plain: str) -> tuple[dict[Act, float], dict[Act, tuple[Span, ...]]]:
    """The acts whose patterns stand in a straightened text: how likely each is, and the words that show it."""
    acts: dict[Act, float] = {}
    spans: dict[Act, tuple[Span, ...]] = {}
    for patterns in act_patterns():
        likelihood, shown = patterns.shown_in(plain)
        if shown:
            acts[patterns.act], spans[patterns.act] = likelihood, shown
    _settle_rivals(acts, spans)
    return acts, spans


def ruled_out(plain: str) -> frozenset[Act]:
    """The acts that a straightened text only seems to do."""
    return frozenset(patterns.act for patterns in act_patterns() if patterns.ruled_out_in(plain))


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


def _on_circumplex(acts: dict[Act, float], axis: int) -> float:
    pulls = [likelihood * _CIRCUMPLEX[act][axis] for act, likelihood in acts.items() if act in _CIRCUMPLEX]
    return max(-1.0, min(1.0, sum(pulls)))


def _overlap(some: tuple[Span, ...], others: tuple[Span, ...]) -> bool:
    return any(one.start < other.end and other.start < one.end for one in some for other in others)
