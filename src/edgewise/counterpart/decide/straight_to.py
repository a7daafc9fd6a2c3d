"""Going straight to a move: drills, and a version of them that takes your opening away."""

from __future__ import annotations

from edgewise.counterpart.decide.chance import Chance
from edgewise.counterpart.decide.decide import RUNNING_ON
from edgewise.counterpart.mind import Mind
from edgewise.counterpart.perceive import Act, Reading
from edgewise.person import word_count
from edgewise.take import Move, Take

#: Words after which somebody who will not hear your opening cuts in; fewer are only a hello.
OPENING_WORDS = 15
#: Words after which being cut off is practised: enough that there was something to cut.
_SOMETHING_TO_CUT = 6
_BEFORE_ANYTHING_WAS_SAID = frozenset(
    {Move.SARCASM, Move.PATRONISE, Move.CHARM, Move.CHANGE_SUBJECT, Move.GO_SILENT, Move.CUT_OFF}
)
_ABOUT_A_REQUEST = frozenset({Move.BARGAIN, Move.AGREE_TOO_FAST})
_ABOUT_A_CLAIM = frozenset(
    {
        Move.DENY,
        Move.MINIMISE,
        Move.JUSTIFY,
        Move.SHIFT_BLAME,
        Move.WHATABOUT,
        Move.COUNTER_ATTACK,
        Move.PLAY_VICTIM,
        Move.DEMAND_EXAMPLE,
    }
)
_CLAIMS = (Act.CRITICISE, Act.IMPACT, Act.POINT, Act.HOLD, Act.REQUEST, Act.BOUNDARY, Act.EXAMPLE)


def words_before_cutting_in(take: Take) -> int:
    """From how many words of one turn on somebody in this take may not let you finish."""
    if take.drill is not None and take.drill.move is Move.CUT_OFF:
        return _PRACTISED_AFTER
    return OPENING_WORDS if take.takes_your_opening else RUNNING_ON


_PRACTISED_AFTER = 12


def drilled_turns(times: int, chance: Chance) -> tuple[int, ...]:
    """Which of their turns (from 0, the greeting) are to be the drilled move, earliest first.

    The first comes at once; between two there is none or one turn of another kind, so that you never know.
    """
    turns = [1]
    for number in range(times - 1):
        turns.append(turns[-1] + (2 if chance.share(f"drill/{number}") < _ONE_BETWEEN else 1))
    return tuple(turns)


_ONE_BETWEEN = 0.5


def is_finished(mind: Mind) -> bool:
    """Whether a drill has brought its move as often as it was to."""
    drill = mind.take.drill
    return drill is not None and mind.moves.count(drill.move) >= drill.times


def straight_to(mind: Mind, reading: Reading, seed: int) -> Move | None:
    """The move that this take goes straight to now; None when any may be chosen."""
    if mind.take.takes_your_opening and _at_your_opening(mind, reading):
        return Move.CUT_OFF
    drill = mind.take.drill
    if drill is None or is_finished(mind):
        return None
    due = sum(turn <= len(mind.moves) for turn in drilled_turns(drill.times, Chance(seed, -1)))
    owed = due > mind.moves.count(drill.move)
    return drill.move if owed and _makes_sense(drill.move, mind, reading) else None


def _at_your_opening(mind: Mind, reading: Reading) -> bool:
    return Move.CUT_OFF not in mind.moves and len(mind.said) <= _FIRST_TURNS and _long_enough(reading, OPENING_WORDS)


_FIRST_TURNS = 2


def _makes_sense(move: Move, mind: Mind, reading: Reading) -> bool:
    """Whether the move would answer anything just now; what does not waits for your next turn."""
    if move is Move.GO_SILENT:
        return mind.last_move is not Move.GO_SILENT
    if move is Move.CUT_OFF:
        return _long_enough(reading, _SOMETHING_TO_CUT)
    if reading.did(Act.OPENING):
        return move in _BEFORE_ANYTHING_WAS_SAID
    if move in _ABOUT_A_REQUEST:
        return mind.door.said or reading.did_any((Act.REQUEST, Act.BOUNDARY, Act.REFUSE))
    if move in _ABOUT_A_CLAIM:
        return mind.knows_why_you_came or reading.did_any(_CLAIMS)
    return True


def _long_enough(reading: Reading, words: int) -> bool:
    return word_count(reading.text) >= words
