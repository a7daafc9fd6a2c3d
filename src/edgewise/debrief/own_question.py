"""A question of your own: answered only from words it can point to, or said to be beyond what this can see."""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.debrief.findings import Evidence, Finding
from edgewise.debrief.notes import Notes, YourNote
from edgewise.person import Record, content_stems
from edgewise.rehearsal import Question

_MOST_SHOWN = 3

# Other words in which people ask what is asked already.
_ASKED_AS = {
    Question.APOLOGISED: "sorry apologise apologising apologised",
    Question.ON_TOPIC: "topic track subject wander wandered tangent",
    Question.REACTIVE: "angry temper reactive defensive snap snapped shout",
    Question.OVER_EXPLAINED: "ramble rambled explain explained justify repeat repeated",
    Question.FILLED_SILENCE: "silence pause quiet fill",
    Question.LISTENED: "listen listened hear heard",
    Question.STAYED: "cave caved fold folded back down stand ground calm",
}
# What cannot be read off words.
_BEYOND = content_stems("voice tone look looked face eyes body posture shake shaking blush nervous sound sounded")
_ABOUT_ASKING = content_stems(
    "did was were say said mention mentioned tell told bring brought name named enough too much"
)


class OwnAnswer(Record):
    """What the record has to a question of your own.

    Attributes:
        asked: the question as you wrote it.
        says: the answer in a sentence.
        evidence: your words it points to; empty when there are none, or it cannot be seen.
    """

    asked: str
    says: str
    evidence: tuple[Evidence, ...] = ()


def own_answers(asked: Sequence[str], findings: Sequence[Finding], notes: Notes) -> tuple[OwnAnswer, ...]:
    """An answer to each, in order."""
    return tuple(_answer(question, findings, notes) for question in asked)


def _answer(asked: str, findings: Sequence[Finding], notes: Notes) -> OwnAnswer:
    stems = content_stems(asked)
    if stems & _BEYOND:
        says = "That cannot be told from words. You were there: what do you think?"
        return OwnAnswer(asked=asked, says=says)
    known = {finding.question: finding for finding in findings}
    same = next(
        (
            known[question]
            for question, words in _ASKED_AS.items()
            if question in known and stems & content_stems(words)
        ),
        None,
    )
    if same is not None:
        return OwnAnswer(asked=asked, says=same.says, evidence=same.evidence[:_MOST_SHOWN])
    return _by_words(asked, stems - _ABOUT_ASKING, notes)


def _by_words(asked: str, about: frozenset[str], notes: Notes) -> OwnAnswer:
    if not about:
        return OwnAnswer(asked=asked, says="This is beyond what can be seen here.")
    near = sorted(
        (note for note in notes.spoken if about & note.stems), key=lambda note: (-len(about & note.stems), note.place)
    )
    if not near:
        return OwnAnswer(asked=asked, says="Nothing you said comes near that. If it matters, it was not in the words.")
    shown = tuple(_sentence(note, about) for note in near[:_MOST_SHOWN])
    return OwnAnswer(asked=asked, says="Whether it was enough is yours to say. Here you came nearest.", evidence=shown)


def _sentence(note: YourNote, about: frozenset[str]) -> Evidence:
    sentences = [part.strip() for part in note.turn.text.replace("?", "?\n").replace(".", ".\n").splitlines()]
    best = max((part for part in sentences if part), key=lambda part: len(about & content_stems(part)))
    return Evidence(turn=note.place, quote=best)
