"""For feedback on something somebody made: specific, about the work, with something left to want."""

from __future__ import annotations

from edgewise.counterpart import Act
from edgewise.debrief.findings import Finding
from edgewise.debrief.notes import Notes
from edgewise.debrief.questions.counted import Counted, fault, rare_lapse, twice_is_enough
from edgewise.debrief.wording import times, turns
from edgewise.rehearsal import Question


def specific(notes: Notes) -> Finding:
    """Whether you pointed at places in it."""
    return _SPECIFIC.answer(notes)


def about_work(notes: Notes) -> Finding:
    """Whether it was about what they made and not about what they are."""
    return _ABOUT_WORK.answer(notes)


def left_wanting(notes: Notes) -> Finding:
    """Whether you left them something they can look forward to making."""
    return _LEFT_WANTING.answer(notes)


_SPECIFIC = Counted(
    question=Question.SPECIFIC,
    scale=fault,
    says_none="You spoke of the whole of it. You never pointed at a place.",
    says_some=lambda found, _: f"You pointed at a place in it in {turns(len(found))}.",
    shown=lambda note: note.whole,
    try_none="Where exactly, on which page or in which bar, did you first feel it?",
    try_some="A place can be worked on. Is there one more you were too polite to name?",
)
_ABOUT_WORK = Counted(
    question=Question.ABOUT_WORK,
    scale=rare_lapse,
    says_none="It was about the work throughout.",
    says_some=lambda found, _: f"{times(len(found)).capitalize()} it was about them and not about what they made.",
    shown=lambda note: note.shown_by(Act.CONTEMPT, Act.CRITICISE, Act.SARCASM, Act.DISMISS),
    try_none="They can change a page more easily than themselves. You left it at the page.",
    try_some="What is on the page that made you say it?",
)
_LEFT_WANTING = Counted(
    question=Question.LEFT_WANTING,
    scale=twice_is_enough,
    says_none="You did not say what you would want more of.",
    says_some=lambda found, _: f"You said what works, or what you want more of, {times(len(found))}.",
    shown=lambda note: note.shown_by(Act.APPRECIATE),
    try_none="What would you be sorry to see them cut?",
    try_some="They have something to go back to it with. That is worth as much as the notes.",
)
