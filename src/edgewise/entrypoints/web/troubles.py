"""When something goes wrong: what happened, what was kept, the next step, and never your words in a log."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from edgewise.entrypoints.web.desk import Desk
from edgewise.entrypoints.web.guard import in_json
from edgewise.entrypoints.web.pages.helping import stopped_page
from edgewise.errors import (
    DeveloperError,
    EdgewiseError,
    ElsewhereError,
    NotFromHereError,
    OperatorError,
    PracticeStoppedError,
    RehearsalOverError,
    UnknownNameError,
)

_BAD_REQUEST = 400
_LOG = logging.getLogger("edgewise.web")
_STATUS: tuple[tuple[type[EdgewiseError], int], ...] = (
    (UnknownNameError, 404),
    (NotFromHereError, 403),
    (ElsewhereError, 409),
    (RehearsalOverError, 409),
    (OperatorError, 503),
    (DeveloperError, 500),
)
_NOT_YOURS = EdgewiseError(
    "Edgewise broke. That is a mistake in Edgewise, not yours.",
    kept="Every turn up to here is kept.",
    next_step="Go back to the first page and take it up again.",
)
_NO_PAGE = EdgewiseError("There is no such page.", next_step="Start from the first page.")
_UNREADABLE = EdgewiseError("That could not be read.", kept="Nothing was changed.", next_step="Go back and try again.")


def tell_troubles(app: FastAPI) -> None:
    """Have every error told as a page, or as JSON to a program."""
    app.add_exception_handler(EdgewiseError, _told)
    app.add_exception_handler(HTTPException, _no_page)
    app.add_exception_handler(RequestValidationError, _unreadable)


def _told(request: Request, error: Exception) -> Response:
    if isinstance(error, PracticeStoppedError):
        return _stopped(request, error)
    given = error if isinstance(error, EdgewiseError) else _NOT_YOURS
    status = next((status for kind, status in _STATUS if isinstance(given, kind)), 422)
    return _answer(request, given, status)


def _stopped(request: Request, error: PracticeStoppedError) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({**in_json(error), "stopped": _noticed(error)}, status_code=422)
    return stopped_page(request, request.app.state.desk, error)


def _noticed(error: PracticeStoppedError) -> dict[str, str]:
    return {"quote": error.quote, "kind": error.kind, "said": error.said}


def _no_page(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    answer = _answer(request, _UNREADABLE if status == _BAD_REQUEST else _NO_PAGE, status)
    if isinstance(error, HTTPException):
        answer.headers.update(error.headers or {})  # which methods a page does take
    return answer


def _unreadable(request: Request, error: Exception) -> Response:
    if isinstance(error, RequestValidationError) and request.url.path.startswith("/api/"):
        # Where and what kind, never what stood there.
        wrong = [{"where": [str(part) for part in one["loc"]], "what": one["msg"]} for one in error.errors()]
        return JSONResponse({**in_json(_UNREADABLE), "wrong": wrong}, status_code=422)
    return _answer(request, _UNREADABLE, 422)


class Caught:
    """Tells of a defect without a word of what was said, where the server would print all of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, and catch what falls."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as defect:  # noqa: BLE001 - the last place before a log would hold what was said
            frames = traceback.extract_tb(defect.__traceback__)
            where = ", ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
            _LOG.error("%s at %s", type(defect).__name__, where)
            if scope["type"] == "http" and not begun:
                await _answer(Request(scope), _NOT_YOURS, 500)(scope, receive, send)


def _answer(request: Request, error: EdgewiseError, status: int) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse(in_json(error), status_code=status)
    desk: Desk = request.app.state.desk
    return desk.page(request, "trouble", {"error": error}, status=status)
