"""The whole loop by HTTP, for the pages and for other programs on this machine; /api/openapi.json describes it.

What is hidden in a conversation stays hidden until it is over.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from edgewise.adapters.examples import example, example_names
from edgewise.counterpart import Part
from edgewise.entrypoints.web.desk import AtDesk, Desk
from edgewise.entrypoints.web.hearing import Hearing
from edgewise.entrypoints.web.talks import Pace
from edgewise.errors import PersonError
from edgewise.person import Number, Percent, ShortText, Whole
from edgewise.ports import Listed
from edgewise.progress import Progress, SideBySide
from edgewise.rehearsal import (
    MOST_OWN_QUESTIONS,
    CounterpartTurn,
    Ending,
    Question,
    Reflection,
    Rehearsal,
    Turn,
    heard,
)
from edgewise.situation import Situation
from edgewise.take import Dials, Move, Take


class Stopped(BaseModel):
    """Words that may tell of real danger; send all of `said` to /api/not-meant when it was not meant so."""

    quote: str
    kind: str
    said: str


class Wrong(BaseModel):
    """A place in what was sent, and what is wrong there."""

    where: list[str]
    what: str


class Trouble(BaseModel):
    """Why it was not done."""

    happened: str
    kept: str
    next_step: str
    stopped: Stopped | None = None
    wrong: list[Wrong] | None = None


_TROUBLES: dict[int | str, dict[str, Any]] = {
    400: {"model": Trouble, "description": "It could not be read at all."},
    401: {"model": Trouble, "description": "The passphrase comes first."},
    403: {"model": Trouble, "description": "It did not come from this machine's own pages or programs."},
    404: {"model": Trouble, "description": "There is nothing of that name."},
    409: {"model": Trouble, "description": "It is over, or another window has gone on."},
    413: {"model": Trouble, "description": "It is more than is taken at once."},
    422: {"model": Trouble, "description": "It cannot be taken as it is, or practice stops here (`stopped`)."},
    503: {"model": Trouble, "description": "Something on this machine must be mended first."},
}

router = APIRouter(prefix="/api", tags=["rehearsals"], responses=_TROUBLES)

_LONGEST_TYPED = 200_000  # characters looked at; what is too long for a turn is refused with words


class Sent(BaseModel):
    """Something a program sends."""

    model_config = ConfigDict(extra="forbid")


class Beginning(Sent):
    """What a rehearsal begins with: a situation, or the name of an example."""

    situation: Situation | None = None
    example: str = ""
    take: str = "usual"
    dials: Dials | None = None
    seed: Whole | None = None
    distress_before: Percent | None = None
    questions: Annotated[tuple[Question, ...], Field(max_length=len(Question))] = ()
    own_questions: Annotated[tuple[ShortText, ...], Field(max_length=MOST_OWN_QUESTIONS)] = ()


class YourWords(Sent):
    """What you say.

    Attributes:
        text: your words; `...` to say nothing on purpose.
        seen: how many turns you had seen; when another window has gone on, nothing is said.
        silence_s: seconds you let pass before the first key.
        typing_s: seconds from the first key to sending.
        corrections: how often you took something back while typing.
    """

    text: Annotated[str, Field(max_length=_LONGEST_TYPED)]
    seen: Whole
    silence_s: Annotated[Number, Field(ge=0, le=86_400)] = 0.0
    typing_s: Annotated[Number, Field(ge=0, le=86_400)] = 0.0
    corrections: Annotated[Whole, Field(ge=0, le=100_000)] = 0


class NotMeant(Sent):
    """All that you wrote where practice stopped, when it was not meant so."""

    said: Annotated[str, Field(max_length=_LONGEST_TYPED)]


class SoFar(Sent):
    """What you have typed of a turn you have not sent, and how many turns you had seen."""

    text: Annotated[str, Field(max_length=_LONGEST_TYPED)]
    seen: Whole


class Patience(BaseModel):
    """Whether they would not let you go on."""

    cuts_in: bool


class Rewinding(Sent):
    """How many turns to keep."""

    turns: Annotated[Whole, Field(ge=0)]


class Seen(BaseModel):
    """A turn as it is seen while the conversation goes on: nothing of what is behind it.

    Attributes:
        note: why the built-in voice spoke where a model was chosen; told once for each cause.
        voice: the model whose words these are; empty for the built-in voice.
    """

    place: int
    who: str
    text: str
    gesture: str = ""
    silence_s: float = 0.0
    silent: bool = False
    leaves: bool = False
    note: str = ""
    voice: str = ""


class Conversation(BaseModel):
    """A conversation as it stands."""

    id: str
    heading: str
    person: str
    take: str
    started: datetime
    over: bool
    turns: tuple[Seen, ...]


class Kept(BaseModel):
    """One rehearsal as a list shows it."""

    id: str
    heading: str
    person: str
    take: str
    turns: int
    started: datetime
    ending: Ending | None


@router.get("/examples")
def examples() -> dict[str, Situation]:
    """The ready examples, by name."""
    return {name: example(name) for name in example_names()}


@router.get("/takes")
def takes(desk: AtDesk) -> list[dict[str, str]]:
    """The versions of them you can meet; what is hidden in them is not told."""
    return [{"name": take.name, "promise": take.promise} for take in desk.edgewise.takes]


@router.get("/rehearsals")
def listed(desk: AtDesk) -> list[Kept]:
    """Everything kept, newest first."""
    return [_kept(one) for one in desk.edgewise.listed()]


@router.post("/rehearsals", status_code=201)
def begin(desk: AtDesk, beginning: Beginning) -> Conversation:
    """Begin a rehearsal; theirs are the first words."""
    if beginning.situation is None and not beginning.example:
        raise PersonError("Say whom it is with.", next_step="Send a situation, or the name of an example.")
    take = desk.edgewise.take_called(beginning.take)
    if beginning.dials is not None:
        take = Take(name="your own", dials=beginning.dials)
    conversation = desk.edgewise.begin(
        beginning.situation or example(beginning.example),
        take,
        seed=beginning.seed,
        distress_before=beginning.distress_before,
        questions=beginning.questions,
        own_questions=beginning.own_questions,
    )
    desk.talks.keep(conversation)
    return _conversation(conversation.rehearsal)


@router.get("/rehearsals/{rehearsal_id}")
def rehearsal(desk: AtDesk, rehearsal_id: str) -> Conversation:
    """The conversation as it stands; words of yours that were still unanswered are answered now."""
    return _conversation(desk.talks.open(rehearsal_id).rehearsal)


@router.post("/rehearsals/{rehearsal_id}/turns", response_model=None)
async def say(request: Request, desk: AtDesk, rehearsal_id: str, yours: YourWords) -> Seen | StreamingResponse:
    """Say something, and have their answer: at once as JSON, or as it comes (`Accept: text/event-stream`).

    The stream has `heard` (your words as they are kept), `gesture`, `silence`, `words` and, last, `done`.
    """
    pace = Pace(silence_s=yours.silence_s, typing_s=yours.typing_s, corrections=yours.corrections)
    told = partial(_told, desk, rehearsal_id, yours.seen + 1)
    hearing = Hearing(lambda ear: desk.talks.say(rehearsal_id, yours.text, seen=yours.seen, pace=pace, ear=ear))
    first = await hearing.next()  # what cannot be taken as a turn is refused before anything is sent
    if "text/event-stream" in request.headers.get("accept", ""):
        coming = _as_it_comes(heard(yours.text).text, hearing, first, told)
        return StreamingResponse(coming, media_type="text/event-stream")
    while not isinstance(first, CounterpartTurn):
        first = await hearing.next()
    return await run_in_threadpool(told, first)


@router.post("/rehearsals/{rehearsal_id}/so-far")
def so_far(desk: AtDesk, rehearsal_id: str, typed: SoFar) -> Patience:
    """Whether they would cut you off after what you have typed so far; nothing is said, and nothing is kept."""
    return Patience(cuts_in=desk.talks.cuts_in(rehearsal_id, typed.text, seen=typed.seen))


@router.post("/not-meant", status_code=204)
def not_meant(desk: AtDesk, words: NotMeant) -> None:
    """Words that stopped practice (an answer with `stopped`) were not meant so; send what you sent again."""
    desk.edgewise.not_what_i_meant(words.said)


@router.post("/rehearsals/{rehearsal_id}/end", response_model=None)
def end(desk: AtDesk, rehearsal_id: str) -> Seen | None:
    """End it, and hear their last words; null when it was over."""
    last = desk.talks.end(rehearsal_id)
    return None if last is None else _seen(desk.edgewise.store.look(rehearsal_id).turns - 1, last)


@router.put("/rehearsals/{rehearsal_id}/own-words", status_code=204)
def own_words(desk: AtDesk, rehearsal_id: str, own: Reflection) -> None:
    """Keep your own words on it; the debrief is told only after them."""
    _over(desk, rehearsal_id)
    desk.edgewise.reflect(rehearsal_id, own)


@router.get("/rehearsals/{rehearsal_id}/debrief")
def debrief(desk: AtDesk, rehearsal_id: str) -> dict[str, Any]:
    """What the record shows; not before the conversation is over and your own words, or none, are given."""
    if _over(desk, rehearsal_id).reflection is None:
        raise _own_words_first()
    return desk.edgewise.debrief(rehearsal_id).as_json()


@router.post("/rehearsals/{rehearsal_id}/rewind", status_code=201)
def rewind(desk: AtDesk, rehearsal_id: str, place: Rewinding) -> Conversation:
    """Go back to one of their turns and answer differently; the original stays."""
    branch = desk.edgewise.rewind(rehearsal_id, place.turns)
    desk.talks.keep(branch)
    return _conversation(branch.rehearsal)


@router.get("/rehearsals/{rehearsal_id}/export")
def export(desk: AtDesk, rehearsal_id: str) -> Response:
    """The whole of it, as a file that reads back."""
    _over(desk, rehearsal_id)
    return Response(desk.edgewise.export(rehearsal_id), media_type="application/json")


@router.get("/rehearsals/{rehearsal_id}/progress")
def progress(desk: AtDesk, rehearsal_id: str) -> Progress:
    """What the takes of its conversation show together: edges, how they were for you, whether your words have set."""
    return desk.edgewise.progress(rehearsal_id)


@router.get("/side-by-side")
def side_by_side(desk: AtDesk, take: Annotated[list[str], Query(min_length=2, max_length=6)]) -> SideBySide:
    """Takes that are over, beside each other; your own words on each come first."""
    for one in take:
        if _over(desk, one).reflection is None:
            raise _own_words_first()
    return desk.edgewise.side_by_side(take)


@router.delete("/rehearsals/{rehearsal_id}", status_code=204)
def delete(desk: AtDesk, rehearsal_id: str) -> None:
    """Delete it for good."""
    desk.talks.forget(rehearsal_id)
    desk.edgewise.delete(rehearsal_id)


def _own_words_first() -> PersonError:
    return PersonError(
        "Your own words come first.",
        kept="All of it is saved.",
        next_step="PUT own-words; an empty object passes them over.",
    )


def _over(desk: Desk, rehearsal_id: str) -> Rehearsal:
    found = desk.edgewise.rehearsal(rehearsal_id)
    if not found.is_over:
        raise PersonError(
            "That conversation is not over.", kept="All of it is saved.", next_step="End it first; then ask again."
        )
    return found


async def _as_it_comes(
    yours: str, hearing: Hearing, came: Part | CounterpartTurn, told: Callable[[CounterpartTurn], Seen]
) -> AsyncIterator[bytes]:
    """What was heard, what is seen, then how long nothing is, then words; a model's as soon as they may be heard."""
    if yours:
        yield _event("heard", {"text": yours})
    before = ""
    try:
        while isinstance(came, Part):
            for event in _part(came, first=not before):
                yield event
            before = f"{before} {came.text}".strip()
            came = await hearing.next()
    finally:
        hearing.leave()
    rest = Part(came.text.removeprefix(before).strip(), came.gesture, came.silence_s)
    for event in _part(rest, first=not before, silent=came.move is Move.GO_SILENT):
        yield event
    seen = await run_in_threadpool(told, came)
    yield _event("done", seen.model_dump(mode="json"))


