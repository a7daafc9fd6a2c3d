"""A rehearsal: one run of one take, append-only."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field

from edgewise.errors import RehearsalOverError, RewindError
from edgewise.person import Percent, Record, ShortText, Whole, tidy
from edgewise.rehearsal.question import Question, questions_for
from edgewise.rehearsal.recollection import Recalled, Recollection
from edgewise.rehearsal.turn import CounterpartTurn, Turn, YourTurn
from edgewise.situation import Situation
from edgewise.take import Take

#: Characters in one answer of your own words on a rehearsal.
LONGEST_ANSWER = 10_000
#: Questions of your own that one rehearsal can be asked.
MOST_OWN_QUESTIONS = 3

RehearsalId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
LongText = Annotated[str, Field(max_length=LONGEST_ANSWER), AfterValidator(tidy)]


class Ending(StrEnum):
    """How the conversation came to its end."""

    YOU_ENDED = "you_ended"
    THEY_LEFT = "they_left"


class Happened(StrEnum):
    """Whether what you feared came."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Reflection(Record):
    """Your own words on a rehearsal, written before any finding is shown.

    Attributes:
        going_for: what you were going for.
        said_it: whether you said it, in your words.
        lost_ground: where you lost ground.
        surprised_by: what surprised you.
        distress_worst: SUDS at the worst moment, 0 to 100.
        distress_now: SUDS now, 0 to 100.
        fear_happened: whether what you feared would happen in this run did.
        happened_instead: what happened, in your words.
        demands_after: how much it would ask of you now, 0 to 100.
        resources_after: how much you have for it now, 0 to 100.
    """

    going_for: LongText = ""
    said_it: LongText = ""
    lost_ground: LongText = ""
    surprised_by: LongText = ""
    distress_worst: Percent | None = None
    distress_now: Percent | None = None
    fear_happened: Happened | None = None
    happened_instead: LongText = ""
    demands_after: Percent | None = None
    resources_after: Percent | None = None


#: What is asked before anything is shown, by the answer of a `Reflection` it fills.
OWN_WORDS = (
    ("going_for", "What were you going for?"),
    ("said_it", "Did you say it? In which words?"),
    ("lost_ground", "Where did you lose ground?"),
    ("surprised_by", "What surprised you?"),
)
#: What is asked in numbers, 0 to 100, by the answer of a `Reflection` it fills.
OWN_NUMBERS = (
    ("distress_worst", "How much did it distress you at the worst moment, 0 to 100?"),
    ("distress_now", "And now, 0 to 100?"),
    ("demands_after", "If you had it before you again: how much would it ask of you, 0 to 100?"),
    ("resources_after", "And how much do you have for it now, 0 to 100?"),
)


class Branch(Record):
    """Where a rehearsal left another one, so that you could answer differently.

    Attributes:
        rehearsal: the id of the rehearsal it began as; that one stays as it is.
        turns: how many of its turns the two have in common.
    """

    rehearsal: RehearsalId
    turns: Annotated[Whole, Field(ge=0)]


