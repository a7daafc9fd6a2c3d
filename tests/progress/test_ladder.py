from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.errors import UnknownNameError
from edgewise.progress import Ladder, Rung, Way, edge_map, next_rung, proposed_ladder, runs_on_that_day
from edgewise.progress.ladder import asks_whether_it_helps
from edgewise.situation import Pitfall, Situation
from edgewise.take import Move
from tests.people import manager
from tests.progress.records import BEGAN, a_run, met

levels = st.lists(st.integers(0, 100), min_size=1, max_size=12)


def ladder_of(predicted: list[int]) -> Ladder:
    return Ladder(
        rungs=tuple(Rung(id=f"r-{place}", what="Say it.", predicted=at) for place, at in enumerate(predicted))
    )


@given(levels)
def test_the_order_follows_the_predicted_distress(predicted: list[int]) -> None:
    assert [rung.predicted for rung in ladder_of(predicted).rungs] == sorted(predicted)


@given(levels, st.data())
def test_changing_what_you_predict_changes_the_order(predicted: list[int], data: st.DataObject) -> None:
    ladder = ladder_of(predicted)
    changed = data.draw(st.lists(st.integers(0, 100), min_size=len(predicted), max_size=len(predicted)))
    again = ladder.with_rungs(
        rung.model_copy(update={"predicted": at}) for rung, at in zip(ladder.rungs, changed, strict=True)
    )
    assert [rung.predicted for rung in again.rungs] == sorted(changed)


@given(st.none() | st.integers(0, 100))
def test_the_proposed_ladder_goes_from_the_kindest_to_a_step_in_life(distress: int | None) -> None:
    rungs = proposed_ladder(Situation(came_to_say="I want Sundays off", distress_before=distress)).rungs
    assert rungs[0].take == "receptive"
    assert rungs[-1].is_in_life
    assert [rung.is_in_life for rung in rungs].count(True) == 1
    assert len({rung.id for rung in rungs}) == len(rungs) == 7


def test_the_hard_move_is_your_edge_and_before_you_have_one_what_tempts_you() -> None:
    situation = Situation(avoid=(Pitfall.GET_ANGRY,))
    assert {rung.move for rung in proposed_ladder(situation).rungs} == {None, Move.SARCASM}
    found = edge_map([a_run(*[met(Move.DENY)] * 12, *[met(Move.GO_SILENT, Way.COLLAPSE)] * 4)])
    assert {rung.move for rung in proposed_ladder(situation, found).rungs} == {None, Move.GO_SILENT}


def test_the_next_rung_is_the_lowest_you_have_not_been_on_and_says_why() -> None:
    ladder = proposed_ladder(manager())
    first = next_rung(ladder)
    assert first.rung == ladder.rungs[0]
    assert "lowest" in first.why
    after = next_rung(ladder.climbed(ladder.rungs[0].id, BEGAN))
    assert after.rung == ladder.rungs[1]
    assert "You have been on “Say one sentence" in after.why


def test_going_back_down_is_kept_like_any_other_climb() -> None:
    ladder = proposed_ladder(manager())
    for rung in (ladder.rungs[0], ladder.rungs[3], ladder.rungs[0]):
        ladder = ladder.climbed(rung.id, BEGAN)
    assert ladder.times_on(ladder.rungs[0].id) == 2
    assert next_rung(ladder).rung == ladder.rungs[1]


def test_above_the_last_rung_is_the_conversation_itself() -> None:
    ladder = proposed_ladder(manager())
    for rung in ladder.rungs:
        ladder = ladder.climbed(rung.id, BEGAN)
    assert next_rung(ladder).rung is None
    assert "the conversation itself" in next_rung(ladder).why


def test_a_rung_of_your_own_finds_its_place() -> None:
    ladder = proposed_ladder(manager()).with_rung("Say hello to him in the lift.", 5)
    assert ladder.rungs[0].what == "Say hello to him in the lift."
    assert ladder.rungs[0].is_in_life
    assert ladder.with_rung("And again.", 6).rungs[1].id == "own-2"


def test_a_rung_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownNameError, match="receptive"):
        proposed_ladder(manager()).rung("moon")


def test_after_a_few_runs_in_one_day_it_asks_whether_it_helps() -> None:
    started = [BEGAN - timedelta(days=1), BEGAN, BEGAN + timedelta(hours=1), BEGAN + timedelta(hours=2)]
    today = runs_on_that_day(started, BEGAN + timedelta(hours=3))
    assert today == 3
    assert asks_whether_it_helps(today)
    assert not asks_whether_it_helps(today - 1)
