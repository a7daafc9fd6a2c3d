"""Afterwards: your own words first, then what the record shows, then the take revealed, then from here."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from edgewise.entrypoints import words as words_for
from edgewise.entrypoints.charts import feelings_chart
from edgewise.entrypoints.web.desk import AtDesk, Desk, to
from edgewise.entrypoints.web.forms import percent, place, words
from edgewise.entrypoints.web.guard import Posted
from edgewise.errors import ModelError, NotAgreedError, PersonError
from edgewise.language.coach import Noticed
from edgewise.rehearsal import FEELINGS, OWN_NUMBERS, OWN_WORDS, Happened, Question, Reflection, Rehearsal

router = APIRouter(include_in_schema=False)
_OF_THE_FEAR = ("fear_happened", "happened_instead")


@router.get("/rehearsals/{rehearsal_id}/own-words")
def own_words(request: Request, desk: AtDesk, rehearsal_id: str) -> Response:
    """Your own words, before anything is shown."""
    rehearsal = desk.edgewise.rehearsal(rehearsal_id)
    if not rehearsal.is_over:
        return to(f"/rehearsals/{rehearsal.id}/talk")
    if rehearsal.reflection is not None:
        return to(f"/rehearsals/{rehearsal.id}/debrief")
    return _own_words(request, desk, rehearsal)


@router.post("/rehearsals/{rehearsal_id}/own-words")
def keep_own_words(request: Request, desk: AtDesk, rehearsal_id: str, form: Posted) -> Response:
    """Keep them, or that you would rather not."""
    rehearsal = desk.edgewise.rehearsal(rehearsal_id)
    if rehearsal.is_over and rehearsal.reflection is None:
        try:
            own = Reflection() if words(form, "go") == "skip" else _reflection(form)
        except PersonError as wrong:
            return _own_words(request, desk, rehearsal, form=form, wrong=f"{wrong.happened} {wrong.next_step}")
        desk.edgewise.reflect(rehearsal.id, own)
    return to(f"/rehearsals/{rehearsal.id}/debrief")


@router.get("/rehearsals/{rehearsal_id}/debrief")
def debrief(request: Request, desk: AtDesk, rehearsal_id: str) -> Response:
    """What the record shows."""
    rehearsal = desk.edgewise.rehearsal(rehearsal_id)
    if not rehearsal.is_over or rehearsal.reflection is None:
        return to(f"/rehearsals/{rehearsal.id}/own-words")
    return _debrief(request, desk, rehearsal)


@router.post("/rehearsals/{rehearsal_id}/noticed")
def noticed(request: Request, desk: AtDesk, rehearsal_id: str, _: Posted) -> Response:
    """What the chosen model noticed, beside what the record shows; asked for, never volunteered."""
    rehearsal = desk.edgewise.rehearsal(rehearsal_id)
    if not rehearsal.is_over or rehearsal.reflection is None:
        return to(f"/rehearsals/{rehearsal.id}/own-words")
    try:
        return _debrief(request, desk, rehearsal, noticed=desk.edgewise.noticed(rehearsal.id))
    except (ModelError, NotAgreedError) as wrong:
        return _debrief(request, desk, rehearsal, noticed=(), trouble=f"{wrong.happened} {wrong.next_step}")


def _debrief(
    request: Request,
    desk: Desk,
    rehearsal: Rehearsal,
    *,
    noticed: tuple[Noticed, ...] | None = None,
    trouble: str = "",
) -> Response:
    chosen = desk.models.chosen
    shown = {
        "rehearsal": rehearsal,
        "model": chosen.name if chosen is not None else "",
        "noticed": noticed,
        "trouble": trouble,
        "debrief": desk.edgewise.debrief(rehearsal.id),
        "own_words": OWN_WORDS,
        "feelings": FEELINGS,
        "branches": desk.edgewise.branches(rehearsal.id),
        "siblings": _siblings(desk, rehearsal),
    }
    return desk.page(request, "debrief", shown)


@router.get("/rehearsals/{rehearsal_id}/feelings.json")
def feelings(desk: AtDesk, rehearsal_id: str, turns: Annotated[int, Query(ge=0, le=10_000)] = 0) -> Response:
    """The chart of the take, with room for so many turns; not before the conversation is over."""
    rehearsal = desk.edgewise.rehearsal(rehearsal_id)
    if not rehearsal.is_over or rehearsal.reflection is None:
        raise PersonError("What is hidden stays hidden until it is over.", next_step="Finish the conversation first.")
    return JSONResponse(feelings_chart(desk.edgewise.debrief(rehearsal.id), turns))


@router.post("/rehearsals/{rehearsal_id}/rewind")
def rewind(desk: AtDesk, rehearsal_id: str, form: Posted) -> Response:
    """Go back to a moment and answer differently."""
    branch = desk.edgewise.rewind(rehearsal_id, place(form, "turns"))
    return to(f"/rehearsals/{desk.talks.keep(branch)}/talk#text")


@router.get("/side-by-side")
def side_by_side(request: Request, desk: AtDesk, take: list[str] = Query(default=[])) -> Response:  # noqa: B008, FAST002
    """Takes of one conversation beside each other."""
    over = [one for one in take[:6] if desk.edgewise.rehearsal(one).is_over]
    if len(over) < 2:  # noqa: PLR2004 - one beside another
        raise PersonError(
            "There have to be two that are over, to see them side by side.", next_step="Choose two in the library."
        )
    if any(desk.edgewise.rehearsal(one).reflection is None for one in over):
        raise PersonError(
            "Your own words come first.", next_step="Open each of them once, and say how it was, or pass it over."
        )
    takes = desk.edgewise.side_by_side(over)
    asked = [question for question in Question if any(question in one.answers for one in takes.columns)]
    shown = {"takes": takes, "asked": asked, "changed": takes.changed(), "wording": takes.wording()}
    return desk.page(request, "side_by_side", shown)


def _reflection(form: Posted) -> Reflection:
    try:
        return Reflection.model_validate(
            {slot: words(form, slot) for slot, _ in OWN_WORDS}
            | {slot: percent(form, slot) for slot, _ in OWN_NUMBERS}
            | {slot: given for slot in _OF_THE_FEAR if (given := words(form, slot))}
        )
    except ValidationError as wrong:
        raise PersonError(
            "One of your answers is longer than can be kept.", next_step="Say the heart of it, in a few lines."
        ) from wrong


def _own_words(
    request: Request, desk: Desk, rehearsal: Rehearsal, *, form: Posted | None = None, wrong: str = ""
) -> Response:
    slots = (*(slot for slot, _ in (*OWN_WORDS, *OWN_NUMBERS)), *_OF_THE_FEAR)
    shown = {
        "rehearsal": rehearsal,
        "own_words": OWN_WORDS,
        "own_numbers": OWN_NUMBERS,
        "happened": [(one.value, words_for.HAPPENED[one]) for one in Happened],
        "given": {slot: words(form, slot) if form else "" for slot in slots},
        "wrong": wrong,
    }
    return desk.page(request, "own_words", shown, status=422 if wrong else 200)


def _siblings(desk: Desk, rehearsal: Rehearsal) -> list[str]:
    """The takes of this conversation that are over, oldest first, this one among them."""
    situation = rehearsal.situation
    same = [
        one.id
        for one in reversed(desk.edgewise.listed())
        if one.ending is not None and (one.heading, one.person) == (situation.heading, situation.person.known_as)
    ]
    return same[-4:]
