"""What a person can do with Edgewise, one method each: pages, terminal and library all come through here."""

from __future__ import annotations

import math
import secrets
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from cachetools import LRUCache
from pydantic import ValidationError

from edgewise._version import __version__
from edgewise.counterpart import (
    BuiltInVoice,
    Counterpart,
    Ear,
    LearnedReader,
    Reader,
    Voice,
    recollections,
    same_person,
)
from edgewise.counterpart.additions import Additions
from edgewise.counterpart.perceive import Context
from edgewise.danger import Watch
from edgewise.debrief import Debrief
from edgewise.errors import (
    ImportFileError,
    ModelError,
    NotAgreedError,
    OperatorError,
    PersonError,
    UnknownNameError,
)
from edgewise.language import PATIENCE_S, LanguageVoice
from edgewise.language.coach import Noticed, noticed_in, said_back
from edgewise.person import Style, tidy
from edgewise.ports import Listed, Store
from edgewise.ports.language_model import LanguageModel
from edgewise.progress import (
    COUNTED,
    Card,
    Edge,
    FearedOverAll,
    Ladder,
    Progress,
    RealOne,
    RunRecord,
    SideBySide,
    WayOn,
    card_of,
    conversation_key,
    drill_take,
    feared_over_all,
    how_it_was,
    progress_of,
    receptive,
    record_of,
    runs_on_that_day,
    side_by_side,
    without_your_opening,
    written_in_it,
)
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
from edgewise.take import Move, Take, presets, take_called

# A record is made anew by an Edgewise that may read otherwise, or writes more into it.
_MADE_BY = f"{__version__}/how it was"
#: How many rehearsals back a person remembers.
_REMEMBERS = 3


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return secrets.token_hex(4)


def _new_seed() -> int:
    return secrets.randbelow(2**31)


def _lately() -> LRUCache[tuple[str, str], tuple[Noticed, ...]]:
    return LRUCache(maxsize=50)


