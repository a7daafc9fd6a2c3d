"""Perceive: what your turn did, and which of your words show it."""

from edgewise.counterpart.perceive.acts import COLLAPSING, ESCALATING, QUESTIONS, Act
from edgewise.counterpart.perceive.reader import Context, Reader, RuleReader
from edgewise.counterpart.perceive.reading import Reading, Said, Span, Touch

__all__ = [
    "COLLAPSING",
    "ESCALATING",
    "QUESTIONS",
    "Act",
    "Context",
    "Reader",
    "Reading",
    "RuleReader",
    "Said",
    "Span",
    "Touch",
]
