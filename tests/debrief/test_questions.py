from __future__ import annotations

import pytest

from edgewise import Debrief, Finding, KeyPoint, Person, Question, Reflection, Rehearsal, Situation, Verdict, preset
from edgewise.counterpart import Counterpart, Said
from edgewise.debrief.beside import Agreement
from edgewise.rehearsal import CounterpartTurn, EmotionalState, YourTurn
from edgewise.take import Mood, Move
from tests.people import ATTACKING, COLLAPSING, KIND, manager, rehearse

RENT = Situation(
    person=Person(name="Sam"),
    came_to_say="I need the rent on the first of the month",
    about="the rent",
    key_points=(
        KeyPoint(text="The rent is due on the first of the month", cues=("rent on the first",)),
        KeyPoint(text="I covered your share in March and April", cues=("covered your share",)),
    ),
)


def them(text: str = "I don't see it that way.", move: Move = Move.DENY, silence_s: float = 0.0) -> CounterpartTurn:
    return CounterpartTurn(text=text, move=move, mood=Mood.GUARDED, state=EmotionalState(), silence_s=silence_s)


def quiet() -> CounterpartTurn:
    return them("", Move.GO_SILENT, 7.0)


def talk(*turns: str | CounterpartTurn | YourTurn, situation: Situation = RENT) -> dict[Question, Finding]:
    taken = tuple(YourTurn(text=turn) if isinstance(turn, str) else turn for turn in turns)
    rehearsal = Rehearsal(
        id="t", situation=situation, take=preset("usual"), seed=1, started="2026-01-01T00:00:00Z", turns=taken
    )
    return {finding.question: finding for finding in Debrief.of(rehearsal).findings}


def quotes(finding: Finding) -> list[str]:
    return [piece.quote for piece in finding.evidence]


def test_what_was_said_plainly_is_found_with_its_sentence() -> None:
    found = talk(them(), "Hi. I need the rent on the first of the month. And I covered your share in March.")
    assert found[Question.SAID_IT].verdict is Verdict.YES
    assert "I need the rent on the first of the month." in quotes(found[Question.SAID_IT])


def test_what_was_never_said_is_named() -> None:
    finding = talk(them(), "The rent is due on the first of the month, Sam.", them(), "The first. Every month.")[
        Question.SAID_IT
    ]
    assert finding.verdict is Verdict.MOSTLY
    assert "I covered your share in March and April" in finding.says


def test_taking_it_back_counts() -> None:
    finding = talk(
        them(),
        "The rent is due on the first of the month. I covered your share in March.",
        them(),
        "Never mind, forget it.",
    )[Question.SAID_IT]
    assert finding.verdict is Verdict.YES, "it was said, and the taking back is told beside it"
    assert "took some of it back" in finding.says
    assert "Never mind, forget it." in quotes(finding)


def test_without_knowing_what_you_came_to_say_it_cannot_tell() -> None:
    finding = talk(them(), "I want to talk.", situation=Situation())[Question.SAID_IT]
    assert finding.verdict is Verdict.CANT_TELL


def test_being_firm_is_not_being_reactive() -> None:
    finding = talk(them(), "No. I need the rent on the first.", them(), "I won't cover it again.")[Question.REACTIVE]
    assert finding.verdict is Verdict.NO
    assert finding.evidence == ()


def test_one_you_always_is_found_and_quoted() -> None:
    finding = talk(
        them(), "The rent is late.", them("So what.", Move.MINIMISE), "You always do this.", them(),
        "I want it on the first.", them(), "I mean it.", them(), "On the first, please.",
    )[Question.REACTIVE]  # fmt: skip
    assert finding.verdict is Verdict.PARTLY
    assert quotes(finding) == ["You always do this."]
    assert "they made it small" in finding.says


def test_an_apology_in_the_first_breath_is_too_quick() -> None:
    finding = talk(them(), "Sorry to bother you, it's about the rent.", them(), "It was late.")[Question.APOLOGISED]
    assert finding.verdict is Verdict.PARTLY
    assert "first words" in finding.says


def test_an_apology_for_something_that_hurt_them_is_not_too_quick() -> None:
    finding = talk(
        them(), "The rent was late.", them("That one hurt.", Move.DISCLOSE_HURT), "I'm sorry I said it like that."
    )[Question.APOLOGISED]
    assert finding.verdict is Verdict.NO


def test_a_flooded_silence_is_found_and_counted() -> None:
    flood = "I mean it's only because " + "the landlord keeps asking me about it and I don't know what to say " * 3
    finding = talk(them(), "The rent is late.", quiet(), YourTurn(text=flood.strip(), silence_s=3.0))[
        Question.FILLED_SILENCE
    ]
    assert finding.verdict is Verdict.YES
    assert "after three seconds" in finding.says


def test_staying_with_a_silence_is_not_filling_it() -> None:
    stayed = YourTurn(text="", silence_s=7.0)
    finding = talk(them(), "The rent is late.", quiet(), stayed, them("Fine.", Move.AGREE_TOO_FAST), "On the first?")[
        Question.FILLED_SILENCE
    ]
    assert finding.verdict is Verdict.NO


