"""One function a question; each answers from your turns, with your words, or says that it can't tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from edgewise.debrief.findings import Finding
from edgewise.debrief.notes import Notes
from edgewise.debrief.questions.about_the_work import about_work, left_wanting, specific
from edgewise.debrief.questions.apologised import apologised
from edgewise.debrief.questions.asked import asked
from edgewise.debrief.questions.filled_silence import filled_silence
from edgewise.debrief.questions.limit import consequence, held, stated
from edgewise.debrief.questions.listened import listened
from edgewise.debrief.questions.on_topic import on_topic
from edgewise.debrief.questions.over_explained import over_explained
from edgewise.debrief.questions.reactive import reactive
from edgewise.debrief.questions.said_it import said_it
from edgewise.debrief.questions.stayed import stayed
from edgewise.rehearsal import Question

_ANSWERS: dict[Question, Callable[[Notes], Finding]] = {
    Question.SAID_IT: said_it,
    Question.ON_TOPIC: on_topic,
    Question.STAYED: stayed,
    Question.REACTIVE: reactive,
    Question.APOLOGISED: apologised,
    Question.OVER_EXPLAINED: over_explained,
    Question.FILLED_SILENCE: filled_silence,
    Question.ASKED: asked,
    Question.LISTENED: listened,
    Question.SPECIFIC: specific,
    Question.ABOUT_WORK: about_work,
    Question.LEFT_WANTING: left_wanting,
    Question.STATED: stated,
    Question.HELD: held,
    Question.CONSEQUENCE: consequence,
}


def findings_on(questions: Iterable[Question], notes: Notes) -> tuple[Finding, ...]:
    """What your turns show, question by question."""
    return tuple(_ANSWERS[question](notes) for question in questions)


__all__ = ["findings_on"]
