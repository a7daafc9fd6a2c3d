from __future__ import annotations

import pytest
from pydantic import ValidationError

from edgewise import Dials, Take, preset, preset_names
from edgewise.errors import UnknownNameError
from edgewise.take import DOOR_MOVES, RESISTING_MOVES, presets


def test_the_nine_named_takes_are_there() -> None:
    assert preset_names() == (
        "usual", "defensive", "hits-back", "goes-quiet", "hurt", "slippery", "charm", "harder", "surprise",
    )  # fmt: skip


def test_a_mistyped_take_names_the_nearest_and_lists_them_all() -> None:
    with pytest.raises(UnknownNameError) as caught:
        preset("defensiv")
    assert "Did you mean defensive?" in caught.value.next_step
    assert "goes-quiet" in caught.value.next_step


def test_a_name_may_be_typed_with_capitals_or_spaces() -> None:
    assert preset("Goes Quiet").name == "goes-quiet"


@pytest.mark.parametrize("take", presets(), ids=lambda take: take.name)
def test_every_take_promises_something_and_no_take_leans_towards_giving_way(take: Take) -> None:
    assert take.promise
    assert DOOR_MOVES.isdisjoint(take.leanings)
    assert 2 <= take.rounds_to_hold <= 5


def test_a_dial_beyond_its_range_is_refused() -> None:
    with pytest.raises(ValidationError):
        Dials(pushback=1.2)


def test_resisting_and_giving_way_are_different_things() -> None:
    assert RESISTING_MOVES.isdisjoint(DOOR_MOVES)
