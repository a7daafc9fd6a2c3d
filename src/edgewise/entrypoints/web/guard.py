"""What keeps other pages and other machines out.

A server on this machine can be reached by every page open in the same browser. So the name it was called by is checked
(DNS rebinding), every change must come from its own pages, and those pages may load nothing from elsewhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from edgewise.errors import NotFromHereError

LARGEST_REQUEST = 6_000_000  # bytes; a rehearsal of a thousand long turns, exported, and room to spare
LOOPBACK = ("127.0.0.1", "localhost")

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
        if refusal := _refusal(scope["method"], headers):
            await refusal(scope, receive, _with_headers(send, scope["path"]))
            return
        await self._app(scope, _bounded(receive), _with_headers(send, scope["path"]))


def _refusal(method: str, headers: Headers) -> PlainTextResponse | None:
    if method not in _LOOKING and not _from_here(headers):
        return PlainTextResponse("This did not come from Edgewise's own pages.", status_code=403)
    given = headers.get("content-length", "0")
    if not given.isdecimal() or int(given) > LARGEST_REQUEST:
        return PlainTextResponse("That is more than Edgewise takes at once. Nothing was changed.", status_code=413)
    return None


def _from_here(headers: Headers) -> bool:
    """Whether a change comes from our own pages, or from a program that is no browser."""
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        return False
    return headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}


def _bounded(receive: Receive) -> Receive:
    """The body, cut off where it would be larger than its length said it could be."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if taken > LARGEST_REQUEST else message

    return bounded


def _with_headers(send: Send, path: str) -> Callable[[Message], Awaitable[None]]:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            # What was said must not lie in the browser's cache; what we ship may.
            lasting = path.startswith("/static/")
            headers.setdefault("Cache-Control", "public, max-age=31536000, immutable" if lasting else "no-store")
        await send(message)

    return with_headers


def token_of(request: Request) -> str:
    """The word that only our own pages know, and that every form sends back."""
    return str(request.session.setdefault("token", secrets.token_urlsafe(16)))


async def _posted(request: Request) -> FormData:
    form = await request.form(max_files=1, max_fields=500)
    given = form.get("token")
    expected = str(request.session.get("token", ""))
    if not expected or not isinstance(given, str) or not secrets.compare_digest(given.encode(), expected.encode()):
        raise NotFromHereError(
            "This page was open for a long time, or did not come from here.",
            kept="What was kept before is as it was.",
            next_step="Go back, reload the page, and send it again.",
        )
    return form


#: What was written into one of our own forms.
Posted = Annotated[FormData, Depends(_posted)]
