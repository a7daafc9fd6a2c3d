"""Surprises on a hidden schedule."""

from __future__ import annotations

from edgewise.counterpart.decide.chance import Chance
from edgewise.situation import Situation
from edgewise.take import Curveball, Move, Take

#: Their turns (counted from 0, the greeting) between which a curveball can come.
FIRST, LAST = 3, 11

#: What each surprise is, as a move.
AS_MOVE = {
    Curveball.PAINFUL_SUBJECT: Move.CHANGE_SUBJECT,
    Curveball.SUDDEN_KINDNESS: Move.CHARM,
    Curveball.TEARS: Move.DISCLOSE_HURT,
    Curveball.OLD_STORY_WRONG: Move.DENY,
    Curveball.PHONE_RINGS: Move.CHANGE_SUBJECT,
    Curveball.WHO_PUT_YOU_UP: Move.INTERROGATE,
    Curveball.UNKNOWN_FACT: Move.CHANGE_SUBJECT,
    Curveball.QUICK_YES: Move.AGREE_TOO_FAST,
    Curveball.LEAVES_AND_RETURNS: Move.GO_SILENT,
    Curveball.KNOWS_ALREADY: Move.GREET,
}


def schedule(situation: Situation, take: Take, seed: int) -> tuple[tuple[int, Curveball], ...]:
    """Which surprise becomes due at which of their turns, earliest first."""
    chance = Chance(seed, -1)
    possible = [kind for kind in take.curveballs if kind is not Curveball.UNKNOWN_FACT or situation.their_side.fact]
    kinds = chance.order(dict.fromkeys(possible, 1.0), "curveball")[: take.curveball_count]
    turns = sorted(chance.order(dict.fromkeys(range(FIRST, LAST + 1), 1.0), "when")[: len(kinds)])
    return tuple(zip(turns, kinds, strict=True))


def due_curveball(
    situation: Situation, take: Take, seed: int, their_turn: int, come: tuple[Curveball, ...]
) -> Curveball | None:
    """The surprise that is due by now and has not come; none if nothing is due."""
    due = [kind for turn, kind in schedule(situation, take, seed) if turn <= their_turn and kind not in come]
    return due[0] if due else None
