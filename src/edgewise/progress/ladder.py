"""The ladder: rungs from low threat to dreaded, in the order of the distress you predict for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, field_validator

from edgewise.errors import UnknownNameError
from edgewise.person import Percent, Record, ShortText
from edgewise.progress.drill import DOES
from edgewise.progress.edges import EdgeMap
from edgewise.rehearsal.rehearsal import RehearsalId
from edgewise.situation import Kind, Pitfall, Situation
from edgewise.take import Move

MOST_RUNGS = 20
#: Runs in one day after which it is asked whether they still help.
A_FEW_A_DAY = 3
#: What the conversation itself is taken to distress, 0 to 100, where you have not said.
_DREADED = 80
RungId = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z0-9-]+$")]


class Rung(Record):
    """One step.

    Attributes:
        id: what it is called where it is kept.
        what: what you do on it, in a sentence you can change.
        predicted: how much you think it will distress you, SUDS 0 to 100.
        take: the version of them you meet on it; empty for a drill or a step in life.
        move: the one move it is a drill of; None for anything else.
    """

    id: RungId
    what: Annotated[ShortText, Field(min_length=1)]
    predicted: Percent
    take: Annotated[str, Field(max_length=200)] = ""
    move: Move | None = None

    @property
    def is_in_life(self) -> bool:
        """Whether it is done with a real person, away from here."""
        return not self.take and self.move is None


class Climb(Record):
    """One time you were on a rung.

    Attributes:
        rehearsal: the run it was; None for a step in life.
        at: when it began, or when you said that you did it.
    """

    rung: RungId
    rehearsal: RehearsalId | None = None
    at: datetime


class Ladder(Record):
    """Your rungs, lowest first by what you predict of each, and the times you were on them."""

    rungs: Annotated[tuple[Rung, ...], Field(max_length=MOST_RUNGS)] = ()
    climbs: tuple[Climb, ...] = ()

    @field_validator("rungs")
    @classmethod
    def _lowest_first(cls, rungs: tuple[Rung, ...]) -> tuple[Rung, ...]:
        if len({rung.id for rung in rungs}) < len(rungs):
            raise ValueError("two rungs have the same name")
        return tuple(sorted(rungs, key=lambda rung: rung.predicted))

    def rung(self, rung_id: str) -> Rung:
        """The rung of this name.

        Raises:
            UnknownNameError: there is none.
        """
        for rung in self.rungs:
            if rung.id == rung_id:
                return rung
        raise UnknownNameError(
            f"There is no rung called “{rung_id[:40]}”.",
            next_step=f"The rungs are: {', '.join(rung.id for rung in self.rungs)}.",
        )

    def with_rungs(self, rungs: Iterable[Rung]) -> Self:
        """The ladder with these rungs in place of its own; the times you were on one that stays are kept."""
        return type(self)(rungs=tuple(rungs), climbs=self.climbs)

    def with_rung(self, what: str, predicted: int, take: str = "") -> Self:
        """The ladder with one more rung of your own.

        Args:
            what: what you do on it.
            predicted: how much it will distress you, 0 to 100.
            take: the version of them you meet; empty for a step in life.
        """
        taken = {rung.id for rung in self.rungs}
        name = next(f"own-{number}" for number in range(1, MOST_RUNGS + 2) if f"own-{number}" not in taken)
        return self.with_rungs([*self.rungs, Rung(id=name, what=what, predicted=predicted, take=take)])

    def climbed(self, rung_id: str, at: datetime, rehearsal: str | None = None) -> Self:
        """The ladder after you were on a rung."""
        climb = Climb(rung=self.rung(rung_id).id, rehearsal=rehearsal, at=at)
        return type(self)(rungs=self.rungs, climbs=(*self.climbs, climb))

    def without_run(self, rehearsal_id: str) -> Self:
        """The ladder without the name of a run; that you were on its rung stays."""
        climbs = (
            one.model_copy(update={"rehearsal": None}) if one.rehearsal == rehearsal_id else one for one in self.climbs
        )
        return type(self)(rungs=self.rungs, climbs=tuple(climbs))

    def times_on(self, rung_id: str) -> int:
        """How often you were on a rung."""
        return sum(climb.rung == rung_id for climb in self.climbs)


class Proposed(Record):
    """The rung proposed next, and why. Any other is as good if you would rather.

    Attributes:
        rung: None when you have been on every one.
    """

    rung: Rung | None
    why: str


def next_rung(ladder: Ladder) -> Proposed:
    """The lowest rung you have not been on."""
    waiting = [rung for rung in ladder.rungs if not ladder.times_on(rung.id)]
    if not waiting:
        why = "You have been on every rung. What is left is the conversation itself." if ladder.rungs else ""
        return Proposed(rung=None, why=why)
    rung = waiting[0]
    last = _last_climbed(ladder)
    if last is None:
        why = f"It is the lowest by your own numbers ({rung.predicted}). Begin where it is almost easy."
    else:
        been = f"You have been on “{last.what.rstrip('.')}” ({last.predicted})."
        why = f"{been} This is the lowest you have not been on, by your own numbers ({rung.predicted})."
    return Proposed(rung=rung, why=f"{why} {_IN_LIFE}" if rung.is_in_life else why)


# Kampmann et al. (2016): of exposure to simulated and to real social situations, only the real ones lessened the fear
# of being judged.
_IN_LIFE = "Practice here goes only so far: what lessens the fear of being judged is doing a small part of it in life."


def _last_climbed(ladder: Ladder) -> Rung | None:
    there = {rung.id: rung for rung in ladder.rungs}
    return next((there[climb.rung] for climb in reversed(ladder.climbs) if climb.rung in there), None)


def runs_on_that_day(started: Iterable[datetime], now: datetime) -> int:
    """How many runs began on the day it is now, in the time zone of the person rehearsing."""
    today = now.date()
    return sum(one.astimezone(now.tzinfo).date() == today and one <= now + timedelta(minutes=1) for one in started)


def asks_whether_it_helps(runs_today: int) -> bool:
    """Whether to ask, before another one, if it still helps."""
    return runs_today >= A_FEW_A_DAY


# ---- the ladder proposed at first


class _Step(StrEnum):
    RECEPTIVE = "receptive"
    USUAL = "usual"
    ONE_MOVE = "one-move"
    QUIET = "quiet"
    HARDER = "harder"
    SURPRISE = "surprise"
    IN_LIFE = "in-life"


# The share of the dread that each is taken to have until you say otherwise; ours.
_SHARES = {
    _Step.RECEPTIVE: 0.3,
    _Step.USUAL: 0.5,
    _Step.ONE_MOVE: 0.6,
    _Step.HARDER: 0.75,
    _Step.QUIET: 0.8,
    _Step.SURPRISE: 0.85,
    _Step.IN_LIFE: 0.95,
}
_TAKES = {
    _Step.RECEPTIVE: "receptive",
    _Step.USUAL: "usual",
    _Step.HARDER: "harder",
    _Step.QUIET: "goes-quiet",
    _Step.SURPRISE: "surprise",
}


def proposed_ladder(situation: Situation, edges: EdgeMap | None = None) -> Ladder:
    """The rungs proposed for this person and this conversation, until you change them.

    Args:
        situation: whom you must talk to; what you said it distresses you sets the numbers.
        edges: what is known of what shifts you; the hard move is one of those.
    """
    dread = _DREADED if situation.distress_before is None else max(20, situation.distress_before)
    move = hard_move(situation, edges or EdgeMap())
    return Ladder(
        rungs=tuple(
            Rung(
                id=step.value,
                what=_what(step, situation, move),
                predicted=min(100, round(dread * share / 5) * 5),
                take=_TAKES.get(step, ""),
                move=move if step is _Step.ONE_MOVE else None,
            )
            for step, share in _SHARES.items()
        )
    )


def hard_move(situation: Situation, edges: EdgeMap) -> Move:
    """The move worth meeting by itself: your clearest edge, else what may be one, else what you want to avoid doing."""
    known = (*edges.edges, *edges.suspected)
    if known:
        return known[0].move
    return next((_PROVOKES[pitfall] for pitfall in situation.avoid), Move.MINIMISE)


#: What tempts people into what they want to avoid; ours.
_PROVOKES = {
    Pitfall.APOLOGISE: Move.DISCLOSE_HURT,
    Pitfall.OVER_EXPLAIN: Move.DEMAND_EXAMPLE,
    Pitfall.OFF_TOPIC: Move.CHANGE_SUBJECT,
    Pitfall.GO_SILENT: Move.INTERROGATE,
    Pitfall.GET_ANGRY: Move.SARCASM,
    Pitfall.BACK_DOWN: Move.MINIMISE,
}


def _what(step: _Step, situation: Situation, move: Move) -> str:
    if step is _Step.IN_LIFE:
        return _SMALL_STEPS.get(situation.sort, _SMALL_STEP)
    if step is _Step.ONE_MOVE:
        return f"Meet one hard move, several times: they {DOES[move]}."
    return {
        _Step.RECEPTIVE: "Say one sentence of it to them on their kindest day.",
        _Step.USUAL: "Have it with their usual self.",
        _Step.HARDER: "Have it with a harder version of them.",
        _Step.QUIET: "Stay with it when they say nothing.",
        _Step.SURPRISE: "Have it without knowing what will come.",
    }[step]


_SMALL_STEP = "Today, tell somebody you trust, face to face, one true sentence of it."
_SMALL_STEPS = {
    Kind.PERFORMANCE_REVIEW: "Ask somebody at work, face to face, for one thing you could do better.",
    Kind.ASKING: "Ask somebody, face to face, for something small that they could refuse.",
    Kind.BOUNDARY: "Say no to something small, face to face, without giving a reason.",
    Kind.TELLING: "Tell somebody you trust, face to face, one true sentence of it.",
    Kind.LONG_STANDING: "Say to somebody in the family, face to face, one small thing you would usually let pass.",
    Kind.CREATIVE_FEEDBACK: "Tell somebody, face to face, one thing that did not work for you in something they made.",
    Kind.ENDING: "Tell somebody you trust, face to face, what you have decided.",
    Kind.CREDIT: "Say in company, once, which part of something was yours.",
}


def as_the_page_has_it(ladder: Ladder, given: Sequence[tuple[str, str, int]]) -> Ladder:
    """The ladder as you wrote it: for each rung its name, its words and what you predict; what is left out goes.

    Raises:
        UnknownNameError: a rung was named that is not there.
    """
    return ladder.with_rungs(
        Rung.model_validate({**ladder.rung(name).model_dump(), "what": what, "predicted": predicted})
        for name, what, predicted in given
    )
