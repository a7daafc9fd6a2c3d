"""What sort of conversation it is, from the words people use for it."""

from __future__ import annotations

import re

import pytest

from edgewise import Kind, Person, Situation, example, example_names
from edgewise.counterpart import Counterpart, RuleReader
from edgewise.counterpart.speak.kinds import Standing, standings
from edgewise.rehearsal import heard
from edgewise.take import preset


@pytest.mark.parametrize(
    ("came_to_say", "kind"),
    [
        ("I want a raise", Kind.ASKING),
        ("I'd like my deposit back", Kind.ASKING),
        ("I'm breaking up with you", Kind.ENDING),
        ("You presented my idea as yours", Kind.CREDIT),
        ("The second chapter of the draft isn't landing", Kind.CREATIVE_FEEDBACK),
        ("I disagree with my appraisal", Kind.PERFORMANCE_REVIEW),
        ("Something happened", Kind.OTHER),
    ],
)
def test_the_kind_is_heard_in_what_you_came_to_say(came_to_say: str, kind: Kind) -> None:
    assert Situation(came_to_say=came_to_say).sort is kind


def test_a_kind_that_was_given_stays() -> None:
    assert Situation(kind=Kind.TELLING, came_to_say="I want a raise").sort is Kind.TELLING
    assert all(example(name).kind is not Kind.OTHER for name in example_names())


def test_every_kind_has_somebodys_side_in_whole_sentences_never_written_twice() -> None:
    assert set(standings()) == set(Kind)
    every = [words for one in standings().values() for slot in Standing.model_fields for words in getattr(one, slot)]
    assert len(set(every)) == len(every) >= 100
    assert [words for words in every if not re.match(r"[A-Z].*[.?]$", words) or len(words.split()) > 18] == []


def test_someone_of_whom_only_a_name_is_known_still_has_a_side() -> None:
    situation = Situation(
        person=Person(name="Lee", relationship="boss"), came_to_say="I want a raise of three thousand"
    )
    side = standings()[Kind.ASKING]
    known = {words for slot in Standing.model_fields for words in getattr(side, slot)}
    said = set[str]()
    for seed in range(60):
        them = Counterpart(situation, preset("usual" if seed % 2 else "defensive"), seed, reader=RuleReader())
        them.greet()
        lines = ("I want a raise of three thousand.", "I do two jobs now.", "I'm still asking for the raise.")
        said |= {them.answer(heard(line)).text for line in lines}
    assert sum(any(words in text for text in said) for words in known) >= 4
