"""Findings: a claim about what you did, with the exact words that show it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field

from edgewise.errors import EvidenceError
from edgewise.person import Record
from edgewise.rehearsal import Question, Rehearsal


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
        confidence: how likely the verdict is to be right, 0 to 1; `benchmarks/debrief` says how far that holds.
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


def check_evidence(evidence: Iterable[Evidence], rehearsal: Rehearsal) -> None:
    """Make sure that every quote occurs in its turn.

    Raises:
        EvidenceError: one does not; what it was to show must not be shown.
    """
    for piece in evidence:
        if piece.turn >= len(rehearsal.turns) or piece.quote not in rehearsal.turns[piece.turn].text:
            raise EvidenceError(
                f"The debrief quotes words that are not in turn {piece.turn}.",
                kept="The rehearsal is saved.",
                next_step="Please report this; nothing was shown.",
            )
