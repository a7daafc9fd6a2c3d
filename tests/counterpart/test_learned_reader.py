"""The reader that comes with Edgewise, and the file it reads with."""

from __future__ import annotations

import json
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise import KeyPoint, Person, Situation, Trigger, Value
from edgewise.counterpart import Act, Counterpart, LearnedReader, Reading, Said
from edgewise.counterpart.ahead import read_ahead
from edgewise.counterpart.perceive import ESCALATING, Before, Context
from edgewise.counterpart.perceive.learned.network import Network
from edgewise.counterpart.perceive.lexicon import straightened
from edgewise.errors import ModelFileError
from edgewise.take import Move
from tests.people import ATTACKING, KIND, manager, odd_words, rehearse

MODEL = files("edgewise.counterpart.perceive.learned").joinpath("model")
DIALECTS = Path(__file__).parents[2] / "benchmarks" / "data" / "dialects.jsonl"


def read(text: str, *before: str, situation: Situation | None = None, **context: object) -> Reading:
    earlier = tuple(Before(words) for words in before)
    return LearnedReader().read(text, Context(situation or Situation(), before=earlier, **context))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "does", "does_not"),
    [
        ("You never listen.", {Act.CRITICISE}, {Act.IMPACT}),
        ("You always make it about yourself.", {Act.CRITICISE}, {Act.IMPACT}),
        ("I felt about two inches tall when you said that.", {Act.IMPACT}, {Act.CRITICISE, Act.CONTEMPT}),
        ("I couldn't sleep after Tuesday.", {Act.IMPACT}, {Act.CRITICISE}),
        ("Sorry, forget it.", {Act.APOLOGY, Act.WITHDRAW}, set()),
        ("I'm so sorry about your dad.", set(), {Act.APOLOGY}),
        ("You're an absolute idiot.", {Act.CONTEMPT}, {Act.APOLOGY}),
        ("Could you put my name on the report by Friday?", {Act.REQUEST}, {Act.CRITICISE}),
        ("I won't be spoken to like that.", {Act.BOUNDARY}, {Act.CONTEMPT}),
        ("Why did you leave my name off?", {Act.ASK_REASONS, Act.QUESTION}, {Act.REQUEST}),
        ("What would it take for you to agree?", {Act.ASK_TERMS, Act.QUESTION}, set()),
        ("Thank you for hearing me out.", {Act.APPRECIATE}, {Act.CRITICISE}),
    ],
)
def test_a_turn_is_read_for_what_its_words_do(text: str, does: set[Act], does_not: set[Act]) -> None:
    done = read(text).done
    assert does <= done
    assert not does_not & done


@pytest.mark.parametrize("firm", ["No.", "I want my name on it.", "I disagree.", "I'm not going to change my mind."])
def test_direct_and_firm_is_not_hostile(firm: str) -> None:
    assert not read(firm, "You're making a fuss.").did_any(ESCALATING)


def test_nobody_holds_their_ground_when_nobody_has_pushed() -> None:
    text = "I'm still asking you to let me finish."
    assert read(text, "It's only banter.", their_move=Move.MINIMISE).did(Act.HOLD)
    assert not read(text, "Go on, I'm listening.", their_move=Move.ASK_SINCERELY).did(Act.HOLD)


def test_each_act_is_shown_by_the_clause_that_does_it() -> None:
    reading = read("Thanks for making time. When you laughed I felt small. Could you not do that again?")
    assert reading.quote(Act.APPRECIATE) == "Thanks for making time."
    assert reading.quote(Act.IMPACT) == "When you laughed I felt small."
    assert reading.quote(Act.REQUEST) == "Could you not do that again?"


def test_a_key_point_is_met_in_other_words() -> None:
    situation = Situation(
        came_to_say="I need you to stop cutting me off in front of the team",
        key_points=(KeyPoint(text="You cut me off in front of the team"), KeyPoint(text="I want a pay rise")),
    )
    reading = read("In the Monday stand-up you talked over me with everyone watching.", situation=situation)
    assert reading.points[0] is not Said.NOT_AT_ALL
    assert reading.points[1] is Said.NOT_AT_ALL
    assert reading.relevance > read("Did you see the football last night?", situation=situation).relevance


