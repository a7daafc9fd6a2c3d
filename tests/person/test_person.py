from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from edgewise import Person, Relationship, Style
from edgewise.person import content_stems, listed, relationship_heard_in, styles_heard_in, tidy


@pytest.mark.parametrize(
    ("answer", "heard"),
    [
        ("my boss", Relationship.MANAGER),
        ("Mum", Relationship.PARENT),
        ("my ex-wife", Relationship.EX),
        ("mother-in-law", Relationship.RELATIVE),
        ("best friend", Relationship.FRIEND),
        ("roommate", Relationship.FLATMATE),
        ("the person upstairs who plays drums", Relationship.OTHER),
        ("", Relationship.OTHER),
    ],
)
def test_what_people_call_each_other_is_understood(answer: str, heard: Relationship) -> None:
    assert relationship_heard_in(answer) is heard


def test_how_they_talk_is_heard_in_a_plain_description() -> None:
    assert styles_heard_in("short with me, a bit sarcastic") == (Style.CURT, Style.SARCASTIC)
    assert Person(manner="she jokes everything away").talks == (Style.JOKEY,)
    assert Person(manner="she jokes", styles=(Style.COLD,)).talks == (Style.COLD,)


def test_a_person_can_be_known_by_relationship_alone() -> None:
    assert Person(relationship="my mother").known_as == "Your parent"
    assert Person().known_as == "Them"
    assert Person(name="Dana").known_as == "Dana"


def test_an_answer_that_names_several_things_becomes_those_things() -> None:
    assert listed("being rushed, being called unfair; 1,000 emails\n- my tone") == (
        "being rushed",
        "being called unfair",
        "1,000 emails",
        "my tone",
    )


def test_a_person_refuses_what_a_person_does_not_have() -> None:
    with pytest.raises(ValidationError):
        Person.model_validate({"name": "Dana", "shoe_size": 44})


def test_endings_do_not_hide_that_two_words_are_the_same() -> None:
    assert content_stems("interrupting meetings") == content_stems("interrupted a meeting")


@given(st.text())
def test_tidied_words_can_be_stored_and_tidying_twice_changes_nothing(text: str) -> None:
    tidied = tidy(text)
    assert tidied.encode("utf-8").decode("utf-8") == tidied
    assert tidy(tidied) == tidied
    assert not any(ord(c) < 32 and c not in "\n\t\r" for c in tidied)


def test_right_to_left_words_and_emoji_are_kept_as_they_are() -> None:
    assert tidy("  אמא, אני צריכה ממך משהו 🙂 ") == "אמא, אני צריכה ממך משהו 🙂"
