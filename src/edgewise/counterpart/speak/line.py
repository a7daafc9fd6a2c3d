"""One authored line, and when it may be said."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from string import Formatter

from edgewise.counterpart.perceive import Act
from edgewise.person import Person, StyleName, content_stems
from edgewise.rehearsal import Recalled
from edgewise.take import Curveball, Mood, Move

#: What a line's slots can be filled with; `docs/repertoire.md` says what each means.
OWN_WORDS = frozenset(
    {
        "comeback",
        "phrase",
        "grievance",
        "defence",
        "soft_spot",
        "could_concede",
        "would_offer",
        "condition",
        "told",
        "fact",
    }
)
#: Your words of an earlier rehearsal, by what they were; `then` says when that was.
RECALLED = frozenset(kind.value for kind in Recalled)
SLOTS = (
    OWN_WORDS
    | RECALLED
    | {"then"}
    | {"quote", "mirror", "ask", "about", "incident", "value", "call", "they", "them", "their"}
)


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """When something may be said.

    Attributes:
        moods, circles, styles, after: the moods they are in, the relationships, the ways of talking and what your turn
            just did; an empty one means always.
    """

    moods: frozenset[Mood] = frozenset()
    circles: frozenset[str] = frozenset()
    styles: frozenset[StyleName] = frozenset()
    after: frozenset[Act] = frozenset()

    def suits(self, person: Person, mood: Mood, done: frozenset[Act]) -> bool:
        """Whether this person could say it in this mood after what your turn did."""
        relationship = person.relationship
        return (
            (not self.moods or mood in self.moods)
            and (not self.circles or relationship.value in self.circles or relationship.circle.value in self.circles)
            and (not self.styles or not self.styles.isdisjoint(person.talks))
            and (not self.after or not self.after.isdisjoint(done))
        )


@dataclass(frozen=True)
class Line(Occasion):
    """One thing a counterpart can say or do.

    Attributes:
        says: the words, with slots; empty when it is only something to be seen.
        does: what can be seen, third person; often empty.
        serves: the move it makes, or the surprise it is.
    """

    says: str
    does: str
    serves: Move | Curveball

    @cached_property
    def name(self) -> str:
        """Its own name, which stays the same while its words do."""
        words = f"{self.says}|{self.does}".encode()
        return f"{self.serves.value}-{hashlib.sha256(words).hexdigest()[:8]}"

    @cached_property
    def slots(self) -> frozenset[str]:
        """What must be known for it to be said."""
        return slots_in(self.says) | slots_in(self.does)

    @cached_property
    def stems(self) -> frozenset[str]:
        """What it talks about."""
        return content_stems(self.says.replace("{", " ").replace("}", " "))


def slots_in(words: str) -> frozenset[str]:
    """The slots a text has."""
    return frozenset(name for _, name, _, _ in Formatter().parse(words) if name is not None)
