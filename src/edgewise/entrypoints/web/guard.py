"""What keeps other pages and other machines out.

A server on this machine can be reached by every page open in the same browser. So the name it was called by is checked
(DNS rebinding), every change must come from its own pages, and those pages may load nothing from elsewhere.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from edgewise.errors import EdgewiseError, NotFromHereError

LARGEST_REQUEST = 6_000_000  # bytes; a rehearsal of a thousand long turns, exported, and room to spare
LOOPBACK = ("127.0.0.1", "localhost")

_FOUND = frozenset({200, 206, 304})
_LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})
_MAY_LOAD = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_ELSEWHERE = EdgewiseError(
    "This did not come from Edgewise's own pages.",
    kept="Nothing was changed.",
    next_step="Open Edgewise itself, and do it there.",
)
_TOO_LARGE = EdgewiseError(
    "That is more than Edgewise takes at once.", kept="Nothing was changed.", next_step="Send less of it."
)
_HEADERS = {
    "Content-Security-Policy": "; ".join(f"{what} {where}" for what, where in _MAY_LOAD.items()),
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": with that a browser hides even from ourselves where a form was sent from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """Refuses what does not come from our own pages, bounds what comes in, and says what a page may load."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answers = _with_headers(send, scope["path"])
        if refusal := _refusal(scope["method"], scope["path"], headers):
            await refusal(scope, receive, answers)
            return
        body = _Bounded(receive)
        await self._app(scope, body, _unless_too_large(body, answers, scope))


def _refusal(method: str, path: str, headers: Headers) -> Response | None:
    if method not in _LOOKING and not _from_here(headers):
        return _refused(path, _ELSEWHERE, 403)
    given = headers.get("content-length", "0")
    if not (given.isdecimal() and len(given) < 20 and int(given) <= LARGEST_REQUEST):  # noqa: PLR2004 - digits
        return _refused(path, _TOO_LARGE, 413)
    return None


def _refused(path: str, error: EdgewiseError, status: int) -> Response:
    if path.startswith("/api/"):
        return JSONResponse(in_json(error), status_code=status)
    return PlainTextResponse(str(error), status_code=status)


def in_json(error: EdgewiseError) -> dict[str, str]:
    """An error, told to a program."""
    return {"happened": error.happened, "kept": error.kept, "next_step": error.next_step}


def _from_here(headers: Headers) -> bool:
    """Whether a change comes from our own pages, or from a program that is no browser."""
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        return False
    return headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}


class _Bounded:
    """A body that need not say how large it is, cut off where it is larger than we take."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._taken = 0

    @property
    def too_large(self) -> bool:
        return self._taken > LARGEST_REQUEST

    async def __call__(self) -> Message:
        message = await self._receive()
        self._taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.too_large else message


def _unless_too_large(body: _Bounded, send: Send, scope: Scope) -> Send:
    """The answer; or, when the body was cut off, that it was, whatever was made of the rest."""
    refused = False

    async def unless_too_large(message: Message) -> None:
        nonlocal refused
        if message["type"] == "http.response.start" and body.too_large:
            refused = True
            await _refused(scope["path"], _TOO_LARGE, 413)(scope, body, send)
        if not refused:
            await send(message)

    return unless_too_large


def _with_headers(send: Send, path: str) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            # What was said must not lie in the browser's cache; what we ship may.
            lasting = path.startswith("/static/") and message["status"] in _FOUND
            headers.setdefault("Cache-Control", "public, max-age=31536000, immutable" if lasting else "no-store")
        await send(message)

    return with_headers


def token_of(request: Request) -> str:
    """The word that only our own pages know, and that every form sends back."""
    return str(request.session.setdefault("token", secrets.token_urlsafe(16)))


async def _posted(request: Request) -> AsyncIterator[FormData]:
    async with request.form(max_files=1, max_fields=500) as form:
        _expect_token(request, form)
        request.state.form = form  # should practice stop, the page of the stop can send it again
        _not_meant(request, form)
        yield form


def _expect_token(request: Request, form: FormData) -> None:
    given = form.get("token")
    expected = str(request.session.get("token", ""))
    if not expected or not isinstance(given, str) or not secrets.compare_digest(given.encode(), expected.encode()):
        raise NotFromHereError(
            "This page was open for a long time, or did not come from here.",
            kept="What was kept before is as it was.",
            next_step="Go back, reload the page, and send it again.",
        )


def _not_meant(request: Request, form: FormData) -> None:
    """Take in that words which stopped practice were not meant so, before what was sent is looked at again."""
    said = form.get("not_meant")
    if isinstance(said, str):
        request.app.state.desk.edgewise.not_what_i_meant(said)


#: What was written into one of our own forms.
Posted = Annotated[FormData, Depends(_posted)]
