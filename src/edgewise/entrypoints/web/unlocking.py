"""The first page, when a passphrase is on what is kept: nothing else is there until it has been given."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from edgewise.entrypoints.web.desk import AtDesk, to
from edgewise.entrypoints.web.forms import words
from edgewise.entrypoints.web.guard import Posted, in_json
from edgewise.errors import EdgewiseError, PassphraseError

router = APIRouter(include_in_schema=False)

_FIRST = EdgewiseError(
    "What is kept here is locked.",
    kept="Nothing was changed.",
    next_step="Give the passphrase on the page, at /unlock.",
)


class Unlocking:
    """The page that asks, and, once the right passphrase came, all the others in its place.

    Args:
        page: what asks.
        opens: what the right passphrase opens; raises a `PassphraseError` for any other.
    """

    def __init__(self, page: FastAPI, opens: Callable[[str], ASGIApp]) -> None:
        self._app: ASGIApp = page
        self._opens = opens
        self._shut = True
        self._lock = Lock()
        page.state.unlock = self.unlock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request with what is there by now."""
        await self._app(scope, receive, send)

    def unlock(self, passphrase: str) -> None:
        """Open what is kept; two who come in the same moment open it once.

        Raises:
            PassphraseError: that is not it.
        """
        with self._lock:
            if self._shut:
                self._app, self._shut = self._opens(passphrase), False


@router.get("/unlock")
def ask(request: Request, desk: AtDesk) -> Response:
    """Ask for the passphrase."""
    return desk.page(request, "unlock", {"wrong": ""})


@router.post("/unlock")
def unlock(request: Request, desk: AtDesk, form: Posted) -> Response:
    """Open what is kept for whoever knows it."""
    given = words(form, "passphrase")
    try:
        request.app.state.unlock(given)
    except PassphraseError:
        return desk.page(request, "unlock", {"wrong": "That is not it."}, status=403)
    return to("/")


@router.get("/api/{rest:path}")
def locked(rest: str) -> Response:  # noqa: ARG001 - whatever is asked
    """Tell a program that nothing can be had yet."""
    return JSONResponse(in_json(_FIRST), status_code=401)


@router.get("/{rest:path}")
def anywhere(rest: str) -> Response:  # noqa: ARG001 - wherever they wanted to go
    """Every other page leads to the one that asks."""
    return to("/unlock")
