"""The conversation: nothing to look at but the two of you."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from edgewise.counterpart import words_before_cutting_in
from edgewise.entrypoints.web.desk import AtDesk, Desk, to
from edgewise.entrypoints.web.forms import place, words
from edgewise.entrypoints.web.guard import Posted
from edgewise.errors import ElsewhereError, RehearsalOverError, TurnError
from edgewise.rehearsal import LONGEST_TURN, CounterpartTurn
from edgewise.take import Move

router = APIRouter(include_in_schema=False)


@router.get("/rehearsals/{rehearsal_id}/talk")
def talk(request: Request, desk: AtDesk, rehearsal_id: str) -> Response:
    """The conversation as it stands."""
    return _page(request, desk, rehearsal_id)


@router.post("/rehearsals/{rehearsal_id}/say")
def say(request: Request, desk: AtDesk, rehearsal_id: str, form: Posted) -> Response:
    """Say something without any script in the page: the answer comes with the page."""
    text = words(form, "text") if words(form, "go") != "silent" else "..."
    try:
        turn = desk.talks.say(rehearsal_id, text, seen=place(form, "seen"))
    except (TurnError, ElsewhereError) as refused:
        return _page(request, desk, rehearsal_id, wrong=f"{refused.happened} {refused.next_step}", typed=text)
    except RehearsalOverError:
        return to(f"/rehearsals/{rehearsal_id}/own-words")
    return to(f"/rehearsals/{rehearsal_id}/talk#{'hear-back' if turn.leaves else 'text'}")


@router.post("/rehearsals/{rehearsal_id}/end")
def end(desk: AtDesk, rehearsal_id: str, _: Posted) -> Response:
    """End it, as one would, and hear their last words."""
    desk.talks.end(rehearsal_id)
    return to(f"/rehearsals/{rehearsal_id}/talk#hear-back")


def _page(request: Request, desk: Desk, rehearsal_id: str, *, wrong: str = "", typed: str = "") -> Response:
    rehearsal = desk.talks.open(rehearsal_id).rehearsal
    last = rehearsal.turns[-1] if rehearsal.turns else None
    silent = isinstance(last, CounterpartTurn) and last.move is Move.GO_SILENT and not rehearsal.is_over
    shown = {
        "rehearsal": rehearsal,
        "person": rehearsal.situation.person.known_as,
        "points": [point.text for point in rehearsal.situation.points],
        "their_silence_s": last.silence_s if silent and isinstance(last, CounterpartTurn) else 0,
        "longest": LONGEST_TURN,
        "running_on": words_before_cutting_in(rehearsal.take),
        "note": rehearsal.told_of_the_voice,
        "wrong": wrong,
        "typed": typed,
    }
    return desk.page(request, "talk", shown, status=422 if wrong else 200)
