"""One module a question; each answers from your turns, with your words, or says that it can't tell."""

from __future__ import annotations

from edgewise.debrief.findings import Finding
from edgewise.debrief.notes import Notes
from edgewise.debrief.questions.apologised import apologised
from edgewise.debrief.questions.filled_silence import filled_silence
from edgewise.debrief.questions.on_topic import on_topic
from edgewise.debrief.questions.reactive import reactive
from edgewise.debrief.questions.said_it import said_it

_QUESTIONS = (said_it, on_topic, reactive, apologised, filled_silence)


def findings_on(notes: Notes) -> tuple[Finding, ...]:
    """What your turns show, question by question."""
    return tuple(answer(notes) for answer in _QUESTIONS)


__all__ = ["findings_on"]
