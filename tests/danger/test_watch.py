from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise import Edgewise, MemoryStore, Person, Situation, example, example_names, preset
from edgewise.danger import Watch, Watcher
from edgewise.errors import PracticeStoppedError
from tests.people import ATTACKING, COLLAPSING, KIND, manager

FRIGHTENED = "He hit me again last night. He said he will kill me if I tell anyone."
ALONE = "I want to kill myself. I have the tablets here."


def watcher() -> Watcher:
    return Watcher.shipped()


@pytest.mark.parametrize("words", [FRIGHTENED, ALONE, "my stepdad touched my sister and he hits me"])
def test_words_of_real_danger_stop_practice(words: str):
    assert watcher().sign_in(words) is not None


@pytest.mark.parametrize("words", [*KIND, *ATTACKING, *COLLAPSING, "This deadline is killing me, honestly."])
def test_heated_words_to_a_manager_do_not(words: str):
    assert watcher().sign_in(words) is None


@pytest.mark.parametrize("name", example_names())
def test_every_ready_example_can_be_played(name: str):
    Watch().situation(example(name))


def test_what_is_quoted_back_is_the_sentence_that_was_meant():
    sign = watcher().sign_in(f"Thanks for seeing me. {ALONE} I would like to talk about my review on Monday.")

    assert sign is not None
    assert sign.quote in ALONE


@given(st.lists(st.sampled_from([FRIGHTENED, ALONE, "Hello.", "ok", "…", "😀"]) | st.text(max_size=40), max_size=6))
def test_any_quote_shown_occurs_in_the_words_that_were_written(parts: list[str]):
    text = " ".join(parts)

    if sign := watcher().sign_in(text):
        assert sign.quote
        assert sign.quote in text


@given(st.text(max_size=400))
def test_no_text_however_odd_breaks_it(text: str):
    watcher().sign_in(text)


@pytest.mark.parametrize(
    "dressed",
    [
        "I want to ki\u200bll my\u200dself. I have the tab\u00adlets here.",
        "I wаnt to kіll myself. I have the tablets here.",  # with Cyrillic letters
        "I want to 𝐤𝐢𝐥𝐥 𝐦𝐲𝐬𝐞𝐥𝐟. I have the tablets here.",
        "I w̶a̶n̶t̶ to k̷i̷l̷l̷ myself. I have the tablets here.",
    ],
)
def test_danger_is_not_hidden_by_odd_letters(dressed: str):
    sign = watcher().sign_in(dressed)

    assert sign is not None
    assert sign.quote in dressed


def test_danger_in_the_middle_of_a_long_paste_is_found():
    filler = "We met on Monday and went through the figures for the quarter once more. " * 25

    assert watcher().sign_in(f"{filler}{ALONE} {filler}") is not None


def test_a_turn_that_stops_practice_is_neither_said_nor_kept():
    edgewise = Edgewise(store=MemoryStore())
    conversation = edgewise.begin(manager(), preset("usual"), seed=7)
    turns = len(conversation.rehearsal.turns)

    with pytest.raises(PracticeStoppedError) as stopped:
        conversation.say(ALONE)

    assert stopped.value.quote in ALONE
    assert len(conversation.rehearsal.turns) == turns
    assert ALONE not in edgewise.rehearsal(conversation.rehearsal.id).model_dump_json()


def test_words_that_were_not_meant_so_are_said_and_not_asked_about_again():
    edgewise = Edgewise(store=MemoryStore())
    conversation = edgewise.begin(manager(), preset("usual"), seed=7)
    with pytest.raises(PracticeStoppedError) as stopped:
        conversation.say(ALONE)

    edgewise.not_what_i_meant(stopped.value.said)

    conversation.say(ALONE)
    assert conversation.say(ALONE).who == "counterpart"


def test_a_threat_in_their_mouth_is_not_played():
    threatening = Situation(person=Person(name="Rob", phrases=("If you leave me I will kill you and the kids.",)))

    with pytest.raises(PracticeStoppedError):
        Edgewise(store=MemoryStore()).begin(threatening, preset("usual"))


def test_an_imported_rehearsal_is_looked_at_when_it_is_taken_up():
    here, there = Edgewise(store=MemoryStore()), Edgewise(store=MemoryStore())
    words = "He beats me and he said he will kill me."
    there.not_what_i_meant(words)
    text = there.export(there.begin(Situation(came_to_say=words), preset("usual")).rehearsal.id)

    taken_in = here.import_(text)

    with pytest.raises(PracticeStoppedError):
        here.resume(taken_in.id)
