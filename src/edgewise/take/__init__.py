"""Chapter three: one version of how they might respond.

A take turns the same person up or down: how hard they push back, how reasonable they are, how much they wander, how
long they stay silent, and which curveballs come unannounced.
"""

from edgewise.take.moves import DOOR_MOVES, RESISTING_MOVES, Curveball, Mood, Move
from edgewise.take.presets import preset, preset_names, presets, take_called
from edgewise.take.take import Dials, Drill, Take

__all__ = [
    "DOOR_MOVES",
    "RESISTING_MOVES",
    "Curveball",
    "Dials",
    "Drill",
    "Mood",
    "Move",
    "Take",
    "preset",
    "preset_names",
    "presets",
    "take_called",
]
