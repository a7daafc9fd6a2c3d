"""Getting ready: what you fear, which version of them, and what you want to know afterwards."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request, Response

from edgewise.adapters.papers import Draft
from edgewise.entrypoints import progress_words
from edgewise.entrypoints.web.desk import AtDesk, Desk, to
from edgewise.entrypoints.web.fields import as_tried, fields_for
from edgewise.entrypoints.web.forms import filled_in, several, words
from edgewise.entrypoints.web.guard import Posted
from edgewise.entrypoints.web.pages.progress import PATIENCE_S
from edgewise.errors import PersonError, PracticeStoppedError
from edgewise.person import portrait
from edgewise.progress import most_unlike
from edgewise.rehearsal import MOST_OWN_QUESTIONS, Question, Rehearsal, questions_for
from edgewise.situation import Situation
from edgewise.situation.interview import Part
from edgewise.take import Dials, Take

router = APIRouter(include_in_schema=False)

_OWN = "your own"
_DIALS = {
    "pushback": "How hard they push back",
    "reasonableness": "How far a fair word moves them",
    "volatility": "How quickly they get upset",
    "wandering": "How readily they change the subject",
    "silence": "How readily they go quiet",
    "warmth": "How kindly they begin",
}


@router.get("/ready/{draft}")
def ready(request: Request, desk: AtDesk, draft: str) -> Response:
    """What you came with, and which version of them you will meet."""
    sheet = desk.papers.draft(draft)
    if sheet.situation == Situation():  # it has begun already, and stands on the first page
        return to("/")
    return _page(request, desk, sheet.situation, back=f"/meet/{draft}/came", action=f"/ready/{draft}", first=True)


@router.post("/ready/{draft}")
def begin(request: Request, desk: AtDesk, draft: str, form: Posted) -> Response:
    """Begin."""
    sheet = _told(desk, draft)
    try:
        situation = filled_in(sheet.situation, form)
        desk.edgewise.watch.situation(situation)  # before anything of it is kept
        desk.papers.keep_draft(replace(sheet, situation=situation))
        place = _begun(desk, situation, form)
    except PracticeStoppedError:
        raise
    except PersonError as wrong:
        return _page(
            request,
            desk,
            sheet.situation,
            back=f"/meet/{draft}/came",
            action=f"/ready/{draft}",
            first=True,
            form=form,
            wrong=f"{wrong.happened} {wrong.next_step}",
        )
    if words(form, "keep"):
        desk.papers.keep_situation(situation)
    desk.papers.drop_draft(sheet)
    return to(place)


@router.get("/rehearsals/{rehearsal_id}/again")
def again(request: Request, desk: AtDesk, rehearsal_id: str) -> Response:
    """The same conversation with another version of them."""
    last = desk.edgewise.rehearsal(rehearsal_id)
    return _page_again(request, desk, last)


@router.post("/rehearsals/{rehearsal_id}/again")
def begin_again(request: Request, desk: AtDesk, rehearsal_id: str, form: Posted) -> Response:
    """Begin another take."""
    last = desk.edgewise.rehearsal(rehearsal_id)
    try:
        return to(_begun(desk, filled_in(last.situation, form), form))
    except PracticeStoppedError:
        raise
    except PersonError as wrong:
        return _page_again(request, desk, last, form=form, wrong=f"{wrong.happened} {wrong.next_step}")


def _told(desk: Desk, draft: str) -> Draft:
    sheet = desk.papers.draft(draft)
    if sheet.situation == Situation():
        raise PersonError(
            "Nothing is written here yet, or it has begun already.",
            next_step="Look on the first page: what has begun stands there. Else say at least who it is with.",
        )
    return sheet


def _begun(desk: Desk, situation: Situation, form: Posted) -> str:
    conversation = desk.edgewise.begin(
        situation,
        _take(desk, form),
        distress_before=situation.distress_before,
        questions=[Question(one) for one in several(form, "questions") if one in set(Question)],
        own_questions=_own_questions(form),
    )
    return f"/rehearsals/{desk.talks.keep(conversation)}/talk"


def _own_questions(form: Posted) -> list[str]:
    asked = [one.strip() for one in several(form, "own_question") if one.strip()]
    if any(len(one) > 300 for one in asked):  # noqa: PLR2004 - characters; a question, not a letter
        raise PersonError("A question of your own is too long.", next_step="Ask it in one line.")
    return asked[:MOST_OWN_QUESTIONS]


def _take(desk: Desk, form: Posted) -> Take:
    name = words(form, "take") or "usual"
    if name != _OWN:
        return desk.edgewise.take_called(name)
    dials = {dial: _share(words(form, f"dial.{dial}")) for dial in Dials.model_fields}
    return Take(name=_OWN, promise="A version you made yourself.", dials=Dials(**dials))


def _share(given: str) -> float:
    if not (given.isdecimal() and len(given) <= 3 and int(given) <= 100):  # noqa: PLR2004 - per cent
        raise PersonError("A dial has no number.", next_step="Move it once, and try again.")
    return int(given) / 100


def _page_again(
    request: Request, desk: Desk, last: Rehearsal, *, form: Posted | None = None, wrong: str = ""
) -> Response:
    now = last.reflection.distress_now if last.reflection else None
    situation = last.situation if now is None else last.situation.model_copy(update={"distress_before": now})
    had = [
        desk.edgewise.take_called(one.take)
        for one in desk.edgewise.listed()
        if (one.heading, one.person) == (situation.heading, situation.person.known_as)
        and one.take in {take.name for take in desk.edgewise.takes}
    ]
    return _page(
        request,
        desk,
        situation,
        back=f"/rehearsals/{last.id}/debrief",
        action=f"/rehearsals/{last.id}/again",
        earlier=last.id,
        chosen=most_unlike(had or [last.take], desk.edgewise.takes).name,
        questions=last.asked,
        own=last.own_questions,
        form=form,
        wrong=wrong,
    )


def _page(  # noqa: PLR0913 - what the page shows
    request: Request,
    desk: Desk,
    situation: Situation,
    *,
    back: str,
    action: str,
    first: bool = False,
    earlier: str | None = None,
    chosen: str = "usual",
    questions: tuple[Question, ...] = (),
    own: tuple[str, ...] = (),
    form: Posted | None = None,
    wrong: str = "",
) -> Response:
    fields = fields_for(Part.FEAR, situation)
    if form is not None:  # what was just chosen and written, so that nothing has to be done again
        fields = tuple(as_tried(one, form) for one in fields)
        chosen = words(form, "take") or chosen
        questions = tuple(one for one in Question if one in several(form, "questions"))
        own = tuple(several(form, "own_question")[:MOST_OWN_QUESTIONS])
    shown = {
        "situation": situation,
        "portrait": portrait(situation.person),
        "fields": fields,
        "takes": desk.edgewise.takes,
        "chosen": chosen,
        "own_take": _OWN,
        "dials": [(one, meaning, form and words(form, f"dial.{one}")) for one, meaning in _DIALS.items()],
        "questions": [(one, one in (questions or questions_for(situation.sort))) for one in Question],
        "own_questions": [*own, *[""] * (MOST_OWN_QUESTIONS - len(own))],
        "back": back,
        "action": action,
        "first": first,
        "wrong": wrong,
        "progress": None if earlier is None else desk.edgewise.progress(earlier, patience_s=PATIENCE_S),
        "here": earlier,
        "told": progress_words,
    }
    return desk.page(request, "ready", shown, status=422 if wrong else 200)
