from __future__ import annotations

import pytest

from edgewise import Counterpart, YourTurn, preset
from edgewise.counterpart import words_before_cutting_in
from edgewise.progress import DRILLABLE, drill_take, receptive, without_your_opening
from edgewise.rehearsal import Ending
from edgewise.take import Curveball, Move
from tests.people import ATTACKING, KIND, manager, rehearse, theirs, three_answers

SHORT = ("Have you got a minute?", *KIND)


@pytest.mark.parametrize("move", DRILLABLE)
def test_a_drill_comes_to_its_move_soon_and_often_and_then_they_take_leave(move: Move) -> None:
    rehearsal = rehearse((*KIND, *KIND), manager(), drill_take(move, times=3), seed=5)
    moves = [turn.move for turn in theirs(rehearsal)]
    assert moves.count(move) == 3
    assert move in moves[1:4]
    assert moves[-1] is Move.CLOSE
    assert rehearsal.ending is Ending.THEY_LEFT


def test_no_two_of_a_drill_are_in_the_same_words() -> None:
    said = [turn.text for turn in theirs(rehearse((*KIND, *KIND), manager(), drill_take(Move.SARCASM, 6)))]
    assert len(set(said)) == len(said)


def test_another_time_a_drill_comes_in_other_words_and_in_another_order() -> None:
    one, other = (theirs(rehearse(KIND, manager(), drill_take(Move.SARCASM), seed=seed)) for seed in (1, 6))
    assert [turn.move for turn in one] != [turn.move for turn in other]
    words = [{turn.text for turn in run if turn.move is Move.SARCASM} for run in (one, other)]
    assert len(words[0] & words[1]) <= 1  # a sentence of their own may come again; people have a few


def test_a_drill_waits_until_its_move_would_answer_something() -> None:
    moves = [turn.move for turn in theirs(rehearse(SHORT, three_answers(), drill_take(Move.DENY)))]
    assert moves[1] is not Move.DENY
    assert Move.DENY in moves


def test_your_opening_is_taken_away_by_knowing_why_you_came_and_by_cutting_in() -> None:
    rehearsal = rehearse(KIND, manager(), without_your_opening())
    first, second = theirs(rehearsal)[:2]
    assert first.curveball is Curveball.KNOWS_ALREADY
    assert second.move is Move.CUT_OFF


def test_what_they_know_already_differs_from_time_to_time() -> None:
    openings = {theirs(rehearse(KIND[:1], manager(), without_your_opening(), seed))[0].text for seed in range(12)}
    assert len(openings) >= 6


def test_who_practises_being_cut_off_is_cut_off_while_still_talking() -> None:
    drilled, usual = words_before_cutting_in(drill_take(Move.CUT_OFF)), words_before_cutting_in(preset("usual"))
    assert drilled < words_before_cutting_in(without_your_opening()) < usual
    sofar = YourTurn(text=" ".join(KIND[1].split()[:drilled]))
    counterpart = Counterpart(manager(), drill_take(Move.CUT_OFF), 3)
    counterpart.greet()
    assert counterpart.cuts_in(sofar.text)


def test_on_their_kindest_day_they_do_not_hit_back_at_somebody_decent() -> None:
    moves = {turn.move for seed in range(4) for turn in theirs(rehearse(KIND, manager(), receptive(), seed))}
    assert moves.isdisjoint({Move.COUNTER_ATTACK, Move.SARCASM, Move.PATRONISE})


def test_an_insult_does_not_stop_a_drill() -> None:
    moves = [turn.move for turn in theirs(rehearse(ATTACKING, manager(), drill_take(Move.GO_SILENT, 3)))]
    assert moves.count(Move.GO_SILENT) == 3
