"""The real conversation: the day it is to be, a card to take along, and how it went beside what was feared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from enum import StrEnum

from edgewise.person import Percent, Record, ShortText
from edgewise.progress.edges import EdgeMap, Way
from edgewise.rehearsal.rehearsal import LongText
from edgewise.situation import Situation


class TookPlace(StrEnum):
    """Whether the real conversation happened."""

    YES = "yes"
    NOT_YET = "not_yet"
    NOT_NEEDED = "not_needed"


class AgainstFear(StrEnum):
    """How it went, beside what you had feared."""

    BETTER = "better"
    AS_FEARED = "as_feared"
    WORSE = "worse"


class Afterwards(Record):
    """What you tell of the real one when it is over. Each part is None or empty where you left it out.

    Attributes:
        told: when you told it.
        took_place: whether it happened.
        feared: what you had feared.
        likelihood: how likely you had thought that, 0 to 100.
        went: how it went, beside that.
        happened: what happened.
        surprised_by: what surprised you.
        tell_yourself: what you would tell yourself, back before it.
    """

    told: datetime
    took_place: TookPlace = TookPlace.YES
    feared: ShortText = ""
    likelihood: Percent | None = None
    went: AgainstFear | None = None
    happened: LongText = ""
    surprised_by: LongText = ""
    tell_yourself: LongText = ""


class RealOne(Record):
    """The real conversation.

    Attributes:
        day: when it is to be; None while that is open.
        at: the time of day, by the clock where you are; None for some time that day.
        remember: what you want to remember about yourself in it.
        afterwards: how it went; None before you tell.
    """

    day: date | None = None
    at: time | None = None
    remember: LongText = ""
    afterwards: Afterwards | None = None

    @property
    def is_over(self) -> bool:
        """Whether you have told that it happened, or that it need not."""
        return self.afterwards is not None and self.afterwards.took_place is not TookPlace.NOT_YET

    def asks_how_it_went(self, now: datetime) -> bool:
        """Whether its time has come and gone, and you have not told of it yet.

        Args:
            now: the time where you are.
        """
        if self.day is None or self.is_over:
            return False
        return (self.day, self.at or time.max) < (now.date(), now.time())


class Card(Record):
    """One page to take along: what you hold on to, and no line to recite.

    Attributes:
        heading: what the conversation is called.
        person: whom it is with.
        intention: why you are having it.
        points: what must not be left unsaid, as you noted it.
        enough: what would be enough for today.
        remember: what to remember about yourself.
        day, at: when it is to be.
    """

    heading: str
    person: str
    intention: str = ""
    points: tuple[str, ...] = ()
    enough: str = ""
    remember: tuple[str, ...] = ()
    day: date | None = None
    at: time | None = None


class FearedOverAll(Record):
    """Feared beside actual, over every real conversation you told of.

    Attributes:
        better: how many went better than you feared.
        of: how many there were.
    """

    better: int
    of: int


_STEADY = {
    Way.COLLAPSE: "You need not give way to it at once; a breath is long enough to find your place again.",
    Way.ESCALATE: "You need not answer it in kind; a breath is long enough to find your place again.",
}
_MOST_EDGES = 3


def card_of(situation: Situation, edges: EdgeMap, real: RealOne, told: Iterable[str] = ()) -> Card:
    """The card for one conversation.

    Args:
        situation: as you told it last.
        edges: what shifts you, found in the runs of it.
        real: the real one, as far as it is known.
        told: your edges in words, in their order.
    """
    steady = [f"{says} {_STEADY[edge.way]}" for says, edge in zip(told, edges.edges[:_MOST_EDGES], strict=False)]
    yours = [line.strip() for line in real.remember.splitlines() if line.strip()]
    return Card(
        heading=situation.heading,
        person=situation.person.known_as,
        intention=situation.private_intention or situation.came_to_say,
        points=tuple(point.text for point in situation.key_points),
        enough=situation.would_settle_for,
        remember=(*yours, *steady),
        day=real.day,
        at=real.at,
    )


def feared_over_all(reals: Sequence[RealOne]) -> FearedOverAll:
    """How many of the real ones went better than was feared."""
    told = [went for one in reals if (went := _went(one)) is not None]
    return FearedOverAll(better=sum(went is AgainstFear.BETTER for went in told), of=len(told))


def written_in_it(real: RealOne) -> Iterator[str]:
    """Every text you wrote into it."""
    yield real.remember
    if real.afterwards is not None:
        yield from (value for value in real.afterwards.model_dump().values() if isinstance(value, str))


def _went(real: RealOne) -> AgainstFear | None:
    return real.afterwards.went if real.afterwards and real.afterwards.took_place is TookPlace.YES else None