def _part(part: Part, *, first: bool, silent: bool = False) -> Iterator[bytes]:
    if first and part.gesture:
        yield _event("gesture", {"text": part.gesture})
    if first and (part.silence_s or silent):
        yield _event("silence", {"seconds": part.silence_s, "whole": silent})
    for word in part.text.split(" ") if part.text else ():
        yield _event("words", {"text": word})


def _told(desk: Desk, rehearsal_id: str, place: int, turn: CounterpartTurn) -> Seen:
    """The turn as it is seen, and why the built-in voice spoke, where that is news."""
    if turn.voiced is None or turn.voiced.why is None:
        return _seen(place, turn)
    so_far = desk.edgewise.rehearsal(rehearsal_id)
    note = so_far.model_copy(update={"turns": so_far.turns[: place + 1]}).told_of_the_voice
    return _seen(place, turn).model_copy(update={"note": note})


def _event(name: str, data: dict[str, Any]) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))


def _seen(place: int, turn: Turn) -> Seen:
    if not isinstance(turn, CounterpartTurn):
        return Seen(place=place, who="you", text=turn.text, silence_s=turn.silence_s, silent=turn.is_silence)
    return Seen(
        place=place,
        who="counterpart",
        text=turn.text,
        gesture=turn.gesture,
        silence_s=turn.silence_s,
        silent=turn.move is Move.GO_SILENT,
        leaves=turn.leaves,
        voice=turn.voiced.model if turn.voiced is not None and turn.text != turn.understood_as else "",
    )


def _conversation(rehearsal: Rehearsal) -> Conversation:
    return Conversation(
        id=rehearsal.id,
        heading=rehearsal.situation.heading,
        person=rehearsal.situation.person.known_as,
        take=rehearsal.take.name,
        started=rehearsal.started,
        over=rehearsal.is_over,
        turns=tuple(_seen(place, turn) for place, turn in enumerate(rehearsal.turns)),
    )


def _kept(one: Listed) -> Kept:
    return Kept(
        id=one.id,
        heading=one.heading,
        person=one.person,
        take=one.take,
        turns=one.turns,
        started=one.started,
        ending=one.ending,
    )