@dataclass
class Edgewise:
    """Edgewise, wired to one place where rehearsals are kept.

    Attributes:
        store: where rehearsals are kept.
        voice: who puts the counterpart's moves into words; the built-in voice unless given.
        reader: who reads your turns.
        language_model: the model that was chosen to speak, if one is; the built-in voice speaks where it cannot.
        patience_s: seconds until somebody sees a model's first words; after that the built-in voice speaks.
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
    _noticed: LRUCache[tuple[str, str], tuple[Noticed, ...]] = field(init=False, repr=False, default_factory=_lately)
    language_model: Callable[[], LanguageModel | None] | None = None
    patience_s: float = PATIENCE_S

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
        voice = self.voice or BuiltInVoice(self.additions.repertoire)
        if self.language_model is None:
            return voice
        return LanguageVoice(voice, self.language_model, self.reader, patience_s=self.patience_s)

    def warm_up(self) -> None:
        """Load what the first answer needs, so that nobody waits for it then."""
        self.watch.words("Hello.")
        self.reader.read("Hello.", Context(Situation()))
        if isinstance(self.speaker, LanguageVoice):
            self.speaker.warm_up()

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
        rehearsal = rehearsal.reflected(reflection)
        if rehearsal.is_over:
            self._record(rehearsal)  # now, while its turns are fresh: later it would be waited for
        return rehearsal

    def debrief(self, rehearsal_id: str) -> Debrief:
        """What the record shows, beside your own words."""
        return Debrief.of(self.store.load(rehearsal_id), self.reader)

    def noticed(self, rehearsal_id: str) -> tuple[Noticed, ...]:
        """What the chosen model noticed in a rehearsal that is over; nothing when no model is chosen.

        Only what rests on words that were said is kept. The same rehearsal is asked about once.

        Raises:
            ModelError: the model could not be asked, or what it said cannot be read.
        """
        rehearsal = self.store.load(rehearsal_id)
        model = self.language_model() if self.language_model is not None else None
        if model is None or not rehearsal.is_over:
            return ()
        asked = model.card.name, rehearsal.id
        if asked not in self._noticed:
            self._noticed[asked] = noticed_in(rehearsal, model)
        return self._noticed[asked]

    @property
    def has_model(self) -> bool:
        """Whether a language model was chosen, and can be had now."""
        try:
            return self.language_model is not None and self.language_model() is not None
        except (ModelError, NotAgreedError):
            return False

    def might_say_back(self, situation: Situation) -> tuple[str, ...]:
        """What they might say back, as the chosen model has it; nothing when no model is chosen.

        Raises:
            ModelError: the model could not be asked, or what it said cannot be read.
        """
        model = self.language_model() if self.language_model is not None else None
        return () if model is None else said_back(situation, model)

    def side_by_side(self, rehearsal_ids: Sequence[str]) -> SideBySide:
        """Several takes of one situation beside each other."""
        return side_by_side([self.debrief(rehearsal_id) for rehearsal_id in rehearsal_ids])

    def progress(self, rehearsal_id: str, *, patience_s: float = math.inf) -> Progress:
        """What has accumulated over the runs of the conversation that this rehearsal is a run of.

        Args:
            rehearsal_id: any run of it.
            patience_s: seconds to go on reading runs that were not read yet, newest first; the rest is read when it is
                asked for again. They are few: a run is read when your own words on it are kept.
        """
        this = self.store.load(rehearsal_id).situation
        listed = self.store.listed()
        runs = [one for one in listed if (one.heading, one.person) == (this.heading, this.person.known_as)]
        newest = self.store.load(runs[0].id)
        over = [one.id for one in runs if one.ending is not None][:COUNTED]
        records = self._records(over, patience_s)
        return progress_of(
            newest.id,
            newest.situation,
            records,
            self.store.ladder(conversation_key(this.heading, this.person.known_as)),
            runs_today=runs_on_that_day((one.started for one in listed), self.now().astimezone()),
            unread=len(over) - len(records),
        )

    def real_one(self, rehearsal_id: str) -> RealOne:
        """What is known of the real conversation that this rehearsal is for."""
        return self.store.real_ones().get(self.conversation_of(rehearsal_id), RealOne())

    def keep_real_one(self, rehearsal_id: str, real: RealOne) -> None:
        """Keep what is known of the real conversation that this rehearsal is for.

        Raises:
            PracticeStoppedError: your words may tell of real danger; nothing of it is kept.
        """
        for text in written_in_it(real):
            self.watch.words(text)
        self.store.keep_real_one(self.conversation_of(rehearsal_id), real)

    def card(self, rehearsal_id: str, told: Callable[[Edge], str]) -> Card:
        """One page to take along to the real conversation.

        Args:
            rehearsal_id: any run of it.
            told: how an edge is put into words.
        """
        progress = self.progress(rehearsal_id)
        situation = self.store.load(progress.newest).situation
        return card_of(situation, progress.edges, self.real_one(rehearsal_id), map(told, progress.edges.edges))

    def feared_over_all(self) -> FearedOverAll:
        """How many of the real conversations you told of went better than you had feared."""
        return feared_over_all(list(self.store.real_ones().values()))

    def to_be_told(self) -> tuple[Listed, ...]:
        """The newest run of each conversation whose day has come and gone, and of which you have not told yet."""
        now = self.now().astimezone()
        waiting = {name for name, real in self.store.real_ones().items() if real.asks_how_it_went(now)}
        found = dict[str, Listed]()
        for one in self.store.listed() if waiting else ():
            name = conversation_key(one.heading, one.person)
            if name in waiting:
                found.setdefault(name, one)
        return tuple(found.values())

    def conversation_of(self, rehearsal_id: str) -> str:
        """Under which name what belongs to its whole conversation is kept; it gives no word of it away."""
        situation = self.store.load(rehearsal_id).situation
        return conversation_key(situation.heading, situation.person.known_as)

    def drill(self, rehearsal_id: str, move: Move, times: int = 4) -> Conversation:
        """Begin a short rehearsal of one move, in the conversation that this rehearsal is a run of."""
        return self.begin(self.store.load(rehearsal_id).situation, drill_take(move, times))

    def go_on(self, rehearsal_id: str, way: WayOn) -> Conversation | None:
        """Begin what helps where your words have set; None when that is to stop."""
        situation = self.store.load(rehearsal_id).situation
        if way is WayOn.STOP:
            return None
        return self.begin(
            situation, without_your_opening() if way is WayOn.SCRIPT_DOWN else self.take_called("surprise")
        )

    def climb(self, rehearsal_id: str, rung_id: str) -> Conversation | None:
        """Begin what a rung of the ladder is; None for a step in life, which is kept as done."""
        progress = self.progress(rehearsal_id)
        rung = progress.ladder.rung(rung_id)
        conversation = None
        if not rung.is_in_life:
            take = drill_take(rung.move) if rung.move else self._take_of(rung.take)
            conversation = self.begin(self.store.load(progress.newest).situation, take)
        run = conversation.rehearsal.id if conversation else None
        self.keep_ladder(rehearsal_id, progress.ladder.climbed(rung.id, self.now(), run))
        return conversation

    def keep_ladder(self, rehearsal_id: str, ladder: Ladder) -> None:
        """Keep the ladder of the conversation that this rehearsal is a run of."""
        self.store.keep_ladder(self.conversation_of(rehearsal_id), ladder)

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
        self._noticed.clear()
        self.store.delete(rehearsal.id)
        return rehearsal

    def delete_everything(self) -> None:
        """Remove every rehearsal for good."""
        self._noticed.clear()
        self.store.delete_everything()

    def _records(self, rehearsal_ids: Sequence[str], patience_s: float) -> list[RunRecord]:
        """What these runs show; what was not read yet, or by another Edgewise, is read now and kept."""
        until = time.monotonic() + patience_s
        kept = self.store.records(rehearsal_ids, made_by=_MADE_BY)
        for rehearsal_id in rehearsal_ids:
            if rehearsal_id not in kept and time.monotonic() < until:
                with suppress(OperatorError):  # one that cannot be read is left out; it is told of where it is opened
                    kept[rehearsal_id] = self._record(self.store.load(rehearsal_id))
        return [kept[name] for name in rehearsal_ids if name in kept]

    def _record(self, rehearsal: Rehearsal) -> RunRecord:
        """Made once; an answer that comes later changes only what you told, and no turn is read again."""
        kept = self.store.records([rehearsal.id], made_by=_MADE_BY).get(rehearsal.id)
        told = {"how": how_it_was(rehearsal)}
        record = record_of(rehearsal, self.reader) if kept is None else kept.model_copy(update=told)
        self.store.keep_record(record, made_by=_MADE_BY)
        return record

    def _take_of(self, name: str) -> Take:
        return receptive() if name == receptive().name else self.take_called(name)

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

    def say(
        self,
        text: str,
        *,
        silence_s: float = 0.0,
        typing_s: float = 0.0,
        corrections: int = 0,
        ear: Ear | None = None,
    ) -> CounterpartTurn:
        """Say something, or `...` to stay silent on purpose, and have their answer.

        Args:
            text: your words.
            silence_s: seconds you let pass before the first of them.
            typing_s: seconds from the first key to the last.
            corrections: how often you took something back while typing.
            ear: who hears a model's words as they come; the whole turn is returned in any case.

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
        return self.let_them_answer(ear)

    def let_them_answer(self, ear: Ear | None = None) -> CounterpartTurn:
        """Their next turn: the greeting if nothing has been said, else their answer to your last words."""
        with self._heard_by(ear):
            turn = self._counterpart.answer()
        self._keep(turn)
        return turn

    def end(self, ear: Ear | None = None) -> CounterpartTurn | None:
        """End the conversation yourself and have their last words; None when it was already over."""
        if self._rehearsal.is_over:
            return None
        with self._heard_by(ear):
            turn = self._counterpart.take_leave()
        self._keep(turn)
        self._edgewise.store.end(self._rehearsal.id, Ending.YOU_ENDED)
        self._rehearsal = self._rehearsal.ended()
        return turn

    @contextmanager
    def _heard_by(self, ear: Ear | None) -> Generator[None]:
        self._counterpart.heard_by(ear)
        try:
            yield
        finally:
            self._counterpart.heard_by(None)

    def _keep(self, turn: CounterpartTurn) -> None:
        after = self._rehearsal.with_turn(turn)
        self._edgewise.store.append(self._rehearsal.id, len(self._rehearsal.turns), turn)
        self._rehearsal = after
        if after.ending is not None:
            self._edgewise.store.end(after.id, after.ending)
