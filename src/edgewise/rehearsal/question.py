"""What you can ask of a rehearsal, chosen before it begins and answered in the debrief."""

from __future__ import annotations

from enum import StrEnum

from edgewise.situation import Kind


class Question(StrEnum):
    """One thing you want to know about how you did."""

    SAID_IT = "said_it"
    ON_TOPIC = "on_topic"
    STAYED = "stayed"
    REACTIVE = "reactive"
    APOLOGISED = "apologised"
    OVER_EXPLAINED = "over_explained"
    FILLED_SILENCE = "filled_silence"
    ASKED = "asked"
    LISTENED = "listened"
    SPECIFIC = "specific"
    ABOUT_WORK = "about_work"
    LEFT_WANTING = "left_wanting"
    STATED = "stated"
    HELD = "held"
    CONSEQUENCE = "consequence"

    @property
    def in_words(self) -> str:
        """The question as a person asks it of themselves."""
        return _ASKED[self]


_ASKED = {
    Question.SAID_IT: "Did I say what I came to say?",
    Question.ON_TOPIC: "Did I stay on topic?",
    Question.STAYED: "Did I stay with it, or cave in, or go on the attack?",
    Question.REACTIVE: "Did I get reactive?",
    Question.APOLOGISED: "Did I apologise too quickly?",
    Question.OVER_EXPLAINED: "Did I over-explain?",
    Question.FILLED_SILENCE: "Did I rush to fill a silence?",
    Question.ASKED: "Did I ask as well as tell?",
    Question.LISTENED: "Did my replies answer what they said?",
    Question.SPECIFIC: "Was I specific about the work?",
    Question.ABOUT_WORK: "Was it about the work and not about them?",
    Question.LEFT_WANTING: "Did I leave them something to want?",
    Question.STATED: "Did I say where my limit is?",
    Question.HELD: "Did I hold it?",
    Question.CONSEQUENCE: "Did I say what happens if it is crossed?",
}
_EVERY_TIME = (
    Question.SAID_IT,
    Question.ON_TOPIC,
    Question.STAYED,
    Question.REACTIVE,
    Question.APOLOGISED,
    Question.OVER_EXPLAINED,
    Question.FILLED_SILENCE,
    Question.ASKED,
    Question.LISTENED,
)
_FOR_KIND = {
    Kind.CREATIVE_FEEDBACK: (Question.SPECIFIC, Question.ABOUT_WORK, Question.LEFT_WANTING),
    Kind.BOUNDARY: (Question.STATED, Question.HELD, Question.CONSEQUENCE),
}


def questions_for(kind: Kind) -> tuple[Question, ...]:
    """What is asked of a conversation of this kind, unless you choose for yourself."""
    return (_EVERY_TIME[0], *_FOR_KIND.get(kind, ()), *_EVERY_TIME[1:])
