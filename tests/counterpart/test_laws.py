"""What holds whatever anyone says to any counterpart in any take."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings

from edgewise.counterpart import Counterpart
from edgewise.person.words import words_in
from edgewise.rehearsal import FEELINGS, LONGEST_TURN, Rehearsal, YourTurn
from tests.people import ATTACKING, KIND, lines_typed, manager, rehearse, seeds, take_names, theirs, three_answers


@given(lines_typed, take_names, seeds)
def test_the_same_seed_and_the_same_words_give_the_same_rehearsal(lines: tuple[str, ...], take: str, seed: int) -> None:
    assert rehearse(lines, manager(), take, seed) == rehearse(lines, manager(), take, seed)


@given(lines_typed, take_names, seeds)
def test_feeling_is_bounded_and_no_line_is_said_twice(lines: tuple[str, ...], take: str, seed: int) -> None:
    turns = theirs(rehearse(lines, manager(), take, seed))
    said = [turn.text for turn in turns if turn.text]
    assert len(said) == len(set(said))
    for turn in turns:
        assert all(0.0 <= getattr(turn.state, name) <= 1.0 for name in FEELINGS)
        assert "{" not in turn.text + turn.gesture
        assert turn.text or turn.gesture or turn.silence_s


@given(lines_typed, take_names, seeds)
@settings(max_examples=30)
def test_taking_it_up_again_in_the_middle_goes_on_as_if_never_stopped(
    lines: tuple[str, ...], take: str, seed: int
) -> None:
    whole = rehearse(lines, manager(), take, seed)
    for stop in range(1, len(whole.turns), 3):
        kept = whole.model_copy(update={"turns": whole.turns[:stop], "ending": None})
        again = Counterpart.recalled(Rehearsal.model_validate_json(kept.model_dump_json()))
        if isinstance(kept.turns[-1], YourTurn):
            assert again.answer() == whole.turns[stop]


@given(lines_typed, take_names, seeds)
def test_every_reason_quotes_words_that_were_said(lines: tuple[str, ...], take: str, seed: int) -> None:
    rehearsal = rehearse(lines, manager(), take, seed)
    for place, turn in enumerate(rehearsal.turns):
        if turn.who == "counterpart" and place:
            before = rehearsal.turns[place - 1].text
            assert all(reason.quote in before for reason in turn.reasons)


def test_a_very_long_rehearsal_never_repeats_a_line_or_an_opening_too_often() -> None:
    lines = tuple(f"{line} ({number})" for number in range(25) for line in KIND)
    turns = theirs(rehearse(lines, manager(), "usual", 1))
    said = [turn.text for turn in turns if turn.text]
    assert len(said) == len(set(said))
    assert len(said) > 100


def test_in_a_rehearsal_of_ordinary_length_no_opening_comes_more_than_twice() -> None:
    for seed in range(20):
        turns = theirs(rehearse(KIND * 2, manager(), "defensive", seed))
        openings = Counter(" ".join(words_in(turn.text)[:3]) for turn in turns if turn.text)
        assert max(openings.values()) <= 2


def test_their_own_material_surfaces_and_never_twice() -> None:
    person, side = manager().person, manager().their_side
    told = {incident.they_tell_it for incident in person.incidents}
    to_that = {words for point in manager().key_points for words in point.answers}
    to_that |= {words for trigger in person.triggers for words in trigger.says}
    own = {*person.comebacks, *person.grievances, *person.phrases, *told, *side.model_dump().values(), *to_that}
    for seed in range(6):
        turns = theirs(rehearse(KIND[:4] + ATTACKING + KIND, manager(), "hits-back", seed))
        used = [line for line in own if sum(line in turn.text for turn in turns)]
        assert len(used) >= 2
        assert all(sum(line in turn.text for turn in turns) == 1 for line in used)


def test_three_answers_are_enough_for_a_whole_rehearsal() -> None:
    turns = theirs(rehearse(KIND, three_answers(), "usual", 5))
    assert len(turns) == len(KIND) + 2


def test_the_private_intention_is_never_spoken() -> None:
    intention = "xylophone marmalade"
    situation = manager().model_copy(update={"private_intention": intention})
    with_it = rehearse(KIND, situation, "harder", 3)
    without = rehearse(KIND, manager(), "harder", 3)
    assert [turn.text for turn in with_it.turns] == [turn.text for turn in without.turns]


def test_the_longest_turn_allowed_is_answered() -> None:
    assert theirs(rehearse(("x y " * (LONGEST_TURN // 4 - 1),), manager()))[1]
