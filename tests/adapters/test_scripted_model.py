"""A rehearsal goes on whatever a language model does: nothing is lost, and a sentence says what happened."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import pytest

from edgewise import Edgewise, MemoryStore, preset
from edgewise.adapters.scripted_model import FAULTS, ScriptedModel
from edgewise.app import Conversation
from edgewise.counterpart import Part
from edgewise.rehearsal import CounterpartTurn, Rehearsal, SteppedIn
from tests.people import KIND, manager

#: Said whatever the move is, and always another line, so that the guard lets it through.
LINES = (
    "What do you mean by that?",
    "Who has been talking to you?",
    "When was that supposed to be?",
    "Why do you bring that up now?",
    "Which part of it bothers you?",
    "Is there more of this?",
    "And that is what you came in here for?",
    "Do you want to say that once more?",
    "So where does that leave the work?",
    "Was that so hard to say?",
    "Are we nearly there?",
    "Have you thought about the others at all?",
)
WHY = {
    "down": SteppedIn.UNREACHABLE,
    "slow": SteppedIn.TOO_SLOW,
    "cut off": SteppedIn.CUT_OFF,
    "wrong key": SteppedIn.REFUSED_KEY,
    "busy": SteppedIn.BUSY,
    "missing": SteppedIn.MISSING,
    "empty": SteppedIn.SAID_NOTHING,
    "endless": SteppedIn.DID_NOT_FIT,
    "another language": SteppedIn.DID_NOT_FIT,
    "not UTF-8": SteppedIn.CUT_OFF,
    "repeats": SteppedIn.DID_NOT_FIT,
    "breaks": SteppedIn.OTHER,
}

#: Seconds; only what is slow is given up on in these tests, however busy the machine is.
PATIENCE = {**dict.fromkeys(FAULTS, 30.0), "slow": 0.1}


class Listening:
    """Hears the parts of a turn as they come, and may leave after some of them."""

    def __init__(self, leaves_after: int | None = None) -> None:
        self.parts: list[Part] = []
        self._leaves_after = leaves_after

    @property
    def gone(self) -> bool:
        return self._leaves_after is not None and len(self.parts) >= self._leaves_after

    def hear(self, part: Part) -> None:
        self.parts.append(part)


def with_model(model: ScriptedModel | None, *, patience_s: float = 30.0) -> Edgewise:
    return Edgewise(store=MemoryStore(), language_model=lambda: model, patience_s=patience_s)


def talked(edgewise: Edgewise, lines: Sequence[str] = KIND, *, take: str = "usual", seed: int = 7) -> Rehearsal:
    conversation = edgewise.begin(manager(), preset(take), seed=seed)
    for line in lines:
        if conversation.rehearsal.is_over:
            break
        conversation.say(line)
    conversation.end()
    return edgewise.rehearsal(conversation.rehearsal.id)


def theirs(rehearsal: Rehearsal) -> list[CounterpartTurn]:
    return [turn for turn in rehearsal.turns if isinstance(turn, CounterpartTurn)]


def voiced(rehearsal: Rehearsal) -> list[CounterpartTurn]:
    return [turn for turn in theirs(rehearsal) if turn.voiced is not None]


@pytest.mark.parametrize("fault", FAULTS)
def test_with_every_fault_the_built_in_voice_goes_on_and_it_is_said_why(fault: str) -> None:
    alone = talked(with_model(None), KIND[:3])
    model = ScriptedModel(lines=("You are ",), fault=fault)
    kept = talked(with_model(model, patience_s=PATIENCE[fault]), KIND[:3])
    assert model.asked
    assert [turn.text for turn in kept.turns] == [turn.text for turn in alone.turns]
    assert voiced(kept)
    for turn in voiced(kept):
        assert turn.voiced is not None
        assert turn.voiced.why is WHY[fault]
        assert "built-in voice" in turn.voiced.told


@pytest.mark.parametrize("fault", FAULTS)
def test_each_cause_is_told_once_in_a_conversation(fault: str) -> None:
    edgewise = with_model(ScriptedModel(lines=("You are ",), fault=fault), patience_s=PATIENCE[fault])
    conversation = edgewise.begin(manager(), preset("usual"), seed=7)
    told = [conversation.rehearsal.told_of_the_voice]
    for line in KIND[:3]:
        conversation.say(line)
        told.append(conversation.rehearsal.told_of_the_voice)
    assert len([one for one in told if one]) == 1


def test_nobody_waits_longer_than_was_set_for_the_first_words() -> None:
    edgewise = with_model(None)
    alone = _longest_wait(edgewise)
    slow = _longest_wait(with_model(ScriptedModel(fault="slow"), patience_s=0.3))
    assert slow < alone + 0.3 + 0.25


def _longest_wait(edgewise: Edgewise) -> float:
    conversation = edgewise.begin(manager(), preset("usual"), seed=7)
    longest = 0.0
    for line in KIND[:4]:
        began = time.perf_counter()
        conversation.say(line)
        longest = max(longest, time.perf_counter() - began)
    return longest


def test_a_model_that_was_not_waited_for_is_stopped() -> None:
    model = ScriptedModel(fault="slow")
    talked(with_model(model, patience_s=0.1), KIND[:2])
    until = time.monotonic() + 2
    while model.stopped < len(model.asked) and time.monotonic() < until:
        time.sleep(0.01)
    assert model.stopped == len(model.asked) > 0


class Deaf(ScriptedModel):
    """A model that hangs and does not stop when it is told to."""

    def stream(self, said: object, *, most: int, stop: object = None) -> Iterator[str]:  # noqa: ARG002
        self.asked.append(())
        time.sleep(60)
        yield "late"


def test_a_model_that_hangs_for_ever_is_not_asked_again_and_again() -> None:
    model = Deaf()
    kept = talked(with_model(model, patience_s=0.05), KIND)
    assert len(model.asked) == 2
    assert len(voiced(kept)) > 2


def test_a_host_that_is_busy_is_left_alone_for_as_long_as_it_says() -> None:
    model = ScriptedModel(fault="busy")
    kept = talked(with_model(model), KIND)
    assert len(model.asked) == 1
    assert {turn.voiced.why for turn in voiced(kept) if turn.voiced} == {SteppedIn.BUSY}


def test_a_model_that_cannot_be_opened_is_told_of_and_not_waited_for() -> None:
    def loading() -> ScriptedModel:
        time.sleep(0.4)
        return ScriptedModel(lines=LINES)

    edgewise = Edgewise(store=MemoryStore(), language_model=loading, patience_s=0.1)
    conversation = edgewise.begin(manager(), preset("usual"), seed=7)
    assert "loaded" in conversation.rehearsal.told_of_the_voice


def test_its_words_come_sentence_by_sentence_and_the_turn_says_who_spoke() -> None:
    conversation = _begun(ScriptedModel(lines=("Is that so? You have no idea how this looks from my chair.",)))
    ear = Listening()
    turn = conversation.say(KIND[1], ear=ear)
    assert [part.text for part in ear.parts] == ["Is that so?", "You have no idea how this looks from my chair."]
    assert turn.text == " ".join(part.text for part in ear.parts)
    assert turn.voiced is not None
    assert (turn.voiced.model, turn.voiced.why) == ("scripted", None)


def test_what_was_shown_before_it_broke_off_stands_and_is_recorded_so() -> None:
    conversation = _begun(ScriptedModel(lines=("Is that so? You have no idea how this looks from here.",)))
    conversation._edgewise.speaker._speaking().fault = "cut off"  # type: ignore[union-attr]
    ear = Listening()
    turn = conversation.say(KIND[1], ear=ear)
    assert turn.text == "Is that so?"
    assert turn.voiced is not None
    assert turn.voiced.why is SteppedIn.CUT_OFF
    assert "stands" in turn.voiced.told


def test_when_the_page_is_left_the_model_is_stopped_and_what_was_heard_is_kept() -> None:
    model = ScriptedModel(lines=(" ".join(LINES),))
    conversation = _begun(model)
    turn = conversation.say(KIND[1], ear=Listening(leaves_after=1))
    assert turn.text == LINES[0]
    assert turn.voiced is not None
    assert turn.voiced.why is SteppedIn.NOBODY_LISTENED


def test_silence_leaving_cutting_in_and_surprises_are_never_asked_of_a_model() -> None:
    for take in ("goes-quiet", "usual"):
        kept = talked(with_model(ScriptedModel(lines=LINES)), (*KIND, "...", "..."), take=take)
        for turn in theirs(kept):
            if turn.curveball or turn.move.value in {"go_silent", "walk_out", "cut_off"}:
                assert turn.voiced is None


def test_asking_whether_they_would_cut_in_does_not_ask_the_model() -> None:
    model = ScriptedModel(lines=LINES)
    conversation = _begun(model)
    asked = len(model.asked)
    conversation.cuts_in(" ".join(KIND))
    assert len(model.asked) == asked


def test_turns_that_are_held_are_never_asked_for_again() -> None:
    model = ScriptedModel(lines=LINES)
    edgewise = with_model(model)
    kept = talked(edgewise, KIND[:4])
    asked = len(model.asked)
    branch = edgewise.rewind(kept.id, 5)
    assert branch.rehearsal.turns == kept.turns[:5]
    edgewise.debrief(kept.id)
    assert len(model.asked) == asked
    branch.say(KIND[2])
    assert len(model.asked) <= asked + 2


def test_who_spoke_is_exported_and_read_back() -> None:
    edgewise = with_model(ScriptedModel(lines=LINES))
    kept = talked(edgewise, KIND[:3])
    elsewhere = Edgewise(store=MemoryStore())
    assert elsewhere.import_(edgewise.export(kept.id)) == kept
    assert any(turn.voiced and turn.voiced.why is None for turn in theirs(kept))


def _begun(model: ScriptedModel) -> Conversation:
    speaks, model.fault = model.fault, "down"
    edgewise = with_model(model)
    conversation = edgewise.begin(manager(), preset("usual"), seed=7)
    model.fault = speaks
    model.asked.clear()
    edgewise.speaker._resting.clear()  # type: ignore[union-attr]
    return conversation
