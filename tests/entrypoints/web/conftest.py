"""A real server on this machine, a real browser, and whatever goes wrong in a page fails its test."""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from edgewise import Edgewise
from edgewise.bootstrap import edgewise as open_edgewise
from edgewise.entrypoints.web.application import application
from edgewise.entrypoints.web.connections import WAITING, Punctual
from tests.entrypoints.web.places import Home, furnished

SECRET = "x" * 40
_CHROMIUM = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")
_TOKEN = re.compile(r'name="token" value="([^"]+)"')

OpenPage = Callable[..., Page]
Serving = Callable[..., "Served"]
Calling = Callable[..., "Program"]


class Served:
    """The pages as somebody has them on their machine; they can be stopped, and started again where they were."""

    http: type[Punctual] = Punctual

    def __init__(self, folder: Path, opens: Callable[[Path], Edgewise] = open_edgewise, **how: Any) -> None:
        self.folder = folder
        self.port = 0
        self._opens = opens
        self._how = how

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.edgewise = self._opens(self.folder)
        self.app: Any = application(self.edgewise, self.folder, secret=SECRET, **self._how)
        self.listen()

    def listen(self) -> None:
        self._listening = socket.socket(proto=socket.IPPROTO_TCP)
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listening.bind(("127.0.0.1", self.port))
        self.port = self._listening.getsockname()[1]
        self._server = uvicorn.Server(
            uvicorn.Config(
                self.app,
                http=self.http,
                backlog=WAITING,
                log_config=None,
                access_log=False,
                ws="none",
                lifespan="off",
                timeout_graceful_shutdown=1,
            )
        )
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listening]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._listening.close()
        self.edgewise.store.close()


class Program:
    """A program on this machine, or a browser that runs no script: what it is sent, and what it sends."""

    def __init__(self, served: Served, **headers: str) -> None:
        self.http = httpx.Client(base_url=served.address, headers=headers, timeout=20)

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.http.get(path, **more)

    def sends(self, path: str, given: dict[str, Any] | None = None, *, seen_at: str = "/settings") -> httpx.Response:
        """Send a form as its page would: with the word that the page holds."""
        token = _TOKEN.search(self.http.get(seen_at).text)
        assert token, f"no form at {seen_at}"
        return self.http.post(path, data={"token": token[1], **(given or {})})


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    """Serve the pages in some way of its own: `serving(passphrase=...)`."""
    begun: list[Served] = []

    def serve(**how: Any) -> Served:
        begun.append(Served(tmp_path / "home", **how))
        begun[-1].start()
        return begun[-1]

    yield serve
    for one in begun:
        one.stop()


@pytest.fixture
def served(serving: Serving) -> Served:
    """The pages, with nothing kept yet."""
    return serving()


@pytest.fixture
def calling() -> Iterator[Calling]:
    """Call a server as a program does, or a browser that runs no script."""
    begun: list[Program] = []

    def call(served: Served, **headers: str) -> Program:
        begun.append(Program(served, **headers))
        return begun[-1]

    yield call
    for one in begun:
        one.http.close()


@pytest.fixture
def program(served: Served, calling: Calling) -> Program:
    return calling(served)


# One for all the tests that only look, or that see that nothing changes: whatever is done there is refused.
@pytest.fixture(scope="package")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with something of everything in it."""
    served = Served(tmp_path_factory.mktemp("lived-in") / "home")
    served.start()
    yield furnished(served)
    served.stop()


# For these tests alone, not for the whole run: an event loop stays in this thread for as long as the browser is open.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=list(_CHROMIUM))
        yield opened
        opened.close()


class Troubles:
    """What went wrong in the pages: errors on the console, scripts that broke, dialogs, calls to elsewhere."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._expected: list[str] = []

    def expect(self, *words: str) -> None:
        """These may be on the console: this test is about them."""
        self._expected += words

    @property
    def unexpected(self) -> list[str]:
        return [one for one in self.seen if not any(words in one for words in self._expected)]

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._said)
        context.on("weberror", lambda broken: self.seen.append(f"broke: {broken.error}"))
        context.on("dialog", lambda dialog: (self.seen.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        context.on("request", self._asked_for)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.seen.append(f"console: {message.text}")

    def _asked_for(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.hostname != "127.0.0.1":
            self.seen.append(f"elsewhere: {request.url}")


@pytest.fixture
def troubles() -> Iterator[Troubles]:
    """Everything that goes wrong in the pages of this test; what the test does not expect fails it."""
    all_of_them = Troubles()
    yield all_of_them
    assert all_of_them.unexpected == []


@pytest.fixture
def open_page(served: Served, browser: Browser, troubles: Troubles) -> Iterator[OpenPage]:
    """Open a page in a browser that has never been here: `open_page("/", viewport=...)`."""
    opened: list[BrowserContext] = []

    def open_(path: str = "/", **how: Any) -> Page:
        given = {"base_url": served.address, "reduced_motion": "reduce", "locale": "en-GB"} | how
        context = browser.new_context(**given)
        context.set_default_timeout(15_000)
        opened.append(context)
        troubles.watch(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_
    for context in opened:
        context.close()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """The first page, opened for the first time."""
    return open_page()
