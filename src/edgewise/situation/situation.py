"""One conversation you must have."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from edgewise.person import Percent, Person, Record, Several, ShortText, Worded
from edgewise.situation.kind import Kind, kind_heard_in

LONGEST_CARD = 400_000  # characters; ten times a long character card


class Pitfall(StrEnum):
    """Something you want to avoid doing."""

    APOLOGISE = "apologise"
    OVER_EXPLAIN = "over_explain"
    OFF_TOPIC = "off_topic"
    GO_SILENT = "go_silent"
    GET_ANGRY = "get_angry"
    BACK_DOWN = "back_down"


class KeyPoint(Worded):
    """One thing that must be said.

    `cues` are other words by which it can be said; `answers` are sentences they would say back, word for word.
    """

    text: ShortText
    cues: Several = ()
    answers: Several = ()


class Fear(Record):
    """What you fear will happen, and how likely you think it is (0 to 100)."""

    what: ShortText = ""
    likelihood: Percent | None = None


class TheirSide(Record):
    """What only you know about where they stand here, each a whole sentence as they would say it.

    Attributes:
        defence: why they do it ("I have twelve people to look after and no time.").
        grievance: what they hold against you in this.
        soft_spot: what hurts underneath.
        could_concede: the part they could grant.
        would_offer: what they would offer instead.
        condition: on what condition they would say yes.
        fact: something you do not know yet, which they may tell you.
    """

    defence: ShortText = ""
    grievance: ShortText = ""
    soft_spot: ShortText = ""
    could_concede: ShortText = ""
    would_offer: ShortText = ""
    condition: ShortText = ""
    fact: ShortText = ""


def _is_json_object(card: str) -> str:
    """What is kept of a character card must be one that can be written out again."""
    try:
        if card and not isinstance(json.loads(card), dict):
            raise ValueError("it is no JSON object")
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    return card


class Situation(Record):
    """One conversation you must have, and the person you must have it with.

    Attributes:
        format: version of the written form, so that files from an older Edgewise can be read for ever.
        about: what it is about, a noun phrase either of you would use ("the review").
        ask: what you want them to do, a verb phrase spoken to them ("put my name on the report").
        came_to_say: the one sentence you came to say.
        would_settle_for: what would be enough for today.
        avoid: what you want to avoid doing.
        private_intention: why it matters to you; never shown to the counterpart or to any language model.
        distress_before: SUDS, subjective units of distress, 0 to 100 (Wolpe 1969).
        demands_before: how much you think it will ask of you, 0 to 100.
        resources_before: how much you have for it, 0 to 100; less than is asked is felt as a threat, as much or more
            as a challenge (Blascovich and Tomaka 1996).
        topics: further words that belong to the subject, so that using them is not a change of subject.
        card: the character card the person came on, as JSON; only kept, to be written out again with nothing lost.
    """

    format: Literal[1] = 1
    title: ShortText = ""
    kind: Kind = Kind.OTHER
    person: Person = Person()
    about: ShortText = ""
    ask: ShortText = ""
    came_to_say: ShortText = ""
    key_points: Annotated[tuple[KeyPoint, ...], Field(max_length=20)] = ()
    would_settle_for: ShortText = ""
    avoid: Annotated[tuple[Pitfall, ...], Field(max_length=6)] = ()
    private_intention: ShortText = ""
    fear: Fear = Fear()
    distress_before: Percent | None = None
    demands_before: Percent | None = None
    resources_before: Percent | None = None
    setting: ShortText = ""
    topics: Several = ()
    their_side: TheirSide = TheirSide()
    card: Annotated[str, Field(max_length=LONGEST_CARD, pattern=r"^[\x20-\x7e]*$"), AfterValidator(_is_json_object)] = (
        ""
    )

    @property
    def points(self) -> tuple[KeyPoint, ...]:
        """What has to be said: the key points, else the one sentence, else nothing."""
        if self.key_points or not self.came_to_say:
            return self.key_points
        return (KeyPoint(text=self.came_to_say),)

    @property
    def sort(self) -> Kind:
        """What sort of conversation it is: the kind given, else the one heard in what you came to say."""
        if self.kind is not Kind.OTHER:
            return self.kind
        return kind_heard_in(f"{self.title} {self.about} {self.ask} {self.came_to_say}")

    @property
    def heading(self) -> str:
        """What lists and pages call it."""
        return self.title or self.came_to_say or f"A conversation with {self.person.known_as}"
