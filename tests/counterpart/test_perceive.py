from __future__ import annotations

import pytest
from hypothesis import given

from edgewise import KeyPoint, Person, Situation, Trigger, Value
from edgewise.counterpart import Act, Reading, RuleReader, Said
from edgewise.counterpart.perceive import Context
from edgewise.counterpart.perceive.subject import point_said
from edgewise.take import Move
from tests.people import manager, odd_words


def read(text: str, situation: Situation | None = None, **context: object) -> Reading:
    return RuleReader().read(text, Context(situation or manager(), **context))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "does", "does_not"),
    [
        ("You never listen.", {Act.CRITICISE}, {Act.IMPACT}),
        ("I don't feel listened to.", {Act.IMPACT}, {Act.CRITICISE}),
        ("In Tuesday's meeting you spoke over me twice.", {Act.EXAMPLE}, {Act.CRITICISE}),
        ("I'm sorry to hear that.", set(), {Act.APOLOGY}),
        ("I'm not sorry I said it.", set(), {Act.APOLOGY}),
        ("Sorry, forget it.", {Act.APOLOGY, Act.WITHDRAW}, set()),
        ("im really sorry", {Act.APOLOGY}, set()),
        ("I need you to stop commenting on my food.", {Act.REQUEST, Act.BOUNDARY}, {Act.CRITICISE}),
        ("You need to stop being so sensitive.", {Act.CRITICISE}, {Act.BOUNDARY}),
        ("I won't be spoken to like that.", {Act.BOUNDARY}, {Act.CONTEMPT}),
        ("You're an absolute idiot.", {Act.CONTEMPT}, set()),
        ("I felt like an idiot.", {Act.IMPACT}, {Act.CONTEMPT}),
        ("If you do it again I'll go to HR.", {Act.THREAT}, set()),
        ("Are you angry with me?", {Act.ASK_FEELINGS, Act.QUESTION}, set()),
        ("Why did you leave my name off?", {Act.ASK_REASONS}, {Act.CRITICISE}),
        ("Why do you always do this?", {Act.CRITICISE}, set()),
        ("What would it take for you to agree?", {Act.ASK_TERMS}, set()),
        ("Do you remember what you said at the wedding?", {Act.ASK_MEMORY}, set()),
        ("I can see why you were worried.", {Act.VALIDATE}, set()),
        ("You've always been there for me.", {Act.APPRECIATE}, {Act.CRITICISE}),
        ("Maybe it's just me, I don't know.", {Act.HEDGE}, set()),
        ("Never mind, it doesn't matter.", {Act.WITHDRAW}, set()),
        ("That's a different conversation. I'm still asking about Sunday.", {Act.HOLD}, set()),
        ("u never listen to me", {Act.CRITICISE}, set()),
        ("It made me feel about two inches tall.", {Act.IMPACT}, {Act.CRITICISE}),
    ],
)
def test_a_turn_is_read_for_what_its_words_do(text: str, does: set[Act], does_not: set[Act]) -> None:
    done = read(text, Situation()).done
    assert does <= done
    assert not does_not & done


@pytest.mark.parametrize("firm", ["No.", "I want my name on it.", "I disagree.", "I'm not going to change my mind."])
def test_direct_and_firm_is_not_hostile(firm: str) -> None:
    assert not read(firm).did_any({Act.CRITICISE, Act.CONTEMPT, Act.THREAT, Act.DISMISS, Act.SARCASM})


def test_long_is_not_over_explaining_unless_the_point_was_made_or_there_was_silence() -> None:
    long = "I came today because of the report we wrote together over the summer. " * 6
    assert not read(long).did(Act.OVER_EXPLAIN)
    assert read(long, point_said_before=True).did(Act.OVER_EXPLAIN)
    assert read(long, their_silence_s=6.0, their_move=Move.GO_SILENT).did(Act.OVER_EXPLAIN)


def test_not_being_sure_is_an_answer() -> None:
    assert read("Purple elephants under the bridge.").did(Act.UNSURE)


