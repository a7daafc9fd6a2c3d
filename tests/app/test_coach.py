"""What a model proposes is kept only where its evidence stands."""

from __future__ import annotations

import json

import pytest

from edgewise import Edgewise, MemoryStore, preset
from edgewise.adapters.scripted_model import ScriptedModel
from edgewise.errors import ModelCutOff, ModelUnreachable
from edgewise.rehearsal import Rehearsal
from tests.people import KIND, manager

TRUE = {"what": "You gave a date and a place.", "quote": "monday meeting in March"}
UNTRUE = {"what": "You threatened them.", "quote": "I will have you fired"}


def over(model: ScriptedModel | None) -> tuple[Edgewise, Rehearsal]:
    edgewise = Edgewise(store=MemoryStore(), language_model=lambda: model, patience_s=30.0)
    conversation = edgewise.begin(manager(), preset("usual"), seed=7)
    conversation.say(KIND[1])
    conversation.end()
    return edgewise, edgewise.rehearsal(conversation.rehearsal.id)


def noticing(*observations: dict[str, str]) -> ScriptedModel:
    return ScriptedModel(json=json.dumps({"observations": observations}))


def test_an_observation_stands_with_the_exact_words_that_show_it() -> None:
    edgewise, rehearsal = over(noticing(TRUE))
    (one,) = edgewise.noticed(rehearsal.id)
    assert one.quote == "Monday meeting in March"
    assert one.quote in rehearsal.turns[one.turn].text


def test_an_observation_whose_words_nobody_said_is_dropped() -> None:
    edgewise, rehearsal = over(noticing(UNTRUE, {"what": "You did.", "quote": ""}, TRUE))
    assert [one.what for one in edgewise.noticed(rehearsal.id)] == [TRUE["what"]]


@pytest.mark.parametrize("broken", ["```json\n{}\n```", "{}", "Here you are: {}", "{}}}"])
def test_broken_json_is_mended(broken: str) -> None:
    text = json.dumps({"observations": [TRUE]})
    edgewise, rehearsal = over(ScriptedModel(json=broken.replace("{}", text, 1)))
    assert len(edgewise.noticed(rehearsal.id)) == 1


def test_json_that_breaks_off_keeps_what_was_whole() -> None:
    text = json.dumps({"observations": [TRUE, UNTRUE]})
    edgewise, rehearsal = over(ScriptedModel(json=text[:-4]))
    assert len(edgewise.noticed(rehearsal.id)) == 1


def test_what_cannot_be_read_at_all_is_said_so() -> None:
    edgewise, rehearsal = over(ScriptedModel(json="I would rather talk about the weather."))
    with pytest.raises(ModelCutOff, match="cannot be read"):
        edgewise.noticed(rehearsal.id)
    edgewise, rehearsal = over(ScriptedModel(fault="down"))
    with pytest.raises(ModelUnreachable):
        edgewise.noticed(rehearsal.id)


def test_the_same_rehearsal_is_asked_about_once_and_without_a_model_nobody_is_asked() -> None:
    model = noticing(TRUE)
    edgewise, rehearsal = over(model)
    asked = len(model.asked)
    assert edgewise.noticed(rehearsal.id) == edgewise.noticed(rehearsal.id)
    assert len(model.asked) == asked + 1
    alone, rehearsal = over(None)
    assert alone.noticed(rehearsal.id) == ()
    assert alone.might_say_back(manager()) == ()


def test_nothing_is_noticed_while_it_goes_on() -> None:
    edgewise = Edgewise(store=MemoryStore(), language_model=lambda: noticing(TRUE), patience_s=30.0)
    conversation = edgewise.begin(manager(), preset("usual"), seed=7)
    assert edgewise.noticed(conversation.rehearsal.id) == ()


def test_what_they_might_say_back_rests_on_what_you_told_of_them() -> None:
    phrase = manager().person.phrases[0]
    variants = [{"line": "Not today.", "because": phrase}, {"line": "Never.", "because": "he hates Mondays very much"}]
    model = ScriptedModel(json=json.dumps({"variants": variants}))
    edgewise, _ = over(model)
    assert edgewise.might_say_back(manager()) == ("Not today.",)


def test_the_coach_is_not_told_the_private_intention_either() -> None:
    model = noticing(TRUE)
    situation = manager().model_copy(update={"private_intention": "quokka wombat"})
    edgewise = Edgewise(store=MemoryStore(), language_model=lambda: model, patience_s=30.0)
    conversation = edgewise.begin(situation, preset("usual"), seed=7)
    conversation.end()
    edgewise.noticed(conversation.rehearsal.id)
    model.json = '{"variants": []}'
    edgewise.might_say_back(situation)
    assert "quokka" not in " ".join(one.text for said in model.asked for one in said)