def test_where_there_was_no_silence_it_cannot_tell() -> None:
    assert talk(them(), "The rent is late.")[Question.FILLED_SILENCE].verdict is Verdict.CANT_TELL


def test_going_along_when_they_change_the_subject_is_leaving_it() -> None:
    finding = talk(
        them(), "The rent was late this month.", them("Did you watch it last night?", Move.CHANGE_SUBJECT),
        "Anyway, how's work going for you these days?", them(), "The rent is due on the first of the month.",
    )[Question.ON_TOPIC]  # fmt: skip
    assert finding.verdict in {Verdict.MOSTLY, Verdict.PARTLY}
    assert "changed the subject" in finding.says


@pytest.mark.parametrize(
    ("lines", "reactive", "apologised"),
    [(KIND, Verdict.NO, Verdict.NO), (ATTACKING, Verdict.YES, Verdict.NO), (COLLAPSING, Verdict.NO, Verdict.YES)],
    ids=["kind", "attacking", "collapsing"],
)
def test_three_ways_of_talking_get_three_different_debriefs(
    lines: tuple[str, ...], reactive: Verdict, apologised: Verdict
) -> None:
    found = {finding.question: finding for finding in Debrief.of(rehearse(lines, manager(), "usual", 7)).findings}
    assert found[Question.REACTIVE].verdict is reactive
    assert found[Question.APOLOGISED].verdict is apologised


def test_nobody_who_said_nothing_is_told_they_did_well() -> None:
    silent = Rehearsal(id="t", situation=RENT, take=preset("usual"), seed=1, started="2026-01-01T00:00:00Z")
    greeted = silent.with_turn(Counterpart(RENT, preset("usual"), 1).greet())
    found = {finding.question: finding.verdict for finding in Debrief.of(greeted).findings}
    assert found[Question.SAID_IT] is Verdict.NO
    assert {verdict for question, verdict in found.items() if question is not Question.SAID_IT} == {Verdict.CANT_TELL}


def test_your_account_is_met_where_the_record_agrees_and_where_it_does_not() -> None:
    talked = (
        them(), "The rent is due on the first of the month. I covered your share in March and April.",
        them("You're joking.", Move.SARCASM), "Sorry, sorry, forget I said it.",
    )  # fmt: skip
    turns = tuple(YourTurn(text=turn) if isinstance(turn, str) else turn for turn in talked)
    own = Reflection(said_it="No, I bottled it", lost_ground="when I said sorry and told him to forget it")
    rehearsal = Rehearsal(
        id="t", situation=RENT, take=preset("usual"), seed=1, started="2026-01-01T00:00:00Z", turns=turns,
        reflection=own,
    )  # fmt: skip
    said, lost = Debrief.of(rehearsal).beside
    assert said.agreement is Agreement.DIFFERS
    assert "more of it than you thought" in said.says
    assert lost.agreement is Agreement.AGREES
    assert lost.evidence[0].turn == 3


def test_a_question_of_your_own_is_answered_from_words_or_said_to_be_beyond_this() -> None:
    asked = ("Did I mention April?", "Did my voice shake?", "Did I bring up the deposit?")
    turns = (them(), YourTurn(text="I covered your share in March and April."))
    rehearsal = Rehearsal(
        id="t", situation=RENT, take=preset("usual"), seed=1, started="2026-01-01T00:00:00Z", turns=turns,
        own_questions=asked,
    )  # fmt: skip
    april, voice, deposit = Debrief.of(rehearsal).own_answers
    assert april.evidence[0].quote == "I covered your share in March and April."
    assert "cannot be told from words" in voice.says
    assert deposit.evidence == ()


def test_a_point_that_was_dropped_after_they_pushed_did_not_survive() -> None:
    turns = (
        them(), "The rent is due on the first of the month. I covered your share in March and April.",
        them(), "It is due on the first. Every month.", them(), "Okay, never mind about March. Forget it.",
    )  # fmt: skip
    taken = tuple(YourTurn(text=turn) if isinstance(turn, str) else turn for turn in turns)
    rehearsal = Rehearsal(
        id="t", situation=RENT, take=preset("usual"), seed=1, started="2026-01-01T00:00:00Z", turns=taken
    )
    first, second = Debrief.of(rehearsal).points
    assert (first.said, second.said) == (Said.PLAINLY, Said.PLAINLY)
    assert second.survived is False


def test_a_moment_says_what_it_did_to_them_and_where_to_answer_again() -> None:
    debrief = Debrief.of(rehearse(ATTACKING, manager(), "usual", 7))
    assert 1 <= len(debrief.moments) <= 3
    for moment in debrief.moments:
        assert moment.did_to_them or moment.did_to_you
        assert moment.principle
        assert moment.question.endswith("?")
        assert moment.answer_again in {None, moment.turn}
