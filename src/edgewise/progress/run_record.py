"""The record of one run: what of it counts across runs. It is made from that run alone, once, and never changes."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from edgewise.counterpart import Act, Reader, Said
from edgewise.counterpart.perceive import COLLAPSING, ESCALATING
from edgewise.debrief.debrief import notes_on
from edgewise.debrief.findings import Evidence, check_evidence
from edgewise.debrief.instances import is_instance, likelihoods
from edgewise.debrief.notes import Notes, YourNote
from edgewise.person import Record, word_count
from edgewise.progress.how_it_was import HowItWas, how_it_was
from edgewise.rehearsal import Question, Rehearsal
from edgewise.rehearsal.rehearsal import RehearsalId
from edgewise.take import Move

Meaning = NDArray[np.float32]
_SENTENCE = re.compile(r"[^.!?…\n]*[^\s.!?…][^.!?…\n]*[.!?…]*")
#: Words below which a sentence says nothing of how it is worded ("I know.").
FEWEST_WORDS = 5
_STEPS = 127  # a meaning is kept in bytes


@runtime_checkable
class KnowsMeanings(Protocol):
    """A reader that can say where a sentence points among meanings."""

    def meanings(self, sentences: Sequence[str]) -> Sequence[Meaning]:
        """One for each sentence; each of length one."""
        ...


class Sentence(Record):
    """One sentence of yours.

    Attributes:
        words: as you said it.
        meaning: where it points among meanings, in bytes (base64); empty where that is not known.
    """

    words: str
    meaning: str = ""

    @property
    def direction(self) -> Meaning | None:
        """Where it points, as numbers."""
        return _direction(self.meaning) if self.meaning else None


class Reply(Record):
    """One turn of yours, and what it answered.

    Attributes:
        turn: its place in the conversation, from 0.
        move: what they had done just before; None when you spoke first.
        after: their words just before.
        words: yours.
        sentences: yours that are long enough to say something of their wording.
        passed: whether you went past what they had just said.
        collapsed: words of yours that gave ground away; empty when none did.
        escalated: words of yours that turned up the heat; empty when none did.
    """

    turn: Annotated[int, Field(ge=0)]
    move: Move | None
    after: str = ""
    words: str
    sentences: tuple[Sentence, ...] = ()
    passed: bool = False
    collapsed: str = ""
    escalated: str = ""

    @property
    def asked(self) -> bool:
        """Whether they had asked you something."""
        return "?" in self.after


class RunRecord(Record):
    """What one run shows.

    Attributes:
        rehearsal: whose record it is.
        take: the version of them you met.
        drill: the one move it was for, if it was a drill.
        opening_taken: whether your usual opening could not be used in it.
        replies: your turns with words in them, oldest first; in a branch only those that are its own.
        points: how many things you came to say.
        said: how many of them you said plainly.
        how: how it was for you, in your own words and numbers.
    """

    rehearsal: RehearsalId
    started: datetime
    take: str
    drill: Move | None = None
    opening_taken: bool = False
    replies: tuple[Reply, ...] = ()
    points: int = 0
    said: int = 0
    how: HowItWas = HowItWas()

    @property
    def is_whole(self) -> bool:
        """Whether it was the conversation itself and not a drill."""
        return self.drill is None

    @property
    def gain(self) -> float:
        """How far it went: what you said of your points, less the turns in which you lost your footing; -1 to 1."""
        said = self.said / self.points if self.points else 0.0
        lost = sum(bool(reply.collapsed or reply.escalated) for reply in self.replies)
        return said - lost / max(1, len(self.replies))


def record_of(rehearsal: Rehearsal, reader: Reader) -> RunRecord:
    """What a rehearsal shows; it depends on no other.

    Raises:
        EvidenceError: it would quote words nobody said; a defect.
    """
    notes = notes_on(rehearsal, reader)
    since = rehearsal.branch.turns if rehearsal.branch else 0
    replies = tuple(reply for reply in _replies(notes, reader) if reply.turn >= since)
    check_evidence(
        (
            Evidence(turn=one.turn, quote=quote)
            for one in replies
            for quote in (one.collapsed, one.escalated, *(sentence.words for sentence in one.sentences))
            if quote
        ),
        rehearsal,
    )
    return RunRecord(
        rehearsal=rehearsal.id,
        started=rehearsal.started,
        take=rehearsal.take.name,
        drill=rehearsal.take.drill.move if rehearsal.take.drill else None,
        opening_taken=rehearsal.take.takes_your_opening,
        replies=replies,
        points=len(notes.points),
        said=sum(said is Said.PLAINLY for said in notes.points),
        how=how_it_was(rehearsal),
    )


def _replies(notes: Notes, reader: Reader) -> Iterator[Reply]:
    if not notes.spoken:
        return
    passed, sorry, explained, hot = (_instances(question, notes) for question in _ASKED)
    for place, note in enumerate(notes.spoken):
        yield Reply(
            turn=note.place,
            move=note.before.move if note.before else None,
            after=note.before.text if note.before else "",
            words=note.turn.text,
            sentences=_sentences(note.turn.text, reader),
            passed=passed[place],
            collapsed=_collapsed(note, by_weight=sorry[place] or explained[place]),
            escalated=_escalated(note, by_weight=hot[place]),
        )


_ASKED = (Question.LISTENED, Question.APOLOGISED, Question.OVER_EXPLAINED, Question.REACTIVE)


def _instances(question: Question, notes: Notes) -> list[bool]:
    return [is_instance(question, likelihood) for likelihood in likelihoods(question, notes)]


def _collapsed(note: YourNote, *, by_weight: bool) -> str:
    if not (note.gave_way or by_weight):
        return ""
    return note.shown_by(*_GIVING_WAY).quote


# The most telling first.
_GIVING_WAY = (Act.WITHDRAW, Act.APOLOGY, Act.HEDGE, Act.CONCEDE, *sorted(COLLAPSING))


def _escalated(note: YourNote, *, by_weight: bool) -> str:
    if not (by_weight or note.reading.did_any(_PLAINLY_HOT)):
        return ""
    return note.shown_by(*_PLAINLY_HOT, *sorted(ESCALATING)).quote


# Naming what they did is no attack, though it can be read as one; these are.
_PLAINLY_HOT = (Act.CONTEMPT, Act.THREAT, Act.SARCASM, Act.DISMISS)


def _sentences(text: str, reader: Reader) -> tuple[Sentence, ...]:
    found = [words for part in _SENTENCE.findall(text) if word_count(words := part.strip()) >= FEWEST_WORDS]
    if not found or not isinstance(reader, KnowsMeanings):
        return tuple(Sentence(words=words) for words in found)
    return tuple(
        Sentence(words=words, meaning=_in_bytes(meaning))
        for words, meaning in zip(found, reader.meanings(found), strict=True)
    )


def _in_bytes(meaning: Meaning) -> str:
    most = float(np.abs(meaning).max()) or 1.0
    return base64.b64encode(np.round(meaning / most * _STEPS).astype(np.int8).tobytes()).decode()


@lru_cache(maxsize=4096)
def _direction(meaning: str) -> Meaning:
    return np.frombuffer(base64.b64decode(meaning), np.int8).astype(np.float32)


def likeness(one: Sentence, other: Sentence) -> float:
    """How nearly two sentences mean the same, -1 to 1; 0 where that is not known."""
    here, there = one.direction, other.direction
    if here is None or there is None:
        return 0.0
    lengths = float(np.linalg.norm(here) * np.linalg.norm(there))
    return float(here @ there) / lengths if lengths else 0.0
