"""Chapter two: what you came to say, what you must not do, and what you fear will happen."""

from edgewise.situation.card import is_card, read_card, words_about_them, write_card
from edgewise.situation.document import read_situation, write_situation
from edgewise.situation.kind import Kind
from edgewise.situation.situation import LONGEST_CARD, Fear, KeyPoint, Pitfall, Situation, TheirSide

__all__ = [
    "LONGEST_CARD",
    "Fear",
    "KeyPoint",
    "Kind",
    "Pitfall",
    "Situation",
    "TheirSide",
    "is_card",
    "read_card",
    "read_situation",
    "words_about_them",
    "write_card",
    "write_situation",
]
