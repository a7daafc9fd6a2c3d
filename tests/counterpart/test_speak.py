from __future__ import annotations

import pytest

from edgewise import Incident, KeyPoint, Person, Situation, Trigger, preset
from edgewise.counterpart.mind import Mind
from edgewise.counterpart.perceive import Context, RuleReader
from edgewise.counterpart.speak import Line, turned_round
from edgewise.counterpart.speak.aside import Aside, lead_ins, tags
from edgewise.counterpart.speak.fill import Filling
from edgewise.rehearsal import CounterpartTurn, YourTurn
from edgewise.situation import TheirSide
from edgewise.take import Move
from tests.people import rehearse


@pytest.mark.parametrize(
    ("said", "turned"),
    [
        ("you never listen", "I never listen"),
        ("you made me feel small", "I made you feel small"),
        ("I told you about my weekend", "you told me about your weekend"),
        ("you were late and I was waiting", "I was late and you were waiting"),
        ("you're always right", "I'm always right"),
        ("I'm asking you to stop", "you're asking me to stop"),
        ("put my name on the report", "put your name on the report"),
        ("stop commenting on my weight", "stop commenting on your weight"),
        ("are you listening", "am I listening"),
        ("the review", "the review"),
    ],
)
def test_words_are_turned_round_as_a_person_would_say_them_back(said: str, turned: str) -> None:
    assert turned_round(said) == turned


def filling(text: str, situation: Situation) -> Filling:
    mind = Mind.before_the_first_word(situation, preset("usual"))
    reading = RuleReader().read(text, Context(situation))
    return Filling(mind.having_heard(YourTurn(text=text), reading), reading)


def spoken(template: str, text: str, situation: Situation) -> str | None:
    filled = filling(text, situation).filled(Line(template, "", Move.DENY))
    return filled[0] if filled else None


def test_your_words_are_quoted_as_you_said_them_and_whole() -> None:
    assert spoken("“{quote}”? No.", "Look. You never listen to me!", Situation()) == "“You never listen to me”? No."
    too_long = "That's sort of the whole problem with all of this, that you think it's a favour."
    assert spoken("“{quote}”? No.", too_long, Situation()) is None


def test_a_line_whose_slot_cannot_be_filled_is_not_said() -> None:
    assert spoken("“{quote}”? No.", "Hm", Situation()) is None
    assert spoken("You want me to {ask}.", "You never listen", Situation()) is None


def test_what_you_want_is_not_named_before_you_have_hinted_at_it() -> None:
    situation = Situation(ask="put my name on the report", came_to_say="Put my name on the report")
    assert spoken("You want me to {ask}.", "Have you got a minute?", situation) is None
    assert spoken("You want me to {ask}.", "I want my name on the report", situation) == (
        "You want me to put your name on the report."
    )


def test_they_tell_an_incident_their_way_when_you_bring_it_up() -> None:
    incident = Incident(
        what="he cut me off", name="the March meeting", they_tell_it="We were out of time", cues=("cut me off",)
    )
    situation = Situation(person=Person(incidents=(incident,)))
    assert spoken("{told}", "You cut me off.", situation) == "We were out of time."
    assert spoken("{told}", "You never wash up.", situation) is None


def test_curly_brackets_in_what_a_person_wrote_are_only_words() -> None:
    situation = Situation(person=Person(comebacks=("{mind.state} is not {0} your business",)))
    assert spoken("{comeback}", "You never listen", situation) == "{mind.state} is not {0} your business."


def aside(words: str, *, asks: bool = False) -> Aside:
    return Aside(words=words, moves=frozenset({Move.DENY}), asks=asks)


def test_a_word_before_a_line_runs_on_only_where_the_line_can_lose_its_capital() -> None:
    assert aside("Look.").before("That's not true.", "Jo") == "Look. That's not true."
    assert aside("Look,").before("That's not true.", "Jo") == "Look, that's not true."
    assert aside("Look,").before("I never did.", "Jo") == "Look, I never did."
    assert aside("Look,").before("Sanjay saw it.", "Jo") == ""


def test_nobody_is_called_by_name_twice_in_one_breath() -> None:
    assert aside("Oh, {call}.").before("That's not true.", "Jo") == "Oh, Jo. That's not true."
    assert aside("Oh, {call}.").before("That's not true, Jo.", "Jo") == ""
    assert aside("Oh, {call}.").before("That's not true.", "") == ""


def test_a_word_after_a_question_is_one_that_asks() -> None:
    assert aside(", {call}.").after_it("That's not true.", "Jo") == "That's not true, Jo."
    assert aside("End of.").after_it("Who told you?", "Jo") == ""
    assert aside("Well?", asks=True).after_it("Who told you?", "Jo") == "Who told you? Well?"


def test_every_aside_can_be_read_aloud() -> None:
    for one in (*lead_ins(), *tags()):
        assert len(one.words.split()) <= 9, one.words
        assert one.words == one.words.strip()
        assert "!" not in one.words
        assert one.words.count("“") == one.words.count("”")
    assert all(one.words[-1] in ".?!”" for one in tags())


@pytest.mark.parametrize("some", [lead_ins(), tags()], ids=["lead-ins", "tags"])
def test_no_aside_is_written_twice_for_one_occasion(some: tuple[Aside, ...]) -> None:
    written = [
        (one.words, one.asks, move, mood, style, act)
        for one in some
        for move in one.moves
        for mood in one.moods or {None}
        for style in one.styles or {None}
        for act in one.after or {None}
    ]
    assert len(written) == len(set(written))


def about_the_meeting() -> Situation:
    return Situation(
        person=Person(
            name="Martin",
            triggers=(Trigger(what="being called unfair", cues=("unfair",), says=("Unfair. Say that again.",)),),
            incidents=(
                Incident(what="He cut me off", name="that lunch at Marco's", they_tell_it="We were out of time."),
            ),
        ),
        came_to_say="Let me finish in meetings",
        key_points=(KeyPoint(text="Let me finish in meetings", answers=("Nobody gets to finish in mine.",)),),
        their_side=TheirSide(defence="I have nine minutes and eleven people.", condition="Be brief."),
    )


@pytest.mark.parametrize(
    ("text", "move", "answered"),
    [
        ("I want you to let me finish in meetings.", Move.DENY, "Nobody gets to finish in mine."),
        ("At that lunch at Marco's you cut me off.", Move.JUSTIFY, "We were out of time."),
        ("That was unfair.", Move.COUNTER_ATTACK, "Unfair. Say that again."),
    ],
)
def test_what_they_say_to_that_very_thing_is_at_hand_when_it_is_said(text: str, move: Move, answered: str) -> None:
    assert filling(text, about_the_meeting()).to_that(move) == [answered]


def test_what_they_say_to_a_point_is_not_at_hand_before_it_is_made() -> None:
    assert filling("Lovely weather.", about_the_meeting()).to_that(Move.DENY) == []


def test_what_they_say_to_a_point_is_said_once() -> None:
    said = "I want you to let me finish in meetings."
    first = rehearse((said, said, said, said, said, said), about_the_meeting())
    words = [turn.text for turn in first.turns if isinstance(turn, CounterpartTurn)]
    assert words.count("Nobody gets to finish in mine.") == 1


@pytest.mark.parametrize("text", ["you cant take me out", "you laugh at me you always do"])
def test_words_typed_in_haste_or_run_together_are_not_turned_round(text: str) -> None:
    assert spoken("So {mirror}?", text, Situation()) is None