class Rehearsal(Record):
    """One run of one take.

    Attributes:
        format: version of the written form.
        id: its own name, the same on every machine.
        seed: where its chance comes from; the same seed, take and words give the same rehearsal.
        distress_before: SUDS before it began.
        remembered: what you said in earlier rehearsals that they may bring up in this one.
        questions: what you want to know of it afterwards; empty for what is usual with its kind of conversation.
        own_questions: further ones in your own words.
        branch: where it left another rehearsal; None when it began at the beginning.
    """

    format: Literal[1] = 1
    id: RehearsalId
    situation: Situation
    take: Take
    seed: int
    started: datetime
    distress_before: Percent | None = None
    remembered: Annotated[tuple[Recollection, ...], Field(max_length=len(Recalled))] = ()
    questions: Annotated[tuple[Question, ...], Field(max_length=len(Question))] = ()
    own_questions: Annotated[tuple[ShortText, ...], Field(max_length=MOST_OWN_QUESTIONS)] = ()
    branch: Branch | None = None
    turns: tuple[Turn, ...] = ()
    ending: Ending | None = None
    reflection: Reflection | None = None

    def with_turn(self, turn: Turn) -> Self:
        """The rehearsal with one more turn; nothing before it changes.

        Raises:
            RehearsalOverError: the conversation has ended.
        """
        if self.is_over:
            raise RehearsalOverError(
                "This conversation has ended.",
                kept="All of it is saved.",
                next_step="Look at it with edgewise show, or start another take with edgewise rehearse.",
            )
        left = isinstance(turn, CounterpartTurn) and turn.leaves
        ending = Ending.THEY_LEFT if left else None
        return self.model_copy(update={"turns": (*self.turns, turn), "ending": ending})

    def ended(self) -> Self:
        """The rehearsal, ended by you; one that is already over stays as it is."""
        return self if self.is_over else self.model_copy(update={"ending": Ending.YOU_ENDED})

    def reflected(self, reflection: Reflection) -> Self:
        """The rehearsal with your own words on it."""
        return self.model_copy(update={"reflection": reflection})

    def titled(self, title: str) -> Self:
        """The rehearsal under another title."""
        situation = Situation.model_validate({**self.situation.model_dump(), "title": title})
        return self.model_copy(update={"situation": situation})

    def without_memory_of(self, rehearsal_id: str) -> Self:
        """The rehearsal with nothing remembered of another one."""
        left = tuple(one for one in self.remembered if one.rehearsal != rehearsal_id)
        return self.model_copy(update={"remembered": left})

    def rewound(self, turns: int, *, id_: str, started: datetime) -> Self:
        """The same conversation up to one of their turns, to be answered differently; this one stays as it is.

        Args:
            turns: how many turns to keep; the last of them must be theirs, and they must still be there after it.
            id_: what the branch is called.
            started: when it is taken up.

        Raises:
            RewindError: there is no such place to answer from.
        """
        kept = self.turns[:turns]
        last = kept[-1] if kept and len(kept) == turns else None
        if not isinstance(last, CounterpartTurn) or last.leaves:
            raise RewindError(
                f"There is nothing to answer after {turns} turns of that conversation.",
                kept="It is as it was.",
                next_step="Choose one of your own turns in it, to answer differently from there.",
            )
        return self.model_copy(
            update={
                "id": id_,
                "started": started,
                "turns": kept,
                "branch": Branch(rehearsal=self.id, turns=turns),
                "ending": None,
                "reflection": None,
            }
        )

    @property
    def asked(self) -> tuple[Question, ...]:
        """What you want to know of it: what you chose, else what is usual with its kind of conversation."""
        return self.questions or questions_for(self.situation.sort)

    @property
    def is_over(self) -> bool:
        """Whether nothing more can be said."""
        return self.ending is not None

    @property
    def awaits_their_answer(self) -> bool:
        """Whether your last words still hang in the air, because the program stopped before they answered."""
        return not self.is_over and (not self.turns or isinstance(self.turns[-1], YourTurn))

    @property
    def told_of_the_voice(self) -> str:
        """Why the built-in voice spoke just now where a model was chosen; empty when it is nothing new.

        Each cause is told once in a conversation: somebody rehearsing needs to know it, not to hear it every turn.
        """
        voiced = [turn.voiced for turn in self.turns if isinstance(turn, CounterpartTurn)]
        last = voiced[-1] if voiced else None
        if last is None or last.why is None:
            return ""
        told_before = any(one is not None and one.why is last.why for one in voiced[:-1])
        return "" if told_before else last.told

    @property
    def your_turns(self) -> tuple[tuple[int, YourTurn], ...]:
        """Your turns, each with its place in the conversation (from 0)."""
        return tuple((place, turn) for place, turn in enumerate(self.turns) if isinstance(turn, YourTurn))
