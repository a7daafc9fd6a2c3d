"""The passphrase, for whoever chose to let other machines in."""

from __future__ import annotations

import secrets

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from edgewise.entrypoints.web.desk import AtDesk, to
from edgewise.entrypoints.web.forms import words
from edgewise.entrypoints.web.guard import Posted, in_json
from edgewise.errors import EdgewiseError

router = APIRouter(include_in_schema=False)

_LET_IN = "let_in"
_FIRST = EdgewiseError(
    "The passphrase comes first.",
    kept="Nothing was changed.",
    next_step="Give it at /enter, and send the cookie you get there with every call.",
)
_OPEN = ("/static/", "/enter", "/manifest.webmanifest", "/worker.js")


class Door:
    """Shows nothing to whoever has not given the passphrase; without one, everybody at this machine is let in."""

    def __init__(self, app: ASGIApp, passphrase: str) -> None:
        self._app = app
        self._passphrase = passphrase

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or ask for the passphrase."""
        if scope["type"] != "http" or not self._shut(scope):
            await self._app(scope, receive, send)
        elif scope["path"].startswith("/api/"):
            await JSONResponse(in_json(_FIRST), status_code=401)(scope, receive, send)
        else:
            await RedirectResponse("/enter", status_code=303)(scope, receive, send)

    def _shut(self, scope: Scope) -> bool:
        return bool(self._passphrase) and not scope["session"].get(_LET_IN) and not scope["path"].startswith(_OPEN)


@router.get("/enter")
def ask(request: Request, desk: AtDesk) -> Response:
    """Ask for the passphrase."""
    return desk.page(request, "enter", {"wrong": ""})


@router.post("/enter")
def enter(request: Request, desk: AtDesk, form: Posted) -> Response:
    """Let somebody in who knows it."""
    expected = str(request.app.state.passphrase)
    if expected and not secrets.compare_digest(words(form, "passphrase").encode(), expected.encode()):
        return desk.page(request, "enter", {"wrong": "That is not it."}, status=403)
    request.session[_LET_IN] = True
    return to("/")
