"""What a person can do with Edgewise, one method each: pages, terminal and library all come through here."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from pydantic import ValidationError

from edgewise.counterpart import BuiltInVoice, Counterpart, LearnedReader, Reader, Voice, recollections, same_person
from edgewise.counterpart.additions import Additions
from edgewise.counterpart.perceive import Context
from edgewise.danger import Watch
from edgewise.debrief import Debrief
from edgewise.errors import ImportFileError, OperatorError, PersonError, UnknownNameError
from edgewise.person import Style, tidy
from edgewise.ports import Listed, Store
from edgewise.progress import SideBySide, side_by_side
from edgewise.rehearsal import (
    LONGEST_TURN,
    CounterpartTurn,
    Ending,
    Question,
    Recollection,
    Reflection,
    Rehearsal,
    heard,
)
from edgewise.situation import Situation
from edgewise.take import Take, presets, take_called

#: How many rehearsals back a person remembers.
_REMEMBERS = 3


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return secrets.token_hex(4)


def _new_seed() -> int:
    return secrets.randbelow(2**31)


@dataclass
class Edgewise:
    """Edgewise, wired to one place where rehearsals are kept.

    Attributes:
        store: where rehearsals are kept.
        voice: who puts the counterpart's moves into words; the built-in voice unless given.
        reader: who reads your turns.
        watch: what notices words that may tell of real danger, and stops practice.
        find_additions: where lines, takes and styles that others wrote come from; looked for when first needed.
        now, new_id, new_seed: where time and chance come from.
    """

    store: Store
    voice: Voice | None = None
    reader: Reader = field(default_factory=LearnedReader)
    watch: Watch = field(default_factory=Watch)
    now: Callable[[], datetime] = _now
    new_id: Callable[[], str] = _new_id
    new_seed: Callable[[], int] = _new_seed
    find_additions: Callable[[], Additions] = Additions

    @cached_property
    def additions(self) -> Additions:
        """What others have added.

        Raises:
            RepertoireError: one of their files does not hold what it must.
        """
        return self.find_additions()

    @cached_property
    def speaker(self) -> Voice:
        """Who puts the counterpart's moves into words."""
        return self.voice or BuiltInVoice(self.additions.repertoire)

    def warm_up(self) -> None:
        """Load what the first answer needs, so that nobody waits for it then."""
        self.watch.words("Hello.")
        self.reader.read("Hello.", Context(Situation()))
        _ = self.speaker

    @property
    def takes(self) -> tuple[Take, ...]:
        """Every named take: ours, gentlest first, then those that were added."""
        return (*presets(), *self.additions.takes)

    def take_called(self, name: str) -> Take:
        """The take of this name.

        Raises:
            UnknownNameError: there is none; names the nearest.
        """
        return take_called(name, self.takes)

    def not_what_i_meant(self, said: str) -> None:
        """Words that stopped practice were not meant so: say them again, and it goes on.

        The same words are not asked about again while Edgewise runs; nothing is written down.

        Args:
            said: all that was written there (`PracticeStoppedError.said`).
        """
        self.watch.not_meant(said)

    def begin(
        self,
        situation: Situation,
        take: Take,
        *,
        seed: int | None = None,
        distress_before: int | None = None,
        questions: Sequence[Question] = (),
        own_questions: Sequence[str] = (),
    ) -> Conversation:
        """Begin a rehearsal; the counterpart's first words are its first turn.

        They may bring up what you said in your last rehearsals with them. With a seed they remember nothing, so that
        the same seed and words always bring the same rehearsal.

        Args:
            situation: whom you must talk to, and what about.
            take: the version of them you will meet.
            seed: where chance comes from; drawn unless given.
            distress_before: SUDS now, 0 to 100; what the situation says unless given.
            questions: what you want to know afterwards; what is usual with this kind of conversation unless given.
            own_questions: further questions in your own words, three at most.

        Raises:
            PracticeStoppedError: something in the situation may tell of real danger; nothing was begun.
        """
        self.watch.situation(situation)
        situation = self._styled(situation)
        rehearsal = Rehearsal(
            id=self.new_id(),
            situation=situation,
            take=take,
            seed=self.new_seed() if seed is None else seed,
            started=self.now(),
            distress_before=situation.distress_before if distress_before is None else distress_before,
            remembered=self._remembered(situation) if seed is None else (),
            questions=tuple(questions),
            own_questions=tuple(own_questions),
        )
        self.store.begin(rehearsal)
        conversation = Conversation(self, rehearsal)
        conversation.let_them_answer()
        return conversation

    def resume(self, rehearsal_id: str) -> Conversation:
        """Take up a rehearsal where it stopped. If your last words were still unanswered, they are answered now.

        Raises:
            UnknownNameError: there is no such rehearsal.
            PracticeStoppedError: something in its situation may tell of real danger; it is kept as it was.
        """
        rehearsal = self.store.load(rehearsal_id)
        if not rehearsal.is_over:
            self.watch.situation(rehearsal.situation)
        conversation = Conversation(self, rehearsal)
        if conversation.rehearsal.awaits_their_answer:
            conversation.let_them_answer()
        return conversation

    def rewind(self, rehearsal_id: str, turns: int) -> Conversation:
        """Go back to a moment of a rehearsal and answer differently; the original stays as it is.

        Args:
            rehearsal_id: the rehearsal to go back to.
            turns: how many of its turns to keep; the last of them is theirs, and you answer it.

        Raises:
            UnknownNameError: there is no such rehearsal.
            RewindError: there is nothing to answer at that place.
            PracticeStoppedError: something in its situation may tell of real danger; it is kept as it was.
        """
        rehearsal = self.store.load(rehearsal_id)
        self.watch.situation(rehearsal.situation)
        branch = rehearsal.rewound(turns, id_=self.new_id(), started=self.now())
        self.store.begin(branch)
        return Conversation(self, branch)

    def branches(self, rehearsal_id: str) -> tuple[Listed, ...]:
        """The rehearsals that left this one, newest first."""
        return tuple(
            listed for listed in self.store.listed() if listed.branch and listed.branch.rehearsal == rehearsal_id
        )

    def unfinished(self) -> Listed | None:
        """The newest rehearsal that neither side has ended; None when there is none."""
        return next((listed for listed in self.store.listed() if listed.ending is None), None)

    def rehearsal(self, rehearsal_id: str) -> Rehearsal:
        """A rehearsal as it was written down."""
        return self.store.load(rehearsal_id)

    def listed(self) -> tuple[Listed, ...]:
        """Every rehearsal, newest first."""
        return self.store.listed()

    def reflect(self, rehearsal_id: str, reflection: Reflection) -> Rehearsal:
        """Keep your own words on a rehearsal, before anything is shown.

        Raises:
            PracticeStoppedError: they may tell of real danger; they are not kept.
        """
        for text in (value for value in reflection.model_dump().values() if isinstance(value, str)):
            self.watch.words(text)
        rehearsal = self.store.load(rehearsal_id)
        self.store.reflect(rehearsal.id, reflection)
        return rehearsal.reflected(reflection)

    def debrief(self, rehearsal_id: str) -> Debrief:
        """What the record shows, beside your own words."""
        return Debrief.of(self.store.load(rehearsal_id), self.reader)

    def side_by_side(self, rehearsal_ids: Sequence[str]) -> SideBySide:
        """Several takes of one situation beside each other."""
        return side_by_side([self.debrief(rehearsal_id) for rehearsal_id in rehearsal_ids])

    def export(self, rehearsal_id: str) -> str:
        """A rehearsal as JSON that `import_` reads back equal."""
        return self.store.load(rehearsal_id).model_dump_json(indent=2)

    def import_(self, text: str) -> Rehearsal:
        """Keep an exported rehearsal here; one that is here already, and the same, is left as it is.

        Raises:
            ImportFileError: the text is no exported rehearsal, or another one with its id is here already.
        """
        try:
            rehearsal = Rehearsal.model_validate_json(text)
        except ValidationError as wrong:
            first = wrong.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the file"
            raise ImportFileError(
                f"This is not an exported rehearsal ({where}: {first['msg'].lower()}).",
                kept="Nothing was changed.",
                next_step="Choose a JSON file made by edgewise export.",
            ) from wrong
        if any(listed.id == rehearsal.id for listed in self.store.listed()):
            self._refuse_another(rehearsal)
        else:
            self.store.begin(rehearsal)
        return rehearsal

    def rename(self, rehearsal_id: str, title: str) -> None:
        """Give a rehearsal another title.

        Raises:
            PersonError: the title is longer than a title can be.
        """
        try:
            self.store.load(rehearsal_id).titled(title)
        except ValidationError as wrong:
            raise PersonError(
                "That title is too long.", kept="It is called what it was called.", next_step="Take a shorter one."
            ) from wrong
        self.store.rename(rehearsal_id, title)

    def delete(self, rehearsal_id: str) -> Rehearsal:
        """Remove a rehearsal for good; what was removed is returned, so that it can be named."""
        rehearsal = self.store.load(rehearsal_id)
        self.store.delete(rehearsal.id)
        return rehearsal

    def delete_everything(self) -> None:
        """Remove every rehearsal for good."""
        self.store.delete_everything()

    def _styled(self, situation: Situation) -> Situation:
        added = [name for name, _ in self.additions.styles]
        if unknown := [name for name in situation.person.styles if name not in {*Style, *added}]:
            raise UnknownNameError(
                f"There is no style called “{unknown[0]}”.", next_step=f"The styles are: {', '.join([*Style, *added])}."
            )
        return situation.model_copy(update={"person": self.additions.styled(situation.person)})

    def _remembered(self, situation: Situation) -> tuple[Recollection, ...]:
        names = [
            listed.id
            for listed in self.store.listed()
            if listed.person == situation.person.known_as and listed.turns > 1
        ]
        earlier: list[Rehearsal] = []
        for name in names[:_REMEMBERS]:
            with suppress(OperatorError):  # one that cannot be read is not remembered; it is told of where it is opened
                earlier.append(self.store.load(name))
        with_them = [one for one in earlier if same_person(one.situation, situation)]
        return recollections(with_them, self.reader, self.now().astimezone())

    def _refuse_another(self, rehearsal: Rehearsal) -> None:
        if self.store.load(rehearsal.id) != rehearsal:
            raise ImportFileError(
                f"Another rehearsal called {rehearsal.id} is here already.",
                kept="Neither was changed.",
                next_step=f"Delete the one that is here (edgewise delete {rehearsal.id}) or keep them apart.",
            )


