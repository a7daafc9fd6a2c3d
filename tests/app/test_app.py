from __future__ import annotations

from datetime import UTC, datetime

import pytest

from edgewise import Edgewise, MemoryStore, Reflection, YourTurn, preset
from edgewise.errors import EmptyTurnError, ImportFileError, RehearsalOverError, TurnTooLongError, UnknownNameError
from edgewise.rehearsal import CounterpartTurn, Rehearsal, Turn
from edgewise.take import Move
from tests.people import KIND, manager


@pytest.fixture
def edgewise() -> Edgewise:
    return Edgewise(store=MemoryStore(), now=lambda: datetime(2026, 1, 1, tzinfo=UTC))


def test_a_rehearsal_begins_with_their_first_words(edgewise: Edgewise) -> None:
    conversation = edgewise.begin(manager(), preset("usual"), seed=1)
    assert [turn.who for turn in conversation.rehearsal.turns] == ["counterpart"]
    assert edgewise.rehearsal(conversation.rehearsal.id) == conversation.rehearsal


class Fragile(MemoryStore):
    """A store that fails when asked to keep one of the counterpart's turns."""

    failing = False

    def append(self, rehearsal_id: str, place: int, turn: Turn) -> None:
        if self.failing and isinstance(turn, CounterpartTurn):
            raise OSError("the disk is full")
        super().append(rehearsal_id, place, turn)


def test_your_turn_is_kept_before_it_is_answered_and_answered_once_when_taken_up_again() -> None:
    store = Fragile()
    edgewise = Edgewise(store=store)
    conversation = edgewise.begin(manager(), preset("usual"), seed=1)
    store.failing = True
    with pytest.raises(OSError, match="full"):
        conversation.say(KIND[0])
    kept = store.load(conversation.rehearsal.id)
    assert kept.turns[-1] == YourTurn(text=KIND[0])
    store.failing = False
    again = edgewise.resume(kept.id)
    assert [turn.who for turn in again.rehearsal.turns] == ["counterpart", "you", "counterpart"]
    assert edgewise.resume(kept.id).rehearsal == again.rehearsal


def test_a_turn_that_cannot_be_taken_changes_nothing(edgewise: Edgewise) -> None:
    conversation = edgewise.begin(manager(), preset("usual"), seed=1)
    before = conversation.rehearsal
    with pytest.raises(EmptyTurnError):
        conversation.say("   ")
    with pytest.raises(TurnTooLongError):
        conversation.say("x" * 100_000)
    assert conversation.rehearsal == before == edgewise.rehearsal(before.id)


def test_after_the_end_nothing_more_can_be_said(edgewise: Edgewise) -> None:
    conversation = edgewise.begin(manager(), preset("usual"), seed=1)
    conversation.end()
    assert conversation.end() is None
    with pytest.raises(RehearsalOverError):
        conversation.say("One more thing.")
    assert edgewise.unfinished() is None


def test_what_was_exported_comes_back_equal(edgewise: Edgewise) -> None:
    conversation = edgewise.begin(manager(), preset("hurt"), seed=1)
    conversation.say(KIND[0], silence_s=2.5, typing_s=4.25)
    conversation.end()
    edgewise.reflect(conversation.rehearsal.id, Reflection(going_for="calm", distress_now=40))
    text = edgewise.export(conversation.rehearsal.id)
    elsewhere = Edgewise(store=MemoryStore())
    assert elsewhere.import_(text) == edgewise.rehearsal(conversation.rehearsal.id)
    assert elsewhere.import_(text).id == conversation.rehearsal.id
    assert len(elsewhere.listed()) == 1


def test_an_import_never_overwrites_another_rehearsal_of_the_same_id(edgewise: Edgewise) -> None:
    conversation = edgewise.begin(manager(), preset("usual"), seed=1)
    other: Rehearsal = conversation.rehearsal.model_copy(update={"seed": 2})
    with pytest.raises(ImportFileError, match="already"):
        edgewise.import_(other.model_dump_json())


@pytest.mark.parametrize("broken", ["", "{}", "[1, 2", '{"id": "x"}', "null", "\x00"])
def test_a_broken_import_says_so_and_changes_nothing(edgewise: Edgewise, broken: str) -> None:
    with pytest.raises(ImportFileError, match="Nothing was changed"):
        edgewise.import_(broken)
    assert edgewise.listed() == ()


def test_what_is_deleted_is_gone(edgewise: Edgewise) -> None:
    conversation = edgewise.begin(manager(), preset("usual"), seed=1)
    edgewise.delete(conversation.rehearsal.id)
    with pytest.raises(UnknownNameError):
        edgewise.rehearsal(conversation.rehearsal.id)


_RUNNING_ON = (
    "The thing is, when you cut me off in the planning meeting I lost my thread in front of everybody, and afterwards "
    "nobody asked me about the numbers any more, and I had worked on those numbers for three weeks, and I also think "
    "that the others have noticed it by now, because Priya said something at lunch, and Jonas did too, and then"
)


def test_they_may_not_let_you_finish_and_asking_leaves_everything_as_it_was(edgewise: Edgewise) -> None:
    cut = []
    for seed in range(12):
        conversation = edgewise.begin(manager(), preset("hits-back"), seed=seed)
        before = conversation.rehearsal
        cut.append(conversation.cuts_in(_RUNNING_ON))
        assert conversation.cuts_in(_RUNNING_ON) is cut[-1]
        assert conversation.rehearsal == before
        assert (conversation.say(_RUNNING_ON).move is Move.CUT_OFF) is cut[-1]
    assert 0 < sum(cut) < len(cut)
    assert not edgewise.begin(manager(), preset("usual")).cuts_in("I mind.")


def test_how_a_turn_came_is_kept_but_not_what_was_taken_back(edgewise: Edgewise) -> None:
    conversation = edgewise.begin(manager(), preset("usual"), seed=1)
    conversation.say("I mind.", silence_s=4.0, typing_s=9.0, corrections=3)
    turn = edgewise.rehearsal(conversation.rehearsal.id).turns[1]
    assert (turn.silence_s, turn.typing_s, turn.corrections) == (4.0, 9.0, 3)
