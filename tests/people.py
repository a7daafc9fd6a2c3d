"""The people and conversations that tests share."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from edgewise import Person, Rehearsal, Situation, Take, example, preset, preset_names
from edgewise.counterpart import Counterpart
from edgewise.rehearsal import Turn, YourTurn, heard

KIND = (
    "Thanks for seeing me. I want to talk about my review, and about how our meetings go.",
    "In that Monday meeting in March you cut me off as I was presenting, and I felt stupid.",
    "I know you have to keep to time, and I can see you carry a lot here. I'd still like you to let me finish.",
    "I can see the right numbers matter to you. I'm asking you to let me finish, and to correct me in private.",
    "What would it take for you to do that?",
    "I understand that. When you talk down to me I stop bringing you what I know, and I need that to change.",
    "That may be so, and I'm still asking you to let me finish when I present.",
    "I hear that. I'd like us to try it on Monday: I finish, then you tell me what was wrong.",
)
ATTACKING = (
    "You always cut me off. You never listen to anyone.",
    "Oh please. You're the rudest person in this building and everyone knows it.",
    "You don't care about anybody but yourself.",
    "If you do it again I'll go straight to HR.",
    "Typical. You can't even take a bit of criticism.",
    "You're pathetic, honestly.",
    "Whatever. You make me sick.",
    "You never change.",
)
COLLAPSING = (
    "Sorry to bother you, it's probably nothing.",
    "I just, um, maybe felt a bit talked over? But I'm sure I was just being sensitive, sorry.",
    "No no, you're right. I'm sorry. I shouldn't have brought it up.",
    "It's fine honestly, forget it.",
    "Sorry. I know you're really busy and I didn't mean to make it a thing, it's my fault.",
    "...",
    "I'm sorry. I guess I just wondered if maybe sometimes I could finish, if that's ok?",
    "Sorry, never mind.",
)


def manager() -> Situation:
    return example("belittling-manager")


def three_answers() -> Situation:
    return Situation(
        person=Person(name="Dana", relationship="boss", manner="short with me, sarcastic"),
        came_to_say="I need you to stop interrupting me in meetings",
    )


def rehearse(lines: tuple[str, ...], situation: Situation, take: str | Take = "usual", seed: int = 7) -> Rehearsal:
    chosen = preset(take) if isinstance(take, str) else take
    rehearsal = Rehearsal(
        id="test", situation=situation, take=chosen, seed=seed, started=datetime(2026, 1, 1, tzinfo=UTC)
    )
    counterpart = Counterpart(situation, chosen, seed)
    rehearsal = rehearsal.with_turn(counterpart.greet())
    for line in lines:
        yours = heard(line, silence_s=6.0 if line == "..." else 0.0)
        rehearsal = rehearsal.with_turn(yours).with_turn(counterpart.answer(yours))
        if rehearsal.is_over:
            return rehearsal
    return rehearsal.with_turn(counterpart.take_leave()).ended()


def theirs(rehearsal: Rehearsal) -> list[Turn]:
    return [turn for turn in rehearsal.turns if turn.who == "counterpart"]


#: What anybody might type, from the reasonable to the odd.
odd_words = st.text(max_size=300)
said_words = st.sampled_from([*KIND, *ATTACKING, *COLLAPSING])
lines_typed = st.lists(
    st.one_of(said_words, odd_words).filter(lambda text: any(c.isalnum() for c in text)), min_size=1, max_size=12
).map(tuple)
take_names = st.sampled_from(preset_names())
seeds = st.integers(min_value=0, max_value=2**31 - 1)

__all__ = ["ATTACKING", "COLLAPSING", "KIND", "YourTurn", "lines_typed", "manager", "rehearse", "seeds", "take_names"]
