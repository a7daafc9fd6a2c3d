"""The server on this machine: its address, its start and its end."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from contextlib import closing
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from edgewise.adapters.memory_store import MemoryStore
from edgewise.adapters.papers import Papers, write_privately
from edgewise.app import Edgewise
from edgewise.entrypoints.web.application import Opens, application, locked_application
from edgewise.entrypoints.web.connections import WAITING, Punctual
from edgewise.entrypoints.web.guard import LOOPBACK
from edgewise.errors import AddressError

DEFAULT_PORT = 8337
_FIRST_PAGE_S = 1.0  # the first page is out by then; loading the reader beside it would hold it up
_TRIED = 20  # further ports, when ours is taken
_SHORTEST_PASSPHRASE = 8  # characters
_SECRET = "cookies.key"  # noqa: S105 - the name of the file


def serve(
    edgewise: Edgewise,
    folder: Path,
    *,
    host: str,
    port: int | None,
    browser: bool,
    passphrase: str = "",
    papers: Papers | None = None,
) -> None:
    """Serve the pages until somebody stops it.

    Args:
        edgewise: what a person can do.
        folder: the data folder.
        host: the address to listen at; any but this machine's own needs a passphrase.
        port: the port; the first free one from 8337 on unless given.
        browser: whether to open the pages in a browser.
        passphrase: what has to be said before anything is shown to other machines.
        papers: drafts and kept situations; those in the folder unless given.

    Raises:
        AddressError: the address is taken, cannot be used, or is open to others without a passphrase.
    """
    alone = host in LOOPBACK
    if not alone and len(passphrase) < _SHORTEST_PASSPHRASE:
        raise AddressError(
            f"{host} can be reached from other machines, and anyone who does could read what you rehearse.",
            kept="Nothing was started.",
            next_step=f"Set a passphrase of {_SHORTEST_PASSPHRASE} characters or more in EDGEWISE_PASSPHRASE, "
            "or leave --host out.",
        )
    app = application(
        edgewise,
        folder,
        secret=_secret(folder),
        hosts=LOOPBACK if alone else ("*",),
        passphrase="" if alone else passphrase,
        papers=papers,
    )
    _serve(app, edgewise, host=host, port=port, browser=browser)


def serve_locked(folder: Path, opens: Opens, *, port: int | None, browser: bool) -> None:
    """Serve the page that asks for the passphrase on what is kept, to this machine alone, and then all the others.

    Args:
        folder: the data folder.
        opens: what the right passphrase opens; raises a `PassphraseError` for any other.
        port: the port; the first free one from 8337 on unless given.
        browser: whether to open the page in a browser.

    Raises:
        AddressError: the address is taken.
    """
    app = locked_application(folder, opens, secret=_secret(folder))
    _serve(app, Edgewise(store=MemoryStore()), host=LOOPBACK[0], port=port, browser=browser)


def _serve(app: ASGIApp, edgewise: Edgewise, *, host: str, port: int | None, browser: bool) -> None:
    alone = host in LOOPBACK
    with closing(_listening(host, port)) as listening:
        address = f"http://{host if alone else '127.0.0.1'}:{listening.getsockname()[1]}/"
        _announce(address, alone=alone)
        if browser:
            threading.Timer(0.2, webbrowser.open, args=(address,)).start()
        _run(app, listening, edgewise)


def _announce(address: str, *, alone: bool) -> None:
    seen_by = "only you can see it" if alone else "whoever has the passphrase can see it"
    print(f"Edgewise is at {address}  ({seen_by}; Ctrl-C stops it)", flush=True)  # noqa: T201


def _run(app: ASGIApp, listening: socket.socket, edgewise: Edgewise) -> None:
    """Serve until stopped. What is still being loaded then is waited for: it cannot be broken off cleanly."""
    config = uvicorn.Config(
        app,
        http=Punctual,
        backlog=WAITING,
        log_level="error",  # what a client says wrongly is no news, and could fill a disk
        access_log=False,
        lifespan="off",
        server_header=False,
        ws="none",
    )
    warming = threading.Timer(_FIRST_PAGE_S, _warm_up, args=(edgewise,))
    warming.start()
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        warming.join()


def _warm_up(edgewise: Edgewise) -> None:
    """Load the reader while the first page is being read, so that the first answer does not wait for it."""
    edgewise.warm_up()


def _listening(host: str, port: int | None) -> socket.socket:
    tried = [port] if port is not None else [*range(DEFAULT_PORT, DEFAULT_PORT + _TRIED), 0]
    refused = OSError()
    for one in tried:
        # Named as TCP, so that asyncio knows it may send small pieces at once: unnamed, each would wait for 40 ms.
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, one))
        except OSError as error:
            listening.close()
            refused = error
        else:
            return listening
    raise AddressError(
        f"Port {port} at {host} cannot be used: {(refused.strerror or 'the system refused').lower()}.",
        kept="Nothing was started.",
        next_step="Leave --port out to take a free one, or choose another.",
    ) from refused


def _secret(folder: Path) -> str:
    """What cookies are signed with, kept so that pages left open still work after a restart."""
    path = folder / _SECRET
    if path.is_file() and len(kept := path.read_text(encoding="utf-8").strip()) >= 32:  # noqa: PLR2004 - characters
        return kept
    made = secrets.token_urlsafe(32)
    write_privately(path, made)
    return made
