"""The pages and the HTTP API, put together."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from edgewise import __version__
from edgewise.adapters.memory_store import MemoryStore
from edgewise.adapters.papers import Papers
from edgewise.app import Edgewise
from edgewise.entrypoints.web import api, installing, unlocking
from edgewise.entrypoints.web.desk import Desk
from edgewise.entrypoints.web.guard import LOOPBACK, Guard
from edgewise.entrypoints.web.pages import (
    debrief,
    helping,
    letting_in,
    library,
    meet,
    progress,
    ready,
    real,
    settings,
    start,
    talk,
    voices,
)
from edgewise.entrypoints.web.troubles import Caught, tell_troubles
from edgewise.entrypoints.web.unlocking import Unlocking

#: What a passphrase opens: what a person can do, where it is kept, and the papers beside it.
Opens = Callable[[str], tuple[Edgewise, Path, Papers]]

_A_MONTH = 30 * 24 * 3600  # seconds a browser remembers how you like to see it


def application(
    edgewise: Edgewise,
    folder: Path,
    *,
    secret: str = "",
    hosts: tuple[str, ...] = LOOPBACK,
    passphrase: str = "",
    papers: Papers | None = None,
) -> FastAPI:
    """The web application for one place where rehearsals are kept.

    Args:
        edgewise: what a person can do.
        folder: where drafts and kept situations lie, and the rehearsals.
        secret: what cookies are signed with; a new one for each start unless given, and pages left open are then
            reloaded once.
        hosts: the names it may be called by.
        passphrase: what has to be said before anything is shown; nothing unless given.
        papers: drafts and kept situations; those in the folder, without a passphrase of their own, unless given.
    """
    app = _bare(Desk.laid(edgewise, folder, papers), secret=secret, hosts=hosts, passphrase=passphrase)
    for pages in (
        letting_in,
        start,
        meet,
        ready,
        talk,
        debrief,
        progress,
        real,
        library,
        settings,
        voices,
        helping,
        installing,
    ):
        app.include_router(pages.router)
    app.include_router(api.router)
    return app


def locked_application(folder: Path, opens: Opens, *, secret: str, hosts: tuple[str, ...] = LOOPBACK) -> Unlocking:
    """The one page that asks for the passphrase on what is kept, and all the others once it has been given.

    Args:
        folder: where it is kept.
        opens: what the right passphrase opens; raises a `PassphraseError` for any other.
        secret: what cookies are signed with.
        hosts: the names it may be called by.
    """
    nothing_yet = Edgewise(store=MemoryStore())
    page = _bare(Desk.laid(nothing_yet, folder), secret=secret, hosts=hosts, passphrase="")
    page.include_router(unlocking.router)
    return Unlocking(page, lambda given: _opened(opens(given), secret, hosts))


def _opened(kept: tuple[Edgewise, Path, Papers], secret: str, hosts: tuple[str, ...]) -> FastAPI:
    edgewise, folder, papers = kept
    return application(edgewise, folder, secret=secret, hosts=hosts, papers=papers)


def _bare(desk: Desk, *, secret: str, hosts: tuple[str, ...], passphrase: str) -> FastAPI:
    """All that keeps others out, and nothing to see yet."""
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
    app.state.desk = desk
    app.state.passphrase = passphrase
    app.mount("/static", StaticFiles(directory=str(files("edgewise.entrypoints.web") / "static")), name="static")
    tell_troubles(app)
    return app
