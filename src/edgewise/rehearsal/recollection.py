"""What you said in an earlier rehearsal with the same person, which they may bring up now."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from edgewise.person import Record, ShortText


class Recalled(StrEnum):
    """What an earlier sentence of yours was."""

    BACKED_DOWN = "backed_down"
    GRANTED = "granted"
    HARSH = "harsh"
    SORRY = "sorry"


class Recollection(Record):
    """One sentence of yours from an earlier rehearsal.

    Attributes:
        rehearsal: the id of the rehearsal it was said in; when that is deleted, so is this.
        words: your words, exactly.
        when: when it was said, as a person would put it ("yesterday", "on Tuesday", "last week").
    """

    rehearsal: Annotated[str, Field(min_length=1, max_length=64)]
    what: Recalled
    words: ShortText
    when: ShortText
