"""What you have kept: looked through, renamed, written out, taken in, deleted for good."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile

from edgewise.adapters.card_pictures import picture_with
from edgewise.entrypoints.markdown import as_markdown
from edgewise.entrypoints.on_paper import as_pdf
from edgewise.entrypoints.taking_in import take_in
from edgewise.entrypoints.web.desk import AtDesk, as_file, to
from edgewise.entrypoints.web.forms import words
from edgewise.entrypoints.web.guard import Posted
from edgewise.errors import ImportFileError, PersonError
from edgewise.person import content_stems, tidy
from edgewise.situation import Situation, write_card, write_situation

router = APIRouter(include_in_schema=False)


@router.get("/library")
def library(request: Request, desk: AtDesk, q: str = "") -> Response:
    """Everything kept here, newest first; with words to look for, what has them in its title, person or take."""
    sought = q.strip().casefold()
    listed = [one for one in desk.edgewise.listed() if sought in f"{one.heading} {one.person} {one.take}".casefold()]
    kept = {path.stem: desk.papers.situation(path.stem) for path in desk.papers.situation_files()}
    situations = {
        name: situation
        for name, situation in kept.items()
        if sought in f"{name} {situation.heading} {situation.person.known_as}".casefold()
    }
    return desk.page(request, "library", {"listed": listed, "situations": situations, "q": q[:200]})


@router.get("/rehearsals/{rehearsal_id}")
def read(request: Request, desk: AtDesk, rehearsal_id: str) -> Response:
    """One rehearsal to read again, rename, write out or delete."""
    rehearsal = desk.edgewise.rehearsal(rehearsal_id)
    return desk.page(
        request, "read", {"rehearsal": rehearsal, "branches": desk.edgewise.branches(rehearsal.id), "places": {}}
    )


@router.post("/rehearsals/{rehearsal_id}/rename")
def rename(desk: AtDesk, rehearsal_id: str, form: Posted) -> Response:
    """Give it another title."""
    desk.edgewise.rename(rehearsal_id, words(form, "title"))
    desk.talks.forget(rehearsal_id)
    return to(f"/rehearsals/{rehearsal_id}")


@router.post("/rehearsals/{rehearsal_id}/delete")
def delete(desk: AtDesk, rehearsal_id: str, _: Posted) -> Response:
    """Delete it for good."""
    desk.talks.forget(rehearsal_id)
    desk.edgewise.delete(rehearsal_id)
    return to("/library")


@router.get("/rehearsals/{rehearsal_id}/export.json")
def export(desk: AtDesk, rehearsal_id: str) -> Response:
    """A file that reads back here or elsewhere; not before it is over, because it holds what is hidden."""
    rehearsal = desk.edgewise.rehearsal(rehearsal_id)
    if not rehearsal.is_over:
        return to(f"/rehearsals/{rehearsal.id}/talk")
    return as_file(desk.edgewise.export(rehearsal.id), f"edgewise-{rehearsal.id}.json", "application/json")


@router.get("/rehearsals/{rehearsal_id}/export.md")
def export_page(desk: AtDesk, rehearsal_id: str) -> Response:
    """A page to keep."""
    rehearsal = desk.edgewise.rehearsal(rehearsal_id)
    told = rehearsal.is_over and rehearsal.reflection is not None
    debrief = desk.edgewise.debrief(rehearsal.id) if told else None
    return as_file(as_markdown(rehearsal, debrief), f"edgewise-{rehearsal.id}.md", "text/markdown")


@router.get("/rehearsals/{rehearsal_id}/export.pdf")
def export_sheet(desk: AtDesk, rehearsal_id: str) -> Response:
    """The debrief on one sheet, to print."""
    rehearsal = desk.edgewise.rehearsal(rehearsal_id)
    if not rehearsal.is_over or rehearsal.reflection is None:
        return to(f"/rehearsals/{rehearsal.id}/own-words")
    return as_file(as_pdf(desk.edgewise.debrief(rehearsal.id)), f"edgewise-{rehearsal.id}.pdf", "application/pdf")


@router.post("/import")
def import_(desk: AtDesk, form: Posted) -> Response:
    """Take in an exported rehearsal, a situation, or the person on a character card."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise ImportFileError(
            "No file was chosen.", next_step="Choose an exported rehearsal, a situation file or a character card."
        )
    kept = take_in(file.file.read(), tidy(file.filename)[:100], desk.edgewise, desk.papers)
    return to("/library#situations" if isinstance(kept, Path) else f"/rehearsals/{kept.id}")


@router.get("/situations/{name}/export.toml")
def export_situation(desk: AtDesk, name: str) -> Response:
    """A situation as a file, to keep or to change by hand."""
    return as_file(write_situation(desk.papers.situation(name)), f"{name}.toml", "application/toml")


@router.get("/situations/{name}/card.json")
def export_card(desk: AtDesk, name: str) -> Response:
    """The person as a character card, without what you came to say."""
    return as_file(write_card(desk.papers.situation(name)), f"{name}.json", "application/json")


@router.get("/situations/{name}/card.png")
def export_card_picture(desk: AtDesk, name: str) -> Response:
    """The same card in a picture, as other programs like to have it."""
    return as_file(picture_with(write_card(desk.papers.situation(name))), f"{name}.png", "image/png")


@router.post("/situations/{name}/rename")
def rename_situation(desk: AtDesk, name: str, form: Posted) -> Response:
    """Keep it under another title."""
    title = words(form, "title").strip()
    if not content_stems(title) or len(title) > 200:  # noqa: PLR2004 - characters
        raise PersonError("That title cannot be used.", next_step="Take a short one with a word in it.")
    before = desk.papers.situation(name)
    desk.papers.rename_situation(name, Situation.model_validate({**before.model_dump(), "title": title}))
    return to("/library")


@router.post("/situations/{name}/delete")
def delete_situation(desk: AtDesk, name: str, _: Posted) -> Response:
    """Delete a situation for good."""
    desk.papers.drop_situation(name)
    return to("/library")
