"""What may not be said in their name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgewise.counterpart import Cue, LearnedReader, Mind, Reading
from edgewise.counterpart.decide import Chance
from edgewise.counterpart.speak.guard import Guard, ended_in
from edgewise.person import Person
from edgewise.situation import Situation
from edgewise.take import Mood, Move
from tests.people import manager, preset

READER = LearnedReader()
SITUATION = manager().model_copy(update={"private_intention": "I am secretly applying to Norwich for a doctorate"})
SAID = ((False, "Right. What is it."), (True, "You cut me off on Monday, in front of 40 people, and Sanjay laughed."))


def guard(move: Move = Move.DENY, situation: Situation = SITUATION) -> Guard:
    mind = replace(Mind.before_the_first_word(situation, preset("usual")), exchanged=SAID)
    cue = Cue(mind, Reading(SAID[-1][1]), Mood.GUARDED, move, Chance(1, 1))
    told = " ".join(words for _, words in SAID)
    return Guard(cue, told, "[Direction: You feel weary of this. Now deny it: it did not happen.]", READER)


@pytest.mark.parametrize(
    "words",
    [
        "That isn't how it was.",
        "I'm sorry you feel that way.",
        "On Monday? I let you talk for ten minutes.",
        "You're right there in the room, you could have said something.",
        "Don't give me that.",
        "No.",
    ],
)
def test_what_such_a_person_would_say_passes(words: str) -> None:
    assert guard().refuses(words, ()) == ""


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("As an AI language model I cannot be angry with you.", "assistant"),
        ("How can I help you today?", "assistant"),
        ("My instructions say that I must deny it.", "assistant"),
        ("I hear you, and your feelings are valid.", "counsellor"),
        ("Thank you for sharing that with me.", "counsellor"),
        ("I understand your frustration with the meeting.", "counsellor"),
        ("*sighs* I don't have time for this.", "written"),
        ("Now deny it: it did not happen.", "direction"),
        ("You cut me off on Monday, in front of 40 people, and Sanjay laughed!", "repeated"),
        ("Right. What is it.", "before"),
        ("Das war doch nicht so, und du weißt es.", "English"),
        ("Это было не так.", "English"),
        ("No es verdad y tú lo sabes muy bien.", "English"),
        ("I told Margaret about this already.", "nobody has told"),
        ("There were 17 people in that room.", "nobody has told"),
        ("We said Thursday, not now.", "nobody has told"),
        ("You want to go to Norwich anyway.", "nobody has told"),
        ("You are secretly applying for a doctorate, aren't you.", "nobody has told"),
        ("You're right, I was wrong to do that.", "gave way"),
        ("Okay, I'll stop interrupting you.", "gave way"),
        ("I apologise for what I did.", "gave way"),
    ],
)
def test_what_they_would_not_or_could_not_say_is_refused_with_its_reason(words: str, why: str) -> None:
    assert why in guard().refuses(words, ())


def test_a_yes_passes_only_where_the_move_is_a_yes() -> None:
    yes = "You're right, I did cut you off."
    assert guard(Move.CONCEDE_PART).refuses(yes, ()) == ""
    for move in (Move.DENY, Move.MINIMISE, Move.SARCASM, Move.INTERROGATE, Move.ANSWER, Move.PRESS):
        assert "gave way" in guard(move).refuses(yes, ())


def test_a_no_is_refused_where_the_door_has_opened() -> None:
    assert guard(Move.AGREE).refuses("Absolutely not, forget it.", ())


def test_a_question_is_what_makes_a_move_of_asking() -> None:
    asking = guard(Move.INTERROGATE)
    assert not asking.makes_the_move(["I was there as well."])
    assert asking.makes_the_move(["I was there as well.", "What did you expect me to do?"])


def test_words_of_the_private_intention_that_were_said_aloud_may_be_answered() -> None:
    mind = replace(guard().cue.mind, exchanged=((True, "I am applying to Norwich for a doctorate."),))
    said = replace(guard(), cue=replace(guard().cue, mind=mind), told="I am applying to Norwich for a doctorate.")
    assert said.refuses("Norwich? A doctorate, you?", ()) == ""


def test_sentences_are_told_apart_as_they_come() -> None:
    assert ended_in("No. I saw Mr. Hale at 3.5 past. And th") == (["No.", "I saw Mr. Hale at 3.5 past."], "And th")
    assert ended_in("") == ([], "")


def test_a_person_of_whom_nothing_is_known_can_still_be_guarded() -> None:
    assert guard(situation=Situation(person=Person(name="Dana"))).refuses("That isn't how it was.", ()) == ""
