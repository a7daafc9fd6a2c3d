"""One line while it comes: sentences go out as soon as they may be heard, and never take anything back."""

from __future__ import annotations

import re
from collections.abc import Callable

from edgewise.counterpart.speak.actor import Prompt
from edgewise.counterpart.speak.guard import LONGEST_SENTENCE, MOST_SENTENCES, Guard, ended_in
from edgewise.person import word_count

_A_SENTENCE = 3  # words; fewer without a full stop are the beginning of something
_QUOTES = '"“”«»'
#: Something seen, not said, which models like to put first.
_SEEN = re.compile(r"^\s*(?:\([^)]{0,80}\)|\*[^*]{0,80}\*)\s*")


class Line:
    """What a model says in one turn.

    Sentences are held back until together they make the move; a “No.” waits for what follows it. So whatever has been
    shown makes the move by itself, and may stand should the rest never come.

    Args:
        guard_for: who judges the sentences of a try.
        hear: where a sentence goes that may be heard.
    """

    def __init__(self, guard_for: Callable[[Prompt], Guard], hear: Callable[[str], None]) -> None:
        self._guard_for = guard_for
        self._hear = hear
        self._guard: Guard | None = None
        self._coming = ""
        self._held: list[str] = []
        self.shown: list[str] = []
        self.refused = ""
        self.closed = False

    @property
    def text(self) -> str:
        """What was shown of it."""
        return " ".join(self.shown)

    def begin_again(self, prompt: Prompt) -> None:
        """Wait for the first words of a try."""
        self._guard = self._guard_for(prompt)
        self._coming, self._held, self.refused, self.closed = "", [], "", False

    def take(self, piece: str) -> None:
        """The next piece of it, however it was cut."""
        self._coming += piece
        ended, self._coming = ended_in(self._began(self._coming))
        for sentence in ended:
            self._judge(sentence)
        if word_count(self._coming) > LONGEST_SENTENCE:
            self._judge(self._coming)  # and refused: some never come to an end

    def end(self, *, cut_short: bool) -> None:
        """Nothing more comes. What is no whole sentence by then is let go, unless it is all there is."""
        rest = self._coming.strip()
        whole = rest.rstrip(_QUOTES).endswith((".", "!", "?", "…"))
        all_there_is = not (cut_short or self.shown or self._held) and word_count(rest) >= _A_SENTENCE
        if whole or all_there_is:
            self._judge(rest)
        if not self.refused:
            self._release()
        if not self.shown and not self.refused:
            self.refused = "you did not do what you were to do" if self._held else "there were no words in it"

    def _began(self, coming: str) -> str:
        """Without a name in front, as in a play, and without something seen."""
        if self.shown or self._held or self._guard is None:
            return coming
        name = self._guard.cue.mind.situation.person.known_as
        return _SEEN.sub("", coming).lstrip().removeprefix(f"{name}:").lstrip()

    def _judge(self, sentence: str) -> None:
        if self.closed or self._guard is None:
            return
        sentence = sentence.strip().strip(_QUOTES).strip()
        before = [*self.shown, *self._held]
        if refused := self._guard.refuses(sentence, before):
            self.closed = True
            self.refused = "" if self.shown else refused
            return
        self._held.append(sentence)
        if word_count(" ".join([*self.shown, *self._held])) >= _A_SENTENCE:
            self._release()
        self.closed = len(self.shown) + len(self._held) >= MOST_SENTENCES

    def _release(self) -> None:
        """Let what was held back be heard, once it makes the move."""
        if self._guard is None or not self._guard.makes_the_move([*self.shown, *self._held]):
            return
        for one in self._held:
            self.shown.append(one)
            self._hear(one)
        self._held = []
