"""The conversation itself, at the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from edgewise.app import Conversation
from edgewise.entrypoints.cli.coming import Listening
from edgewise.entrypoints.cli.listening import Listener, Said
from edgewise.entrypoints.cli.pages import show_transcript, show_turn
from edgewise.entrypoints.cli.screen import Screen
from edgewise.entrypoints.cli.stopping import unless_stopped
from edgewise.entrypoints.words import conversation_kept, in_the_middle
from edgewise.errors import EdgewiseError, OperatorError, TurnError, TurnTooLongError
from edgewise.rehearsal import CounterpartTurn
from edgewise.take import Move

_HELP = (
    "Type what you would say, and press Enter.",
    "...      say nothing, on purpose",
    "/end     end the conversation and hear back",
    "/pause   stop here and go on later",
)
_SHOWN_AGAIN = 4  # turns, when a conversation is taken up again


@dataclass
class Stage:
    """Where you and they talk.

    Args:
        conversation: what is going on; every turn is on disk before the next is made.
    """

    conversation: Conversation
    screen: Screen
    listener: Listener
    _their_silence_s: float = 0.0
    _draft: str = ""
    _let_one_pass: bool = False

    def open(self) -> None:
        """Set the scene and let them begin."""
        rehearsal = self.conversation.rehearsal
        self.screen.heading(f"You and {in_the_middle(self._them)}  ·  {rehearsal.take.name}")
        if rehearsal.situation.setting:
            self.screen.say(rehearsal.situation.setting)
        self.screen.quietly(
            "Your words stay on this machine. ... says nothing, /end ends it, /pause keeps it for later, /help."
        )
        self.screen.say()
        self._see(rehearsal.turns[-1])

    def take_up(self, turns_before: int) -> None:
        """Show where you were, and what they have said since."""
        rehearsal = self.conversation.rehearsal
        self.screen.heading(f"You and {in_the_middle(self._them)}  ·  {rehearsal.take.name}  ·  where you stopped")
        self.screen.say()
        answered = len(rehearsal.turns) > turns_before
        kept = rehearsal.turns[:turns_before] if answered else rehearsal.turns[:-1]
        hurried = Screen()
        show_transcript(hurried, rehearsal.model_copy(update={"turns": kept}), since=max(0, len(kept) - _SHOWN_AGAIN))
        self._see(rehearsal.turns[-1])

    def play(self) -> bool:
        """Talk until somebody ends it (true), or you stop for now (false)."""
        while not self.conversation.rehearsal.is_over:
            try:
                said = self.listener.turn("You: ", their_silence_s=self._patience(), draft=self._draft)
            except EOFError:
                return False
            if said.text.strip().lower() == "/pause":
                return False
            self._do(said)
        return True

    @property
    def _them(self) -> str:
        return self.conversation.rehearsal.situation.person.known_as

    def _patience(self) -> float:
        """How long their silence lasts. It ends by itself once; after that, somebody has to be there."""
        return 0.0 if self._let_one_pass else self._their_silence_s

    def _do(self, said: Said) -> None:
        self._draft = ""
        command = said.text.strip().lower()
        if command == "/end":
            self._end()
        elif command.startswith("/") and " " not in command:
            for line in _HELP:
                self.screen.quietly(f"  {line}")
        else:
            self._speak(said)

    def _speak(self, said: Said) -> None:
        self._let_one_pass = said.by_itself
        if said.by_itself:
            self.screen.quietly("(You say nothing either.)")
        self.screen.say()
        turns = len(self.conversation.rehearsal.turns)
        try:
            listening = Listening(self.screen, self._them)
            self._see(self._answer_to(said, listening), listening)
        except TurnError as refused:
            self._refuse(refused, draft=said.text if isinstance(refused, TurnTooLongError) else "")
        except OperatorError as refused:
            # When the disk would not take your words they are still here, to be sent again.
            if len(self.conversation.rehearsal.turns) > turns or not self.listener.gives_drafts:
                raise
            self._refuse(refused, draft=said.text)

    def _answer_to(self, said: Said, ear: Listening) -> CounterpartTurn:
        def say() -> CounterpartTurn:
            return self.conversation.say(said.text, silence_s=said.silence_s, typing_s=said.typing_s, ear=ear)

        kept = partial(conversation_kept, self.conversation.rehearsal)
        return unless_stopped(say, self.conversation.edgewise, self.screen, self.listener, kept)

    def _refuse(self, refused: EdgewiseError, *, draft: str) -> None:
        for part in (refused.happened, refused.next_step):
            self.screen.quietly(part)
        self._draft = draft

    def _end(self) -> None:
        self.screen.say()
        listening = Listening(self.screen, self._them)
        last_words = self.conversation.end(ear=listening)
        if last_words is not None:
            self._see(last_words, listening)

    def _see(self, turn: object, listening: Listening | None = None) -> None:
        if isinstance(turn, CounterpartTurn):
            if listening is not None and listening.heard:
                listening.end(turn)
            else:
                show_turn(self.screen, self._them, turn)
            if told := self.conversation.rehearsal.told_of_the_voice:
                self.screen.quietly(told)
                self.screen.say()
            self._their_silence_s = turn.silence_s if turn.move is Move.GO_SILENT else 0.0
