"""Whether a line that can follow anything can follow this."""

from __future__ import annotations

from edgewise.counterpart.perceive import ESCALATING, Act
from edgewise.counterpart.speak.line import OWN_WORDS, RECALLED, Line
from edgewise.counterpart.speak.voice import Cue
from edgewise.take import Move

_COMPLAINS = ESCALATING | {Act.IMPACT, Act.EXAMPLE}
_PRESSES_ON = frozenset({Act.HOLD, Act.REPEAT, Act.POINT})
_WANTS = frozenset({Act.REQUEST, Act.BOUNDARY, Act.REFUSE, Act.POINT, Act.HOLD, Act.REPEAT})

# Moves that answer an accusation: without one they come out of nowhere.
_AGAINST_A_COMPLAINT = frozenset(
    {
        Move.DENY,
        Move.MINIMISE,
        Move.SHIFT_BLAME,
        Move.WHATABOUT,
        Move.DEMAND_EXAMPLE,
        Move.COUNTER_ATTACK,
        Move.PLAY_VICTIM,
    }
)
# Moves that answer an accusation or a wish.
_AGAINST_A_WISH = frozenset({Move.JUSTIFY, Move.GUILT_TRIP, Move.PATRONISE, Move.SARCASM, Move.BARGAIN})


def comes_out_of_nowhere(line: Line, cue: Cue) -> bool:
    """Whether a line answers what nobody has said: an accusation, a wish, or anything at all at the very beginning.

    A line written for what your turn did is never out of place; nor is a surprise, nor a gesture.
    """
    if cue.curveball is not None or not line.says:
        return False
    if cue.reading.did(Act.OPENING):
        return Act.OPENING not in line.after
    if line.after:
        return False
    if cue.move in _AGAINST_A_COMPLAINT:
        return not complains(cue) and not (line.slots & (OWN_WORDS | RECALLED) and _wants(cue))
    return cue.move in _AGAINST_A_WISH and not complains(cue) and not _wants(cue)


def complains(cue: Cue) -> bool:
    """Whether your turn finds fault with them, or presses on with what did."""
    reading = cue.reading
    return reading.did_any(_COMPLAINS) or (cue.mind.has_been_complained_of and reading.did_any(_PRESSES_ON))


def _wants(cue: Cue) -> bool:
    return not cue.reading.foreground.isdisjoint(_WANTS)
