from __future__ import annotations

from benchmarks.take_sets import take_sets
from hypothesis import given
from hypothesis import strategies as st

from edgewise.counterpart import LearnedReader
from edgewise.progress import Sign, WayOn, over_rehearsal, record_of
from edgewise.take import Drill, Move
from tests.progress.records import said

OPENING = "I have thought about this for a long time and I want to say it properly."
CLOSING = "What I am asking for is a fair share of the work, no more and no less."


def recited(*days: tuple[str, str]):
    return [said((first, OPENING), (second, CLOSING), day=day) for day, (first, second) in enumerate(days)]


THREE = recited(
    ("Hello.", "Why now?"),
    ("You look tired.", "What would you do about the rota, then?"),
    ("Is it the car?", "Did you hear me?"),
)


def test_the_same_words_to_different_things_three_times_are_said_plainly_with_the_evidence() -> None:
    found = over_rehearsal(THREE)
    assert found.found
    told = {one.sign: one for one in found.told}
    assert told[Sign.OPENING].says == "Your first 16 words were the same in three takes."
    assert told[Sign.OPENING].quotes == (OPENING,)
    assert told[Sign.UNANSWERED].says.startswith("You answered none of their last two questions.")
    assert found.ways_on == tuple(WayOn)


def test_it_is_said_that_you_answered_more_at_first() -> None:
    told = [one.says for one in over_rehearsal(THREE).told if one.sign is Sign.UNANSWERED]
    assert told == ["You answered none of their last two questions. In the first of these takes it was 1 of 1."]


def test_two_takes_alone_are_never_enough() -> None:
    assert not over_rehearsal(THREE[:2]).found


@given(st.lists(st.sampled_from(THREE), max_size=2))
def test_nothing_is_ever_said_of_two_takes(records) -> None:
    assert over_rehearsal(records).told == ()


def test_drills_and_takes_without_your_opening_do_not_count() -> None:
    drills = [one.model_copy(update={"drill": Move.SARCASM}) for one in THREE]
    without = [one.model_copy(update={"opening_taken": True}) for one in THREE]
    assert not over_rehearsal([*THREE[:2], *drills, *without]).found
    assert Drill(move=Move.SARCASM).times == 4


def test_the_same_points_in_your_own_words_each_time_do_not_set_it_off() -> None:
    runs = [
        said(("Hello.", "You cut me off on Monday and I lost my thread."), ("So?", "I would like ten minutes."), day=0),
        said(("Yes?", "On Mondays I never get to the end of my slides."), ("And?", "Could we try it once?"), day=1),
        said(("What?", "It is the interrupting, I freeze when it happens."), ("Why?", "Because I care."), day=2),
    ]
    assert not over_rehearsal(runs).found


def test_a_few_hand_written_sets_are_told_apart() -> None:
    reader = LearnedReader()
    shown = {}
    for one in take_sets(unseen=False):
        shown.setdefault(one.kind, one)
    for kind, one in shown.items():
        assert over_rehearsal(record_of(take, reader) for take in one.takes).found is (kind == "scripted"), one.id
