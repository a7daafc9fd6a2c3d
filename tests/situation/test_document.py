from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise import (
    Fear,
    Incident,
    KeyPoint,
    Person,
    Pitfall,
    Situation,
    TheirSide,
    Trigger,
    example,
    example_names,
    read_situation,
    write_situation,
)
from edgewise.errors import SituationFileError, UnknownNameError
from edgewise.situation.document import LONGEST_FILE

words = st.text(max_size=80)
some_words = st.lists(words, max_size=3).map(tuple)
situations = st.builds(
    Situation,
    title=words,
    came_to_say=words,
    about=words,
    key_points=st.lists(st.builds(KeyPoint, text=words, cues=some_words), max_size=3).map(tuple),
    avoid=st.lists(st.sampled_from(Pitfall), max_size=3).map(tuple),
    fear=st.builds(Fear, what=words, likelihood=st.none() | st.integers(0, 100)),
    distress_before=st.none() | st.integers(0, 100),
    their_side=st.builds(TheirSide, defence=words, condition=words),
    person=st.builds(
        Person,
        name=words,
        phrases=some_words,
        comebacks=some_words,
        triggers=st.lists(st.builds(Trigger, what=words, cues=some_words), max_size=2).map(tuple),
        incidents=st.lists(st.builds(Incident, what=words, when=words), max_size=2).map(tuple),
    ),
)


@given(situations)
def test_a_situation_written_down_reads_back_the_same(situation: Situation) -> None:
    assert read_situation(write_situation(situation)) == situation


def test_the_essays_own_conversations_and_more_are_ready_to_rehearse() -> None:
    assert set(example_names()) >= {
        "belittling-manager",
        "hurting-a-friend",
        "mother-and-weight",
        "notes-for-a-collaborator",
        "asking-for-a-raise",
        "flatmate-and-the-rent",
    }


@pytest.mark.parametrize("name", example_names())
def test_every_example_has_a_whole_person_in_it(name: str) -> None:
    situation = example(name)
    person = situation.person
    assert person.name
    assert person.talks
    assert len(person.comebacks) >= 8
    assert len(person.grievances) >= 6
    assert len(person.incidents) >= 2
    assert all(incident.they_tell_it and incident.name for incident in person.incidents)
    assert situation.came_to_say
    assert len(situation.key_points) >= 2
    assert situation.ask
    assert situation.about
    assert all(situation.their_side.model_dump().values())


@pytest.mark.parametrize("name", example_names())
def test_no_two_of_a_persons_own_lines_are_the_same(name: str) -> None:
    person = example(name).person
    own = [*person.phrases, *person.comebacks, *person.grievances]
    assert len(own) == len({line.lower() for line in own})


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ('title = "half', "unterminated"),
        ('came_to_say = "x"\n[person]\nname = "Dana"\nshoe_size = 44\n', "line 4, person.shoe_size"),
        ('came_to_say = "x"\n[fear]\nlikelihood = 140\n', "line 3, fear.likelihood"),
        ('[person]\nname = "Dana"\n[[person.triggers]]\ncues = ["late"]\n', "person.triggers"),
        ('came_to_say = "x"\n[person]\nname = "D"\nname = "E"\n', "overwrite"),
        ("distress_before = 'a lot'", "distress_before"),
        ("key_points = 'one'", "key_points"),
        ("\x00", "line 1"),
        ("format = 2", "format"),
    ],
)
def test_a_broken_file_says_where_and_what_to_do(broken: str, said: str) -> None:
    with pytest.raises(SituationFileError) as caught:
        read_situation(broken, called="mine.toml")
    assert said.lower() in str(caught.value).lower()
    assert "mine.toml" in caught.value.happened
    assert caught.value.kept
    assert caught.value.next_step


def test_a_file_far_too_large_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(SituationFileError, match="characters long"):
        read_situation("#" * (LONGEST_FILE + 1))


def test_a_mistyped_example_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="belittling-manager"):
        example("beliting-manager")


@given(st.text(max_size=400))
def test_no_text_whatever_breaks_the_reading_of_files(text: str) -> None:
    try:
        read_situation(text)
    except SituationFileError as error:
        assert error.next_step  # noqa: PT017
