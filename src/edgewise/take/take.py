"""A take: the dials, and what is hidden behind them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from edgewise.person import Number, Record, Text, Whole
from edgewise.take.moves import Curveball, Move

Dial = Annotated[Number, Field(ge=0.0, le=1.0)]


class Dials(Record):
    """How this version of them responds; each dial runs from 0 (not at all) to 1 (as much as a person can).

    Attributes:
        pushback: how hard they resist what you came to say, and through how many rounds you must hold it.
        reasonableness: how far a fair word moves them.
        volatility: how quickly feeling rises in them.
        wandering: how readily they leave the subject.
        silence: how readily they say nothing.
        warmth: how kindly they are disposed before you begin.
    """

    pushback: Dial = 0.5
    reasonableness: Dial = 0.5
    volatility: Dial = 0.4
    wandering: Dial = 0.2
    silence: Dial = 0.15
    warmth: Dial = 0.5


class Drill(Record):
    """One move that a short rehearsal goes straight to.

    Attributes:
        move: what they do.
        times: how often they do it, 1 to 6; then they take leave.
    """

    move: Move
    times: Annotated[Whole, Field(ge=1, le=6)] = 4


class Take(Record):
    """One version of how they might respond.

    Attributes:
        name: the preset's name, or "your own" for dials the person set.
        promise: what the person choosing is told, one line that gives nothing away.
        leanings: moves this version is fonder of (above 1) or avoids (below 1).
        curveballs: the kinds that may come; hidden until the take is revealed.
        curveball_count: how many come at most in one rehearsal.
        yields: whether this version can be brought to a yes at all; when not, the best ending is one with dignity.
        walks_out: whether this version may leave before you do.
        drill: the one move it is for, in a short rehearsal of that move; None in any other.
        takes_your_opening: whether they know why you came before you say it, and cut your first long turn short.
    """

    name: Text
    promise: Text = ""
    dials: Dials = Dials()
    leanings: dict[Move, Annotated[Number, Field(ge=0.0, le=10.0)]] = {}
    curveballs: tuple[Curveball, ...] = ()
    curveball_count: Annotated[Whole, Field(ge=0, le=5)] = 0
    yields: bool = True
    walks_out: bool = False
    drill: Drill | None = None
    takes_your_opening: bool = False

    @property
    def rounds_to_hold(self) -> int:
        """Through how many pushbacks the message must be held before a door can open: 2 to 5."""
        return 2 + round(3 * self.dials.pushback)
