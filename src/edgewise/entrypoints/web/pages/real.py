"""The real conversation: its day, a card to take along, and how it went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from edgewise.entrypoints import real_words
from edgewise.entrypoints.on_paper import card_as_pdf
from edgewise.entrypoints.progress_words import when_they
from edgewise.entrypoints.report import Report, as_page, as_tables, report_on
from edgewise.entrypoints.report_on_paper import report_as_pdf
from edgewise.entrypoints.web.desk import AtDesk, Desk, as_file, to
from edgewise.entrypoints.web.forms import percent, words
from edgewise.entrypoints.web.guard import Posted
from edgewise.errors import PersonError, PracticeStoppedError, UnknownNameError
from edgewise.progress import Afterwards, AgainstFear, RealOne, TookPlace

router = APIRouter(include_in_schema=False)
_REPORTS: dict[str, tuple[str, Callable[[Report], str | bytes]]] = {
    "md": ("text/markdown", as_page),
    "pdf": ("application/pdf", report_as_pdf),
    "zip": ("application/zip", as_tables),
}
_TOLD = tuple(slot for slot, _ in real_words.AFTERWARDS)


@router.get("/progress/{rehearsal_id}/real")
def real_one(request: Request, desk: AtDesk, rehearsal_id: str) -> Response:
    """Before and after the real one."""
    return _page(request, desk, rehearsal_id)


@router.post("/progress/{rehearsal_id}/real")
def keep_day(request: Request, desk: AtDesk, rehearsal_id: str, form: Posted) -> Response:
    """Keep its day, and what you want to remember."""
    try:
        day, at = words(form, "day").strip(), words(form, "at").strip()
        given = {
            "day": date.fromisoformat(day) if day else None,
            "at": real_words.time_given(at),
            "remember": words(form, "remember"),
        }
        real = RealOne.model_validate({**desk.edgewise.real_one(rehearsal_id).model_dump(), **given})
    except ValueError:  # no date, no time, or more than can be kept
        wrong = "That day or time cannot be read, or it is more than can be kept. Look at it once more."
        return _page(request, desk, rehearsal_id, form=form, wrong=wrong)
    desk.edgewise.keep_real_one(rehearsal_id, real)
    return to(f"/progress/{rehearsal_id}/real")


@router.post("/progress/{rehearsal_id}/real/afterwards")
def keep_afterwards(request: Request, desk: AtDesk, rehearsal_id: str, form: Posted) -> Response:
    """Keep how it went."""
    real = desk.edgewise.real_one(rehearsal_id)
    try:
        told = _afterwards(desk, form)
        desk.edgewise.keep_real_one(rehearsal_id, real.model_copy(update={"afterwards": told}))
    except PracticeStoppedError:
        raise
    except PersonError as wrong:
        return _page(request, desk, rehearsal_id, form=form, wrong_after=f"{wrong.happened} {wrong.next_step}")
    return to(f"/progress/{rehearsal_id}/real#afterwards")


@router.get("/progress/{rehearsal_id}/card")
def card(request: Request, desk: AtDesk, rehearsal_id: str) -> Response:
    """One page to take along."""
    shown = {"card": desk.edgewise.card(rehearsal_id, when_they), "here": rehearsal_id, "real_words": real_words}
    return desk.page(request, "card", shown)


@router.get("/progress/{rehearsal_id}/card.md")
def card_to_keep(desk: AtDesk, rehearsal_id: str) -> Response:
    """The card in Markdown."""
    written = real_words.card_in_markdown(desk.edgewise.card(rehearsal_id, when_they))
    return as_file(written, "edgewise-card.md", "text/markdown")


@router.get("/progress/{rehearsal_id}/card.pdf")
def card_to_print(desk: AtDesk, rehearsal_id: str) -> Response:
    """The card on paper."""
    return as_file(card_as_pdf(desk.edgewise.card(rehearsal_id, when_they)), "edgewise-card.pdf", "application/pdf")


@router.get("/progress/{rehearsal_id}/report.{written_as}")
def report(desk: AtDesk, rehearsal_id: str, written_as: str) -> Response:
    """Everything of the conversation, as a page, on paper, or as tables."""
    if written_as not in _REPORTS:
        raise UnknownNameError("There is no such report.", next_step=f"There are: {', '.join(_REPORTS)}.")
    kind, write = _REPORTS[written_as]
    return as_file(write(report_on(desk.edgewise, rehearsal_id)), f"edgewise-report.{written_as}", kind)


@router.get("/progress/{rehearsal_id}/calendar.ics")
def calendar(desk: AtDesk, rehearsal_id: str, *, named: bool = False) -> Response:
    """Its day, for your calendar."""
    real = desk.edgewise.real_one(rehearsal_id)
    if real.day is None:
        raise PersonError("It has no day yet.", next_step="Choose one first.")
    heading = desk.edgewise.rehearsal(rehearsal_id).situation.heading if named else ""
    name = desk.edgewise.conversation_of(rehearsal_id)
    file = real_words.calendar_file(real, name, named=heading, now=desk.edgewise.now())
    return as_file(file, "time-to-talk.ics", "text/calendar")


def _afterwards(desk: Desk, form: Posted) -> Afterwards:
    took_place, went = words(form, "took_place"), words(form, "went")
    try:
        return Afterwards.model_validate(
            {
                "told": desk.edgewise.now(),
                "took_place": took_place or TookPlace.YES,
                "went": went or None,
                "feared": words(form, "feared"),
                "likelihood": percent(form, "likelihood"),
                **{slot: words(form, slot) for slot in _TOLD},
            }
        )
    except ValidationError as wrong:
        raise PersonError(
            "One of your answers is longer than can be kept.", next_step="Say the heart of it, in a few lines."
        ) from wrong


def _page(
    request: Request,
    desk: Desk,
    rehearsal_id: str,
    *,
    form: Posted | None = None,
    wrong: str = "",
    wrong_after: str = "",
) -> Response:
    real = desk.edgewise.real_one(rehearsal_id)
    situation = desk.edgewise.rehearsal(rehearsal_id).situation
    shown: dict[str, Any] = {
        "situation": situation,
        "here": rehearsal_id,
        "real": real,
        "given": _given(desk, rehearsal_id, real) if form is None else _Tried(form),
        "real_words": real_words,
        "took_place": [(one.value, real_words.TOOK_PLACE[one]) for one in TookPlace],
        "went": [(one.value, real_words.WENT[one]) for one in AgainstFear],
        "asks": real.asks_how_it_went(desk.edgewise.now().astimezone()),
        "feared_over_all": real_words.feared_in_words(desk.edgewise.feared_over_all()),
        "wrong": wrong,
        "wrong_after": wrong_after,
    }
    return desk.page(request, "real", shown, status=422 if wrong or wrong_after else 200)


class _Tried(dict[str, str]):
    """What was just written, so that nothing has to be written twice."""

    def __init__(self, form: Posted) -> None:
        super().__init__({name: words(form, name) for name in form})

    def __missing__(self, _: str) -> str:
        return ""


def _given(desk: Desk, rehearsal_id: str, real: RealOne) -> dict[str, str]:
    fear = desk.edgewise.rehearsal(rehearsal_id).situation.fear
    told = real.afterwards
    likelihood = told.likelihood if told else fear.likelihood
    return {
        "day": real.day.isoformat() if real.day else "",
        "at": real.at.isoformat("minutes") if real.at else "",
        "remember": real.remember,
        "took_place": told.took_place.value if told else "",
        "went": told.went.value if told and told.went else "",
        "feared": told.feared if told else fear.what,
        "likelihood": "" if likelihood is None else str(likelihood),
        **{slot: getattr(told, slot) if told else "" for slot in _TOLD},
    }
