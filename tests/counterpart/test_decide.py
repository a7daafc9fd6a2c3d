from __future__ import annotations

import itertools
from collections import Counter

from hypothesis import given

from edgewise import preset
from edgewise.counterpart.decide import Chance
from edgewise.counterpart.decide.curveballs import FIRST, LAST, schedule
from edgewise.take import Curveball, Mood, Move
from tests.people import ATTACKING, COLLAPSING, KIND, manager, rehearse, seeds, take_names, theirs, three_answers

STEADY = tuple(
    f"{way} the meetings and being cut off when I present my {thing}."
    for way in ("I want to talk about", "I'd like to come back to", "I need us to look at", "I'm asking about")
    for thing in ("slides", "numbers", "forecast")
)


def mix(take: str, lines: tuple[str, ...] = STEADY) -> Counter[Move]:
    return Counter(turn.move for seed in range(12) for turn in theirs(rehearse(lines, manager(), take, seed)))


def test_takes_lean_the_way_their_names_promise() -> None:
    usual = mix("usual")
    assert mix("goes-quiet")[Move.GO_SILENT] > 2 * usual[Move.GO_SILENT]
    assert mix("slippery")[Move.CHANGE_SUBJECT] > 2 * usual[Move.CHANGE_SUBJECT]
    assert mix("charm")[Move.CHARM] > 2 * usual[Move.CHARM]
    assert mix("hits-back")[Move.COUNTER_ATTACK] > 2 * usual[Move.COUNTER_ATTACK]
    assert mix("hurt")[Move.GUILT_TRIP] + mix("hurt")[Move.PLAY_VICTIM] > 2 * (
        usual[Move.GUILT_TRIP] + usual[Move.PLAY_VICTIM]
    )


def test_kind_and_attacking_users_meet_different_people_by_turn_three() -> None:
    for seed in range(5):
        kind = theirs(rehearse(KIND[:3], manager(), "usual", seed))[3].state
        attacked = theirs(rehearse(ATTACKING[:3], manager(), "usual", seed))[3].state
        assert attacked.anger > kind.anger + 0.1
        assert kind.openness > attacked.openness + 0.1
        assert kind.distance(attacked) > 0.1


def test_nobody_walks_out_on_a_kind_or_a_collapsing_person() -> None:
    for lines in (KIND, COLLAPSING):
        for seed in range(8):
            assert all(not turn.leaves for turn in theirs(rehearse(lines, manager(), "usual", seed)))


def test_a_question_put_to_them_is_answered_or_plainly_evaded() -> None:
    allowed = {Move.ANSWER, Move.GO_SILENT, Move.SARCASM, Move.INTERROGATE, Move.WHATABOUT, Move.WALK_OUT}
    for take in ("usual", "defensive", "hurt", "slippery"):
        for seed in range(6):
            rehearsal = rehearse((KIND[0], "Are you angry with me?"), three_answers(), take, seed)
            assert theirs(rehearsal)[2].move in allowed


def test_a_question_someone_goes_on_to_answer_themselves_is_not_answered_for_them() -> None:
    own_answer = "What am I going to do? I'm going to sleep, and I'm going to keep presenting my slides in the meeting."
    moves = [theirs(rehearse((KIND[0], own_answer), manager(), "usual", seed))[2].move for seed in range(10)]
    assert Move.ANSWER not in moves


def test_nobody_demands_an_example_of_someone_who_just_gave_one() -> None:
    given_one = (KIND[0], "On Tuesday you spoke over me twice in the planning meeting.") * 3
    for seed in range(10):
        moves = [turn.move for turn in theirs(rehearse(given_one, manager(), "defensive", seed))]
        assert Move.DEMAND_EXAMPLE not in moves[2::2]


def test_someone_who_runs_on_is_sometimes_cut_off_and_a_short_turn_never_is() -> None:
    long = "I came because of the meetings and the way they go and how I present the numbers and nobody hears it. " * 4
    cut = [theirs(rehearse((KIND[0], long), manager(), "hits-back", seed))[2].move for seed in range(20)]
    assert Move.CUT_OFF in cut
    assert Move.CUT_OFF not in mix("hits-back")


@given(seeds, take_names)
def test_curveballs_are_few_hidden_and_come_in_the_middle(seed: int, take_name: str) -> None:
    take = preset(take_name)
    planned = schedule(manager(), take, seed)
    assert len(planned) <= take.curveball_count
    assert all(FIRST <= turn <= LAST and kind in take.curveballs for turn, kind in planned)
    assert len({kind for _, kind in planned}) == len(planned)


def test_a_surprise_take_surprises() -> None:
    came = {
        turn.curveball
        for seed in range(12)
        for turn in theirs(rehearse(STEADY, manager(), "surprise", seed))
        if turn.curveball
    }
    assert len(came) >= 6
    assert came <= set(Curveball)


@given(seeds)
def test_chance_falls_the_same_way_again_and_each_purpose_has_its_own(seed: int) -> None:
    chance = Chance(seed, 3)
    assert chance.share("a") == Chance(seed, 3).share("a")
    assert 0.0 <= chance.share("a") < 1.0
    assert chance.share("a") != chance.share("b")
    weights = {Move.DENY: 1.0, Move.CHARM: 0.0, Move.PRESS: 3.0}
    assert set(chance.order(weights, "m")) == {Move.DENY, Move.PRESS}


def test_nobody_taunts_in_the_breath_after_tears() -> None:
    heartless = {Move.SARCASM, Move.PATRONISE, Move.CHARM, Move.INTERROGATE, Move.PRESS, Move.CUT_OFF}
    for seed in range(20):
        turns = theirs(rehearse(STEADY, manager(), "hurt", seed))
        for before, after in itertools.pairwise(turns[:-1]):
            if before.curveball is Curveball.TEARS:
                assert after.move not in heartless
                assert after.mood in {Mood.HURT, Mood.OPEN}


def test_nothing_is_denied_before_anything_has_been_said() -> None:
    claims = {Move.DENY, Move.MINIMISE, Move.JUSTIFY, Move.SHIFT_BLAME, Move.WHATABOUT}
    for take in ("usual", "defensive", "hits-back"):
        for seed in range(10):
            first = theirs(rehearse(("Have you got a minute? I'd like to talk.",), manager(), take, seed))[1]
            assert first.move not in claims
