from __future__ import annotations

import pytest

from edgewise import Rehearsal, preset, preset_names
from edgewise.take import DOOR_MOVES, Mood, Move
from tests.people import KIND, manager, rehearse, theirs

PRESSING_ON = (
    "I hear that, and I'm still asking you to let me finish in the Monday meeting.",
    "I understand it's hard to change. I need you to let me finish what I'm presenting.",
    "I can see the numbers matter, and I want my corrections in private, not in front of the team.",
    "When you talk down to me in meetings I stop bringing you what I know. I'd like that to stop.",
    "I get that you're under pressure. I'm asking for one thing: let me finish my slides on Monday.",
    "Even so, I want you to hear me out to the end before you correct me.",
)
FOUND = (*KIND, *PRESSING_ON)


def moves(rehearsal: Rehearsal) -> list[Move]:
    return [turn.move for turn in theirs(rehearsal)]


def gave_way(rehearsal: Rehearsal) -> bool:
    return not DOOR_MOVES.isdisjoint(moves(rehearsal))


@pytest.mark.parametrize("take", preset_names())
@pytest.mark.parametrize(
    "only",
    [
        "I need you to let me finish.",
        "Please, please just do this one thing for me. Please.",
        "You're such a brilliant manager and I really admire you.",
        "...",
        "I'm so sorry, it's my fault.",
        "You always cut me off. You never listen.",
    ],
    ids=["repeating", "pleading", "flattering", "waiting", "apologising", "attacking"],
)
def test_no_take_gives_way_to_someone_who_only_does_one_thing(take: str, only: str) -> None:
    for seed in range(3):
        assert not gave_way(rehearse((only,) * 30, manager(), take, seed))


@pytest.mark.parametrize("take", [name for name in preset_names() if preset(name).yields])
def test_a_decent_direct_person_finds_a_way_through(take: str) -> None:
    through = sum(gave_way(rehearse(FOUND, manager(), take, seed)) for seed in range(10))
    assert through >= 8


def test_in_the_harder_take_there_may_be_no_yes_only_an_ending() -> None:
    for seed in range(10):
        assert Move.AGREE not in moves(rehearse(FOUND, manager(), "harder", seed))


def test_a_collapsing_user_is_neither_rescued_nor_let_off() -> None:
    collapsing = ("Sorry, it's probably nothing.", "I'm sorry, I shouldn't have said anything. Forget it.") * 5
    for seed in range(5):
        rehearsal = rehearse(collapsing, manager(), "usual", seed)
        assert not gave_way(rehearsal)
        assert Move.WALK_OUT not in moves(rehearsal)
        assert theirs(rehearsal)[-2].state.patience < theirs(rehearsal)[0].state.patience


def test_a_yes_that_was_meant_stands_and_is_said_again_when_asked_again() -> None:
    agreed = 0
    for seed in range(12):
        asked_again = (*FOUND, "So is that a yes?", "I'm asking you to let me finish on Monday.", "Thank you.")
        after = moves(rehearse(asked_again, manager(), "usual", seed))
        if Move.AGREE in after:
            agreed += 1
            later = set(after[after.index(Move.AGREE) + 1 : -1])
            assert later <= DOOR_MOVES | {Move.ANSWER, Move.ASK_SINCERELY, Move.DISCLOSE_HURT}
    assert agreed >= 6


def test_nobody_takes_leave_as_if_something_had_been_granted_when_nothing_was() -> None:
    for seed in range(10):
        rehearsal = rehearse(KIND[:3], manager(), "charm", seed)
        if not gave_way(rehearsal):
            assert theirs(rehearsal)[-1].mood is not Mood.OPEN
