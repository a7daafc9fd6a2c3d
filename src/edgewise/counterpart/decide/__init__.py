"""Decide: what they do next, one move at a time."""

from edgewise.counterpart.decide.chance import Chance
from edgewise.counterpart.decide.curveballs import due_curveball
from edgewise.counterpart.decide.decide import RUNNING_ON, Decision, ranked_moves
from edgewise.counterpart.decide.straight_to import is_finished, straight_to, words_before_cutting_in

__all__ = [
    "RUNNING_ON",
    "Chance",
    "Decision",
    "due_curveball",
    "is_finished",
    "ranked_moves",
    "straight_to",
    "words_before_cutting_in",
]
