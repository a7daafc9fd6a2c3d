"""Findings: a claim about what you did, with the exact words that show it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field

from edgewise.errors import EvidenceError
from edgewise.person import Record
from edgewise.rehearsal import Rehearsal


class Question(StrEnum):
    """What the debrief asks of the record."""

    ON_TOPIC = "on_topic"
    REACTIVE = "reactive"
    SAID_IT = "said_it"
    APOLOGISED = "apologised"
    FILLED_SILENCE = "filled_silence"

    @property
    def in_words(self) -> str:
        """The question as a person asks it of themselves."""
        return _ASKED[self]


_ASKED = {
    Question.ON_TOPIC: "Did I stay on topic?",
    Question.REACTIVE: "Did I get reactive?",
    Question.SAID_IT: "Did I say what I came to say?",
    Question.APOLOGISED: "Did I apologise too quickly?",
    Question.FILLED_SILENCE: "Did I rush to fill a silence?",
}


class Verdict(StrEnum):
    """The answer to a question, as far as the record goes."""

    YES = "yes"
    MOSTLY = "mostly"
    PARTLY = "partly"
    NO = "no"
    CANT_TELL = "can't tell"


class Evidence(Record):
    """Words of yours that show a finding.

    Attributes:
        turn: which turn of the conversation they stand in, counted from 0.
        quote: the exact words.
    """

    turn: Annotated[int, Field(ge=0)]
    quote: Annotated[str, Field(min_length=1)]


class Finding(Record):
    """What the record shows about one question.

    Attributes:
        verdict: the answer.
        confidence: how likely the verdict is to be right, 0 to 1. Not yet calibrated against labelled transcripts.
        says: the answer in a sentence or two, to you.
        evidence: your words that show it; empty when the finding is that something is absent.
        try_next: one thing to try, as a principle, never a line to memorise. Written `try`.
    """

    model_config = ConfigDict(populate_by_name=True)

    question: Question
    verdict: Verdict
    confidence: Annotated[float, Field(ge=0.0, le=1.0)]
    says: str
    evidence: tuple[Evidence, ...] = ()
    try_next: Annotated[str, Field(alias="try")]


def checked(finding: Finding, rehearsal: Rehearsal) -> Finding:
    """The finding, if every quote in it occurs in its turn.

    Raises:
        EvidenceError: a quote does not; the finding must not be shown.
    """
    for piece in finding.evidence:
        if piece.turn >= len(rehearsal.turns) or piece.quote not in rehearsal.turns[piece.turn].text:
            raise EvidenceError(
                f"The finding on “{finding.question.in_words}” quotes words that are not in turn {piece.turn}.",
                kept="The rehearsal is saved.",
                next_step="Please report this; the finding was not shown.",
            )
    return finding
