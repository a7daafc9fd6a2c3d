"""How you like to see it, where your words are, and deleting all of them."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from edgewise.adapters.storage.copies import copies
from edgewise.adapters.storage.keys import is_locked
from edgewise.entrypoints.voices import speaker_in_words
from edgewise.entrypoints.web.desk import AtDesk, to
from edgewise.entrypoints.web.forms import words
from edgewise.entrypoints.web.guard import Posted
from edgewise.errors import PersonError

router = APIRouter(include_in_schema=False)

_APPEARANCES = {"system": "As this device is set", "light": "Light", "dark": "Dark"}
_SURE = "delete"


@router.get("/settings")
def settings(request: Request, desk: AtDesk) -> Response:
    """The few things that can be set."""
    shown = {
        "appearances": _APPEARANCES,
        "folder": desk.folder,
        "locked": is_locked(desk.folder),
        "older": [copy.name for copy in copies(desk.folder)],
        "speaker": speaker_in_words(desk.models.chosen),
        "rehearsals": len(desk.edgewise.listed()),
        "files": len(desk.papers.everything()),
        "sure": _SURE,
        "gone": request.query_params.get("gone") == "1",
    }
    return desk.page(request, "settings", shown)


@router.post("/settings")
def keep(request: Request, form: Posted) -> Response:
    """Keep how you like to see it, in this browser."""
    appearance = words(form, "appearance")
    if appearance in _APPEARANCES:
        request.session["appearance"] = appearance
    return to("/settings")


@router.post("/settings/delete-everything")
def delete_everything(desk: AtDesk, form: Posted) -> Response:
    """Delete every rehearsal, interview and situation for good."""
    if words(form, "sure").strip().lower() != _SURE:
        raise PersonError(
            f"To delete everything, write {_SURE} in the box.",
            kept="Everything is as it was.",
            next_step="Go back, or leave it.",
        )
    desk.talks.forget_all()
    desk.edgewise.delete_everything()
    desk.papers.drop_everything()
    return to("/settings?gone=1")
