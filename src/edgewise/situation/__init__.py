"""Chapter two: what you came to say, what you must not do, and what you fear will happen."""

from edgewise.situation.document import read_situation, write_situation
from edgewise.situation.kind import Kind
from edgewise.situation.situation import Fear, KeyPoint, Pitfall, Situation, TheirSide

__all__ = [
    "Fear",
    "KeyPoint",
    "Kind",
    "Pitfall",
    "Situation",
    "TheirSide",
    "read_situation",
    "write_situation",
]
