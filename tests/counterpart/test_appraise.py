from __future__ import annotations

from edgewise import EmotionalState, Person, Style, preset
from edgewise.counterpart import Act, Reading
from edgewise.counterpart.appraise import Hearing, appraise, baseline


def felt(act: Act, *, person: Person | None = None, take: str = "usual", times_before: int = 0) -> EmotionalState:
    who = person or Person()
    hearing = Hearing(who, preset(take), {act: times_before})
    return appraise(baseline(who, preset(take)), Reading("words", {act: 1.0}), hearing).state


def calm(person: Person | None = None, take: str = "usual") -> EmotionalState:
    return baseline(person or Person(), preset(take))


def test_contempt_angers_and_validation_softens() -> None:
    assert felt(Act.CONTEMPT).anger > calm().anger + 0.1
    assert felt(Act.VALIDATE).defensiveness < calm().defensiveness
    assert felt(Act.VALIDATE).openness > calm().openness


def test_flattery_wears_off_and_apologies_begin_to_grate() -> None:
    assert felt(Act.APPRECIATE).trust > felt(Act.APPRECIATE, times_before=3).trust
    assert felt(Act.APOLOGY, times_before=3).patience < felt(Act.APOLOGY).patience


def test_what_sets_off_one_person_leaves_another_cold() -> None:
    wounded, blunt = Person(styles=(Style.WOUNDED,)), Person(styles=(Style.BLUNT,))
    hurt = felt(Act.CRITICISE, person=wounded).hurt - calm(wounded).hurt
    shrugged = felt(Act.CRITICISE, person=blunt).hurt - calm(blunt).hurt
    assert hurt > shrugged


def test_the_same_words_land_harder_in_a_harder_take() -> None:
    usual = felt(Act.CRITICISE).anger - calm().anger
    harder = felt(Act.CRITICISE, take="hits-back").anger - calm(take="hits-back").anger
    assert harder > usual


def test_every_change_of_feeling_beyond_fading_has_its_reason_in_words() -> None:
    hearing = Hearing(Person(), preset("usual"), {})
    appraisal = appraise(calm(), Reading("You never listen", {Act.CRITICISE: 0.9}), hearing)
    assert [reason.why for reason in appraisal.reasons] == ["You told them what they are, or what they always do."]
    assert appraisal.reasons[0].effect["anger"] > 0


def test_a_turn_that_does_nothing_only_lets_feeling_fade() -> None:
    stirred = calm().moved({"anger": 0.8})
    appraisal = appraise(stirred, Reading("Hm"), Hearing(Person(), preset("usual"), {}))
    assert appraisal.reasons == ()
    assert calm().anger < appraisal.state.anger < stirred.anger
