"""Instances: how likely each turn of yours is one in which you did the thing a question asks about.

For each question a few things that can be told of a turn are weighed against each other; one of them, `gist`, is what
the question itself learned to see in all that the reader makes of the turn. The weights were learned from conversations
written and labelled by hand; `training/README.md` says how, and what came of it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from edgewise.counterpart.perceive import ESCALATING, QUESTIONS, Act
from edgewise.counterpart.perceive.subject import subject_stems
from edgewise.debrief.notes import Notes, YourNote
from edgewise.errors import ModelFileError
from edgewise.person import Record, content_stems
from edgewise.rehearsal import Question
from edgewise.take import Move

#: From this likelihood on a turn counts as an instance, unless a question sets its own.
LIKELY = 0.5
#: The name under which what a question sees in a turn's gist is weighed.
GIST = "gist"
_FAR = 5.0  # log-odds; beyond them nothing becomes surer


class Weighing(Record):
    """How one question weighs what can be told of a turn.

    Attributes:
        weights: one for each thing that can be told.
        bias: the log-odds of a turn of which nothing can be told.
        threshold: from which likelihood on a turn counts as an instance.
    """

    weights: dict[str, float]
    bias: float
    threshold: float = Field(default=LIKELY, ge=0.0, le=1.0)


@dataclass(frozen=True, slots=True)
class Sight:
    """What one question sees in the gist of a turn.

    Attributes:
        weights: one for each number of the gist.
        bias: the log-odds where the gist is all nought.
    """

    weights: NDArray[np.float64]
    bias: float

    def of(self, gist: NDArray[np.float16]) -> float:
        """How much a turn looks like an instance, as log-odds around -1 to 1; 0 when there is no gist to look at."""
        if gist.size != self.weights.size:
            return 0.0
        seen = float(gist.astype(np.float64) @ self.weights) + self.bias
        return round(max(-_FAR, min(_FAR, seen)) / _FAR, 2)


@lru_cache(maxsize=1)
def sights() -> Mapping[Question, Sight]:
    """What each question sees.

    Raises:
        ModelFileError: the file is missing, or not the one that was tested.
    """
    try:
        written = files("edgewise.debrief").joinpath("gist.json").read_bytes()
        right = learned()["gist_sha256"]
    except (OSError, KeyError, ValueError) as missing:
        raise _not_tested() from missing
    if sha256(written).hexdigest() != right:
        raise _not_tested()
    return {
        Question(name): Sight(np.array(one["weights"], np.float64) * one["step"], one["bias"])
        for name, one in json.loads(written).items()
    }


def _not_tested() -> ModelFileError:
    return ModelFileError(
        "The file Edgewise answers your questions with is missing, or not the one that was tested.",
        kept="Nothing you wrote is touched.",
        next_step="Install Edgewise again: pip install --force-reinstall edgewise.",
    )


@lru_cache(maxsize=1)
def learned() -> Mapping[str, Any]:
    """What was learned from labelled conversations, as it is written."""
    return json.loads(files("edgewise.debrief").joinpath("instances.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def weighings() -> Mapping[Question, Weighing]:
    """How each question weighs."""
    return {Question(name): Weighing.model_validate(one) for name, one in learned()["questions"].items()}


def likelihoods(question: Question, notes: Notes) -> list[float]:
    """For each of your turns with words, how likely it is an instance; 0 to 1."""
    weighing = weighings()[question]
    sight = sights().get(question)

    def told(name: str, note: YourNote) -> float:
        if name == GIST:
            return sight.of(note.reading.gist) if sight else 0.0
        return _told(name, note, notes)

    return [weighed(weighing, {name: told(name, note) for name in weighing.weights}) for note in notes.spoken]


def is_instance(question: Question, likelihood: float) -> bool:
    """Whether a turn this likely counts as one."""
    return likelihood >= weighings()[question].threshold


def told_of(note: YourNote, notes: Notes) -> dict[str, float]:
    """Everything that can be told of a turn, each as a number around 0 to 1."""
    return {name: _told(name, note, notes) for name in (*(act.value for act in Act), *_TELLING)}


def _told(name: str, note: YourNote, notes: Notes) -> float:
    tell = _TELLING.get(name)
    return note.reading.acts.get(Act(name), 0.0) if tell is None else float(tell(note, notes))


def weighed(weighing: Weighing, told: Mapping[str, float]) -> float:
    """How likely something is by what can be told of it, 0 to 1."""
    log_odds = weighing.bias + sum(weight * told[name] for name, weight in weighing.weights.items())
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, log_odds))))


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part & whole) / len(part) if part else 0.0


def _strongest(note: YourNote, acts: Sequence[Act] | frozenset[Act]) -> float:
    return max((note.reading.acts.get(act, 0.0) for act in acts), default=0.0)


def _led_away(note: YourNote) -> bool:
    return note.before is not None and note.before.move in {Move.CHANGE_SUBJECT, Move.WHATABOUT}


def _theirs(note: YourNote) -> frozenset[str]:
    return content_stems(note.before.text) if note.before else frozenset()


#: An apology that names what it is for, something done to them and not the asking: there it is owed.
_FOR_A_DEED = re.compile(
    r"\b(?:sorry|apologi[sz]e)\b(?:,? (?:that|about (?:how|what)|for (?:how|what|the way)))?,? i(?:'ve|'d)?"
    r" (?!bother|ask|brought|bring|mention|keep|have to|had to|need|want|feel|know|mean|just|guess)\w+"
    r"|\b(?:sorry|apologi[sz]e) (?:about|for) (?!bother|asking|bring|being|mention|the (?:bother|trouble|fuss))\w+",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\b(?:what|who|how|where|when|why|which)(?:['’](?:s|re|d|ve|ll))?\b[^.?!\n]*\?", re.IGNORECASE)
_CLOSED = re.compile(
    r"(?:^|[.!?,;…\n]\s*|\b(?:and|so|but)\s+)(?:do|does|did|is|are|was|were|have|has|am|would|should)(?:n['’]t)?\s+"
    r"(?:you|it|that|this|there|they|he|she|we|i|any\w*|the|your|everything)\b[^.?!\n]*\?",
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    r"\b(?:can|could|will|would|wo|ca)(?:n['’]?t)?\s+you\b(?! (?:like|prefer|want|mind telling|tell me))[^.?!\n]*\?",
    re.IGNORECASE,
)
_TAKES_UP = re.compile(
    r"^\W*(?:yes|no|yeah|yep|yup|nope|nah|ok|okay|right|true|fair|sure|course|of course|maybe|probably|ha|i know|i hear"
    r"|i see|i get|i understand|i believe|i didn['’]?t|i don['’]?t|i do|i did|i was|i am|i['’]m|that['’]?s|that is"
    r"|it['’]?s|it was|because|thank|thanks|then|not)\b",
    re.IGNORECASE,
)
#: What you will do, and on what: "if you ring after ten I won't pick up", "then I put a lock on it".
_WHAT_FOLLOWS = re.compile(
    r"\b(?:if|when|whenever|next time|or else|otherwise|then)\b[^.?!\n]{0,80}"
    r"\b(?:i['’]?ll|i will|i won['’]?t|i['’]?m (?:not )?\w+ing|i['’]?m going|it['’]?s"
    r"|i (?:put|take|leave|go|hang|stop|ring))\b"
    r"|\bno \w+, no \w+|\b(?:i['’]?m|i am) (?:hanging up|leaving|going home|taking it)\b",
    re.IGNORECASE,
)
#: Standing by it: "I mean it", "that's what I'll do".
_MEANT = re.compile(
    r"\bi(?:['’]?d| do| really)? mean (?:it|that)\b|\bnot a (?:joke|threat)\b|\bwhat i['’](?:ll|d)\b"
    r"|\bstill (?:what|going to|gonna)\b",
    re.IGNORECASE,
)
_LONG = 45  # words
_NEAR_IT = 0.35  # relevance from which a turn is about what you came for
_QUICK = 2.5  # seconds
_KINDS_OF_QUESTION = QUESTIONS - {Act.QUESTION}
_TELLING: dict[str, Callable[[YourNote, Notes], float]] = {
    "relevance": lambda note, _: note.reading.relevance,
    "topic_shift": lambda note, _: note.reading.topic_shift,
    "warmth": lambda note, _: note.reading.warmth,
    "dominance": lambda note, _: note.reading.dominance,
    "receptiveness": lambda note, _: note.reading.receptiveness,
    "length": lambda note, _: math.log1p(note.words) / 4.0,
    "long": lambda note, _: note.words >= _LONG,
    "quick": lambda note, _: 0.0 < note.turn.silence_s < _QUICK,
    "first": lambda note, notes: note is notes.spoken[0],
    "after_silence": lambda note, _: note.after_silence,
    "after_question": lambda note, _: note.after_question,
    "asks": lambda note, _: "?" in note.turn.text,
    "asks_about_them": lambda note, _: _strongest(note, _KINDS_OF_QUESTION),
    "escalates": lambda note, _: _strongest(note, ESCALATING),
    "for_a_deed": lambda note, _: _FOR_A_DEED.search(note.turn.text) is not None,
    "they_were_hurt": lambda note, _: note.before is not None and note.before.move is Move.DISCLOSE_HURT,
    "open_question": lambda note, _: _OPEN.search(note.turn.text) is not None,
    "closed_question": lambda note, _: _CLOSED.search(note.turn.text) is not None,
    "asks_of_them": lambda note, _: _OF_THEM.search(note.turn.text) is not None,
    "what_follows": lambda note, _: _WHAT_FOLLOWS.search(note.turn.text) is not None,
    "meant": lambda note, _: _MEANT.search(note.turn.text) is not None,
    "ends_asking": lambda note, _: note.turn.text.rstrip("\"' ").endswith("?"),
    "takes_up": lambda note, _: _TAKES_UP.match(note.turn.text) is not None,
    "elsewhere": lambda note, notes: len(note.new_stems - subject_stems(notes.situation) - _theirs(note)) / 10.0,
    "went_along": lambda note, _: _led_away(note) and note.reading.relevance < _NEAR_IT,
    "subject": lambda note, notes: _share(note.stems, subject_stems(notes.situation)),
    "theirs": lambda note, _: _share(note.stems, _theirs(note)),
    "taken_up": lambda note, _: _share(_theirs(note), note.stems),
    "old": lambda note, _: 1.0 - len(note.new_stems) / len(note.stems) if note.stems else 0.0,
}
