"""The first page: whom you need to talk to, and what you were in the middle of."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from edgewise.adapters.examples import example, example_names
from edgewise.entrypoints.web.desk import AtDesk, to
from edgewise.entrypoints.web.guard import Posted

router = APIRouter(include_in_schema=False)
_MOST_SHOWN = 3


@router.get("/")
def start(request: Request, desk: AtDesk) -> Response:
    """One sentence, one button, the ready examples, and what you were in the middle of."""
    listed = desk.edgewise.listed()
    return desk.page(
        request,
        "start",
        {
            "examples": [(name, example(name)) for name in example_names()],
            "unfinished": [one for one in listed if one.ending is None][:_MOST_SHOWN],
            "ended": [one for one in listed if one.ending is not None][:_MOST_SHOWN],
            "to_be_told": desk.edgewise.to_be_told()[:_MOST_SHOWN],
            "draft": desk.papers.newest_draft(),
            "kept": [(path.stem, desk.papers.called(path)) for path in desk.papers.situation_files()],
        },
    )


@router.post("/meet")
def begin_interview(desk: AtDesk, _: Posted) -> Response:
    """A fresh sheet."""
    return to(f"/meet/{desk.papers.new_draft().name}/who")


@router.post("/examples/{name}")
def take_example(name: str, desk: AtDesk, _: Posted) -> Response:
    """A copy of a ready example, to rehearse as it is or to change first."""
    draft = desk.papers.draft_of(example(name))
    return to(f"/ready/{draft.name}")


@router.post("/situations/{name}/rehearse")
def take_kept(name: str, desk: AtDesk, _: Posted) -> Response:
    """A copy of a situation you keep."""
    return to(f"/ready/{desk.papers.draft_of(desk.papers.situation(name)).name}")
