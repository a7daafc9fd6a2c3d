"""The built-in voice: authored lines, filled with this person's own words, chosen for fit with what was said."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edgewise.counterpart.perceive import ESCALATING, QUESTIONS, Act
from edgewise.counterpart.speak.aptness import Aptness
from edgewise.counterpart.speak.aside import with_asides
from edgewise.counterpart.speak.fill import Filling, own_name
from edgewise.counterpart.speak.in_place import comes_out_of_nowhere
from edgewise.counterpart.speak.line import OWN_WORDS, RECALLED, Line
from edgewise.counterpart.speak.repertoire import Repertoire, built_in_repertoire
from edgewise.counterpart.speak.voice import Cue, Spoken
from edgewise.person import Style, content_stems
from edgewise.person.words import words_in
from edgewise.take import Move

# Which of their own sentences can make which move, said just as they are.
_OWN_FOR_MOVE: dict[Move, tuple[str, ...]] = {
    Move.COUNTER_ATTACK: ("grievance", "comeback"),
    Move.WHATABOUT: ("grievance",),
    Move.GUILT_TRIP: ("grievance",),
    Move.DENY: ("told", "comeback"),
    Move.MINIMISE: ("comeback", "phrase"),
    Move.SARCASM: ("comeback",),
    Move.PATRONISE: ("comeback", "phrase"),
    Move.JUSTIFY: ("told", "defence"),
    Move.PRESS: ("phrase",),
    Move.BARGAIN: ("would_offer", "condition"),
    Move.CONCEDE_PART: ("could_concede",),
    Move.DISCLOSE_HURT: ("soft_spot",),
    Move.OPEN_UP: ("soft_spot",),
}
# What their own sentences are an answer to; after anything else they would come out of nowhere.
_CLAIMS = ESCALATING | {Act.REQUEST, Act.BOUNDARY, Act.REFUSE, Act.IMPACT, Act.EXAMPLE, Act.POINT, Act.HOLD}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Something they could say; how well it fits but for its meaning; and what it answers with."""

    spoken: Spoken
    fit: float
    answers_with: Line | str


class BuiltInVoice:
    """Speaks from a repertoire. The same cue gets the same words, and no words twice in one rehearsal.

    Args:
        repertoire: the lines; those that come with Edgewise unless given.
        aptness: which of them answer what was said; what comes with Edgewise unless given, loaded when first needed.
    """

    def __init__(self, repertoire: Repertoire | None = None, aptness: Aptness | None = None) -> None:
        self._repertoire = repertoire
        self._aptness = aptness

    def speak(self, cue: Cue) -> Spoken | None:
        """The words for this cue; None when there are none that have not been said."""
        best = self._best(cue, Filling(cue.mind, cue.reading))
        return best and with_asides(best[1], cue)

    def fits(self, cues: Sequence[Cue]) -> list[float]:
        """For each of several moves they might make now, how well its best words answer."""
        filling = Filling(cues[0].mind, cues[0].reading)  # moves differ; what can be put into their words does not
        found = [self._best(cue, filling) for cue in cues]
        return [one[0] if one else -math.inf for one in found]

    def _best(self, cue: Cue, filling: Filling) -> tuple[float, Spoken] | None:
        found = [*self._own_words(cue, filling), *self._lines(cue, filling)]
        apt = self._apt([one.answers_with for one in found], cue)
        fits = [(one.fit + more, one.spoken) for one, more in zip(found, apt, strict=True)]
        return max(fits, key=lambda pair: (pair[0], pair[1].line), default=None)

    def _lines(self, cue: Cue, filling: Filling) -> Iterator[_Candidate]:
        for line in self._suited(cue):
            if filled := filling.filled(line):
                says, does, name = filled
                theirs = next((filling.own(slot) for slot in sorted(line.slots & OWN_WORDS)), "")
                yield _Candidate(Spoken(says, does, name), self._fit(line, says, cue), theirs or line)

    def _suited(self, cue: Cue) -> list[Line]:
        """The lines that this person could say now."""
        repertoire = self._repertoire or built_in_repertoire()
        person, done = cue.mind.situation.person, cue.reading.foreground
        return [
            line
            for line in repertoire.serving(cue.curveball or cue.move)
            if line.name not in cue.mind.lines
            and line.suits(person, cue.mood, done)
            and not comes_out_of_nowhere(line, cue)
        ]

    def _apt(self, replies: Sequence[Line | str], cue: Cue) -> list[float]:
        """How much each reply answers what was just said; nothing where there is nothing to answer."""
        anything_goes = cue.curveball is not None or cue.reading.did(Act.OPENING)
        if anything_goes or not replies or not cue.reading.text:
            return [0.0] * len(replies)
        aptness = self._aptness or Aptness.shipped()
        told = aptness.of(replies, cue.reading.text)
        return [_APT * max(-_AT_MOST, min(_AT_MOST, deviations)) for deviations in told]

    def _own_words(self, cue: Cue, filling: Filling) -> Iterator[_Candidate]:
        if cue.curveball is not None:
            return
        for words in filling.to_that(cue.move):
            fit = _to_that_bonus(cue) + _luck(cue, words) - _stale_opening(words, cue)
            yield _Candidate(Spoken(words, line=own_name(words)), fit, words)
        if _beside_the_point(cue):
            return
        for slot in _OWN_FOR_MOVE.get(cue.move, ()):
            bonus = _own_bonus(cue) if filling.told_us(slot) else _OF_THEIR_KIND
            for words in filling.unsaid(slot):
                fit = bonus + _overlap(words, cue.reading.text) + _luck(cue, words) - _stale_opening(words, cue)
                yield _Candidate(Spoken(words, line=own_name(words)), fit, words)

    @staticmethod
    def _fit(line: Line, says: str, cue: Cue) -> float:
        """How well a line fits what was just said, this person and this moment; only its order means anything."""
        if cue.curveball or cue.reading.did(Act.OPENING):  # any of them fits as well as the next
            return _luck(cue, line.name) + 0.5 * bool(line.slots & OWN_WORDS)
        told = max((_TELLING.get(act, 1.0) for act in line.after & cue.reading.foreground), default=0.0)
        return (
            1.6 * told
            + 0.35 * bool(line.moods)
            + 0.5 * bool(line.circles)
            + _style_bonus(line)
            + _slot_bonus(line, cue)
            + _overlap(says, cue.reading.text)
            + _luck(cue, line.name)
            - _stale_opening(says, cue)
            - _much_for_nothing(line, says)
        )


