"""The simulated person: perceive → appraise → decide → speak."""

from __future__ import annotations

import math
from copy import copy
from typing import Self

from edgewise.counterpart.ahead import read_ahead
from edgewise.counterpart.appraise import Appraisal, appraise
from edgewise.counterpart.decide import Chance, Decision, due_curveball, is_finished, ranked_moves, straight_to
from edgewise.counterpart.decide.curveballs import AS_MOVE
from edgewise.counterpart.mind import Mind
from edgewise.counterpart.perceive import ESCALATING, QUESTIONS, Act, LearnedReader, Reader, Reading
from edgewise.counterpart.speak import BuiltInVoice, Cue, Ear, Spoken, Voice, Weighs
from edgewise.rehearsal import CounterpartTurn, EmotionalState, Reason, Recollection, Rehearsal, YourTurn
from edgewise.situation import Situation
from edgewise.take import DOOR_MOVES, Curveball, Mood, Move, Take

# Moves that are weighed against each other by what could be said; and how much less each next one counts.
_COME_TO_MIND, _LESS_LIKELY, _HARDLY = 4, 0.9, 0.05
# What is sharp comes to mind sooner than it fits: one reply in seven to nothing hostile is hostile all the same
# (WikiTactics, De Kock and Vlachos 2022).
_SHARP, _SHARP_MOVES = 1.2, frozenset({Move.COUNTER_ATTACK, Move.SARCASM})
_NOT_A_MATTER_OF_WORDS = DOOR_MOVES | {Move.GO_SILENT, Move.CUT_OFF, Move.WALK_OUT, Move.CLOSE, Move.CHANGE_SUBJECT}
_NOT_TO_BE_INTERRUPTED = QUESTIONS | ESCALATING | {Act.APOLOGY, Act.SILENCE}


