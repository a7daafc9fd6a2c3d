"""What accumulates over the takes of one conversation: edges, words that have set, the ladder."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from edgewise.app import Conversation
from edgewise.entrypoints import progress_words, real_words
from edgewise.entrypoints.charts import challenge_chart, distress_chart, feared_chart
from edgewise.entrypoints.web.desk import AtDesk, Desk, to
from edgewise.entrypoints.web.forms import several, words
from edgewise.entrypoints.web.guard import Posted
from edgewise.errors import PersonError, UnknownNameError
from edgewise.progress import DOES, DRILLABLE, Ladder, Progress, Way, WayOn
from edgewise.progress.ladder import MOST_RUNGS, as_the_page_has_it
from edgewise.take import Move

router = APIRouter(include_in_schema=False)
_MOVES_SHOWN = 12
_CHARTS = {"distress": distress_chart, "challenge": challenge_chart, "feared": feared_chart}
#: Seconds a page goes on reading runs that nobody has read yet, before it is shown.
PATIENCE_S = 0.08


@router.get("/progress/{rehearsal_id}")
def progress(request: Request, desk: AtDesk, rehearsal_id: str) -> Response:
    """What the takes of the conversation that this rehearsal is one of show together."""
    return _page(request, desk, rehearsal_id)


@router.get("/progress/{rehearsal_id}/charts/{which}.json")
def chart(desk: AtDesk, rehearsal_id: str, which: str) -> Response:
    """How the runs were for you, as a chart."""
    if which not in _CHARTS:
        raise UnknownNameError("There is no such chart.", next_step=f"There are: {', '.join(_CHARTS)}.")
    return JSONResponse(_CHARTS[which](desk.edgewise.progress(rehearsal_id, patience_s=PATIENCE_S)))


@router.post("/progress/{rehearsal_id}/drill")
def drill(desk: AtDesk, rehearsal_id: str, form: Posted) -> Response:
    """Go straight to one move."""
    name = words(form, "move")
    if name not in {move.value for move in DRILLABLE}:
        raise UnknownNameError("There is no drill of that move.", next_step="Choose one on the page.")
    return _talk(desk, desk.edgewise.drill(rehearsal_id, Move(name)))


@router.post("/progress/{rehearsal_id}/on")
def go_on(request: Request, desk: AtDesk, rehearsal_id: str, form: Posted) -> Response:
    """One of the ways on when your words have set."""
    name = words(form, "way")
    if name not in set(WayOn):
        raise UnknownNameError("There is no such way on.", next_step="Choose one on the page.")
    conversation = desk.edgewise.go_on(rehearsal_id, WayOn(name))
    if conversation is None:
        return _page(request, desk, rehearsal_id, stopping=True)
    return _talk(desk, conversation)


@router.post("/progress/{rehearsal_id}/climb")
def climb(desk: AtDesk, rehearsal_id: str, form: Posted) -> Response:
    """Be on a rung of the ladder; a step in life is kept as done."""
    conversation = desk.edgewise.climb(rehearsal_id, words(form, "rung"))
    return _talk(desk, conversation) if conversation else to(f"/progress/{rehearsal_id}#ladder")


@router.post("/progress/{rehearsal_id}/ladder")
def change_ladder(request: Request, desk: AtDesk, rehearsal_id: str, form: Posted) -> Response:
    """Keep the ladder as you changed it."""
    ladder = desk.edgewise.progress(rehearsal_id).ladder
    try:
        desk.edgewise.keep_ladder(rehearsal_id, _changed(desk, ladder, form))
    except PersonError as wrong:
        return _page(request, desk, rehearsal_id, wrong=f"{wrong.happened} {wrong.next_step}", form=form)
    return to(f"/progress/{rehearsal_id}#ladder")


def _talk(desk: Desk, conversation: Conversation) -> Response:
    return to(f"/rehearsals/{desk.talks.keep(conversation)}/talk")


def _changed(desk: Desk, ladder: Ladder, form: Posted) -> Ladder:
    gone = set(several(form, "remove"))
    given = [
        (rung.id, words(form, f"what.{rung.id}").strip() or rung.what, _predicted(form, f"predicted.{rung.id}"))
        for rung in ladder.rungs
        if rung.id not in gone
    ]
    try:
        changed = as_the_page_has_it(ladder, given)
        if own := words(form, "own").strip():
            take = words(form, "own_take")
            known = desk.edgewise.take_called(take).name if take else ""
            changed = changed.with_rung(own, _predicted(form, "own_predicted"), known)
    except ValidationError as wrong:
        raise PersonError(
            f"A rung can hold a sentence or two, and a ladder {MOST_RUNGS} rungs.", next_step="Say it in fewer words."
        ) from wrong
    return changed


def _predicted(form: Posted, name: str) -> int:
    given = words(form, name).strip()
    if not (given.isdecimal() and int(given[:4]) <= 100):  # noqa: PLR2004 - SUDS
        raise PersonError(
            "A rung has no number from 0 to 100.", next_step="Say how much you think it will distress you."
        )
    return int(given)


def _page(
    request: Request,
    desk: Desk,
    rehearsal_id: str,
    *,
    stopping: bool = False,
    wrong: str = "",
    form: Posted | None = None,
) -> Response:
    found = desk.edgewise.progress(rehearsal_id, patience_s=PATIENCE_S)
    real = desk.edgewise.real_one(rehearsal_id)
    shown = {
        "progress": found,
        "day": real_words.day_in_words(real),
        "asks": real.asks_how_it_went(desk.edgewise.now().astimezone()),
        "feared_over_all": real_words.feared_in_words(desk.edgewise.feared_over_all()),
        "here": rehearsal_id,
        "told": progress_words,
        "charts": {name: progress_words.is_told(found, name) for name in _CHARTS},
        "does": DOES,
        "ways": list(Way),
        "moves": found.edges.moves[:_MOVES_SHOWN],
        "drillable": DRILLABLE,
        "takes": desk.edgewise.takes,
        "rungs": _rungs(found, form),
        "stopping": stopping,
        "wrong": wrong,
    }
    return desk.page(request, "progress", shown, status=422 if wrong else 200)


def _rungs(found: Progress, form: Posted | None) -> list[dict[str, str]]:
    """What stands in the fields of the ladder: what was just tried, so that nothing has to be written twice."""
    return [
        {
            "id": rung.id,
            "what": _tried(form, f"what.{rung.id}") or rung.what,
            "predicted": _tried(form, f"predicted.{rung.id}") or str(rung.predicted),
        }
        for rung in found.ladder.rungs
    ]


def _tried(form: Posted | None, name: str) -> str:
    return "" if form is None else words(form, name)
