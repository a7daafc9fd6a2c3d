"""Decide: what they do next, one move at a time."""

from edgewise.counterpart.decide.chance import Chance
from edgewise.counterpart.decide.curveballs import due_curveball
from edgewise.counterpart.decide.decide import RUNNING_ON, Decision, ranked_moves

__all__ = ["RUNNING_ON", "Chance", "Decision", "due_curveball", "ranked_moves"]