def test_handing_them_back_their_own_word_asks_what_they_meant() -> None:
    assert read("Depends on what??", Situation(), their_words="Depends.").did(Act.ASK_MEANING)
    assert read("what do you mean", Situation()).did(Act.ASK_MEANING)
    assert not read("On what day?", Situation(), their_words="Depends.").did(Act.ASK_MEANING)


def test_saying_the_same_again_is_noticed() -> None:
    again = read("I need you to let me finish", said_before=("I need you to let me finish!",))
    assert again.did(Act.REPEAT)


def test_key_points_are_said_plainly_or_hinted_or_not_at_all() -> None:
    situation = Situation(key_points=(KeyPoint(text="Put my name on the report", cues=("credit",)),))
    assert read("I want you to put my name on the report.", situation).points == (Said.PLAINLY,)
    assert read("The report matters to me, I worked on it all summer with the data team.", situation).points == (
        Said.HINTED,
    )
    assert read("How was your holiday?", situation).points == (Said.NOT_AT_ALL,)


def test_what_sets_this_person_off_is_found_by_its_name_and_by_its_cues() -> None:
    person = Person(
        triggers=(Trigger(what="being called unfair", cues=("unfair", "not fair")),),
        values=(Value(what="the team's name", cues=("proud of the team",)),),
    )
    hit = read("That is not fair.", Situation(person=person))
    assert [touch.what for touch in hit.triggers] == ["being called unfair"]
    assert hit.words(hit.triggers[0].span) == "not fair"
    assert [touch.what for touch in read("I'm proud of the team.", Situation(person=person)).values] == [
        "the team's name"
    ]


def test_a_value_is_not_honoured_by_an_insult_that_names_it() -> None:
    person = Person(values=(Value(what="the team"),))
    assert not read("You always ruin the team.", Situation(person=person)).values


@given(odd_words)
def test_every_span_lies_in_the_text_and_every_likelihood_is_one(text: str) -> None:
    reading = read(text)
    for act, spans in reading.spans.items():
        assert 0.0 <= reading.acts[act] <= 1.0
        for span in spans:
            assert 0 <= span.start < span.end <= len(text)
    assert -1 <= reading.warmth <= 1
    assert -1 <= reading.dominance <= 1
    assert 0 <= reading.relevance <= 1


def test_a_turn_as_long_as_allowed_is_read_in_reasonable_time() -> None:
    assert read("you never " * 500).did(Act.CRITICISE)


@pytest.mark.parametrize(
    "text",
    [
        "Hi mum",
        "hey, have you got a minute?",
        "Can we talk?",
        "I need to talk to you about something.",
        "there's something I've been meaning to say",
        "Thanks for making time",
        "hey sasha can we talk about rent",
    ],
)
def test_asking_for_a_word_is_only_an_opening(text: str) -> None:
    reading = RuleReader().read(text, Context(Situation()))
    assert reading.foreground == {Act.OPENING}


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Can we talk about how you never listen to a word I say?", ()),
        ("I sat in the car and cried after that meeting.", ()),
        ("Can we talk?", ("I want my name on it.", "You left it off.", "It hurt.")),
    ],
)
def test_a_turn_that_says_something_is_no_opening(text: str, before: tuple[str, ...]) -> None:
    assert not RuleReader().read(text, Context(Situation(), said_before=before)).did(Act.OPENING)


@pytest.mark.parametrize(
    "announced",
    [
        "It's about the planning meeting.",
        "Can I talk to you about the planning meeting?",
        "Hi. So, I wanted to talk about the planning meeting.",
    ],
)
def test_saying_what_it_is_about_is_only_a_hint_at_the_point(announced: str) -> None:
    point = KeyPoint(text="You cut me off in the planning meeting")
    assert point_said(point, announced) is Said.HINTED
    assert point_said(point, f"{announced} You cut me off in the planning meeting.") is Said.PLAINLY
