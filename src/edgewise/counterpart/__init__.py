"""Chapter five: the simulated person. Perceive → appraise → decide → speak.

The person lives in code: what your turn did, what that does to them, what they do next. Words come last.
"""

from edgewise.counterpart.counterpart import Counterpart
from edgewise.counterpart.decide import RUNNING_ON, words_before_cutting_in
from edgewise.counterpart.mind import Mind
from edgewise.counterpart.perceive import Act, LearnedReader, Reader, Reading, RuleReader, Said, Span
from edgewise.counterpart.recollect import recollections, same_person
from edgewise.counterpart.speak import BuiltInVoice, Cue, Ear, Part, Spoken, Voice

__all__ = [
    "RUNNING_ON",
    "Act",
    "BuiltInVoice",
    "Counterpart",
    "Cue",
    "Ear",
    "LearnedReader",
    "Mind",
    "Part",
    "Reader",
    "Reading",
    "RuleReader",
    "Said",
    "Span",
    "Spoken",
    "Voice",
    "recollections",
    "same_person",
    "words_before_cutting_in",
]