class Conversation:
    """A rehearsal while it goes on. Every turn is on disk before the next one is made."""

    def __init__(self, edgewise: Edgewise, rehearsal: Rehearsal) -> None:
        self._edgewise = edgewise
        self._rehearsal = rehearsal
        self._counterpart = Counterpart.recalled(rehearsal, voice=edgewise.speaker, reader=edgewise.reader)

    @property
    def edgewise(self) -> Edgewise:
        """The Edgewise it goes on in."""
        return self._edgewise

    @property
    def rehearsal(self) -> Rehearsal:
        """What has been written down so far."""
        return self._rehearsal

    def cuts_in(self, text: str) -> bool:
        """Whether they would not let you finish after these words; nothing is said by asking.

        Args:
            text: what you have typed so far of a turn you have not sent.
        """
        return not self._rehearsal.is_over and self._counterpart.cuts_in(tidy(text)[:LONGEST_TURN])

    def say(self, text: str, *, silence_s: float = 0.0, typing_s: float = 0.0, corrections: int = 0) -> CounterpartTurn:
        """Say something, or `...` to stay silent on purpose, and have their answer.

        Args:
            text: your words.
            silence_s: seconds you let pass before the first of them.
            typing_s: seconds from the first key to the last.
            corrections: how often you took something back while typing.

        Raises:
            TurnError: this cannot be taken as a turn; the conversation is where it was.
            RehearsalOverError: the conversation has ended.
            PracticeStoppedError: your words may tell of real danger; they were not said, and are not kept.
        """
        self._edgewise.watch.words(text)
        yours = heard(text, silence_s=silence_s, typing_s=typing_s, corrections=corrections)
        after = self._rehearsal.with_turn(yours)
        self._edgewise.store.append(self._rehearsal.id, len(self._rehearsal.turns), yours)
        self._rehearsal = after
        self._counterpart.live_through(yours)
        return self.let_them_answer()

    def let_them_answer(self) -> CounterpartTurn:
        """Their next turn: the greeting if nothing has been said, else their answer to your last words."""
        turn = self._counterpart.answer()
        self._keep(turn)
        return turn

    def end(self) -> CounterpartTurn | None:
        """End the conversation yourself and have their last words; None when it was already over."""
        if self._rehearsal.is_over:
            return None
        turn = self._counterpart.take_leave()
        self._keep(turn)
        self._edgewise.store.end(self._rehearsal.id, Ending.YOU_ENDED)
        self._rehearsal = self._rehearsal.ended()
        return turn

    def _keep(self, turn: CounterpartTurn) -> None:
        after = self._rehearsal.with_turn(turn)
        self._edgewise.store.append(self._rehearsal.id, len(self._rehearsal.turns), turn)
        self._rehearsal = after
        if after.ending is not None:
            self._edgewise.store.end(after.id, after.ending)
