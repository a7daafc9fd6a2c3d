"""Speak: the move in words."""

from edgewise.counterpart.speak.built_in import BuiltInVoice
from edgewise.counterpart.speak.line import Line
from edgewise.counterpart.speak.mirror import turned_round
from edgewise.counterpart.speak.repertoire import Repertoire, built_in_repertoire, read_repertoire_file
from edgewise.counterpart.speak.voice import Cue, Ear, Part, Spoken, Voice, Weighs

__all__ = [
    "BuiltInVoice",
    "Cue",
    "Ear",
    "Line",
    "Part",
    "Repertoire",
    "Spoken",
    "Voice",
    "Weighs",
    "built_in_repertoire",
    "read_repertoire_file",
    "turned_round",
]
