"""What every written-down thing in Edgewise has in common: it never changes, and it refuses what it does not know."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, model_validator

from edgewise.person.words import tidy


class Record(BaseModel):
    """Something written down about a conversation; made once, then only replaced, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


#: Numbers that are written as numbers: true, "7" and 7.0 for 7 are somebody's mistake, and are told as one.
Whole = Annotated[int, Strict()]
Number = Annotated[float, Strict()]

#: SUDS, or how likely, or how much: 0 to 100.
Percent = Annotated[Whole, Field(ge=0, le=100)]

#: Words a person typed or pasted, tidied: no control characters, no loose spaces at the ends.
Text = Annotated[str, AfterValidator(tidy)]

#: An answer of a line or a paragraph.
ShortText = Annotated[str, Field(max_length=2_000), AfterValidator(tidy)]

#: Several answers to one question.
Several = Annotated[tuple[ShortText, ...], Field(max_length=100)]


class Worded(Record):
    """A record a person may give as plain words, when there is no more to say: they fill its first field."""

    @model_validator(mode="before")
    @classmethod
    def _from_words_alone(cls, given: object) -> object:
        return {next(iter(cls.model_fields)): given} if isinstance(given, str) else given


def plain_words(one: Worded) -> str:
    """What such a record says in plain words: its first field."""
    return str(getattr(one, next(iter(type(one).model_fields))))