class Counterpart:
    """The person you are rehearsing with, in one take.

    Given the same situation, take, seed and words of yours, it does and says the same.

    Args:
        situation: who they are, and what you came to say.
        take: how they respond this time.
        seed: where chance comes from.
        remembered: what you said in earlier rehearsals that they may bring up.
        voice: who puts moves into words; the built-in voice unless given.
        reader: who reads your turns; the learned reader unless given.
    """

    def __init__(
        self,
        situation: Situation,
        take: Take,
        seed: int,
        *,
        remembered: tuple[Recollection, ...] = (),
        voice: Voice | None = None,
        reader: Reader | None = None,
    ) -> None:
        self._seed = seed
        self._voice = voice or BuiltInVoice()
        self._reader = reader or LearnedReader()
        self._mind = Mind.before_the_first_word(situation, take, remembered)
        self._heard: tuple[Reading, Appraisal] | None = None
        self._aloud = True
        self._ear: Ear | None = None

    @classmethod
    def recalled(cls, rehearsal: Rehearsal, *, voice: Voice | None = None, reader: Reader | None = None) -> Self:
        """The counterpart as the record left them, ready to go on."""
        counterpart = cls(
            rehearsal.situation,
            rehearsal.take,
            rehearsal.seed,
            remembered=rehearsal.remembered,
            voice=voice,
            reader=reader,
        )
        read_ahead(counterpart._reader, rehearsal.turns)
        for turn in rehearsal.turns:
            counterpart.live_through(turn)
        return counterpart

    @property
    def mind(self) -> Mind:
        """What they carry from turn to turn; hidden from you until the take is revealed."""
        return self._mind

    def heard_by(self, ear: Ear | None) -> None:
        """From now on this is who listens while they speak; nobody with None."""
        self._ear = ear

    def live_through(self, turn: YourTurn | CounterpartTurn) -> None:
        """Take in a turn that is already written down."""
        if isinstance(turn, YourTurn):
            self._hear(turn)
        else:
            self._mind, self._heard = self._mind.having_done(turn), None

    def greet(self) -> CounterpartTurn:
        """Their first words, before you have said why you came; some versions of them say it for you."""
        if self._mind.take.takes_your_opening and (knowing := self._say_it_first()):
            return knowing
        return self._do(Reading(""), Appraisal(self._mind.state, ()), [Move.GREET, Move.PRESS])

    def answer(self, turn: YourTurn | None = None) -> CounterpartTurn:
        """What they do about a turn of yours; without one, about the last turn they lived through."""
        if turn is not None:
            self._hear(turn)
        if self._heard is None:
            return self.greet()
        reading, appraisal = self._heard
        if is_finished(self._mind):
            return self._do(reading, appraisal, [Move.CLOSE])
        if surprise := self._surprise(reading, appraisal.state):
            return surprise
        ranked = ranked_moves(Decision(self._mind, appraisal.state, reading), self._chance)
        first = straight_to(self._mind, reading, self._seed)
        moves = [first, *ranked] if first else self._readiest_first(ranked, reading, appraisal.state.mood)
        return self._do(reading, appraisal, moves)

    def _readiest_first(self, moves: list[Move], reading: Reading, mood: Mood) -> list[Move]:
        """Of the moves that came up first, the one for which they have the best answer goes before the others.

        People do not choose what to do and then look for words: the retort that comes to mind is what they do.
        """
        settled = moves[0] in _NOT_A_MATTER_OF_WORDS or self._mind.door.agreed
        if settled or not isinstance(self._voice, Weighs):
            return moves
        leanings = self._mind.take.leanings
        some = [move for move in moves[:_COME_TO_MIND] if move not in _NOT_A_MATTER_OF_WORDS]
        fits = self._voice.fits([self._cue(reading, self._mood_for(move, mood), move) for move in some])
        ready = [
            fit + math.log(max(leanings.get(move, 1.0), _HARDLY)) + _SHARP * (move in _SHARP_MOVES) - _LESS_LIKELY * at
            for at, (fit, move) in enumerate(zip(fits, some, strict=True))
        ]
        best = max(range(len(some)), key=ready.__getitem__)
        return [some[best], *moves]

    def cuts_in(self, text: str) -> bool:
        """Whether they would not let you go on after these words of a turn you are still in; they stay as they are."""
        listening = copy(self)  # all they carry is replaced, never changed
        listening._aloud = False  # noqa: SLF001 - one of our own
        return listening.answer(YourTurn(text=text)).move is Move.CUT_OFF

    def take_leave(self) -> CounterpartTurn:
        """Their last words, when you end the conversation."""
        reading, appraisal = self._heard or (Reading(""), Appraisal(self._mind.state, ()))
        return self._do(reading, appraisal, [Move.CLOSE])

    def _hear(self, turn: YourTurn) -> None:
        reading = self._reader.read(turn.text, self._mind.context)
        self._heard = reading, appraise(self._mind.state, reading, self._mind.hearing)
        self._mind = self._mind.having_heard(turn, reading)

    def _say_it_first(self) -> CounterpartTurn | None:
        appraisal = Appraisal(self._mind.state, ())
        cue = self._cue(Reading(""), appraisal.state.mood, Move.GREET, Curveball.KNOWS_ALREADY)
        spoken = self._voice.speak(cue)
        return spoken and self._done(spoken, cue.move, cue.mood, appraisal, Curveball.KNOWS_ALREADY)

    def _do(self, reading: Reading, appraisal: Appraisal, moves: list[Move]) -> CounterpartTurn:
        mood = self._mood_for(moves[0], appraisal.state.mood)
        for move in moves:
            if spoken := self._voice.speak(self._cue(reading, self._mood_for(move, mood), move)):
                return self._done(spoken, move, mood, appraisal)
        # Everything they had to say has been said: silence is the one thing that can be repeated.
        return self._done(Spoken(""), Move.GO_SILENT, mood, appraisal)

    def _done(
        self, spoken: Spoken, move: Move, mood: Mood, appraisal: Appraisal, curveball: Curveball | None = None
    ) -> CounterpartTurn:
        turn = CounterpartTurn(
            text=spoken.text,
            gesture=spoken.gesture,
            move=move,
            mood=mood,
            state=appraisal.state,
            reasons=appraisal.reasons,
            silence_s=self._pause(move, mood),
            line=spoken.line,
            curveball=curveball,
            leaves=move is Move.WALK_OUT or (move is Move.CLOSE and is_finished(self._mind)),
            voiced=spoken.voiced,
        )
        self.live_through(turn)
        return turn

    def _surprise(self, reading: Reading, state: EmotionalState) -> CounterpartTurn | None:
        mind = self._mind
        if not _NOT_TO_BE_INTERRUPTED.isdisjoint(reading.done) or mind.door.open:
            return None
        kind = due_curveball(mind.situation, mind.take, self._seed, len(mind.moves), mind.curveballs)
        if kind is None:
            return None
        cue = self._cue(reading, state.mood, AS_MOVE[kind], kind)
        spoken = self._voice.speak(cue)
        if spoken is None or self._heard is None:
            return None
        return self._done(spoken, cue.move, state.mood, _shaken(self._heard[1], kind), kind)

    def _cue(self, reading: Reading, mood: Mood, move: Move, curveball: Curveball | None = None) -> Cue:
        return Cue(
            self._mind,
            reading,
            mood,
            move,
            self._chance,
            curveball,
            self._aloud,
            silence_s=self._pause(move, mood),
            ear=self._ear,
        )

    @property
    def _chance(self) -> Chance:
        return Chance(self._seed, len(self._mind.moves))

    def _mood_for(self, move: Move, mood: Mood) -> Mood:
        """The mood a move is made in.

        Giving way is spoken softly whatever came before: nobody says a true yes in a temper. And nobody takes leave as
        if something had been granted when nothing was.
        """
        if move in DOOR_MOVES and mood in {Mood.GUARDED, Mood.ANGRY}:
            return Mood.OPEN
        if move is Move.CLOSE and mood is Mood.OPEN and not self._mind.door.granted:
            return Mood.EVEN
        return mood

    def _pause(self, move: Move, mood: Mood) -> float:
        if move is Move.GO_SILENT:
            longest = 5.0 + 9.0 * self._mind.take.dials.silence
            return self._chance.between(4.0, longest, "silence")
        if move is Move.CUT_OFF:
            return 0.0
        slow = {Mood.HURT: 1.5, Mood.WEARY: 1.0, Mood.OPEN: 0.8}.get(mood, 0.0)
        return self._chance.between(0.3, 1.4 + slow, "pause")


def _shaken(appraisal: Appraisal, kind: Curveball) -> Appraisal:
    """What a surprise does to them: tears are felt for longer than the turn they come in."""
    if kind is not Curveball.TEARS:
        return appraisal
    gave_way = Reason(why="Something in them gave way. It was not only about what you had just said.", effect=_TEARS)
    return Appraisal(appraisal.state.moved(_TEARS), (*appraisal.reasons, gave_way))


_TEARS = {"hurt": 0.5, "anger": -0.3, "defensiveness": -0.2}
