"""Edgewise: rehearse the conversation you dread with a simulated version of the person you must have it with.

The chapters, in the order of the story, each importing only earlier ones:

    person       who you must talk to
    situation    what you came to say, and what you fear
    take         one version of how they might respond
    rehearsal    one run of one take, written down turn by turn
    counterpart  the simulated person: perceive → appraise → decide → speak
    danger       when practice stops: words that may tell of real danger
    debrief      your own words first, then what the record shows
    progress     what accumulates across takes

`help` holds where real help is to be had, `app` is what a person can do with them, `adapters` and `entrypoints` are the
outside world, and `bootstrap` wires them together. What is listed in `__all__` is public; names are loaded when they
are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from edgewise._version import __version__ as __version__

if TYPE_CHECKING:
    from edgewise.adapters.examples import example, example_names
    from edgewise.adapters.memory_store import MemoryStore
    from edgewise.app import Conversation, Edgewise
    from edgewise.bootstrap import edgewise as open_edgewise
    from edgewise.counterpart import Counterpart
    from edgewise.debrief import Debrief, Evidence, Finding, Verdict
    from edgewise.errors import DeveloperError, EdgewiseError, OperatorError, PersonError, PracticeStoppedError
    from edgewise.person import Incident, Person, Pronouns, Relationship, Style, Trigger, Value
    from edgewise.progress import SideBySide, side_by_side
    from edgewise.rehearsal import CounterpartTurn, EmotionalState, Question, Reflection, Rehearsal, YourTurn
    from edgewise.situation import (
        Fear,
        KeyPoint,
        Kind,
        Pitfall,
        Situation,
        TheirSide,
        read_card,
        read_situation,
        write_card,
        write_situation,
    )
    from edgewise.take import Curveball, Dials, Mood, Move, Take, preset, preset_names

_HOME = {
    "edgewise.adapters.examples": ("example", "example_names"),
    "edgewise.adapters.memory_store": ("MemoryStore",),
    "edgewise.app": ("Conversation", "Edgewise"),
    "edgewise.bootstrap": ("open_edgewise",),
    "edgewise.counterpart": ("Counterpart",),
    "edgewise.debrief": ("Debrief", "Evidence", "Finding", "Verdict"),
    "edgewise.errors": ("DeveloperError", "EdgewiseError", "OperatorError", "PersonError", "PracticeStoppedError"),
    "edgewise.person": ("Incident", "Person", "Pronouns", "Relationship", "Style", "Trigger", "Value"),
    "edgewise.progress": ("SideBySide", "side_by_side"),
    "edgewise.rehearsal": ("CounterpartTurn", "EmotionalState", "Question", "Reflection", "Rehearsal", "YourTurn"),
    "edgewise.situation": (
        "Fear",
        "KeyPoint",
        "Kind",
        "Pitfall",
        "Situation",
        "TheirSide",
        "read_card",
        "read_situation",
        "write_card",
        "write_situation",
    ),
    "edgewise.take": ("Curveball", "Dials", "Mood", "Move", "Take", "preset", "preset_names"),
}
_WHERE = {name: module for module, names in _HOME.items() for name in names}
_ELSEWHERE_CALLED = {"open_edgewise": "edgewise"}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'edgewise' has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), _ELSEWHERE_CALLED.get(name, name))


def __dir__() -> list[str]:
    return sorted([*globals(), *_WHERE])


__all__ = [
    "Conversation",
    "Counterpart",
    "CounterpartTurn",
    "Curveball",
    "Debrief",
    "DeveloperError",
    "Dials",
    "Edgewise",
    "EdgewiseError",
    "EmotionalState",
    "Evidence",
    "Fear",
    "Finding",
    "Incident",
    "KeyPoint",
    "Kind",
    "MemoryStore",
    "Mood",
    "Move",
    "OperatorError",
    "Person",
    "PersonError",
    "Pitfall",
    "PracticeStoppedError",
    "Pronouns",
    "Question",
    "Reflection",
    "Rehearsal",
    "Relationship",
    "SideBySide",
    "Situation",
    "Style",
    "Take",
    "TheirSide",
    "Trigger",
    "Value",
    "Verdict",
    "YourTurn",
    "example",
    "example_names",
    "open_edgewise",
    "preset",
    "preset_names",
    "read_card",
    "read_situation",
    "side_by_side",
    "write_card",
    "write_situation",
]
