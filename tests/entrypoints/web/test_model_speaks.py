"""A model that speaks, as the pages have it: words as they pass the guard, and why the built-in voice stepped in."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from edgewise import Edgewise, MemoryStore
from edgewise.adapters.scripted_model import ScriptedModel
from edgewise.rehearsal import CounterpartTurn, SteppedIn
from tests.entrypoints.web.conftest import Calling, Serving
from tests.people import KIND

LINE = "What do you mean by that? You have no idea how this looks from my chair."
STREAM = {"Accept": "text/event-stream"}


class Pausing(ScriptedModel):
    """Takes a breath after the first sentence."""

    left_early = False

    def stream(self, said: object, *, most: int, stop: object = None) -> Iterator[str]:  # noqa: ARG002
        self.asked.append(())
        yield "What do you mean by that? " if len(self.asked) > 1 else "Sit down, then. "
        for _ in range(200):
            if stop is not None and stop.is_set():  # type: ignore[attr-defined]
                self.left_early = True
                return
            time.sleep(0.01)
        yield "You have no idea."


def with_model(model: ScriptedModel, serving: Serving):
    def opens(_: Path) -> Edgewise:
        return Edgewise(store=MemoryStore(), language_model=lambda: model, patience_s=30.0)

    return serving(opens=opens)


def _begun(program, seed: int = 7) -> str:
    beginning = {"example": "belittling-manager", "take": "defensive", "seed": seed}
    return program.http.post("/api/rehearsals", json=beginning).json()["id"]


@pytest.mark.parametrize("fault", ["", "cut off", "down"])
def test_the_words_of_the_stream_are_the_turn_that_is_kept(serving: Serving, calling: Calling, fault: str) -> None:
    model = ScriptedModel(lines=(LINE,), fault=fault)
    served = with_model(model, serving)
    program = calling(served)
    begun = _begun(program)
    sent = {"text": KIND[1], "seen": 1}
    told = program.http.post(f"/api/rehearsals/{begun}/turns", json=sent, headers=STREAM).text
    events = [
        (part.split("\n")[0].removeprefix("event: "), json.loads(part.split("\n")[1].removeprefix("data: ")))
        for part in told.strip().split("\n\n")
    ]
    kept = served.edgewise.rehearsal(begun).turns[-1]
    assert isinstance(kept, CounterpartTurn)
    assert " ".join(data["text"] for name, data in events if name == "words") == kept.text == events[-1][1]["text"]
    assert events[-1][0] == "done"


def test_words_come_before_the_line_is_whole_and_leaving_the_page_stops_the_model(
    serving: Serving, calling: Calling
) -> None:
    model = Pausing()
    model.fault = ""
    served = with_model(model, serving)
    program = calling(served)
    begun = _begun(program)
    sent = {"text": KIND[1], "seen": 1}
    with program.http.stream("POST", f"/api/rehearsals/{begun}/turns", json=sent, headers=STREAM) as answer:
        words = next(line for line in answer.iter_lines() if line == "event: words")
    assert words
    until = time.monotonic() + 5
    while not (model.left_early and len(served.edgewise.rehearsal(begun).turns) == 3) and time.monotonic() < until:
        time.sleep(0.01)
    kept = served.edgewise.rehearsal(begun).turns[-1]
    assert isinstance(kept, CounterpartTurn)
    assert kept.text == "What do you mean by that?"
    assert kept.voiced is not None
    assert kept.voiced.why is SteppedIn.NOBODY_LISTENED
    assert model.left_early


def test_a_turn_that_cannot_be_taken_is_refused_before_anything_is_sent(serving: Serving, calling: Calling) -> None:
    program = calling(with_model(ScriptedModel(lines=(LINE,)), serving))
    begun = _begun(program)
    refused = program.http.post(f"/api/rehearsals/{begun}/turns", json={"text": " ", "seen": 1}, headers=STREAM)
    assert refused.status_code == 422


def test_why_the_built_in_voice_spoke_is_told_once(serving: Serving, calling: Calling) -> None:
    model = ScriptedModel(lines=(LINE,), fault="")
    program = calling(with_model(model, serving))
    begun = _begun(program)
    model.fault = "missing"
    notes = [
        program.http.post(f"/api/rehearsals/{begun}/turns", json={"text": line, "seen": 1 + 2 * at}).json()["note"]
        for at, line in enumerate(KIND[:3])
    ]
    assert len([note for note in notes if note]) == 1
    assert "built-in voice" in next(note for note in notes if note)
