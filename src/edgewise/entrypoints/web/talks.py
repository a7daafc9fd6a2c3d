"""The conversations going on: kept in memory while they are, on disk always."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TypedDict

from cachetools import LRUCache

from edgewise.app import Conversation, Edgewise
from edgewise.counterpart import Ear
from edgewise.errors import ElsewhereError
from edgewise.rehearsal import CounterpartTurn

#: Conversations held ready at once. One that is not is taken up again from the disk, which takes a moment longer.
_HELD = 500


class Pace(TypedDict, total=False):
    """How a turn came: seconds before its first key, seconds typing, and how often something was taken back."""

    silence_s: float
    typing_s: float
    corrections: int


@dataclass
class _Talk:
    lock: Lock = field(default_factory=Lock)
    conversation: Conversation | None = None


class Talks:
    """Lets each conversation take one turn at a time, from however many windows it is held."""

    def __init__(self, edgewise: Edgewise) -> None:
        self._edgewise = edgewise
        self._talks: LRUCache[str, _Talk] = LRUCache(maxsize=_HELD)
        self._lock = Lock()

    def keep(self, conversation: Conversation) -> str:
        """Hold a conversation that was just begun; gives back its id."""
        rehearsal_id = conversation.rehearsal.id
        with self._lock:
            self._talks[rehearsal_id] = _Talk(conversation=conversation)
        return rehearsal_id

    def forget(self, rehearsal_id: str) -> None:
        """Let go of one, because it was deleted."""
        with self._lock:
            self._talks.pop(rehearsal_id, None)

    def forget_all(self) -> None:
        """Let go of all of them."""
        with self._lock:
            self._talks.clear()

    def cuts_in(self, rehearsal_id: str, text: str, *, seen: int) -> bool:
        """Whether they would not let you finish after these words; nothing is said by asking."""
        with self._taken_up(rehearsal_id, seen) as conversation:
            return conversation.cuts_in(text)

    def say(
        self, rehearsal_id: str, text: str, *, seen: int, pace: Pace | None = None, ear: Ear | None = None
    ) -> CounterpartTurn:
        """Say something, having seen so many turns, and have their answer.

        Raises:
            TurnError: this cannot be taken as a turn.
            ElsewhereError: another window has gone on; nothing was said.
            RehearsalOverError: the conversation has ended.
        """
        with self._taken_up(rehearsal_id, seen) as conversation:
            return conversation.say(text, ear=ear, **(pace or {}))

    def end(self, rehearsal_id: str) -> CounterpartTurn | None:
        """End it, and have their last words; None when it was over."""
        with self._taken_up(rehearsal_id) as conversation:
            return conversation.end()

    def open(self, rehearsal_id: str) -> Conversation:
        """The conversation as it stands; if your last words were unanswered, they are answered now."""
        with self._taken_up(rehearsal_id) as conversation:
            return conversation

    @contextmanager
    def _taken_up(self, rehearsal_id: str, seen: int | None = None) -> Generator[Conversation]:
        talk = self._talk(rehearsal_id)
        with talk.lock:
            if talk.conversation is None or self._went_on(talk.conversation, rehearsal_id):
                talk.conversation = self._edgewise.resume(rehearsal_id)
            conversation = talk.conversation
            if seen is not None and seen != len(conversation.rehearsal.turns):
                raise ElsewhereError(
                    "This conversation has gone on in another window.",
                    kept="Nothing of it is lost, and what you were typing is still here.",
                    next_step="Read what was said there, then send yours again if you still want to.",
                )
            try:
                yield conversation
            except ElsewhereError:
                talk.conversation = None
                raise

    def _went_on(self, conversation: Conversation, rehearsal_id: str) -> bool:
        """Whether somebody else, a terminal say, has written to it since."""
        kept, held = self._edgewise.store.look(rehearsal_id), conversation.rehearsal
        return (kept.turns, kept.ending) != (len(held.turns), held.ending)

    def _talk(self, rehearsal_id: str) -> _Talk:
        with self._lock:
            if rehearsal_id not in self._talks:
                self._talks[rehearsal_id] = _Talk()
            return self._talks[rehearsal_id]
