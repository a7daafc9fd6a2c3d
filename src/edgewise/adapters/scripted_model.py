"""A language model that says what it was told to, and fails in whatever way is asked of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from edgewise.errors import (
    ModelBusy,
    ModelCutOff,
    ModelError,
    ModelMissing,
    ModelRefusedKey,
    ModelSaidNothing,
    ModelUnreachable,
)
from edgewise.ports.language_model import ModelCard, Said

_CARD = ModelCard("scripted", "scripted", None, leaves_machine=False, context=8192)
_KEPT = "Every turn up to here is kept."
#: What it can do instead of answering well.
FAULTS = (
    "down",
    "slow",
    "cut off",
    "wrong key",
    "busy",
    "missing",
    "empty",
    "endless",
    "another language",
    "not UTF-8",
    "repeats",
    "breaks",
)
_RAISED: dict[str, ModelError] = {
    "down": ModelUnreachable("Nothing answers at localhost:11434.", kept=_KEPT, next_step="Start it."),
    "wrong key": ModelRefusedKey("The host does not accept the key.", kept=_KEPT, next_step="Set a valid key."),
    "busy": ModelBusy("The host takes no more requests.", kept=_KEPT, next_step="Wait a moment.", retry_after_s=7.0),
    "missing": ModelMissing("There is no model called scripted.", kept=_KEPT, next_step="Fetch it, or choose another."),
    "empty": ModelSaidNothing("scripted answered without a word.", kept=_KEPT, next_step="Try another model."),
}


@dataclass
class ScriptedModel:
    """For tests, and for whoever wants to see what a rehearsal does when a model misbehaves.

    Attributes:
        lines: what it says, one line a call; the last is said again when there are no more.
        fault: one of `FAULTS`, or nothing.
        json: what it gives when structured output is asked for.
        card: what it is shown as.
        asked: every prompt it was given.
        stopped: how many of its answers were ended before their end.
    """

    lines: Sequence[str] = ("I don't see it like that.",)
    fault: str = ""
    json: str = "{}"
    card: ModelCard = _CARD
    asked: list[tuple[Said, ...]] = field(default_factory=list[tuple[Said, ...]])
    stopped: int = 0

    def stream(self, said: Sequence[Said], *, most: int, stop: threading.Event | None = None) -> Iterator[str]:
        """The next line in small pieces, or what its fault has instead."""
        self.asked.append(tuple(said))
        stop = stop or threading.Event()
        if self.fault in _RAISED:
            raise _RAISED[self.fault]
        if self.fault == "slow":
            stop.wait()
            self.stopped += 1
            return
        for piece in self._pieces(most):
            if stop.is_set():
                self.stopped += 1
                return
            yield piece

    def structured(self, said: Sequence[Said], schema: Mapping[str, object], *, most: int) -> str:  # noqa: ARG002
        """What it was told to give, whatever the schema."""
        self.asked.append(tuple(said))
        if self.fault in _RAISED:
            raise _RAISED[self.fault]
        return self.json

    def count(self, text: str) -> int:
        """A token for every four characters."""
        return len(text) // 4 + 1

    def close(self) -> None:
        """Nothing is held open."""

    def _pieces(self, most: int) -> Iterator[str]:
        line = self.lines[min(len(self.asked), len(self.lines)) - 1]
        match self.fault:
            case "endless":
                for _ in range(most * 1000):
                    yield "and then and then "
            case "another language":
                yield from _cut("Das sehe ich ganz anders, und ich habe keine Zeit für so etwas.")
            case "not UTF-8":
                yield b"I don't \xff\xfe".decode()
            case "repeats":
                yield from _cut(next((one.text for one in reversed(self.asked[-1]) if one.role == "assistant"), line))
            case "breaks":
                raise RuntimeError("a plugin with a mistake in it")
            case "cut off":
                yield from _cut(line[: len(line) * 3 // 4])
                raise ModelCutOff("scripted broke off in the middle.", kept=_KEPT, next_step="Look at what it says.")
            case _:
                yield from _cut(line)


def _cut(line: str) -> Iterator[str]:
    yield from (line[at : at + 5] for at in range(0, len(line), 5))
