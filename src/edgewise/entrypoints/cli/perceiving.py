"""Reading turns from standard input, one JSON object a line: what each does, for whoever builds or measures."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from edgewise.counterpart import Act, LearnedReader, Reader, Reading
from edgewise.counterpart.perceive import Before, Context
from edgewise.errors import EdgewiseError
from edgewise.person import Person, Trigger, Value
from edgewise.situation import KeyPoint, Situation

_REACH = 3  # turns before
_LONGEST = 50_000  # characters: letters and posts are read too, not only turns


class _Turn(BaseModel):
    """One turn before: bare words, or words with who said them."""

    model_config = ConfigDict(extra="ignore")

    who: str = ""
    text: str


def _as_turn(given: object) -> object:
    return {"text": given} if isinstance(given, str) else given


class Asked(BaseModel):
    """One line of input: a turn, and what it is read against."""

    model_config = ConfigDict(extra="ignore")

    text: str = Field(max_length=_LONGEST)
    before: list[Annotated[_Turn, BeforeValidator(_as_turn)]] = []
    came_to_say: str = ""
    key_points: list[str] = []
    triggers: list[str] = []
    values: list[str] = []

    @property
    def context(self) -> Context:
        """What the turn is read against; turns before it that name no speaker are taken to alternate."""
        said = self.before[-_REACH:]
        person = Person(
            triggers=tuple(Trigger(what=what) for what in self.triggers),
            values=tuple(Value(what=what) for what in self.values),
        )
        points = tuple(KeyPoint(text=point) for point in self.key_points)
        situation = Situation(person=person, came_to_say=self.came_to_say, key_points=points)
        return Context(
            situation,
            their_words=said[-1].text if said else "",
            said_before=tuple(one.text for place, one in enumerate(said) if _mine(one, len(said) - place)),
            before=tuple(Before(one.text, mine=_mine(one, len(said) - place)) for place, one in enumerate(said)),
        )


def _mine(turn: _Turn, back: int) -> bool:
    return turn.who in {"me", "you", "user"} if turn.who else back % 2 == 0


def perceive() -> None:
    """Read every line of standard input and print what was understood of it, in the same order."""
    reader = LearnedReader()
    reader.get_ready()
    for answer in answers(sys.stdin.buffer, reader):
        print(json.dumps(answer, ensure_ascii=False), flush=True)  # noqa: T201 - the command's output


def answers(lines: Iterable[str | bytes], reader: Reader) -> Iterator[dict[str, Any]]:
    """One answer for each line; a broken line has its error in its place, and the rest goes on."""
    for line in lines:
        try:
            asked = Asked.model_validate_json(line)
            yield _told(reader.read(asked.text if asked.text.strip() else "", asked.context), asked)
        except ValidationError as broken:
            yield {"error": _what_is_wrong(broken)}
        except EdgewiseError as refused:
            yield {"error": str(refused)}


def _told(reading: Reading, asked: Asked) -> dict[str, Any]:
    told: dict[str, Any] = {
        "acts": {act.value: round(reading.acts.get(act, 0.0), 4) for act in Act},
        "spans": {act.value: [[span.start, span.end] for span in spans] for act, spans in reading.spans.items()},
        "warmth": reading.warmth,
        "dominance": reading.dominance,
        "receptiveness": reading.receptiveness,
        "topic_shift": reading.topic_shift,
        "relevance": round(reading.relevance, 4),
    }
    if asked.key_points:
        told["key_points"] = [said.value for said in reading.points]
    for name, touches in (("triggers", reading.triggers), ("values", reading.values)):
        if getattr(asked, name):
            told[name] = [{"what": one.what, "span": [one.span.start, one.span.end]} for one in touches]
    return told


def _what_is_wrong(broken: ValidationError) -> str:
    """The first thing wrong with a line, without repeating what was written in it."""
    first = broken.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else str(first["msg"])
