"""Meeting them: the interview, as a form or one question at a time. Every answer is kept as it is given."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import APIRouter, Request, Response

from edgewise.adapters.papers import Draft
from edgewise.entrypoints.web.desk import AtDesk, Desk, to
from edgewise.entrypoints.web.fields import Field, as_tried, field_for, fields_for
from edgewise.entrypoints.web.forms import filled_in, words
from edgewise.entrypoints.web.guard import Posted
from edgewise.errors import ModelError, NotAgreedError, PersonError, PracticeStoppedError
from edgewise.person import portrait
from edgewise.situation import Situation
from edgewise.situation.interview import INTERVIEW, Part

router = APIRouter(include_in_schema=False)

#: The pages of the form, in order; what you fear is asked where you get ready.
PARTS = (Part.WHO, Part.BETWEEN, Part.SIDE, Part.CAME)
_HEADINGS = {
    Part.WHO: ("Who are they?", "Three answers are enough. Leave out whatever you like."),
    Part.BETWEEN: ("What is between you?", "They will use it, the way they would."),
    Part.SIDE: ("Their side of it", "Only you can know these. Each is a sentence they might say."),
    Part.CAME: ("What did you come to say?", "For you to hold on to. It is not a script."),
}
_ONE_BY_ONE = tuple(asked for asked in INTERVIEW if asked.part in PARTS)
_COMEBACKS = "person.comebacks"
_SAID_BACK = "said-back"  # what the button sends that asks the chosen model


@dataclass(frozen=True, slots=True)
class _SaidBack:
    """What the chosen model has them say back.

    Attributes:
        lines: each something they might say; you tick what rings true.
        trouble: why there is none.
    """

    lines: tuple[str, ...] = ()
    trouble: str = "Nothing it proposed rested on what you have told so far. Tell a little more, and ask again."


@router.get("/meet/{draft}/asked/{place}")
def one_question(request: Request, desk: AtDesk, draft: str, place: int) -> Response:
    """One question at a time."""
    sheet = desk.papers.draft(draft)
    if not 0 <= place < len(_ONE_BY_ONE):
        return to(f"/ready/{draft}")
    return _asked_page(request, desk, sheet, place, field_for(_ONE_BY_ONE[place], sheet.situation))


@router.post("/meet/{draft}/asked/{place}")
def answer_one(request: Request, desk: AtDesk, draft: str, place: int, form: Posted) -> Response:
    """Keep one answer, and ask the next question."""
    sheet = desk.papers.draft(draft)
    place = min(max(place, 0), len(_ONE_BY_ONE) - 1)
    asked = _ONE_BY_ONE[place]
    try:
        desk.papers.keep_draft(replace(sheet, situation=_written(desk, sheet, form)))
    except PracticeStoppedError:
        raise
    except PersonError as wrong:
        tried = replace(as_tried(field_for(asked, sheet.situation), form), wrong=f"{wrong.happened} {wrong.next_step}")
        return _asked_page(request, desk, sheet, place, tried, status=422)
    goes = words(form, "go")
    if goes == _SAID_BACK and asked.where == _COMEBACKS:
        sheet = desk.papers.draft(draft)
        field = field_for(asked, sheet.situation)
        return _asked_page(request, desk, sheet, place, field, said_back=_said_back(desk, sheet))
    if goes == "ready":
        return to(f"/ready/{draft}")
    return to(f"/meet/{draft}/asked/{place - 1 if goes == 'back' else place + 1}")


@router.get("/meet/{draft}/{part}")
def part_of_form(request: Request, desk: AtDesk, draft: str, part: Part) -> Response:
    """One page of the form."""
    sheet = desk.papers.draft(draft)
    if part not in PARTS:
        return to(f"/ready/{draft}")
    return _part_page(request, desk, sheet, part, fields_for(part, sheet.situation))


@router.post("/meet/{draft}/{part}")
def answer_part(request: Request, desk: AtDesk, draft: str, part: Part, form: Posted) -> Response:
    """Keep a page of the form, and show the next."""
    sheet = desk.papers.draft(draft)
    try:
        situation = _written(desk, sheet, form)
    except PracticeStoppedError:
        raise
    except PersonError as wrong:
        fields = tuple(as_tried(one, form) for one in fields_for(part, sheet.situation))
        return _part_page(request, desk, sheet, part, fields, wrong=f"{wrong.happened} {wrong.next_step}")
    if situation != sheet.situation:
        desk.papers.keep_draft(replace(sheet, situation=situation))
    if words(form, "go") == _SAID_BACK and part is Part.BETWEEN:
        sheet = desk.papers.draft(draft)
        fields = fields_for(part, situation)
        return _part_page(request, desk, sheet, part, fields, said_back=_said_back(desk, sheet))
    return to(_next(draft, part, words(form, "go")))


@router.post("/meet/{draft}/{part}/kept")
def keep_as_you_go(request: Request, desk: AtDesk, draft: str, part: Part, form: Posted) -> Response:  # noqa: ARG001 - the part is in the address the form has
    """Keep what has been written so far, and show them as they are understood."""
    sheet = desk.papers.draft(draft)
    situation = _written(desk, sheet, form)
    if situation != sheet.situation:
        desk.papers.keep_draft(replace(sheet, situation=situation))
    return desk.page(request, "parts/portrait", {"portrait": portrait(situation.person)})


@router.post("/drafts/{draft}/delete")
def drop(desk: AtDesk, draft: str, _: Posted) -> Response:
    """Throw an interview away."""
    desk.papers.drop_draft(desk.papers.draft(draft))
    return to("/")


def _written(desk: Desk, sheet: Draft, form: Posted) -> Situation:
    """The situation with what the form holds, before anything of it is kept.

    Raises:
        PracticeStoppedError: something in it may tell of real danger.
    """
    situation = filled_in(sheet.situation, form)
    desk.edgewise.watch.situation(situation)
    return situation


def _said_back(desk: Desk, sheet: Draft) -> _SaidBack:
    """Asked for, never volunteered; whatever goes wrong, the interview goes on without it."""
    try:
        lines = desk.edgewise.might_say_back(sheet.situation)
    except (ModelError, NotAgreedError) as wrong:
        return _SaidBack(trouble=f"{wrong.happened} {wrong.next_step}")
    return _SaidBack(lines, "") if lines else _SaidBack()


def _model(desk: Desk) -> str:
    chosen = desk.models.chosen
    return chosen.name if chosen is not None else ""


def _next(draft: str, part: Part, goes: str) -> str:
    place = PARTS.index(part) if part in PARTS else len(PARTS) - 1
    place += -1 if goes == "back" else 1
    if goes == "ready" or place >= len(PARTS):
        return f"/ready/{draft}"
    return f"/meet/{draft}/{PARTS[max(0, place)].value}"


def _part_page(
    request: Request,
    desk: Desk,
    sheet: Draft,
    part: Part,
    fields: tuple[Field, ...],
    *,
    wrong: str = "",
    said_back: _SaidBack | None = None,
) -> Response:
    heading, below = _HEADINGS[part]
    shown = {
        "draft": sheet.name,
        "part": part.value,
        "parts": [(one.value, _HEADINGS[one][0]) for one in PARTS],
        "heading": heading,
        "below": below,
        "fields": fields,
        "wrong": wrong,
        "model": _model(desk),
        "said_back": said_back,
        "portrait": portrait(sheet.situation.person),
        "first_place": next(place for place, asked in enumerate(_ONE_BY_ONE) if asked.part is part),
    }
    return desk.page(request, "meet", shown, status=422 if wrong else 200)


def _asked_page(
    request: Request,
    desk: Desk,
    sheet: Draft,
    place: int,
    field: Field,
    *,
    status: int = 200,
    said_back: _SaidBack | None = None,
) -> Response:
    shown = {
        "draft": sheet.name,
        "place": place,
        "count": len(_ONE_BY_ONE),
        "part": _ONE_BY_ONE[place].part.value,
        "field": field,
        "model": _model(desk),
        "said_back": said_back,
        "portrait": portrait(sheet.situation.person),
    }
    return desk.page(request, "asked", shown, status=status)
