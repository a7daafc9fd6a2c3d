"""Perceive: what your turn did, and which of your words show it."""

from edgewise.counterpart.perceive.acts import COLLAPSING, ESCALATING, QUESTIONS, Act
from edgewise.counterpart.perceive.learned import LearnedReader
from edgewise.counterpart.perceive.reader import Before, Context, Reader
from edgewise.counterpart.perceive.reading import Reading, Said, Span, Touch
from edgewise.counterpart.perceive.rules import RuleReader

__all__ = [
    "COLLAPSING",
    "ESCALATING",
    "QUESTIONS",
    "Act",
    "Before",
    "Context",
    "LearnedReader",
    "Reader",
    "Reading",
    "RuleReader",
    "Said",
    "Span",
    "Touch",
]
