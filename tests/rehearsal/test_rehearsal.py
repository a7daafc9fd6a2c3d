from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise import EmotionalState, Rehearsal
from edgewise.errors import EmptyTurnError, RehearsalOverError, TurnTooLongError
from edgewise.rehearsal import FEELINGS, LONGEST_TURN, heard
from tests.people import ATTACKING, KIND, manager, rehearse

levels = st.floats(min_value=0, max_value=1)
states = st.builds(EmotionalState, **dict.fromkeys(FEELINGS, levels))
pushes = st.dictionaries(st.sampled_from(FEELINGS), st.floats(min_value=-5, max_value=5), max_size=6)


@given(states, st.lists(pushes, max_size=30), states)
def test_feeling_stays_between_nothing_and_all_there_can_be(
    state: EmotionalState, blows: list[dict[str, float]], baseline: EmotionalState
) -> None:
    for effect in blows:
        state = state.settled(baseline, share=0.1).moved(effect)
        assert all(0.0 <= getattr(state, name) <= 1.0 for name in FEELINGS)


@given(states, states)
def test_feeling_fades_towards_the_baseline_and_never_past_it(state: EmotionalState, baseline: EmotionalState) -> None:
    after = state.settled(baseline, share=0.3)
    assert after.distance(baseline) <= state.distance(baseline) + 1e-3


def test_three_dots_are_silence_on_purpose() -> None:
    assert heard(" ... ", silence_s=4.0).is_silence
    assert heard("…").is_silence


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t", "\x00\x07", "\u202e"])
def test_nothing_typed_is_not_taken_for_silence(nothing: str) -> None:
    with pytest.raises(EmptyTurnError, match=r"\.\.\."):
        heard(nothing)


def test_a_huge_paste_is_refused_and_says_how_much_fits() -> None:
    with pytest.raises(TurnTooLongError) as caught:
        heard("a" * 100_000)
    assert "100,000" in caught.value.happened
    assert "saved" in caught.value.kept
    assert heard("a" * LONGEST_TURN).text


def test_control_characters_go_and_words_stay() -> None:
    assert heard("I\x07 mean\u202e it\x1b[31m 🙂 שלום").text == "I mean it[31m 🙂 שלום"


def test_what_has_been_said_cannot_be_changed_only_added_to() -> None:
    rehearsal = rehearse(KIND[:2], manager())
    with pytest.raises(RehearsalOverError, match="ended"):
        rehearsal.with_turn(heard("one more thing"))


def test_a_rehearsal_written_down_reads_back_the_same() -> None:
    rehearsal = rehearse(ATTACKING, manager(), "hits-back")
    assert Rehearsal.model_validate_json(rehearsal.model_dump_json()) == rehearsal