def test_leaving_the_subject_is_noticed() -> None:
    pushed = ("I sent you the rota on Monday.", "You said that last week as well.")
    stays = read("You sent it on Thursday, after I'd asked twice.", *pushed)
    leaves = read("Anyway, did you see that film about the whales?", *pushed)
    assert leaves.topic_shift > stays.topic_shift


def test_warm_words_read_warmer_than_cold_ones_and_yielding_less_dominant_than_firm() -> None:
    warm, cold = read("I love you, and I'm glad you told me."), read("You make me sick.")
    yielding, firm = read("sorry, whatever you think is best, really"), read("No. You will pay it by Friday.")
    assert warm.warmth > cold.warmth + 0.5
    assert firm.dominance > yielding.dominance + 0.5


def test_how_someone_speaks_does_not_make_them_hostile() -> None:
    hostile, rows = defaultdict(list), [json.loads(line) for line in DIALECTS.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        if row["does"] not in {"criticise", "contempt"}:
            reading = read(row["text"], *row["before"])
            hostile[row["variety"]].append(reading.did_any({Act.CRITICISE, Act.CONTEMPT}))
    shares = {variety: sum(found) / len(found) for variety, found in hostile.items()}
    assert max(shares.values()) <= 0.1, shares
    assert max(shares.values()) - min(shares.values()) <= 0.06, shares


@given(odd_words, st.lists(odd_words, max_size=3))
def test_whatever_is_said_every_span_lies_in_the_text_and_every_number_in_its_range(
    text: str, before: list[str]
) -> None:
    reading = read(text, *before)
    for act, spans in reading.spans.items():
        assert 0.0 <= reading.acts[act] <= 1.0
        for span in spans:
            assert 0 <= span.start < span.end <= len(text)
    for number in (reading.warmth, reading.dominance, reading.receptiveness):
        assert -1 <= number <= 1
    assert 0 <= reading.relevance <= 1
    assert 0 <= reading.topic_shift <= 1


def test_half_a_character_and_a_very_long_turn_are_read_like_any_other() -> None:
    assert read("You never listen \ud83d, do you.").text
    assert read("Thank you. " + "And then I went to the shop on the corner. " * 300).did(Act.APPRECIATE)


def test_the_same_words_read_the_same_whenever_they_are_read() -> None:
    once, again = LearnedReader(fresh()), LearnedReader(fresh())
    again.read("Something else altogether.", Context(Situation()))
    context = Context(Situation(person=Person(triggers=(Trigger(what="being rushed"),), values=(Value(what="calm"),))))
    assert once.read("I need an answer today.", context) == again.read("I need an answer today.", context)


FILES = ("card.json", "reader.onnx", "vocabulary.json", "wording.npz")


def test_many_turns_read_as_each_would_alone() -> None:
    turns = [(text, Context(Situation())) for text in ("You never listen.", "", "Could you ask me first?")]
    assert LearnedReader().read_all(turns) == [LearnedReader().read(*turn) for turn in turns]


@pytest.mark.parametrize("harmed", FILES)
def test_a_model_file_that_was_changed_is_refused(harmed: str) -> None:
    contents = {name: MODEL.joinpath(name).read_bytes() for name in FILES}
    contents[harmed] = contents[harmed][:-20] + b"x" * 20
    with pytest.raises(ModelFileError, match="Install Edgewise again"):
        Network.checked(*contents.values())


def fresh() -> Network:
    return Network.checked(*(MODEL.joinpath(name).read_bytes() for name in FILES))


def test_reading_ahead_changes_nothing_and_leaves_no_turn_to_ask_about() -> None:
    rehearsal = rehearse((*KIND, *ATTACKING, "..."), manager(), "usual", 3)
    network = fresh()
    read_ahead(LearnedReader(network), rehearsal.turns)
    asked = network.answer.cache_info().misses
    one_by_one = Counterpart(rehearsal.situation, rehearsal.take, rehearsal.seed, reader=LearnedReader(fresh()))
    for turn in rehearsal.turns:
        if turn.who == "you" and turn.text:
            network.answer(straightened(turn.text), one_by_one.mind.context.before)
        one_by_one.live_through(turn)
    assert network.answer.cache_info().misses == asked >= len(KIND)
    assert Counterpart.recalled(rehearsal, reader=LearnedReader(network)).mind == one_by_one.mind
