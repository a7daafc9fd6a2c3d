"""The pages and the HTTP API, put together."""

from __future__ import annotations

import secrets
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from edgewise import __version__
from edgewise.app import Edgewise
from edgewise.entrypoints.web import api, installing
from edgewise.entrypoints.web.desk import Desk
from edgewise.entrypoints.web.guard import LOOPBACK, Guard
from edgewise.entrypoints.web.pages import debrief, helping, letting_in, library, meet, ready, settings, start, talk
from edgewise.entrypoints.web.troubles import Caught, tell_troubles

_A_MONTH = 30 * 24 * 3600  # seconds a browser remembers how you like to see it


def application(
    edgewise: Edgewise,
    folder: Path,
    *,
    secret: str = "",
    hosts: tuple[str, ...] = LOOPBACK,
    passphrase: str = "",
) -> FastAPI:
    """The web application for one place where rehearsals are kept.

    Args:
        edgewise: what a person can do.
        folder: where drafts and kept situations lie, and the rehearsals.
        secret: what cookies are signed with; a new one for each start unless given, and pages left open are then
            reloaded once.
        hosts: the names it may be called by.
        passphrase: what has to be said before anything is shown; nothing unless given.
    """
    app = FastAPI(
        title="Edgewise",
        version=__version__,
        description="Rehearse the conversation you dread. Everything stays on this machine.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)),
            Middleware(Guard),
            Middleware(GZipMiddleware, minimum_size=1000),
            Middleware(
                SessionMiddleware,
                secret_key=secret or secrets.token_urlsafe(32),
                session_cookie="edgewise",
                same_site="strict",
                max_age=_A_MONTH,
            ),
            Middleware(letting_in.Door, passphrase=passphrase),
            Middleware(Caught),
        ],
    )
    app.state.desk = Desk.laid(edgewise, folder)
    app.state.passphrase = passphrase
    for pages in (letting_in, start, meet, ready, talk, debrief, library, settings, helping, installing):
        app.include_router(pages.router)
    app.include_router(api.router)
    app.mount("/static", StaticFiles(directory=str(files("edgewise.entrypoints.web") / "static")), name="static")
    tell_troubles(app)
    return app
