"""The person you must talk to, as you know them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, field_validator

from edgewise.person.record import Record, Several, ShortText, Worded
from edgewise.person.style import StyleName, styles_heard_in
from edgewise.person.words import tidy


class Circle(StrEnum):
    """The part of life a relationship belongs to."""

    WORK = "work"
    FAMILY = "family"
    CLOSE = "close"
    HOME = "home"
    OTHER = "other"


class Relationship(StrEnum):
    """What they are to you."""

    MANAGER = "manager"
    COLLEAGUE = "colleague"
    COLLABORATOR = "collaborator"
    REPORT = "report"
    CLIENT = "client"
    FRIEND = "friend"
    PARTNER = "partner"
    EX = "ex"
    PARENT = "parent"
    SIBLING = "sibling"
    CHILD = "child"
    RELATIVE = "relative"
    FLATMATE = "flatmate"
    NEIGHBOUR = "neighbour"
    OTHER = "other"

    @property
    def circle(self) -> Circle:
        """The part of life this relationship belongs to."""
        return _CIRCLES.get(self, Circle.OTHER)


_CIRCLES = {
    **dict.fromkeys(("manager", "colleague", "collaborator", "report", "client"), Circle.WORK),
    **dict.fromkeys(("parent", "sibling", "child", "relative"), Circle.FAMILY),
    **dict.fromkeys(("friend", "partner", "ex"), Circle.CLOSE),
    **dict.fromkeys(("flatmate", "neighbour"), Circle.HOME),
}


_CALLED: dict[Relationship, str] = {
    Relationship.MANAGER: "boss supervisor lead director head principal foreman line-manager",
    Relationship.COLLEAGUE: "coworker co-worker workmate teammate peer",
    Relationship.COLLABORATOR: "cofounder co-founder coauthor co-author bandmate co-writer designer editor",
    Relationship.REPORT: "employee reportee intern trainee apprentice assistant",
    Relationship.CLIENT: "customer",
    Relationship.FRIEND: "mate pal bestie best-friend",
    Relationship.PARTNER: "husband wife girlfriend boyfriend fiance fiancé fiancée spouse",
    Relationship.EX: "ex-husband ex-wife ex-partner ex-girlfriend ex-boyfriend",
    Relationship.PARENT: "mum mom mother mam mama dad father papa stepmother stepfather stepmum stepdad",
    Relationship.SIBLING: "brother sister stepbrother stepsister twin",
    Relationship.CHILD: "son daughter stepson stepdaughter kid teenager",
    Relationship.RELATIVE: "aunt auntie uncle cousin grandmother grandfather gran nan grandma grandad grandpa "
    "mother-in-law father-in-law sister-in-law brother-in-law niece nephew family",
    Relationship.FLATMATE: "roommate housemate lodger",
    Relationship.NEIGHBOUR: "neighbor",
}
_CALLED_AS = {word: relationship for relationship, words in _CALLED.items() for word in words.split()}


def relationship_heard_in(answer: str) -> Relationship:
    """What they are to you, from the words people use for it ("my mum", "Boss"); `OTHER` when it is none we know."""
    spoken = [word for word in tidy(answer).lower().replace("'s", "").split() if word not in {"my", "the", "old"}]
    for word in ["-".join(spoken), *reversed(spoken)]:
        if word in set(Relationship):
            return Relationship(word)
        if word in _CALLED_AS:
            return _CALLED_AS[word]
    return Relationship.OTHER


class Pronouns(StrEnum):
    """How the pages speak of them."""

    SHE = "she"
    HE = "he"
    THEY = "they"

    @property
    def forms(self) -> tuple[str, str, str]:
        """Subject, object and possessive: ("she", "her", "her")."""
        return _PRONOUN_FORMS[self]


_PRONOUN_FORMS = {
    Pronouns.SHE: ("she", "her", "her"),
    Pronouns.HE: ("he", "him", "his"),
    Pronouns.THEY: ("they", "them", "their"),
}


class Theme(Worded):
    """Something about them that can come up in talk: its name, and other words by which it shows itself."""

    what: ShortText
    cues: Several = ()


class Trigger(Theme):
    """What sets them off: "being called unfair". `says` are whole sentences they say when it does."""

    says: Several = ()


class Value(Theme):
    """What they care about: "the team looking good". Written as a noun phrase, because they may say it themselves."""


class Incident(Worded):
    """Something that happened between you.

    Attributes:
        what: what happened, as you would tell it ("he cut me off in the planning meeting").
        when: free text ("last Thursday", "2019").
        name: how either of you would refer to it, a noun phrase ("the planning meeting").
        they_tell_it: how they tell it, in their own words, a whole sentence.
        still: how it sits now ("I still replay it").
        cues: other words by which it comes up.
    """

    what: ShortText
    when: ShortText = ""
    name: ShortText = ""
    they_tell_it: ShortText = ""
    still: ShortText = ""
    cues: Several = ()


class Person(Record):
    """Who you must talk to. Only a name or a relationship is needed; everything more makes them more themselves.

    Attributes:
        manner: how they talk, in your own words; `styles` are heard in it unless given.
        calls_you: what they call you, said to your face ("love", "mate", your name).
        triggers: what sets them off.
        values: what they care about.
        incidents: what happened between you.
        phrases: things they actually say, word for word.
        comebacks: what they would say back to you, word for word.
        grievances: what they would bring up against you, as they would say it.
    """

    name: ShortText = ""
    relationship: Relationship = Relationship.OTHER
    pronouns: Pronouns = Pronouns.THEY
    manner: ShortText = ""
    styles: Annotated[tuple[StyleName, ...], Field(max_length=4)] = ()
    calls_you: ShortText = ""
    triggers: Annotated[tuple[Trigger, ...], Field(max_length=50)] = ()
    values: Annotated[tuple[Value, ...], Field(max_length=50)] = ()
    incidents: Annotated[tuple[Incident, ...], Field(max_length=50)] = ()
    phrases: Several = ()
    comebacks: Several = ()
    grievances: Several = ()

    @field_validator("relationship", mode="before")
    @classmethod
    def _any_case(cls, given: object) -> object:
        return relationship_heard_in(given) if isinstance(given, str) else given

    @property
    def talks(self) -> tuple[StyleName, ...]:
        """How they talk: the styles given, else those heard in the description of their manner (three at most)."""
        return self.styles or styles_heard_in(self.manner)[:3]

    @property
    def known_as(self) -> str:
        """What the screen calls them: their name, else what they are to you."""
        if self.name:
            return self.name
        return "Them" if self.relationship is Relationship.OTHER else f"Your {self.relationship.value}"
