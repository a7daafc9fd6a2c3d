"""What they remember of earlier rehearsals, and bring up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from edgewise.counterpart import Counterpart, RuleReader, recollections, same_person
from edgewise.rehearsal import CounterpartTurn, Recalled, Recollection, Rehearsal, YourTurn, heard
from edgewise.take import preset
from tests.people import KIND, manager

NOW = datetime(2026, 3, 20, 21, 0, tzinfo=UTC)


def a_rehearsal(*said: str, days_ago: int = 7, name: str = "first") -> Rehearsal:
    return Rehearsal(
        id=name,
        situation=manager(),
        take=preset("usual"),
        seed=1,
        started=NOW - timedelta(days=days_ago),
        turns=tuple(YourTurn(text=words) for words in said),
    )


def remembered(*earlier: Rehearsal) -> dict[Recalled, Recollection]:
    return {one.what: one for one in recollections(earlier, RuleReader(), NOW)}


def test_backing_down_is_remembered_in_your_own_words() -> None:
    found = remembered(a_rehearsal("I want my name on the report.", "You know what, never mind. It's fine."))
    assert found[Recalled.BACKED_DOWN].words in {"You know what, never mind", "It's fine"}
    assert found[Recalled.BACKED_DOWN].rehearsal == "first"


def test_a_conversation_in_which_you_stood_your_ground_leaves_nothing_to_throw_back() -> None:
    assert remembered(a_rehearsal("I wrote that report.", "I'd like my name on it.")) == {}


def test_the_newest_of_each_kind_is_what_stays() -> None:
    old = a_rehearsal("Forget it.", days_ago=20, name="old")
    new = a_rehearsal("It doesn't matter.", days_ago=2, name="new")
    assert {one.rehearsal for one in remembered(old, new).values()} == {"new"}


@pytest.mark.parametrize(
    ("days", "when"), [(0, "earlier today"), (1, "yesterday"), (3, "on Tuesday"), (8, "last week"), (40, "last time")]
)
def test_when_it_was_is_put_as_a_person_would(days: int, when: str) -> None:
    assert remembered(a_rehearsal("Forget it, never mind.", days_ago=days))[Recalled.BACKED_DOWN].when == when


def test_someone_else_with_the_same_relationship_is_not_the_same_person() -> None:
    other = manager().model_copy(update={"person": manager().person.model_copy(update={"name": "Someone Else"})})
    assert same_person(manager(), manager())
    assert not same_person(manager(), other)


def answers(remembered: tuple[Recollection, ...], seed: int) -> list[CounterpartTurn]:
    them = Counterpart(manager(), preset("hits-back"), seed, remembered=remembered, reader=RuleReader())
    them.greet()
    return [them.answer(heard(line)) for line in KIND]


def test_what_you_said_last_week_can_be_brought_up_and_never_twice() -> None:
    memory = Recollection(rehearsal="first", what=Recalled.BACKED_DOWN, words="honestly it's fine", when="last week")
    told = [[turn.text for turn in answers((memory,), seed) if memory.words in turn.text] for seed in range(40)]
    assert sum(bool(found) for found in told) >= 10
    assert max(len(found) for found in told) == 1


def test_who_remembers_nothing_brings_nothing_up() -> None:
    assert not any("last week" in turn.text for seed in range(20) for turn in answers((), seed))
