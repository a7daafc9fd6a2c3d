"""What the interview asks: the same questions, in the same words, wherever they are put."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from edgewise.situation.situation import Pitfall


class Answer(StrEnum):
    """What an answer looks like."""

    LINE = "line"
    LISTED = "listed"
    SEVERAL = "several"
    PERCENT = "percent"
    RELATIONSHIP = "relationship"
    PRONOUNS = "pronouns"
    INCIDENTS = "incidents"
    PITFALLS = "pitfalls"


class Part(StrEnum):
    """Which part of the interview a question belongs to."""

    WHO = "who"
    BETWEEN = "between"
    SIDE = "side"
    CAME = "came"
    FEAR = "fear"


class Asked(NamedTuple):
    """One thing that is asked.

    Attributes:
        where: the field of the situation it fills, with dots ("person.name").
        question: how it is put.
        hint: what an answer could be.
        answer: what an answer looks like: one line, several named in one line, several lines, a percentage.
        part: the part of the interview it belongs to.
    """

    where: str
    question: str
    hint: str
    answer: Answer
    part: Part


_WHOLE = "A whole sentence, as they would say it."

#: In the order they are asked.
INTERVIEW = (
    Asked("person.name", "Who do you need to talk to?", "What you call them.", Answer.LINE, Part.WHO),
    Asked(
        "person.relationship",
        "What are they to you?",
        "My manager, my mum, a friend, the person I live with …",
        Answer.RELATIONSHIP,
        Part.WHO,
    ),
    Asked("person.pronouns", "She, he, or they?", "Enter for they.", Answer.PRONOUNS, Part.WHO),
    Asked(
        "person.manner",
        "How do they talk?",
        "Short, jokey, kind until you push, never lets you finish …",
        Answer.LINE,
        Part.WHO,
    ),
    Asked(
        "person.triggers",
        "What sets them off?",
        "Several are fine, with commas: being called unfair, being rushed.",
        Answer.LISTED,
        Part.WHO,
    ),
    Asked(
        "person.values",
        "What do they care about?",
        "Several are fine: the team looking good, peace at home.",
        Answer.LISTED,
        Part.WHO,
    ),
    Asked(
        "person.incidents",
        "What happened between you? One thing at a time.",
        "As you would tell it: she cut me off in the planning meeting.",
        Answer.INCIDENTS,
        Part.BETWEEN,
    ),
    Asked(
        "person.phrases",
        "What do they actually say? Sentences you can hear.",
        "Word for word.",
        Answer.SEVERAL,
        Part.BETWEEN,
    ),
    Asked(
        "person.comebacks",
        "What would they say back to you?",
        "As they would say it.",
        Answer.SEVERAL,
        Part.BETWEEN,
    ),
    Asked(
        "person.grievances",
        "What would they bring up against you?",
        "As they would say it, to you.",
        Answer.SEVERAL,
        Part.BETWEEN,
    ),
    Asked(
        "about",
        "What is it about, in two or three words?",
        "The review, the rent, how we talk about Dad.",
        Answer.LINE,
        Part.CAME,
    ),
    Asked(
        "ask",
        "Finish this: I want them to …",
        "Put my name on the report, stop talking about my weight.",
        Answer.LINE,
        Part.CAME,
    ),
    Asked("came_to_say", "What did you come to say? One sentence.", "", Answer.LINE, Part.CAME),
    Asked(
        "key_points",
        "What must not be left unsaid?",
        "The points you do not want to leave without making.",
        Answer.SEVERAL,
        Part.CAME,
    ),
    Asked("would_settle_for", "What would be enough for today?", "", Answer.LINE, Part.CAME),
    Asked(
        "avoid",
        "What do you want to avoid doing?",
        "As many as you like, by number.",
        Answer.PITFALLS,
        Part.FEAR,
    ),
    Asked(
        "private_intention",
        "Why does it matter to you?",
        "For you alone. They never hear this.",
        Answer.LINE,
        Part.FEAR,
    ),
    Asked("fear.what", "What do you fear will happen?", "", Answer.LINE, Part.FEAR),
    Asked(
        "fear.likelihood",
        "How likely is that, 0 to 100?",
        "Your feeling about it is enough.",
        Answer.PERCENT,
        Part.FEAR,
    ),
    Asked(
        "distress_before",
        "How much does this distress you right now, 0 to 100?",
        "0 is calm, 100 is the worst there is.",
        Answer.PERCENT,
        Part.FEAR,
    ),
    Asked(
        "demands_before",
        "How much will it ask of you, 0 to 100?",
        "Courage, patience, quick thinking.",
        Answer.PERCENT,
        Part.FEAR,
    ),
    Asked(
        "resources_before",
        "How much do you have for it, 0 to 100?",
        "100 is all that it could ask.",
        Answer.PERCENT,
        Part.FEAR,
    ),
    Asked("their_side.defence", "Why do they do it, as they would say it?", _WHOLE, Answer.LINE, Part.SIDE),
    Asked("their_side.grievance", "What do they hold against you in this?", _WHOLE, Answer.LINE, Part.SIDE),
    Asked("their_side.soft_spot", "What hurts them underneath?", _WHOLE, Answer.LINE, Part.SIDE),
    Asked("their_side.could_concede", "Which part of it could they grant?", _WHOLE, Answer.LINE, Part.SIDE),
    Asked("their_side.would_offer", "What would they offer instead?", _WHOLE, Answer.LINE, Part.SIDE),
    Asked("their_side.condition", "On what condition would they say yes?", _WHOLE, Answer.LINE, Part.SIDE),
)

#: What is asked of one thing that happened between you, after what it was.
OF_AN_INCIDENT = (
    Asked("when", "When was that?", "Last Thursday, 2019, when I was eleven …", Answer.LINE, Part.BETWEEN),
    Asked("name", "What would you both call it?", "The planning meeting, that Christmas …", Answer.LINE, Part.BETWEEN),
    Asked("they_tell_it", "How do they tell it?", "In their own words, to you.", Answer.LINE, Part.BETWEEN),
)

#: What can be avoided, as you would put it.
PITFALLS = {
    Pitfall.APOLOGISE: "apologise when there is nothing to be sorry for",
    Pitfall.OVER_EXPLAIN: "over-explain",
    Pitfall.OFF_TOPIC: "be led off the subject",
    Pitfall.GO_SILENT: "go silent",
    Pitfall.GET_ANGRY: "get angry",
    Pitfall.BACK_DOWN: "back down",
}