# Deviations from the mean of all lines there are; beyond this many, a line is as apt as can be.
_APT, _AT_MOST = 0.9, 2.5
# An answer to the rarer, more telling act beats one to the commoner.
_TELLING: dict[Act, float] = {
    Act.CONTEMPT: 1.3,
    Act.THREAT: 1.3,
    Act.ASK_FEELINGS: 1.5,
    Act.ASK_REASONS: 1.5,
    Act.ASK_TERMS: 1.5,
    Act.ASK_MEMORY: 1.5,
    Act.BOUNDARY: 1.2,
    Act.WITHDRAW: 1.2,
    Act.APOLOGY: 1.1,
    Act.SILENCE: 1.3,
    Act.QUESTION: 0.9,
    Act.POINT: 1.2,
    Act.HOLD: 0.9,
}


def _own_bonus(cue: Cue) -> float:
    """Their own material first, but not three times running: they do not speak in slogans."""
    if _about_something_else(cue):
        return _ABOUT_THEIR_OWN
    lately = sum("own:" in line for line in cue.mind.last_lines)
    return (4.0, 2.4, 0.8, 0.0)[lately]


def _to_that_bonus(cue: Cue) -> float:
    """What they say to this very thing comes before all else, if not every time."""
    return (4.8, 3.6, 2.4, 1.2)[sum("own:" in line for line in cue.mind.last_lines)]


def _about_something_else(cue: Cue) -> bool:
    """Whether you have brought up another matter, to which what they say about this one would be no answer."""
    reading = cue.reading
    matter = len(content_stems(reading.text)) >= _A_MATTER
    return matter and reading.relevance < _NEAR_IT and not reading.did_any(ESCALATING)


_A_MATTER, _NEAR_IT = 3, 0.4
_ABOUT_THEIR_OWN = -1.0


# What anybody in their place could say is better than what anybody at all could say.
_OF_THEIR_KIND = 2.4


def _beside_the_point(cue: Cue) -> bool:
    """Whether a sentence of their own would come out of nowhere."""
    reading = cue.reading
    if not cue.mind.knows_why_you_came and not reading.did_any(ESCALATING):
        return True
    asked = reading.did_any(QUESTIONS) and not reading.did(Act.REQUEST)
    return asked or reading.foreground.isdisjoint(_CLAIMS) or reading.did(Act.WITHDRAW)


def _much_for_nothing(line: Line, says: str) -> float:
    """Less for every word of a line that answers nothing in particular: what can follow anything is short."""
    return (
        0.0 if line.after or line.slots & (OWN_WORDS | RECALLED) else min(1.0, 0.09 * max(0, len(words_in(says)) - 5))
    )


def _style_bonus(line: Line) -> float:
    """Somebody who adds a way of talking, and lines for it, wants to hear them."""
    if not line.styles:
        return 0.0
    return 0.45 if line.styles <= set(Style) else _ADDED_STYLE


_ADDED_STYLE = 1.8


def _slot_bonus(line: Line, cue: Cue) -> float:
    """A little more for a line that takes up something of yours or theirs; less for quoting you turn after turn."""
    if line.slots & _BOUND_TO_IT and _about_something_else(cue):
        return _ABOUT_THEIR_OWN
    if line.slots & OWN_WORDS:
        return _own_bonus(cue) / 4
    if line.slots & RECALLED:
        return _BRINGS_IT_UP
    if line.slots & {"quote", "mirror"}:
        lately = sum("“" in words for words in cue.mind.last_words)
        return 0.1 - 1.1 * lately
    name = cue.mind.situation.person.calls_you
    if "call" in line.slots and not any(name in words for words in cue.mind.last_words):
        return 0.9
    return 0.3 * bool(line.slots & {"ask", "incident", "about", "value"})


_BOUND_TO_IT = OWN_WORDS | {"ask", "about", "incident"}
# What you said another day is worth as much as their own material, and there is little of it.
_BRINGS_IT_UP = 5.4


def _overlap(words: str, said: str) -> float:
    """A little more for words that take up a word of yours."""
    return 0.35 * min(2, len(content_stems(words) & content_stems(said)))


# Enough that two seeds seldom say the same, not so much that fit is drowned.
_LUCK = 1.2


def _luck(cue: Cue, name: str) -> float:
    return _LUCK * cue.chance.share(f"line/{name}")


def _stale_opening(words: str, cue: Cue) -> float:
    """Less for an opening they have used before: three words repeated are noticed, a first word less."""
    spoken = words_in(words)
    times = cue.mind.openings[" ".join(spoken[:3])]
    return 1.5 * times + (5.0 if times > 1 else 0.0)
