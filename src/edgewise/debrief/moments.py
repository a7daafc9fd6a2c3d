"""Moments: the two or three turns on which the conversation turned."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from edgewise.counterpart.perceive import COLLAPSING, ESCALATING, Act
from edgewise.debrief.findings import Evidence
from edgewise.debrief.notes import Notes, YourNote
from edgewise.debrief.wording import they_did
from edgewise.person import Record
from edgewise.rehearsal import FEELINGS, CounterpartTurn, EmotionalState, Reason, Rehearsal

_MOST = 3
_WORTH_TELLING = 0.02  # mean movement of a feeling below which nothing turned
_SHAKEN = 0.03  # what your own reaction adds to a moment


class Moment(Record):
    """A turn of yours on which the conversation turned, and what came of it.

    Attributes:
        yours: your words in it; None when you said nothing.
        turn: which turn of the conversation it was, counted from 0.
        before: what they had said just before; None when nothing was said.
        did_to_them: what your turn did to them, with your words that did it.
        moved: how far each feeling of theirs moved with it, -1 to 1.
        did_to_you: what their words before it drew from you, in a sentence; empty when nothing of note.
        principle: something to hold on to another time, never a line to say.
        question: something to ask yourself.
        answer_again: how many turns to keep so that you can answer differently; None when you spoke first.
    """

    turn: Annotated[int, Field(ge=0)]
    yours: Evidence | None
    before: Evidence | None
    did_to_them: tuple[Reason, ...]
    moved: dict[str, float]
    did_to_you: str
    principle: str
    question: str
    answer_again: int | None


def moments_in(rehearsal: Rehearsal, notes: Notes) -> tuple[Moment, ...]:
    """The turns that moved them most, or in which they moved you, in the order they came."""
    found = [_moment(note, rehearsal) for note in notes.yours]
    weighed = sorted(
        ((_weight(moment, note), -moment.turn, moment) for moment, note in zip(found, notes.yours, strict=True)),
        key=lambda one: one[:2],
        reverse=True,
    )
    turning = [moment for weight, _, moment in weighed[:_MOST] if weight >= _WORTH_TELLING]
    return tuple(sorted(turning, key=lambda moment: moment.turn))


def _weight(moment: Moment, note: YourNote) -> float:
    return sum(map(abs, moment.moved.values())) / len(FEELINGS) + _SHAKEN * bool(_drawn(note))


def _moment(note: YourNote, rehearsal: Rehearsal) -> Moment:
    after = _next_of_theirs(rehearsal, note.place)
    kind = _kind_of(note)
    return Moment(
        turn=note.place,
        yours=note.whole if note.turn.text else None,
        before=_their_words(note),
        did_to_them=after.reasons if after else (),
        moved=_moved(note.before.state if note.before else None, after),
        did_to_you=_drawn(note),
        principle=_PRINCIPLES[kind][0],
        question=_PRINCIPLES[kind][1],
        answer_again=note.place if note.before is not None and note.place > 0 else None,
    )


def _next_of_theirs(rehearsal: Rehearsal, place: int) -> CounterpartTurn | None:
    after = rehearsal.turns[place + 1] if place + 1 < len(rehearsal.turns) else None
    return after if isinstance(after, CounterpartTurn) else None


def _moved(before: EmotionalState | None, after: CounterpartTurn | None) -> dict[str, float]:
    if before is None or after is None:
        return {}
    return {name: round(getattr(after.state, name) - getattr(before, name), 4) for name in FEELINGS}


def _their_words(note: YourNote) -> Evidence | None:
    if note.before is None or not note.before.text:
        return None
    return Evidence(turn=note.place - 1, quote=note.before.text)


def _drawn(note: YourNote) -> str:
    """What their words drew from you, when you had been standing on your own ground until then."""
    if note.before is None:
        return ""
    after = f"after {they_did(note.before.move)}"
    if note.reading.did_any(ESCALATING):
        return f"You turned on them {after}."
    if note.reading.did(Act.WITHDRAW):
        return f"You took it back {after}."
    if note.reading.did_any((Act.APOLOGY, Act.HEDGE)) and not note.reading.did_any((Act.HOLD, Act.POINT)):
        return f"You made yourself smaller {after}."
    return ""


def _kind_of(note: YourNote) -> str:
    reading = note.reading
    if not note.turn.text:
        return "silent"
    if reading.did_any(ESCALATING):
        return "hit"
    if reading.did(Act.WITHDRAW) or (reading.did_any(COLLAPSING) and not reading.did_any((Act.HOLD, Act.POINT))):
        return "gave"
    if reading.did_any((Act.VALIDATE, Act.APPRECIATE)):
        return "saw"
    if reading.did(Act.QUESTION):
        return "asked"
    return "stood" if reading.did_any((Act.HOLD, Act.POINT, Act.REQUEST, Act.IMPACT, Act.BOUNDARY)) else "other"


# For each sort of moment: a principle, and a question. Ours.
_PRINCIPLES = {
    "silent": (
        "Saying nothing is also an answer. It helps to know which one you are giving.",
        "What did you hope they would hear in it?",
    ),
    "hit": (
        "What they are cannot be discussed. What it does to you can.",
        "What had just hurt, a second before you said it?",
    ),
    "gave": (
        "You can be sorry they feel it and still mean what you said.",
        "What were you afraid would happen if you left it standing?",
    ),
    "saw": (
        "Being understood makes people braver. It costs you nothing you came for.",
        "What else do you know of how it looks from there?",
    ),
    "asked": (
        "A question you do not know the answer to changes a conversation more than a reason does.",
        "What do you still not know about their side?",
    ),
    "stood": (
        "Once it is said plainly, it can be left to stand.",
        "What did it feel like to leave it there?",
    ),
    "other": (
        "You do not have to follow every turn they take.",
        "Where did you want to be at that moment?",
    ),
}
