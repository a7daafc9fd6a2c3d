"""How runs were for you: kept with each run, drawn, and never made into a score."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from edgewise import Edgewise, MemoryStore, Reflection, preset
from edgewise.progress import HowItWas, Stance, how_it_was
from edgewise.progress.how_it_was import feared_beside_actual, stayed_though_hard
from edgewise.rehearsal import Happened
from edgewise.situation.situation import Fear
from tests.people import KIND, manager, rehearse

percent = st.none() | st.integers(0, 100)
hows = st.lists(
    st.builds(
        HowItWas,
        distress_worst=percent,
        likelihood=percent,
        feared=st.sampled_from(("", "He laughs at me")),
        happened=st.none() | st.sampled_from(Happened),
        your_turns=st.integers(0, 12),
    ),
    max_size=12,
)


def test_what_you_told_before_and_after_stands_in_the_record_of_the_run() -> None:
    situation = manager().model_copy(
        update={"fear": Fear(what="He laughs", likelihood=70), "demands_before": 80, "resources_before": 40}
    )
    told = Reflection(
        distress_worst=85,
        distress_now=30,
        fear_happened=Happened.NO,
        happened_instead="He asked what I meant",
        demands_after=60,
        resources_after=60,
    )
    how = how_it_was(rehearse(KIND, situation).reflected(told))
    assert how.distress == (None, 85, 30)
    assert (how.feared, how.likelihood, how.happened) == ("He laughs", 70, Happened.NO)
    assert how.instead == "He asked what I meant"
    assert (how.before, how.after) == (Stance.THREAT, Stance.CHALLENGE)
    assert how.your_turns == len(KIND)


def test_one_number_alone_makes_neither_a_threat_nor_a_challenge() -> None:
    assert HowItWas(demands_before=80).before is None
    assert HowItWas(resources_after=80).after is None


def test_answers_given_one_by_one_all_reach_the_record() -> None:
    edgewise = Edgewise(store=MemoryStore())
    conversation = edgewise.begin(manager(), preset("usual"), seed=3)
    conversation.say(KIND[0])
    conversation.end()
    name = conversation.rehearsal.id
    edgewise.reflect(name, Reflection(going_for="to be heard"))
    before = edgewise.progress(name).runs[0]
    edgewise.reflect(name, Reflection(going_for="to be heard", distress_worst=70))
    after = edgewise.progress(name).runs[0]
    assert before.how.distress_worst is None
    assert after.how.distress_worst == 70
    assert after.replies == before.replies


@given(hows)
def test_feared_beside_actual_counts_only_fears_whose_end_was_told(runs: list[HowItWas]) -> None:
    found = feared_beside_actual(runs)
    assert found.asked == sum(bool(one.feared) and one.happened is not None for one in runs)
    assert found.came + found.in_part + found.did_not == found.asked
    assert found.likelihood is None or 0 <= found.likelihood <= 100


@given(hows, hows)
def test_another_run_takes_nothing_from_what_was_found_out(runs: list[HowItWas], more: list[HowItWas]) -> None:
    before, after = feared_beside_actual(runs), feared_beside_actual([*runs, *more])
    assert after.came >= before.came
    assert after.did_not >= before.did_not
    assert stayed_though_hard([*runs, *more]) >= stayed_though_hard(runs)


def test_looking_in_and_leaving_is_not_staying() -> None:
    assert stayed_though_hard([HowItWas(distress_worst=90, your_turns=1)]) == 0
    assert stayed_though_hard([HowItWas(distress_worst=90, your_turns=8)]) == 1
    assert stayed_though_hard([HowItWas(distress_worst=20, your_turns=8)]) == 0
