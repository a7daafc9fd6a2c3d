"""How runs were for you, in your own numbers: distress, what was asked of you, what you feared beside what came."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from edgewise.person import Percent, Record
from edgewise.rehearsal import Happened, Rehearsal

#: SUDS from which a run was a hard one to stay in: past the middle of the scale (Wolpe 1969).
HARD = 60
#: Turns of yours from which you did not just put your head in.
STAYED = 6


class Stance(StrEnum):
    """What a conversation looks like from where you stand (Blascovich and Tomaka 1996)."""

    CHALLENGE = "challenge"
    THREAT = "threat"


class HowItWas(Record):
    """What you told of one run. Each part is None or empty where you left it out.

    Attributes:
        distress_before, distress_worst, distress_after: SUDS, 0 to 100.
        demands_before, demands_after: how much it asks of you, 0 to 100.
        resources_before, resources_after: how much you have for it, 0 to 100.
        feared: what you feared would happen.
        likelihood: how likely you thought that was, 0 to 100.
        happened: whether it did.
        instead: what happened, in your words.
        your_turns: how often you said something.
    """

    distress_before: Percent | None = None
    distress_worst: Percent | None = None
    distress_after: Percent | None = None
    demands_before: Percent | None = None
    demands_after: Percent | None = None
    resources_before: Percent | None = None
    resources_after: Percent | None = None
    feared: str = ""
    likelihood: Percent | None = None
    happened: Happened | None = None
    instead: str = ""
    your_turns: Annotated[int, Field(ge=0)] = 0

    @property
    def distress(self) -> tuple[int | None, int | None, int | None]:
        """Before, at worst and after."""
        return self.distress_before, self.distress_worst, self.distress_after

    @property
    def before(self) -> Stance | None:
        """How it looked before: a challenge where you had at least what it asked of you, else a threat."""
        return stance(self.demands_before, self.resources_before)

    @property
    def after(self) -> Stance | None:
        """How it looks afterwards."""
        return stance(self.demands_after, self.resources_after)


def stance(demands: int | None, resources: int | None) -> Stance | None:
    """A challenge where what you have is at least what is asked of you, else a threat; None unless you told both."""
    if demands is None or resources is None:
        return None
    return Stance.CHALLENGE if resources >= demands else Stance.THREAT


class FearedBesideActual(Record):
    """What was feared, beside what came.

    Attributes:
        asked: how many fears you told the outcome of.
        came: how many of them came true.
        in_part: how many did in part.
        likelihood: how likely you had thought them, on average, 0 to 100; None where you gave no number.
    """

    asked: int
    came: int
    in_part: int
    likelihood: int | None

    @property
    def did_not(self) -> int:
        """How many did not come true at all."""
        return self.asked - self.came - self.in_part


def feared_beside_actual(runs: Sequence[HowItWas]) -> FearedBesideActual:
    """What was feared in these runs, beside what came: what there is to learn from them (Craske et al. 2014)."""
    told = [one for one in runs if one.feared and one.happened is not None]
    likely = [one.likelihood for one in told if one.likelihood is not None]
    return FearedBesideActual(
        asked=len(told),
        came=sum(one.happened is Happened.YES for one in told),
        in_part=sum(one.happened is Happened.PARTLY for one in told),
        likelihood=round(sum(likely) / len(likely)) if likely else None,
    )


def stayed_though_hard(runs: Sequence[HowItWas]) -> int:
    """In how many runs distress was past the middle at its worst, and you went on talking all the same."""
    return sum((one.distress_worst or 0) >= HARD and one.your_turns >= STAYED for one in runs)


def how_it_was(rehearsal: Rehearsal) -> HowItWas:
    """What you told of a run, before it and after."""
    before, after = rehearsal.situation, rehearsal.reflection
    return HowItWas(
        distress_before=rehearsal.distress_before,
        distress_worst=after.distress_worst if after else None,
        distress_after=after.distress_now if after else None,
        demands_before=before.demands_before,
        resources_before=before.resources_before,
        demands_after=after.demands_after if after else None,
        resources_after=after.resources_after if after else None,
        feared=before.fear.what,
        likelihood=before.fear.likelihood,
        happened=after.fear_happened if after else None,
        instead=after.happened_instead if after else "",
        your_turns=sum(not turn.is_silence for _, turn in rehearsal.your_turns),
    )
